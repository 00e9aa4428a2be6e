"""The worksheet for the accessibility statement: it tells what was tried and found, and never more than that."""

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from generator import load
from generator.cli import main
from generator.reports.accessibility import CRITERIA, Results, Rule, criterion, worksheet
from tests.support.approved import DAY, write_approved
from tests.support.was import readable, tried

BROKEN = """<!doctype html><html><head><title>x</title></head><body><main><h1>Hej</h1><img src="x.png">
<p style="color:#bbb;background:#fff">Bleg skrift</p></main></body></html>"""
RESULTS = Results(
    tried_on=date(2026, 11, 20), tools=("axe-core 4.0", "Chromium 150"), ways=("på en telefon", "på en computer"),
    pages=("", "oem-skulder/"),
    rules=(
        Rule(id="color-contrast", outcome="violations", tags=("cat.color", "wcag2aa", "wcag143"), help="Contrast",
             pages=("oem-skulder/",)),
        Rule(id="document-title", outcome="passes", tags=("wcag2a", "wcag242"), help="Title", pages=("", "x/")),
        Rule(id="region", outcome="incomplete", tags=("best-practice",), help="Landmarks", pages=("",)),
        Rule(id="another-title", outcome="incomplete", tags=("wcag242",), help="Title again", pages=("",)),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_approved(tmp_path_factory.mktemp("ark"))


@pytest.fixture(scope="module")
def sheet(root: Path) -> str:
    return worksheet(load(root).regions["vest"], RESULTS, DAY)


def test_there_are_the_fifty_criteria_of_levels_a_and_aa() -> None:
    assert len(CRITERIA) == 50
    levels = [re.fullmatch(r".+ \((AA?)\)", name) for name in CRITERIA.values()]
    assert [bool(level) for level in levels] == [True] * 50
    assert sum(level[1] == "A" for level in levels if level) == 30


@pytest.mark.parametrize(
    ("tag", "number"), [("wcag111", "1.1.1"), ("wcag1410", "1.4.10"), ("wcag412", "4.1.2"), ("wcag2aa", None),
                        ("best-practice", None), ("wcag258", None)],
)  # fmt: skip
def test_a_tag_stands_for_its_criterion(tag: str, number: str | None) -> None:
    assert criterion(tag) == number


def test_it_says_what_was_tried_and_that_it_is_not_the_statement(sheet: str) -> None:
    assert sheet.startswith("# Arbejdsark til tilgængelighedserklæringen: Region Vest\n")
    assert "**Arket er ikke erklæringen.**" in sheet
    assert (
        "Den 20. november 2026 er 2 sider prøvet med axe-core 4.0 og Chromium 150, "
        "vist på en telefon og på en computer." in sheet
    )
    assert "- /oem-skulder/" in sheet
    assert "| Skriftlig kontakt | skulder@region.example |" in sheet


def test_faults_and_doubts_are_told_with_the_pages_they_are_on(sheet: str) -> None:
    assert "| color-contrast | 1.4.3 | Contrast | /oem-skulder/ |" in sheet
    assert "| region | god skik | Landmarks | / |" in sheet


def test_every_criterion_has_the_worst_that_was_found_and_room_for_a_person(sheet: str) -> None:
    rows = dict(re.findall(r"^\| (\d\.\d\.\d+) .+? \((?:AA?)\) \| (.+?) \| \|$", sheet, re.MULTILINE))
    assert set(rows) == set(CRITERIA)
    assert rows["1.4.3"] == "**Fejl fundet**"
    assert rows["2.4.2"] == "Maskinen kunne ikke afgøre det"
    assert rows["2.4.3"] == "Ikke prøvet: maskinen har ingen regel"


def test_without_a_trial_it_claims_none(root: Path) -> None:
    bare = worksheet(load(root).regions["vest"], None, DAY)
    assert "**Ingen maskine har prøvet siderne til dette ark.**" in bare
    assert "Ingen fejl" not in bare


def test_the_machine_finds_what_is_planted_and_notes_where(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(BROKEN, "utf-8")
    (tmp_path / "a" / "index.html").write_text('<meta http-equiv="refresh" content="0; url=../">', "utf-8")
    assert list(readable(tmp_path)) == [""]
    found = tried(browser, tmp_path, [""])
    faulty = {rule.id: rule.pages for rule in found.rules if rule.outcome == "violations"}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= set(faulty)
    assert faulty["image-alt"] == ("",)
    assert found.tools[0].startswith("axe-core 4.")
    assert found.tools[1].startswith("Chromium ")
    assert Results.model_validate_json(found.model_dump_json()) == found


class TestTheCommand:
    def run(self, root: Path, *words: str) -> tuple[int, str]:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(root)
            done = CliRunner().invoke(main, ["report", "was", *words, "--as-of", "2026-11-22"])
        return done.exit_code, done.output

    def test_it_writes_the_sheet_of_a_region(self, root: Path, tmp_path: Path, sheet: str) -> None:
        results, out = tmp_path / "fundet.json", tmp_path / "ark.md"
        results.write_text(RESULTS.model_dump_json(), "utf-8")
        ended, said = self.run(root, "vest", "--results", str(results), "--out", str(out))
        assert (ended, said) == (0, f"Arbejdsark til Region Vest → {out}\n")
        assert out.read_text("utf-8") == sheet

    def test_wrong_use_is_explained(self, root: Path, tmp_path: Path) -> None:
        assert self.run(root, "vst")[1].rstrip().endswith("Regionen »vst« findes ikke – mente du »vest«?")
        (tmp_path / "andet.json").write_text("{}")
        ended, said = self.run(root, "vest", "--results", str(tmp_path / "andet.json"))
        assert ended == 1
        assert "er ikke skrevet af »make was« – kør den igen." in said
