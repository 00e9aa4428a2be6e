"""Catalogue → every page of a sender: its address, its template and the values shown on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from generator import addresses
from generator.insertions.parts import citation_list, fill
from generator.model.place import Region
from generator.model.topic import Topic
from generator.sender.context import Context
from generator.sender.numbers import all_numbers, whom_to_call
from generator.sender.senders import past_regions, past_sender, regions_by_name, sender_of_area
from generator.web import search_index
from generator.web.all_in_one_file import all_in_one_page
from generator.web.clinicians import clinician_pages
from generator.web.code_pages import pages_of_codes
from generator.web.codes_to_print import codes_to_print
from generator.web.comparisons import comparison_pages
from generator.web.feedback_form import feedback_pages, in_common, receivers
from generator.web.figures import figure_pages
from generator.web.front import first_page
from generator.web.leaflet_gallery import cards, gallery
from generator.web.offers import offer_pages
from generator.web.page import Page as Page
from generator.web.share_picture import share_picture

MENU = 15
"""Topics in a menu and on a first page; where there are more, a page of its own lists them all."""
NOTICES = {"draft": "Udkast – ikke fagligt godkendt", "publish": "Generel information, ens for alle"}
"""What stands on the picture that others show beside a shared address."""


def pages(context: Context) -> tuple[Page, ...]:
    """Return every page of the sender, the first page first."""
    found = [*_topics(context), *_topic_list(context), *_about(context)]
    if context.sender.region is None:
        found = [first_page(context), *found, *pages_of_codes(context), *_moved(context)]
    else:
        found = [first_page(context), *found, *clinician_pages(context), *figure_pages(context),
                 *comparison_pages(context), *offer_pages(context), gallery(context),
                 codes_to_print(context), *feedback_pages(context), all_in_one_page(context)]  # fmt: skip
        if context.alone:
            found += pages_of_codes(context)
    return (*found, search_index.search_page(context.catalogue, found))


def documents(context: Context, pages: Sequence[Page]) -> dict[str, str | bytes]:
    """Return the files beside a sender's pages, by address below its root."""
    title, notice = context.catalogue.settings.title, NOTICES[context.profile]
    return {
        f"{addresses.SEARCH}ord.json": search_index.index(context, pages),
        addresses.PICTURE: share_picture(title, context.sender, notice),
    }


def common(context: Context) -> dict[str, Any]:
    """Return what every page of the sender shows: who sends it, whom to call, and where else to go."""
    catalogue, sender = context.catalogue, context.sender
    settings = catalogue.settings
    topics = catalogue.topics_in("emner")
    return {
        "settings": settings,
        "sender": sender,
        "national": sender.region is None,
        "draft": context.profile == "draft",
        "as_of": context.day,
        "approval_of": context.approval_of,
        "is_overdue": context.is_overdue,
        "calls": whom_to_call(context),
        "topics": topics[:MENU],
        "has_more_topics": len(topics) > MENU,
        "about": catalogue.topics_in("om"),
        "help_address": context.help_address,
        "help_title": catalogue.topics[settings.help_topic].title,
        "receivers": receivers(context),
        "english_address": f"{settings.english_page}/",
        "up": "" if context.alone or sender.region is None else "../",
        "others": [] if context.alone else regions_by_name(context.catalogue, context.day),
        "alone": context.alone,
        "leaflets": cards(context),
        "leaflet_files": {},
        "feedback": in_common(context),
        "all_numbers": all_numbers(context),
        "homes": {} if context.alone else _homes(context),
        "region_names": {r.id: r.name for r in catalogue.regions.values()}
        | {"national": "hele landet", "multiple": "flere regioner"},
        "statement": sender.region.accessibility_statement if sender.region else None,
    }


def _homes(context: Context) -> dict[str, dict[str, Any]]:
    """Return by area the region that has it now, and the ids of all that ever had it, as old addresses name them."""
    catalogue, found = context.catalogue, {}
    for area in catalogue.areas:
        if sender := sender_of_area(catalogue, area, context.day):
            ever = [region.id for region in catalogue.regions.values() if area in region.areas]
            found[area] = {"name": sender.name, "prefix": sender.prefix, "regions": ever}
    return found


def _topics(context: Context) -> Iterator[Page]:
    regional = context.sender.region is not None
    for section in ("emner", "sprog", "om", *(("fagfolk",) if regional else ())):
        for topic in context.catalogue.topics_in(section):
            yield _topic(context, topic)


def _topic(context: Context, topic: Topic) -> Page:
    anchors = frozenset(heading.anchor for heading in topic.body.headings)
    return Page(
        topic.address, "topic.html", topic.title, topic.summary, partial(_topic_values, context, topic),
        str(topic.origin.path), anchors, topic.language, searchable=topic.audience != "clinicians",
        text_hash=topic.body.text_hash,
    )  # fmt: skip


def _topic_values(context: Context, topic: Topic) -> dict[str, Any]:
    return {
        "topic": topic,
        "parts": fill(topic.body, context, addresses.relative("", topic.address)),
        "onward": [context.catalogue.topics[name] for name in topic.next],
        "cited": citation_list(context, topic.body),
        "is_help": topic.id == context.catalogue.settings.help_topic,
        "leaflet_cards": _cards_of(context, topic),
    }


def _cards_of(context: Context, topic: Topic) -> list[dict[str, Any]]:
    """Return the cards of the citizens' leaflets that lead to the text; clinicians find theirs in the gallery."""
    found = (card for card in cards(context) if card["record"].landing_topic == topic.id)
    return [card for card in found if card["record"].audience == "citizens"]


def _topic_list(context: Context) -> Iterator[Page]:
    topics = context.catalogue.topics_in("emner")
    if len(topics) > MENU:
        description = "Alle emner på siderne."
        yield Page(
            addresses.TOPICS, "topics.html", "Alle emner", description, lambda: {"listed": topics}, "content/emner"
        )


def _about(context: Context) -> Iterator[Page]:
    description = "Hvem der står bag, og hvad siderne kan bruges til."
    yield Page(addresses.ABOUT, "about.html", "Om siderne", description, dict, "content/om")
    title, description = "Tilgængelighedserklæring", "Hvor tilgængelige siderne er."
    show = partial(_statements, context)
    yield Page(addresses.ACCESSIBILITY, "accessibility.html", title, description, show, "data/regions", searchable=True)


def _statements(context: Context) -> dict[str, Any]:
    """Return whose statements the pages of the whole country lead to; a region's own page leads to its own alone."""
    return {"publishers": [] if context.sender.region else regions_by_name(context.catalogue, context.day)}


def _moved(context: Context) -> Iterator[Page]:
    """Yield a page at every address of a region that has ceased to be, leading to the same page where it is now."""
    for region, heir in past_regions(context.catalogue, context.day):
        last_day = region.valid_to or context.day
        old = past_sender(context.catalogue, region)
        new = {page.address for page in pages(_context_of(context, heir))} if heir else set()
        for page in pages(replace(context, sender=old, day=last_day)):
            address = page.address if page.address in new else ""
            target = f"{heir.id}/{address}" if heir else ""
            values = {"target": target, "old": region, "heir": heir, "calls": whom_to_call(_context_of(context, heir))}
            yield Page(
                f"{region.id}/{page.address}", "moved.html", page.title, page.description, partial(dict, values),
                page.source, listed=False,
            )  # fmt: skip


def _context_of(context: Context, region: Region | None) -> Context:
    if region is None or context.sender.region is not None:
        return context
    return replace(context, sender=past_sender(context.catalogue, region))
