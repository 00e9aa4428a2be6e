"""The words that a leaflet must carry, taken from its texts and not from its sheets."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.model.catalogue import Catalogue
from generator.model.leaflet import Family, Leaflet


def sentences_of(leaflet: Leaflet, catalogue: Catalogue, wanted: Family = "a4") -> tuple[str, ...]:
    """Return the words of every paragraph and list item that the leaflet must carry, without insertions."""
    found = []
    for part in leaflet.parts_for(wanted):
        for element in catalogue.topics[part.topic].body.sections(part.sections):
            for piece in element.iter():
                found += "".join(_between_insertions(piece)).split("\0") if piece.tag in ("p", "li", "h2", "h3") else []
    return tuple(text.strip() for text in found if text.strip())


def _between_insertions(element: Element) -> Iterator[str]:
    """Yield the words of an element, with a mark in place of each insertion."""
    yield element.text or ""
    for child in element:
        yield from ("\0",) if child.tag == "insertion" else _between_insertions(child)
        yield child.tail or ""
