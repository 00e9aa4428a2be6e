"""The page from which leaflets are opened and printed: what there is of each, how large it is, and which edition."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from generator import addresses
from generator.insertions.blocks import leaflet_card
from generator.model.edition import PrintedEdition
from generator.model.leaflet import Leaflet
from generator.sender.context import Context
from generator.web.page import Page

STATUS: Mapping[str, str] = {
    "draft": "kladde, ikke fagligt godkendt",
    "current": "den gældende udgave",
}


def gallery(context: Context) -> Page:
    """Return the page of all leaflets that the sender hands out; those for citizens come first."""
    shown = [leaflet for leaflet in context.catalogue.leaflets_in_order() if context.sender.id in leaflet.senders]
    shown.sort(key=lambda leaflet: leaflet.audience != "citizens")
    return Page(
        addresses.LEAFLETS, "gallery.html", "Foldere", "Foldere, der kan hentes, printes og gives videre.",
        lambda: {"cards": [_card(context, leaflet) for leaflet in shown]}, "data/leaflets",
        searchable=True, text_hash=_text_hash(context, shown),
    )  # fmt: skip


def cards(context: Context) -> list[dict[str, Any]]:
    """Return a card for each leaflet that the sender hands out, in their order."""
    leaflets = context.catalogue.leaflets_in_order()
    return [card for leaflet in leaflets if (card := leaflet_card(context, leaflet.id))]


def _card(context: Context, leaflet: Leaflet) -> dict[str, Any]:
    return {**(leaflet_card(context, leaflet.id) or {}), "editions": list(_editions(context, leaflet))}


def _editions(context: Context, leaflet: Leaflet) -> Iterator[tuple[PrintedEdition, str]]:
    """Yield the editions in use, each with what it is worth."""
    for place, edition in context.catalogue.in_use_on(context.day).items():
        if place[:3] == (leaflet.id, context.sender.id, leaflet.language) and place[3] in leaflet.families:
            yield edition, STATUS[edition.status]


def _text_hash(context: Context, leaflets: list[Leaflet]) -> str:
    """Return the hash of all texts on the leaflets: their sizes stand on the page, so it changes with any of them."""
    digest = hashlib.sha256()
    for leaflet in leaflets:
        for part in (*leaflet.parts, *(leaflet.short_parts or ())):
            topic = context.catalogue.topics.get(part.topic)
            digest.update((topic.body.text_hash if topic else "").encode())
    return digest.hexdigest()
