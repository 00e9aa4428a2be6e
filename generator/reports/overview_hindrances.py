"""What stands between today's draft and pages that can be published: for all regions, for each, and file by file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.checks import find
from generator.model.catalogue import Catalogue
from generator.problems import Problem

QUOTED = 3
"""Objections of one check that are quoted; one that finds more of them has one for each name or number."""


@dataclass(frozen=True)
class Objection:
    """One thing to correct, in the words of `check`."""

    check: str
    line: int
    column: int
    message: str
    remedy: str

    @classmethod
    def of(cls, problem: Problem) -> "Objection":
        """Return a problem apart from the file that it stands in."""
        place = problem.position
        return cls(problem.check, place.line, place.column, problem.message, problem.remedy)


@dataclass(frozen=True)
class FileHindrances:
    """All that is to be corrected in one file."""

    path: str
    problems: tuple[Objection, ...]


@dataclass(frozen=True)
class RegionHindrances:
    """Whether a region can publish alone on the day, and what only concerns it."""

    id: str
    name: str
    short_name: str
    can_publish: bool
    problems: int
    """All that stand in its way, those in common included."""
    own: tuple[FileHindrances, ...]

    @property
    def alone(self) -> int:
        """How many concern it and not every other region."""
        return sum(len(file.problems) for file in self.own)


@dataclass(frozen=True)
class CheckHindrances:
    """What one check found: in all, and for each region in their order."""

    check: str
    says: tuple[str, ...]
    """Its objections, or the first of them where each is about a thing of its own."""
    is_example: bool
    all: int
    by_region: tuple[int, ...]


@dataclass(frozen=True)
class Hindrances:
    """All of it, each problem once: in common, with the region that it concerns, or with neither."""

    can_publish: bool
    problems: int
    kinds: tuple[CheckHindrances, ...]
    common: tuple[FileHindrances, ...]
    """What every region has to wait for; empty where there is only one."""
    regions: tuple[RegionHindrances, ...]
    rest: tuple[FileHindrances, ...]
    """What stands in the way only where all regions are published together."""


def hindrances(catalogue: Catalogue, as_of: date, whole: tuple[Problem, ...]) -> Hindrances:
    """Return what stands in the way; `whole` are the errors of the publish profile for all regions together."""
    there = catalogue.regions_on(as_of)
    each = [find(catalogue, as_of, "publish", region.id, ("error",)).errors for region in there]
    common = set.intersection(*map(set, each)) if len(each) > 1 else set()
    regions = tuple(
        RegionHindrances(
            region.id, region.name, region.short_name, not errors, len(errors), _by_file(set(errors) - common)
        )
        for region, errors in zip(there, each, strict=True)
    )
    rest = set(whole) - {problem for errors in each for problem in errors}
    kinds = tuple(_kinds(whole, each))
    return Hindrances(not whole, len(whole), kinds, _by_file(common), regions, _by_file(rest))


def _by_file(problems: Iterable[Problem]) -> tuple[FileHindrances, ...]:
    files: dict[str, list[Objection]] = {}
    for problem in sorted(problems):
        files.setdefault(str(problem.position.path), []).append(Objection.of(problem))
    return tuple(FileHindrances(path, tuple(found)) for path, found in files.items())


def _kinds(whole: tuple[Problem, ...], each: list[tuple[Problem, ...]]) -> Iterator[CheckHindrances]:
    """Yield what every check found, the most frequent first."""
    found: dict[str, list[Problem]] = {}
    for problem in whole:
        found.setdefault(problem.check, []).append(problem)
    for check, problems in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        said = tuple(dict.fromkeys(problem.message for problem in problems))
        is_example = len(said) > QUOTED
        by_region = tuple(sum(problem.check == check for problem in errors) for errors in each)
        yield CheckHindrances(check, said[:1] if is_example else said, is_example, len(problems), by_region)
