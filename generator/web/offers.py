"""What the regions offer: a list of everything reported, and a page for each."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator import addresses
from generator.model.intervention import Intervention
from generator.sender.interventions import offered_to
from generator.sender.senders import interventions_of
from generator.sender.setting import Setting
from generator.web.insertions import sources_of
from generator.web.offer_ties import ties
from generator.web.page import Page


def pages(setting: Setting) -> Iterator[Page]:
    """Yield the list of a region's offers and a page for each of them."""
    values = {"citizens": offered_to(setting, "citizens"), "clinicians": offered_to(setting, "clinicians"),
              "governance": offered_to(setting, "governance")}  # fmt: skip
    description = "Foldere, videoer og andre tilbud, som regionen har oplyst."
    yield Page(
        addresses.INTERVENTIONS, "offers.html", "Tilbud", description, lambda: values, "data/interventions",
        searchable=True,
    )  # fmt: skip
    for item in interventions_of(setting.catalogue, setting.sender, setting.as_of):
        yield _offer(setting, item)


def _offer(setting: Setting, item: Intervention) -> Page:
    address = addresses.intervention_page(item.id)
    return Page(
        address, "offer.html", item.title, item.summary, partial(_offer_values, setting, item), str(item.origin.path),
        searchable=item.audience in ("citizens", "both"),
    )  # fmt: skip


def _offer_values(setting: Setting, item: Intervention) -> dict[str, Any]:
    catalogue = setting.catalogue
    here = {other.id for other in interventions_of(catalogue, setting.sender, setting.as_of)}
    return {
        "item": item,
        "region": catalogue.regions.get(item.region),
        "ties": [(tie, tie.other is not None and tie.other.id in here) for tie in ties(catalogue, item)],
        "videos": [video for video in catalogue.videos_on(setting.as_of) if video.intervention == item.id],
        "texts": [text for text in catalogue.standard_texts.values() if text.intervention == item.id],
        "pathways": [path for path in catalogue.pathways.values() if path.own_drawing == item.id],
        "sources": sources_of(catalogue, item.citations),
        "for_clinicians": item.audience == "clinicians",
    }
