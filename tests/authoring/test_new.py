"""What `borgerinfo new` leaves behind is a valid draft beside files that nobody touched otherwise, or nothing."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import generator
from generator.authoring.drafts import block
from generator.authoring.forms import FORMS
from generator.authoring.yaml_edits import EditError, with_item, with_value
from generator.checks import find
from generator.cli import main
from generator.loading import yaml_nodes
from tests.authoring.test_schemas import faults
from tests.support.built import ROOT
from tests.support.example import PROJECT, write_example

A_DAY = date(2026, 11, 22)
SOURCE = "avis"
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "region": ("--name", "Region Fjordland", "--replaces", "vest", "--valid-from", "2031-01-01"),
    "topic": ("--title", "Sov på øret: råd", "--promise", "Få ro", "--summary", "Det ved ingen endnu.",
              "--question", "Hvad nu?", "--question", "Hvor?", "--question", "Og #så?"),
    "intervention": ("--region", "vest", "--title", "En linje", "--summary", "En linje: til alle.", "--kind", "hotline",
                     "--source", SOURCE, "--place", "s. 4", "--url", "https://www.example.org/en?a=1"),
    "leaflet": ("--title", "Hvem kan du ringe til?", "--promise", "På et ark", "--topic", "oem-skulder",
                "--sender", "vest"),
    "phone": ("--area", "vest", "--purpose", "out-of-hours", "--number", "70 00 00 01", "--valid-from", "2031-01-01"),
}  # fmt: skip
WRITTEN = {
    "region": {"data/regions/fjordland.yml", "data/regions/vest.yml"},
    "topic": {"content/emner/sov-paa-oeret-raad.md"},
    "intervention": {"data/interventions/vest.yml"},
    "leaflet": {"data/leaflets/hvem-kan-du-ringe-til.yml"},
    "phone": {"data/areas.yml"},
}


def new(root: Path, *words: str, said: str | None = None) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, ["new", *words, "--as-of", str(A_DAY)], input=said)


def stamps(root: Path) -> dict[str, str]:
    paths = [path for name in ("data", "content") for path in (root / name).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def changed(before: dict[str, str], root: Path) -> set[str]:
    after = stamps(root)
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}


@pytest.mark.parametrize("kind", FORMS)
def test_the_draft_is_valid_and_everything_else_as_it_was(tmp_path: Path, kind: str) -> None:
    root = write_example(tmp_path)
    before = stamps(root)
    result = new(root, kind, *OPTIONS[kind], "--yes")
    assert result.exit_code == 0, result.output
    assert changed(before, root) == WRITTEN[kind]
    for day in (A_DAY, date(2031, 1, 1)):
        errors = find(generator.load(root), day, "draft").errors
        assert {problem.check for problem in errors} <= ({"leaflet-codes"} if kind == "leaflet" else set())
    for path in WRITTEN[kind]:
        assert faults(root, path) == []
        assert all(f"{key}: 2" not in (root / path).read_text("utf-8") for key in ("approved_by", "last_reviewed"))
    assert "Det er et udkast: intet er godkendt eller bekræftet." in result.output


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_is_written_twice_or_over(tmp_path: Path, kind: str) -> None:
    root = write_example(tmp_path)
    assert new(root, kind, *OPTIONS[kind], "--yes").exit_code == 0
    before = stamps(root)
    again = new(root, kind, *OPTIONS[kind], "--yes")
    assert again.exit_code in (1, 2), again.output
    assert changed(before, root) == set()


def test_a_number_gets_its_day_and_the_one_before_it_its_last(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    path = root / "data/areas.yml"
    path.write_text(path.read_text("utf-8").replace("areas:", "# Numrene.\nareas:  # her"), "utf-8")
    lines = [line.rstrip("}") for line in path.read_text("utf-8").splitlines()]
    assert new(root, "phone", *OPTIONS["phone"], "--yes").exit_code == 0
    kept = iter(path.read_text("utf-8").splitlines())
    assert all(any(now.startswith(line) for now in kept) for line in lines)  # each of them, in the same order
    area = generator.load(root).areas["vest"]
    numbers = [area.phone("out-of-hours", day) for day in (date(2030, 12, 31), date(2031, 1, 1))]
    assert [phone and phone.number for phone in numbers][1] == "70 00 00 01"
    assert numbers[0] is not None
    assert numbers[0].valid_to == date(2030, 12, 31)
    assert numbers[1] is not None
    assert (numbers[1].verified_on, numbers[1].hours, numbers[1].uri) == (None, "ikke oplyst", None)


def test_a_number_ends_before_one_that_is_known_to_come_after_it(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    assert new(root, "phone", *OPTIONS["phone"], "--yes").exit_code == 0
    assert new(root, "phone", *OPTIONS["phone"][:-1], "2029-01-01", "--yes").exit_code == 0
    phones = [phone for phone in generator.load(root).areas["vest"].phones if phone.purpose == "out-of-hours"]
    assert [(phone.valid_from, phone.valid_to) for phone in phones] == [
        (None, date(2028, 12, 31)), (date(2031, 1, 1), None), (date(2029, 1, 1), date(2030, 12, 31)),
    ]  # fmt: skip
    again = new(root, "phone", *OPTIONS["phone"][:-1], "2029-01-01", "--yes")
    assert again.exit_code == 2
    assert "området har et nummer til det samme, der gælder fra den dag" in again.output


def test_a_region_takes_over_areas_and_those_before_it_end(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    assert new(root, "region", *OPTIONS["region"], "--yes").exit_code == 0
    catalogue = generator.load(root)
    assert catalogue.regions["vest"].valid_to == date(2030, 12, 31)
    assert catalogue.regions["vest"].successors[-1] == "fjordland"
    assert catalogue.regions["fjordland"].areas == catalogue.regions["vest"].areas
    assert catalogue.regions["fjordland"].publisher_mandate is None


def test_a_draft_that_would_break_something_is_not_written(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    before = stamps(root)
    result = new(root, "region", "--name", "Region Fjordland", "--area", "vest", "--yes")
    assert result.exit_code == 1
    assert "to regioner har området »vest« på samme tid: " in result.output
    assert changed(before, root) == set()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["topic", "--title", "<b>Sov</b>"], "--title: »title«: HTML kan ikke stå i teksten"),
        (["topic", "--title", "Sov\u00ad godt"], "--title: »title«: her står et usynligt tegn (U+00AD) – slet det"),
        (["topic", "--section", "emne"], "--section: »section«: »emne« er ikke et af valgene – mente du »emner«?"),
        (["topic", "--title", "Sov", "--id", "Æble"], "»Æble« er ikke skrevet rigtigt – skriv aeble"),
        (["topic", "--title", "Øm skulder"], "»oem-skulder« er allerede brugt i content/emner/oem-skulder.md"),
        (["topic"], "--title mangler – Hvad er sidens overskrift?"),
        (["phone", "--area", "vestt"], "--area: området »vestt« findes ikke – mente du »vest«?"),
        (["phone", "--area", "vest", "--purpose", "out-of-hours", "--number", "7"], 'skriv nummeret som "70 11 31 31"'),
        (["phone", *OPTIONS["phone"][:-2]], "området har et nummer til det samme – skriv den dag, det nye gælder fra"),
        (["leaflet", "--title", "Ny", "--promise", "x", "--topic", "skulder"], "teksten »skulder« findes ikke"),
        (["region", "--name", "R", "--valid-from", "1/1-2030"], "»valid_from«: »1/1-2030« er ikke en dato"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_answered_in_the_words_of_check(tmp_path: Path, words: list[str], said: str) -> None:
    root = write_example(tmp_path)
    before = stamps(root)
    result = new(root, *words, "--yes")
    assert result.exit_code == 2
    assert said in result.output
    assert changed(before, root) == set()


TALK = (
    *("", "Sov godt", "", "Få ro", "<b>", "Det ved ingen.", "born", "citizens"),
    *("Hvad?", "Hvor?", "Hvem?", "", "", "ja"),
)
"""What a person answers about a text, two slips among it."""


def test_a_person_is_asked_again_until_the_answer_can_be_used(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    before = stamps(root)
    result = new(root, "topic", said="\n".join(TALK) + "\n")
    assert result.exit_code == 0, result.output
    assert "  »summary«: HTML kan ikke stå i teksten – skriv almindelig tekst uden < og >\n" in result.output
    assert "  »audience«: »born« er ikke et af valgene – skriv et af: citizens, clinicians, both\n" in result.output
    assert changed(before, root) == {"content/emner/sov-godt.md"}
    topic = generator.load(root).topics["sov-godt"]
    assert topic.questions == ("Hvad?", "Hvor?", "Hvem?")
    assert (topic.approved_by, topic.owner, topic.sources) == (None, None, ())


@pytest.mark.parametrize("answered", range(len(TALK)))
def test_whoever_stops_half_way_has_written_nothing(tmp_path: Path, answered: int) -> None:
    root = write_example(tmp_path)
    before = stamps(root)
    result = new(root, "topic", said="".join(f"{line}\n" for line in TALK[:answered]))
    assert result.exit_code == 1
    assert result.output.endswith("Afbrudt. Intet er skrevet.\n")
    assert changed(before, root) == set()


def test_a_file_that_somebody_wrote_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_example(tmp_path)
    path, answers = root / "content/emner/sov-godt.md", iter(TALK)

    def answer(question: str, *words: object, **options: object) -> str:
        if question.startswith("\nSkal det skrives?"):
            path.write_text("min", "utf-8")
        return next(answers)

    monkeypatch.setattr(click, "prompt", answer)
    asked = new(root, "topic")
    assert asked.exit_code == 2, asked.output
    assert "content/emner/sov-godt.md findes allerede" in asked.output
    assert path.read_text("utf-8") == "min"


def test_whoever_says_no_at_the_end_has_written_nothing(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    before = stamps(root)
    assert new(root, "topic", said="\n".join([*TALK[:-1], "nej"]) + "\n").exit_code == 1
    assert changed(before, root) == set()


def test_the_line_ends_of_a_file_are_kept(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    path = root / "data/areas.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert new(root, "phone", *OPTIONS["phone"], "--yes").exit_code == 0
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def lists() -> list[tuple[Path, tuple[str | int, ...]]]:
    """Every list in the facts that stands line by line."""
    found = []
    for path in [*(ROOT / "data").rglob("*.yml"), *(PROJECT / "data").rglob("*.yml")]:
        waiting: list[tuple[tuple[str | int, ...], Any]] = [((), yaml.compose(path.read_text("utf-8")))]
        while waiting:
            way, node = waiting.pop()
            if isinstance(node, yaml.SequenceNode):
                found += [(path, way)] if not node.flow_style else []
                waiting += [((*way, index), item) for index, item in enumerate(node.value)]
            elif isinstance(node, yaml.MappingNode):
                waiting += [((*way, key.value), value) for key, value in node.value]
    return found


def at(value: Any, way: tuple[str | int, ...]) -> Any:
    for part in way:
        value = value[part]
    return value


def test_an_item_can_be_put_at_the_end_of_every_list_there_is() -> None:
    item = {"id": "ny", "says": "Et »svar«: ja # nej"}
    texts = {path: path.read_text("utf-8") for path, _ in lists()}
    chosen = [pair for index, pair in enumerate(lists()) if len(pair[1]) < 2 or index % 7 == 0]
    assert len(chosen) > 40
    for path, way in chosen:
        after = with_item(texts[path], way, block(item))
        kept = iter(after.split("\n"))
        assert all(line in kept for line in texts[path].rstrip("\n").split("\n")), (path, way)
        wanted = yaml_nodes.parse(texts[path], PurePosixPath("x.yml")).value
        at(wanted, way).append(item)
        assert yaml_nodes.parse(after, PurePosixPath("x.yml")).value == wanted, (path, way)


ITEMS = (
    *("  - x: 1", "  - x:", "  - {x: 1}", "  - x: [1]  # her", "  - x:\n    - y: 1\n    # inde"),
    *("  - x: >-\n      # ikke en bemærkning\n      ord", "  - x: |\n      a\n\n      b\n"),
)
lines = st.lists(st.sampled_from([*ITEMS, "  # bemærkning", ""]), max_size=6).filter(
    lambda found: any(line in ITEMS for line in found)
)


@given(lines=lines, after=st.sampled_from(["", "\n", "\nb: 2", "\n# slut", "\n# om b\nb: 2\n", "\n\n\n"]))
def test_comments_stay_where_they_are_whatever_stands_around_them(lines: list[str], after: str) -> None:
    text = "a:\n" + "\n".join(lines) + after
    made = with_item(text, ("a",), "x: ny\ny: {z: 1}\n")
    kept = iter(made.split("\n"))
    assert all(line in kept for line in text.rstrip("\n").split("\n"))
    before, found = yaml.safe_load(text), yaml.safe_load(made)
    assert found["a"] == [*before["a"], {"x": "ny", "y": {"z": 1}}]
    assert {**found, "a": None} == {**before, "a": None}


def test_an_empty_list_becomes_one_and_a_list_on_one_line_is_left_alone() -> None:
    assert with_item("a: []  # tom\nb: 1\n", ("a",), "x: 1\n") == "a:   # tom\n- x: 1\nb: 1\n"
    assert with_item("a:\n", ("a",), "x: 1\n") == "a:\n- x: 1\n"
    with pytest.raises(EditError, match="linje 1: skriv hvert punkt på sin egen linje"):
        with_item("a: [{x: 1}]\n", ("a",), "x: 2\n")
    assert with_value("a: null  # tom\nb: 1\n", (), "a", "2026-01-01") == "a: 2026-01-01  # tom\nb: 1\n"
    assert with_value("b: 1\n# slut\n", (), "a", "2") == "b: 1\na: 2\n# slut\n"
    assert with_value("- {a: 1}  # her\n", (0,), "b", "2") == "- {a: 1, b: 2}  # her\n"
    assert with_value("- {a: 1, b: 3}\n", (0,), "b", "2") == "- {a: 1, b: 2}\n"
    with pytest.raises(EditError, match="linje 1: skriv »a« på én linje"):
        with_value("a: >-\n  b\n", (), "a", "2")


plain = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1).filter(str.strip)


@given(st.dictionaries(st.sampled_from("abc"), plain | st.none() | st.booleans() | st.lists(plain) | st.integers()))
def test_what_is_written_is_read_as_it_was_meant(record: dict[str, Any]) -> None:
    read = yaml_nodes.parse(block(record), PurePosixPath("x.yml")).value or {}
    meant = {key: str(v).lower() if isinstance(v, bool | int) else v for key, v in record.items()}
    assert read == meant
    assert (yaml.safe_load(block(record)) or {}) == record
