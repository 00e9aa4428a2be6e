"""Paper: `sheet_blocks` turns a text into blocks, a `Sheet` holds a leaflet's words, `render_leaflet` prints it.

Takes a Catalogue and who speaks; gives PDFs and pictures as bytes, or a PaperError that says what does not fit.
Never knows a page or a site. Door: `leaflets.prints`, `boards.printed`, `printing`.
"""

from generator.paper.sheet import (
    Break,
    Card,
    Heading,
    Level,
    Listing,
    Palette,
    Panel,
    PaperBlock,
    PaperError,
    PaperInline,
    Paragraph,
    PhoneRow,
    Run,
    Sheet,
    Table,
    WritingLines,
)
from generator.paper.tree import Resolve, readable, sheet_blocks
from generator.paper.typesetting import forget, has_started, render_leaflet, render_picture, render_pictures
from generator.paper.wording import breaking, with_breaks

__all__ = [
    "Break",
    "Card",
    "Heading",
    "Level",
    "Listing",
    "Palette",
    "Panel",
    "PaperBlock",
    "PaperError",
    "PaperInline",
    "Paragraph",
    "PhoneRow",
    "Resolve",
    "Run",
    "Sheet",
    "Table",
    "WritingLines",
    "breaking",
    "forget",
    "has_started",
    "readable",
    "render_leaflet",
    "render_picture",
    "render_pictures",
    "sheet_blocks",
    "with_breaks",
]
