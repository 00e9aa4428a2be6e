"""Texts that clinicians copy and send, and the short address that leads a patient to the pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator import addresses
from generator.codes.short_links import ShortLink, short_link
from generator.model.standard_text import ADDRESS, StandardText
from generator.sender.context import Context
from generator.web.page import Page


@dataclass(frozen=True)
class WordingRun:
    """A run of words in a wording: plain, an address, or a place that is to be filled in by hand."""

    text: str
    address: bool = False
    blank: bool = False


def standard_texts_page(context: Context) -> Page:
    """Return the page of all texts that the region's clinicians copy, or receive."""
    link = short_link(context)
    catalogue = context.catalogue
    texts = [(text, worded(text, link), catalogue.cited(text.citations)) for text in standard_texts_of(context)]
    replies = [text for text, *_ in texts if text.audience == "colleagues"]
    values = {"texts": texts, "link": link, "replies": replies, "interventions": catalogue.interventions}
    return Page(
        addresses.STANDARD_TEXTS, "standard_texts.html", "Standardtekster",
        "Tekster til at kopiere. Hvor ordlyden ikke er offentliggjort, viser vi kun opbygningen.",
        lambda: values, "data/standard_texts",
    )  # fmt: skip


def standard_texts_of(context: Context) -> list[StandardText]:
    """Return the texts of the whole country and of the region and its predecessors, those for patients first."""
    wanted = context.sender.heritage | {"national"}
    found = [text for text in context.catalogue.standard_texts.values() if text.region in wanted]
    return sorted(found, key=lambda text: (text.audience != "patients", text.id))


def worded(text: StandardText, link: ShortLink | None) -> list[list[WordingRun]]:
    """Return the paragraphs of a wording with the address filled in; where there is none, its place stays empty."""
    return [list(_runs(paragraph, link)) for paragraph in text.wording]


def _runs(paragraph: str, link: ShortLink | None) -> Iterator[WordingRun]:
    for run in re.split(r"(\[[^\[\]]+\])", paragraph):
        if run == ADDRESS and link:
            yield WordingRun(link.address, address=True)
        elif run:
            yield WordingRun(run, blank=run.startswith("["))
