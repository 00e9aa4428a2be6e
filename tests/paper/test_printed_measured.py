"""What a ruler, a copier and a colour meter would find on the real leaflets; one region's in `make test`."""

import io
from collections import Counter
from collections.abc import Iterator
from ctypes import c_uint
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Any, cast

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from generator.codes.frozen_words import numbers_of
from generator.draw import qr
from generator.model.catalogue import Catalogue
from generator.model.paper_format import FORMATS
from generator.model.sheet import PaperHeading, Run
from generator.paper.layouts import jobs, prints_alike
from generator.paper.leaflets import Print
from generator.sender.context import Context
from generator.sender.senders import senders
from tests.paper.test_printed import FIRST, Case, catalogue_, every, flat, items
from tests.support.built import TODAY, store
from tests.support.paper import opened, squeezed, text_of

pytestmark = pytest.mark.whole

WHITE = 250
"""The least of 255 that is still white paper."""
Colour = tuple[int, ...]


# ---- the code ----


@every
def test_the_code_s_modules_and_white_border_are_wide_enough(case: Case) -> None:
    """Measured in the picture: modules of half a millimetre, and four of them white on every side."""
    dpi = 100 if case.item.paper_format in ("poster", "screen") else 300
    picture, code = next(
        (picture, code)
        for sheet in opened(case.pdf)
        for picture in [sheet.render(scale=dpi / 72).to_pil().convert("L")]
        for code in zxingcpp.read_barcodes(picture)
    )
    modules = len(qr.matrix(case.item.sheet.code_address)) - 2 * qr.QUIET_ZONE
    left, top, right, bottom = dark_box(picture, code.position)
    for side in (right - left, bottom - top):
        assert side / modules / dpi * 25.4 >= 0.5
    quiet = 4 * (right - left) / modules - 1.5
    around = picture.crop((round(left - quiet), round(top - quiet), round(right + quiet), round(bottom + quiet)))
    around.paste(
        255, (round(quiet) - 1, round(quiet) - 1, around.width - round(quiet) + 1, around.height - round(quiet) + 1)
    )
    assert cast(tuple[int, int], around.getextrema())[0] >= WHITE


def dark_box(picture: Image.Image, position: Any) -> tuple[int, int, int, int]:
    """Return the box of what is dark within the code as it was found, give or take two pixels."""
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    origin = (min(xs) - 2, min(ys) - 2)
    found = picture.crop((*origin, max(xs) + 3, max(ys) + 3)).point(lambda level: 255 * (level < 128)).getbbox()
    assert found is not None
    return found[0] + origin[0], found[1] + origin[1], found[2] + origin[0], found[3] + origin[1]


# ---- urgency and colours ----


def is_laid_page_by_page(case: Case) -> bool:
    """Where pages are laid on larger paper, pdfium forgets for some letters where; they are the same pages."""
    return FORMATS[case.item.paper_format].imposition is None


@every
def test_levels_of_urgency_differ_in_a_photocopy(case: Case) -> None:
    """In grey, the line around a card is half as thick again as that of the next less urgent; no heading is alike."""
    cards = case.item.sheet.cards
    assert len({card.heading for card in cards}) == len(cards)
    if not is_laid_page_by_page(case) or case.item.paper_format == "screen":
        return
    edges = [edge_of(case.pdf, " ".join(card.lines[0].split()[:5])) for card in cards]
    for (thick, _), (thin, _) in pairwise(edges):
        assert thick >= 1.5 * thin
    assert all(contrast(colour, (255, 255, 255)) >= 3 for _, colour in edges)


def edge_of(pdf: bytes, words: str) -> tuple[int, Colour]:
    """Return how thick the first line left of the words is, in pixels of a picture at 300 dpi, and its colour."""
    for sheet in opened(pdf):
        text = sheet.get_textpage()
        if found := text.search(words).get_next():
            _, bottom, right, top = text.get_charbox(found[0])
            picture = sheet.render(scale=300 / 72).to_pil().convert("RGB")
            y = round((sheet.get_height() - (bottom + top) / 2) * 300 / 72)
            row = [cast(Colour, picture.getpixel((x, y))) for x in range(round(right * 300 / 72))]
            grey = [sum(colour) / 3 < 160 for colour in row]
            start = grey.index(True)
            thick = len(list(next(run for is_dark, run in groupby(grey[start:]) if is_dark)))
            return thick, row[start + thick // 2]
    pytest.fail(f"not printed: {words}")


@every
def test_words_stand_out_from_their_ground(case: Case) -> None:
    """The letters' colour is read from the file, and what they stand on from the picture."""
    if not is_laid_page_by_page(case):
        return
    for sheet in opened(case.pdf):
        picture = sheet.render(scale=1).to_pil().convert("RGB")
        pairs = {(letters, ground(picture, box)) for letters, box in written(sheet)}
        assert all(contrast(letters, under) >= 4.5 for letters, under in pairs), pairs


def written(sheet: Any) -> Iterator[tuple[Colour, tuple[float, float, float, float]]]:
    raw, height = cast(Any, pypdfium2.raw), sheet.get_height()
    for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        channels = [c_uint() for _ in range(4)]
        assert raw.FPDFPageObj_GetFillColor(thing.raw, *channels)
        left, bottom, right, top = thing.get_bounds()
        yield tuple(channel.value for channel in channels[:3]), (left, height - top, right, height - bottom)


def ground(picture: Image.Image, box: tuple[float, float, float, float]) -> Colour:
    """Return the commonest colour along a line just around a box."""
    left, top, right, bottom = (round(side + out) for side, out in zip(box, (-2, -2, 2, 2), strict=True))
    across = [(x, y) for x in range(left, right) for y in (top, bottom)]
    around = across + [(x, y) for y in range(top, bottom) for x in (left, right)]
    return Counter(cast(Colour, picture.getpixel(point)) for point in around).most_common(1)[0][0]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours after WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    parts = (value / 255 for value in colour)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# ---- headings and numbers ----


@every
def test_the_bookmarks_are_called_what_the_headings_are(case: Case) -> None:
    sheet = case.item.sheet
    blocks = (
        "".join(run.text for run in block.content if isinstance(run, Run))
        for block in sheet.blocks
        if isinstance(block, PaperHeading)
    )
    wanted = {squeezed(words) for words in (sheet.title, *blocks, *(card.heading for card in sheet.cards))}
    if sheet.cards or sheet.phones:
        wanted.add(squeezed(sheet.help_heading))
    with pikepdf.open(io.BytesIO(case.pdf)) as pdf, pdf.open_outline() as outline:
        found = {squeezed(entry.title.removesuffix("(fortsat)")) for entry in flat(outline.root)}
    assert found - {"Kilder"} == wanted


@every
def test_the_numbers_that_are_recorded_are_those_that_are_printed(case: Case) -> None:
    sender = next(found for found in senders(catalogue_(), case.day) if found.id == case.region)
    edition, words = case.item.edition, "".join(text_of(case.pdf))
    recorded = {
        found.number for found in numbers_of(catalogue_(), case.item.leaflet, edition.format_family, sender, case.day)
    }
    phones = {phone.number for area in sender.areas if (phone := area.out_of_hours(case.day)) and phone.number}
    assert {number for number in phones if squeezed(number) in words} == recorded


def test_a_changed_number_makes_anew_only_what_shows_it() -> None:
    sender = next(found for found in senders(catalogue_(), TODAY) if found.id == FIRST)
    area = sender.areas[0]
    old = area.out_of_hours(TODAY)
    assert old is not None
    assert old.number is not None
    phones = tuple(
        phone.model_copy(update={"number": "70 00 00 00"}) if phone == old else phone for phone in area.phones
    )
    changed = replace(catalogue_(), areas={**catalogue_().areas, area.id: area.model_copy(update={"phones": phones})})
    kept = {key_of(item) for _, item in all_prints(catalogue_())}
    again = [(region, item.address) for region, item in all_prints(changed) if key_of(item) not in kept]
    shows = [
        (FIRST, address)
        for address in items(TODAY, FIRST)
        if squeezed(old.number) in "".join(text_of(Case(TODAY, FIRST, address).pdf))
    ]
    assert again == shows
    assert 0 < len(shows) < len(items(TODAY, FIRST))


def all_prints(catalogue: Catalogue) -> list[tuple[str, Print]]:
    return prints_alike([Context(catalogue, found, TODAY) for found in senders(catalogue, TODAY)])


def key_of(item: Print) -> str:
    return jobs([item], store())[0].key
