"""The first pages: the country's, where one finds a region or a municipality, and each region's own."""

from functools import partial
from typing import Any

from generator.danish import alphabetical
from generator.insertions.blocks import urgency_cards
from generator.insertions.parts import citation_list, fill
from generator.model.place import Municipality
from generator.sender.context import Context
from generator.sender.numbers import Call, all_numbers, call
from generator.sender.senders import Sender, regions_by_name, sender_of_area
from generator.web.page import Page


def first_page(context: Context) -> Page:
    """Return the first page of a sender."""
    front, settings = context.catalogue.topics.get("index"), context.catalogue.settings
    national = context.sender.region is None
    return Page(
        "", "front.html" if national else "home.html", front.title if front else settings.title,
        front.summary if front else settings.title, partial(_country if national else _home, context),
        "content/index.md", text_hash=front.body.text_hash if national and front else "",
    )  # fmt: skip


def _home(context: Context) -> dict[str, Any]:
    now = next((card for card in urgency_cards(context) if card["level"].id == "now"), None)
    flags = [flag for _, flags in now["groups"] for flag in flags] if now else []
    return {
        "now": now and now["level"],
        "examples": [flag.front_text for flag in flags if flag.front_text],
        "front": context.catalogue.topics.get("index"),
    }


def _country(context: Context) -> dict[str, Any]:
    catalogue = context.catalogue
    front = catalogue.topics.get("index")
    return {
        **_home(context),
        "letters": _municipalities(context),
        "regions": [(sender, _predecessors(context, sender)) for sender in regions_by_name(catalogue, context.day)],
        "unconfirmed": not all(one.confirmed for one in all_numbers(context)),
        "parts": fill(front.body, context, "./") if front else (),
        "cited": citation_list(context, front.body) if front else [],
        "notice": catalogue.settings.change_notice if _merger_ahead(context) else None,
    }


def _municipalities(context: Context) -> dict[str, list[tuple[Municipality, Sender | None, Call | None]]]:
    """Return the municipalities by initial, each with its region and whom one calls there by night."""
    letters: dict[str, list[tuple[Municipality, Sender | None, Call | None]]] = {}
    for place in sorted(context.catalogue.municipalities.values(), key=lambda place: alphabetical(place.name)):
        sender = sender_of_area(context.catalogue, place.area, context.day)
        phone = context.catalogue.areas[place.area].out_of_hours(context.day)
        found = (place, sender, call(phone) if phone else None)
        letters.setdefault(place.name.replace("Aa", "Å")[0], []).append(found)
    return letters


def _predecessors(context: Context, sender: Sender) -> list[str]:
    """Return the names of the regions that were merged into this one."""
    return [context.catalogue.regions[name].name for name in sorted(sender.heritage - {sender.id})]


def _merger_ahead(context: Context) -> bool:
    return any(r.valid_from and r.valid_from > context.day for r in context.catalogue.regions.values())
