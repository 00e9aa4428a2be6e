"""Tables of figures, with everything that keeps a reader from misreading them."""

import re
from typing import Annotated

from pydantic import Field, FiniteFloat, ValidatorFunctionWrapHandler, WrapValidator

from generator.model.record import Citation, Entity, Record, Slug, Text


def _as_written(value: object, decode: ValidatorFunctionWrapHandler) -> float:
    """Keep a number that was written without decimals whole: 15 pct. in the source is not 15,0."""
    number: float = decode(value)
    return int(number) if re.fullmatch(r"\s*[-+]?\d+\s*", str(value)) else number


Number = Annotated[FiniteFloat, WrapValidator(_as_written)]


class Column(Record):
    """A column of figures; the id is a region's where the figures are by region."""

    id: Slug
    label: Text


class Row(Record):
    """A labelled row with one figure for each column; null where the source prints none."""

    label: Text
    group: Text | None = None
    standardised: bool | None = None
    """Whether this row is sex- and age-standardised; null where that has no meaning."""
    values: Annotated[tuple[Number | None, ...], Field(min_length=1)]


class Statistic(Entity):
    """One table of one source, with unit, period, population and caveats."""

    title: Text
    unit: Text
    period: Text
    population: Text
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]
    caveats: Annotated[tuple[Text, ...], Field(min_length=1)]
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    note: Text | None = None
