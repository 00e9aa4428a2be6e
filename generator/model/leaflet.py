"""Leaflets: topics in an order, for an audience, in formats; and the register of printed editions."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.record import Day, Entity, LeafletId, Record, RegionId, Text, TopicId

Format = Literal["a4"]
"""Format ids hold no hyphen, so that `<leaflet>-<format>.pdf` can be taken apart."""


class Part(Record):
    """A topic, or some of its sections by their headings' ids; null is the whole topic."""

    topic: TopicId
    sections: tuple[Text, ...] | None = None


class Leaflet(Entity):
    """One leaflet: what it is called, what it carries, and who hands it out."""

    title: Text
    promise: Text
    """One line on the card and under the title."""
    audience: Literal["citizens", "clinicians"]
    language: Text = "da"
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    landing_topic: TopicId
    """The page that the code on the paper leads to."""
    formats: Annotated[tuple[Format, ...], Field(min_length=1)]
    senders: Annotated[tuple[RegionId, ...], Field(min_length=1)]
    origin_notice: Text
    """Whose words these are, printed on every copy."""
    title_permission: Text | None = None
    """Who has allowed the use of a title that belongs to somebody else; empty blocks publication."""


class PrintedEdition(Entity):
    """One leaflet reserved or frozen for one sender, language and format family, under a permanent code."""

    leaflet: LeafletId
    sender: RegionId
    language: Text
    format_family: Text
    status: Literal["draft", "current", "replaced", "withdrawn"]
    reserved_on: Day
    chain: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """Ties the line to everything before it in the register; written by `borgerinfo new code`."""
