"""The report on readability fills in what can be counted, says what it saw, and leaves the rest to a person."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import Catalogue
from generator.cli import main
from generator.reports.readability import ReadabilityReport, readability_data, readability_html, readability_report
from generator.reports.readability_sheets import CCI, PEMAT, PERSON
from tests.support.built import TODAY
from tests.support.example import OVERRIDES, write_example


@pytest.fixture(scope="module")
def report(catalogue: Catalogue) -> ReadabilityReport:
    return readability_report(catalogue, TODAY)


def shown(report: ReadabilityReport) -> str:
    html = re.sub(
        r"<style>.*?</style>|<[^>]+>", " ", readability_html(report, "Ondt i ryggen", OVERRIDES), flags=re.DOTALL
    )
    return " ".join(unescape(html).split())


def run(root: Path, *said: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, ["report", "readability", *said])


def test_the_instruments_have_all_their_questions() -> None:
    assert [item.number for item in PEMAT.items] == [*range(1, 13), *range(15, 27)]
    assert [item.number for item in CCI.items] == [*range(1, 21)]


def test_every_page_for_citizens_has_a_sheet_and_every_text_its_figures(
    catalogue: Catalogue, report: ReadabilityReport
) -> None:
    danish = {t.id for t in catalogue.topics.values() if t.language == "da" and t.audience != "clinicians"}
    paper = {t.id for t in catalogue.topics_in("foldere")}
    assert {facts.topic.id for facts in report.texts} == danish
    assert {sheet.facts.topic.id for sheet in report.sheets} == danish - paper
    words = shown(report)
    for facts in report.texts:
        assert facts.topic.title in words
        assert f"{facts.reading.lix:.1f}".replace(".", ",") in words
        assert f"{facts.reading.spared_lix:.1f}".replace(".", ",") in words


def test_what_only_people_can_judge_is_never_answered(report: ReadabilityReport) -> None:
    judged = {"pemat-p": {1, 2, 10, 15, 22, 23, 26}, "cdc-cci": {1, 2, 3, 10, 11, 13, 14, 18, 19}}
    for sheet in report.sheets:
        for instrument, lines in sheet.filled:
            answers = {line.number: line.answer for line in lines}
            assert {answers[number] for number in judged[instrument.id]} == {None}
            assert all(line.evidence for line in lines if line.answer)
        assert sheet.open >= sum(map(len, judged.values()))


def test_there_is_no_score(report: ReadabilityReport) -> None:
    words = shown(report)
    assert words.count(PERSON) > 100
    assert "Der står ingen samlet score" in words
    assert not re.search(r"\d+ ?(?:%|point|procent)|\d+/\d+", words.replace("100 %", ""))


def test_it_is_written_for_people_and_for_programs(tmp_path: Path) -> None:
    root = write_example(tmp_path, templates=True)
    result = run(root, "--as-of", "2026-11-22")
    assert result.exit_code == 0, result.output
    assert result.output == "4 tekster til borgere, 0 råd om sproget.\n  → rapport-laesbarhed/laesbarhed.html\n"
    data = json.loads((root / "rapport-laesbarhed/laesbarhed.json").read_text("utf-8"))
    assert data["limits"] == {"page": 35, "signs": 30}
    assert [text["id"] for text in data["texts"]] == ["index", "hvornaar-skal-du-ringe", "oem-skulder", "om-siden"]
    sheet = next(sheet for sheet in data["sheets"] if sheet["id"] == "oem-skulder")
    assert sheet["pemat-p"][1] == {
        "number": 2,
        "words": "Intet i teksten trækker tankerne væk fra det, den er til for",
        "answer": None,
        "evidence": "",
    }
    action = next(line for line in sheet["pemat-p"] if line["number"] == 20)
    assert action["answer"] == "ja"
    assert action["evidence"].startswith("5 opfordringer: »")


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    root = write_example(tmp_path, templates=True)
    (root / "fil").write_text("", "utf-8")
    result = run(root, "--out", "fil/under")
    assert result.exit_code == 1
    assert result.output.startswith("Kunne ikke læse eller skrive: ")


def test_data_is_the_same_for_the_same_day(report: ReadabilityReport, catalogue: Catalogue) -> None:
    assert readability_data(report) == readability_data(readability_report(catalogue, TODAY))
