"""What sheets look like, beside pictures that a person has approved; `pytest --update` renews them for review."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from generator.model.paper_format import FORMATS
from generator.model.sheet import PaperHeading, Paragraph, Run, Sheet
from generator.paper.typesetting import render_leaflet
from tests.support.leaflet_example import CARDS, example_sheet
from tests.support.paper import pictures

pytestmark = pytest.mark.whole

APPROVED = Path(__file__).parent / "pictures"
DPI = 40
"""Enough to see that something has moved, and a few kilobytes a page."""
LARGEST_MEAN = 1.0
"""Levels of grey out of 255; a line of text that moves changes a page by about two."""
DPI_OF_LARGE = {"poster": 20, "screen": 20}


def short(sheet: Sheet) -> Sheet:
    """Return a sheet with the few words that fit on a card, a poster or a slide."""
    blocks = (
        PaperHeading(level=2, content=(Run(text="Tag det roligt"),)),
        Paragraph(content=(Run(text="Et strømsvigt varer sjældent længe."),)),
        PaperHeading(level=2, content=(Run(text="Se ud ad vinduet"),)),
        Paragraph(content=(Run(text="Er der lys hos naboen, ligger fejlen hos dig."),)),
    )
    return replace(sheet, blocks=blocks, cards=CARDS[:1], sources=())


@pytest.mark.parametrize("name", FORMATS)
def test_a_sheet_looks_as_approved(name: str, request: pytest.FixtureRequest) -> None:
    sheet = short(example_sheet()) if FORMATS[name].template in ("card", "poster", "screen") else example_sheet()
    made = side_by_side(pictures(render_leaflet(sheet, name), DPI_OF_LARGE.get(name, DPI)))
    path = APPROVED / f"{name}.png"
    if request.config.getoption("--update"):
        APPROVED.mkdir(exist_ok=True)
        made.quantize(16).save(path, optimize=True)
    approved = Image.open(path).convert("L")
    assert made.size == approved.size
    difference = ImageStat.Stat(ImageChops.difference(made.quantize(16).convert("L"), approved)).mean[0]
    assert difference <= LARGEST_MEAN, f"{name}: {difference:.2f}"


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    whole = Image.new("L", (sum(page.width for page in pages), max(page.height for page in pages)), 128)
    left = 0
    for page in pages:
        whole.paste(page.convert("L"), (left, 0))
        left += page.width
    return whole


def test_a_line_that_moves_is_seen() -> None:
    sheet = example_sheet()
    moved = replace(sheet, promise="Hvad du selv kan gøre, når strømmen går.")
    one, other = (side_by_side(pictures(render_leaflet(s), DPI)) for s in (sheet, moved))
    assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] > LARGEST_MEAN
