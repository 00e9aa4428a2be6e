"""What changes of itself within the next months: lifetimes, reviews, signatures and printed editions that end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.checks.publication import STATEMENT_LASTS, texts_of
from generator.danish import joined, long_date
from generator.model.catalogue import Catalogue
from generator.model.intervention import Intervention
from generator.model.place import Area, LocalException, Phone, Region
from generator.model.record import Entity, Lasting
from generator.model.signing import approval_key, approvals_of, signables, title_of
from generator.model.source import Source, Video
from generator.problems import Position

HORIZON = timedelta(days=90)
"""A region answers a letter within weeks, and a printer needs weeks more."""


@dataclass(frozen=True, order=True)
class Coming:
    """One change that will come of itself: its day, where it is written, and what it is."""

    day: date
    """The first day on which it is another way."""
    position: Position
    message: str
    regions: frozenset[str] | None = None
    """The ids of the regions whose pages or paper it touches; None is all of them."""

    def __str__(self) -> str:
        return f"{self.position}: {self.message}"


def upcoming(catalogue: Catalogue, day: date, horizon: timedelta = HORIZON) -> tuple[Coming, ...]:
    """Return what begins, ends or falls due after the day and within the horizon, the nearest first."""
    found = (*_lifetimes(catalogue), *_reviews(catalogue), *_approvals(catalogue), *_editions(catalogue, day))
    return tuple(sorted({item for item in found if day < item.day <= day + horizon}, key=lambda item: (item.day, item)))


def told(coming: tuple[Coming, ...], most: int = 15) -> tuple[str, ...]:
    """Return a line for each change, and where there are many, how many more there are."""
    rest = (f"og {len(coming) - most} mere",) if len(coming) > most else ()
    return (*map(str, coming[:most]), *rest)


def _lifetimes(catalogue: Catalogue) -> Iterator[Coming]:
    for entity in catalogue.entities():
        for location, record in entity.within():
            name = _name(catalogue, entity, record) if isinstance(record, Lasting) else None
            if name is None or not isinstance(record, Lasting):
                continue
            touched = _touched(catalogue, entity)
            is_there = isinstance(record, Region)  # of which it is not said that it holds
            begins, ends = ("begynder", "er der til og med") if is_there else ("gælder fra", "gælder til")
            if record.valid_from:
                message = f"{name} {begins} {long_date(record.valid_from)}"
                yield Coming(record.valid_from, entity.origin.at(*location, "valid_from"), message, touched)
            if record.valid_to and record.valid_to < date.max:
                message = f"{name} {ends} {long_date(record.valid_to)}{_heirs(catalogue, record)}"
                yield Coming(_after(record.valid_to), entity.origin.at(*location, "valid_to"), message, touched)


def _name(catalogue: Catalogue, entity: Entity, record: Lasting) -> str | None:
    """Return what the record is called in the middle of a sentence, or None for what readers do not meet by itself."""
    if isinstance(record, Phone) and isinstance(entity, Area):
        called = f"nummeret {record.number}" if record.number else record.name
        return f"{called} ({entity.name})"
    if isinstance(record, LocalException):
        return f"oplysningen om {record.place}"
    if isinstance(record, Region):
        return record.name
    kinds: tuple[tuple[type[Source | Video | Intervention], str], ...] = (
        (Source, "kilden"), (Video, "filmen"), (Intervention, "indsatsen"),
    )  # fmt: skip
    kind = next((word for known, word in kinds if isinstance(record, known)), None)
    return f"{kind} »{getattr(record, 'title', '')}«" if kind else None


def _heirs(catalogue: Catalogue, record: Lasting) -> str:
    names = [catalogue.regions[name].name for name in record.successors] if isinstance(record, Region) else []
    return f" og bliver til {joined(names)}" if names else ""


def _touched(catalogue: Catalogue, entity: Entity) -> frozenset[str] | None:
    if isinstance(entity, Region):
        return frozenset({entity.id, *entity.successors})
    if isinstance(entity, Area):
        return frozenset(region.id for region in catalogue.regions.values() if entity.id in region.areas)
    own = str(getattr(entity, "region", ""))
    return frozenset({own}) if own in catalogue.regions else None


def _reviews(catalogue: Catalogue) -> Iterator[Coming]:
    for text in texts_of(catalogue, None):
        if text.review_due and text.review_due < date.max:
            message = f"teksten »{text.title}« skal være gennemgået senest {long_date(text.review_due)}"
            touched = _touched(catalogue, text)
            yield Coming(_after(text.review_due), text.origin.at("review_due"), message, touched)


def _approvals(catalogue: Catalogue) -> Iterator[Coming]:
    """Yield the last days of signatures, one for each record and day, and of accessibility statements."""
    for entity in signables(catalogue):
        ends = {one.until: index for index, one in reversed(tuple(enumerate(approvals_of(entity)))) if one.until}
        for until, index in ends.items():
            place = entity.origin.at(approval_key(entity), index, "until")
            message = f"godkendelsen af »{title_of(entity)}« gælder til {long_date(until)}"
            yield Coming(_after(until), place, message, _touched(catalogue, entity))
    for region in catalogue.regions.values():
        if updated := region.accessibility_statement_updated:
            last, place = updated + STATEMENT_LASTS, region.origin.at("accessibility_statement_updated")
            message = f"tilgængelighedserklæringen for {region.name} skal ajourføres senest {long_date(last)}"
            yield Coming(_after(last), place, message, frozenset({region.id}))


def _editions(catalogue: Catalogue, day: date) -> Iterator[Coming]:
    """Yield the last days of printed leaflets that are in use."""
    for edition in catalogue.editions_on(day).values():
        release = edition.release
        if edition.status == "current" and release and release.valid_to and release.valid_to < date.max:
            printed = f"den trykte folder {edition.id} fra {catalogue.region_name(edition.sender)}"
            message = f"{printed} gælder til {long_date(release.valid_to)}"
            yield Coming(_after(release.valid_to), release.origin.at("valid_to"), message, frozenset({edition.sender}))


def _after(day: date) -> date:
    return day + timedelta(days=1)
