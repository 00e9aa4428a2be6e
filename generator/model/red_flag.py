"""The signs that call for help, how urgently, and on whose word."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from generator.model.approval import Approvals
from generator.model.record import Citation, Entity, Record, RedFlagId, Text

PaperLevel = Literal["emergency", "now", "soon"]
"""112 at once · call now, day or night · own GP within days; what can wait is for the page."""
Level = Literal[PaperLevel, "routine"]
"""The same, and own GP in ordinary time."""
PAPER_LEVELS: tuple[PaperLevel, ...] = get_args(PaperLevel)
LEVELS: tuple[Level, ...] = get_args(Level)


class Disagreement(Record):
    """What one source says where sources differ; shown to approvers."""

    citation: Citation
    says: Text


class RedFlag(Entity):
    """One sign, in words a reader can check against their own body, with a proposed urgency."""

    group: Text
    """Heading among signs of the same level, for a list longer than six lines."""
    text: Text
    """Goes on from the heading's “hvis”: starts in lower case, one idea, no full stop."""
    proposed_level: Level
    basis: Text
    """Why this level is proposed, for the clinician who signs; in Danish."""
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    disagreements: tuple[Disagreement, ...] = ()
    on_paper: bool = True
    """Whether the short list on leaflets carries it too."""
    front_text: Text | None = None
    """The same in fewer words, for the two or three signs that a first page names as examples."""
    approved_by: Approvals | None = None


class PaperLine(Record):
    """One line of the short list on paper, in which two signs or halves of signs may stand together."""

    text: Text
    """Goes on from the heading's “hvis”, as the signs' own words do."""
    short: Text | None = None
    """The same in fewer words for a card that fits a wallet; null where the text itself is short."""
    signs: Annotated[tuple[RedFlagId, ...], Field(min_length=1)]
    """The signs that it carries; one told in two lines stands under both."""


class UrgencyLevel(Entity):
    """How a level is headed, and what to do."""

    heading: Text
    action: Text
    closing: Text | None = None
    """The last line of the card, such as what to do when nobody answers."""
    paper_action: Text | None = None
    """The action on paper, where the numbers beside it tell whom to call and when; null: the same."""
    paper_lines: tuple[PaperLine, ...] = ()
    """The level's signs on paper in fewer or shorter lines; empty where each sign stands there in its own words."""
    approved_by: Approvals | None = None
    """For the lines on paper; each sign and its urgency are signed for by themselves."""

    @property
    def heading_of_examples(self) -> str:
        """The heading over a few of its signs, which must not be taken for all: »Ring nu, fx hvis«."""
        before, condition = self.heading.removesuffix(" hvis"), self.heading.endswith(" hvis")
        return f"{before} fx hvis" if condition else f"{self.heading} fx"
