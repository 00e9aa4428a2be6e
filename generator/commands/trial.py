"""What a change of source files would lead to: tried on a copy first, so that nothing is written that has to be undone.

The only way in which commands write into `data/` and `content/`. What stands in the register of codes can never be
taken back, so a line that the loader would refuse must not get there.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from generator.cache import Cache
from generator.checks import check_day, check_structure
from generator.commands.messages import refuse
from generator.loading import read
from generator.loading.conversion import converter
from generator.model.catalogue import Catalogue
from generator.problems import Problem
from generator.source_files import source_files
from generator.writing import rewrite, write_whole

EXPECTED = ("leaflet-codes",)
"""Checks that tell of the author's next step: a leaflet's codes are reserved when it is there."""


@dataclass(frozen=True)
class Tried:
    """Whole files by path, with which the project can be read; `try_out` makes them."""

    root: Path
    files: Mapping[str, str]

    def put(self) -> None:
        """Put the files in place, in their order and with the line ends of old ones."""
        for name, text in self.files.items():
            path = self.root / name
            if path.is_file():
                rewrite(path, text)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, text.encode())


def try_out(
    root: Path, catalogue: Catalogue | None, files: Mapping[str, str], days: Iterable[date] = (),
    options: Mapping[str, str | None] | None = None,
) -> Tried:  # fmt: skip
    """Read the project with the files in place of those that are there, and return what may be written.

    Where it has problems then that it has not now, the command ends: with 2 and the problem where that stands in the
    value of one of the `options` (by name), as the files quote it, and else with 1 and all of them.
    """
    problems = _new_problems(root, catalogue, files, tuple(days))
    for problem in problems:
        if option := _option_at(problem, files, options or {}):
            raise click.UsageError(f"--{option}: {problem.message} – {problem.remedy}")
    if problems:
        refuse(problems)
    return Tried(root, files)


def _new_problems(
    root: Path, catalogue: Catalogue | None, files: Mapping[str, str], days: tuple[date, ...]
) -> list[Problem]:
    """Return the problems of a draft that the project would have with the files and does not have without them."""
    known = Counter(_core(p) for day in days if catalogue for p in check_day(catalogue, day, "draft"))
    with TemporaryDirectory(prefix="borgerinfo-") as directory:
        copy = Path(directory)
        _copy(root, copy)
        for path, text in files.items():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_text(text, "utf-8")
        found = _problems(copy, Cache(root / ".cache"), days)
    fresh = []
    for problem in found:
        if known[_core(problem)]:
            known[_core(problem)] -= 1
        elif problem.check not in EXPECTED and problem not in fresh:
            fresh.append(problem)
    return fresh


def _copy(root: Path, copy: Path) -> None:
    """Copy what the loader reads, with what links lead to in place of the links: elsewhere they may lead nowhere."""
    for directory in ("data", "content"):
        for path in source_files(root, directory):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            with suppress(OSError):  # what cannot be read is missing, and that is told
                (copy / path).write_bytes((root / path).read_bytes())


def _problems(root: Path, store: Cache, days: tuple[date, ...]) -> list[Problem]:
    reading = read(root, converter(store))  # and not `load`, which says of the register to fetch it as it was
    if problems := [*reading.problems, *check_structure(reading.catalogue, reading.unread)]:
        return problems
    return [problem for day in days for problem in check_day(reading.catalogue, day, "draft")]


def _core(problem: Problem) -> tuple[str, str, str]:
    """Return what stays the same when lines are put in above it."""
    return str(problem.position.path), problem.message, problem.remedy


def _option_at(problem: Problem, files: Mapping[str, str], options: Mapping[str, str | None]) -> str | None:
    """Return the option whose value the problem stands in, if it stands in one."""
    lines = files.get(str(problem.position.path), "").split("\n")
    line, column = lines[problem.position.line - 1 :][:1], problem.position.column - 1
    for option, value in options.items():
        quoted = json.dumps(value, ensure_ascii=False)
        for text in line if value is not None else ():
            if 0 <= text.find(quoted) <= column < text.find(quoted) + len(quoted):
                return option
    return None
