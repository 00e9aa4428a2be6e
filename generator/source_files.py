"""Which files a project is made from, and the hash of each: one answer for reading them and for seeing a change.

Imports next to nothing, so that a build with nothing to do costs next to nothing.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

LEFT_BY_SYSTEMS = re.compile(r"\.DS_Store|\._.*|.*(?:~|\.swp|:Zone\.Identifier)|thumbs\.db|desktop\.ini", re.IGNORECASE)
"""Names of what systems and editors leave wherever they come."""
_BESIDE = re.compile(rf"[._#].*|{LEFT_BY_SYSTEMS.pattern}", re.IGNORECASE)
"""The same, and names of what git and editors hide beside what people write."""


def source_files(root: Path, directory: str) -> Iterator[PurePosixPath]:
    """Yield every file below the directory, relative to the root, in order; hidden ones and backups left out."""
    for path in sorted((root / directory).rglob("*")):
        relative = PurePosixPath(path.relative_to(root).as_posix())
        if not any(map(_BESIDE.fullmatch, relative.parts)) and (path.is_symlink() or path.is_file()):
            yield relative


def source_hashes(root: Path) -> dict[str, str]:
    """Return the hash of every file of facts and texts by its path; raises OSError where one cannot be read."""
    paths = [*source_files(root, "data"), *source_files(root, "content")]
    return {str(path): source_hash((root / path).read_bytes()) for path in paths}


def as_read(data: bytes) -> bytes:
    """Return the bytes of a text as it is read: with Unix line ends, and letters whole as most keyboards write them.

    A Mac may write å as a and a ring (NFD); it is the same letter (NFC, Unicode Standard Annex 15).
    """
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\xcc" in data or b"\xcd" in data:  # how U+0300 to U+036F begin in UTF-8
        with suppress(UnicodeDecodeError):  # whoever reads it tells what is wrong
            data = unicodedata.normalize("NFC", data.decode("utf-8")).encode()
    return data


def source_hash(data: bytes) -> str:
    """Return the SHA-256 of a text that counts as the same however its line ends and letters are written."""
    return hashlib.sha256(as_read(data)).hexdigest()
