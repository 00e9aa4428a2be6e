"""Which files a project is made from, and the hash of each: one answer for reading them and for seeing a change.

Imports next to nothing, so that a build with nothing to do costs next to nothing.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_BESIDE = re.compile(r"[._#].*|.*(~|\.swp)|thumbs\.db|desktop\.ini", re.IGNORECASE)
"""Names of what editors, git and the system leave beside what people write."""


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


def unix(data: bytes) -> bytes:
    """Return the bytes of a text with Unix line ends, which is how it is read."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def source_hash(data: bytes) -> str:
    """Return the SHA-256 of a text that counts as the same whatever its line ends are."""
    return hashlib.sha256(unix(data)).hexdigest()
