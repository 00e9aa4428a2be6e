"""Who has read which words and signed for them, in which role, when, and for how long."""

from typing import Annotated

from pydantic import Field

from generator.model.record import Day, Entity, Record, Slug, Text


class Approval(Record):
    """One signature under one text or part of a text, exactly as it was worded."""

    role: Text
    name: Text | None = None
    """Shown only by a region that says so (`shows_names`); null where the role is enough."""
    on: Day
    until: Day | None = None
    """The last day it counts; null: until the words change."""
    part: Slug | None = None
    """The part of a longer text, by its heading's anchor; null where the whole is signed at once."""
    text: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """Fingerprint of the words that were signed; `borgerinfo sign` reckons and writes it."""

    def holds_on(self, day: "Day") -> bool:
        """Say whether it counts on the day."""
        return self.on <= day and (self.until is None or day <= self.until)


Approvals = tuple[Approval, ...]


class Reviewed(Entity):
    """A text that somebody answers for, reads through on a day, and signs."""

    title: Text
    owner: Text | None
    last_reviewed: Day | None
    review_due: Day | None
    approved_by: Approvals | None
