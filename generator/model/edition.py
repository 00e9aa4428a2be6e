"""Printed editions: what the register says of each code, and the words that were printed under it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from generator.model.leaflet import Family
from generator.model.place import NUMBER
from generator.model.record import Day, Entity, NumberedText, Record, Slug, Text
from generator.problems import Problem

TextHash = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
"""The first 16 hex digits of the SHA-256 of a leaflet's words; the name of the file that keeps them."""


Place = tuple[str, str, str, Family]
"""The leaflet, its sender, its language and its family of formats."""


class CarriedNumber(Record):
    """A number to call that stands on the paper, and the area it is for."""

    area: Slug
    number: Annotated[str, Field(pattern=NUMBER)]
    valid_to: Day | None = None
    """The last day it was known to be right when it was printed."""


class RegisterEntry(Entity):
    """One line of the register: what happened to one code on one day.

    A code's first line reserves it (`draft`) or releases it at once (`current`); a later line releases what was
    reserved, or withdraws what was released. Lines are never changed, so that what happened stays known. What a line
    names may be long gone: its leaflet, its region and its areas are ids that need not lead to a record.
    """

    leaflet: Slug
    sender: Slug
    language: Text
    format_family: Family
    status: Literal["draft", "current", "withdrawn"]
    reserved_on: Day | None = None
    released_on: Day | None = None
    withdrawn_on: Day | None = None
    address: NumberedText | None = None
    """The whole address that the printed code holds."""
    text_hash: TextHash | None = None
    topics: tuple[Slug, ...] = ()
    """The texts that the words were taken from, so that it is found when one of them must be called back."""
    numbers: tuple[CarriedNumber, ...] = ()
    valid_to: Day | None = None
    """The last day on which all that is printed was known to hold."""
    replaces: Slug | None = None
    """The code of the edition that this one comes after."""
    reason: NumberedText | None = None
    """Why it was withdrawn, in a sentence for whoever holds it."""
    chain: TextHash
    """Ties the line to everything before it in the register; written by `borgerinfo release`."""

    @property
    def day(self) -> date | None:
        """The day the line tells of."""
        return {"draft": self.reserved_on, "current": self.released_on, "withdrawn": self.withdrawn_on}[self.status]


@dataclass(frozen=True)
class PrintedEdition:
    """All that the register says of one code up to a day: who sends what under it, and how it stands."""

    id: str
    """The code."""
    leaflet: str
    sender: str
    language: str
    format_family: Family
    reserved: RegisterEntry
    """The code's first line."""
    release: RegisterEntry | None = None
    withdrawal: RegisterEntry | None = None
    replaced_by: str | None = None
    """The code of the edition that came after it."""

    @property
    def status(self) -> Literal["draft", "current", "replaced", "withdrawn"]:
        """How the edition stands by the register alone; numbers and regions may have changed since."""
        if self.withdrawal:
            return "withdrawn"
        if self.replaced_by:
            return "replaced"
        return "current" if self.release else "draft"

    @property
    def in_use(self) -> bool:
        """Say whether it is what is printed now, or what will be."""
        return self.status in ("draft", "current")

    @property
    def place(self) -> Place:
        """What, by whom, in what language and family: of each there is one edition in use at a time."""
        return self.leaflet, self.sender, self.language, self.format_family

    @property
    def numbers(self) -> tuple[CarriedNumber, ...]:
        """The numbers on the paper; of a draft they are not recorded."""
        return self.release.numbers if self.release else ()

    def problem(self, message: str, remedy: str, *location: str | int) -> Problem:
        """Return a problem on the code's last line in the register."""
        last = self.withdrawal or self.release or self.reserved
        return last.problem(message, remedy, *location)


def editions(entries: Iterable[RegisterEntry], day: date = date.max) -> dict[str, PrintedEdition]:
    """Return every code ever issued or reserved, with what had happened to it by the day.

    A code is there on every day, also before it was reserved: a build that speaks for an earlier day must not break
    it. What happened later than the day has not happened yet.
    """
    rows = list(entries)
    found: dict[str, PrintedEdition] = {}
    by_code: dict[str, list[RegisterEntry]] = {}
    for entry in rows:
        by_code.setdefault(entry.id, []).append(entry)
    replaced = {e.replaces: e.id for e in rows if e.replaces and e.day and e.day <= day}
    for code, lines in by_code.items():
        happened = {entry.status: entry for entry in lines if entry.day and entry.day <= day}
        first = lines[0]
        found[code] = PrintedEdition(
            code, first.leaflet, first.sender, first.language, first.format_family, first,
            happened.get("current"), happened.get("withdrawn"), replaced.get(code),
        )  # fmt: skip
    return found


def in_use(found: Iterable[PrintedEdition]) -> dict[Place, PrintedEdition]:
    """Return by its place each edition that is printed now, or that will be where none is.

    What is released later than the day was a draft until then, beside the edition that it comes after.
    """
    rows: dict[Place, PrintedEdition] = {}
    for edition in found:
        if edition.status == "current" or (edition.status == "draft" and edition.place not in rows):
            rows[edition.place] = edition
    return rows


class FrozenPiece(Record):
    """A heading, a paragraph, a list item or a warning sign of a leaflet, as it was printed."""

    kind: Literal["title", "heading", "text", "sign", "action"]
    level: Slug | None = None
    """The urgency of a sign or an action."""
    words: NumberedText


class FrozenText(Entity):
    """The words of a released leaflet, the same for every sender; numbers and names stand as `[nummer]`, `[afsender]`.

    Kept in a file named after the hash of the words, so that whoever changes a word changes its name.
    """

    pieces: Annotated[tuple[FrozenPiece, ...], Field(min_length=1)]


class Seal(Entity):
    """What the register held when the program last wrote it, so that lines cut off its end are missed."""

    lines: int
    """Lines of codes."""
    link: TextHash
    """The link that the next line will hold: the hash of everything in the file."""
