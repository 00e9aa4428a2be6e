"""How wide words are in a drawing whose typeface is the reader's own.

A page is set in whatever the reader's device has, so a drawing cannot measure its text. It reckons with the widest of
the typefaces in common use (DejaVu Sans Bold) and leaves a little air in all others; no line ever runs out of its box.
"""

import re
from collections.abc import Callable, Iterator

_EMS: tuple[tuple[float, str], ...] = (
    (0.40, " 'ijl|,./:;IJ·"),
    (0.50, "-f!()[]rt"),
    (0.60, '"*?czs'),
    (0.70, "Lx»«0123456789EFTaekovyøåéöä"),
    (0.80, "CPSYZbdghnpquüABKRVXÅ"),
    (0.95, "+<=>DGHNUw≤≥±&OQØ"),
    (1.05, "M…mæ%"),
)
"""Upper bounds of widths in ems, character by character."""
_WIDTHS = {character: width for width, characters in _EMS for character in characters}
_WIDEST = 1.2
"""For characters that stand in no list: W, Æ, signs."""


_REGULAR = 0.94
"""What plain letters are of bold ones, at the most."""


def width(text: str, size: float, *, strong: bool = True) -> float:
    """Return a width that the text does not exceed at the given size."""
    return size * (1 if strong else _REGULAR) * sum(_WIDTHS.get(character, _WIDEST) for character in text)


def wrapped(text: str, room: float, size: float, *, strong: bool = True) -> list[str]:
    """Return the text in lines that fit the room; one is broken after a hyphen or slash, or divided where it must be.

    Raises ValueError for a room in which not even two letters would fit.
    """

    def fits(words: str) -> bool:
        return width(words, size, strong=strong) <= room

    if not fits("WW-"):
        raise ValueError(f"{room} leaves no room for words of size {size}")
    lines: list[str] = []
    for space, piece in _pieces(text):
        if lines and fits(f"{lines[-1]}{space}{piece}"):
            lines[-1] += f"{space}{piece}"
        else:
            lines += _divided(piece, fits)
    return lines


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what may stand on a line of its own, each with what joins it to the one before."""
    for word in text.split():
        for number, piece in enumerate(re.split(r"(?<=\w[-/])(?=\w)", word)):
            yield ("" if number else " "), piece


def _divided(word: str, fits: Callable[[str], bool]) -> Iterator[str]:
    while not fits(word):
        most = max(end for end in range(1, len(word)) if fits(f"{word[:end]}-"))
        yield f"{word[:most]}-"
        word = word[most:]
    yield word
