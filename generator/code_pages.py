"""The pages behind printed codes: straight on for paper that holds; for paper that does not, first what has changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from generator.addresses import CODES, code_address, code_pages, leaflet_file, readable, topic_page
from generator.calling import phone_row, whom_to_call
from generator.danish import long_date
from generator.editions import Standing, standing
from generator.model.catalogue import Catalogue
from generator.model.edition import PrintedEdition
from generator.model.leaflet import Format, family
from generator.model.place import Region
from generator.page import Page
from generator.plan import Plan
from generator.register import REGISTER_FILE
from generator.senders import past_sender
from generator.setting import Setting

EXAMPLE = "234567"
"""Looks like a code and is none: its check character is wrong."""
_TITLES = {
    "draft": "Din folder er en kladde",
    "current": "Siden til din folder",
    "replaced": "Din folder er fra {day}",
    "outdated": "Et nummer på din folder gælder ikke længere",
    "withdrawn": "Din folder er kaldt tilbage",
}


@dataclass(frozen=True)
class Way:
    """A way on from a code: the page of one region, and its newest sheet of the same leaflet."""

    name: str
    """The region's name; empty for the pages of the whole country."""
    page: str
    """An address below the root of the build, or a whole one where the region publishes its own pages."""
    sheet: str | None = None


def codes(setting: Setting, plan: Plan) -> Iterator[Page]:
    """Yield the pages of every code that the sender answers for, whatever has become of its leaflet."""
    for edition in setting.catalogue.editions_on(plan.as_of).values():
        if setting.sender.region is None or edition.sender in setting.sender.heritage:
            yield from _pages(setting, plan, standing(setting.catalogue, edition, plan.as_of))
    host = plan.code_host or setting.catalogue.settings.code_host
    values = {"example_address": readable(code_address(host, EXAMPLE))}
    yield Page(
        CODES, "codes.html", "Skriv koden fra din folder", "Koden på en folder fører til den nyeste udgave.",
        lambda: values, REGISTER_FILE, listed=False,
    )  # fmt: skip


def ways(catalogue: Catalogue, plan: Plan, found: Standing, home: Region | None = None) -> tuple[Way, ...]:
    """Return where the code leads: to the regions that have its readers now, or else to the build's own first pages.

    Never empty. A region built alone (`home`) leads to its own pages, and to those of regions with a site of their own.
    """
    topic = catalogue.topics.get(found.leaflet.landing_topic) if found.leaflet else None
    page = topic_page(topic.section, topic.id) if topic else ""
    reached = [region for region in found.now if not plan.alone or region == home or region.own_site]
    own = tuple(_way(found, region, page, "" if plan.alone and region == home else None) for region in reached)
    return own if own else (Way("", page if topic and topic.section != "fagfolk" else ""),)


def _way(found: Standing, region: Region, page: str, prefix: str | None) -> Way:
    if prefix is None:
        prefix = f"{region.own_site.rstrip('/')}/" if region.own_site else f"{region.id}/"
    sheet = _newest(found, region)
    return Way(region.name, prefix + page, prefix + sheet if sheet and found.kind != "current" else None)


def _newest(found: Standing, region: Region) -> str | None:
    """Return the address of the sheet that has taken this one's place at the region."""
    leaflet = found.leaflet
    if leaflet is None or region.id not in leaflet.senders:
        return None
    formats: list[Format] = [name for name in leaflet.formats if family(name) == found.edition.format_family]
    return leaflet_file(leaflet.id, formats[0]) if formats else None


def _pages(setting: Setting, plan: Plan, found: Standing) -> Iterator[Page]:
    """Yield a code's page under both its addresses; its first link always leads to a page that is built."""
    edition = found.edition
    title = _TITLES[found.kind].format(day=_released_on(edition))
    for address in code_pages(edition.id):
        yield Page(
            address, "code.html", title, "Koden på en folder fører hertil.", partial(_values, setting, plan, found),
            REGISTER_FILE, listed=False,
        )  # fmt: skip


def _values(setting: Setting, plan: Plan, found: Standing) -> Mapping[str, Any]:
    onward = ways(setting.catalogue, plan, found, setting.sender.region)
    return {
        "edition": found.edition,
        "kind": found.kind,
        "released_on": _released_on(found.edition),
        "reason": found.edition.withdrawal.reason if found.edition.withdrawal else None,
        "leaflet": found.leaflet,
        "topic": setting.catalogue.topics.get(found.leaflet.landing_topic) if found.leaflet else None,
        "ways": onward,
        "gone": found.then if found.then and found.then not in found.now else None,
        "regions_now": found.now,
        "wrong_numbers": [(wrong, phone_row(wrong.now) if wrong.now else None) for wrong in found.wrong_numbers],
        "changes": found.changes,
        "levels": setting.catalogue.urgency_levels,
        "calls": whom_to_call(_setting_of(setting, found)),
    }


def _released_on(edition: PrintedEdition) -> str:
    day = edition.release.released_on if edition.release else edition.reserved.reserved_on
    return long_date(day) if day else ""


def _setting_of(setting: Setting, found: Standing) -> Setting:
    """Return the setting with the numbers of the areas that the leaflet was printed for, and of no others."""
    sender = past_sender(setting.catalogue, found.then) if found.then else setting.sender
    return replace(setting, sender=replace(sender, areas=found.areas or sender.areas))
