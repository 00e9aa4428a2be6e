"""What was done before is not done again, and what is found is the same whether it is remembered or not."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator
from generator.cache import MOST_ENTRIES, Cache
from generator.checks import Findings, find
from generator.checks.registry import Check, Remember, Subject
from generator.loading.conversion import converter
from generator.model.catalogue import Catalogue
from generator.problems import ContentError, Position, Problem
from generator.text.markdown import convert, split
from tests.support.built import ROOT
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


@pytest.mark.whole
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


def problems(number: int) -> tuple[Problem, ...]:
    path = PurePosixPath("content/index.md")
    return tuple(Problem(Position(path, line, 3), "»æ«\u00ad", "ret det", "lix") for line in range(number))


def test_what_is_damaged_is_made_anew(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    assert store.remembered(("a", 1), lambda: problems(2)) == problems(2)
    again = store.remembered(("a", 1), lambda: problems(3))
    assert [(str(one), one.check) for one in again] == [(str(one), "lix") for one in problems(2)]
    (kept,) = tmp_path.glob("??/*")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert store.remembered(("a", 1), lambda: problems(3)) == problems(3)
    with pytest.raises(AssertionError):
        store.remembered(("b",), _must_not_be_asked)


def test_files_that_others_remove_meanwhile_do_not_stop_a_clearing(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    for number in range(MOST_ENTRIES + 3):
        place = tmp_path / f"{number % 256:02x}"
        place.mkdir(exist_ok=True)
        (place / str(number)).touch()
    (tmp_path / "00" / "borte").symlink_to("ingen-steder")  # what a file that has just gone looks like
    store.prune()
    assert sum(path.is_file() for path in tmp_path.glob("??/*")) == MOST_ENTRIES


class Bomb:
    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.place,)


def test_nothing_that_lies_in_the_cache_is_run(tmp_path: Path) -> None:
    root, store = write_example(tmp_path), Cache(tmp_path / "cache")
    answer(root, store)
    bomb = pickle.dumps(Bomb(tmp_path / "koert"))
    entries = list(store.directory.glob("??/*"))
    assert len(entries) > 3
    for path in entries:
        path.write_bytes(sha256(bomb).digest() + bomb)
    with pytest.raises(ValueError, match=r"codec|JSON|Expecting"):
        answer(root, store)
    assert not (tmp_path / "koert").exists()


def test_a_text_from_the_cache_is_the_text(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    for path in sorted((ROOT / "content").rglob("*.md")):
        source = split(path.read_text("utf-8"))
        text = source.body, PurePosixPath(path.name), source.body_line
        made, kept = convert(*text), [converter(store)(*text) for _ in range(2)]
        for body in kept:
            assert tostring(body.tree) == tostring(made.tree)
            assert replace(body, tree=made.tree) == made


def _must_not_be_asked() -> tuple[Problem, ...]:
    raise AssertionError
