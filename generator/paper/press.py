"""The printing press: jobs run by several processes, each kept while what it is made from is the same.

Knows nothing of what stands on a sheet; `print_files` says that.
"""

import json
import os
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from io import BytesIO

from generator.cache import Cache, key
from generator.problems import ContentError, Problem
from generator.workforce import workforce

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
    jobs: Sequence[Job],
    store: Cache,
    progress: Callable[[int, Job], None] = lambda number, job: None,
    spoiled: list[Problem] | None = None,
) -> list[Printed]:
    """Return what the jobs made, in their order; what was made before from the same is taken from the cache.

    Calls `progress` with how many are done and the last of them. Raises ContentError with every mistake in them; where
    `spoiled` is given they are put there instead, as long as the sheet was printed before and can stay as it was.
    """
    global _jobs
    _jobs, done = tuple(jobs), 0
    problems: list[Problem] = []
    made: dict[int, Printed] = {}
    try:
        for place, result in _results(store):
            done += 1
            progress(done, jobs[place])
            if isinstance(result, ContentError) and spoiled is not None and (last := _last(jobs[place], store)):
                spoiled += result.problems
                made[place] = last
            elif isinstance(result, ContentError):
                problems += result.problems
            else:
                made[place] = result
    finally:
        _jobs = ()
    if problems:
        raise ContentError(sorted(set(problems)))
    return [made[place] for place in range(len(jobs))]


def _kept(job: Job, store: Cache) -> Printed | None:
    kept = store.find(job.key)
    return None if kept is None else _unpacked(kept)


def _last(job: Job, store: Cache) -> Printed | None:
    """Return what the job of that name made the last time, whatever it was made from."""
    kept = store.find(key("last printed", job.name))
    found = None if kept is None else store.find(kept.decode())
    return None if found is None else _unpacked(found)


_jobs: tuple[Job, ...] = ()
"""What the workers inherit when they are forked."""
_Result = tuple[int, Printed | ContentError]


def _results(store: Cache) -> Iterator[_Result]:
    families: dict[Hashable, list[int]] = {}
    for place, job in enumerate(_jobs):
        if (kept := _kept(job, store)) is not None:
            yield place, kept
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
    with workforce(processes) as pool:
        for future in as_completed([pool.submit(_done, store, family) for family in families]):
            yield from future.result()


def _done(store: Cache, family: Sequence[int]) -> list[_Result]:
    return [(place, _one(store, _jobs[place])) for place in family]


def _one(store: Cache, job: Job) -> Printed | ContentError:
    try:
        made = job.make()
    except ContentError as error:
        return error
    store.keep(job.key, _packed(made))
    store.keep(key("last printed", job.name), job.key.encode())
    return made


def _packed(made: Printed) -> bytes:
    """Return the files one after the other, below a line that says which they are."""
    head = {"pages": made.pages, "files": [(address, len(data)) for address, data in made.files]}
    return b"\n".join((json.dumps(head).encode(), b"".join(data for _, data in made.files)))


def _unpacked(kept: bytes) -> Printed:
    head, _, rest = kept.partition(b"\n")
    told, stream = json.loads(head), BytesIO(rest)
    return Printed(tuple((address, stream.read(size)) for address, size in told["files"]), told["pages"])
