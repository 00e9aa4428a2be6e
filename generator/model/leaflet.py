"""Leaflets: topics in an order, for an audience, in formats."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from generator.model.approval import Approvals
from generator.model.record import Entity, Record, RegionId, Text, TopicId
from generator.model.red_flag import PAPER_LEVELS, PaperLevel

Format = Literal[
    "a4", "a4bw", "a4large", "a4bleed", "fold", "foldbw", "foldbleed", "a5", "a5booklet", "card", "poster", "screen"
]
"""Format ids hold no hyphen, so that `<leaflet>-<format>.pdf` can be taken apart."""

Family = Literal["a4", "card", "poster", "screen"]
"""The formats that carry the same words and therefore the same code: the whole text, or what fits on less."""


def family(paper_format: Format) -> Family:
    """Return the family that a format belongs to; every sheet that carries the whole text is of the family `a4`."""
    return _SHORTER.get(paper_format, "a4")


_SHORTER: Mapping[str, Family] = {"card": "card", "poster": "poster", "screen": "screen"}


class LeafletPart(Record):
    """A topic, or some of its sections by their headings' ids; null is the whole topic."""

    topic: TopicId
    sections: tuple[Text, ...] | None = None


SHORT_FAMILIES = ("card", "poster", "screen")
"""What has room for a few words only."""


class Leaflet(Entity):
    """One leaflet: what it is called, what it carries, and who hands it out."""

    title: Text
    promise: Text
    """One line on the card and under the title."""
    audience: Literal["citizens", "clinicians"]
    order: int = 50
    """Place in lists; lowest first."""
    language: Text = "da"
    parts: Annotated[tuple[LeafletPart, ...], Field(min_length=1)]
    short_parts: tuple[LeafletPart, ...] | None = None
    """What a card, a poster or slides carry of it; null: the same as everything else, empty: the signs alone."""
    signs: tuple[PaperLevel, ...] = PAPER_LEVELS
    """The levels of urgency whose signs it carries; empty for what is given to clinicians."""
    landing_topic: TopicId
    """The page that the code on the paper leads to."""
    formats: Annotated[tuple[Format, ...], Field(min_length=1)]
    senders: Annotated[tuple[RegionId, ...], Field(min_length=1)]
    origin_notice: Text
    """Whose words these are, printed on every copy."""
    title_permission: Text | None = None
    """Who has allowed the use of a title that belongs to somebody else; empty blocks publication."""
    approved_by: Approvals | None = None
    """Who stands behind its title, its line, and what was chosen for it; the texts have signatures of their own."""

    def parts_for(self, format_family: Family) -> tuple[LeafletPart, ...]:
        """Return the parts that sheets of the family carry."""
        if format_family in SHORT_FAMILIES and self.short_parts is not None:
            return self.short_parts
        return self.parts

    @property
    def families(self) -> tuple[Family, ...]:
        """The families of its formats, each once: what it needs codes for."""
        return tuple(dict.fromkeys(family(paper_format) for paper_format in self.formats))
