"""The whole of what was read, in one frozen value; the only thing that crosses from loading to rendering."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import PurePosixPath
from typing import Any, get_args, get_type_hints

from generator.model.comparison import Comparison
from generator.model.edition import FrozenText, Place, PrintedEdition, RegisterEntry, Seal, editions, in_use
from generator.model.figure import Figure
from generator.model.intervention import Intervention
from generator.model.language import Language
from generator.model.leaflet import Leaflet
from generator.model.pathway import Pathway
from generator.model.place import Area, Municipality, Region, SiteSettings
from generator.model.record import Citation, Entity, Origin
from generator.model.red_flag import RedFlag, UrgencyLevel
from generator.model.search_word import SearchWord
from generator.model.source import Source, Video
from generator.model.standard_text import StandardText
from generator.model.statistic import Statistic
from generator.model.topic import Topic
from generator.model.waiver import Waiver


@dataclass(frozen=True)
class Catalogue:
    """Every fact and text by kind and id, in the order of files and lines."""

    settings: SiteSettings
    regions: Mapping[str, Region]
    areas: Mapping[str, Area]
    municipalities: Mapping[str, Municipality]
    sources: Mapping[str, Source]
    red_flags: Mapping[str, RedFlag]
    urgency_levels: Mapping[str, UrgencyLevel]
    interventions: Mapping[str, Intervention]
    videos: Mapping[str, Video]
    statistics: Mapping[str, Statistic]
    pathways: Mapping[str, Pathway]
    standard_texts: Mapping[str, StandardText]
    figures: Mapping[str, Figure]
    comparisons: Mapping[str, Comparison]
    leaflets: Mapping[str, Leaflet]
    entries: Mapping[str, RegisterEntry]
    """The lines of the register in their order, by code and status."""
    frozen: Mapping[str, FrozenText]
    """The words of released leaflets, by their hash."""
    seals: Mapping[str, Seal]
    """One at the most: what the register held when the program last wrote it."""
    topics: Mapping[str, Topic]
    search_words: Mapping[str, SearchWord] = field(default_factory=dict)
    waivers: Mapping[str, Waiver] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)
    """One at the most: what the editors know of words."""
    register: str = ""
    """The register of printed codes as it is written, byte for byte save for line ends."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of every file read, by path relative to the project root."""

    @cached_property
    def editions(self) -> Mapping[str, PrintedEdition]:
        """Every code ever issued or reserved, with all that the register says of it."""
        return editions(self.entries.values())

    def editions_on(self, day: date) -> Mapping[str, PrintedEdition]:
        """Return every code ever issued or reserved, with what had happened to it by the day."""
        return self._editions_on(day)

    @cached_property
    def _editions_on(self) -> Callable[[date], Mapping[str, PrintedEdition]]:
        """The same, remembered for the last few days asked for: a build asks again for every list that shows codes."""
        return lru_cache(maxsize=4)(partial(editions, tuple(self.entries.values())))

    def in_use_on(self, day: date = date.max) -> Mapping[Place, PrintedEdition]:
        """Return the edition of each leaflet, sender, language and family that is printed on the day, or will be."""
        return in_use(self.editions_on(day).values())

    @property
    def language(self) -> Language:
        """What the editors know of words; nothing where the project has no such file."""
        nothing = Language(id="language", origin=Origin(PurePosixPath("data/language.yml")))
        return next(iter(self.languages.values()), nothing)

    def kind(self, name: str) -> Mapping[str, Any]:
        """Return the records that a reference of that kind may point to."""
        found: Mapping[str, Any] = getattr(self, {"municipality": "municipalities"}.get(name, f"{name}s"))
        return found

    def entities(self) -> Iterator[Entity]:
        """Yield every record, kind by kind."""
        yield self.settings
        for name in COLLECTIONS.values():
            yield from getattr(self, name).values()

    def regions_on(self, day: date) -> tuple[Region, ...]:
        """Return the regions that exist on the day, in the order of their names in the data."""
        return tuple(r for r in self.regions.values() if r.is_valid_on(day))

    def region_name(self, id: str) -> str:
        """Return the name of the region, or the id where the files know none by it, as of one long gone."""
        return self.regions[id].name if id in self.regions else id

    def region_of(self, area: str, day: date) -> Region | None:
        """Return the region that runs the area on the day."""
        return next((r for r in self.regions_on(day) if area in r.areas), None)

    def red_flags_at(self, level: str) -> tuple[RedFlag, ...]:
        """Return the signs of one level, in the order they were written."""
        return tuple(flag for flag in self.red_flags.values() if flag.proposed_level == level)

    def videos_on(self, day: date) -> tuple[Video, ...]:
        """Return the films that can be seen on the day, in the order they were written."""
        return tuple(video for video in self.videos.values() if video.is_valid_on(day))

    def paper_lines(self, level: str, *, short: bool = False) -> tuple[str, ...]:
        """Return what paper says of one level's signs, line by line; `short` is for a card that fits a wallet.

        There are none where no sign is meant for paper.
        """
        own = tuple(flag.text for flag in self.red_flags_at(level) if flag.on_paper)
        record = self.urgency_levels.get(level)
        if not (own and record and record.paper_lines):
            return own
        return tuple(line.short if short and line.short else line.text for line in record.paper_lines)

    def cited(self, citations: Iterable[Citation]) -> list[tuple[Source, str]]:
        """Return each source cited, once, with all the places in it."""
        places: dict[str, list[str]] = {}
        for citation in citations:
            where = (citation.place, f"l. {citation.lines}" if citation.lines else None)
            places.setdefault(citation.source, []).append(", ".join(filter(None, where)))
        return [(self.sources[name], "; ".join(filter(None, found))) for name, found in places.items()]

    def topics_in(self, section: str) -> tuple[Topic, ...]:
        """Return the texts of one section in their order."""
        return tuple(sorted((t for t in self.topics.values() if t.section == section), key=lambda t: (t.order, t.id)))

    def leaflets_in_order(self) -> tuple[Leaflet, ...]:
        """Return all leaflets in the order that their authors gave them."""
        return tuple(sorted(self.leaflets.values(), key=lambda leaflet: (leaflet.order, leaflet.id)))


COLLECTIONS: Mapping[type[Entity], str] = {
    record: name
    for name, hint in get_type_hints(Catalogue).items()
    for record in get_args(hint)[1:]
    if isinstance(record, type) and issubclass(record, Entity)
}
"""The Catalogue's collection of each kind of record, as its fields tell."""
