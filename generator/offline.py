"""Everything a citizen of one region reads, in one file that needs no network: for waiting rooms and intranets."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from markupsafe import Markup

from generator import addresses
from generator.insertions import Block, citation_list, fill
from generator.model.topic import Topic
from generator.page import Page
from generator.setting import Setting

LONGEST = timedelta(days=90)
"""A copy is not renewed by itself. A quarter is our own limit: numbers change with contracts and regions."""
_LINK = re.compile(r' href="([^"]*)"')
_HEADING = re.compile(r"<(/?)h([2-5])\b")
_NEEDS_FILES = ("folder",)
"""Insertions that show what lies in other files."""


def page(setting: Setting) -> Page:
    """Return the page that holds all of the region's texts for citizens."""
    description = "Alle tekster til dig, der har ondt, i én fil. Den kan gemmes og læses uden net."
    return Page(
        addresses.OFFLINE, "offline.html", "Alt i én fil", description, partial(_values, setting), "content/emner",
        listed=False, text_hash="".join(topic.body.text_hash for topic in _topics(setting)),
    )  # fmt: skip


def _topics(setting: Setting) -> tuple[Topic, ...]:
    return setting.catalogue.topics_in("emner")


def _values(setting: Setting) -> Mapping[str, Any]:
    return {
        "texts": [_Text(setting, topic) for topic in _topics(setting)],
        "anchors": {addresses.topic_page(topic.section, topic.id): topic.id for topic in _topics(setting)},
        "keeps_until": keeps_until(setting),
    }


class _Text:
    """One text as the template shows it; its words are filled in when they are asked for."""

    def __init__(self, setting: Setting, topic: Topic) -> None:
        self.topic, self._setting = topic, setting
        self.cited = citation_list(setting, topic.body)

    @property
    def parts(self) -> Iterator[Markup | Block]:
        filled = fill(self.topic.body, self._setting, "../")
        return (part for part in filled if not (isinstance(part, Block) and part.name in _NEEDS_FILES))


def keeps_until(setting: Setting) -> date:
    """Return the last day of the file: the first on which a number, the region or a review ends, or our own limit."""
    day, region = setting.as_of, setting.sender.region
    phones = (phone for area in setting.sender.areas for phone in area.phones if phone.is_valid_on(day))
    ends = [phone.valid_to for phone in phones] + [topic.review_due for topic in _topics(setting)]
    ends.append(region.valid_to if region else None)
    return min([end for end in ends if end and end >= day] + [day + LONGEST])


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
