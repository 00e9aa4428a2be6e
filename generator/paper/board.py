"""A region's sheet for the clinic's notice board: one page of A4, set like the leaflets but with no code of its own."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

from generator.model.sheet import Palette, PaperError, PhoneRow
from generator.paper.typesetting import compiled, plain

SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5)
"""Of the text in points, the best first; the sheet is read standing, close to the board."""
WORDS = {
    "draft": "KLADDE – ikke fagligt godkendt",
    "numbers": "Når det haster",
    "leaflets": "Foldere til patienten",
    "figures": "Tal for regionen",
    "sources": "Kilder",
}
_TEMPLATE = Path(__file__).parent / "templates" / "board.typ"


@dataclass(frozen=True, kw_only=True)
class BoardLeaflet:
    """A leaflet, what it is about, and the address to type."""

    title: str
    promise: str
    address: str
    status: str | None
    """Stands in brackets after the address: that it does not work yet."""


@dataclass(frozen=True, kw_only=True)
class BoardFigure:
    """A number, what it is with its period, and whose it is where the sheet speaks for several regions."""

    value: str
    says: str


@dataclass(frozen=True, kw_only=True)
class BoardList:
    """A heading and short lines under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    """All that stands on the sheet, in the order in which it is read."""

    title: str
    """Of the file."""
    heading: str
    promise: str
    sender_name: str
    palette: Palette
    numbers: tuple[PhoneRow, ...]
    leaflets: tuple[BoardLeaflet, ...]
    lists: tuple[BoardList, ...]
    figures: tuple[BoardFigure, ...]
    caveats: tuple[str, ...]
    sources: tuple[str, ...]
    notices: tuple[str, ...]
    """Small print: what the lists are not, and what the sheet is for."""
    draft: bool
    as_of: date
    day: str
    """The same day in words."""


def render_board(board: Board) -> bytes:
    """Return the sheet as one A4 page, tagged after PDF/UA-1; raises PaperError where it does not fit."""
    data = {"board": plain(board), "words": WORDS, "sizes": list(SIZES)}
    files = {"main.typ": _TEMPLATE.read_bytes(), "data.json": json.dumps(data, ensure_ascii=False).encode()}
    midnight = datetime.combine(board.as_of, time(), UTC)
    try:
        return compiled(files, format="pdf", pdf_standards=["ua-1"], timestamp=midnight)[0]
    except typst.TypstError as error:
        if "too-long" in error.message:
            message = f"regionens ark er for fuldt til én A4-side med tekst på {min(SIZES):g} punkt"
            raise PaperError(message, "gør titlerne kortere, eller tag et tal ud af sheet_figures") from error
        raise
