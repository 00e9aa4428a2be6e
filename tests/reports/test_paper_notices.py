"""Paper that says something else than the page is told of whenever somebody checks, and stops nothing."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import generator
from generator.cli import main
from generator.reports.paper_notices import notices
from tests.support.example import alter, write_example
from tests.support.releases import release

TOPIC = "content/emner/oem-skulder.md"
RELEASED = date(2026, 11, 22)
DAY = date(2026, 11, 30)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_example(tmp_path)
    release(root, "din-skulder", ["vest", "oest"], RELEASED)
    return root


def said(root: Path, day: date = DAY) -> list[str]:
    return [str(notice) for notice in notices(generator.load(root), day)]


def reword(root: Path) -> None:
    alter(root / TOPIC, {"replace": ["musklerne.", "muskler og sener."]})


def check(root: Path, *words: str) -> tuple[int, list[str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        result = CliRunner().invoke(main, ["check", *words, "--as-of", DAY.isoformat()])
    return result.exit_code, result.output.splitlines()


def test_paper_that_says_the_same_is_not_mentioned(root: Path) -> None:
    assert said(root) == []


def test_a_changed_text_is_told_of_with_its_size(root: Path) -> None:
    reword(root)
    alter(root / TOPIC, {"replace": ["Tag det roligt", "Tag det meget roligt"]})
    (line,) = said(root)
    assert line == (
        "data/editions.yml:5:3: folderen i omløb siger noget andet end siden: 2 afsnit (»Din skulder«, c6ep3f fra "
        "Region Vest og 4xk5dp fra Region Øst) – udgiv en ny med »borgerinfo release din-skulder«"
    )


def test_a_changed_sign_is_named_before_the_words_and_may_be_worth_a_recall(root: Path) -> None:
    alter(root / "data/red_flags.yml", {"replace": ["rød og varm", "rød, varm og hævet"]})
    reword(root)
    (line,) = said(root)
    assert "siden: 1 alarmtegn eller råd om dem, 1 afsnit (" in line
    assert " – overvej at kalde den tilbage med »borgerinfo withdraw c6ep3f«, og udgiv en ny med »" in line


def test_a_changed_number_comes_first(root: Path) -> None:
    alter(root / "data/areas.yml", {"replace": ['"1899"', '"1877"']})
    reword(root)
    first, second = said(root)
    assert "siden: 1 nummer, 1 afsnit (»Din skulder«, 4xk5dp fra Region Øst) – overvej" in first
    assert "siden: 1 afsnit (»Din skulder«, c6ep3f fra Region Vest) – udgiv" in second


def test_many_codes_of_one_leaflet_are_one_line(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    areas = {}
    for name in ("nord", "syd", "midt"):
        region = (root / "data/regions/vest.yml").read_text("utf-8").replace("Vest", name.title())
        (root / f"data/regions/{name}.yml").write_text(region.replace("[vest]", f"[{name}]"), "utf-8")
        area = (root / "data/areas.yml").read_text("utf-8").split("- id: oest")[0].removeprefix("areas:\n")
        area = area.replace("id: vest", f"id: {name}").replace("name: Vest", f"name: {name}")
        areas[name] = area
    whole = (root / "data/areas.yml").read_text("utf-8") + "".join(areas.values())
    alter(root / "data/areas.yml", whole)
    alter(root / "data/leaflets/din-skulder.yml", {"replace": ["nyland]", "nyland, nord, syd, midt]"]})
    release(root, "din-skulder", ["vest", "oest", "nord", "syd", "midt"], RELEASED)
    reword(root)
    (line,) = said(root)
    assert "c6ep3f fra Region Vest, 4xk5dp fra Region Øst, " in line
    assert " og 2 mere) – udgiv" in line


def test_only_what_is_handed_out_now_is_told_of(root: Path) -> None:
    reword(root)
    assert said(root, date(2026, 11, 21)) == []  # not released yet
    release(root, "din-skulder", ["vest", "oest"], date(2026, 12, 1), seed=2)
    assert said(root, date(2026, 12, 1)) == []


def test_checking_tells_of_it_and_ends_as_it_would(root: Path) -> None:
    before = check(root)
    reword(root)
    ended, lines = check(root)
    assert ended == before[0] == 0
    assert lines[0] == before[1][0]
    assert lines[1:4] == ["", "Papir, der er delt ud:", said(root)[0]]
    assert lines[5] == "Det skifter inden for 90 dage:"


def test_it_stands_after_what_must_be_corrected(root: Path) -> None:
    reword(root)
    ended, lines = check(root, "--profile", "publish")
    assert ended == 1
    assert lines.index("Papir, der er delt ud:") > max(i for i, line in enumerate(lines) if "borgerinfo sign" in line)
