"""Laying finished pages on the paper that is printed: folded panels, booklets, crop marks.

Each page becomes a form that is painted once, so its words, its tags and the order they are read in stay as they were
set; only where it stands changes. Typst itself can lay panels side by side, but then reads them in that order.
"""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from generator.model.paper_format import BLEED, MARKS, Paper, PaperFormat, Placed, papers

_POINTS = 72 / 25.4
_MARK_LENGTH = 5.0
_PlacedForm = tuple[Any, float, float]
"""A page as a form, and where it stands on its paper, in points."""


def imposed(pdf: bytes, paper_format: PaperFormat) -> bytes:
    """Return the file with its pages laid on paper as the format asks; the same file gives the same bytes."""
    if paper_format.imposition is None:
        return pdf
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = [page.obj for page in document.pages]
        margin = BLEED + MARKS if paper_format.bleed else 0.0
        forms: dict[Any, _PlacedForm] = {}
        made = []
        for paper in papers(paper_format, len(pages)):
            sheet = _paper(document, paper, pages, margin, paper_format.bleed)
            for placed in paper.pages:
                page = pages[placed.page]
                forms[page.objgen] = (sheet, *_origin(page, placed, margin))
            made.append(sheet)
        _retag(document, forms)
        _redirect(document, pages, forms)
        _replace_pages(document, made)
        document.Root.ViewerPreferences.PrintScaling = Name("/None")
        if paper_format.imposition != "marks":
            document.Root.ViewerPreferences.Duplex = Name.DuplexFlipShortEdge
        file = BytesIO()
        document.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return file.getvalue()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF from our own typesetting has; asked of the file, so that nothing is counted twice."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def _replace_pages(document: pikepdf.Pdf, made: list[Any]) -> None:
    while len(document.pages):
        del document.pages[0]
    for sheet in made:
        document.pages.append(pikepdf.Page(sheet))


def _trim(page: Any) -> tuple[float, float]:
    """Return the corner of what is cut, within the page's own coordinates."""
    box = page.get("/TrimBox", page.MediaBox)
    return float(box[0]), float(box[1])


def _origin(page: Any, placed: Placed, margin: float) -> tuple[float, float]:
    left, bottom = _trim(page)
    return (placed.x + margin) * _POINTS - left, (placed.y + margin) * _POINTS - bottom


def _paper(document: pikepdf.Pdf, paper: Paper, pages: list[Any], margin: float, bleed: float) -> Any:
    """Return a new page with the forms of its pages on it, and marks to cut by where there is a bleed."""
    forms, content = Dictionary(), []
    for number, placed in enumerate(paper.pages):
        page = pages[placed.page]
        x, y = _origin(page, placed, margin)
        forms[f"/P{number}"] = _form(document, page, _clip(page, paper, placed, bleed))
        content.append(f"q 1 0 0 1 {_number(x)} {_number(y)} cm /P{number} Do Q")
    if margin:
        content.append(_marks(paper, margin))
    width, height = paper.width + 2 * margin, paper.height + 2 * margin
    sheet = Dictionary(
        Type=Name.Page, MediaBox=_box(0, 0, width, height), Resources=Dictionary(XObject=forms), Tabs=Name.S,
        Contents=document.make_stream("\n".join(content).encode()),
    )  # fmt: skip
    if margin:
        sheet.TrimBox = _box(margin, margin, width - margin, height - margin)
        sheet.BleedBox = _box(MARKS, MARKS, width - MARKS, height - MARKS)
    if annotations := list(_annotations(paper, pages, margin)):
        sheet.Annots = Array(annotations)
    return document.make_indirect(sheet)


def _annotations(paper: Paper, pages: list[Any], margin: float) -> Iterator[Any]:
    """Yield the links of the pages, moved along with them."""
    for placed in paper.pages:
        page = pages[placed.page]
        shift = _origin(page, placed, margin)
        for link in page.get("/Annots", []):
            for name in ("/Rect", "/QuadPoints"):
                if name in link:
                    link[name] = Array(
                        Decimal(_number(float(value) + shift[place % 2])) for place, value in enumerate(link[name])
                    )
            yield link


def _clip(page: Any, paper: Paper, placed: Placed, bleed: float) -> Array:
    """Return what of a page is painted: it bleeds over the edges of the paper, but not over its neighbours."""
    media, (left, bottom) = [float(value) for value in page.MediaBox], _trim(page)
    width = media[2] - 2 * left
    over = bleed * _POINTS
    at_right = abs(placed.x * _POINTS + width - paper.width * _POINTS) < 1
    start = left - over if placed.x == 0 else left
    end = left + width + (over if at_right else 0)
    return Array(Decimal(_number(value)) for value in (start, bottom - over, end, media[3] - bottom + over))


def _form(document: pikepdf.Pdf, page: Any, clip: Array) -> Stream:
    """Return a page's content as a form; it keeps the key under which the tree of tags knows its words."""
    contents = page.Contents if isinstance(page.Contents, Array) else [page.Contents]
    form = document.make_stream(b"\n".join(part.read_bytes() for part in contents))
    form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, clip, page.Resources
    if "/Group" in page:
        form.Group = page.Group
    if "/StructParents" in page:
        form.StructParents = page.StructParents
    page.Form = form
    return form


def _retag(document: pikepdf.Pdf, forms: dict[Any, _PlacedForm]) -> None:
    """Let every tag find its words in the form they are in now."""
    for element in document.objects:
        if not (isinstance(element, Dictionary) and "/S" in element and "/K" in element and "/P" in element):
            continue
        kids = list(element.K) if isinstance(element.K, Array) else [element.K]
        moved = [_moved(kid, element.get("/Pg"), forms) for kid in kids]
        element.K = Array(moved) if isinstance(element.K, Array) else moved[0]
        if "/Pg" in element:
            element.Pg = forms[element.Pg.objgen][0]


def _moved(kid: Any, page: Any, forms: dict[Any, _PlacedForm]) -> Any:
    if isinstance(kid, int):
        return Dictionary(Type=Name.MCR, Pg=forms[page.objgen][0], Stm=page.Form, MCID=kid)
    if isinstance(kid, Dictionary) and kid.get("/Type") in (Name.MCR, Name.OBJR):
        own = kid.get("/Pg", page)
        if kid.Type == Name.MCR:
            kid.Stm = own.Form
        kid.Pg = forms[own.objgen][0]
    return kid


def _redirect(document: pikepdf.Pdf, pages: list[Any], forms: dict[Any, _PlacedForm]) -> None:
    """Let bookmarks and links within the file lead to where their pages are now."""
    for item in _arrays(document):
        if len(item) >= 5 and isinstance(item[0], Dictionary) and item[0].objgen in forms and item[1] == Name.XYZ:
            sheet, x, y = forms[item[0].objgen]
            item[0] = sheet
            item[2], item[3] = (Decimal(_number(float(item[2 + n]) + shift)) for n, shift in enumerate((x, y)))


def _arrays(document: pikepdf.Pdf) -> Iterator[Any]:
    for thing in document.objects:
        if isinstance(thing, Array):
            yield thing
        elif isinstance(thing, Dictionary):
            yield from (value for name in ("/Dest", "/D") if isinstance(value := thing.get(name), Array))


def _marks(paper: Paper, margin: float) -> str:
    """Return the lines that show where to cut, and where to fold, outside the bleed; no reader is told of them."""
    right, top = paper.width + margin, paper.height + margin
    lines = [
        (x, y, x2, y2)
        for x, outward in ((margin, -1), (right, 1))
        for y, upward in ((margin, -1), (top, 1))
        for x2, y2, x, y in (
            (x + outward * (BLEED + _MARK_LENGTH), y, x + outward * BLEED, y),
            (x, y + upward * (BLEED + _MARK_LENGTH), x, y + upward * BLEED),
        )
    ]
    folds = [placed.x + margin for placed in paper.pages if placed.x]
    lines += [
        (x, y, x, y + way * _MARK_LENGTH / 2) for x in folds for y, way in ((margin - BLEED, -1), (top + BLEED, 1))
    ]
    strokes = " ".join(f"{_mm(a)} {_mm(b)} m {_mm(c)} {_mm(d)} l" for a, b, c, d in lines)
    return f"/Artifact BMC q 0 0 0 1 K 0.5 w {strokes} S Q EMC"


def _box(*millimetres: float) -> Array:
    return Array(Decimal(_mm(value)) for value in millimetres)


def _mm(millimetres: float) -> str:
    return _number(millimetres * _POINTS)


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
