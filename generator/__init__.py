"""One text, many senders, many surfaces.

    data/*.yml   ┐ load          check              render                          hand over
    content/*.md ┴──────► Catalogue ──────► [Problem] ──► {path: text|bytes} + nav ──► MkDocs ──► site/
                                                                                   └──► leaflets, codes, api

Facts and texts are read once into a frozen Catalogue, checked, and rendered from it. Nothing downstream opens a
source file, nothing upstream knows that MkDocs, PDF or HTTP exist, and nothing flows back. The package knows no
topic: what the pages are about is content.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.problems import ContentError, Position, Problem

if TYPE_CHECKING:
    from generator.checks import check
    from generator.loading import Convert
    from generator.model.catalogue import Catalogue

__all__ = ["Catalogue", "ContentError", "Position", "Problem", "check", "load"]


def load(root: Path, convert: "Convert | None" = None) -> "Catalogue":
    """Read `data/` and `content/` below the project root.

    Raises ContentError with every fault in every file, unreadable ones and broken references alike.
    """
    from generator.checks import check_structure
    from generator.loading import as_written, read

    reading = read(root, convert) if convert else read(root)
    problems = [*reading.problems, *check_structure(reading.catalogue, reading.unread)]
    if problems:
        raise ContentError(map(as_written, problems))
    return reading.catalogue


def __getattr__(name: str) -> Any:
    """Fetch the rest only when it is asked for: a build with nothing to do needs nothing that reads or checks."""
    if name == "check":
        from generator.checks import check

        return check
    if name == "Catalogue":
        from generator.model.catalogue import Catalogue

        return Catalogue
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
