"""YAML as text, lists and mappings, with the position of every value; anything cleverer is refused.

Every scalar stays the text that the author wrote (municipality code 0101 keeps its zero, “no” stays a word), only
null becomes None. Anchors, aliases and tags are refused, so no file can grow when it is read. So is what YAML allows
and an author never means: a quotation mark that is closed lines later, a list item that became part of the text above.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from generator.loading.files import INVISIBLE
from generator.loading.yaml_faults import fault_of
from generator.model.record import Location
from generator.problems import ContentError, Position, Problem

DEEPEST = 12
"""Levels; twice what any real file needs."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ENTRY = re.compile(r"( *)(?:- +)?(?:\w+:(?:\s|$)|- )")


@dataclass
class Document:
    """One YAML document: its value, and where each value and each key in it stands (line and column from 1)."""

    value: Any = None
    positions: dict[Location, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Location, tuple[int, int]] = field(default_factory=dict)


def parse(text: str, path: PurePosixPath, line_offset: int = 0) -> Document:
    """Return the document, or raise with what is wrong; `line_offset` is the number of lines before the YAML."""
    reader = _Reader(text, path, line_offset)
    try:
        document = reader.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        if not reader.has_open_quote:  # what follows a mark that is never closed is wrong for that reason alone
            line, column, message, remedy = fault_of(error, reader.lines)
            reader.problems.append(Problem(Position(path, line + line_offset, column), message, remedy))
        raise ContentError(reader.problems) from None
    except yaml.YAMLError:
        position = Position(path, line_offset + 1)
        raise ContentError([Problem(position, "filen er ikke YAML", "se VEJLEDNING.md for et eksempel")]) from None
    if reader.problems:
        raise ContentError(reader.problems)
    return document


class _Reader:
    """Builds one document from parser events, collecting what is refused."""

    def __init__(self, text: str, path: PurePosixPath, line_offset: int) -> None:
        self.lines, self.path, self.line_offset = text.split("\n"), path, line_offset
        self.problems: list[Problem] = []
        self.has_open_quote = False
        self.lines_with_anchors: set[int] = set()
        self.result = Document()

    def document(self, events: Iterator[yaml.Event]) -> Document:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.blame(event, "her begynder et nyt dokument (---)", "slet linjen, eller brug to filer")
                    break
                self.result.value = self.value(next(events), events, ())
        return self.result

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], location: Location) -> Any:
        self.result.positions[location] = self.place(event)
        self.refuse_clever(event)
        if isinstance(event, yaml.AliasEvent):
            return None
        if isinstance(event, yaml.ScalarEvent):
            self.refuse_slips(event)
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
                raise self.refused_key(event)
            self.refuse_slips(event)
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

    def refused_key(self, event: yaml.Event) -> ContentError:
        """Return what ends the reading: nothing can be known about what stands under a key that is not a word."""
        line, column = _start(event)
        if self.lines[line][:column].endswith("{"):
            self.blame(event, "indsættelser med {{ }} kan kun bruges i selve teksten", "skriv almindelig tekst")
        else:
            self.blame(event, "en nøgle skal være et ord", "skriv nøgle: værdi")
        return ContentError(self.problems)

    def refuse_clever(self, event: yaml.Event) -> None:
        remedy = "skriv værdien helt ud, eller sæt anførselstegn om teksten"
        line, _ = _start(event)
        if getattr(event, "anchor", None) and line not in self.lines_with_anchors:
            self.lines_with_anchors.add(line)
            self.blame(event, "ankre og henvisninger (& og *) bruges ikke her", remedy)
        if getattr(event, "tag", None) not in (None, "!"):
            self.blame(event, "mærker (!) bruges ikke her", "skriv værdien uden !, eller sæt anførselstegn om teksten")

    def refuse_slips(self, event: yaml.ScalarEvent) -> None:
        """Refuse text that YAML reads otherwise than anybody who looks at the file."""
        if INVISIBLE.search(event.value):
            self.blame(event, "teksten rummer et usynligt tegn", "skriv den uden \\ og tegnets nummer")
        (first, _), (last, column) = _start(event), _end(event)
        following = range(first + 1, min(last + 1, len(self.lines)))
        if event.style in ("'", '"') and any(self.is_entry(number, first) for number in following):
            self.has_open_quote = True
            self.blame(event, "anførselstegnet bliver ikke lukket", "afslut teksten med samme anførselstegn")
        if event.style:
            return
        line = self.lines[last] if last < len(self.lines) else ""
        if line[:column].strip() and (cut := re.match(r"\s*#[^\s#]", line[column:])):
            place = column + cut.end() - 2
            self.blame_at(last, place, "alt efter # bliver ikke læst", 'sæt anførselstegn om teksten: "… #…"')
        for number in following:
            if re.match(r" *- ", self.lines[number]):
                place = self.lines[number].index("-")
                self.blame_at(number, place, "punktet er rykket for langt ind", "sæt - lige under - på linjen over")

    def is_entry(self, number: int, opening: int) -> bool:
        """Say whether a line looks like the next key or item, though YAML takes it for text."""
        depth = len(self.lines[opening]) - len(self.lines[opening].lstrip(" "))
        entry = _ENTRY.match(self.lines[number]) if number < len(self.lines) else None
        return entry is not None and len(entry[1]) <= depth

    def place(self, event: yaml.Event) -> tuple[int, int]:
        line, column = _start(event)
        return line + 1 + self.line_offset, column + 1

    def blame(self, event: yaml.Event, message: str, remedy: str) -> None:
        self.blame_at(*_start(event), message, remedy)

    def blame_at(self, line: int, column: int, message: str, remedy: str) -> None:
        position = Position(self.path, line + 1 + self.line_offset, column + 1)
        self.problems.append(Problem(position, message, remedy))


def _start(event: yaml.Event) -> tuple[int, int]:
    """Return line and column from 0."""
    assert event.start_mark is not None, "what the parser yields has marks"
    return event.start_mark.line, event.start_mark.column


def _end(event: yaml.Event) -> tuple[int, int]:
    assert event.end_mark is not None, "what the parser yields has marks"
    return event.end_mark.line, event.end_mark.column
