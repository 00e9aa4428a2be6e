"""Work that was done before, kept by the hash of everything it was made from.

Kept as bytes and JSON, never in a form that runs code when it is read: a cache may come from elsewhere.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath

from generator.problems import Position, Problem
from generator.writing import open_directory, write_whole

MOST_ENTRIES = 4_000
"""Entries kept; the oldest go first."""
_DIGEST = hashlib.sha256().digest_size
LIBRARIES = ("markdown", "typst", "pikepdf", "qrcode", "mkdocs", "jinja2")
"""Those whose output is kept."""


class Cache:
    """A directory of results under the hash of their inputs; losing it costs time and nothing else."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what was kept under the key, or make it and keep it."""
        found = self.find(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def remembered(self, parts: tuple[object, ...], make: Callable[[], tuple[Problem, ...]]) -> tuple[Problem, ...]:
        """Return what was found in the parts before, or find it and keep it; the parts are told apart by `repr`."""
        return _problems(self.get(key("remembered", *parts), lambda: _rows(make())))

    def find(self, key: str) -> bytes | None:
        """Return what was kept under the key, or None where there is nothing, or something damaged."""
        try:
            kept = self._path(key).read_bytes()
        except OSError:
            return None
        digest, found = kept[:_DIGEST], kept[_DIGEST:]
        return found if hashlib.sha256(found).digest() == digest else None

    def has(self, key: str) -> bool:
        """Say whether something is kept under the key."""
        try:
            return self._path(key).is_file()
        except OSError:
            return False

    def keep(self, key: str, made: bytes) -> None:
        """Keep a result; a full or read-only disk costs time, not the build."""
        path = self._path(key)
        with suppress(OSError):
            open_directory(path.parent)
            write_whole(path, hashlib.sha256(made).digest() + made)

    def _path(self, key: str) -> Path:
        return self.directory / key[:2] / key

    def prune(self) -> None:
        """Remove the oldest entries where there are too many; others may be at it at the same time."""
        ages = {}
        with suppress(OSError):
            for path in self.directory.glob("??/*"):
                with suppress(OSError):
                    ages[path] = path.stat().st_mtime
        for path in sorted(ages, key=lambda path: ages[path], reverse=True)[MOST_ENTRIES:]:
            with suppress(OSError):
                path.unlink()


def _rows(problems: tuple[Problem, ...]) -> bytes:
    rows = [(str(p.position.path), p.position.line, p.position.column, p.message, p.remedy, p.check) for p in problems]
    return json.dumps(rows).encode()


def _problems(kept: bytes) -> tuple[Problem, ...]:
    return tuple(Problem(Position(PurePosixPath(row[0]), *row[1:3]), *row[3:]) for row in json.loads(kept))


def key(*parts: object) -> str:
    """Return the hash of what a result is made from; the program's own sources are part of it."""
    digest = hashlib.sha256(program_hash().encode())
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()


@cache
def program_hash() -> str:
    """Return the hash of the package's own files and of the libraries whose output is kept."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    for entry in sorted(name for place in sys.path for name in _installed(Path(place))):
        digest.update(entry.encode())
    return digest.hexdigest()


def _installed(place: Path) -> list[str]:
    """Return the names, with versions, of the libraries that matter; quicker than asking `importlib.metadata`."""
    try:
        names = [path.name for path in place.iterdir()]
    except OSError:
        return []
    return [n for n in names if n.endswith(".dist-info") and n.lower().partition("-")[0] in LIBRARIES]
