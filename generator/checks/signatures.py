"""Checks of signatures: only what somebody has read and signed, in the words of today, is given out."""

from collections.abc import Iterable, Iterator
from datetime import date

from generator.checks.publication import publishers, texts_of
from generator.danish import long_date
from generator.model.catalogue import Catalogue
from generator.model.record import Entity
from generator.model.red_flag import RedFlag
from generator.model.signing import Missing, Signable, approval_key, approvals_of, kind_of, signatures
from generator.problems import Position, Problem

UNSIGNED = {
    "topic": "teksten er ikke fagligt godkendt",
    "pathway": "teksten er ikke fagligt godkendt",
    "standard-text": "teksten er ikke fagligt godkendt",
    "sign": "alarmtegnet og dets hastegrad er ikke fagligt godkendt",
    "level": "alarmtegnenes linjer på papir er ikke fagligt godkendt",
    "region": "alarmtegnene med regionens numre er ikke godkendt som helhed",
    "figure": "figuren og det, den siger, er ikke fagligt godkendt",
    "comparison": "sammenligningen er ikke fagligt godkendt",
    "leaflet": "folderens titel, linje og valg af afsnit er ikke fagligt godkendt",
}


def check_texts_signed(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """Readers act on health information, so a person with a role has read every sentence of it."""
    yield from _unsigned(catalogue, texts_of(catalogue, region), as_of)


def check_signs_signed(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """How urgent a sign is, on the page and on paper, is a clinician's to decide."""
    yield from _unsigned(catalogue, catalogue.red_flags.values(), as_of)
    levels = (level for level in catalogue.urgency_levels.values() if level.paper_lines)
    yield from _unsigned(catalogue, levels, as_of)


def check_blocks_signed(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """A sign and the number beside it are acted on together, so each region signs the whole as its readers see it."""
    yield from _unsigned(catalogue, publishers(catalogue, as_of, region), as_of)


def check_figures_signed(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """A figure and the sentence beside it say more than a table does, so somebody stands behind both."""
    yield from _unsigned(catalogue, catalogue.figures.values(), as_of)
    yield from _unsigned(catalogue, catalogue.comparisons.values(), as_of)


def check_leaflets_signed(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """What was left out of a leaflet is seen by nobody who holds it, so somebody stands behind the choice."""
    giving = {publisher.id for publisher in publishers(catalogue, as_of, region)}
    given = (leaflet for leaflet in catalogue.leaflets.values() if giving.intersection(leaflet.senders))
    yield from _unsigned(catalogue, given, as_of)


def _unsigned(catalogue: Catalogue, entities: Iterable[Signable], as_of: date) -> Iterator[Problem]:
    for entity in entities:
        missing = signatures(catalogue, entity, as_of).missing
        if missing and all(part.why == "unsigned" for part in missing) and not approvals_of(entity):
            differing = isinstance(entity, RedFlag) and entity.disagreements
            message = UNSIGNED[kind_of(entity)] + (" (kilderne er uenige: se disagreements)" if differing else "")
            yield entity.problem(message, _remedy(entity), approval_key(entity))
        else:
            yield from (_objection(entity, part) for part in missing)


def _objection(entity: Signable, missing: Missing) -> Problem:
    part, last = missing.part, missing.last
    what = f"afsnittet »{part.title}«" if part.name else f"»{part.title}«"
    if last is None:
        message = f"{what} er ikke fagligt godkendt"
    elif missing.why == "lapsed":
        message = f"godkendelsen af {what} gjaldt {_for_how_long(last.on, last.until)}"
    else:
        message = f"{what} er ændret efter godkendelsen den {long_date(last.on)}"
    way = (approval_key(entity),) if missing.index is None else (approval_key(entity), missing.index)
    position = entity.origin.at(*way) if part.line is None else Position(entity.origin.path, part.line)
    return Problem(position, message, _remedy(entity, part.name))


def _for_how_long(on: date, until: date | None) -> str:
    return f"først fra den {long_date(on)}" if until is None or until < on else f"kun til den {long_date(until)}"


def _remedy(entity: Entity, part: str | None = None) -> str:
    named = f" --part {part}" if part else ""
    return f"læs ordene, og skriv under med: borgerinfo sign {kind_of(entity)} {entity.id}{named} --role ROLLE"
