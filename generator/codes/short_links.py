"""The short address that a leaflet's code leads to, fit for a message or a notice board."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.hosts import why_unfit
from generator.model.leaflet import Leaflet, family
from generator.sender.context import Context


@dataclass(frozen=True)
class ShortLink:
    """The permanent address that a leaflet's code leads to, fit for a message."""

    address: str
    leaflet: Leaflet
    works: bool
    """False while the host is one that can never be found on the net."""


def short_link(context: Context) -> ShortLink | None:
    """Return the address of the first leaflet for citizens, in their own order, that has one."""
    return next(iter(short_links(context)), None)


def short_links(context: Context) -> Iterator[ShortLink]:
    """Yield the address of each leaflet for citizens that the sender hands out and that has a code in use."""
    catalogue = context.catalogue
    in_use = catalogue.in_use_on(context.day)
    for leaflet in catalogue.leaflets_in_order():
        edition = in_use.get((leaflet.id, context.sender.id, leaflet.language, family(leaflet.formats[0])))
        if leaflet.audience == "citizens" and edition:
            address = catalogue.settings.code_address(edition.id)
            yield ShortLink(address, leaflet, why_unfit(address) is None)
