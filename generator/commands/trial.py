"""What a change of files would lead to: it is tried on a copy, so that nothing is written that has to be undone."""

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import load
from generator.cache import Cache, converter
from generator.checks import find
from generator.model.catalogue import Catalogue
from generator.problems import ContentError, Problem

EXPECTED = ("leaflet-codes",)
"""Checks that tell of the author's next step: a leaflet's codes are reserved when it is there."""


def new_problems(root: Path, catalogue: Catalogue, files: Mapping[str, str], days: Iterable[date]) -> list[Problem]:
    """Return the problems of a draft that the project would have with the files and does not have without them."""
    known = Counter(_core(p) for day in days for p in find(catalogue, day, "draft").errors)
    with TemporaryDirectory(prefix="borgerinfo-") as directory:
        copy = Path(directory)
        for name in ("data", "content"):
            shutil.copytree(root / name, copy / name, symlinks=True)
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


def _problems(root: Path, store: Cache, days: Iterable[date]) -> list[Problem]:
    try:
        catalogue = load(root, converter(store))
    except ContentError as error:
        return list(error.problems)
    return [problem for day in days for problem in find(catalogue, day, "draft").errors]


def _core(problem: Problem) -> tuple[str, str, str]:
    """Return what stays the same when lines are put in above it."""
    return str(problem.position.path), problem.message, problem.remedy
