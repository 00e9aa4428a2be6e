"""Pages that only lead on: from printed codes, and from the addresses of regions that have ceased to be."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from generator.addresses import code_pages, topic_page
from generator.insertions import Setting, whom_to_call
from generator.model.catalogue import Catalogue
from generator.model.leaflet import PrintedEdition
from generator.model.place import Region
from generator.page import Page
from generator.plan import Plan
from generator.senders import Sender, past_regions, past_sender, successor

Pages = Callable[[Catalogue, Sender, Plan], tuple[Page, ...]]
"""What makes the pages of a sender."""


def codes(setting: Setting, plan: Plan) -> Iterator[Page]:
    """Yield the pages of every code that the sender answers for, whatever has become of its leaflet."""
    for edition in setting.catalogue.editions.values():
        if setting.sender.region is None or edition.sender in setting.sender.heritage:
            yield from _code(setting, plan, edition)


def _code(setting: Setting, plan: Plan, edition: PrintedEdition) -> Iterator[Page]:
    """Yield a code's page under both its addresses; its first link always leads to a page that is built."""
    region = _region_now(setting.catalogue, edition.sender, plan.as_of)
    leaflet = setting.catalogue.leaflets.get(edition.leaflet)
    topic = setting.catalogue.topics.get(leaflet.landing_topic) if leaflet else None
    prefix = "" if plan.alone or region is None else f"{region.id}/"
    values = {
        "edition": edition,
        "leaflet": leaflet,
        "topic": topic,
        "target": prefix + (topic_page(topic.section, topic.id) if topic else ""),
        "region_now": region,
        "calls": whom_to_call(_setting_of(setting, region)),
    }
    title = "Din folder er en kladde" if edition.status == "draft" else "Siden til din folder"
    description = "Koden på en folder fører hertil."
    for address in code_pages(edition.id):
        yield Page(address, "code.html", title, description, lambda: values, "data/editions.yml", listed=False)


def _region_now(catalogue: Catalogue, name: str, as_of: date) -> Region | None:
    region = catalogue.regions[name]
    return region if region.is_valid_on(as_of) else successor(catalogue, region, as_of)


def _setting_of(setting: Setting, region: Region | None) -> Setting:
    if region is None or setting.sender.region is not None:
        return setting
    return Setting(setting.catalogue, past_sender(setting.catalogue, region), setting.as_of)


def moved(setting: Setting, plan: Plan, pages: Pages) -> Iterator[Page]:
    """Yield a page at every address of a region that has ceased to be, leading to the same page where it is now."""
    for region, heir in past_regions(setting.catalogue, plan.as_of):
        last_day = region.valid_to or plan.as_of
        old = past_sender(setting.catalogue, region)
        new = (
            {p.address for p in pages(setting.catalogue, past_sender(setting.catalogue, heir), plan)} if heir else set()
        )
        for page in pages(setting.catalogue, old, Plan(last_day, plan.profile)):
            address = page.address if page.address in new else ""
            target = f"{heir.id}/{address}" if heir else ""
            values = {"target": target, "old": region, "heir": heir, "calls": whom_to_call(_setting_of(setting, heir))}
            yield Page(
                f"{region.id}/{page.address}", "moved.html", page.title, page.description, partial(dict, values),
                page.source, listed=False,
            )  # fmt: skip
