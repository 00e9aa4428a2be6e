"""When a number or a text changes, a region learns what paper to collect."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import Catalogue
from generator.cli import main
from generator.codes.recall import UnknownError, Wanted, carriers, digits
from tests.support.example import alter, write_example
from tests.support.releases import release, withdraw

RELEASED = date(2026, 11, 23)
AFTER = date(2026, 12, 1)
VEST, OEST, NYLAND = "c6ep3f", "4xk5dp", "m3j838"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_example(tmp_path)


@pytest.fixture
def out(root: Path) -> Catalogue:
    """Return the example with the leaflet released to two regions, and a draft left for the third."""
    return release(root, "din-skulder", ["oest"], RELEASED)


def codes(catalogue: Catalogue, day: date = AFTER, **wanted: str) -> list[str]:
    return [found.edition.id for found in carriers(catalogue, Wanted(**wanted), day)]


def run(root: Path, *words: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, ["report", "editions", *words])


@pytest.mark.whole
@pytest.mark.parametrize("written", ["70 00 00 01", "70000001", "+45 70 00 00 01", "0045 7000 0001", "70-00-00-01"])
def test_a_number_is_found_however_it_is_written(out: Catalogue, written: str) -> None:
    assert codes(out, number=written) == [VEST]


def test_a_number_that_looks_like_a_country_code_is_left_alone() -> None:
    assert [digits(text) for text in ("4512", "45 12 34 56", "+45 45 12 34 56", "1813")] == [
        "4512", "45123456", "45123456", "1813",
    ]  # fmt: skip


def test_a_draft_is_found_by_the_number_it_would_have(out: Catalogue) -> None:
    found = carriers(out, Wanted(number="1899"), AFTER)
    assert [(one.edition.id, one.standing.kind) for one in found] == [(OEST, "current"), (NYLAND, "draft")]


def test_what_is_printed_is_found_by_the_number_it_was_printed_with(root: Path, out: Catalogue) -> None:
    alter(root / "data/areas.yml", {"replace": ['"1899"', '"1877"']})
    changed = release(root, "din-skulder", [], RELEASED)
    assert codes(changed, number="1899") == [OEST]
    assert codes(changed, number="1877") == [NYLAND]
    (found,) = carriers(changed, Wanted(number="1899"), AFTER)
    assert found.standing.kind == "outdated"
    assert [(wrong.area, wrong.printed) for wrong in found.standing.wrong_numbers] == [("Øst", "1899")]


def test_a_text_is_found_by_the_beginning_of_its_hash(out: Catalogue) -> None:
    digest = out.editions[OEST].release
    assert digest is not None
    assert digest.text_hash is not None
    assert OEST in codes(out, text_hash=digest.text_hash)
    assert OEST in codes(out, text_hash=digest.text_hash[:6].upper())


def test_a_topic_is_found_on_paper_after_the_leaflet_has_dropped_it(root: Path, out: Catalogue) -> None:
    printed = out.editions[OEST].release
    assert printed is not None
    assert printed.topics == ("oem-skulder",)
    leaflet = root / "data/leaflets/din-skulder.yml"
    alter(leaflet, {"replace": ["{topic: oem-skulder}", "{topic: hvornaar-skal-du-ringe}"]})
    changed = release(root, "din-skulder", [], RELEASED)
    assert codes(changed, topic="oem-skulder") == [OEST]
    recorded = {one.edition.id: one.load.is_recorded for one in carriers(changed, Wanted(), AFTER)}
    assert recorded == {VEST: False, OEST: True, NYLAND: False}


def test_a_region_answers_for_the_paper_of_those_it_came_after(out: Catalogue) -> None:
    assert codes(out, region="nyland") == [OEST, NYLAND]
    assert codes(out, region="oest") == [OEST]


def test_all_that_is_asked_must_hold(out: Catalogue) -> None:
    assert codes(out, region="vest", number="1899") == []


def test_what_was_released_later_is_not_there_yet(out: Catalogue) -> None:
    day = date(2026, 11, 22)
    assert {one.edition.id: one.standing.kind for one in carriers(out, Wanted(), day)}[OEST] == "draft"
    assert codes(out, day=date(2026, 11, 21)) == []


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(number="1898"), "Nummeret »1898« kendes ikke – mente du »1899«?"),
        (Wanted(topic="oem-skuldre"), "Emnet »oem-skuldre« kendes ikke – mente du »oem-skulder«?"),
        (Wanted(region="nylund"), "Regionen »nylund« kendes ikke – mente du »nyland«?"),
        (Wanted(text_hash="xyz"), "Teksten »xyz« kendes ikke – vælg en af: "),
    ],
)
def test_a_slip_does_not_look_as_if_there_were_nothing_to_collect(out: Catalogue, wanted: Wanted, said: str) -> None:
    with pytest.raises(UnknownError) as refused:
        carriers(out, wanted, AFTER)
    assert str(refused.value).startswith(said)


def test_the_list_is_read_by_people(root: Path, out: Catalogue) -> None:
    withdraw(root, OEST, "Nummeret er forkert.", date(2026, 11, 25))
    result = run(root, "--number", "18 99", "--as-of", "2026-12-01")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "1. december 2026: 1 trykt udgave, heraf 0 i brug ifølge registret.",
        "KODE    FOLDER            AFSENDER    UDGIVET     STATUS         NUMRE",
        "4xk5dp  din-skulder (a4)  Region Øst  2026-11-23  kaldt tilbage  1899",
        "        kaldt tilbage 25. november 2026: Nummeret er forkert.",
        "        gælder til 31. december 2026",
        "",
        "Kladder (1), som ikke er udgivet. Numre og ord er dem, de ville have den dag:",
        "KODE    FOLDER            AFSENDER       UDGIVET  STATUS  NUMRE",
        "m3j838  din-skulder (a4)  Region Nyland  nej      kladde  1899",
    ]


def test_the_list_is_read_by_machines(root: Path, out: Catalogue) -> None:
    result = run(root, "--number", "1899", "--json", "--as-of", "2026-12-01")
    found = json.loads(result.output)
    assert found["as_of"] == "2026-12-01"
    assert found["asked"] == {"number": "1899"}
    assert [row["code"] for row in found["drafts"]] == [NYLAND]
    (edition,) = found["editions"]
    assert edition["code"] == OEST
    assert edition["numbers"] == [{"area": "oest", "number": "1899", "valid_to": None}]
    assert (edition["standing"], edition["topics"], edition["topics_recorded"]) == ("current", ["oem-skulder"], True)


def test_a_slip_in_the_command_ends_with_2(root: Path) -> None:
    result = run(root, "--region", "vesst")
    assert result.exit_code == 2
    assert "mente du »vest«?" in result.output
