"""Source files, read safely: nothing too large, nothing from outside the tree, nothing but visible UTF-8."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.problems import ContentError, Position, Problem
from generator.source_files import as_read

LARGEST_FILE = 1_000_000
"""Bytes; the largest real file is a twentieth of that, and a reader's mistake should not fill the memory."""
UNREADABLE = "giv lov til at læse den"
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
"""Control characters, soft hyphens, joiners, line separators and marks of direction: nobody sees them, and a
heading, an id or a phone number that holds one is not what it looks like."""


def refuse_stray_link(root: Path, path: PurePosixPath) -> None:
    """Raise where the path is a symbolic link to nothing, to a directory, or to something outside the project."""
    full = root / path
    try:
        target = full.resolve()
    except (OSError, RuntimeError):  # a ring of links; which of the two depends on the Python version
        raise _refused(path, "linket fører i ring", "slet det, eller læg selve filen her") from None
    if not target.is_relative_to(root.resolve()):
        raise _refused(path, "filen er et link ud af projektet", "læg selve filen her")
    if target.is_dir():
        raise _refused(path, "mappen er et link", "læg selve mappen her")
    if not target.is_file():
        raise _refused(path, "linket fører ingen steder hen", "slet det, eller læg selve filen her")


def read_text(root: Path, path: PurePosixPath, largest: int = LARGEST_FILE) -> str:
    """Return the file's text with Unix line ends, or raise with what is wrong with it."""
    refuse_stray_link(root, path)
    full = root / path
    try:
        if full.stat().st_size > largest:
            raise _refused(path, f"filen fylder mere end {largest // 1_000_000} MB", "del den, eller læg kun tekst her")
        data = as_read(full.read_bytes())
    except OSError as error:
        raise _refused(path, f"filen kan ikke åbnes ({error.strerror})", UNREADABLE) from None
    text = _decoded(path, data)
    if hidden := list(invisible(path, text)):
        raise ContentError(hidden)
    return text


def rough_text(root: Path, path: PurePosixPath) -> str:
    """Return what can be made out of a file that `read_text` refuses; nothing where that is too much to ask."""
    try:
        if (root / path).stat().st_size > LARGEST_FILE:
            return ""
        data = (root / path).read_bytes()
    except OSError:
        return ""
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace").replace("\0", "")


def _decoded(path: PurePosixPath, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(0) > len(data) // 4:
        raise _refused(path, "filen er gemt som UTF-16, eller den er slet ikke tekst", "gem den som »UTF-8«")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _refused(path, "filen begynder med et usynligt tegn (BOM)", "gem den som »UTF-8« uden BOM")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message = "filen er ikke gemt som UTF-8 (æ, ø og å kan ikke læses)"
        raise _refused(path, message, "vælg »UTF-8« i editoren, og gem igen", *_end(before)) from None


def invisible(path: PurePosixPath, text: str) -> Iterator[Problem]:
    """Yield a problem for each line in which something stands that nobody sees, or where a letter was lost."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := INVISIBLE.search(line):
            message = f"her står et usynligt tegn (U+{ord(found[0]):04X})"
            yield Problem(Position(path, number, found.start() + 1), message, "slet det, og skriv stedet igen")
        if lost := line.find("\ufffd") + 1:
            yield Problem(Position(path, number, lost), "her er et bogstav gået tabt (�)", "skriv bogstavet igen")


def _end(text: str) -> tuple[int, int]:
    """Return the line and column just after the text."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _refused(path: PurePosixPath, message: str, remedy: str, line: int = 1, column: int = 1) -> ContentError:
    return ContentError([Problem(Position(path, line, column), message, remedy)])
