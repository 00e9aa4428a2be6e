"""A problem is told in the same words in a terminal, on the line in a pull request, and to other programs."""

import json
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.commands.annotations import problems_github, problems_json, problems_text
from generator.problems import Position, Problem
from tests.support.built import ROOT
from tests.support.example import write_example

PROBLEM = Problem(Position(PurePosixPath("data/site.yml"), 3, 5), "»titel«: 100 % for langt: a, b", "skriv noget andet")
ESCAPES = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


def test_an_annotation_names_file_line_and_column_and_says_the_same_words() -> None:
    assert problems_text([PROBLEM]) == "data/site.yml:3:5: »titel«: 100 % for langt: a, b – skriv noget andet\n"
    assert problems_github([PROBLEM]) == (
        "::error file=data/site.yml,line=3,col=5,title=borgerinfo"
        "::»titel«: 100 %25 for langt: a, b – skriv noget andet\n"
    )
    assert json.loads(problems_json([PROBLEM])) == {
        "problems": [
            {
                "path": "data/site.yml",
                "line": 3,
                "column": 5,
                "check": "",
                "message": "»titel«: 100 % for langt: a, b",
                "remedy": "skriv noget andet",
                "text": "data/site.yml:3:5: »titel«: 100 % for langt: a, b – skriv noget andet",
            }
        ],
        "advice": [],
    }


def test_an_annotation_names_the_check_and_advice_is_a_notice() -> None:
    advice = replace(PROBLEM, check="sources-used")
    assert problems_github([advice], "notice").startswith(
        "::notice file=data/site.yml,line=3,col=5,title=borgerinfo (sources-used)::"
    )


def test_nothing_found_is_nothing_said_but_json_all_the_same() -> None:
    assert problems_text([]) == problems_github([]) == ""
    assert json.loads(problems_json([])) == {"problems": [], "advice": []}


def as_the_runner_reads(line: str) -> tuple[dict[str, str], str]:
    """Take a workflow command apart as GitHub's runner does, and fail where it is none."""
    found = re.fullmatch(r"::error ([^\r\n]*?)::([^\r\n]*)", line)
    assert found, line
    properties = dict(part.split("=", 1) for part in found[1].split(","))
    return {name: unescaped(value) for name, value in properties.items()}, unescaped(found[2])


def unescaped(text: str) -> str:
    return re.sub(r"%(?:25|0D|0A|3A|2C)", lambda match: ESCAPES[match[0]], text)


hostile = st.lists(
    st.sampled_from(["::", "::error::", "\n", "\r", "%0A", "%", ",", ":", "=", "##[", "\x1b[31m", "æ", "a"])
    | st.text(max_size=3)
).map("".join)


@given(name=hostile.filter(bool), message=hostile, remedy=hostile)
def test_no_words_of_an_author_can_end_a_command_or_begin_one(name: str, message: str, remedy: str) -> None:
    problem = Problem(Position(PurePosixPath(name), 7, 2), message, remedy)
    lines = problems_github([problem, PROBLEM]).split("\n")
    assert len(lines) == 3
    properties, said = as_the_runner_reads(lines[0])
    assert properties == {"file": str(PurePosixPath(name)), "line": "7", "col": "2", "title": "borgerinfo"}
    assert said == problem.words
    assert str(problem).endswith(f":7:2: {said}")


def check(root: Path, *words: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, ["check", "--as-of", "2026-11-22", *words])


def test_the_command_tells_it_as_asked_and_ends_alike(tmp_path: Path) -> None:
    root = write_example(tmp_path, {"data/regions/vest.yml": {"replace": ["name:", "navn:"]}})
    told = {how: check(root, "--format", how) for how in ("text", "github", "json")}
    assert {result.exit_code for result in told.values()} == {1}
    lines = told["text"].stdout.splitlines()
    assert [entry["text"] for entry in json.loads(told["json"].stdout)["problems"]] == lines
    annotated = [as_the_runner_reads(line) for line in told["github"].stdout.splitlines()]
    assert [f"{p['file']}:{p['line']}:{p['col']}: {said}" for p, said in annotated] == lines


def test_a_faultless_project_is_an_empty_list_to_programs(tmp_path: Path) -> None:
    result = check(write_example(tmp_path), "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"problems": [], "advice": []})


def test_on_github_the_lines_are_annotated_without_being_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_example(tmp_path, {"data/regions/vest.yml": {"replace": ["name:", "navn:"]}})
    assert not check(root).stdout.startswith("::error")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert check(root).stdout.startswith("::error file=data/regions/vest.yml,line=1,col=")
    assert check(root, "--format", "text").stdout.startswith("data/regions/vest.yml:1:")


def test_vs_code_finds_the_place_and_the_words_in_every_line() -> None:
    """The task »Find fejl« shows under Problems what the command prints."""
    tasks = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    matcher = next(task["problemMatcher"]["pattern"] for task in tasks if task["problemMatcher"])
    found = re.fullmatch(matcher["regexp"], str(PROBLEM))
    assert found
    told = [found[matcher[name]] for name in ("file", "line", "column", "message")]
    assert told == ["data/site.yml", "3", "5", PROBLEM.words]
