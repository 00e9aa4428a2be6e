"""A leaflet's words as they are printed, the same for every sender: what a text hash is taken of.

Numbers and names differ from sender to sender and are recorded beside the words, so they stand here as each insertion's
declaration says: `[nummer]`, `[afsender]`.
"""

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from generator.insertions import INSERTIONS
from generator.insertions.inline import NUMBER_HERE
from generator.model.catalogue import Catalogue
from generator.model.edition import CarriedNumber, FrozenPiece
from generator.model.leaflet import SHORT_FAMILIES, Family, Leaflet
from generator.model.red_flag import PAPER_LEVELS
from generator.sender.senders import Sender

_KINDS = {"h2": "heading", "h3": "heading", "p": "text", "li": "text", "tr": "text"}
_BLOCKS = ("ul", "ol", "table", "p")


def words_of(catalogue: Catalogue, leaflet: Leaflet, format_family: Family) -> tuple[FrozenPiece, ...]:
    """Return the leaflet's words in the formats of one family, piece by piece in the order of reading, signs last."""
    head = [FrozenPiece(kind="title", words=leaflet.title), FrozenPiece(kind="text", words=leaflet.promise)]
    text = [
        piece
        for part in leaflet.parts_for(format_family)
        for element in catalogue.topics[part.topic].body.sections(part.sections)
        for piece in _pieces(element)
    ]
    return (*head, *text, *_signs(catalogue, leaflet, short=format_family in SHORT_FAMILIES))


def numbers_of(
    catalogue: Catalogue, leaflet: Leaflet, format_family: Family, sender: Sender, day: date
) -> tuple[CarriedNumber, ...]:
    """Return the numbers to call that stand on the sender's paper of the leaflet on the day; none where none does."""
    if not _prints_numbers(catalogue, leaflet, format_family):
        return ()
    phones = ((area, area.out_of_hours(day)) for area in sender.areas)
    return tuple(
        CarriedNumber(area=area.id, number=phone.number, valid_to=phone.valid_to)
        for area, phone in phones
        if phone and phone.number
    )


def _prints_numbers(catalogue: Catalogue, leaflet: Leaflet, format_family: Family) -> bool:
    """Say whether the sender's numbers stand with the signs or in the text; what clinicians keep has neither."""
    if leaflet.signs and "now" not in leaflet.signs:
        return True
    signs = _signs(catalogue, leaflet, short=format_family in SHORT_FAMILIES)
    if any(piece.level == "now" for piece in signs):
        return True
    return any(NUMBER_HERE in piece.words for piece in words_of(catalogue, leaflet, format_family))


def _signs(catalogue: Catalogue, leaflet: Leaflet, *, short: bool) -> Iterator[FrozenPiece]:
    for name in (level for level in PAPER_LEVELS if level in leaflet.signs):
        level = catalogue.urgency_levels.get(name)
        lines = catalogue.paper_lines(name, short=short)
        if level and lines:
            yield FrozenPiece(kind="heading", level=name, words=level.heading)
            for line in lines:
                yield FrozenPiece(kind="sign", level=name, words=line)
            closing = f" {level.closing}" if level.closing else ""
            yield FrozenPiece(kind="action", level=name, words=(level.paper_action or level.action) + closing)


def _pieces(element: Element) -> Iterator[FrozenPiece]:
    """Yield a piece for each paragraph, item and row; an item's own list comes after it."""
    kind, words = _KINDS.get(element.tag), " ".join("".join(_words(element)).split())
    if kind and words:
        yield FrozenPiece.model_validate({"kind": kind, "words": words})
    if element.tag in ("ul", "ol", "li", "table", "thead", "tbody", "div"):
        for child in element:
            if child.tag in (*_KINDS, *_BLOCKS, "thead", "tbody"):
                yield from _pieces(child)


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "insertion":
            yield _placeholder(child)
        elif child.tag in ("td", "th"):
            yield from (" ", *_words(child), " ")
        elif child.tag not in _BLOCKS:
            yield from _words(child)
        yield child.tail or ""


def _placeholder(insertion: Element) -> str:
    declared = INSERTIONS.get(insertion.get("name", ""))
    return declared.frozen(tuple(insertion.get("args", "").split("|"))) if declared else ""
