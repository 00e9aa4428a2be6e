"""What all facts have in common: they are frozen, refuse unknown keys, and know where they were written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from generator.problems import Position, Problem

Location = tuple[str | int, ...]
"""The way to a value inside a file: keys and list indices, as pydantic reports them."""


@dataclass(frozen=True)
class Origin:
    """The file that a record was read from, and the position of every value in it."""

    path: PurePosixPath
    base: Location = ()
    positions: Mapping[Location, tuple[int, int]] = field(default_factory=dict, repr=False)

    def at(self, *location: str | int) -> Position:
        """Return the position of the value, or of the nearest thing around it that has one."""
        way = self.base + location
        while way and way not in self.positions:
            way = way[:-1]
        line, column = self.positions.get(way, (1, 1))
        return Position(self.path, line, column)


@dataclass(frozen=True)
class Reference:
    """Marks a field whose text is the id of another record, for example `Reference("source")`."""

    kind: str


@dataclass(frozen=True)
class Prose:
    """Marks a field that readers meet as running text, where a phone number would be forgotten when it changes."""


_Mark = TypeVar("_Mark", Reference, Prose)


def _refuse_markup(text: str) -> str:
    if re.search(r"<[A-Za-z/!?]", text):
        raise ValueError("markup")
    if re.search(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);", text):
        raise ValueError("entity")
    if "{{" in text or "{%" in text:
        raise ValueError("insertion")
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text):
        raise ValueError("control")
    return text


def _nothing_if_blank(value: object) -> object:
    return "" if isinstance(value, str) and not value.strip() else value


def _iso_date(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("date")
    if isinstance(value, str) and value < "1900":
        raise ValueError("year")
    return value


def is_web_address(text: str) -> bool:
    """Say whether a browser would take it to one host, the one that a person sees in it."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_host = re.fullmatch(r"(?:\w(?:[\w-]{0,61}\w)?\.)+\w(?:[\w-]{0,61}\w)?", host) and "_" not in host
    return parts.scheme == "https" and bool(is_host) and "@" not in parts.netloc and port != 0


def _whole_address(text: str) -> str:
    if not is_web_address(text):
        raise ValueError("address")
    return text


SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, Field(pattern=SLUG, max_length=80)]
"""Lower-case ASCII words joined by single hyphens: safe as a file name and in an address."""
NumberedText = Annotated[str, Field(min_length=1), BeforeValidator(_nothing_if_blank), AfterValidator(_refuse_markup)]
"""Plain text: no markup, no insertions, no control characters; may tell of phone numbers."""
Text = Annotated[NumberedText, Prose()]
"""The same for readers, without phone numbers: those have fields of their own."""
Day = Annotated[date, BeforeValidator(_iso_date)]
"""A calendar day, written 2026-12-31."""
Url = Annotated[str, Field(pattern=r"^https://[^\s<>\"]+$"), AfterValidator(_whole_address)]
"""A secure web address, kept exactly as it was written."""
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
"""An sRGB colour, written #0B4F6C."""

RegionId = Annotated[Slug, Reference("region")]
AreaId = Annotated[Slug, Reference("area")]
SourceId = Annotated[Slug, Reference("source")]
TopicId = Annotated[Slug, Reference("topic")]
InterventionId = Annotated[Slug, Reference("intervention")]
RedFlagId = Annotated[Slug, Reference("red_flag")]
StatisticId = Annotated[Slug, Reference("statistic")]
PathwayId = Annotated[Slug, Reference("pathway")]


class Record(BaseModel):
    """A frozen piece of a fact; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def references(self, location: Location = ()) -> Iterator[tuple[Location, str, str]]:
        """Yield (location, kind, id) for every reference in this record and the records inside it."""
        for name, hint in _referring(type(self)):
            yield from _references(hint, getattr(self, name), (*location, name))

    def within(self, location: Location = ()) -> Iterator[tuple[Location, "Record"]]:
        """Yield this record and every record inside it, each with the way to it."""
        yield location, self
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, Record):
                yield from value.within((*location, name))
            for index, item in enumerate(value) if isinstance(value, tuple) else ():
                if isinstance(item, Record):
                    yield from item.within((*location, name, index))

    def prose(self) -> Iterator[tuple[Location, str]]:
        """Yield every running text in this record and the records inside it, with the way to it."""
        for location, record in self.within():
            for name in _running(type(record)):
                value = getattr(record, name)
                if isinstance(value, str):
                    yield (*location, name), value
                for index, item in enumerate(value) if isinstance(value, tuple) else ():
                    yield (*location, name, index), item


class Entity(Record):
    """A fact with an id of its own, which knows the file and line it was written on."""

    id: Slug
    origin: SkipJsonSchema[Annotated[Origin, Field(exclude=True, repr=False)]]

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    def problem(self, message: str, remedy: str, *location: str | int) -> Problem:
        """Return a problem on the line of this record, or of the value at `location` inside it."""
        return Problem(self.origin.at(*location), message, remedy)


class Lasting(Record):
    """Mixed into what has a lifetime: valid from and to, both days included; null is open."""

    valid_from: Day | None = None
    valid_to: Day | None = None

    def is_valid_on(self, day: date) -> bool:
        """Say whether the day lies within the lifetime."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class Citation(Record):
    """Where a fact comes from: a source, and the place in it."""

    source: SourceId
    place: Text | None = None
    """Chapter, table, page or box, as the source names it."""
    lines: Annotated[str, Field(pattern=r"^\d+(-\d+)?(, \d+(-\d+)?)*$")] | None = None
    """Lines in the text extract that the source record names."""


@cache
def _referring(model: type[Record]) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a model that can hold references, with their types; asked once, as asking takes long."""
    hints = get_type_hints(model, include_extras=True)
    return tuple((name, hint) for name, hint in hints.items() if name in model.model_fields and _can_refer(hint))


@cache
def _running(model: type[Record]) -> tuple[str, ...]:
    """Return the fields of a model that hold running text, alone or in lists."""
    hints = get_type_hints(model, include_extras=True)
    return tuple(name for name, hint in hints.items() if name in model.model_fields and any(_marks(hint, Prose)))


def _can_refer(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, Record):
        return True
    return any(_marks(hint, Reference)) or any(_can_refer(part) for part in get_args(hint))


def _references(hint: Any, value: object, location: Location) -> Iterator[tuple[Location, str, str]]:
    if value is None:
        return
    if isinstance(value, Record):
        yield from value.references(location)
    elif isinstance(value, tuple):
        inner = getattr(hint, "__args__", (Any,))[0]
        for index, item in enumerate(value):
            yield from _references(inner, item, (*location, index))
    elif isinstance(value, str):
        yield from ((location, kind, value) for kind in marked(hint, value))


def marked(hint: Any, value: str) -> Iterator[str]:
    """Yield the kinds of record that a text under this type hint may be the id of."""
    if value not in _literals(hint):
        yield from (mark.kind for mark in _marks(hint, Reference))


def _marks(hint: Any, kind: type[_Mark]) -> Iterator[_Mark]:
    yield from (mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, kind))
    for part in getattr(hint, "__args__", ()):
        yield from _marks(part, kind)


def _literals(hint: Any) -> set[object]:
    if get_origin(hint) is Literal:
        return set(get_args(hint))
    return {value for part in getattr(hint, "__args__", ()) for value in _literals(part)}
