"""YAML as text, lists and mappings, with the position of every value; anything cleverer is refused.

Every scalar stays the text that the author wrote (municipality code 0101 keeps its zero, “no” stays a word), only
null becomes None. Anchors, aliases and tags are refused, so no file can grow when it is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from generator.model.record import Location
from generator.problems import ContentError, Position, Problem

DEEPEST = 12
"""Levels; twice what any real file needs."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDING = (
    ("mapping values are not allowed", "her er et kolon for meget", 'sæt anførselstegn om teksten: "… : …"'),
    ("did not find expected key", "linjen passer ikke med indrykningen over den", "ryk den ind som linjerne omkring den"),
    ("did not find expected '-'", "punktet passer ikke med listen", "begynd hvert punkt med - i samme kolonne"),
    ("could not find expected ':'", "der mangler et kolon efter nøglen", "skriv nøgle: værdi"),
    ("found unexpected end of stream", "et anførselstegn bliver aldrig lukket", "afslut teksten med samme anførselstegn"),
    ("found unexpected document", "et anførselstegn bliver aldrig lukket", "afslut teksten med samme anførselstegn"),
    ("unknown escape", "omvendt skråstreg har en særlig betydning i anførselstegn", "brug '…' i stedet for \"…\""),
)


@dataclass
class Document:
    """One YAML document: its value, and where each value and each key in it stands (line and column from 1)."""

    value: Any = None
    positions: dict[Location, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Location, tuple[int, int]] = field(default_factory=dict)


def parse(text: str, path: PurePosixPath, line_offset: int = 0) -> Document:
    """Return the document, or raise with what is wrong; `line_offset` is the number of lines before the YAML."""
    reader = _Reader(path, line_offset)
    try:
        events = yaml.parse(text, Loader=_LOADER)
        document = reader.document(events)
    except yaml.MarkedYAMLError as error:
        raise ContentError([*reader.problems, _syntax_problem(error, text, path, line_offset)]) from None
    except yaml.YAMLError:
        position = Position(path, line_offset + 1)
        raise ContentError([Problem(position, "filen er ikke YAML", "se VEJLEDNING.md for et eksempel")]) from None
    if reader.problems:
        raise ContentError(reader.problems)
    return document


class _Reader:
    """Builds one document from parser events, collecting what is refused."""

    def __init__(self, path: PurePosixPath, line_offset: int) -> None:
        self.path, self.line_offset = path, line_offset
        self.problems: list[Problem] = []
        self.result = Document()

    def document(self, events: Iterator[yaml.Event]) -> Document:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.result.value = self.value(next(events), events, ())
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                self.blame(event, "her begynder et nyt dokument (---)", "brug én fil til hvert dokument")
                break
        return self.result

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], location: Location) -> Any:
        self.result.positions[location] = self.place(event)
        self.refuse_clever(event)
        if isinstance(event, yaml.AliasEvent):
            return None
        if isinstance(event, yaml.ScalarEvent):
            plain_null = not event.style and event.value in ("", "null", "Null", "NULL", "~")
            return None if plain_null else event.value
        if len(location) >= DEEPEST:
            self.blame(event, f"indholdet er indlejret i mere end {DEEPEST} niveauer", "gør strukturen fladere")
            raise ContentError(self.problems)
        return (self.mapping if isinstance(event, yaml.MappingStartEvent) else self.sequence)(events, location)

    def mapping(self, events: Iterator[yaml.Event], location: Location) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            self.refuse_clever(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.blame(event, "en nøgle skal være et ord", "skriv nøgle: værdi")
                raise ContentError(self.problems)
            if event.value in found:
                self.blame(event, f"nøglen »{event.value}« står her to gange", "slet den ene")
            self.result.keys[(*location, event.value)] = self.place(event)
            found[event.value] = self.value(next(events), events, (*location, event.value))
        return found

    def sequence(self, events: Iterator[yaml.Event], location: Location) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.value(event, events, (*location, len(found))))
        return found

    def refuse_clever(self, event: yaml.Event) -> None:
        if getattr(event, "anchor", None):
            self.blame(event, "ankre og henvisninger (& og *) bruges ikke her", "skriv værdien helt ud")
        if getattr(event, "tag", None) not in (None, "!"):
            self.blame(event, f"mærket »{event.tag}« bruges ikke her", "skriv værdien uden mærke")

    def place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        return mark.line + 1 + self.line_offset, mark.column + 1

    def blame(self, event: yaml.Event, message: str, remedy: str) -> None:
        self.problems.append(Problem(Position(self.path, *self.place(event)), message, remedy))


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, path: PurePosixPath, line_offset: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    position = Position(path, line + 1 + line_offset, column + 1)
    lines = text.split("\n")
    around = lines[line] if line < len(lines) else ""
    if "\t" in around[: column + 1]:
        return Problem(position, "her står et tabulatortegn", "brug mellemrum til indrykning")
    said = f"{error.problem} {error.context or ''}"
    for english, message, remedy in _WORDING:
        if english in said:
            return Problem(position, message, remedy)
    return Problem(position, "filen er ikke gyldig YAML her", "se på tegnene : - \" og indrykningen her og på linjen over")
