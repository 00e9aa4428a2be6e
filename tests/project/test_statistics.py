"""Figures typed a second time, by hand, from the printed sources: a slip in data/statistics is met here first.

The cells below are not copied from the data files. Where a source states a sum, a share or a change, it is worked
out again from its parts; where the source itself is wrong, the exception is named.
"""

from collections.abc import Iterator

import pytest

from generator import Catalogue
from generator.model.statistic import Row, Statistic

REGIONS = ("nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland")
BY_REGION = (
    "mr-efter-region",
    "roentgen-efter-region",
    "mr-aendring-efter-region",
    "roentgen-aendring-efter-region",
    "mr-efter-befolkningsgruppe",
    "roentgen-efter-befolkningsgruppe",
)
AUDITS = {
    "audit-praktiserende-laeger": 319,
    "audit-kiropraktorer": 2996,
    "audit-fysioterapeuter": 1937,
    "audit-rygcenter-konsultationer": 702,
    "audit-rygcenter-telefon": 152,
}
"""The audit's tables, with the number of registrations printed in each."""

MISPRINTED = ("audit-rygcenter-konsultationer", "Henvist fra")
"""Printed 49 (8,4 %) of 702, where 59 would fit both the share and the sum; kept as printed, with a note."""

Figures = tuple[float | None, ...]
Printed = tuple[str, str | None, str, Figures]
PRINTED: tuple[Printed, ...] = (
    # Table 5.3, at least one row of each group
    ("mr-efter-befolkningsgruppe", "Aldersgruppe", "Under 30 år", (5.8, 6.2, 4.9, 4.4, 7.2)),
    ("mr-efter-befolkningsgruppe", "Aldersgruppe", "80+ år", (15.6, 18.7, 14.6, 15.2, 19.0)),
    ("mr-efter-befolkningsgruppe", "Køn", "Kvinde", (17.7, 19.0, 14.6, 14.2, 21.7)),
    ("mr-efter-befolkningsgruppe", "Køn", "Mand", (14.2, 14.5, 11.5, 10.0, 15.2)),
    ("mr-efter-befolkningsgruppe", "Uddannelsesbaggrund", "Grundskole", (19.3, 21.3, 15.4, 16.5, 20.9)),
    ("mr-efter-befolkningsgruppe", "Beskæftigelsesstatus", "Sygedagpenge o.l.", (52.2, 50.8, 38.1, 43.0, 60.3)),
    ("mr-efter-befolkningsgruppe", "Arbejdsmarkedsbranche", "Bygge og anlæg", (13.3, 14.2, 10.9, 10.1, 13.4)),
    ("mr-efter-befolkningsgruppe", "Helbredstilstand (CCI)", "Høj sygelighed", (27.9, 38.6, 21.9, 24.7, 39.6)),
    # Table 5.4, likewise; its trades stand in another order
    ("roentgen-efter-befolkningsgruppe", "Aldersgruppe", "Under 30 år", (6.7, 4.0, 2.9, 2.6, 7.9)),
    ("roentgen-efter-befolkningsgruppe", "Aldersgruppe", "80+ år", (42.1, 40.7, 40.8, 45.8, 44.6)),
    ("roentgen-efter-befolkningsgruppe", "Køn", "Kvinde", (21.4, 17.1, 15.2, 14.2, 25.3)),
    ("roentgen-efter-befolkningsgruppe", "Køn", "Mand", (14.6, 10.4, 8.8, 8.5, 16.0)),
    ("roentgen-efter-befolkningsgruppe", "Uddannelsesbaggrund", "Grundskole", (22.0, 17.9, 13.9, 16.3, 24.3)),
    ("roentgen-efter-befolkningsgruppe", "Beskæftigelsesstatus", "Ledig", (20.1, 14.1, 9.9, 10.8, 24.6)),
    ("roentgen-efter-befolkningsgruppe", "Arbejdsmarkedsbranche", "Bygge og anlæg", (10.8, 9.1, 6.5, 7.6, 12.3)),
    ("roentgen-efter-befolkningsgruppe", "Helbredstilstand (CCI)", "Høj sygelighed", (28.9, 22.5, 19.6, 21.0, 30.4)),
    # Sections 5.1 and 5.2, tables 5.1 and 5.2
    ("mr-efter-region", None, "2014-2016", (11.3, 18.3, 18.8, 13.3, 13.0)),
    ("mr-efter-region", None, "2021-2023", (15.7, 17.0, 12.7, 12.7, 17.6)),
    ("roentgen-efter-region", None, "2014-2016", (24.2, 20.2, 19.5, 16.4, 24.9)),
    ("roentgen-efter-region", None, "2021-2023", (17.5, 14.0, 11.4, 12.6, 19.4)),
    ("mr-aendring-efter-region", None, "MR-scanning", (39, -7, -32, -5, 35)),
    ("roentgen-aendring-efter-region", None, "Røntgen", (-28, -31, -42, -23, -22)),
    # The whole country
    ("landstal-undersoegelser-og-personer", None, "Personer", (193_100, 178_700, None)),
    ("landstal-udvikling-faktisk", None, "MR-scanning", (64_900, 67_500, 4)),
    ("landstal-udvikling-faktisk", None, "Røntgen", (86_300, 64_700, -25)),
    ("landstal-udvikling-standardiseret", None, "MR-scanning", (14.7, 14.1, -4)),
    ("landstal-udvikling-standardiseret", None, "Røntgen", (20.2, 13.6, -33)),
    ("landstal-efter-befolkningsgruppe", "Køn", "Kvinde", (16.8, 17.4)),
    ("landstal-efter-befolkningsgruppe", "Beskæftigelsesstatus", "Sygedagpenge o.l.", (47.4, 27.0)),
    ("landstal-brancher", None, "MR-scanning", (6.7, 13.9)),
    ("syddanmark-fald-2017-2021", None, "MR-scanning", (-30,)),
    ("syddanmark-fald-2017-2021", None, "Røntgen", (-40,)),
    ("sst-kontakter-i-almen-praksis", None, "Kontakter, der handler om lænderygsmerter", (7.5,)),
    # Nordjylland
    ("nordjylland-rygsygdom-efter-alder", None, "45-64 år", (30_400, 21)),
    ("nordjylland-ekstra-sygdomsbyrde", None, "Kvinder", (132_000, 229, 999, 2_000, 29_900, 1_700)),
    ("nordjylland-ekstra-sygdomsbyrde-andel", None, "Mænd", (15, 40, 10, 10, 11, 5)),
    ("nordjylland-ekstra-omkostninger", None, "Kvinder", (12, 11, 143, 31, 11, 208)),
    ("nordjylland-risikofaktorer", None, "Høj score på stressskalaen", (28, 51, 25_000, 50, 18_000)),
    ("nordjylland-risikofaktorer", None, "Ensom", (12, 20, 10_000, 20, 6_800)),
    # The audit
    ("audit-oversigt", None, "Praktiserende læger", (42, 319, 83, 26, 57, 18, 17, 5.3)),
    ("audit-oversigt", None, "I alt", (200, 5_954, 1_283, 22, 1_123, 19, 152, 2.5)),
    ("audit-praktiserende-laeger", "Patientens køn", "Kvinde", (181, 56.7)),
    ("audit-kiropraktorer", "Formål med dagens behandling (flere svar)", "Lindre smerter", (2_675, 89.3)),
    ("audit-fysioterapeuter", "Anbefalet den dag (flere svar)", "MR-scanning af lænden", (7, 0.4)),
    ("audit-rygcenter-konsultationer", "Henvist fra", "Anden sygehusafdeling", (49, 8.4)),
)


@pytest.mark.parametrize(("statistic", "group", "label", "figures"), PRINTED)
def test_rows_are_as_printed(
    catalogue: Catalogue, statistic: str, group: str | None, label: str, figures: Figures
) -> None:
    assert _row(catalogue.statistics[statistic], label, group).values == figures


@pytest.mark.parametrize(
    ("statistic", "corners"),
    [
        ("mr-efter-befolkningsgruppe", (5.8, 7.2, 27.9, 39.6)),
        ("roentgen-efter-befolkningsgruppe", (6.7, 7.9, 28.9, 30.4)),
    ],
)
def test_corner_cells_of_the_two_large_tables(catalogue: Catalogue, statistic: str, corners: tuple[float, ...]) -> None:
    first, *_, last = catalogue.statistics[statistic].rows
    assert (first.values[0], first.values[-1], last.values[0], last.values[-1]) == corners


def test_the_two_large_tables_have_the_same_rows(catalogue: Catalogue) -> None:
    """A page may set MR and X-ray side by side only if the groups go by the same names."""
    mr, xray = (catalogue.statistics[f"{kind}-efter-befolkningsgruppe"] for kind in ("mr", "roentgen"))
    assert len(mr.rows) == len(xray.rows) == 27
    assert {(row.group, row.label) for row in mr.rows} == {(row.group, row.label) for row in xray.rows}


@pytest.mark.parametrize(
    "statistic",
    ["mr-efter-befolkningsgruppe", "roentgen-efter-befolkningsgruppe", "landstal-efter-befolkningsgruppe"],
)
def test_only_age_and_sex_are_actual_numbers(catalogue: Catalogue, statistic: str) -> None:
    """The heading of the printed tables says standardised; the note below them takes age and sex out."""
    for row in catalogue.statistics[statistic].rows:
        assert row.standardised is (row.group not in ("Aldersgruppe", "Køn")), row.label


@pytest.mark.parametrize("kind", ["mr", "roentgen"])
def test_changes_follow_from_the_periods(catalogue: Catalogue, kind: str) -> None:
    """Within one point: half for the printed change, half for the periods, which are printed with one decimal."""
    levels = catalogue.statistics[f"{kind}-efter-region"]
    change = catalogue.statistics[f"{kind}-aendring-efter-region"].rows[0]
    before, after = (_figures(_row(levels, period)) for period in ("2014-2016", "2021-2023"))
    assert _figures(change) == pytest.approx([100 * (b - a) / a for a, b in zip(before, after, strict=True)], abs=1)


@pytest.mark.parametrize("statistic", ["landstal-udvikling-faktisk", "landstal-udvikling-standardiseret"])
def test_national_changes_follow_from_the_years(catalogue: Catalogue, statistic: str) -> None:
    for row in catalogue.statistics[statistic].rows:
        first, last, change = _figures(row)
        assert change == pytest.approx(100 * (last - first) / first, abs=1), row.label


@pytest.mark.parametrize("kind", ["mr", "roentgen"])
def test_the_middle_period_stays_empty(catalogue: Catalogue, kind: str) -> None:
    """Its figures exist only as a picture, and a picture is not read off by eye."""
    assert _row(catalogue.statistics[f"{kind}-efter-region"], "2017-2020").values == (None,) * len(REGIONS)


@pytest.mark.parametrize("statistic", BY_REGION)
def test_regional_tables_go_by_region(catalogue: Catalogue, statistic: str) -> None:
    assert tuple(column.id for column in catalogue.statistics[statistic].columns) == REGIONS


@pytest.mark.parametrize(("statistic", "total"), [("mr-patientprofiler", 30.2), ("roentgen-patientprofiler", 33.9)])
def test_profiles_add_up(catalogue: Catalogue, statistic: str, total: float) -> None:
    assert sum(_column(catalogue.statistics[statistic], "andel")) == pytest.approx(total)


@pytest.mark.parametrize(
    "statistic",
    ["nordjylland-ekstra-sygdomsbyrde", "nordjylland-ekstra-omkostninger", "nordjylland-private-behandlere"],
)
def test_the_last_row_is_the_sum_of_the_others(catalogue: Catalogue, statistic: str) -> None:
    table = catalogue.statistics[statistic]
    for column in table.columns:
        *parts, total = _column(table, column.id)
        assert sum(parts) == total, column.label


@pytest.mark.parametrize("statistic", ["landstal-undersoegelser-og-personer", "nordjylland-ekstra-omkostninger"])
def test_the_last_column_is_the_sum_of_the_others(catalogue: Catalogue, statistic: str) -> None:
    for row in catalogue.statistics[statistic].rows:
        if None not in row.values:
            *parts, total = _figures(row)
            assert sum(parts) == total, row.label


def test_the_hospital_pathway_adds_up(catalogue: Catalogue) -> None:
    table = catalogue.statistics["nordjylland-sygehusforloeb"]
    referred, operated, plan_only, returned, plans, stenosis, disc, plan_operated = _column(table, "antal")
    assert operated + plan_only + returned == referred == 4_487
    assert plan_operated + plan_only == plans == 958
    assert stenosis + disc == 321 + 105


def test_the_overview_of_the_audit_adds_up(catalogue: Catalogue) -> None:
    table = catalogue.statistics["audit-oversigt"]
    for column in ("deltagere", "registreringer", "under-knae", "mr-tidligere", "mr-i-dag"):
        *parts, total = _column(table, column)
        assert sum(parts) == total, column


@pytest.mark.parametrize(("statistic", "registrations"), AUDITS.items())
def test_audit_groups_add_up(catalogue: Catalogue, statistic: str, registrations: int) -> None:
    """The printed total is the number of registrations, its share the sum of all answers."""
    for group, rows in _groups(catalogue.statistics[statistic]):
        if (statistic, group) == MISPRINTED or None in rows[-1].values:
            continue
        total, share = _figures(rows[-1])
        answers = sum(_figures(row)[0] for row in rows[:-1])
        assert rows[-1].label == "I alt"
        assert total == registrations, group
        assert share == pytest.approx(100 * answers / registrations, abs=0.06), group


@pytest.mark.parametrize(("statistic", "registrations"), AUDITS.items())
def test_audit_shares_follow_from_the_numbers(catalogue: Catalogue, statistic: str, registrations: int) -> None:
    for group, rows in _groups(catalogue.statistics[statistic]):
        for row in rows[:-1]:
            if (statistic, group) != MISPRINTED and None not in row.values:
                number, share = _figures(row)
                assert share == pytest.approx(100 * number / registrations, abs=0.06), (group, row.label)


def test_findings_by_telephone_stay_empty(catalogue: Catalogue) -> None:
    """The rows are printed without figures."""
    groups = dict(_groups(catalogue.statistics["audit-rygcenter-telefon"]))
    findings = groups.pop("Fund og klinisk vurdering (flere svar)")
    assert {row.values for row in findings} == {(None, None)}
    assert not [row for rows in groups.values() for row in rows if None in row.values]


def test_every_row_has_a_figure_for_every_column(catalogue: Catalogue) -> None:
    for statistic in catalogue.statistics.values():
        for row in statistic.rows:
            assert len(row.values) == len(statistic.columns), f"{statistic.id}: {row.label}"


def test_no_row_or_column_stands_twice(catalogue: Catalogue) -> None:
    for statistic in catalogue.statistics.values():
        names = [(row.group, row.label) for row in statistic.rows]
        columns = [column.id for column in statistic.columns]
        assert len(set(names)) == len(names), statistic.id
        assert len(set(columns)) == len(columns), statistic.id


def test_every_statistic_has_caveats_and_an_exact_place(catalogue: Catalogue) -> None:
    for statistic in catalogue.statistics.values():
        assert len(statistic.caveats) >= 2, statistic.id
        assert all(caveat.endswith(".") for caveat in statistic.caveats), statistic.id
        assert all(citation.place and citation.lines for citation in statistic.citations), statistic.id


def test_register_figures_say_what_they_leave_out(catalogue: Catalogue) -> None:
    """Publicly paid examinations only, and never a count of the unnecessary ones."""
    tables = [s for s in catalogue.statistics.values() if any(row.standardised is not None for row in s.rows)]
    assert tables
    for statistic in tables:
        caveats = " ".join(statistic.caveats)
        assert "betalt af det offentlige" in caveats, statistic.id
        assert "unødvendige" in caveats, statistic.id
        if any(row.standardised for row in statistic.rows):
            assert "standardiserede" in caveats, statistic.id


def test_the_audit_calls_itself_unscientific(catalogue: Catalogue) -> None:
    for statistic in catalogue.statistics.values():
        if statistic.id.startswith("audit-") and statistic.id != "audit-2011-almen-praksis":
            assert "Rapporten siger selv, at den ikke er videnskabelig." in statistic.caveats, statistic.id


def _row(statistic: Statistic, label: str, group: str | None = None) -> Row:
    (row,) = [row for row in statistic.rows if row.label == label and row.group == group]
    return row


def _figures(row: Row) -> list[float]:
    """Return the row's figures; an empty one is a mistake of the test that asked."""
    figures = [value for value in row.values if value is not None]
    assert len(figures) == len(row.values), row.label
    return figures


def _column(statistic: Statistic, column: str) -> list[float]:
    place = [c.id for c in statistic.columns].index(column)
    return [value for row in statistic.rows if (value := row.values[place]) is not None]


def _groups(statistic: Statistic) -> Iterator[tuple[str, list[Row]]]:
    """Yield the groups in their order, each with its rows."""
    for group in dict.fromkeys(row.group for row in statistic.rows):
        assert group is not None
        yield group, [row for row in statistic.rows if row.group == group]
