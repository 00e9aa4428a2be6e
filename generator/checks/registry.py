"""What a check is: its id, the function that finds, what it means on each profile, whether it can be waived."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, Protocol

from generator.model.catalogue import Catalogue
from generator.model.unread import NOTHING, Unread
from generator.problems import Problem

Severity = Literal["error", "advice", "off"]
"""An error stops a build; advice is told and stops nothing; what is off is not asked for."""


class Remember(Protocol):
    """Where costly work on one text may be kept: the parts are all that the result is made from."""

    def __call__(self, parts: tuple[object, ...], make: Callable[[], tuple[Problem, ...]]) -> tuple[Problem, ...]:
        """Return what was found in the parts before, or find it."""
        ...


def afresh(parts: tuple[object, ...], make: Callable[[], tuple[Problem, ...]]) -> tuple[Problem, ...]:
    """Find it, and remember nothing."""
    return make()


@dataclass(frozen=True)
class Subject:
    """What a check may ask about; it names in its parameters what it wants to know."""

    catalogue: Catalogue
    as_of: date = date.min
    region: str | None = None
    """The id of the one region that is built or published; None: all."""
    unread: Unread = NOTHING
    waivable: Mapping[str, bool] = field(default_factory=dict)
    """Every check's id, and whether what it finds can be waived."""
    remember: Remember = afresh
    """For a check that is slow on each text: `remember((id, hash of the text, …), lambda: [*problems])`."""


@dataclass(frozen=True)
class Check:
    """One thing that must be true of a Catalogue: a pure generator of Problems, the reason in its docstring.

    The id stands in `data/waivers.yml` and in reports, so it never changes. What a person may come to harm by is
    never `waivable`: signs, numbers, approvals and dates are corrected.
    """

    id: str
    find: Callable[..., Iterable[Problem]]
    draft: Severity = "error"
    publish: Severity = "error"
    waivable: bool = False

    def severity(self, profile: str) -> Severity:
        """Return what its problems mean on a profile."""
        return self.publish if profile == "publish" else self.draft

    def problems(self, subject: Subject) -> Iterator[Problem]:
        """Yield what it finds, each with the id of the check."""
        for problem in self.find(**{name: getattr(subject, name) for name in self._wanted}):
            yield replace(problem, check=self.id)

    @cached_property
    def _wanted(self) -> tuple[str, ...]:
        return tuple(inspect.signature(self.find).parameters)


def publishing(id: str, find: Callable[..., Iterable[Problem]], **known: Any) -> Check:
    """Return a check that only stands in the way of publication; a draft says for itself what it lacks."""
    return Check(id, find, draft="off", **known)


def advising(id: str, find: Callable[..., Iterable[Problem]]) -> Check:
    """Return a check whose problems are told and stop nothing, and which can be waived with a reason."""
    return Check(id, find, draft="advice", publish="advice", waivable=True)
