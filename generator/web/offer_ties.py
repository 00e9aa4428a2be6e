"""How initiatives hang together, told from both ends: what explains a leaflet is also named on the leaflet's page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.catalogue import Catalogue
from generator.model.intervention import Intervention

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
