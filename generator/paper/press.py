"""The printing press: jobs run by several processes, each kept while what it is made from is the same.

Knows nothing of what stands on a sheet; `print_files` says that.
"""

import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from generator.cache import Cache
from generator.problems import ContentError, Problem

LIFE = 200
"""Jobs that a process does before it is replaced: Typst keeps a little of each for ever."""


@dataclass(frozen=True)
class Printed:
    """What one job made: its files by address, the PDF first, and how many pages that has."""

    files: tuple[tuple[str, bytes], ...]
    pages: int

    @property
    def pdf(self) -> bytes:
        """The PDF."""
        return self.files[0][1]


@dataclass(frozen=True)
class Job:
    """Something to print: what it is called, the hash of all it is made from, and how it is made."""

    name: str
    key: str
    make: Callable[[], Printed]
    """Raises ContentError for what an author can correct."""
    family: Hashable
    """Jobs of one family are done by one process, one after the other: the first finds what the others need."""


def print_all(
    jobs: Sequence[Job], store: Cache, progress: Callable[[int, Job], None] = lambda number, job: None
) -> list[Printed]:
    """Return what the jobs made, in their order; what was made before from the same is taken from the cache.

    Calls `progress` with how many are done and the last of them. Raises ContentError with every mistake in them.
    """
    global _jobs
    _jobs, done = tuple(jobs), 0
    problems: list[Problem] = []
    made: dict[int, Printed] = {}
    try:
        for place, result in _results(store):
            done += 1
            progress(done, jobs[place])
            if isinstance(result, ContentError):
                problems += result.problems
            else:
                made[place] = result
    finally:
        _jobs = ()
    if problems:
        raise ContentError(sorted(set(problems)))
    return [made[place] for place in range(len(jobs))]


_jobs: tuple[Job, ...] = ()
"""What the workers inherit when they are forked."""
_Result = tuple[int, Printed | ContentError]


def _results(store: Cache) -> Iterator[_Result]:
    families: dict[Hashable, list[int]] = {}
    for place, job in enumerate(_jobs):
        if (kept := store.find(job.key)) is not None:
            yield place, _unpacked(kept)
        else:
            families.setdefault(job.family, []).append(place)
    if not families:
        return
    from generator.paper.typesetting import has_started  # only who sets something waits for the typesetter

    if has_started() or sum(map(len, families.values())) < 2:  # Typst's threads do not survive a fork
        for family in families.values():
            yield from _done(store, family)
        return
    longest_first = sorted(families.values(), key=len, reverse=True)
    processes = os.cpu_count() or 1
    for shift in _shifts(longest_first, processes * LIFE):
        yield from _together(store, shift, processes)


def _shifts(families: Sequence[list[int]], most: int) -> Iterator[list[list[int]]]:
    """Deal the families to shifts of at most so many jobs, larger families aside."""
    shift: list[list[int]] = []
    for family in families:
        if shift and sum(map(len, shift)) + len(family) > most:
            yield shift
            shift = []
        shift.append(family)
    yield shift


def _together(store: Cache, families: Sequence[list[int]], processes: int) -> Iterator[_Result]:
    quiet = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), quiet)
    try:
        for future in as_completed([pool.submit(_done, store, family) for family in families]):
            yield from future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _done(store: Cache, family: Sequence[int]) -> list[_Result]:
    return [(place, _one(store, _jobs[place])) for place in family]


def _one(store: Cache, job: Job) -> Printed | ContentError:
    try:
        made = job.make()
    except ContentError as error:
        return error
    store.keep(job.key, _packed(made))
    return made


def _packed(made: Printed) -> bytes:
    """Return the files one after the other, below a line that says which they are."""
    head = {"pages": made.pages, "files": [(address, len(data)) for address, data in made.files]}
    return b"\n".join((json.dumps(head).encode(), b"".join(data for _, data in made.files)))


def _unpacked(kept: bytes) -> Printed:
    head, _, rest = kept.partition(b"\n")
    told, stream = json.loads(head), BytesIO(rest)
    return Printed(tuple((address, stream.read(size)) for address, size in told["files"]), told["pages"])
