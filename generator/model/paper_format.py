"""What a sheet can be printed on: measures, sizes of text, and how pages are laid on the paper that is printed.

Lengths are in millimetres. A format knows nothing of what stands on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Look = tuple[float, float]
"""A size of the text in points, and how airily it is set."""

LEAFLET_LOOKS: tuple[Look, ...] = (
    (13.0, 1.3), (13.0, 1.15), (12.75, 1.15), (12.5, 1.15), (12.5, 1.0), (12.25, 1.0), (12.0, 1.0),
)  # fmt: skip
"""The best first. Under 12 pt it is too small for many."""
LARGE_LOOKS: tuple[Look, ...] = ((20.0, 1.15), (19.0, 1.15), (19.0, 1.0), (18.0, 1.0))
"""Large print begins at 18 pt."""
POSTER_LOOKS: tuple[Look, ...] = tuple((float(size), 1.25) for size in range(40, 15, -1))
"""Read standing, from a metre or two."""
SLIDE_LOOKS: tuple[Look, ...] = tuple((float(size), 1.4) for size in range(48, 27, -2))
"""Points on a slide of 540; 28 of them are as tall on a 43-inch screen as the eye needs at four metres."""

BLEED = 3.0
"""How far colour goes over the edge of what is cut, as printing houses ask for."""
MARKS = 8.0
"""Room around the bleed for the crop marks."""


@dataclass(frozen=True)
class Placed:
    """A page, counted from 0, and where its lower left corner stands on the paper."""

    page: int
    x: float
    y: float = 0.0


@dataclass(frozen=True)
class Paper:
    """One side of the paper that is printed, and the pages on it from left to right."""

    width: float
    height: float
    pages: tuple[Placed, ...]


Imposition = Literal["fold", "booklet", "marks"]


@dataclass(frozen=True, kw_only=True)
class PaperFormat:
    """One thing to print on: the template that lays it out, and all that the template needs to know."""

    name: str
    """What people call it."""
    printing: str
    """How it is printed and folded so that it comes out right."""
    template: str
    width: float
    height: float
    looks: tuple[Look, ...] = LEAFLET_LOOKS
    coloured: bool = True
    bleed: float = 0.0
    imposition: Imposition | None = None
    """How pages come to lie on paper; None where every page is a sheet of its own."""
    multiple: int = 1
    """The number of pages is a multiple of this."""
    small: float = 10.0
    """Points of the small print: sources, origin, footer."""
    qr_mm: float = 29.0
    """Width of the code with its quiet zone; modules of about 0.7 mm for an address of 40 characters."""


_ACTUAL = "Vælg faktisk størrelse (100 %), så en telefon kan læse koden."
_BOTH_SIDES = "Print på begge sider."
_SHORT_EDGE = "Print på begge sider, og vend på den korte kant."
_PRINT_SHOP = "Send filen til trykkeriet. Den har 3 mm til beskæring og skæremærker."
_FOLD_IT = "Fold først fligen (det smalle panel) ind, og så forsiden hen over."

_A4 = PaperFormat(name="A4", printing=f"{_ACTUAL} {_BOTH_SIDES}", template="a4", width=210, height=297)
_FOLD = PaperFormat(
    name="A4 foldet i tre", printing=f"{_ACTUAL} {_SHORT_EDGE} {_FOLD_IT}", template="fold", width=100, height=210,
    imposition="fold",
)  # fmt: skip
_A5 = PaperFormat(
    name="A5, side for side", printing=f"{_ACTUAL} God at læse på en skærm eller en tablet.", template="pages",
    width=148, height=210, multiple=4, qr_mm=27,
)  # fmt: skip
_IN_BLACK = "i sort-hvid"
_AT_THE_PRINT_SHOP = "til trykkeriet"

FORMATS: Mapping[str, PaperFormat] = {
    "a4": _A4,
    "a4bw": replace(_A4, name=f"A4 {_IN_BLACK}", coloured=False),
    "a4large": PaperFormat(
        name="A4 med stor skrift", printing=f"{_ACTUAL} Print på én side, så intet skinner igennem.",
        template="pages", width=210, height=297, looks=LARGE_LOOKS, small=18, qr_mm=36,
    ),
    "a4bleed": replace(_A4, name=f"A4 {_AT_THE_PRINT_SHOP}", printing=_PRINT_SHOP, bleed=BLEED, imposition="marks"),
    "fold": _FOLD,
    "foldbw": replace(_FOLD, name=f"A4 foldet i tre, {_IN_BLACK}", coloured=False),
    "foldbleed": replace(
        _FOLD, name=f"A4 foldet i tre, {_AT_THE_PRINT_SHOP}", printing=f"{_PRINT_SHOP} {_FOLD_IT}", bleed=BLEED
    ),
    "a5": _A5,
    "a5booklet": replace(
        _A5, name="A5-hæfte på A4", imposition="booklet",
        printing=f"{_ACTUAL} {_SHORT_EDGE} Læg arkene i hinanden, fold på midten, og hæft i folden.",
    ),
    "card": PaperFormat(
        name="A6-kort", template="card", width=105, height=148, qr_mm=26, imposition="booklet",
        printing=f"{_ACTUAL} {_SHORT_EDGE} Brug karton. Er det et dobbeltkort (A5), så fold det på midten.",
    ),
    "poster": PaperFormat(
        name="A3-plakat", template="poster", width=297, height=420, looks=POSTER_LOOKS, small=16, qr_mm=62,
        printing="Print på A3 i faktisk størrelse (100 %). Hæng den, så koden er i brysthøjde.",
    ),
    "screen": PaperFormat(
        name="Infoskærm", template="screen", width=960 / 72 * 25.4, height=190.5,
        looks=SLIDE_LOOKS, small=20, qr_mm=105,
        printing="Vis hvert billede i mindst otte sekunder. Billederne er 1920 × 1080 punkter.",
    ),
}  # fmt: skip


def papers(paper_format: PaperFormat, pages: int) -> tuple[Paper, ...]:
    """Return the sides of paper that the pages are laid on, in the order they are printed."""
    if paper_format.imposition == "fold":
        height = paper_format.height
        # Printed on both sides and turned over the short edge, front lies behind the first inside panel. The flap, and
        # the panel behind it, are 3 mm narrower, so that it does not buckle when it is folded in.
        outside = (Placed(4, 0), Placed(5, 97), Placed(0, 197))
        inside = (Placed(1, 0), Placed(2, 100), Placed(3, 200))
        return (Paper(297, height, outside), Paper(297, height, inside))
    width, height = paper_format.width, paper_format.height
    if paper_format.imposition == "booklet" and pages % 4 == 0:
        whole = _WHOLE.get(width, 2 * width)
        return tuple(
            Paper(whole, height, (Placed(left, whole / 2 - width), Placed(right, whole / 2)))
            for left, right in _spreads(pages)
        )
    return tuple(Paper(width, height, (Placed(page, 0),)) for page in range(pages))


_WHOLE: Mapping[float, float] = {148: 297}
"""Two pages of A5 are a millimetre narrower than A4; the fold is in the middle."""


def _spreads(pages: int) -> list[tuple[int, int]]:
    """Return the pairs of pages, left and right, that lie side by side on each side of a stapled booklet's sheets."""
    pairs = []
    for sheet in range(pages // 4):
        first, last = 2 * sheet, pages - 1 - 2 * sheet
        pairs += [(last, first), (first + 1, last - 1)]
    return pairs
