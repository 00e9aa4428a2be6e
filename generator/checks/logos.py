"""Checks of a region's own mark: it is safe to print and can be seen."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from generator.checks.places import contrast
from generator.danish import decimal
from generator.model.catalogue import Catalogue
from generator.model.place import Region
from generator.problems import Problem

SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc")
"""What a mark is drawn with. Text would need a font, pictures and links would fetch something, scripts would run."""
ATTRIBUTES = re.compile(
    r"(?:viewBox|version|id|d|points|transform|width|height|x|y|r|cx|cy|rx|ry|x1|y1|x2|y2"
    r"|(?:fill|stroke)(?:-[a-z]+)?|clip-rule|opacity)"
)
VISIBLE = 3.0
"""The contrast that WCAG 2.2 asks of graphics (1.4.11)."""
_REMEDY = "bed om en SVG med former i hele farver"


def check_logos(catalogue: Catalogue) -> Iterator[Problem]:
    """A mark comes from elsewhere: it must not run, fetch or hide anything, and people with low vision must see it."""
    for region in catalogue.regions.values():
        if region.logo is not None:
            yield from _logo(region, region.logo)


def _logo(region: Region, text: str) -> Iterator[Problem]:
    if "<!" in text or "<?" in text:
        yield region.problem("logoet rummer mere end tegningen (<! eller <?)", "slet alt før <svg", "logo")
        return
    try:
        root = fromstring(text)
    except ParseError as error:
        yield region.problem(f"logoet er ikke en hel SVG (linje {error.position[0]})", "hent filen igen", "logo")
        return
    if root.tag != f"{SVG}svg" or "viewBox" not in root.attrib:
        yield region.problem("logoet begynder ikke med <svg> med en viewBox", "bed om en SVG-fil", "logo")
        return
    for element in root.iter():
        yield from (region.problem(message, remedy, "logo") for message, remedy in _faults(element))


def _faults(element: Element) -> Iterator[tuple[str, str]]:
    name = element.tag.removeprefix(SVG)
    if name not in _SHAPES:
        yield f"logoet rummer <{name}>", _REMEDY
        return
    for attribute, value in element.attrib.items():
        if not ATTRIBUTES.fullmatch(attribute):
            yield f"logoet rummer {attribute} på <{name}>", _REMEDY
        elif attribute in ("fill", "stroke") and value != "none":
            yield from _colour(value)


def _colour(value: str) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        yield f"logoet har farven »{value}«", "skriv farven som #RRGGBB"
    elif value.upper() != "#FFFFFF" and (ratio := contrast(value, "#FFFFFF")) < VISIBLE:
        shown = decimal(round(ratio, 1))
        yield f"logoets farve {value} har kontrasten {shown} på hvidt", "vælg en mørkere; den skal være mindst 3"
