"""Texts that are copied and sent: the wording where somebody has published it, and only the structure where not."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.approval import Reviewed
from generator.model.record import Citation, InterventionId, Record, RegionId, Text

ADDRESS = "[adresse]"
"""Stands in a wording where the short address of what is sent belongs."""


class Piece(Record):
    """One piece of a text whose wording is not known: what stands there, according to the source."""

    says: Text
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]


class StandardText(Reviewed):
    """One text for copying; the id is the file's name."""

    region: RegionId | Literal["national"]
    audience: Literal["patients", "colleagues"]
    use: Text
    """When it is used, and by whom."""
    intervention: InterventionId | None = None
    """The initiative that it belongs to."""
    wording: tuple[Text, ...] = ()
    """Its paragraphs, with what is to be filled in by hand in square brackets; empty until it is published."""
    structure: tuple[Piece, ...] = ()
    """What the source says of its content, in order; shown where there is no wording."""
    version: Text | None
    """As whoever wrote it calls it; null: not told."""
    written_by: Text | None
    citations: tuple[Citation, ...] = ()
