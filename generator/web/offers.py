"""What the regions offer: a list of everything reported, and a page for each."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator import addresses
from generator.model.intervention import Intervention
from generator.sender.context import Context
from generator.sender.interventions import offered_to
from generator.sender.senders import interventions_of
from generator.web.offer_ties import ties
from generator.web.page import Page


def pages(context: Context) -> Iterator[Page]:
    """Yield the list of a region's offers and a page for each of them."""
    values = {"citizens": offered_to(context, "citizens"), "clinicians": offered_to(context, "clinicians"),
              "governance": offered_to(context, "governance")}  # fmt: skip
    description = "Foldere, videoer og andre tilbud, som regionen har oplyst."
    yield Page(
        addresses.INTERVENTIONS, "offers.html", "Tilbud", description, lambda: values, "data/interventions",
        searchable=True,
    )  # fmt: skip
    for item in interventions_of(context.catalogue, context.sender, context.day):
        yield _offer(context, item)


def _offer(context: Context, item: Intervention) -> Page:
    address = addresses.intervention_page(item.id)
    return Page(
        address, "offer.html", item.title, item.summary, partial(_offer_values, context, item), str(item.origin.path),
        searchable=item.audience in ("citizens", "both"),
    )  # fmt: skip


def _offer_values(context: Context, item: Intervention) -> dict[str, Any]:
    catalogue = context.catalogue
    here = {other.id for other in interventions_of(catalogue, context.sender, context.day)}
    return {
        "item": item,
        "region": catalogue.regions.get(item.region),
        "ties": [(tie, tie.other is not None and tie.other.id in here) for tie in ties(catalogue, item)],
        "videos": [video for video in catalogue.videos_on(context.day) if video.intervention == item.id],
        "texts": [text for text in catalogue.standard_texts.values() if text.intervention == item.id],
        "pathways": [path for path in catalogue.pathways.values() if path.own_drawing == item.id],
        "sources": catalogue.cited(item.citations),
        "for_clinicians": item.audience == "clinicians",
    }
