"""What the regions offer: a list of everything reported, and a page for each."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator import addresses
from generator.insertions import Setting
from generator.model.intervention import Intervention
from generator.page import Page
from generator.senders import interventions_of


def pages(setting: Setting) -> Iterator[Page]:
    """Yield the list of a region's offers and a page for each of them."""
    values = {"citizens": offered_to(setting, "citizens"), "clinicians": offered_to(setting, "clinicians"),
              "governance": offered_to(setting, "governance")}  # fmt: skip
    description = "Foldere, videoer og andre tilbud, som regionen har oplyst."
    yield Page(addresses.INTERVENTIONS, "offers.html", "Tilbud", description, lambda: values, "data/interventions")
    for item in interventions_of(setting.catalogue, setting.sender, setting.as_of):
        yield _offer(setting, item)


def offered_to(setting: Setting, audience: str) -> list[Intervention]:
    """Return what the sender's pages tell that audience of."""
    found = interventions_of(setting.catalogue, setting.sender, setting.as_of)
    return [item for item in found if item.audience in (audience, "both")]


def _offer(setting: Setting, item: Intervention) -> Page:
    address = addresses.intervention_page(item.id)
    return Page(
        address, "offer.html", item.title, item.summary, partial(_offer_values, setting, item), str(item.origin.path)
    )


def _offer_values(setting: Setting, item: Intervention) -> dict[str, Any]:
    catalogue = setting.catalogue
    here = {i.id for i in interventions_of(catalogue, setting.sender, setting.as_of)}

    def named(name: str | None) -> tuple[Intervention, bool] | None:
        return None if name is None else (catalogue.interventions[name], name in here)

    return {
        "item": item,
        "region": catalogue.regions.get(item.region),
        "related": [(r, named(r.intervention)) for r in item.related],
        "adapted": named(item.adapted_from.intervention) if item.adapted_from else None,
        "part_of": named(item.part_of),
        "contains": [i for i in catalogue.interventions.values() if i.part_of == item.id and i.id in here],
        "videos": [v for v in catalogue.videos.values() if v.intervention == item.id],
        "sources": [(citation, catalogue.sources[citation.source]) for citation in item.citations],
        "for_clinicians": item.audience == "clinicians",
    }
