"""One text, many senders, many surfaces.

    data/*.yml   ┐ load          check              render                          hand over
    content/*.md ┴──────► Catalogue ──────► [Problem] ──► {path: text|bytes} + nav ──► MkDocs ──► site/
                                                                                   └──► leaflets, codes, api

Facts and texts are read once into a frozen Catalogue, checked, and rendered from it. Nothing downstream opens a
source file, nothing upstream knows that MkDocs, PDF or HTTP exist, and nothing flows back. The package knows no
topic: what the pages are about is content.
"""

from pathlib import Path

from generator.checks import check, check_structure
from generator.loading import Convert, read
from generator.markdown import convert as _convert
from generator.model.catalogue import Catalogue
from generator.problems import ContentError, Position, Problem

__all__ = ["Catalogue", "ContentError", "Position", "Problem", "check", "load"]


def load(root: Path, convert: Convert = _convert) -> Catalogue:
    """Read `data/` and `content/` below the project root.

    Raises ContentError with every fault in every file, unreadable ones and broken references alike.
    """
    reading = read(root, convert)
    problems = [*reading.problems, *check_structure(reading.catalogue, reading.unread)]
    if problems:
        raise ContentError(problems)
    return reading.catalogue
