"""Every real leaflet in every format: one region's in `make test`, every region's in `make test-long`."""

import io
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import page
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageStat

from generator import load
from generator.cache import Cache
from generator.model.catalogue import Catalogue
from generator.model.paper_format import FORMATS, papers
from generator.paper.layouts import jobs, prints_alike
from generator.paper.leaflets import Print
from generator.paper.press import Printed, print_all
from generator.paper.print_files import make
from generator.sender.context import Context
from generator.sender.senders import senders
from tests.support.built import REFORM, ROOT, TODAY, store
from tests.support.leaflet_words import sentences_of
from tests.support.paper import opened, squeezed, text_of

pytestmark = pytest.mark.whole

FIRST = "nordjylland"
"""The region whose leaflets are proved in every run."""
MM = 25.4 / 72


@dataclass(frozen=True)
class Case:
    """A leaflet in a format for a region on a day."""

    day: date
    region: str
    address: str

    @property
    def item(self) -> Print:
        return items(self.day, self.region)[self.address]

    @property
    def made(self) -> Printed:
        return printed(self.item)

    @property
    def pdf(self) -> bytes:
        return self.made.pdf


@cache
def catalogue_() -> Catalogue:
    return load(ROOT)


@cache
def items(day: date, region: str) -> dict[str, Print]:
    sender = next(found for found in senders(catalogue_(), day) if found.id == region)
    return {item.address: item for _, item in prints_alike([Context(catalogue_(), sender, day)])}


def printed(item: Print) -> Printed:
    return print_all(jobs([item], store()), store())[0]


def cases() -> Iterator[Any]:
    """Yield every leaflet × format; those of all regions but the first are for the long run."""
    for day, names in ((TODAY, None), (REFORM, ("oestdanmark",))):
        for sender in senders(catalogue_(), day):
            if sender.region and (names is None or sender.id in names):
                marks = [] if sender.id == FIRST else [pytest.mark.long]
                for leaflet in catalogue_().leaflets.values():
                    for name in leaflet.formats if sender.id in leaflet.senders else ():
                        case = Case(day, sender.id, f"foldere/{leaflet.id}-{name}.pdf")
                        yield pytest.param(case, id=f"{sender.id}-{leaflet.id}-{name}", marks=marks)


every = pytest.mark.parametrize("case", list(cases()))


@every
def test_it_is_accessible(case: Case) -> None:
    report = page.validate_pdf_bytes(case.pdf, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


@every
def test_the_file_says_what_it_is_and_its_bookmarks_are_its_headings(case: Case) -> None:
    with pikepdf.open(io.BytesIO(case.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "da-DK"
        assert str(pdf.docinfo["/Title"]) == case.item.leaflet.title
        tags = [tag for tag in tags_of(pdf.Root.StructTreeRoot.K) if re.fullmatch(r"/H\d", tag)]
        assert tags.count("/H1") == 1
        assert tags[0] == "/H1"
        with pdf.open_outline() as outline:
            assert len(list(flat(outline.root))) == len(tags)
        figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        assert [str(figure.Alt) for figure in figures if "/q/" in str(figure.Alt)] == [case.item.sheet.code_address]
        assert all(str(figure.Alt) for figure in figures)


def tags_of(element: pikepdf.Object) -> Iterator[str]:
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from tags_of(child)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from tags_of(element.K)


def flat(entries: Any) -> Iterator[Any]:
    for entry in entries:
        yield entry
        yield from flat(entry.children)


@every
def test_every_font_is_embedded_and_of_the_one_family(case: Case) -> None:
    with pikepdf.open(io.BytesIO(case.pdf)) as pdf:
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
        assert fonts
        for font in fonts:
            assert re.fullmatch(r"/[A-Z]{6}\+SourceSans3.*", str(font.FontName))
            assert "/FontFile2" in font or "/FontFile3" in font


@every
def test_the_pages_have_the_size_of_the_paper(case: Case) -> None:
    paper_format = FORMATS[case.item.paper_format]
    pdf = opened(case.pdf)
    count = len(pdf)
    logical = {"fold": 6, "booklet": count * (2 if is_spread(pdf) else 1)}.get(paper_format.imposition or "", count)
    wanted = papers(paper_format, logical)
    margin = 22 if paper_format.bleed else 0
    assert count == len(wanted) == case.made.pages
    for sheet, paper in zip(pdf, wanted, strict=True):
        assert sheet.get_size() == pytest.approx(((paper.width + margin) / MM, (paper.height + margin) / MM), abs=0.1)


def is_spread(pdf: Any) -> bool:
    width, height = pdf[0].get_size()
    return bool(width > height)


@every
def test_its_one_code_can_be_read_from_the_picture_of_it(case: Case) -> None:
    low, high = (50, 100) if case.item.paper_format in ("screen", "poster") else (150, 300)
    pdf = opened(case.pdf)
    found = [(number, code.text) for number, sheet in enumerate(pdf) for code in codes_on(sheet, low)]
    assert [text for _, text in found] == [catalogue_().settings.code_address(case.item.edition.id)]
    assert [code.text for code in codes_on(pdf[found[0][0]], high)] == [found[0][1]]


def codes_on(sheet: Any, dpi: int) -> list[Any]:
    return list(zxingcpp.read_barcodes(sheet.render(scale=dpi / 72).to_pil()))


@every
def test_it_carries_every_sentence_of_the_text(case: Case) -> None:
    words = squeezed(re.sub(r"\([\w.-]+\.[a-z]{2,3}(/[^)]*)?\)", "", "".join(text_of(case.pdf))))
    family = case.item.edition.format_family
    for sentence in sentences_of(case.item.leaflet, catalogue_(), family):
        for piece in re.split(r"(?<=[.?!])\s*", sentence.removeprefix("[ ] ")):
            assert squeezed(piece) in words, piece


@every
def test_it_carries_its_signs_and_whom_to_call(case: Case) -> None:
    words = squeezed("".join(text_of(case.pdf)))
    for card in case.item.sheet.cards:
        assert card.lines
        for line in (card.heading, *card.lines, card.action, *filter(None, [card.closing])):
            assert squeezed(line) in words, line
        for row in card.phones:
            assert squeezed(f"{row.number or ''}{f' ({row.status})' if row.status else ''}") in words


def test_a_folded_leaflet_folds_right() -> None:
    """Front and back are laid over one another, as paper turned over its short edge is, and cut into panels."""
    case = Case(TODAY, FIRST, "foldere/forstaa-dine-smerter-i-laenden-fold.pdf")
    outside, inside = opened(case.pdf)
    turned = {name: (297 - right, 297 - left) for name, (left, right) in INSIDE.items()}
    for behind, name in (("front", "first"), ("back", "second"), ("flap", "third")):
        assert OUTSIDE[behind] == turned[name]
    assert "Hvorfor gør det ondt?" in words_in(inside, *INSIDE["first"])
    assert case.item.sheet.promise.split(",")[0] in " ".join(words_in(outside, *OUTSIDE["front"]).split())
    assert "Ring nu" in words_in(outside, *OUTSIDE["flap"])
    assert "Scan koden" in words_in(outside, *OUTSIDE["back"])


OUTSIDE = {"flap": (0, 97), "back": (97, 197), "front": (197, 297)}
INSIDE = {"first": (0, 100), "second": (100, 200), "third": (200, 297)}


def words_in(sheet: Any, left: float, right: float) -> str:
    height = sheet.get_size()[1]
    return str(sheet.get_textpage().get_text_bounded(left / MM, 0, right / MM, height))


@every
def test_every_letter_of_a_folded_leaflet_stands_inside_its_panel(case: Case) -> None:
    if FORMATS[case.item.paper_format].imposition != "fold":
        return
    margin = 11 if FORMATS[case.item.paper_format].bleed else 0
    for sheet, panels in zip(opened(case.pdf), (OUTSIDE, INSIDE), strict=True):
        for left, _, right, _ in letters(sheet):
            inside = [a + 5 <= left - margin and right - margin <= b - 5 for a, b in panels.values()]
            assert any(inside), (left, right)


def letters(sheet: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the box of every letter, in millimetres.

    Words that pdfium tears apart are left out: it forgets for some letters where the form they stand in was placed,
    though it paints them right.
    """
    text, raw = sheet.get_textpage(), cast(Any, pypdfium2.raw)
    found = "".join(chr(raw.FPDFText_GetUnicode(text.raw, index)) for index in range(text.count_chars()))
    for word in re.finditer(r"\S+", found):
        boxes = [tuple(side * MM for side in text.get_charbox(index)) for index in range(*word.span())]
        is_torn = any(abs(one[0] - other[0]) > 20 for one, other in pairwise(boxes))
        if not is_torn and "\u00ad" not in word[0]:
            yield from boxes


def test_tags_are_read_in_the_order_of_unfolding() -> None:
    case = Case(TODAY, FIRST, "foldere/forstaa-dine-smerter-i-laenden-fold.pdf")
    with pikepdf.open(io.BytesIO(case.pdf)) as pdf, pdf.open_outline() as outline:
        titles = [entry.title.replace("\u00a0", " ") for entry in flat(outline.root)]
    inside = [title for title in titles if title.endswith("?")]
    assert titles[0] == case.item.leaflet.title
    assert inside[0] == "Hvorfor gør det ondt?"
    assert titles.index("Ring nu, også om natten, hvis") > titles.index("Skal du scannes?")
    assert titles.index("Kilder") > titles.index("Ring nu, også om natten, hvis")


@every
def test_every_page_of_a_draft_says_so_and_whose_words_these_are(case: Case) -> None:
    words = text_of(case.pdf)
    assert all("KLADDE" in text for text in words)
    assert squeezed(case.item.leaflet.origin_notice) in "".join(words)
    assert squeezed(case.item.edition.id) in "".join(words)


@every
def test_nothing_is_printed_in_the_outer_5_millimetres(case: Case) -> None:
    """Letters are looked for, since colour goes over the edge where a printing house cuts."""
    margin = 11 + 5 if FORMATS[case.item.paper_format].bleed else 5
    for sheet in opened(case.pdf):
        width, height = (side * MM for side in sheet.get_size())
        for left, bottom, right, top in letters(sheet):
            assert margin <= left
            assert right <= width - margin
            assert margin <= bottom
            assert top <= height - margin


def test_a_second_process_makes_the_same_bytes() -> None:
    first = [Case(TODAY, FIRST, address) for address in items(TODAY, FIRST)]
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        again = list(pool.map(set_again, first))
    assert [case.address for case, pdf in zip(first, again, strict=True) if case.pdf != pdf] == []


def set_again(case: Case) -> bytes:
    with TemporaryDirectory() as directory:
        return make(case.item, Cache(Path(directory))).pdf


def test_regions_differ_in_sender_number_and_colour_but_not_in_words() -> None:
    address = "foldere/forstaa-dine-smerter-i-laenden-fold.pdf"
    sheets_found = [items(TODAY, sender.id)[address].sheet for sender in senders(catalogue_(), TODAY) if sender.region]
    assert len(sheets_found) == 5
    assert len({str(sheet.blocks) for sheet in sheets_found}) == 1
    assert len({sheet.sender_name for sheet in sheets_found}) == 5


def test_the_picture_of_a_leaflet_is_its_first_page_made_small() -> None:
    item = next(item for item in items(TODAY, FIRST).values() if item.paper_format == item.leaflet.formats[0])
    made = printed(item)
    with Image.open(io.BytesIO(made.files[1][1])) as small:
        page = opened(made.pdf)[0].render(scale=small.width / opened(made.pdf)[0].get_width()).to_pil()
        assert small.width == 215
        difference = ImageChops.difference(small.convert("L"), page.convert("L").resize(small.size))
        assert ImageStat.Stat(difference).mean[0] < 6
        assert not zxingcpp.read_barcodes(small)


def test_slides_are_1920_by_1080_and_one_a_page() -> None:
    case = next(c for c in items(TODAY, FIRST).values() if c.paper_format == "screen")
    made = printed(case)
    slides = [data for address, data in made.files if address.endswith(".png") and "small" not in address]
    assert len(slides) == made.pages
    assert {Image.open(io.BytesIO(slide)).size for slide in slides} == {(1920, 1080)}
