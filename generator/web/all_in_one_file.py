"""Everything a citizen of one region reads, in one file that needs no network: for waiting rooms and intranets."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from markupsafe import Markup

from generator import addresses
from generator.checks.upcoming import upcoming
from generator.insertions.parts import PagePart, citation_list, fill, without_files
from generator.model.place import CONFIRMATION_LASTS, Phone
from generator.model.signing import signatures
from generator.model.topic import Topic
from generator.sender.context import Context
from generator.sender.numbers import whom_to_call
from generator.web.page import Page

LONGEST = timedelta(days=90)
"""A copy is not renewed by itself. A quarter is our own limit: numbers change with contracts and regions."""
_LINK = re.compile(r' href="([^"]*)"')
_HEADING = re.compile(r"<(/?)h([2-5])\b")


def all_in_one_page(context: Context) -> Page:
    """Return the page that holds all of the region's texts for citizens."""
    description = "Alle tekster til dig, der har ondt, i én fil. Den kan gemmes og læses uden net."
    return Page(
        addresses.OFFLINE, "offline.html", "Alt i én fil", description, partial(_values, context), "content/emner",
        listed=False, text_hash="".join(topic.body.text_hash for topic in _topics(context)),
    )  # fmt: skip


def _topics(context: Context) -> tuple[Topic, ...]:
    return context.catalogue.topics_in("emner")


def _values(context: Context) -> Mapping[str, Any]:
    return {
        "texts": [_Text(context, topic) for topic in _topics(context)],
        "anchors": {topic.address: topic.id for topic in _topics(context)},
        "keeps_until": keeps_until(context),
    }


class _Text:
    """One text as the template shows it; its words are filled in when they are asked for."""

    def __init__(self, context: Context, topic: Topic) -> None:
        self.topic, self._context = topic, context
        self.cited = citation_list(context, topic.body)

    @property
    def parts(self) -> tuple[PagePart, ...]:
        return without_files(fill(self.topic.body, self._context, "../"))


def keeps_until(context: Context) -> date:
    """Return the last day of the file: the one before anything in it would be another way, or our own limit."""
    limit = context.day + LONGEST
    areas, now = context.catalogue.areas.values(), _shown(context)
    turns = {item.day for item in upcoming(context.catalogue, context.day, LONGEST)}
    turns |= {turn for area in areas for phone in area.phones if (turn := _worn_out(phone))}
    ahead = (turn for turn in sorted(turns) if context.day < turn <= limit)
    changed = (turn for turn in ahead if _shown(replace(context, day=turn)) != now)
    return next((turn - timedelta(days=1) for turn in changed), limit)


def _shown(context: Context) -> tuple[object, ...]:
    """Return all in the file that may be another way on another day: what it says, and whether that still holds."""
    catalogue, day, region = context.catalogue, context.day, context.sender.region
    texts = [_Text(context, topic) for topic in _topics(context)]
    phones = [phone for area in context.sender.areas for phone in area.phones if phone.is_valid_on(day)]
    return (
        whom_to_call(context),
        [text.parts for text in texts],
        [context.approval_of(text.topic) for text in texts],
        [context.is_overdue(text.topic) for text in texts],
        [source.valid_to is not None and source.valid_to < day for text in texts for source in text.cited],
        [phone.is_answered_for(day) for phone in phones],
        region and (region.is_valid_on(day), signatures(catalogue, region, day).approval),
    )


def _worn_out(phone: Phone) -> date | None:
    """Return the first day on which the region's word for a number is too old."""
    return phone.verified_on + CONFIRMATION_LASTS + timedelta(days=1) if phone.verified_on else None


def inside(html: str, topic: str, anchors: Mapping[str, str], online: str | None) -> Markup:
    """Return a page's HTML fit to stand among other pages: its anchors its own, its headings one level down.

    A link to a page that is in the file leads to its place there (`anchors`, by address). Any other page is linked
    where the site lives (`online`); where that is not known, its words stay and the link goes.
    """

    def lead(match: re.Match[str]) -> str:
        target = match[1]
        if target.startswith("#"):
            return f' href="#{topic}-{target[1:]}"'
        if not target.startswith("../"):
            return match[0]
        address, _, anchor = target.removeprefix("../").partition("#")
        if address in anchors:
            return f' href="#{"-".join(filter(None, (anchors[address], anchor)))}"'
        return f' href="{online}{target.removeprefix("../")}"' if online else ""

    named = re.sub(r' (id|aria-labelledby)="', rf' \1="{topic}-', str(html))  # Markup would escape what is put in
    return Markup(_HEADING.sub(lambda m: f"<{m[1]}h{int(m[2]) + 1}", _LINK.sub(lead, named)))
