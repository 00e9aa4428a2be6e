"""Files written whole: a reader never meets half of one, and line ends and permissions stay as they were."""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path


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


def rewrite(path: Path, text: str) -> None:
    """Write a file's text anew with the line ends that it had; the text has Unix line ends."""
    if b"\r\n" in path.read_bytes():
        text = text.replace("\n", "\r\n")
    write_whole(path, text.encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file that the path leads to and move into place: no half files, and links stay links.

    A file that was there keeps its permissions, a new one has those of any new file. Raises OSError with the path.
    """
    target = behind_links(path)
    fresh = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        fresh.write_bytes(data)
        if target.exists():
            fresh.chmod(target.stat().st_mode)
        fresh.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            fresh.unlink()


def link_or_copy(old: Path, new: Path) -> None:
    """Let the new place have the old one's file; a link costs less than a copy, where the disk knows links."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
