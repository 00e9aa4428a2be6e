"""Where a printed code leads: to the regions that have its readers now, or else to the build's own first pages."""

from dataclasses import dataclass

from generator.addresses import leaflet_file
from generator.codes.standing import Standing
from generator.model.catalogue import Catalogue
from generator.model.leaflet import Format, family
from generator.model.place import Region


@dataclass(frozen=True)
class Way:
    """A way on from a code: the page of one region, and its newest sheet of the same leaflet."""

    name: str
    """The region's name; empty for the pages of the whole country."""
    page: str
    """An address below the root of the build, or a whole one where the region publishes its own pages."""
    sheet: str | None = None


def ways(catalogue: Catalogue, found: Standing, home: Region | None = None) -> tuple[Way, ...]:
    """Return where the code leads: to the regions that have its readers now, or else to the build's own first pages.

    Never empty. A region built alone (`home`) leads to its own pages, and to those of regions with a site of their own.
    """
    topic = catalogue.topics.get(found.leaflet.landing_topic) if found.leaflet else None
    page = topic.address if topic else ""
    reached = [region for region in found.now if home in (None, region) or region.own_site]
    own = tuple(_way(found, region, page, "" if region == home else None) for region in reached)
    return own if own else (Way("", page if topic and topic.section != "fagfolk" else ""),)


def leads_at_once(found: Standing, onward: tuple[Way, ...]) -> bool:
    """Say whether the paper holds, so that its code leads straight to its page; else the page about it says more."""
    return found.kind == "current" and len(onward) == 1


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
