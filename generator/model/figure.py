"""What is drawn from a table and how it is told: the words are an author's, the numbers stay in the table."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.approval import Approvals
from generator.model.record import Entity, Record, RegionId, Slug, StatisticId, Text

FigureForm = Literal["bars", "small-multiples", "dots", "flow", "change", "table"]
"""How numbers are drawn; a table alone, where a drawing would say more than they can bear."""


class Branch(Record):
    """One step of a flow: a row of the table, and the row it is a part of."""

    row: Text
    of: Text | None = None


class Difference(Record):
    """Where the source prints the change itself: a row or column of the same table, or of another."""

    statistic: StatisticId | None = None
    name: Text


class Part(Record):
    """One drawing: which numbers of which table, in what form."""

    statistic: StatisticId
    form: FigureForm
    title: Text
    unit: Text
    """What the numbers count, in few words, as it stands on the drawing."""
    lines: Literal["rows", "columns"] = "rows"
    """What has a line of its own in the drawing."""
    rows: tuple[Text, ...] = ()
    """The labels of the rows that are drawn; all where none is named."""
    groups: tuple[Text, ...] = ()
    """The groups whose rows are drawn; all where none is named."""
    columns: tuple[Slug, ...] = ()
    """The columns that are drawn; all where none is named."""
    between: tuple[Text, ...] = ()
    """For a change: the two rows or columns that it goes between, the first first."""
    difference: Difference | None = None
    branches: tuple[Branch, ...] = ()
    """For a flow: its steps, each after the one it is a part of. The first column is how many, a second what share."""


class Figure(Entity):
    """One page of drawings with their tables; the id is the file's name."""

    title: Text
    see: Text
    """One sentence or two: what to see. Every number in it stands in one of the tables."""
    region: RegionId | Literal["national", "multiple"]
    """The region that the numbers are about; `multiple` sets regions side by side."""
    order: int
    one_scale: bool = False
    """Whether all drawings of the figure share one scale, so that they can be compared with each other."""
    caveats: tuple[Text, ...] = ()
    """What must be said of the drawing, beside all that its tables say themselves."""
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    approved_by: Approvals | None = None
