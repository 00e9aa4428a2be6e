"""Catalogue → every page of a sender: its address, its template and the values shown on it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from generator import addresses
from generator.danish import alphabetical
from generator.insertions.blocks import urgency_cards
from generator.insertions.parts import citation_list, fill
from generator.model.catalogue import Catalogue
from generator.model.topic import Topic
from generator.sender.context import Context
from generator.sender.numbers import all_numbers, whom_to_call
from generator.sender.senders import Sender, sender_of_area, senders
from generator.web import all_in_one_file as offline
from generator.web import clinicians, comparisons, figures, offers
from generator.web import search_index as search
from generator.web.code_pages import codes
from generator.web.codes_to_print import codes_to_print
from generator.web.feedback_form import feedback_pages, in_common, receivers
from generator.web.leaflet_gallery import cards, gallery
from generator.web.moved_regions import moved
from generator.web.page import Page as Page

MENU = 15
"""Topics in a menu and on a first page; where there are more, a page of its own lists them all."""


def pages(context: Context) -> tuple[Page, ...]:
    """Return every page of the sender, the first page first."""
    found = [*_topics(context), *_topic_list(context), *_about(context)]
    if context.sender.region is None:
        found = [_front(context), *found, *codes(context), *moved(context, pages)]
    else:
        found = [_home(context), *found, *clinicians.pages(context), *figures.pages(context),
                 *comparisons.pages(context), *offers.pages(context), gallery(context),
                 codes_to_print(context), *feedback_pages(context), offline.page(context)]  # fmt: skip
        if context.alone:
            found += codes(context)
    return (*found, search.page(context.catalogue, found))


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
        "calls": whom_to_call(context),
        "topics": [(t, _address(t)) for t in topics[:MENU]],
        "all_topics": addresses.TOPICS if len(topics) > MENU else None,
        "about": [(t, _address(t)) for t in catalogue.topics_in("om")],
        "help_address": context.help_address,
        "help_title": catalogue.topics[settings.help_topic].title,
        "search_address": addresses.SEARCH,
        "receivers": receivers(context),
        "picture": addresses.PICTURE,
        "english_address": f"{settings.english_page}/",
        "up": "" if context.alone or sender.region is None else "../",
        "others": [] if context.alone else _regions(context),
        "alone": context.alone,
        "leaflets": cards(context),
        "leaflet_files": {},
        "slide_file": addresses.slide_file,
        "feedback": in_common(context),
        "all_numbers": all_numbers(context),
        "homes": {} if context.alone else _homes(context),
        "region_names": {r.id: r.name for r in catalogue.regions.values()}
        | {"national": "hele landet", "multiple": "flere regioner"},
        "accessibility": addresses.ACCESSIBILITY,
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


def _address(topic: Topic) -> str:
    return addresses.topic_page(topic.section, topic.id)


def _topics(context: Context) -> Iterator[Page]:
    regional = context.sender.region is not None
    for section in ("emner", "sprog", "om", *(("fagfolk",) if regional else ())):
        for topic in context.catalogue.topics_in(section):
            yield _topic(context, topic)


def _topic(context: Context, topic: Topic) -> Page:
    anchors = frozenset(heading.anchor for heading in topic.body.headings)
    return Page(
        _address(topic), "topic.html", topic.title, topic.summary, partial(_topic_values, context, topic),
        str(topic.origin.path), anchors, topic.language, searchable=topic.audience != "clinicians",
        text_hash=topic.body.text_hash,
    )  # fmt: skip


def _topic_values(context: Context, topic: Topic) -> dict[str, Any]:
    root = "../" * _address(topic).count("/") or "./"
    onward = [context.catalogue.topics[name] for name in topic.next]
    return {
        "topic": topic,
        "parts": fill(topic.body, context, root),
        "onward": [(other, _address(other)) for other in onward],
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
        listed = [(topic, _address(topic)) for topic in topics]
        description = "Alle emner på siderne."
        yield Page(
            addresses.TOPICS, "topics.html", "Alle emner", description, lambda: {"listed": listed}, "content/emner"
        )


def _home(context: Context) -> Page:
    front = context.catalogue.topics.get("index")
    title = front.title if front else context.catalogue.settings.title
    description = front.summary if front else context.catalogue.settings.title
    return Page("", "home.html", title, description, partial(_home_values, context), "content/index.md")


def _home_values(context: Context) -> dict[str, Any]:
    return {"cards": urgency_cards(context), "front": context.catalogue.topics.get("index")}


def _front(context: Context) -> Page:
    front = context.catalogue.topics.get("index")
    text_hash = front.body.text_hash if front else ""
    return replace(_home(context), template="front.html", show=partial(_front_values, context), text_hash=text_hash)


def _front_values(context: Context) -> dict[str, Any]:
    places = sorted(context.catalogue.municipalities.values(), key=lambda place: alphabetical(place.name))
    letters: dict[str, list[tuple[Any, Any, Any]]] = {}
    for place in places:
        sender = sender_of_area(context.catalogue, place.area, context.day)
        area = context.catalogue.areas[place.area]
        initial = place.name.replace("Aa", "Å")[0]
        letters.setdefault(initial, []).append((place, sender, area))
    front = context.catalogue.topics.get("index")
    return {
        **_home_values(context),
        "letters": letters,
        "regions": _regions(context),
        "predecessors": partial(_predecessors, context.catalogue),
        "unconfirmed": any(not phone["confirmed"] for _, phone in all_numbers(context)),
        "parts": fill(front.body, context, "./") if front else (),
        "cited": citation_list(context, front.body) if front else [],
        "notice": context.catalogue.settings.change_notice if _merger_ahead(context) else None,
    }


def _merger_ahead(context: Context) -> bool:
    return any(r.valid_from and r.valid_from > context.day for r in context.catalogue.regions.values())


def _about(context: Context) -> Iterator[Page]:
    texts = [(topic, _address(topic)) for topic in context.catalogue.topics_in("om")]
    description = "Hvem der står bag, og hvad siderne kan bruges til."
    yield Page("om/", "about.html", "Om siderne", description, lambda: {"topics_here": texts}, "content/om")
    title, description = "Tilgængelighedserklæring", "Hvor tilgængelige siderne er."
    show = partial(_statements, context)
    yield Page(addresses.ACCESSIBILITY, "accessibility.html", title, description, show, "data/regions", searchable=True)


def _statements(context: Context) -> dict[str, Any]:
    """Return whose statements the pages of the whole country lead to; a region's own page leads to its own alone."""
    return {"publishers": [] if context.sender.region else _regions(context)}


def _regions(context: Context) -> list[Sender]:
    """Return the regions of the day as a Dane looks for them: by name, with Ø near the end."""
    found = (sender for sender in senders(context.catalogue, context.day) if sender.region)
    return sorted(found, key=lambda sender: alphabetical(sender.name))


def _predecessors(catalogue: Catalogue, sender: Sender) -> list[str]:
    """Return the names of the regions that were merged into this one."""
    return [catalogue.regions[name].name for name in sorted(sender.heritage - {sender.id})]
