"""Regions side by side, as they told of themselves in one report; and what a region can take to a meeting."""

from typing import Annotated

from pydantic import Field

from generator.model.approval import Approvals
from generator.model.record import Entity, Record, RegionId, Slug, SourceId, Text, TopicId


class RegionalCaveat(Record):
    """What is particular to one region's answer."""

    region: RegionId
    says: Text


class Exercise(Record):
    """The points of a list in a text, to be answered in writing."""

    title: Text
    topic: TopicId
    section: Slug
    """The anchor of the heading that the list stands under."""
    prompts: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What is to be written at each point, each with lines of its own."""


class Worksheet(Record):
    """A sheet to print and write on."""

    title: Text
    summary: Text
    head: tuple[Text, ...] = ()
    """What is filled in first, such as the date."""
    exercises: Annotated[tuple[Exercise, ...], Field(min_length=1)]
    agreement: Text
    """The last question: who does what by when."""


class Comparison(Entity):
    """A page that sets the counted interventions of a report side by side; the id is its address below `fagfolk/`."""

    title: Text
    summary: Text
    source: SourceId
    """Only interventions that were reported there are compared, since regions were not asked elsewhere."""
    not_reported: Text
    """What stands where a region has told of nothing; silence is never a no."""
    caveats: Annotated[tuple[Text, ...], Field(min_length=1)]
    regional_caveats: tuple[RegionalCaveat, ...] = ()
    worksheet: Worksheet | None = None
    approved_by: Approvals | None = None
