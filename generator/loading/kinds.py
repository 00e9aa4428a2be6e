"""Which records stand in which file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from generator.loading.files import LARGEST_FILE
from generator.model.catalogue import COLLECTIONS
from generator.model.comparison import Comparison
from generator.model.edition import FrozenText, RegisterEntry, Seal
from generator.model.figure import Figure
from generator.model.intervention import Intervention
from generator.model.language import Language
from generator.model.leaflet import Leaflet
from generator.model.pathway import Pathway
from generator.model.place import Area, Municipality, Region, SiteSettings
from generator.model.record import Entity
from generator.model.red_flag import RedFlag, UrgencyLevel
from generator.model.search_word import SearchWord
from generator.model.source import Source, Video
from generator.model.standard_text import StandardText
from generator.model.statistic import Statistic
from generator.model.waiver import Waiver


@dataclass(frozen=True)
class FileKind:
    """What the files of one name pattern hold: one record each, or lists of records under keys."""

    pattern: str
    record: type[Entity] | None = None
    lists: Mapping[str, type[Entity]] = field(default_factory=dict)
    largest: int = LARGEST_FILE
    """Bytes that such a file may fill."""
    by_program: bool = False
    """Whether the program alone writes such files: mended by hand, one would break the chain of the register."""

    @property
    def records(self) -> tuple[type[Entity], ...]:
        """The kinds of record that may stand in such a file."""
        return (self.record,) if self.record else tuple(self.lists.values())


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
    FileKind("data/pathways/*.yml", record=Pathway),
    FileKind("data/standard_texts/*.yml", record=StandardText),
    FileKind("data/figures/*.yml", record=Figure),
    FileKind("data/comparisons/*.yml", record=Comparison),
    FileKind("data/leaflets/*.yml", record=Leaflet),
    FileKind("data/language.yml", record=Language),
    FileKind("data/search_words.yml", lists={"search_words": SearchWord}),
    FileKind("data/waivers.yml", lists={"waivers": Waiver}),
    FileKind("data/editions.yml", lists={"editions": RegisterEntry}, largest=50 * LARGEST_FILE, by_program=True),
    FileKind("data/frozen/*.yml", record=FrozenText, by_program=True),
    FileKind("data/seal.yml", record=Seal, by_program=True),
)
SITE_FILE = "settings"
"""The one collection that is not a mapping in the Catalogue."""


def file_kind(path: PurePosixPath) -> FileKind | None:
    """Return what the file holds, or None where no file of that name belongs."""
    patterns = ((kind, PurePosixPath(kind.pattern)) for kind in FILE_KINDS)
    return next((k for k, p in patterns if path.parent == p.parent and fnmatchcase(path.name, p.name)), None)


def collection(record: type[Entity]) -> str:
    """Return the name of the Catalogue's collection of such records."""
    return COLLECTIONS.get(record, SITE_FILE)
