"""Which printed leaflets carry something: what a region must collect on the day that a number or a text changes."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.codes.frozen_words import numbers_of, words_of
from generator.codes.register import text_hash
from generator.codes.standing import Standing, standing
from generator.danish import instead
from generator.model.catalogue import Catalogue
from generator.model.edition import CarriedNumber, PrintedEdition
from generator.model.leaflet import Family
from generator.sender.senders import past_sender


@dataclass(frozen=True)
class Wanted:
    """What is looked for on paper; what is None is not asked about."""

    number: str | None = None
    text_hash: str | None = None
    """All of it, or its beginning."""
    topic: str | None = None
    region: str | None = None
    """The region that sent it, or one that came after and has its readers now."""


@dataclass(frozen=True)
class Load:
    """What a printed leaflet carries."""

    edition: PrintedEdition
    numbers: tuple[CarriedNumber, ...]
    """Of a draft those that it would carry if it were printed on the day."""
    topics: tuple[str, ...]
    text_hash: str | None
    is_recorded: bool
    """Whether its topics stand in the register; otherwise they are those of today's leaflet."""


@dataclass(frozen=True)
class Carrier:
    """A printed leaflet that carries what was looked for, and how it stands on the day."""

    load: Load
    standing: Standing

    @property
    def edition(self) -> PrintedEdition:
        """What the register says of it."""
        return self.load.edition


class UnknownError(Exception):
    """What is looked for is nowhere in the data, nor in the register; the message is Danish."""


def carriers(catalogue: Catalogue, wanted: Wanted, day: date) -> tuple[Carrier, ...]:
    """Return every edition that carries all that is wanted, as things stand on the day.

    A code that was neither reserved nor released by the day is left out. Raises UnknownError for a number, a text, a
    topic or a region that nothing has ever been about: a slip must not look as if there were nothing to collect.
    """
    hashes = {
        (leaflet.id, family): text_hash(words_of(catalogue, leaflet, family))
        for leaflet in catalogue.leaflets.values()
        for family in leaflet.families
    }
    known = [_load(catalogue, edition, day, hashes) for edition in catalogue.editions_on(day).values()]
    _refuse_unknown(catalogue, wanted, known)
    region = catalogue.regions.get(wanted.region or "")
    senders = past_sender(catalogue, region).heritage if region else {wanted.region}
    found = (load for load in known if _exists(load, day) and _carries(load, wanted, senders))
    return tuple(Carrier(load, standing(catalogue, load.edition, day)) for load in found)


def digits(number: str) -> str:
    """Return a number without spaces and country code, so that it is found however it is written."""
    bare = re.sub(r"\D", "", number)
    return re.sub(r"^(?:00)?45(?=\d{8}$)", "", bare)


def _load(catalogue: Catalogue, edition: PrintedEdition, day: date, hashes: Mapping[tuple[str, Family], str]) -> Load:
    region, leaflet = catalogue.regions.get(edition.sender), catalogue.leaflets.get(edition.leaflet)
    recorded = edition.release.topics if edition.release else ()
    topics = recorded or tuple(
        dict.fromkeys(part.topic for part in leaflet.parts_for(edition.format_family)) if leaflet else ()
    )
    numbers, digest = edition.numbers, edition.release.text_hash if edition.release else None
    if edition.release is None and region and leaflet:
        numbers = numbers_of(catalogue, leaflet, edition.format_family, past_sender(catalogue, region), day)
    if edition.release is None:
        digest = hashes.get((edition.leaflet, edition.format_family))
    return Load(edition, numbers, topics, digest, bool(recorded))


def _exists(found: Load, day: date) -> bool:
    since = found.edition.reserved.day
    return since is None or since <= day


def _carries(found: Load, wanted: Wanted, senders: Container[str | None]) -> bool:
    return all((
        wanted.number is None or digits(wanted.number) in {digits(carried.number) for carried in found.numbers},
        wanted.text_hash is None or (found.text_hash or "").startswith(wanted.text_hash.lower()),
        wanted.topic in (None, *found.topics),
        wanted.region is None or found.edition.sender in senders,
    ))  # fmt: skip


def _refuse_unknown(catalogue: Catalogue, wanted: Wanted, known: Iterable[Load]) -> None:
    for what, written, choices in _choices(catalogue, wanted, list(known)):
        if written is not None and written not in choices:
            near = instead(written, sorted(choices))
            raise UnknownError(f"{what} »{written}« kendes ikke – {near}")


def _choices(
    catalogue: Catalogue, wanted: Wanted, known: list[Load]
) -> Iterator[tuple[str, str | None, dict[str, None]]]:
    """Yield what was written, and everything that it could have been, both in the form that can be compared."""
    phones = (phone.number for area in catalogue.areas.values() for phone in area.phones if phone.number)
    numbers = (*phones, *(carried.number for found in known for carried in found.numbers))
    number = None if wanted.number is None else _as_known(wanted.number, numbers)
    yield "Nummeret", number, dict.fromkeys(numbers)
    hashes = dict.fromkeys(found.text_hash for found in known if found.text_hash)
    digest = None if wanted.text_hash is None else wanted.text_hash.lower()
    whole = next((one for one in hashes if digest and one.startswith(digest)), digest)
    yield "Teksten", whole, dict.fromkeys(hashes)
    topics = (*catalogue.topics, *(topic for found in known for topic in found.topics))
    yield "Emnet", wanted.topic, dict.fromkeys(topics)
    senders = (*catalogue.regions, *(found.edition.sender for found in known))
    yield "Regionen", wanted.region, dict.fromkeys(senders)


def _as_known(written: str, numbers: Iterable[str]) -> str:
    """Return the number as it is written in the data, however it was typed."""
    return next((number for number in numbers if digits(number) == digits(written)), written)
