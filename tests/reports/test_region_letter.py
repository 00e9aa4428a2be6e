"""The letter to a region asks for everything that it must supply or confirm, and for nothing else."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import generator
from generator import Catalogue
from generator.cli import main
from generator.reports.region_letter import letter_html, region_report
from tests.support.built import REFORM, TODAY
from tests.support.example import OVERRIDES, alter, write_example
from tests.support.releases import release


def words(html: str) -> str:
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(text).split())


def letter(catalogue: Catalogue, region: str, day: date) -> str:
    return letter_html(region_report(catalogue, catalogue.regions[region], day), catalogue, OVERRIDES)


def run(root: Path, *said: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, ["report", "region", *said])


@pytest.mark.parametrize("region", ["nordjylland", "hovedstaden", "oestdanmark"])
def test_nothing_that_stops_publication_is_left_out(catalogue: Catalogue, region: str) -> None:
    found = region_report(catalogue, catalogue.regions[region], TODAY)
    shown = words(letter(catalogue, region, TODAY))
    unsigned = {flag.origin.at("approved_by") for flag in catalogue.red_flags.values()}
    assert len(found.problems) > 50
    for problem in found.problems:
        path, line = problem.position.path, problem.position.line
        if problem.position in unsigned:
            assert f"{len(found.unsigned)} af {found.signs} tegn er ikke godkendt" in shown
        elif str(path).startswith("content/"):
            assert str(path) in shown
            assert problem.message in shown
        else:
            assert f"{path}:{line}" in shown, problem


def test_the_letter_needs_nothing_beside_it(catalogue: Catalogue) -> None:
    html = letter(catalogue, "nordjylland", TODAY)
    assert html.startswith("<!doctype html>")
    assert not re.search(r"<script|<link|<img|\bsrc=|\bhref=|url\(", html)
    assert '<html lang="da">' in html
    assert "@page{size:A4" in html


def test_a_number_is_shown_with_where_it_was_found(catalogue: Catalogue) -> None:
    shown = words(letter(catalogue, "syddanmark", TODAY))
    assert "70 11 07 07 lægevagten" in shown
    assert re.search(r"Ikke bekræftet\. Fundet hos \w+", shown)
    assert "70 15 03 00" not in shown


def test_what_has_been_answered_is_not_asked_again(tmp_path: Path) -> None:
    root = write_example(tmp_path, templates=True)
    before = words(letter(generator.load(root), "vest", TODAY))
    assert "Ingen har oplyst, hvordan døve får hjælp" in before
    assert "Ikke bekræftet. Fundet hos Avisen" in before
    answers = "name: Vest\n  text_route: Skriv i appen.\n  without_gp: Ring til havnen.\n"
    confirmed = ['"70 00 00 01"', '"70 00 00 01", verified_on: 2026-11-01']
    alter(root / "data/areas.yml", {"replace": [["name: Vest\n", answers], confirmed]})
    after = words(letter(generator.load(root), "vest", TODAY))
    assert "Ingen har oplyst, hvordan døve får hjælp" not in after
    assert "ingen egen læge har" not in after
    assert "Bekræftet 1. november 2026." in after


def test_before_the_reform_both_regions_are_asked_what_comes_after(catalogue: Catalogue) -> None:
    shown = words(letter(catalogue, "hovedstaden", TODAY))
    assert "Region Hovedstaden er der til og med 31. december 2026. Derefter Region Østdanmark." in shown
    assert "Gælder også efter 31. december 2026" in shown


@pytest.mark.parametrize("day", [TODAY, REFORM])
def test_the_new_region_is_asked_for_both_areas(catalogue: Catalogue, day: date) -> None:
    shown = words(letter(catalogue, "oestdanmark", day))
    assert "som de er 1. januar 2027" in shown
    assert "Region Østdanmark kommer efter Region Hovedstaden og Region Sjælland." in shown
    assert "1813 Akuttelefonen" in shown
    assert "1818 lægevagten" in shown
    assert shown.count("Ingen har oplyst, hvordan døve får hjælp") == 2
    assert shown.count("Gælder fra 1. januar 2027") == 2
    assert "2 numre at bekræfte" in shown


def test_paper_of_the_regions_before_is_listed_as_replaced(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    catalogue = release(root, "din-skulder", ["oest"], TODAY)
    (paper,) = region_report(catalogue, catalogue.regions["nyland"], REFORM).inherited
    assert (paper.sender, paper.kind, paper.codes) == ("Region Øst", "replaced", (("4xk5dp", "a4"),))
    shown = words(letter(catalogue, "nyland", REFORM))
    assert "Koder fra Region Øst" in shown
    assert "4xk5dp (a4) Region Øst 22. november 2026 afløst 1899" in shown


def test_the_command_writes_one_file_and_says_where(tmp_path: Path) -> None:
    root = write_example(tmp_path, templates=True)
    result = run(root, "vest", "--as-of", "2026-11-22")
    assert result.exit_code == 0, result.output
    assert re.fullmatch(
        r"Region Vest, 22\. november 2026: \d+ ting mangler, før siderne kan udgives\.\n  → rapport-vest\.html\n",
        result.output,
    )
    assert (root / "rapport-vest.html").read_text("utf-8").startswith("<!doctype html>")
    assert run(root, "vest", "--out", str(tmp_path / "brev.html")).exit_code == 0
    assert (tmp_path / "brev.html").exists()


def test_a_region_that_cannot_answer_is_refused_with_the_one_that_can(tmp_path: Path) -> None:
    root = write_example(tmp_path, templates=True)
    gone = run(root, "oest", "--as-of", "2027-01-01")
    assert gone.exit_code == 2
    assert "Region Øst holdt op 31. december 2026 – spørg nyland" in gone.output
    assert "mente du »nyland«?" in run(root, "nylund").output
    assert run(root, "vest", "--out", "findes/ikke/brev.html").exit_code == 1
