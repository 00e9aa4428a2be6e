"""Every mistake an author can make is answered with a line that tells where it is and what to write instead.

The cases are data: `cases/<area>/<what_happens>.yml` holds a change to the example project, and the exact lines it
is answered with; `upon` names a case whose changes come first, `signed` puts a signature under all there is, and
`advice` names the checks whose advice counts.
`pytest --update` writes what is found into the cases, for review in the diff.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import generator
from generator.checks import find
from generator.loading.kinds import FILE_KINDS
from generator.problems import ContentError
from tests.support.complete import sign_all
from tests.support.example import PROJECT, alter, write_example

CASE_DIRECTORY = Path(__file__).parents[1] / "cases"
CASES = sorted(CASE_DIRECTORY.glob("*/*.yml"))
A_DAY = date(2026, 11, 22)
FILES = sorted(str(path.relative_to(PROJECT)) for path in PROJECT.rglob("*") if path.suffix in (".yml", ".md"))


def found(root: Path, case: dict[str, Any] | None = None) -> list[str]:
    """Return what loading says, or checking where loading has nothing to say, a line for each problem."""
    case = case or {}
    try:
        catalogue = generator.load(root)
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    day, profile = case.get("as_of", A_DAY), case.get("profile", "draft")
    told = find(catalogue, day, profile).advice if "advice" in case else ()
    advice = [p for p in told if p.check in case["advice"]]
    return [str(p) for p in [*generator.check(catalogue, day, profile), *advice]]


def test_there_are_cases() -> None:
    assert len(CASES) > 100


def test_the_example_is_faultless(tmp_path: Path) -> None:
    assert found(write_example(tmp_path)) == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path, pytestconfig: pytest.Config) -> None:
    text = path.read_text("utf-8")
    case = yaml.safe_load(text)
    with TemporaryDirectory() as directory:
        root = _written(Path(directory), case)
        problems = found(root, case)
    if pytestconfig.getoption("--update"):
        path.write_text(_with_problems(text, problems), "utf-8")
    else:
        assert problems == case["problems"].splitlines()


def test_every_case_changes_something_and_says_what_is_known() -> None:
    for path in CASES:
        case = yaml.safe_load(path.read_text("utf-8"))
        assert case["change"], path
        assert set(case) <= {"change", "problems", "as_of", "profile", "upon", "signed", "advice"}, path


def _written(directory: Path, case: dict[str, Any]) -> Path:
    """Write the example with the case's changes, after those of the case that it builds upon; return its root."""
    upon = case.get("upon")
    steps = [yaml.safe_load((CASE_DIRECTORY / f"{upon}.yml").read_text("utf-8")), case] if upon else [case]
    root = write_example(directory)
    for step in steps:
        for name, change in step["change"].items():
            alter(root / name, change)
        if step.get("signed"):
            sign_all(root)
    return root


def test_every_message_has_a_place_and_a_remedy() -> None:
    for path in CASES:
        for problem in yaml.safe_load(path.read_text("utf-8"))["problems"].splitlines():
            assert re.fullmatch(r"(data|content)/[^:]+:[1-9]\d*:[1-9]\d*: \S.* – \S.*", problem), path


def test_every_kind_of_file_is_in_the_example() -> None:
    names = {Path(name).parts[:2] for name in FILES}
    assert {Path(kind.pattern).parts[:2] for kind in FILE_KINDS} <= names


def fragments() -> st.SearchStrategy[str]:
    """Text made of what authors and parsers stumble over."""
    pieces = [
        "---\n", "...\n", "title: ", "- ", "  ", "\n", "\n\n", ":", "{", "}", "[", "]", '"', "'", "#", "&a", "*a",
        "!!x", "|\n", ">-\n", "? ", "{{ ", " }}", "{{ kilde: avis }}", "{%", "[x](", ")", "](y.md)", "## ", "`", "![",
        "1. ", "\\", "æ", "\t", "\x02amp\x03", "\x02wzxhzdk:0\x03", "\ufeff", "\u2028", "\r", "\x00", "id: avis",
        "null", "<b>", "&amp;", "70 11 31 31", "***", "_", "https://", "javascript:", "|-|\n", "=\n", "a" * 50,
    ]  # fmt: skip
    return st.lists(st.sampled_from(pieces) | st.text(max_size=5), max_size=30).map("".join)


@pytest.fixture(scope="module")
def project() -> Iterator[Path]:
    with TemporaryDirectory() as directory:
        yield write_example(Path(directory))


@given(name=st.sampled_from(FILES), data=st.binary(max_size=60) | fragments().map(str.encode))
def test_no_file_can_crash_the_program(project: Path, name: str, data: bytes) -> None:
    """Whatever a file holds, the answer is a list of problems or a Catalogue, never a traceback."""
    before = (project / name).read_bytes()
    try:
        (project / name).write_bytes(data)
        found(project)
    finally:
        (project / name).write_bytes(before)


@given(name=st.sampled_from(FILES), at=st.floats(0, 1), text=fragments())
def test_no_slip_of_the_keyboard_can_crash_the_program(project: Path, name: str, at: float, text: str) -> None:
    before = (project / name).read_text("utf-8")
    place = int(at * len(before))
    try:
        (project / name).write_bytes((before[:place] + text + before[place:]).encode(errors="surrogatepass"))
        found(project)
    finally:
        (project / name).write_text(before, "utf-8")


@given(name=st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_no_file_name_can_crash_the_program(project: Path, name: str) -> None:
    path = project / "content" / "emner" / f"{name}.md"
    try:
        alter(path, "x")
        lines = found(project)
    finally:
        path.unlink()
    assert all("\n" not in line for line in lines)


def test_a_line_is_always_one_line(tmp_path: Path) -> None:
    """What an author wrote is shown without its line breaks and control characters."""
    lines = found(write_example(tmp_path, {"data/regions/to\nlinjer.yml": "x", "content/emner/\x1b[31mrød.md": "x"}))
    assert [line.split(":")[0] for line in lines[:2]] == [r"content/emner/\x1b[31mrød.md", "data/regions/to linjer.yml"]


def test_a_ring_of_links_is_named(tmp_path: Path) -> None:
    changes = {"data/regions/a.yml": {"link": "b.yml"}, "data/regions/b.yml": {"link": "a.yml"}}
    assert found(write_example(tmp_path, changes)) == [
        "data/regions/a.yml:1:1: linket fører i ring – slet det, eller læg selve filen her",
        "data/regions/b.yml:1:1: linket fører i ring – slet det, eller læg selve filen her",
    ]


def _with_problems(text: str, problems: list[str]) -> str:
    change = re.sub(r"^problems:.*", "", text, flags=re.MULTILINE | re.DOTALL).rstrip("\n")
    written = "".join(f"\n  {problem}" for problem in problems)
    return f"{change}\nproblems: |{written}\n" if problems else f'{change}\nproblems: ""\n'
