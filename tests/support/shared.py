"""What the processes of one run of the tests make once and share: the first to ask makes it, the others wait."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

_PLACE = "BORGERINFO_TEST_RUN"
"""The variable by which a worker knows the directory of its run; it is none of the program's."""


def begin() -> None:
    """Make the directory of a run, before its workers are started."""
    os.environ[_PLACE] = mkdtemp(prefix="borgerinfo-run-")
    Path(os.environ[_PLACE]).chmod(0o755)  # Apache, which serves as nobody, must be able to enter


def end() -> None:
    """Remove all that was shared."""
    shutil.rmtree(os.environ.pop(_PLACE), ignore_errors=True)


@cache
def directory() -> Path:
    """Return the directory of this run, made here where no run has been begun."""
    if _PLACE not in os.environ:
        begin()
    return Path(os.environ[_PLACE])


def once(kind: str, of: object, make: Callable[[Path], object]) -> Path:
    """Return the directory that `make` fills, told apart by kind and what it is made of, which `repr` must tell.

    Nobody may write into it afterwards. Whoever is killed while making it leaves no lock, and nothing under its name.
    """
    place = directory() / f"{kind}-{hashlib.sha256(repr(of).encode()).hexdigest()[:16]}"
    if not place.is_dir():
        with _alone(place.with_suffix(".lock")):
            if not place.is_dir():
                half = place.with_suffix(".half")
                shutil.rmtree(half, ignore_errors=True)
                half.mkdir()
                make(half)
                half.rename(place)
    return place


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold a lock that goes with the process."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
