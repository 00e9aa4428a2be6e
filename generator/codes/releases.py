"""Codes reserved, editions released and withdrawn: what is to be written into the register, before it is written.

Nothing here touches a file. Words come first, then the register, then its seal: whatever stops the writing half-way,
every code in the register has its words, and the seal tells that there is more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from generator.codes.alphabet import new_code
from generator.codes.frozen_words import numbers_of, words_of
from generator.codes.register import (
    FROZEN_DIRECTORY,
    REGISTER_FILE,
    SEAL_FILE,
    extended,
    frozen_file,
    missing_codes,
    release_entry,
    reservation,
    seal,
    text_hash,
    withdrawal,
)
from generator.codes.standing import Changes, changes_since, numbers_differ
from generator.danish import long_date
from generator.model.catalogue import Catalogue
from generator.model.edition import CarriedNumber, PrintedEdition
from generator.model.leaflet import Family, Leaflet
from generator.model.place import Region
from generator.sender.senders import past_sender


@dataclass(frozen=True)
class Writing:
    """What is to be written: whole files by path in the order of writing, and a line about each edition."""

    files: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """The codes that something new is said of."""


def reserved(
    catalogue: Catalogue, leaflets: tuple[Leaflet, ...], region: str | None, day: date, random: Random
) -> Writing:
    """Return the codes that the leaflets lack, each reserved for one sender and family; none where none is lacking."""
    text, taken, told = catalogue.register, set(catalogue.editions), []
    for leaflet in leaflets:
        for sender, family in missing_codes(catalogue, leaflet):
            if region in (None, sender):
                code = new_code(taken, random)
                taken.add(code)
                text = extended(text, reservation(code, leaflet, sender, family, day))
                told.append(f"{code}  {leaflet.id}, {sender}, {family}: reserveret")
    codes = tuple(line.split()[0] for line in told)
    return Writing({REGISTER_FILE: text, SEAL_FILE: seal(text)}, tuple(told), codes)


def released(catalogue: Catalogue, leaflet: Leaflet, regions: tuple[Region, ...], day: date, random: Random) -> Writing:
    """Return the leaflet's new editions; a reserved code is used, and what has not changed is not released again."""
    pieces = {family: words_of(catalogue, leaflet, family) for family in leaflet.families}
    text, taken = catalogue.register, set(catalogue.editions)
    told, codes, words = [], [], {}
    for region, family, now in _places(catalogue, leaflet, regions):
        digest = text_hash(pieces[family])
        if now and now.status == "current" and _is_unchanged(catalogue, now, digest, day):
            told.append(f"{now.id}  {leaflet.id}, {region.id}, {family}: uændret siden {_since(now)}")
            continue
        code = now.id if now and now.status == "draft" else new_code(taken, random)
        taken.add(code)
        topics = list(dict.fromkeys(part.topic for part in leaflet.parts_for(family)))
        numbers = numbers_of(catalogue, leaflet, family, past_sender(catalogue, region), day)
        frozen = {**_frozen(catalogue, region, numbers, code), "text_hash": digest, "replaces": _earlier(now)}
        frozen["topics"] = topics
        text = extended(text, release_entry(code, leaflet, region.id, family, day, frozen))
        told.append(f"{code}  {leaflet.id}, {region.id}, {family}: {_what_is_new(catalogue, leaflet, now, day)}")
        codes.append(code)
        words[f"{FROZEN_DIRECTORY}/{digest}.yml"] = frozen_file(pieces[family])
    return Writing({**words, REGISTER_FILE: text, SEAL_FILE: seal(text)}, tuple(told), tuple(codes))


def withdrawn(catalogue: Catalogue, edition: PrintedEdition, reason: str, day: date) -> Writing:
    """Return the withdrawal of an edition, with the reason that its holders are told."""
    text = extended(catalogue.register, withdrawal(edition.id, edition.place, day, reason))
    leaflet, sender, _, family = edition.place
    told = f"{edition.id}  {leaflet}, {sender}, {family}: kaldt tilbage"
    return Writing({REGISTER_FILE: text, SEAL_FILE: seal(text)}, (told,), (edition.id,))


def _places(
    catalogue: Catalogue, leaflet: Leaflet, regions: tuple[Region, ...]
) -> Iterator[tuple[Region, Family, PrintedEdition | None]]:
    """Yield every sender and family of the leaflet, with the edition in use there."""
    in_use = catalogue.in_use_on()
    for region in regions:
        for family in leaflet.families:
            yield region, family, in_use.get((leaflet.id, region.id, leaflet.language, family))


def _frozen(catalogue: Catalogue, region: Region, numbers: tuple[CarriedNumber, ...], code: str) -> dict[str, Any]:
    """Return what is recorded of the paper beside its words."""
    ends = [end for end in (region.valid_to, *(number.valid_to for number in numbers)) if end]
    return {
        "address": catalogue.settings.code_address(code),
        "numbers": [number.model_dump() for number in numbers],
        "valid_to": min(ends, default=None),
    }


def _is_unchanged(catalogue: Catalogue, edition: PrintedEdition, digest: str, day: date) -> bool:
    assert edition.release is not None, "what is current was released"
    return edition.release.text_hash == digest and not numbers_differ(catalogue, edition, day)


def _since(edition: PrintedEdition) -> str:
    assert edition.release is not None, "what is current was released"
    assert edition.release.released_on is not None, "a release has a day"
    return long_date(edition.release.released_on)


def _earlier(edition: PrintedEdition | None) -> str | None:
    return edition.id if edition and edition.status == "current" else None


def _what_is_new(catalogue: Catalogue, leaflet: Leaflet, now: PrintedEdition | None, day: date) -> str:
    if now is None or now.status == "draft":
        return "udgivet"
    return f"ny udgave efter {now.id} ({size(catalogue, now, leaflet, day)})"


def size(catalogue: Catalogue, edition: PrintedEdition, leaflet: Leaflet, day: date) -> str:
    """Return in words how much today's leaflet differs from an edition: signs, numbers and other words."""
    return size_of(changes_since(catalogue, edition, leaflet), numbers_differ(catalogue, edition, day))


def size_of(changes: Changes, numbers: int) -> str:
    """Return a difference in words: signs first, then numbers, then the rest; nothing where there is none."""
    parts = (
        (len(changes.signs), "alarmtegn eller råd om dem"),
        (numbers, "nummer" if numbers == 1 else "numre"),
        (len(changes.words), "afsnit"),
    )
    return ", ".join(f"{count} {what}" for count, what in parts if count)
