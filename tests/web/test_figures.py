"""A figure, its table and its files say the same numbers, with every caveat; and it can be seen by everybody."""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator import Catalogue, load
from generator.checks.places import contrast
from generator.draw import charts
from generator.draw.charts import ChartPanel, Line, Mark
from generator.model.figure import Figure
from generator.model.statistic import Statistic
from generator.web.minified import minified_style
from tests.support.built import REFORM, ROOT, TODAY, page, site
from tests.support.example import OVERRIDES

pytestmark = pytest.mark.whole

REGIONS = ("nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland")
FIGURES = sorted(path.stem for path in (ROOT / "data/figures").glob("*.yml"))
BUDGET, DRAWING = 14_000, 8_000
"""Bytes compressed: what fits into the first round trip of a new connection, and what one drawing may take of it."""


def html(figure: str, region: str = "nordjylland") -> str:
    return page(f"{region}/fagfolk/tal/{figure}")


def words(text: str) -> str:
    """Return what a reader sees of HTML, as one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", text)))


def drawings(text: str) -> list[ElementTree.Element]:
    """Return the drawings of a page; raises where one is not well-formed."""
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg .*?</svg>", text, re.DOTALL)]


def parts_of(drawing: ElementTree.Element, tag: str, kind: str = "") -> list[ElementTree.Element]:
    found = drawing.iter(f"{{http://www.w3.org/2000/svg}}{tag}")
    return [element for element in found if not kind or kind in (element.get("class") or "").split()]


def numbers_in(drawing: ElementTree.Element) -> list[str]:
    """Return every number that a drawing tells, a change without its sign and unit."""
    told = " · ".join(text.text or "" for text in parts_of(drawing, "text", "n")).split(" · ")
    labels = " ".join(text.text or "" for text in parts_of(drawing, "text"))
    told += [number for pair in re.findall(r"\(([\d.,]+)\spct\. af\s([\d.,]+)\)", labels) for number in pair]
    return [number.removesuffix(" pct.").replace("−", "-").lstrip("+") for number in told if number not in ("", "–")]


def cells(text: str) -> list[str]:
    return [unescape(cell) for cell in re.findall(r"<td[^>]*>([^<]*)</td>", text) if cell not in ("", "–")]


def tables_of(catalogue: Catalogue, figure: Figure) -> list[Statistic]:
    names = [
        name
        for part in figure.parts
        for name in (part.statistic, part.difference and part.difference.statistic)
        if name
    ]
    return [catalogue.statistics[name] for name in dict.fromkeys(names)]


def danish(value: float) -> str:
    """Write a number as a Dane does, in another way than the program."""
    whole, _, rest = repr(abs(value)).partition(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", whole)
    return ("-" if value < 0 else "") + grouped + (f",{rest}" if rest else "")


def table_files(figure: str, statistic: str, region: str = "nordjylland") -> tuple[str, dict[str, object]]:
    directory = site() / region / "fagfolk/tal" / figure
    data: dict[str, object] = json.loads((directory / f"{statistic}.json").read_text("utf-8"))
    return (directory / f"{statistic}.csv").read_text("utf-8-sig"), data


def rows_of_csv(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter=";"))


@pytest.mark.parametrize("name", FIGURES)
class TestTheSameNumbers:
    def test_the_table_has_every_number_of_the_data_and_no_other(self, name: str, catalogue: Catalogue) -> None:
        figure, text = catalogue.figures[name], html(name)
        expected: list[str] = []
        for table in tables_of(catalogue, figure):
            parts = [part for part in figure.parts if part.statistic == table.id]
            drawn = {group for part in parts for group in part.groups} if all(p.groups for p in parts) else None
            shown = [row for row in table.rows if not drawn or row.group in drawn]
            turned = len(table.rows) < len(table.columns)
            rows = [row.values for row in shown]
            for values in zip(*rows, strict=True) if turned else rows:
                expected += [danish(value) for value in values if value is not None]
        assert cells(text) == expected

    def test_every_number_that_is_drawn_stands_in_the_table(self, name: str) -> None:
        text = html(name)
        told = [number for drawing in drawings(text) for number in numbers_in(drawing)]
        assert set(told) <= set(cells(text))
        assert told or not drawings(text)

    def test_the_files_have_every_number(self, name: str, catalogue: Catalogue) -> None:
        for table in tables_of(catalogue, catalogue.figures[name]):
            sheet, data = table_files(name, table.id)
            expected = [
                (row.group or "", row.label, column.label, "" if value is None else danish(value).replace(".", ""))
                for row in table.rows
                for column, value in zip(table.columns, row.values, strict=True)
            ]
            found = rows_of_csv(sheet)
            assert [(r["Gruppe"], r["Række"], r["Kolonne"], r["Værdi"]) for r in found] == expected
            rows = data["rows"]
            assert isinstance(rows, list)
            assert [tuple(row["values"]) for row in rows] == [row.values for row in table.rows]
            assert [row["label"] for row in rows] == [row.label for row in table.rows]


@pytest.mark.parametrize("name", FIGURES)
class TestCaveats:
    def test_they_stand_wherever_the_figure_is(self, name: str, catalogue: Catalogue) -> None:
        figure, text = catalogue.figures[name], words(html(name))
        assert figure.see in text
        for table in tables_of(catalogue, figure):
            sheet, data = table_files(name, table.id)
            said = [*table.caveats, *figure.caveats, *([table.note] if table.note else [])]
            for caveat in said:
                assert caveat in text
                assert caveat in sheet
            assert data["caveats"] == [*table.caveats, *figure.caveats]
            assert data["note"] == table.note

    def test_unit_period_and_population_stand_beside_the_numbers(self, name: str, catalogue: Catalogue) -> None:
        text = words(html(name))
        for table in tables_of(catalogue, catalogue.figures[name]):
            sheet, data = table_files(name, table.id)
            for said in (table.title, table.unit, table.period, table.population):
                assert said in text
                assert said in sheet
            assert (data["unit"], data["period"]) == (table.unit, table.period)
            assert {(row["Enhed"], row["Periode"]) for row in rows_of_csv(sheet)} == {(table.unit, table.period)}
            standardised = {True: "køns- og aldersstandardiseret", False: "faktiske tal", None: ""}
            by_column = [standardised[row.standardised] for row in table.rows for _ in table.columns]
            assert [row["Beregning"] for row in rows_of_csv(sheet)] == by_column

    def test_every_source_is_named_with_its_place(self, name: str, catalogue: Catalogue) -> None:
        text = words(html(name))
        for table in tables_of(catalogue, catalogue.figures[name]):
            sheet, data = table_files(name, table.id)
            for citation in table.citations:
                place = citation.place or ""
                assert catalogue.sources[citation.source].title.strip("[]") in text
                assert place in text
                assert place in sheet
                assert any(place in line for line in _list(data["sources"]))

    def test_the_page_says_that_nobody_has_approved_it(self, name: str) -> None:
        assert "Ikke endnu. Figuren og teksten er et udkast." in html(name)


def _list(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


@pytest.mark.parametrize("name", FIGURES)
class TestDrawings:
    def test_each_is_named_described_and_small(self, name: str) -> None:
        for drawing in drawings(html(name)):
            title, description = (parts_of(drawing, tag)[0] for tag in ("title", "desc"))
            assert title.text
            assert description.text
            assert drawing.get("role") == "img"
            assert drawing.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
            assert len(gzip.compress(ElementTree.tostring(drawing))) <= DRAWING

    def test_ids_are_given_once(self, name: str) -> None:
        ids = re.findall(r' id="([^"]+)"', html(name))
        assert len(ids) == len(set(ids))

    def test_none_has_a_colour_a_script_or_a_font_of_its_own(self, name: str) -> None:
        for svg in re.findall(r"<svg .*?</svg>", html(name), re.DOTALL):
            assert not re.search(r"#[0-9a-fA-F]{3,6}\b|rgb|<script|<style|style=|fill=|stroke=|font", svg)

    @pytest.mark.parametrize("region", REGIONS)
    def test_the_page_fits_the_first_round_trip(self, name: str, region: str) -> None:
        assert len(gzip.compress(html(name, region).encode())) <= BUDGET


@pytest.mark.parametrize("address", ["fagfolk/tal", "fagfolk/regionerne", "fagfolk/regionerne/arbejdsark"])
@pytest.mark.parametrize("region", REGIONS)
def test_the_pages_beside_the_figures_fit_the_first_round_trip(region: str, address: str) -> None:
    assert len(gzip.compress(page(f"{region}/{address}").encode())) <= BUDGET


class TestGeometry:
    """What is drawn is measured again with a ruler: from the drawing's own scale back to numbers."""

    PANEL = ChartPanel(
        "p", "Prøve", "Beskrivelse", "antal",
        (
            Line("Første", (Mark(4, "4"), Mark(16.0, "16,0")), "+300 pct."),
            Line("Anden", (Mark(10, "10"), Mark(2.5, "2,5"))),
        ),
        16, key=(("Før", False), ("Nu", True)),
    )  # fmt: skip

    def scale(self, drawing: ElementTree.Element) -> tuple[float, float]:
        """Return the place of zero and the length of one, as the numbers below the scale tell them."""
        places = {
            float((t.text or "").replace(".", "")): float(t.get("x") or 0) for t in parts_of(drawing, "text", "k")
        }
        last = max(places)
        return places[0], (places[last] - places[0]) / last

    def test_bars_begin_at_zero_and_are_as_long_as_their_numbers(self) -> None:
        drawing = ElementTree.fromstring(charts.bars(self.PANEL))
        bars = parts_of(drawing, "rect")
        assert [bar.get("x") for bar in bars] == [None, None]
        lengths = [float(bar.get("width") or 0) for bar in bars]
        assert lengths[0] / lengths[1] == pytest.approx(4 / 10, abs=0.01)

    def test_dots_stand_where_their_numbers_are(self) -> None:
        drawing = ElementTree.fromstring(charts.dots(self.PANEL))
        zero, one = self.scale(drawing)
        rings = [float(c.get("cx") or 0) for c in parts_of(drawing, "circle")][1:]
        squares = [[float(n) for n in (p.get("points") or "").split()[::2]] for p in parts_of(drawing, "polygon")][1:]
        assert [(x - zero) / one for x in rings] == pytest.approx([4, 10], abs=0.05)
        assert [(sum(xs) / len(xs) - zero) / one for xs in squares] == pytest.approx([16, 2.5], abs=0.05)
        assert numbers_in(drawing) == ["16,0", "2,5"]

    def test_a_change_goes_from_the_ring_to_the_dot(self) -> None:
        drawing = ElementTree.fromstring(charts.change(self.PANEL))
        zero, one = self.scale(drawing)
        found = [(c.get("class"), (float(c.get("cx") or 0) - zero) / one) for c in parts_of(drawing, "circle")][2:]
        assert [kind for kind, _ in found] == ["o", "w", "o", "w"]
        assert [place for _, place in found] == pytest.approx([4, 16, 10, 2.5], abs=0.05)
        assert numbers_in(drawing) == ["+300 pct.".removeprefix("+").removesuffix(" pct."), "4", "16,0", "2,5", "10"]

    def test_the_parts_of_a_flow_fill_the_whole(self, catalogue: Catalogue) -> None:
        (drawing,) = drawings(html("nordjylland-vej-gennem-hospitalet"))
        bars = [(float(b.get("x") or 0), float(b.get("width") or 0)) for b in parts_of(drawing, "rect", "w")]
        whole, operated, rehabilitated, planned, back = bars
        assert operated[0] == whole[0] == rehabilitated[0] == 0
        assert planned[0] == pytest.approx(operated[1], abs=0.2)
        assert back[0] == pytest.approx(planned[0] + planned[1], abs=0.2)
        assert back[0] + back[1] == pytest.approx(whole[1], abs=0.2)
        for bar, number in ((operated, 782), (rehabilitated, 398), (planned, 560), (back, 3145)):
            assert bar[1] / whole[1] == pytest.approx(number / 4487, abs=0.002)

    def test_what_the_source_does_not_print_is_said_and_not_drawn(self) -> None:
        empty = ChartPanel("p", "t", "b", "u", (Line("Tom", (Mark(None, ""), Mark(None, "")),),), 1,
                      key=self.PANEL.key, missing="ikke trykt i kilden")  # fmt: skip
        for draw in (charts.bars, charts.dots, charts.change):
            drawing = ElementTree.fromstring(draw(empty))
            assert "ikke trykt i kilden" in [text.text for text in parts_of(drawing, "text")]
            assert not parts_of(drawing, "rect")

    @pytest.mark.parametrize(
        ("largest", "expected"),
        [
            (1, (0, 1)),
            (7, (0, 2, 4, 6)),
            (24.9, (0, 5, 10, 15, 20)),
            (60.3, (0, 20, 40, 60)),
            (86_300, (0, 20_000, 40_000, 60_000, 80_000)),
        ],
    )
    def test_scales_have_round_numbers(self, largest: float, expected: tuple[int, ...]) -> None:
        assert charts.ticks(largest) == expected

    def test_panels_that_are_compared_share_a_scale(self, catalogue: Catalogue) -> None:
        """18,8 MR scans and 24,9 X-rays are drawn so that the longer way is the larger number."""
        mr, xray = drawings(html("mr-og-roentgen-efter-region"))
        assert self.scale(mr) == self.scale(xray)

    def test_words_are_escaped(self) -> None:
        drawing = ElementTree.fromstring(
            charts.bars(ChartPanel("p", "a & b", "<c>", "d < e", (Line("f & g", (Mark(1, "1"),)),), 1))
        )
        assert parts_of(drawing, "title")[0].text == "a & b"
        assert [text.text for text in parts_of(drawing, "text")] == ["d < e", "f & g", "1"]


# ── Everybody can tell the marks apart ──

DEFICIENCIES: Mapping[str, tuple[tuple[float, float, float], ...]] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
"""How colours look to others: Machado, Oliveira and Fernandes 2009 at full severity, and a grey printer's luminance."""


def seen(colour: str, way: str) -> str:
    """Return a colour as somebody sees it who sees like that; worked out on linear light."""
    light = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in light]
    mixed = [min(1, max(0, sum(f * c for f, c in zip(row, linear, strict=True)))) for row in DEFICIENCIES[way]]
    back = [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in mixed]
    return "#" + "".join(f"{round(c * 255):02x}" for c in back)


def schemes() -> dict[str, dict[str, str]]:
    """Return the variables of the style sheet in light and dark, as far as they are plain colours."""
    style = minified_style((OVERRIDES / "style.css").read_text("utf-8"))
    light, rest = style.split("@media (prefers-color-scheme:dark)", 1)
    found = {"light": light, "dark": light + rest.split("}}", 1)[0]}
    named = {name: re.findall(r"--(\w+):(#[0-9a-f]{3,6})\b", text) for name, text in found.items()}
    return {
        name: {key: value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:]) for key, value in pairs}
        for name, pairs in named.items()
    }


def palettes() -> Iterator[tuple[str, str, dict[str, str]]]:
    for region in load(ROOT).regions.values():
        inks = {"light": (region.palette.ink, region.palette.tint), "dark": (region.palette.dark_ink, "#232a31")}
        for scheme, colours in schemes().items():
            ink, tint = inks[scheme]
            yield region.id, scheme, {**colours, "ink": ink, "tint": tint}


def test_the_drawings_use_no_other_colours_than_those_examined_here() -> None:
    style = minified_style((OVERRIDES / "figures.css").read_text("utf-8"))
    drawn = re.findall(r"\.fig [^{]*\{([^}]*)\}", style)
    used = set(re.findall(r"var\(--(\w+)\)", " ".join(drawn)))
    assert used == {"ink", "page", "edge", "soft", "line"}
    assert ".fig .w{fill:var(--ink)}" in style, "one's own"
    assert ".fig .o{fill:var(--page);stroke:var(--edge)" in style, "others"
    assert not re.search(r"#[0-9a-f]{3}|rgb", style)


@pytest.mark.parametrize("way", DEFICIENCIES)
@pytest.mark.parametrize(
    ("region", "scheme", "colours"), list(palettes()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_marks_are_told_apart_by_everybody(region: str, scheme: str, colours: dict[str, str], way: str) -> None:
    """One's own is filled and others are hollow, so it is the fill that must differ: 3:1, as WCAG asks of graphics."""
    own, hollow, edge, soft = (seen(colours[name], way) for name in ("ink", "page", "edge", "soft"))
    assert contrast(own, hollow) >= 3
    assert contrast(edge, hollow) >= 3
    assert contrast(soft, hollow) >= 4.5
    assert contrast(seen(colours["text"], way), hollow) >= 7


def test_the_eyes_of_others_are_imitated_rightly() -> None:
    assert seen("#ffffff", "protanopia") == "#ffffff"
    assert contrast(seen("#ff0000", "protanopia"), "#000000") < contrast("#ff0000", "#000000")
    assert seen("#a30f1a", "grey")[1:3] == seen("#a30f1a", "grey")[3:5] == seen("#a30f1a", "grey")[5:]


def test_own_marks_are_filled_and_others_are_not(catalogue: Catalogue) -> None:
    for drawing in drawings(html("mr-efter-befolkningsgruppe", "midtjylland")):
        squares = parts_of(drawing, "polygon", "w")
        rows = len(parts_of(drawing, "path", "r"))
        assert len(squares) == rows + 1, "one in each row, one in the key"
        assert not parts_of(drawing, "circle", "w")
        assert "Midtjylland" in [text.text for text in parts_of(drawing, "text", "b")]


# ── The reader's own region, and those that come and go ──


@pytest.mark.parametrize("region", REGIONS)
def test_the_readers_own_region_stands_out(region: str, catalogue: Catalogue) -> None:
    name = catalogue.regions[region].short_name
    text = html("mr-efter-befolkningsgruppe", region)
    assert re.findall(r'<th scope="col" class="own"><span>(.*?)</span>', text) == [name]
    for drawing in drawings(html("mr-og-roentgen-efter-region", region)):
        assert [t.text for t in parts_of(drawing, "text", "b")] == ["2021-2023", name]


def test_a_region_without_numbers_shows_those_of_its_predecessors_and_says_so() -> None:
    text = page("oestdanmark/fagfolk/tal/mr-efter-befolkningsgruppe", REFORM)
    assert "Region Østdanmark har ingen egne tal endnu. Figuren fremhæver Region Hovedstaden og Region Sjælland" in text
    assert re.findall(r'<th scope="col" class="own"><span>(.*?)</span>', text) == ["Hovedstaden", "Sjælland"]
    assert "egne tal endnu" not in page("nordjylland/fagfolk/tal/mr-efter-befolkningsgruppe", REFORM)


def test_figures_of_another_region_say_whose_they_are() -> None:
    said = "Tallene er fra Region Nordjylland og siger ikke noget om Region Sjælland."
    assert said in html("nordjylland-befolkning", "sjaelland")
    assert "siger ikke noget om" not in html("nordjylland-befolkning", "nordjylland")


def test_figures_and_rankings_are_for_clinicians_alone() -> None:
    for path in site().rglob("index.html"):
        if "fagfolk" not in path.parts:
            text = path.read_text("utf-8")
            assert 'class="fig"' not in text, path
            assert "fagfolk/tal" not in text, path
            assert "fagfolk/regionerne" not in text, path


def test_the_files_can_be_fetched_and_opened() -> None:
    for region in REGIONS:
        for path in (site() / region / "fagfolk/tal").rglob("index.html"):
            for target in re.findall(r'href="([\w-]+\.(?:csv|json))"', path.read_text("utf-8")):
                data = (path.parent / target).read_bytes()
                if target.endswith("csv"):
                    assert data.startswith(b"\xef\xbb\xbf# Tabel: "), "a spreadsheet knows UTF-8 by its mark"
                    assert all(len(row) == 7 for row in csv.reader(_table_lines(data), delimiter=";"))
                else:
                    assert json.loads(data)["caveats"]


def _table_lines(data: bytes) -> io.StringIO:
    lines = data.decode("utf-8-sig").splitlines(keepends=True)
    return io.StringIO("".join(line for line in lines if not line.startswith("#")))


def test_a_region_alone_has_its_figures_and_files() -> None:
    alone = site(TODAY, "syddanmark", "https://ryg.example.org/")
    assert (alone / "fagfolk/tal/mr-og-roentgen-efter-region/mr-efter-region.csv").is_file()
    assert (alone / "fagfolk/tal/mr-og-roentgen-efter-region/mr-efter-region.json").is_file()


# ── What the figures say is so ──


def row(catalogue: Catalogue, statistic: str, label: str, group: str | None = None) -> tuple[float, ...]:
    rows = catalogue.statistics[statistic].rows
    values = next(r.values for r in rows if r.label == label and group in (None, r.group))
    return tuple(value for value in values if value is not None)


def column(catalogue: Catalogue, statistic: str, index: int, group: str | None = None) -> dict[str, float]:
    rows = catalogue.statistics[statistic].rows
    return {r.label: v for r in rows if (v := r.values[index]) is not None and group in (None, r.group)}


class TestWhatTheySayIsSo:
    def test_regions(self, catalogue: Catalogue) -> None:
        change = dict(zip(REGIONS, row(catalogue, "mr-aendring-efter-region", "MR-scanning"), strict=True))
        assert {name for name, value in change.items() if value > 0} == {"nordjylland", "sjaelland"}
        assert all(value < 0 for value in row(catalogue, "roentgen-aendring-efter-region", "Røntgen"))

    def test_groups(self, catalogue: Catalogue) -> None:
        for index in range(5):
            mr = column(catalogue, "mr-efter-befolkningsgruppe", index)
            assert max(mr, key=lambda label: mr[label]) == "Sygedagpenge o.l."
            ages = list(column(catalogue, "roentgen-efter-befolkningsgruppe", index, "Aldersgruppe").values())
            assert ages == sorted(ages)
            assert len(ages) == 7
        for found in catalogue.statistics["mr-efter-befolkningsgruppe"].rows:
            values = dict(zip(REGIONS, (value or 0 for value in found.values), strict=True))
            assert min(values, key=lambda name: values[name]) in ("syddanmark", "hovedstaden")

    def test_the_country(self, catalogue: Catalogue) -> None:
        for name in ("landstal-udvikling-faktisk", "landstal-udvikling-standardiseret"):
            assert row(catalogue, name, "Røntgen")[2] < 0
        mr, xray = (column(catalogue, "landstal-efter-befolkningsgruppe", index) for index in (0, 1))
        assert max(mr, key=lambda label: mr[label]) == "Sygedagpenge o.l."
        assert max(xray, key=lambda label: xray[label]) == "80+ år"

    def test_profiles(self, catalogue: Catalogue) -> None:
        mr, xray = (column(catalogue, f"{kind}-patientprofiler", 0) for kind in ("mr", "roentgen"))
        assert max(mr, key=lambda p: mr[p]).startswith("Kvinde, 35-65 år, i arbejde eller under uddannelse")
        assert max(xray, key=lambda p: xray[p]).startswith("Kvinde, over 65 år, på pension eller efterløn")

    def test_nordjylland(self, catalogue: Catalogue) -> None:
        for label in ("Høj score på stressskalaen", "Dårlig søvnkvalitet", "Lav score på trivselsindeks"):
            everybody, longterm, _, back, _ = row(catalogue, "nordjylland-risikofaktorer", label)
            assert 1.75 < longterm / everybody < 2.5
            assert 1.75 < back / everybody < 2.5
        costs = dict(zip(("gp", "physio", "hospital", "medicine", "home", "all"),
                         row(catalogue, "nordjylland-ekstra-omkostninger", "I alt"), strict=True))  # fmt: skip
        assert max(costs, key=lambda name: costs[name] * (name != "all")) == "hospital"

    def test_the_audit(self, catalogue: Catalogue) -> None:
        knee = column(catalogue, "audit-oversigt", 3)
        assert max(knee, key=lambda label: knee[label]) == "Rygcenter Syddanmark"
        purposes = column(catalogue, "audit-kiropraktorer", 1, "Formål med dagens behandling (flere svar)")
        del purposes["I alt"]
        assert max(purposes, key=lambda label: purposes[label]) == "Lindre smerter"


def test_numbers_that_a_figure_names_by_hand_are_in_the_checked_sentence(catalogue: Catalogue) -> None:
    """The check of sentences is alive: a slip of one digit is found."""
    figure = catalogue.figures["nordjylland-vej-gennem-hospitalet"]
    assert "4.487" in figure.see
    assert "782" in figure.see
    assert "3.145" in figure.see


def test_a_number_keeps_the_form_it_was_written_in(catalogue: Catalogue) -> None:
    assert [danish(v) for v in row(catalogue, "audit-oversigt", "Rygcenter Syddanmark")] == [
        "35", "702", "334", "48", "337", "48", "106", "15"]  # fmt: skip
    assert danish(row(catalogue, "mr-efter-region", "2021-2023")[1]) == "17,0"
    assert "17,0" in cells(html("mr-og-roentgen-efter-region"))
    assert "15" in cells(html("audit-faggrupper"))


def test_paths_of_figures_are_as_the_address_contract_says() -> None:
    for name in FIGURES:
        assert Path(site() / "sjaelland/fagfolk/tal" / name / "index.html").is_file()
