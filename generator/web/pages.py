"""Catalogue → every page of a sender: its address, its template and the values shown on it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from generator import addresses
from generator.danish import alphabetical
from generator.model.catalogue import Catalogue
from generator.model.topic import Topic
from generator.sender.numbers import all_numbers, whom_to_call
from generator.sender.plan import Plan
from generator.sender.senders import Sender, sender_of_area, senders
from generator.sender.setting import Setting
from generator.web import all_in_one_file as offline
from generator.web import clinicians, comparisons, figures, offers
from generator.web import search_index as search
from generator.web.code_pages import codes
from generator.web.codes_to_print import codes_to_print
from generator.web.feedback_form import feedback_pages, in_common, receivers
from generator.web.insertions import citation_list, fill, urgency_cards
from generator.web.leaflet_gallery import cards, gallery
from generator.web.moved_regions import moved
from generator.web.page import Page as Page

MENU = 15
"""Topics in a menu and on a first page; where there are more, a page of its own lists them all."""


def pages(catalogue: Catalogue, sender: Sender, plan: Plan) -> tuple[Page, ...]:
    """Return every page of the sender, the first page first."""
    setting = Setting(catalogue, sender, plan.as_of, plan.profile)
    found = [*_topics(setting), *_topic_list(setting), *_about(setting)]
    if sender.region is None:
        found = [_front(setting), *found, *codes(setting, plan), *moved(setting, plan, pages)]
    else:
        found = [_home(setting), *found, *clinicians.pages(setting, plan), *figures.pages(setting),
                 *comparisons.pages(setting), *offers.pages(setting), gallery(setting),
                 codes_to_print(setting, plan), *feedback_pages(setting, plan), offline.page(setting)]  # fmt: skip
        if plan.alone:
            found += codes(setting, plan)
    return (*found, search.page(catalogue, found))


def common(catalogue: Catalogue, sender: Sender, plan: Plan) -> dict[str, Any]:
    """Return what every page of the sender shows: who sends it, whom to call, and where else to go."""
    setting = Setting(catalogue, sender, plan.as_of, plan.profile)
    settings = catalogue.settings
    topics = catalogue.topics_in("emner")
    return {
        "settings": settings,
        "sender": sender,
        "national": sender.region is None,
        "draft": plan.profile == "draft",
        "as_of": plan.as_of,
        "approval_of": setting.approval_of,
        "calls": whom_to_call(setting),
        "topics": [(t, _address(t)) for t in topics[:MENU]],
        "all_topics": addresses.TOPICS if len(topics) > MENU else None,
        "about": [(t, _address(t)) for t in catalogue.topics_in("om")],
        "help_address": setting.help_address,
        "help_title": catalogue.topics[settings.help_topic].title,
        "search_address": addresses.SEARCH,
        "receivers": receivers(setting, plan),
        "picture": addresses.PICTURE,
        "english_address": f"{settings.english_page}/",
        "up": "" if plan.alone or sender.region is None else "../",
        "others": [] if plan.alone else _regions(setting),
        "alone": plan.alone,
        "leaflets": cards(setting),
        "leaflet_files": {},
        "slide_file": addresses.slide_file,
        "feedback": in_common(setting, plan),
        "all_numbers": all_numbers(setting),
        "homes": {} if plan.alone else _homes(setting),
        "region_names": {r.id: r.name for r in catalogue.regions.values()}
        | {"national": "hele landet", "multiple": "flere regioner"},
        "accessibility": addresses.ACCESSIBILITY,
        "statement": sender.region.accessibility_statement if sender.region else None,
    }


def _homes(setting: Setting) -> dict[str, dict[str, Any]]:
    """Return by area the region that has it now, and the ids of all that ever had it, as old addresses name them."""
    catalogue, found = setting.catalogue, {}
    for area in catalogue.areas:
        if sender := sender_of_area(catalogue, area, setting.as_of):
            ever = [region.id for region in catalogue.regions.values() if area in region.areas]
            found[area] = {"name": sender.name, "prefix": sender.prefix, "regions": ever}
    return found


def _address(topic: Topic) -> str:
    return addresses.topic_page(topic.section, topic.id)


def _topics(setting: Setting) -> Iterator[Page]:
    regional = setting.sender.region is not None
    for section in ("emner", "sprog", "om", *(("fagfolk",) if regional else ())):
        for topic in setting.catalogue.topics_in(section):
            yield _topic(setting, topic)


def _topic(setting: Setting, topic: Topic) -> Page:
    anchors = frozenset(heading.anchor for heading in topic.body.headings)
    return Page(
        _address(topic), "topic.html", topic.title, topic.summary, partial(_topic_values, setting, topic),
        str(topic.origin.path), anchors, topic.language, searchable=topic.audience != "clinicians",
        text_hash=topic.body.text_hash,
    )  # fmt: skip


def _topic_values(setting: Setting, topic: Topic) -> dict[str, Any]:
    root = "../" * _address(topic).count("/") or "./"
    onward = [setting.catalogue.topics[name] for name in topic.next]
    return {
        "topic": topic,
        "parts": fill(topic.body, setting, root),
        "onward": [(other, _address(other)) for other in onward],
        "cited": citation_list(setting, topic.body),
        "is_help": topic.id == setting.catalogue.settings.help_topic,
        "leaflet_cards": _cards_of(setting, topic),
    }


def _cards_of(setting: Setting, topic: Topic) -> list[dict[str, Any]]:
    """Return the cards of the citizens' leaflets that lead to the text; clinicians find theirs in the gallery."""
    found = (card for card in cards(setting) if card["record"].landing_topic == topic.id)
    return [card for card in found if card["record"].audience == "citizens"]


def _topic_list(setting: Setting) -> Iterator[Page]:
    topics = setting.catalogue.topics_in("emner")
    if len(topics) > MENU:
        listed = [(topic, _address(topic)) for topic in topics]
        description = "Alle emner på siderne."
        yield Page(
            addresses.TOPICS, "topics.html", "Alle emner", description, lambda: {"listed": listed}, "content/emner"
        )


def _home(setting: Setting) -> Page:
    front = setting.catalogue.topics.get("index")
    title = front.title if front else setting.catalogue.settings.title
    description = front.summary if front else setting.catalogue.settings.title
    return Page("", "home.html", title, description, partial(_home_values, setting), "content/index.md")


def _home_values(setting: Setting) -> dict[str, Any]:
    return {"cards": urgency_cards(setting), "front": setting.catalogue.topics.get("index")}


def _front(setting: Setting) -> Page:
    front = setting.catalogue.topics.get("index")
    text_hash = front.body.text_hash if front else ""
    return replace(_home(setting), template="front.html", show=partial(_front_values, setting), text_hash=text_hash)


def _front_values(setting: Setting) -> dict[str, Any]:
    places = sorted(setting.catalogue.municipalities.values(), key=lambda place: alphabetical(place.name))
    letters: dict[str, list[tuple[Any, Any, Any]]] = {}
    for place in places:
        sender = sender_of_area(setting.catalogue, place.area, setting.as_of)
        area = setting.catalogue.areas[place.area]
        initial = place.name.replace("Aa", "Å")[0]
        letters.setdefault(initial, []).append((place, sender, area))
    front = setting.catalogue.topics.get("index")
    return {
        **_home_values(setting),
        "letters": letters,
        "regions": _regions(setting),
        "predecessors": partial(_predecessors, setting.catalogue),
        "unconfirmed": any(not phone["confirmed"] for _, phone in all_numbers(setting)),
        "parts": fill(front.body, setting, "./") if front else (),
        "cited": citation_list(setting, front.body) if front else [],
        "notice": setting.catalogue.settings.change_notice if _merger_ahead(setting) else None,
    }


def _merger_ahead(setting: Setting) -> bool:
    return any(r.valid_from and r.valid_from > setting.as_of for r in setting.catalogue.regions.values())


def _about(setting: Setting) -> Iterator[Page]:
    texts = [(topic, _address(topic)) for topic in setting.catalogue.topics_in("om")]
    description = "Hvem der står bag, og hvad siderne kan bruges til."
    yield Page("om/", "about.html", "Om siderne", description, lambda: {"topics_here": texts}, "content/om")
    title, description = "Tilgængelighedserklæring", "Hvor tilgængelige siderne er."
    show = partial(_statements, setting)
    yield Page(addresses.ACCESSIBILITY, "accessibility.html", title, description, show, "data/regions", searchable=True)


def _statements(setting: Setting) -> dict[str, Any]:
    """Return whose statements the pages of the whole country lead to; a region's own page leads to its own alone."""
    return {"publishers": [] if setting.sender.region else _regions(setting)}


def _regions(setting: Setting) -> list[Sender]:
    """Return the regions of the day as a Dane looks for them: by name, with Ø near the end."""
    found = (sender for sender in senders(setting.catalogue, setting.as_of) if sender.region)
    return sorted(found, key=lambda sender: alphabetical(sender.name))


def _predecessors(catalogue: Catalogue, sender: Sender) -> list[str]:
    """Return the names of the regions that were merged into this one."""
    return [catalogue.regions[name].name for name in sorted(sender.heritage - {sender.id})]
