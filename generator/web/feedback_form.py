"""The form for readers' answers, its thank-you page, and the file that tells the feedback service what it must know.

Where no endpoint is set, no form is shown, and the page tells how to reach the publisher instead.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from generator import addresses
from generator.model.catalogue import Catalogue
from generator.model.edition import PrintedEdition
from generator.model.topic import Topic
from generator.sender.context import Context
from generator.sender.numbers import whom_to_call
from generator.sender.senders import Sender, regional_senders
from generator.web.api import API, as_json
from generator.web.page import Page

_SECTIONS = ("emner", "sprog", "om", "fagfolk")


def feedback_pages(context: Context) -> Iterator[Page]:
    """Yield a region's page for answers and, where they can be sent, the one that thanks for them."""
    if context.sender.region is None:
        return
    description = "Fandt du det, du ledte efter? Svar på tre spørgsmål."
    show = partial(_form, context)
    yield Page(
        addresses.FEEDBACK, "feedback.html", "Hjælp os med at gøre siderne bedre", description, show, "data/site.yml"
    )
    if endpoint(context):
        thanks = "Dit svar er sendt."
        yield Page(
            addresses.THANKS, "feedback-thanks.html", "Tak for dit svar", thanks, dict, "data/site.yml", listed=False
        )


def endpoint(context: Context) -> str:
    """Return the address that a sender's readers send to, without a closing slash, or nothing where there is none."""
    region = context.sender.region
    if region is None:
        return ""
    own = region.feedback_endpoint or context.catalogue.settings.feedback_endpoint or ""
    return (context.feedback or own).rstrip("/")


def receivers(context: Context) -> tuple[str, ...]:
    """Return the origins outside the site that the sender's forms send to, for the pages' policy."""
    address = urlsplit(endpoint(context))
    return (f"{address.scheme}://{address.netloc}",) if address.netloc else ()


def in_common(context: Context) -> dict[str, Any] | None:
    """Return what the form at the end of every page needs, or None where nothing can be sent."""
    address = endpoint(context)
    if not address:
        return None
    editions: dict[str, list[PrintedEdition]] = {name: [] for name in context.catalogue.leaflets}
    for edition in _editions(context.catalogue, context.sender):
        editions.setdefault(edition.leaflet, []).append(edition)
    return {"endpoint": address, "editions": editions}


def _form(context: Context) -> dict[str, Any]:
    region, editions = context.sender.region, _editions(context.catalogue, context.sender)
    return {
        "subjects": [(topic.address, topic.title) for topic in _topics(context.catalogue)],
        "codes": [(edition, _title(context.catalogue, edition)) for edition in editions],
        "block": {"contact": region.contact if region else None, "website": region.website if region else None},
    }  # fmt: skip


def service_file(catalogue: Catalogue, day: date, site_url: str, only: Sender | None = None) -> dict[str, bytes]:
    """Return the file from which the feedback service knows regions, numbers, pages and codes, by its address."""
    speaking = [only] if only else regional_senders(catalogue, day)
    regions = [_told(Context(catalogue, sender, day, alone=only is not None)) for sender in speaking]
    told = {"version": 1, "title": catalogue.settings.title, "site_url": site_url, "regions": regions}
    return {f"{API}feedback.json": as_json(told)}


def _told(context: Context) -> dict[str, Any]:
    catalogue, sender = context.catalogue, context.sender
    return {
        "id": sender.id,
        "name": sender.name,
        "ink": sender.palette.ink,
        "address": "" if context.alone else sender.prefix,
        "includes": sorted(sender.heritage),
        "lines": [
            {"name": call.who, "number": call.number, "hours": call.hours, "confirmed": call.confirmed}
            for call in whom_to_call(context).everyone
        ],
        "pages": {topic.address: topic.title for topic in _topics(catalogue)},
        "leaflets": {edition.id: _title(catalogue, edition) for edition in _editions(catalogue, sender)},
    }


def _topics(catalogue: Catalogue) -> list[Topic]:
    return [topic for section in _SECTIONS for topic in catalogue.topics_in(section)]


def _editions(catalogue: Catalogue, sender: Sender) -> list[PrintedEdition]:
    """Return the codes on paper that the sender, or a region merged into it, has ever handed out."""
    return [edition for edition in catalogue.editions.values() if edition.sender in sender.heritage]


def _title(catalogue: Catalogue, edition: PrintedEdition) -> str:
    leaflet = catalogue.leaflets.get(edition.leaflet)
    return leaflet.title if leaflet else edition.leaflet
