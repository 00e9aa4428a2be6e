"""Putting a finished tree in the place of the old one at once, so that nobody ever meets half a site."""

import ctypes
import errno
import os
import shutil
from pathlib import Path

_EXCHANGE = 2
_HERE = -100
"""Linux: swap two names in one step (RENAME_EXCHANGE), both relative to the current directory (AT_FDCWD)."""


def put_in_place(staging: Path, out: Path) -> None:
    """Make `out` the staged tree; on Linux in one step, elsewhere in two that `recover` can finish."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if not out.exists():
        staging.rename(out)
        return
    if not out.is_dir():
        raise NotADirectoryError(f"»{out}« er en fil – vælg en anden mappe med --out")
    if not _exchange(staging, out):
        try:
            out.rename(_old(out))
        except OSError as error:
            raise (_fixed(out) if error.errno in (errno.EBUSY, errno.EXDEV) else error) from error
        staging.rename(out)
        shutil.rmtree(_old(out), ignore_errors=True)


def refuse_mount(out: Path) -> None:
    """Raise OSError where the directory is a disk of its own; told before everything is made, where that shows."""
    if os.path.ismount(out):
        raise _fixed(out)


def _fixed(out: Path) -> OSError:
    """Return what to say of a directory that the system does not let anybody swap, such as one that is mounted."""
    return OSError(
        f"»{out}« er koblet på for sig (mount) og kan ikke byttes ud på én gang – kobl mappen over den på i stedet, "
        f"eller vælg en mappe i den, fx --out {out / 'www'}"
    )


def recover(out: Path) -> None:
    """Put the old tree back where a build was killed between its two steps, and clear what killed builds left."""
    if _old(out).exists():
        if out.exists():
            shutil.rmtree(_old(out), ignore_errors=True)
        else:
            _old(out).rename(out)
    for left in out.parent.glob(f".{out.name}.new-*"):
        number = left.name.rpartition("-")[2]
        if number.isdigit() and not _is_running(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _old(out: Path) -> Path:
    return out.parent / f".{out.name}.old"


def _exchange(one: Path, other: Path) -> bool:
    """Swap the two directories in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
