"""What readers answered, as the feedback service counts it: how many said yes, partly and no, never their words.

The file is that of `borgerinfo feedback export --format counts`. The service imports nothing from here, so its form is
told a second time, and a file of another form is refused whole: half of the answers would look like all of them.
"""

from collections import Counter
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from generator.model.record import Day, Record

Count = Annotated[int, Field(ge=0, le=10**9, strict=True)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9/-]*$", max_length=200)]
"""An address below a region's first page, a code or a region's id: nothing that could be anything else."""


class Tally(Record):
    """How often each answer to one question was given; nobody has to answer."""

    yes: Count = 0
    partly: Count = 0
    no: Count = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(yes=self.yes + other.yes, partly=self.partly + other.partly, no=self.no + other.no)

    @property
    def sum(self) -> int:
        """How many answered."""
        return self.yes + self.partly + self.no


class AnswerCounts(Record):
    """All that was answered about one thing."""

    messages: Count = 0
    texts: Count = 0
    """How many also wrote something; it is read in the service's inbox."""
    found: Tally = Tally()
    clear: Tally = Tally()
    call: Tally = Tally()

    def __add__(self, other: "AnswerCounts") -> "AnswerCounts":
        """Return both together."""
        return AnswerCounts(
            messages=self.messages + other.messages, texts=self.texts + other.texts, found=self.found + other.found,
            clear=self.clear + other.clear, call=self.call + other.call,
        )  # fmt: skip


class CountedRow(AnswerCounts):
    """The answers of one region's readers about one page or one code; about neither, where both are empty."""

    region: Name
    page: Name
    edition: Name

    @model_validator(mode="after")
    def _adds_up(self) -> "CountedRow":
        if max(self.texts, self.found.sum, self.clear.sum, self.call.sum) > self.messages:
            raise ValueError("more answers than messages")
        return self


class ReaderCounts(Record):
    """The whole file."""

    version: Literal[1]
    counted_on: Day
    counts: tuple[CountedRow, ...]

    @model_validator(mode="after")
    def _once_each(self) -> "ReaderCounts":
        told = Counter((row.region, row.page, row.edition) for row in self.counts)
        if any(times > 1 for times in told.values()):
            raise ValueError("counted twice")
        return self


class NotCountsError(Exception):
    """The file holds something else; the message is Danish and says where it stopped making sense."""


def reader_counts(content: bytes) -> ReaderCounts:
    """Return what a file of counts says; raises NotCountsError for anything that the service would not have written."""
    try:
        return ReaderCounts.model_validate_json(content)
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        where = f" (ved {place})" if place else ""
        again = "lav den med »borgerinfo feedback export --format counts --out FIL«"
        raise NotCountsError(f"det er ikke en fil med tal for læsernes svar{where} – {again}") from error
