"""Leaflets as files: each set once, kept while what it is made from is the same, several at a time.

Nothing here knows what stands on a leaflet; `sheets` says that.
"""

import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import pikepdf
from PIL import Image

from generator.addresses import leaflet_picture, slide_file
from generator.cache import Cache, key
from generator.model.paper_format import FORMATS
from generator.model.sheet import PaperError
from generator.paper.leaflets import Print
from generator.paper.typesetting import forget, has_started, render_leaflet, render_picture, render_pictures
from generator.problems import ContentError, Problem

PICTURE_WIDTH = 215
"""Pixels: twice the width that the picture is shown at."""
PICTURE_COLOURS = 24
"""A page of text in two colours needs no more, and the file is a third of the size."""
LIFE = 200
"""Leaflets that a process sets before it is replaced: Typst keeps a little of each for ever."""
SLIDE_PPI = 144
"""Makes 1920 × 1080 pixels of a slide."""


@dataclass(frozen=True)
class Printed:
    """What one leaflet in one format became: its files by address, the PDF first, and how many pages that has."""

    files: tuple[tuple[str, bytes], ...]
    pages: int

    @property
    def pdf(self) -> bytes:
        """The PDF."""
        return self.files[0][1]


def printed_leaflet(item: Print, store: Cache) -> Printed:
    """Return the leaflet's files, from the cache where they were made before from the same words.

    Raises ContentError for what the author can correct.
    """
    return _unpacked(store.get(_key(item), lambda: _packed(make(item))))


def make(item: Print) -> Printed:
    """Typeset the leaflet; raises ContentError for what the author can correct."""
    try:
        pdf = render_leaflet(item.sheet, item.paper_format)
        pictures = tuple(_pictures(item))
    except PaperError as error:
        message = f"{item.paper_format} til {item.sheet.sender_name}: {error.message}"
        raise ContentError([item.leaflet.problem(message, error.remedy)]) from error
    finally:
        forget()
    return Printed(((item.address, pdf), *pictures), page_count(pdf))


def make_all(
    items: Sequence[Print], store: Cache, progress: Callable[[int, Print], None] = lambda number, item: None
) -> list[Printed]:
    """Return the files of all leaflets, in their order, those that must be set being set by several processes.

    Calls `progress` with how many are done and the last of them. Raises ContentError with every mistake in them.
    """
    global _items
    _items, done = tuple(items), 0
    problems: list[Problem] = []
    made: dict[int, Printed] = {}
    try:
        for place, result in _results(store):
            done += 1
            progress(done, items[place])
            if isinstance(result, ContentError):
                problems += result.problems
            else:
                made[place] = result
    finally:
        _items = ()
    if problems:
        raise ContentError(sorted(set(problems)))
    return [made[place] for place in range(len(items))]


_items: tuple[Print, ...] = ()
"""What the workers inherit when they are forked."""


def _results(store: Cache) -> Iterator[tuple[int, Printed | ContentError]]:
    missing = []
    for place, item in enumerate(_items):
        if store.has(_key(item)):
            yield place, printed_leaflet(item, store)
        else:
            missing.append(place)
    if has_started() or len(missing) < 2:  # Typst's threads do not survive a fork
        yield from (_one(store, place) for place in missing)
        return
    processes = os.cpu_count() or 1
    for batch in range(0, len(missing), processes * LIFE):
        yield from _together(store, missing[batch : batch + processes * LIFE], processes)


def _together(store: Cache, places: Sequence[int], processes: int) -> Iterator[tuple[int, Printed | ContentError]]:
    quiet = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), quiet)
    try:
        for future in as_completed([pool.submit(_one, store, place) for place in places]):
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _one(store: Cache, place: int) -> tuple[int, Printed | ContentError]:
    try:
        return place, printed_leaflet(_items[place], store)
    except ContentError as error:
        return place, error


def _key(item: Print) -> str:
    return key("leaflet", item.paper_format, item.address, item.leaflet.formats[0], item.sheet)


def _packed(made: Printed) -> bytes:
    """Return the files one after the other, below a line that says which they are."""
    head = {"pages": made.pages, "files": [(address, len(data)) for address, data in made.files]}
    return b"\n".join((json.dumps(head).encode(), b"".join(data for _, data in made.files)))


def _unpacked(kept: bytes) -> Printed:
    head, _, rest = kept.partition(b"\n")
    told, stream = json.loads(head), BytesIO(rest)
    return Printed(tuple((address, stream.read(size)) for address, size in told["files"]), told["pages"])


def _pictures(item: Print) -> Iterator[tuple[str, bytes]]:
    """Yield the small picture of the leaflet's first format, and every slide of a screen."""
    leaflet, paper_format = item.leaflet.id, item.paper_format
    if paper_format == item.leaflet.formats[0]:
        small = render_picture(item.sheet, paper_format, ppi=PICTURE_WIDTH / _inches(paper_format))
        yield leaflet_picture(leaflet, paper_format), _few_colours(small)
    if paper_format == "screen":
        for number, slide in enumerate(render_pictures(item.sheet, paper_format, SLIDE_PPI), 1):
            yield slide_file(leaflet, number), _few_colours(slide)


def _inches(paper_format: str) -> float:
    return FORMATS[paper_format].width / 25.4


def _few_colours(picture: bytes) -> bytes:
    with Image.open(BytesIO(picture)) as image:
        file = BytesIO()
        image.convert("RGB").quantize(PICTURE_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            file, "PNG"
        )  # a good deal quicker than looking for the best colours, and a page has few
        return file.getvalue()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF from our own typesetting has; asked of the file, so that nothing is counted twice."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)
