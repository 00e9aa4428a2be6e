"""Every id that is mentioned belongs to a record."""

from collections.abc import Iterator, Mapping

from generator.danish import did_you_mean
from generator.model.catalogue import Catalogue
from generator.problems import Problem

NAMES = {
    "region": "regionen",
    "area": "området",
    "source": "kilden",
    "topic": "teksten",
    "intervention": "indsatsen",
    "leaflet": "folderen",
}
HOMES = {
    "region": "data/regions/",
    "area": "data/areas.yml",
    "source": "data/sources.yml",
    "topic": "content/",
    "intervention": "data/interventions/",
    "leaflet": "data/leaflets/",
}


def check_references(catalogue: Catalogue, known: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """A reader who follows a reference must arrive somewhere; a fact whose source is gone has no source."""
    for entity in catalogue.entities():
        for location, kind, target in entity.references():
            existing = catalogue.kind(kind)
            if target not in existing and target not in known.get(f"{kind}s", ()):
                yield entity.problem(
                    f"{NAMES[kind]} »{target}« findes ikke", remedy(target, kind, list(existing)), *location
                )


def remedy(target: str, kind: str, existing: list[str]) -> str:
    """Return what to write instead of an id that leads nowhere."""
    return did_you_mean(target, existing) or f"opret den i {HOMES[kind]}, eller ret id'et"
