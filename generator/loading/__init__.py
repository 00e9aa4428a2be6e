"""Files → Catalogue.

Takes a project's root; gives the Catalogue with every place kept, or a ContentError with every fault of one run.
Never renders anything; nothing else opens a source file. Door: `load`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from generator.addresses import topic_in
from generator.codes.register import REGISTER_FILE, as_it_was
from generator.danish import did_you_mean
from generator.loading import yaml_nodes
from generator.loading.files import UNREADABLE, read_text, refuse_stray_link
from generator.loading.history import fault_in_history
from generator.loading.kinds import FILE_KINDS, FileKind, collection, file_kind
from generator.loading.shelf import Shelf
from generator.model.catalogue import Catalogue
from generator.model.record import Entity, Origin
from generator.model.topic import Body, Topic
from generator.model.unread import Unread
from generator.problems import ContentError, Position, Problem
from generator.source_files import source_files
from generator.text import dialect, markdown

Convert = Callable[[str, PurePosixPath, int], Body]
_parsed = lru_cache(maxsize=500)(yaml_nodes.parse)
"""A preview reads all files again when one has changed; nobody here changes what was parsed."""


@dataclass(frozen=True)
class Reading:
    """What could be read, what an author must correct first, and what is known of the rest."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    unread: Unread


def read(root: Path, convert: Convert = markdown.convert) -> Reading:
    """Read everything below `root`, never raising for what an author can correct.

    `convert` turns the body of a text into a tree; a cache may stand in for the dialect's own function.
    """
    shelf = Shelf(root)
    for path in source_files(root, "data"):
        with shelf.keeping_problems():
            _read_data(shelf, path)
    for path in source_files(root, "content"):
        with shelf.keeping_problems():
            _read_topic(shelf, path, convert)
    shelf.problems += _history(shelf)
    catalogue, unread = shelf.cleared()
    return Reading(catalogue, tuple(sorted(set(shelf.problems))), unread)


def as_written(problem: Problem) -> Problem:
    """Return a problem with the remedy to fetch the file again, where nobody may mend it by hand."""
    kind, path = file_kind(problem.position.path), str(problem.position.path)
    is_told = problem.remedy == UNREADABLE or "git checkout" in problem.remedy or "borgerinfo" in problem.remedy
    return replace(problem, remedy=as_it_was(path)) if kind and kind.by_program and not is_told else problem


def _history(shelf: Shelf) -> list[Problem]:
    """Return what is wrong with the register of codes, seen from what it once was."""
    path = PurePosixPath(REGISTER_FILE)
    if any(problem.position.path == path for problem in shelf.problems):
        return []  # a file that cannot be read is reported as that
    fault = fault_in_history(shelf.root, REGISTER_FILE, shelf.register)
    return [Problem(Position(path, fault[0]), *fault[1:])] if fault else []


def _read_data(shelf: Shelf, path: PurePosixPath) -> None:
    kind = file_kind(path)
    if kind is None:
        refuse_stray_link(shelf.root, path)
        remedy = (
            did_you_mean(str(path), [kind.pattern for kind in FILE_KINDS]) or "se i VEJLEDNING.md, hvor den skal ligge"
        )
        raise ContentError([Problem(Position(path), "filen hører ikke til her", remedy)])
    if kind.record:
        shelf.meet(kind.record, path.stem)
    text = shelf.text(path, kind)
    document = _parsed(text, path)
    if kind.record:
        shelf.add(kind.record, document.value, document, Origin(path, (), document.positions), id=path.stem)
    else:
        _read_lists(shelf, kind, path, document)


def _read_lists(shelf: Shelf, kind: FileKind, path: PurePosixPath, document: yaml_nodes.Document) -> None:
    value = document.value if isinstance(document.value, dict) else {}
    unknown = {key: did_you_mean(key, kind.lists) for key in value if key not in kind.lists}
    for key, near in unknown.items():
        position = Position(path, *document.keys[(key,)])
        shelf.problems.append(
            Problem(position, f"ukendt nøgle »{key}«", near or "slet linjen og det, der hører til den")
        )
    for missing in kind.lists:
        if missing not in value and f"mente du »{missing}«?" not in unknown.values():
            shelf.problems.append(Problem(Position(path), f"nøglen »{missing}« mangler", f"skriv {missing}: øverst"))
    for key in (key for key in kind.lists if key in value):
        _read_list(shelf, kind.lists[key], value[key], document, Origin(path, (key,), document.positions))


def _read_list(
    shelf: Shelf, record: type[Entity], items: object, document: yaml_nodes.Document, origin: Origin
) -> None:
    if items is not None and not isinstance(items, list):
        message = f"»{origin.base[0]}« skal være en liste"
        shelf.problems.append(Problem(origin.at(), message, "begynd hvert punkt med -"))
        return
    for index, item in enumerate(items or ()):
        with shelf.keeping_problems():
            shelf.add(record, item, document, Origin(origin.path, (*origin.base, index), document.positions))


def _read_topic(shelf: Shelf, path: PurePosixPath, convert: Convert) -> None:
    place = topic_in(path, "")
    if place is None:
        refuse_stray_link(shelf.root, path)
        remedy = "læg teksten i content/emner, content/fagfolk, content/om eller content/foldere, med endelsen .md"
        raise ContentError([Problem(Position(path), "filen hører ikke til her", remedy)])
    section, name, _ = place
    shelf.meet(Topic, name)
    text = shelf.text(path)
    source = markdown.split(text)
    shelf.problems += dialect.faults(source.body, path, source.body_line)
    body = convert(source.body, path, source.body_line)
    shelf.keep_text(name, section, body, path)
    if source.front_matter is None:
        message = "teksten har ingen oplysninger øverst mellem to linjer med ---"
        raise ContentError([Problem(Position(path), message, "se et eksempel i VEJLEDNING.md")])
    document = _parsed(source.front_matter, path, line_offset=1)
    origin = Origin(path, (), document.positions)
    shelf.add(Topic, document.value, document, origin, id=name, section=section, body=body)


__all__ = ["FILE_KINDS", "Convert", "FileKind", "Reading", "collection", "read", "read_text"]
