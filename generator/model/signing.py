"""Which words a signature stands under, and whether they are still those: a changed sentence asks for a new one.

A text is signed in parts, one for each second-level heading and one for all before them, so that a change asks for
one part to be read again. The warning signs are signed as one block for each region: levels, signs, actions and the
numbers to call there. Of a leaflet its title, its line and what was chosen for it are signed; the texts it carries
have their own signatures. Everything else is signed whole.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from generator.model.approval import Approval, Approvals
from generator.model.catalogue import Catalogue
from generator.model.comparison import Comparison
from generator.model.figure import Figure
from generator.model.leaflet import Leaflet
from generator.model.pathway import Pathway
from generator.model.place import Region
from generator.model.record import Entity, Record
from generator.model.red_flag import RedFlag, UrgencyLevel
from generator.model.standard_text import StandardText
from generator.model.topic import Topic

Signable = Topic | RedFlag | UrgencyLevel | Figure | Comparison | Pathway | StandardText | Leaflet | Region
HOUSEKEEPING = frozenset(
    {"approved_by", "owner", "last_reviewed", "review_due", "order", "origin", "body", "verified_on"}
)
"""Fields that say something about a text and are no part of what is signed."""
HANDING_OUT = frozenset({"formats", "senders", "landing_topic", "title_permission"})
"""Of a leaflet: on what paper, from whom, where its code leads; what it says and carries is the same on all of it."""
SIGNED_KINDS: dict[str, type[Entity]] = {
    "topic": Topic, "sign": RedFlag, "level": UrgencyLevel, "region": Region, "figure": Figure,
    "comparison": Comparison, "pathway": Pathway, "standard-text": StandardText, "leaflet": Leaflet,
}  # fmt: skip
BEGINNING = "begyndelsen"
"""The part of a text before its first heading: title, lead, short version."""


@dataclass(frozen=True)
class SignedPart:
    """Words that are signed at once."""

    name: str | None
    title: str
    words: str
    line: int | None = None
    """Where it begins in the file; None: where the record does."""

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits of the words' SHA-256, whatever their line breaks."""
        return hashlib.sha256(" ".join(self.words.split()).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Missing:
    """A part that nobody stands behind on the day, and the last who did."""

    part: SignedPart
    why: Literal["unsigned", "changed", "lapsed"]
    index: int | None = None
    """The place among the approvals of the one that no longer counts."""
    last: Approval | None = None


@dataclass(frozen=True)
class Signatures:
    """What is signed on a day, and what is not."""

    valid: Approvals
    missing: tuple[Missing, ...]

    @property
    def approval(self) -> Approval | None:
        """The oldest signature of a text that is signed in all its parts; None while one is missing."""
        return None if self.missing else min(self.valid, key=lambda approval: approval.on)

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that stands behind a part, each once."""
        return tuple(dict.fromkeys(approval.role for approval in self.valid))


def signatures(catalogue: Catalogue, entity: Signable, day: date) -> Signatures:
    """Return which parts of a record are signed on the day."""
    valid, missing = [], []
    approvals = tuple(enumerate(approvals_of(entity)))
    for part in parts(catalogue, entity, day):
        own = [(index, approval) for index, approval in approvals if approval.part == part.name]
        same = [(index, approval) for index, approval in own if approval.text == part.fingerprint]
        if held := [approval for _, approval in same if approval.holds_on(day)]:
            valid.append(held[-1])
        else:
            why: Literal["unsigned", "changed", "lapsed"] = "lapsed" if same else "changed" if own else "unsigned"
            index, last = (same or own)[-1] if own else (None, None)
            missing.append(Missing(part, why, index, last))
    return Signatures(tuple(valid), tuple(missing))


def approvals_of(entity: Signable) -> Approvals:
    """Return the signatures under a record, in the order they were written."""
    return (entity.signs_approved_by if isinstance(entity, Region) else entity.approved_by) or ()


def approval_key(entity: Signable) -> str:
    """Return the key that a record's signatures stand under."""
    return "signs_approved_by" if isinstance(entity, Region) else "approved_by"


def kind_of(entity: Entity) -> str:
    """Return the word that the command and the messages use for such a record."""
    return next(kind for kind, record in SIGNED_KINDS.items() if isinstance(entity, record))


def signables(catalogue: Catalogue) -> Iterator[Signable]:
    """Yield everything that somebody must have signed; a text whose wording is not published has nothing to sign."""
    yield from catalogue.topics.values()
    yield from catalogue.red_flags.values()
    yield from (level for level in catalogue.urgency_levels.values() if level.paper_lines)
    yield from catalogue.figures.values()
    yield from catalogue.comparisons.values()
    yield from catalogue.pathways.values()
    yield from (text for text in catalogue.standard_texts.values() if text.wording)
    yield from catalogue.leaflets.values()
    yield from catalogue.regions.values()


def parts(catalogue: Catalogue, entity: Signable, day: date) -> tuple[SignedPart, ...]:
    """Return what is signed of a record; only a region's warning signs depend on the day, by their numbers."""
    if isinstance(entity, Topic):
        return tuple(_topic_parts(entity))
    if isinstance(entity, Region):
        return (SignedPart(None, "alarmtegnene med regionens numre", _dumped(_block(catalogue, entity, day))),)
    said = [_said(entity)]
    if isinstance(entity, Comparison):
        said += [_said(one) for one in catalogue.interventions.values() if _cites(one, entity.source)]
    if isinstance(entity, Figure):
        drawn = dict.fromkeys(target for _, kind, target in entity.references() if kind == "statistic")
        said += [_said(catalogue.statistics[name]) for name in drawn if name in catalogue.statistics]
    return (SignedPart(None, title_of(entity), _dumped(said)),)


def lasting_parts(catalogue: Catalogue, entity: Signable, day: date) -> tuple[SignedPart, ...]:
    """Return what is to be signed so that it holds from the day on.

    Of a region that is its warning signs as they will be after each change of its numbers that is known already:
    whoever signs them ahead of the day keeps it from stopping publication.
    """
    if not isinstance(entity, Region):
        return parts(catalogue, entity, day)
    first = max(day, entity.valid_from or day)
    areas = [catalogue.areas[name] for name in entity.areas if name in catalogue.areas]
    lasting = [one for area in areas for one in (*area.phones, *area.exceptions)]
    turns = {one.valid_from for one in lasting if one.valid_from}
    turns |= {one.valid_to + timedelta(days=1) for one in lasting if one.valid_to}
    days = [first, *sorted(turn for turn in turns if turn > first and entity.is_valid_on(turn))]
    found = {part.fingerprint: part for turn in days for part in parts(catalogue, entity, turn)}
    return tuple(found.values())


def beside(entity: Signable, new: Approvals, current: tuple[SignedPart, ...]) -> Approvals:
    """Return the signatures that stay when new ones are written: those under other parts, and those of other roles.

    Under a part that is signed anew only what stands under words that are still said is kept.
    """
    said = {part.fingerprint for part in current}
    parts_signed, signed = {one.part for one in new}, {(one.part, one.text, one.role) for one in new}
    return tuple(
        old for old in approvals_of(entity)
        if old.part not in parts_signed or (old.text in said and (old.part, old.text, old.role) not in signed)
    )  # fmt: skip


def title_of(entity: Entity) -> str:
    """Return what a person would call the record."""
    found = (getattr(entity, key, None) for key in ("title", "heading", "text", "name"))
    return next((text for text in found if isinstance(text, str)), entity.id)


def line_of(approval: Approval) -> str:
    """Return a signature as one line of YAML."""
    said = approval.model_dump(mode="json", exclude_none=True)
    order = ("part", "role", "name", "on", "until", "text")
    plain = ("part", "on", "until")
    fields = ((key, said[key]) for key in order if key in said)
    return "{" + ", ".join(f"{k}: {v if k in plain else json.dumps(v, ensure_ascii=False)}" for k, v in fields) + "}"


def _cites(entity: Entity, source: str) -> bool:
    return any(kind == "source" and target == source for _, kind, target in entity.references())


def _topic_parts(topic: Topic) -> Iterator[SignedPart]:
    lines = topic.body.source.split("\n")
    headings = [heading for heading in topic.body.headings if heading.level == 2]
    starts = [number for number, line in enumerate(lines) if re.match(r"##\s", line)]
    if len(starts) != len(headings):  # a line that only looks like a heading: then the text is signed as one
        headings, starts = [], []
    ends = [*starts[1:], len(lines)]
    front = [_dumped([_said(topic)]), *lines[: starts[0] if starts else len(lines)]]
    yield SignedPart(BEGINNING, BEGINNING, "\n".join(front))
    for heading, start, end in zip(headings, starts, ends if starts else [], strict=True):
        yield SignedPart(heading.anchor, heading.text, "\n".join(lines[start:end]), topic.body.first_line + start)


def _block(catalogue: Catalogue, region: Region, day: date) -> list[Any]:
    """Return all that a reader of the region sees of the warning signs on the day, worst first, and whom to call."""
    said: list[Any] = [catalogue.settings.first_answer, region.crisis_route]
    for level in catalogue.urgency_levels.values():
        said += [_said(level), *((flag.text, flag.front_text) for flag in catalogue.red_flags_at(level.id))]
    for area in (catalogue.areas[name] for name in region.areas if name in catalogue.areas):
        phones = [_said(phone) for phone in area.phones if phone.is_valid_on(day)]
        said += [area.name, phones, area.text_route, area.without_gp, *map(_said, area.exceptions_on(day))]
    return said


def _said(record: Record) -> dict[str, Any]:
    """Return what a record says; a field that is new to the program and not used changes nothing."""
    said = record.model_dump(mode="json", exclude=set(HOUSEKEEPING), exclude_defaults=True)
    unsaid = HOUSEKEEPING | (HANDING_OUT if isinstance(record, Leaflet) else frozenset())
    return {key: value for key, value in said.items() if key not in unsaid}


def _dumped(said: list[Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True)
