"""Facts come into a text through insertions, never typed by hand."""

import re
from collections.abc import Iterator
from typing import get_args

from generator.checks.references import NAMES, remedy
from generator.danish import counted, did_you_mean
from generator.dialect import INSERTIONS, without_insertions_and_addresses
from generator.markdown import insertion_elements, plain_text
from generator.model.catalogue import Catalogue
from generator.model.intervention import Intervention, Kind
from generator.model.leaflet import Leaflet
from generator.model.place import SiteSettings
from generator.model.record import Entity, Location
from generator.model.red_flag import RedFlag, UrgencyLevel
from generator.model.source import Video
from generator.model.topic import Insertion, Topic
from generator.model.unread import Unread
from generator.problems import Position, Problem

_TYPED_NUMBER = re.compile(
    r"(?<!\d)(?<!\d[.,/-])(?<![=/])(?:\(?(?:\+|00)45\)?[ \u00a0.-]?)?"
    r"(?:\d{8}|\d{4}[ \u00a0]\d{4}|\d\d([ \u00a0.-]{1,2})\d\d(?:\1\d\d){2})(?![.,/-]?\d)"
)
"""Eight digits in the ways Danes write a phone number, with or without the country's; not 2014-2016 or 10 000 000."""
_PROSE: dict[type[Entity], tuple[str, ...]] = {
    Topic: ("title", "promise", "summary", "overview", "questions"),
    RedFlag: ("group", "text", "front_text"),
    UrgencyLevel: ("heading", "action", "closing"),
    Intervention: ("title", "summary", "facts", "parts"),
    Leaflet: ("title", "promise", "origin_notice"),
    SiteSettings: ("title", "national_name", "change_notice", "intended_purpose"),
    Video: ("title", "about"),
}
"""The fields that readers meet as running text; numbers have fields of their own."""


def check_insertions(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """Facts come in through a closed set of insertions, so that a slip is found here and not by a reader."""
    for topic in (*catalogue.topics.values(), *unread.texts):
        for insertion in topic.body.insertions:
            yield from (_at(topic, insertion, *fault) for fault in _insertion_faults(catalogue, unread, insertion))
        yield from _crowded_blocks(topic)


def _insertion_faults(catalogue: Catalogue, unread: Unread, insertion: Insertion) -> Iterator[tuple[str, str]]:
    allowed = INSERTIONS.get(insertion.name)
    if allowed is None:
        names = f"brug en af: {', '.join(INSERTIONS)}"
        yield f"ukendt indsættelse »{insertion.name}«", did_you_mean(insertion.name, INSERTIONS) or names
        return
    given = insertion.arguments
    if not allowed.least <= len(given) <= allowed.most:
        wanted = f"{{{{ {insertion.name}: {allowed.example} }}}}" if allowed.least else f"{{{{ {insertion.name} }}}}"
        words = f"med {counted(len(given), 'oplysning', 'oplysninger')}" if given else "uden oplysninger"
        yield f"»{insertion.name}« er skrevet {words} efter kolon", f"skriv {wanted}"
        return
    for written, choices in zip(given, (allowed.choices, get_args(Kind) if allowed.choices else ()), strict=False):
        if choices and written not in choices:
            near = did_you_mean(written, choices) or f"skriv et af: {', '.join(choices)}"
            yield f"»{written}« kan ikke bruges i {insertion.name}", near
    if given and allowed.names:
        target, existing = given[0], catalogue.kind(allowed.names)
        if target not in existing and not unread.may_have(allowed.names, target):
            yield f"{NAMES[allowed.names]} »{target}« findes ikke", remedy(target, allowed.names, existing)


def _crowded_blocks(topic: Topic) -> Iterator[Problem]:
    """Yield the blocks that do not stand alone in a paragraph: they are whole paragraphs themselves."""
    for parent, index in insertion_elements(topic.body.tree):
        insertion = topic.body.insertions[index] if index < len(topic.body.insertions) else None
        is_block = insertion and insertion.name in INSERTIONS and INSERTIONS[insertion.name].block
        is_alone = parent.tag == "p" and len(parent) == 1 and not plain_text(parent).strip()
        if insertion and is_block and not is_alone:
            message = f"{{{{ {insertion.name} }}}} står midt i en tekst"
            yield _at(topic, insertion, message, "giv den en linje for sig selv, med en tom linje før og efter")


def check_typed_phones(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """A number typed into prose is the one that is forgotten on the day it changes."""
    numbers = {phone.number for area in catalogue.areas.values() for phone in area.phones if phone.number}
    short = [rf"{number[:2]}[ \u00a0]?{number[2:]}" for number in sorted(numbers) if len(number) == 4]
    known = re.compile(rf"(?<![\d-])(?:{'|'.join(short) or '(?!)'})(?![\d-])")
    for topic in (*catalogue.topics.values(), *unread.texts):
        prose = without_insertions_and_addresses(topic.body.source).replace("\n", " ")
        for start, number in _numbers(prose, known):
            place = topic.body.position(start, topic.origin.path)
            yield Problem(place, _typed(number), "skriv {{ telefon: vagt }} i stedet")
    for entity in catalogue.entities():
        for location, text in _prose(entity):
            for _, number in _numbers(text, known):
                yield entity.problem(_typed(number), "slet det; numre hører til i data/areas.yml", *location)


def _numbers(text: str, known: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for match in (*_TYPED_NUMBER.finditer(text), *known.finditer(text)):
        yield match.start(), match[0]


def _typed(number: str) -> str:
    return f"telefonnummeret »{number}« er skrevet i teksten"


def _prose(entity: Entity) -> Iterator[tuple[Location, str]]:
    for name in _PROSE.get(type(entity), ()):
        value = getattr(entity, name)
        if isinstance(value, str):
            yield (name,), value
        elif isinstance(value, tuple):
            yield from (((name, index), text) for index, text in enumerate(value))


def _at(topic: Topic, insertion: Insertion, message: str, remedy: str) -> Problem:
    return Problem(Position(topic.origin.path, insertion.line, insertion.column), message, remedy)
