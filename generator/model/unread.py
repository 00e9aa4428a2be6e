"""What could not be read, as far as it is known, so that one mistake is not reported again wherever it is felt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.model.record import Location, Origin
from generator.model.topic import Topic


@dataclass(frozen=True)
class Mention:
    """An id of another record, met in a record that could not be read for other reasons."""

    origin: Origin
    location: Location
    kind: str
    target: str


@dataclass(frozen=True)
class Unread:
    """Traces of the records that are missing from a Catalogue because an author must correct them first."""

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By collection, every id that was met, also those of records that could be read."""
    closed: frozenset[str] = frozenset()
    """The collections that a whole file is missing from, without a trace of what stands in it."""
    mentions: tuple[Mention, ...] = ()
    texts: tuple[Topic, ...] = ()
    """Texts whose front matter cannot be read: the body is there, what the text says of itself is not."""

    def may_have(self, kind: str, target: str) -> bool:
        """Say whether a record that is not in the Catalogue may stand in a file nevertheless."""
        return f"{kind}s" in self.closed or target in self.ids.get(f"{kind}s", ())

    def lacks_some(self, collection: str, read: Iterable[str]) -> bool:
        """Say whether the collection has more records than those that were read."""
        return collection in self.closed or not self.ids.get(collection, frozenset()) <= set(read)


NOTHING = Unread()
