"""Files → Catalogue. Nothing else opens a source file; every fault is found in one run."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

from generator import markdown
from generator.addresses import topic_in
from generator.danish import did_you_mean
from generator.loading import yaml_nodes
from generator.loading.decode import decode
from generator.loading.files import read_text, source_files
from generator.model.catalogue import Catalogue
from generator.model.intervention import Intervention
from generator.model.leaflet import Leaflet, PrintedEdition
from generator.model.place import Area, Municipality, Region, SiteSettings
from generator.model.record import Entity, Origin
from generator.model.red_flag import RedFlag, UrgencyLevel
from generator.model.source import Source, Video
from generator.model.statistic import Statistic
from generator.model.topic import Body, Topic
from generator.problems import ContentError, Position, Problem


@dataclass(frozen=True)
class FileKind:
    """What the files of one name pattern hold: one record each, or lists of records under keys."""

    pattern: str
    record: type[Entity] | None = None
    lists: Mapping[str, type[Entity]] = field(default_factory=dict)


FILE_KINDS = (
    FileKind("data/site.yml", record=SiteSettings),
    FileKind("data/regions/*.yml", record=Region),
    FileKind("data/areas.yml", lists={"areas": Area}),
    FileKind("data/municipalities.yml", lists={"municipalities": Municipality}),
    FileKind("data/sources.yml", lists={"sources": Source}),
    FileKind("data/red_flags.yml", lists={"urgency_levels": UrgencyLevel, "red_flags": RedFlag}),
    FileKind("data/interventions/*.yml", lists={"interventions": Intervention}),
    FileKind("data/videos.yml", lists={"videos": Video}),
    FileKind("data/statistics/*.yml", record=Statistic),
    FileKind("data/leaflets/*.yml", record=Leaflet),
    FileKind("data/editions.yml", lists={"editions": PrintedEdition}),
)
_COLLECTIONS: dict[type[Entity], str] = {
    Region: "regions", Area: "areas", Municipality: "municipalities", Source: "sources", RedFlag: "red_flags",
    UrgencyLevel: "urgency_levels", Intervention: "interventions", Video: "videos", Statistic: "statistics",
    Leaflet: "leaflets", PrintedEdition: "editions", Topic: "topics", SiteSettings: "settings",
}  # fmt: skip
_WRITTEN_ID = re.compile(r"\bid: *\"?([a-z0-9-]+)")
"""Finds the ids in a file that is not YAML, well enough not to call what refers to them wrong."""
Convert = Callable[[str, PurePosixPath, int], Body]


@dataclass(frozen=True)
class Reading:
    """What could be read, what could not, and which ids were met on the way, readable or not."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    known: Mapping[str, frozenset[str]]
    """Ids by collection, those of unreadable records too, so that one mistake is not reported twice."""


def read(root: Path, convert: Convert = markdown.convert) -> Reading:
    """Read everything below `root`, never raising for what an author can correct.

    `convert` turns the body of a text into a tree; a cache may stand in for the dialect's own function.
    """
    shelf = _Shelf(root, convert)
    for path in source_files(root, "data"):
        shelf.guarded(shelf.read_data, path)
    for path in source_files(root, "content"):
        shelf.guarded(shelf.read_topic, path)
    return shelf.reading()


class _Shelf:
    """Collects records and problems while files are read, one after the other."""

    def __init__(self, root: Path, convert: Convert) -> None:
        self.root, self.convert = root, convert
        self.records: dict[str, dict[str, Any]] = {name: {} for name in _COLLECTIONS.values()}
        self.known: dict[str, set[str]] = {name: set() for name in _COLLECTIONS.values()}
        self.problems: list[Problem] = []
        self.hashes: dict[str, str] = {}

    def guarded(self, act: Callable[..., None], *arguments: object) -> None:
        try:
            act(*arguments)
        except ContentError as error:
            self.problems += error.problems

    def text(self, path: PurePosixPath) -> str:
        text = read_text(self.root, path)
        self.hashes[str(path)] = hashlib.sha256(text.encode()).hexdigest()
        return text

    def read_data(self, path: PurePosixPath) -> None:
        kind = next((kind for kind in FILE_KINDS if fnmatch(str(path), kind.pattern)), None)
        if kind is None:
            patterns = [kind.pattern for kind in FILE_KINDS]
            remedy = did_you_mean(str(path), patterns) or "flyt den, eller se mapperne i VEJLEDNING.md"
            raise ContentError([Problem(Position(path), "filen hører ikke til her", remedy)])
        if kind.record:
            self.known[_COLLECTIONS[kind.record]].add(path.stem)
        text = self.text(path)
        try:
            document = yaml_nodes.parse(text, path)
        except ContentError:
            for record in kind.lists.values():
                self.known[_COLLECTIONS[record]] |= set(_WRITTEN_ID.findall(text))
            raise
        if kind.record:
            self.add(kind.record, document.value, document, Origin(path, (), document.positions), id=path.stem)
        else:
            self.read_lists(kind, path, document)

    def read_lists(self, kind: FileKind, path: PurePosixPath, document: yaml_nodes.Document) -> None:
        value = document.value if isinstance(document.value, dict) else {}
        for missing in kind.lists.keys() - value.keys():
            self.problems.append(Problem(Position(path), f"nøglen »{missing}« mangler", f"skriv {missing}: øverst"))
        for key, items in value.items():
            origin = Origin(path, (key,), document.positions)
            if key not in kind.lists:
                position = Position(path, *document.keys[(key,)])
                remedy = did_you_mean(key, sorted(kind.lists)) or "slet linjen"
                self.problems.append(Problem(position, f"ukendt nøgle »{key}«", remedy))
            elif items is not None and not isinstance(items, list):
                self.problems.append(Problem(origin.at(), f"»{key}« skal være en liste", "begynd hvert punkt med -"))
            else:
                for index, item in enumerate(items or ()):
                    place = Origin(path, (key, index), document.positions)
                    self.guarded(self.add_item, kind.lists[key], item, document, place)

    def add_item(self, record: type[Entity], item: object, document: yaml_nodes.Document, origin: Origin) -> None:
        self.add(record, item, document, origin)

    def add(
        self, record: type[Entity], value: object, document: yaml_nodes.Document, origin: Origin, **known: object
    ) -> None:
        name = _COLLECTIONS[record]
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            self.known[name].add(value["id"])
        entity = decode(record, value, origin, document, **known)
        earlier = self.records[name].get(entity.id)
        if earlier is not None:
            raise ContentError([
                entity.problem(f"id'et »{entity.id}« er allerede brugt i {earlier.origin.at()}", "vælg et andet", "id")
            ])  # fmt: skip
        self.records[name][entity.id] = entity

    def read_topic(self, path: PurePosixPath) -> None:
        place = topic_in(path, "")
        if place is None:
            remedy = "læg teksten i content/emner, content/fagfolk eller content/om, med endelsen .md"
            raise ContentError([Problem(Position(path), "filen hører ikke til her", remedy)])
        section, name, _ = place
        self.known["topics"].add(name)
        source = markdown.split(self.text(path))
        if source is None:
            message = "teksten har ingen oplysninger øverst mellem to linjer med ---"
            raise ContentError([Problem(Position(path), message, "se et eksempel i VEJLEDNING.md")])
        faults = list(markdown.faults(source.body, path, source.body_line))
        self.problems += faults
        document = yaml_nodes.parse(source.front_matter, path, line_offset=1)
        body = self.convert("" if faults else source.body, path, source.body_line)
        origin = Origin(path, (), document.positions)
        self.add(Topic, document.value, document, origin, id=name, section=section, body=body)
        if faults:  # its words could not be read, and what cannot be read is not to be blamed for what it lacks
            del self.records["topics"][name]

    def reading(self) -> Reading:
        settings = self.records.pop("settings").get("site")
        if settings is None and "data/site.yml" not in {str(p.position.path) for p in self.problems}:
            position = Position(PurePosixPath("data/site.yml"))
            self.problems.append(Problem(position, "filen mangler", "se VEJLEDNING.md"))
        catalogue = None if settings is None else Catalogue(settings=settings, **self.records, hashes=self.hashes)
        known = {name: frozenset(ids) for name, ids in self.known.items()}
        return Reading(catalogue, _ordered(self.problems), known)


def _ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))
