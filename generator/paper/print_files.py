"""Leaflets as files: the PDF, laid on the paper it is printed on, and the pictures that are made of its pages."""

import json
from collections.abc import Iterator
from io import BytesIO

import pypdfium2
from PIL import Image

from generator.addresses import leaflet_picture, slide_file
from generator.cache import Cache, key
from generator.model.paper_format import FORMATS
from generator.model.sheet import PaperError
from generator.paper.imposition import imposed, page_count
from generator.paper.layouts import shape
from generator.paper.leaflets import Print
from generator.paper.press import Printed
from generator.paper.typesetting import Layout, forget, found_layout, typeset
from generator.problems import ContentError

PICTURE_WIDTH = 215
"""Pixels: twice the width that the picture is shown at."""
SLIDE_WIDTH = 1920
PICTURE_COLOURS = 24
"""A page of text in two colours needs no more, and the file is a third of the size."""


def make(item: Print, store: Cache | None = None) -> Printed:
    """Typeset the leaflet; raises ContentError for what the author can correct.

    Layouts that were found before are taken from the store.
    """
    try:
        pages = typeset(item.sheet, item.paper_format, _layout(item, store) if store else None)
    except PaperError as error:
        message = f"{item.paper_format} til {item.sheet.sender_name}: {error.message}"
        raise ContentError([item.leaflet.problem(message, error.remedy)]) from error
    finally:
        forget()
    pdf = imposed(pages, FORMATS[item.paper_format])
    return Printed(((item.address, pdf), *_pictures(item, pages)), page_count(pdf))


def _layout(item: Print, store: Cache) -> Layout | None:
    """Return the layout that all with this text are set in; None where the fullest of them cannot be set at all."""
    model = item.model
    if model is None:
        return None
    found = store.get(
        key("layout", shape(item), model), lambda: json.dumps(found_layout(model, item.paper_format)).encode()
    )
    layout: Layout | None = json.loads(found)
    return layout


def _pictures(item: Print, pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the small picture of the leaflet's first format, and every slide of a screen, drawn from the file."""
    leaflet, paper_format = item.leaflet.id, item.paper_format
    document = pypdfium2.PdfDocument(pdf)
    try:
        if paper_format == item.leaflet.formats[0]:
            yield leaflet_picture(leaflet, paper_format), _drawn(document[0], PICTURE_WIDTH)
        if paper_format == "screen":
            for number, page in enumerate(document, 1):
                yield slide_file(leaflet, number), _drawn(page, SLIDE_WIDTH)
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage, width: int) -> bytes:
    picture = page.render(scale=width / page.get_width(), rev_byteorder=True).to_pil().convert("RGB")
    # the colours of a page are found as well in a small picture of it as in the large one, in a fraction of the time
    colours = picture.reduce(4).quantize(PICTURE_COLOURS, Image.Quantize.FASTOCTREE)
    file = BytesIO()
    picture.quantize(palette=colours, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()
