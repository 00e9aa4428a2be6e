"""Reading source files safely: nothing too large, nothing from outside the tree, nothing but UTF-8."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NoReturn

from generator.problems import ContentError, Position, Problem

LARGEST = 1_000_000
"""Bytes; the largest real file is a twentieth of that, and a reader's mistake should not fill the memory."""


def source_files(root: Path, directory: str) -> Iterator[PurePosixPath]:
    """Yield every file below the directory, relative to the root, in order; hidden ones and backups left out."""
    for path in sorted((root / directory).rglob("*")):
        relative = PurePosixPath(path.relative_to(root).as_posix())
        hidden = any(part.startswith((".", "_", "#")) or part.endswith("~") for part in relative.parts)
        if not hidden and (path.is_symlink() or path.is_file()):
            yield relative


def read_text(root: Path, path: PurePosixPath) -> str:
    """Return the file's text with Unix line ends, or raise with what is wrong with it."""
    full = root / path
    if not full.resolve().is_relative_to(root.resolve()):
        _refuse(path, "filen er et link ud af projektet", "læg selve filen her")
    if not full.is_file():
        _refuse(path, "linket fører ingen steder hen", "fjern det, eller læg filen her")
    if full.stat().st_size > LARGEST:
        _refuse(path, f"filen fylder mere end {LARGEST // 1_000_000} MB", "del den, eller læg kun tekst her")
    return _decoded(path, full.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(path: PurePosixPath, data: bytes) -> str:
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        _refuse(path, "filen begynder med et usynligt tegn (BOM)", "gem den som »UTF-8« uden BOM")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        message = "filen er ikke gemt som UTF-8 (æ, ø og å kan ikke læses)"
        _refuse(path, message, "vælg »UTF-8« i editoren, og gem igen", line, column)
    if hidden := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text):
        line, column = text.count("\n", 0, hidden.start()) + 1, hidden.start() - text.rfind("\n", 0, hidden.start())
        _refuse(path, "her står et usynligt styretegn", "slet det, og skriv stedet igen", line, column)
    return text


def _refuse(path: PurePosixPath, message: str, remedy: str, line: int = 1, column: int = 1) -> NoReturn:
    raise ContentError([Problem(Position(path, line, column), message, remedy)])
