"""The pages behind printed codes: straight on for paper that holds; for paper that does not, first what has changed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from generator.addresses import CODES, code_pages, readable
from generator.codes.register import REGISTER_FILE
from generator.codes.standing import Standing, leads_at_once, standing, ways
from generator.danish import long_date
from generator.model.edition import PrintedEdition
from generator.sender.context import Context
from generator.sender.numbers import call, whom_to_call
from generator.sender.senders import past_sender
from generator.web.page import Page

EXAMPLE = "234567"
"""Looks like a code and is none: its check character is wrong."""
MOST_UNFOLDED = 3
"""Changed pieces of text that are shown at once where no sign has changed; more are folded away."""
_TITLES = {
    "draft": "Din folder er en kladde",
    "current": "Siden til din folder",
    "replaced": "Din folder er fra {day}",
    "outdated": "Et nummer på din folder gælder ikke længere",
    "withdrawn": "Din folder er kaldt tilbage",
}


def pages_of_codes(context: Context) -> Iterator[Page]:
    """Yield the pages of every code that the sender answers for, whatever has become of its leaflet."""
    for edition in context.catalogue.editions_on(context.day).values():
        if context.sender.region is None or edition.sender in context.sender.heritage:
            yield _page(context, standing(context.catalogue, edition, context.day))
    values = {"example_address": readable(context.catalogue.settings.code_address(EXAMPLE))}
    yield Page(
        CODES, "codes.html", "Skriv koden fra din folder", "Koden på en folder fører til den nyeste udgave.",
        lambda: values, REGISTER_FILE, listed=False,
    )  # fmt: skip


def _page(context: Context, found: Standing) -> Page:
    """Return a code's page, which lies at both its addresses; its first link always leads to a page that is built."""
    edition = found.edition
    title = _TITLES[found.kind].format(day=_released_on(edition))
    address, in_capitals = code_pages(edition.id)
    return Page(
        address, "code.html", title, "Koden på en folder fører hertil.", partial(_values, context, found),
        REGISTER_FILE, listed=False, also=in_capitals if in_capitals != address else "",
    )  # fmt: skip


def _values(context: Context, found: Standing) -> Mapping[str, Any]:
    onward = ways(context.catalogue, found, context.sender.region)
    changes = found.changes if found.kind in ("replaced", "outdated", "withdrawn") else None
    return {
        "edition": found.edition,
        "kind": found.kind,
        "released_on": _released_on(found.edition),
        "reason": found.edition.withdrawal.reason if found.edition.withdrawal else None,
        "leaflet": found.leaflet,
        "topic": context.catalogue.topics.get(found.leaflet.landing_topic) if found.leaflet else None,
        "ways": onward,
        "at_once": leads_at_once(found, onward),
        "gone": found.then if found.then and found.then not in found.now else None,
        "regions_now": found.now,
        "wrong_numbers": [(wrong, call(wrong.now) if wrong.now else None) for wrong in found.wrong_numbers],
        "changes": changes,
        "unfolded": changes is not None and not changes.signs and len(changes.words) <= MOST_UNFOLDED,
        "levels": context.catalogue.urgency_levels,
        "calls": whom_to_call(_context_of(context, found)),
    }


def _released_on(edition: PrintedEdition) -> str:
    day = edition.release.released_on if edition.release else edition.reserved.reserved_on
    return long_date(day) if day else ""


def _context_of(context: Context, found: Standing) -> Context:
    """Return the context with the numbers of the areas that the leaflet was printed for, and of no others."""
    sender = past_sender(context.catalogue, found.then) if found.then else context.sender
    return replace(context, sender=replace(sender, areas=found.areas or sender.areas))
