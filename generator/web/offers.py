"""What the regions offer: a list of everything reported, and a page for each, with all that it hangs together with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator import addresses
from generator.model.catalogue import Catalogue
from generator.model.intervention import Intervention
from generator.sender.context import Context
from generator.web.page import Page

STATED = {
    "yes": "Ja", "no": "Nej", "not-stated": "Ikke oplyst",
}  # fmt: skip
STATUSES = {
    "active": "I brug, da det blev oplyst", "pilot": "Forsøg", "planned": "Planlagt", "historical": "Tidligere",
    "under-discussion": "Drøftes", "time-limited": "I en periode", "unknown": "Ukendt",
}  # fmt: skip
SCOPES = {
    "region": "Hele regionen", "site": "Ét sted", "national": "Hele landet", "municipality": "Kommunen",
    "region-and-municipalities": "Regionen og kommunerne", "region-central": "Regionens centrale niveau",
    "multiple": "Flere steder",
}  # fmt: skip
READERS = {
    "citizens": "Borgere",
    "clinicians": "Fagfolk",
    "both": "Borgere og fagfolk",
    "governance": "Internt arbejde",
}
THERE_AND_BACK: Mapping[str, tuple[str, str]] = {
    "about": ("Handler om", "Forklares i"),
    "adapted-by": ("Bruges i egen udgave af", "Egen udgave af"),
    "advice-via": ("Få råd hos", "Giver råd om"),
    "based-on": ("Bygger på", "Grundlag for"),
    "basis-for": ("Grundlag for", "Bygger på"),
    "companion": ("Hører sammen med", "Hører sammen med"),
    "explained-in": ("Forklares i", "Handler om"),
    "follows": ("Følger efter", "Efterfulgt af"),
    "implemented-through": ("Føres ud i livet gennem", "Fører ud i livet"),
    "links-to": ("Henviser til", "Henvises til fra"),
    "part-of": ("Del af", "Rummer"),
    "reused-by": ("Bruges også af", "Bruger"),
    "same-address": ("Samme adresse som", "Samme adresse som"),
    "same-content": ("Samme indhold som", "Samme indhold som"),
    "same-site": ("Samme sted som", "Samme sted som"),
    "shows-videos-from": ("Viser film fra", "Film herfra vises i"),
    "sibling": ("Beslægtet med", "Beslægtet med"),
    "similar-to": ("Ligner", "Ligner"),
    "supplemented-by": ("Suppleres af", "Supplerer"),
    "supplements": ("Supplerer", "Suppleres af"),
    "supports": ("Støtter", "Støttes af"),
    "identical-other-colours": ("Samme indhold i andre farver som", "Bruges i andre farver af"),
    "unchanged": ("Bruges uændret fra", "Bruges uændret af"),
    "inspired-by": ("Inspireret af", "Har inspireret"),
    "follows-model": ("Følger", "Følges af"),
}
"""What a relation is called where it is written, and at its other end."""


@dataclass(frozen=True)
class Tie:
    """One tie as it reads from one of its ends: to another initiative, or to something outside the register."""

    words: str
    other: Intervention | None = None
    outside: str | None = None


def offer_pages(context: Context) -> Iterator[Page]:
    """Yield the list of a region's offers and a page for each of them."""
    citizens, clinicians = context.offered_to("citizens"), context.offered_to("clinicians")
    values = {
        "citizens": [item for item in citizens if item.counted],
        "mentioned_to_citizens": [item for item in citizens if not item.counted],
        "clinicians": [item for item in clinicians if item.counted],
        "mentioned_to_clinicians": [item for item in clinicians if not item.counted and item.audience != "both"],
        "governance": context.offered_to("governance"),
    }
    description = "Foldere, videoer og andre tilbud, som regionen har oplyst."
    yield Page(
        addresses.INTERVENTIONS, "offers.html", "Tilbud", description, lambda: values, "data/interventions",
        searchable=True,
    )  # fmt: skip
    for item in context.offered():
        yield _offer(context, item)


def _offer(context: Context, item: Intervention) -> Page:
    address = addresses.intervention_page(item.id)
    return Page(
        address, "offer.html", item.title, item.summary, partial(_offer_values, context, item), str(item.origin.path),
        searchable=item.audience in ("citizens", "both"),
    )  # fmt: skip


def _offer_values(context: Context, item: Intervention) -> dict[str, Any]:
    catalogue, region = context.catalogue, context.catalogue.regions.get(item.region)
    here = {other.id for other in context.offered()}
    return {
        "item": item,
        "region": region,
        "whose": region.name if region else "Hele landet" if item.region == "national" else "Flere regioner",
        "audience": READERS[item.audience],
        "status": STATUSES[item.status],
        "scope": SCOPES[item.scope],
        "on_paper": STATED[item.availability.physical],
        "online": STATED[item.availability.online],
        "is_silent": not (item.urls or item.availability.channels or item.availability.planned_channels),
        "ties": [(tie, tie.other is not None and tie.other.id in here) for tie in ties(catalogue, item)],
        "videos": [video for video in catalogue.videos_on(context.day) if video.intervention == item.id],
        "texts": [text for text in catalogue.standard_texts.values() if text.intervention == item.id],
        "pathways": [path for path in catalogue.pathways.values() if path.own_drawing == item.id],
        "sources": catalogue.cited(item.citations),
        "for_clinicians": item.audience == "clinicians",
    }


def ties(catalogue: Catalogue, item: Intervention) -> list[Tie]:
    """Return everything that the initiative hangs together with, each other one once: its own words come first."""
    own = list(_own(catalogue, item))
    met = {tie.other.id for tie in own if tie.other} | {item.id}
    back: dict[str, Tie] = {}
    for other in catalogue.interventions.values():
        for relation, target in _written(other):
            if target == item.id and other.id not in met:
                back.setdefault(other.id, Tie(THERE_AND_BACK[relation][1], other))
    return [*own, *back.values()]


def _own(catalogue: Catalogue, item: Intervention) -> Iterator[Tie]:
    met: set[str] = set()
    for relation, target in _written(item):
        if target not in met:
            met.add(target)
            yield Tie(THERE_AND_BACK[relation][0], catalogue.interventions[target])
    if item.adapted_from and item.adapted_from.outside:
        yield Tie(THERE_AND_BACK[item.adapted_from.relation][0], outside=item.adapted_from.outside)
    yield from (Tie(THERE_AND_BACK[r.relation][0], outside=r.outside) for r in item.related if r.outside)


def _written(item: Intervention) -> Iterator[tuple[str, str]]:
    """Yield the relations that stand in an initiative's own record, with the ids they lead to."""
    if item.part_of:
        yield "part-of", item.part_of
    if item.adapted_from and item.adapted_from.intervention:
        yield item.adapted_from.relation, item.adapted_from.intervention
    yield from ((r.relation, r.intervention) for r in item.related if r.intervention)
