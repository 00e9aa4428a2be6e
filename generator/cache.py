"""Work that was done before, kept by the hash of everything it was made from."""

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

Value = TypeVar("Value")

if TYPE_CHECKING:
    from generator.loading import Convert
    from generator.model.topic import Body

LARGEST = 4_000
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

    def remembered(self, parts: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """Return what was made from the parts before, or make it and keep it; the parts are told apart by `repr`."""
        kept = self.get(key("remembered", *parts), lambda: pickle.dumps(make()))
        found: Value = pickle.loads(kept)  # written by this program, below the project's own directory
        return found

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
        return self._path(key).is_file()

    def keep(self, key: str, made: bytes) -> None:
        """Keep a result; a full or read-only disk costs time, not the build."""
        path = self._path(key)
        with suppress(OSError):
            open_directory(path.parent)
            write_whole(path, hashlib.sha256(made).digest() + made)

    def _path(self, key: str) -> Path:
        return self.directory / key[:2] / key

    def prune(self) -> None:
        """Remove the oldest entries where there are too many."""
        entries = sorted(self.directory.glob("??/*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in entries[LARGEST:]:
            path.unlink(missing_ok=True)


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


def text_key(body: str, path: PurePosixPath, first_line: int) -> str:
    """Return the key that a text's conversion is kept under."""
    return key("text", body, str(path), first_line)


def converter(store: Cache) -> "Convert":
    """Return the dialect's `convert`, with the trees it has made before."""
    from generator import markdown

    def convert(body: str, path: PurePosixPath, first_line: int) -> "Body":
        kept = store.get(
            text_key(body, path, first_line), lambda: pickle.dumps(markdown.convert(body, path, first_line))
        )
        found: Body = pickle.loads(kept)  # written by this program, below the project's own directory
        return found

    return convert


def rewrite(path: Path, text: str) -> None:
    """Write a file's text anew with the line ends and the permissions that it had; the text has Unix line ends."""
    if b"\r\n" in path.read_bytes():
        text = text.replace("\n", "\r\n")
    mode = path.stat().st_mode
    write_whole(path, text.encode())
    path.chmod(mode)


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file that the path leads to and move into place: no half files, and links stay links."""
    target = behind_links(path)
    descriptor, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    Path(name).replace(target)


def behind_links(path: Path) -> Path:
    """Return where a path leads, which may not be there yet, so that what is moved into place does not replace a link.

    Raises OSError where links lead in a ring, or to something in a directory that is not there: that is a disk that
    is not mounted, or a slip, and what would be written there is not where anybody looks.
    """
    for way in (path, *path.parents):
        if way.is_symlink() and not way.exists():
            target = Path(os.path.realpath(way))
            if target.is_symlink():
                raise OSError(f"linket »{way}« fører i ring – slet det")
            if not target.parent.is_dir():
                raise OSError(f"linket »{way}« fører til »{target}«, som ikke findes – opret mappen, eller slet linket")
    return Path(os.path.realpath(path))


def open_directory(path: Path) -> Path:
    """Return the directory that a path leads to, made where it is missing."""
    found = behind_links(path)
    found.mkdir(parents=True, exist_ok=True)
    return found
