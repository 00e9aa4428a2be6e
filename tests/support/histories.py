"""Invented histories of regions, numbers and leaflets, told step by step, as a project's data would follow them."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path, PurePosixPath
from random import Random
from tempfile import mkdtemp
from typing import Any

import yaml

from generator import Catalogue, load
from generator.codes.releases import Writing, released, reserved, withdrawn
from generator.model.edition import FrozenText, RegisterEntry
from generator.model.place import Area, Region
from generator.model.record import Origin
from tests.support import shared
from tests.support.example import write_example

START = date(2026, 1, 1)
LEAFLET = "din-skulder"
PLACES = ("nord", "syd", "oest", "vest")


@dataclass
class History:
    """The facts as they stand after the steps told so far, and the day it is."""

    catalogue: Catalogue
    day: date = START
    random: Random = field(default_factory=lambda: Random(7))
    told: list[str] = field(default_factory=list)

    @property
    def regions(self) -> tuple[Region, ...]:
        return self.catalogue.regions_on(self.day)

    def later(self, days: int) -> None:
        self.day += timedelta(days=days)

    def merge(self, one: int, other: int) -> None:
        first, second = self._region(one), self._region(other)
        if first is not second:
            self._follow((first, second), ((*first.areas, *second.areas),))

    def split(self, which: int) -> None:
        region = self._region(which)
        if len(region.areas) > 1:
            self._follow((region,), (region.areas[:1], region.areas[1:]))

    def rename(self, which: int) -> None:
        region = self._region(which)
        self._follow((region,), (region.areas,))

    def new_number(self, which: int, number: int) -> None:
        area = self.catalogue.areas[PLACES[which % len(PLACES)]]
        last = area.phones[-1]
        if last.valid_from == self.day:
            return
        ended = last.model_copy(update={"valid_to": self.day - timedelta(days=1)})
        digits = f"70 {number // 100 % 100:02} {number % 100:02} 00"
        fresh = last.model_copy(update={"number": digits, "valid_from": self.day})
        self._put("areas", {area.id: area.model_copy(update={"phones": (*area.phones[:-1], ended, fresh)})})

    def edit(self, which: int) -> None:
        leaflet = self.catalogue.leaflets.get(LEAFLET)
        if leaflet:
            self._put("leaflets", {LEAFLET: leaflet.model_copy(update={"promise": f"Løfte nummer {which}"})})

    def reserve(self) -> None:
        if leaflet := self.catalogue.leaflets.get(LEAFLET):
            self._write(reserved(self.catalogue, (leaflet,), None, self.day, self.random))

    def release(self, which: int) -> None:
        if leaflet := self.catalogue.leaflets.get(LEAFLET):
            self._write(released(self.catalogue, leaflet, (self._region(which),), self.day, self.random))

    def withdraw(self, which: int) -> None:
        editions = [e for e in self.catalogue.editions.values() if e.status != "withdrawn"]
        if editions:
            self._write(withdrawn(self.catalogue, editions[which % len(editions)], "Der var en fejl.", self.day))

    def drop_leaflet(self) -> None:
        self.catalogue = replace(self.catalogue, leaflets={})

    def forget_region(self, which: int) -> None:
        gone = [region for region in self.catalogue.regions.values() if region not in self.regions]
        if gone:
            kept = {**self.catalogue.regions}
            del kept[gone[which % len(gone)].id]
            known = {name: region.model_copy(update={"successors": tuple(s for s in region.successors if s in kept)})
                     for name, region in kept.items()}  # fmt: skip
            self.catalogue = replace(self.catalogue, regions=known)

    def _region(self, which: int) -> Region:
        return self.regions[which % len(self.regions)]

    def _follow(self, ending: tuple[Region, ...], areas: tuple[tuple[str, ...], ...]) -> None:
        """End the regions yesterday, and begin one today for each group of areas."""
        if any(region.valid_from == self.day for region in ending):
            return
        names = [f"region-{len(self.catalogue.regions) + number}" for number in range(len(areas))]
        last = self.day - timedelta(days=1)
        ended = {r.id: r.model_copy(update={"valid_to": last, "successors": tuple(names)}) for r in ending}
        begun = {
            name: ending[0].model_copy(
                update={"id": name, "name": f"Region {name}", "areas": group, "valid_from": self.day, "successors": ()}
            )
            for name, group in zip(names, areas, strict=True)
        }
        self._put("regions", {**ended, **begun})
        if leaflet := self.catalogue.leaflets.get(LEAFLET):
            senders = (*leaflet.senders, *names)
            self._put("leaflets", {LEAFLET: leaflet.model_copy(update={"senders": senders})})

    def _put(self, kind: str, records: dict[str, Any]) -> None:
        changed: dict[str, Any] = {kind: {**getattr(self.catalogue, kind), **records}}
        self.catalogue = replace(self.catalogue, **changed)

    def _write(self, writing: Writing) -> None:
        if not writing.codes:
            return
        self.told += writing.told
        frozen = dict(self.catalogue.frozen)
        for path, text in writing.files.items():
            if path.startswith("data/frozen/"):
                name = PurePosixPath(path).stem
                frozen[name] = FrozenText(id=name, origin=Origin(PurePosixPath(path)), **yaml.safe_load(text))
        text = writing.files["data/editions.yml"]
        self.catalogue = replace(self.catalogue, register=text, entries=entries(text), frozen=frozen)


def entries(text: str) -> dict[str, RegisterEntry]:
    """Return the lines of a register as records, in their order."""
    origin = Origin(PurePosixPath("data/editions.yml"))
    rows = yaml.load(text, Loader=yaml.BaseLoader)["editions"] or []
    return {f"{row['id']} {row['status']}": RegisterEntry(origin=origin, **row) for row in rows}


def beginning() -> History:
    """Return a country of four regions with an area each, on the first day, before any code."""
    return History(_first())


@cache
def _first() -> Catalogue:
    example = load(write_example(Path(mkdtemp(prefix="history-", dir=shared.directory()))))
    area, region = example.areas["vest"], example.regions["vest"]
    areas = {name: _area(area, name, number) for number, name in enumerate(PLACES)}
    regions = {
        f"region-{name}": region.model_copy(update={"id": f"region-{name}", "name": f"Region {name}", "areas": (name,)})
        for name in PLACES
    }
    leaflet = example.leaflets[LEAFLET].model_copy(update={"senders": tuple(regions)})
    return replace(
        example, areas=areas, regions=regions, municipalities={}, interventions={}, leaflets={LEAFLET: leaflet},
        entries={}, frozen={}, seals={}, register="editions:\n",
    )  # fmt: skip


def _area(area: Area, name: str, number: int) -> Area:
    gp, night = area.phones
    phones = (gp, night.model_copy(update={"number": f"70 00 00 1{number}"}))
    return area.model_copy(update={"id": name, "name": name.capitalize(), "phones": phones})
