"""What was done before is not done again, and what is found is the same whether it is remembered or not."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator
from generator.cache import Cache
from generator.checks import Findings, find
from generator.checks.registry import Check, Remember, Subject
from generator.loading.conversion import converter
from generator.model.catalogue import Catalogue
from generator.problems import ContentError, Position, Problem
from tests.support.example import write_example

A_DAY = date(2026, 11, 22)
EDITS = (
    ("content/emner/oem-skulder.md", "\nRing 12 34 56 78.\n"),
    ("content/emner/oem-skulder.md", "\n## Et afsnit uden ord\n"),
    ("content/emner/oem-skulder.md", "\nMere **tekst.\n"),
    ("content/emner/hvornaar-skal-du-ringe.md", "\nSe [her](ingen-steder.md).\n"),
    ("content/fagfolk/til-behandlere.md", "\n{{ ukendt }}\n"),
    ("data/sources.yml", "- id: ny\n"),
    ("data/sources.yml", "# en bemærkning\n"),
    ("data/regions/vest.yml", "ukendt: 1\n"),
    ("data/areas.yml", "- [\n"),
)
"""A file and what is added to it, or taken away again where it is there already."""


def answer(root: Path, store: Cache | None) -> tuple[Problem, ...] | Findings:
    """Return all that is said of a project, with a memory or without."""
    try:
        catalogue = generator.load(root, converter(store)) if store else generator.load(root)
    except ContentError as error:
        return error.problems
    return find(catalogue, A_DAY, "publish", remember=store.remembered) if store else find(catalogue, A_DAY, "publish")


@settings(max_examples=25, deadline=None)
@given(edits=st.lists(st.sampled_from(EDITS), min_size=1, max_size=5))
def test_after_any_edits_the_answer_is_the_one_without_a_memory(edits: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as directory:
        root, store = write_example(Path(directory)), Cache(Path(directory) / "cache")
        for name, piece in edits:
            text = (root / name).read_text("utf-8")
            text = text.removesuffix(piece) if text.endswith(piece) else text + piece
            (root / name).write_text(text, "utf-8")
            assert answer(root, store) == answer(root, None)


def test_slow_work_on_a_text_is_done_once_until_the_text_changes(tmp_path: Path) -> None:
    root, store, seen = write_example(tmp_path), Cache(tmp_path / "cache"), list[str]()

    def slow(catalogue: Catalogue, path: str) -> tuple[Problem, ...]:
        seen.append(path)
        topic = next(t for t in catalogue.topics.values() if str(t.origin.path) == path)
        return (Problem(Position(topic.origin.path), f"{len(topic.body.source)} tegn", "…"),)

    def check_slowly(catalogue: Catalogue, remember: Remember) -> Iterator[Problem]:
        for topic in catalogue.topics.values():
            path = str(topic.origin.path)
            yield from remember(("slow", path, catalogue.hashes[path]), partial(slow, catalogue, path))

    def found() -> list[Problem]:
        return [*Check("slow", check_slowly).problems(Subject(generator.load(root), remember=store.remembered))]

    first = found()
    assert len(seen) == len(first) > 3
    assert found() == first
    assert len(seen) == len(first)
    with (root / "content/emner/oem-skulder.md").open("a", encoding="utf-8") as file:
        file.write("\nEt afsnit mere.\n")
    assert found() != first
    assert seen[len(first) :] == ["content/emner/oem-skulder.md"]
    assert {problem.check for problem in first} == {"slow"}


def test_what_is_damaged_is_made_anew(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    assert store.remembered(("a", 1), lambda: [1, 2]) == [1, 2]
    (kept,) = tmp_path.glob("??/*")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert store.remembered(("a", 1), lambda: [3]) == [3]
    with pytest.raises(AssertionError):
        store.remembered(("b",), _must_not_be_asked)


def _must_not_be_asked() -> None:
    raise AssertionError
