"""What has a beginning has it before its end."""

from collections.abc import Iterator

from pydantic import BaseModel

from generator.model.catalogue import Catalogue
from generator.model.record import Lasting, Location
from generator.problems import Problem


def check_lifetimes(catalogue: Catalogue) -> Iterator[Problem]:
    """A lifetime that ends before it starts hides the fact on every day, and nobody would notice."""
    for entity in catalogue.entities():
        for location, lasting in _lasting(entity, ()):
            if lasting.valid_from and lasting.valid_to and lasting.valid_to < lasting.valid_from:
                yield entity.problem(
                    f"gælder til {lasting.valid_to}, men først fra {lasting.valid_from}",
                    "ret valid_from eller valid_to",
                    *location,
                    "valid_to",
                )


def _lasting(record: BaseModel, location: Location) -> Iterator[tuple[Location, Lasting]]:
    if isinstance(record, Lasting):
        yield location, record
    for name in type(record).model_fields:
        value = getattr(record, name)
        items = enumerate(value) if isinstance(value, tuple) else ()
        if isinstance(value, BaseModel):
            yield from _lasting(value, (*location, name))
        for index, item in items:
            if isinstance(item, BaseModel):
                yield from _lasting(item, (*location, name, index))
