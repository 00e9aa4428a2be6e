"""What stands on one printed leaflet, as plain values: the border between facts and typesetting.

Nothing here knows where the words come from, and nothing else is needed to print them. Texts are shown exactly
as they are given; only what no leaflet differs in (“Scan eller skriv adressen”) stands in `paper/fixed_words.py`.
Templates in `paper/templates/` know each block by the name of its class.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.red_flag import Level


class PaperError(Exception):
    """Something a leaflet cannot show; the author's to correct. Message and remedy are in Danish."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} – {remedy}")


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words in one style. No-break spaces (U+00A0) keep a number and its status on one line."""

    text: str
    strong: bool = False
    emphasis: bool = False
    raised: bool = False
    """A note number, set small above the line."""
    address: str | None = None
    """Where the words lead to when the leaflet is read on a screen."""


@dataclass(frozen=True)
class Break:
    """A new line within a paragraph."""


PaperInline = Run | Break


@dataclass(frozen=True, kw_only=True)
class PaperHeading:
    """A heading under the title: level 2 for a section, 3 for a part of it. The title itself is level 1."""

    level: Literal[2, 3]
    content: tuple[PaperInline, ...]


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph, never empty."""

    content: tuple[PaperInline, ...]


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list; each item is one or more blocks, of which a further list is the deepest."""

    items: tuple[tuple["PaperBlock", ...], ...]
    ordered: bool = False
    start: int = 1
    boxed: bool = False
    """An empty box to tick stands in place of each bullet."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A small table with one row of column headings; it must be readable in a column of 8 cm."""

    head: tuple[tuple[PaperInline, ...], ...]
    rows: tuple[tuple[tuple[PaperInline, ...], ...], ...]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Blocks on the sender's tint with a rule at their left, such as an overview; never a warning."""

    blocks: tuple["PaperBlock", ...]
    title: str | None = None
    """Set bold, but no heading: it does not stand in the outline."""


@dataclass(frozen=True)
class WritingLines:
    """Ruled lines to write on by hand."""

    count: int


PaperBlock = PaperHeading | Paragraph | Listing | Table | Panel | WritingLines


@dataclass(frozen=True, kw_only=True)
class PhoneRow:
    """Whom to call, when they answer, and the number in the form people read aloud."""

    who: str
    hours: str
    number: str | None
    """None where the reader must have it elsewhere, as with one's own GP."""
    status: str | None = None
    """Stands in brackets beside the number and never leaves its line; `ikke bekræftet` or None."""
    until: str | None = None
    """Says in a sentence how long the number, or the hours, hold, where an end is known."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """Signs that call for help with the same urgency, and what to do about them."""

    level: Level
    heading: str
    """Goes on into the lines: “Ring 112, hvis”."""
    lines: tuple[str, ...]
    action: str
    phones: tuple[PhoneRow, ...] = ()
    """Set large beside the lines, because the numbers are the action."""
    closing: str | None = None


@dataclass(frozen=True, kw_only=True)
class SheetPalette:
    """The sender's two colours, written #0B4F6C: ink for text and lines on white, tint as ground under text."""

    ink: str
    tint: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One leaflet for one sender, whatever it is printed on.

    Title, promise and text come first; the cards, the numbers, the sources, the code and the sender stand together at
    the end, on a page or panel of their own where there is one, so that it can be torn off or photographed.
    """

    title: str
    """The only first-level heading, and the title of the PDF file."""
    promise: str
    """One sentence under the title: what the reader gets."""
    sender_name: str
    palette: SheetPalette
    blocks: tuple[PaperBlock, ...]
    """The text; the first heading in it is of level 2, and none is skipped."""
    help_heading: str
    """Heads the cards, and names them on the front."""
    cards: tuple[Card, ...] = ()
    """At most three, worst first."""
    phones: tuple[PhoneRow, ...] = ()
    """Numbers under the cards, for those that belong to no card."""
    code: str
    """The printed code; part of both addresses."""
    code_address: str
    """The whole https address that the QR code holds."""
    readable_address: str
    """The same address without https://, for those who type."""
    edition: tuple[str, ...]
    """The parts of the edition line, such as the leaflet's name, its date and its code; set with points between."""
    origin_notice: str
    """Whose words these are."""
    sources: tuple[str, ...] = ()
    """Short list lines; they are numbered from 1 in this order, which note numbers in the text refer to."""
    stamp: bool = True
    """Whether there is a place for the clinic's stamp and for writing; what clinicians keep has neither."""
    logo: str | None = None
    """The sender's own mark as SVG text, stands where its name else does; the name is its text alternative."""
    draft: bool
    """True marks every page KLADDE."""
    as_of: date
    """The day the leaflet speaks for: becomes the date of the file, so that no clock is read."""
