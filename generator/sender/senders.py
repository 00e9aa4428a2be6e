"""Who speaks on a set of pages on a given day: a region, or the nation before a region is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.danish import alphabetical
from generator.model.catalogue import Catalogue
from generator.model.intervention import Intervention
from generator.model.place import Area, Palette, Region

NATIONAL = "national"
"""Stands for the nation where a region's id would; no region may be called that."""


@dataclass(frozen=True)
class Sender:
    """A sender of pages and leaflets, with the areas whose numbers it shows."""

    id: str
    name: str
    short_name: str
    palette: Palette
    areas: tuple[Area, ...]
    region: Region | None
    heritage: frozenset[str]
    """The ids of the region and of all that were merged into it; their interventions are its own."""

    @property
    def prefix(self) -> str:
        """The directory of its pages in the whole site."""
        return "" if self.region is None else f"{self.id}/"


def senders(catalogue: Catalogue, as_of: date) -> tuple[Sender, ...]:
    """Return the nation and every region of the day, in that order."""
    return (_national(catalogue), *(_regional(catalogue, region) for region in catalogue.regions_on(as_of)))


def regional_senders(catalogue: Catalogue, as_of: date) -> tuple[Sender, ...]:
    """Return every region of the day."""
    return senders(catalogue, as_of)[1:]


def regions_by_name(catalogue: Catalogue, as_of: date) -> list[Sender]:
    """Return the regions of the day as a Dane looks for them: by name, with Ø near the end."""
    return sorted(regional_senders(catalogue, as_of), key=lambda sender: alphabetical(sender.name))


def past_regions(catalogue: Catalogue, as_of: date) -> Iterator[tuple[Region, Region | None]]:
    """Yield every region that has ceased to be, and the one of the day that its pages now belong to."""
    for region in catalogue.regions.values():
        if region.valid_to and region.valid_to < as_of:
            yield region, successor(catalogue, region, as_of)


def successor(catalogue: Catalogue, region: Region, as_of: date) -> Region | None:
    """Return the region of the day that took over from this one, or None where there is none, or several."""
    found = {r.id: r for r in _successors(catalogue, region, as_of, {region.id})}
    return next(iter(found.values())) if len(found) == 1 else None


def sender_of_area(catalogue: Catalogue, area: str, as_of: date) -> Sender | None:
    """Return the region that runs the area on the day, as a sender."""
    region = catalogue.region_of(area, as_of)
    return None if region is None else _regional(catalogue, region)


def past_sender(catalogue: Catalogue, region: Region) -> Sender:
    """Return a region that has ceased to be as the sender it was."""
    return _regional(catalogue, region)


def interventions_of(catalogue: Catalogue, sender: Sender, as_of: date) -> tuple[Intervention, ...]:
    """Return what the sender's pages tell of on the day: its own and its predecessors', and what is national."""
    wanted = sender.heritage | {"national", "multiple"}
    return tuple(i for i in catalogue.interventions.values() if i.region in wanted and i.is_valid_on(as_of))


def _national(catalogue: Catalogue) -> Sender:
    settings = catalogue.settings
    areas = tuple(catalogue.areas.values())
    name = settings.national_name
    return Sender(NATIONAL, name, name, settings.national_palette, areas, None, frozenset())


def _regional(catalogue: Catalogue, region: Region) -> Sender:
    areas = tuple(catalogue.areas[area] for area in region.areas)
    heritage = frozenset(_heritage(catalogue, region, set()))
    return Sender(region.id, region.name, region.short_name, region.palette, areas, region, heritage)


def _heritage(catalogue: Catalogue, region: Region, met: set[str]) -> Iterator[str]:
    met.add(region.id)
    yield region.id
    for other in catalogue.regions.values():
        if region.id in other.successors and other.id not in met:
            yield from _heritage(catalogue, other, met)


def _successors(catalogue: Catalogue, region: Region, as_of: date, met: set[str]) -> Iterator[Region]:
    for name in region.successors:
        heir = catalogue.regions[name]
        if heir.is_valid_on(as_of):
            yield heir
        elif name not in met:
            met.add(name)
            yield from _successors(catalogue, heir, as_of, met)
