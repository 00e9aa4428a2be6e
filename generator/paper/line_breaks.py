"""Where lines on paper may and may not break: soft hyphens in long words, no break between a number and its unit.

Typst's own hyphenation knows no Danish compounds (it writes »lægevag-ten«), so it is off, and a list in the data says
where words may be divided.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.model.sheet import Listing, Panel, PaperBlock, PaperInline, Paragraph, Run, Table

SOFT_HYPHEN = "\u00ad"
_UNITS = "uger?|år|dage?|hverdage|døgn|timer?|minutter|måneder|gange?|meter|mm|cm|kg|pct|procent|personer|ud af"
_NUMBER = re.compile(rf"(\d) (?=(?:{_UNITS})\b)")


def breaking(long_words: Sequence[str]) -> Callable[[str], str]:
    """Return what prepares a text for lines: `long_words` hold a hyphen wherever they may be divided."""
    places = {word.replace("-", "").lower(): word for word in long_words}
    found = re.compile("|".join(map(re.escape, sorted(places, key=len, reverse=True))) or r"(?!)", re.IGNORECASE)

    def divided(match: re.Match[str]) -> str:
        letters = iter(match[0])
        return "".join(SOFT_HYPHEN if mark == "-" else next(letters) for mark in places[match[0].lower()])

    return lambda text: found.sub(divided, _NUMBER.sub("\\1\u00a0", text))


def with_breaks(blocks: Sequence[PaperBlock], prepare: Callable[[str], str]) -> tuple[PaperBlock, ...]:
    """Return the blocks with their running text prepared; headings stay as they are, since bookmarks repeat them."""
    return tuple(_block(block, prepare) for block in blocks)


def _block(block: PaperBlock, prepare: Callable[[str], str]) -> PaperBlock:
    if isinstance(block, Paragraph):
        return replace(block, content=_words(block.content, prepare))
    if isinstance(block, Listing):
        return replace(block, items=tuple(with_breaks(item, prepare) for item in block.items))
    if isinstance(block, Table):
        rows = tuple(tuple(_words(cell, prepare) for cell in row) for row in block.rows)
        return replace(block, head=tuple(_words(cell, prepare) for cell in block.head), rows=rows)
    if isinstance(block, Panel):
        return replace(block, blocks=with_breaks(block.blocks, prepare))
    return block


def _words(content: Sequence[PaperInline], prepare: Callable[[str], str]) -> tuple[PaperInline, ...]:
    return tuple(
        replace(part, text=prepare(part.text)) if isinstance(part, Run) and part.address is None else part
        for part in content
    )
