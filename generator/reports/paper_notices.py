"""What an editor should know of paper that is out: that it says something else than the page, and how much."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.codes.releases import size_of
from generator.codes.standing import Changes, changes_since, numbers_differ
from generator.danish import joined
from generator.model.catalogue import Catalogue
from generator.model.edition import PrintedEdition
from generator.model.leaflet import Leaflet
from generator.problems import Problem

_NAMED = 3
"""Codes that are named in one line; a leaflet has one for each sender and family, and all of them change at once."""


@dataclass(frozen=True)
class _Difference:
    """How an edition in use differs from its leaflet of the day."""

    edition: PrintedEdition
    leaflet: Leaflet
    size: str
    grave: bool
    """It is about whom to call, or when."""


def notices(catalogue: Catalogue, day: date) -> tuple[Problem, ...]:
    """Return a line for each leaflet in use whose paper differs from its page, the gravest first.

    They stop nothing: a text must be free to be corrected before new paper is printed.
    """
    groups: dict[tuple[str, str], list[_Difference]] = {}
    for found in _differences(catalogue, day):
        groups.setdefault((found.leaflet.id, found.size), []).append(found)
    return tuple(_notice(catalogue, group) for group in sorted(groups.values(), key=lambda group: not group[0].grave))


def _differences(catalogue: Catalogue, day: date) -> Iterator[_Difference]:
    met: dict[tuple[str, str | None], Changes] = {}  # the words are the same for all senders and compared once
    for edition in catalogue.editions_on(day).values():
        leaflet = catalogue.leaflets.get(edition.leaflet)
        if edition.status != "current" or edition.release is None or leaflet is None:
            continue
        words = leaflet.id, edition.release.text_hash
        if words not in met:
            met[words] = changes_since(catalogue, edition, leaflet)
        numbers = numbers_differ(catalogue, edition, day)
        if differs := size_of(met[words], numbers):
            yield _Difference(edition, leaflet, differs, bool(met[words].signs or numbers))


def _notice(catalogue: Catalogue, group: list[_Difference]) -> Problem:
    first = group[0]
    named = [f"{found.edition.id} fra {catalogue.region_name(found.edition.sender)}" for found in group[:_NAMED]]
    rest = [f"{len(group) - _NAMED} mere"] if len(group) > _NAMED else []
    message = (
        f"folderen i omløb siger noget andet end siden: {first.size} "
        f"(»{first.leaflet.title}«, {joined([*named, *rest])})"
    )
    again = f"udgiv en ny med »borgerinfo release {first.leaflet.id}«"
    if first.grave:
        again = f"overvej at kalde den tilbage med »borgerinfo withdraw {first.edition.id}«, og {again}"
    return first.edition.problem(message, again)
