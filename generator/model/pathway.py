"""Decision paths: questions, answers and actions from a guideline, in an order in which one can read them.

A path is reading matter. It is the same for everyone, nothing is filled in, and no result comes out of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from generator.model.approval import Reviewed
from generator.model.record import Citation, InterventionId, Location, PathwayId, Record, RegionId, Slug, Text


class Answer(Record):
    """One answer to a step's question, and the step that it leads to."""

    answer: Text
    to: Slug


class Step(Record):
    """One step: a question with answers, or an action that leads on or ends the path."""

    id: Slug
    question: Text | None = None
    action: Text | None = None
    points: tuple[Text, ...] = ()
    """Short lines under the words, such as the examples that the source gives."""
    answers: Annotated[tuple[Answer, ...], Field(max_length=3)] = ()
    """Three at the most stand side by side on a phone."""
    then: Slug | None = None
    ends: bool = False
    """Said aloud, so that an end is never merely something that was forgotten."""
    onward: PathwayId | None = None
    """Another path that goes on from here."""
    note: Text | None = None
    """What the source does not say, or says elsewhere; on the list, not in the drawing."""
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]

    @property
    def words(self) -> str:
        """What the step says; nothing where an author has forgotten it."""
        return self.question or self.action or ""

    @property
    def ways(self) -> tuple["Way", ...]:
        """Every way out of the step, in the order in which they are written."""
        answers = tuple(Way(a.answer, a.to, ("answers", i, "to")) for i, a in enumerate(self.answers))
        return (*answers, Way("", self.then, ("then",))) if self.then else answers


@dataclass(frozen=True)
class Way:
    """A way from one step to another: the answer that opens it, if any, and where it is written in the step."""

    answer: str
    to: str
    location: Location


class Pathway(Reviewed):
    """One decision path with what it rests on; the id is the file's name."""

    promise: Text
    """One short line for lists: what the reader gets."""
    summary: Text
    """The lead: what the path shows and whose it is."""
    region: RegionId | Literal["national"]
    order: int
    """Place in lists; lowest first."""
    steps: Annotated[tuple[Step, ...], Field(min_length=2, max_length=30)]
    """The first one is where the path begins; a drawing of more than thirty is not read."""
    limits: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What a reader must not read into it."""
    own_drawing: InterventionId | None = None
    """The publisher's own flowchart, which no source shows: it gets an empty place, never an imitation."""

    def in_order(self) -> Iterator[Step]:
        """Yield the steps so that every way leads forward, otherwise as they are written; in a ring, as written."""
        left = list(self.steps)
        while left:
            targets = {way.to for step in left for way in step.ways}
            step = next((step for step in left if step.id not in targets), left[0])
            left.remove(step)
            yield step
