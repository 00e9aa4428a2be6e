"""A region's sheet for the clinic's notice board: one page of A4, set like the leaflets but with no code of its own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

from generator import addresses
from generator.cache import key
from generator.codes.short_links import short_links
from generator.danish import decimal, long_date
from generator.model.intervention import Intervention
from generator.model.place import EMERGENCY_NUMBER, Region
from generator.model.sheet import PaperError, PhoneRow, SheetPalette
from generator.model.statistic import Statistic
from generator.paper.press import Job, Printed
from generator.problems import ContentError
from generator.sender.context import Context
from generator.sender.numbers import UNCONFIRMED, phone_rows

SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5)
"""Of the text in points, the best first; the sheet is read standing, close to the board."""
_WORDS = {
    "draft": "KLADDE – ikke fagligt godkendt",
    "numbers": "Når det haster",
    "leaflets": "Foldere til patienten",
    "figures": "Tal for regionen",
    "sources": "Kilder",
}
_TEMPLATE = Path(__file__).parent / "templates" / "board.typ"
MOST_CAVEATS = 3
"""The first of each table, which are the same for many; the rest stand with the tables."""


@dataclass(frozen=True, kw_only=True)
class BoardLeaflet:
    """A leaflet, what it is about, and the address to type."""

    title: str
    promise: str
    address: str
    status: str | None
    """Stands in brackets after the address: that it does not work yet."""


@dataclass(frozen=True, kw_only=True)
class BoardFigure:
    """A number, what it is with its period, and whose it is where the sheet speaks for several regions."""

    value: str
    says: str


@dataclass(frozen=True, kw_only=True)
class BoardList:
    """A heading and short lines under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    """All that stands on the sheet, in the order in which it is read."""

    title: str
    """Of the file."""
    heading: str
    promise: str
    sender_name: str
    palette: SheetPalette
    numbers: tuple[PhoneRow, ...]
    leaflets: tuple[BoardLeaflet, ...]
    lists: tuple[BoardList, ...]
    figures: tuple[BoardFigure, ...]
    caveats: tuple[str, ...]
    sources: tuple[str, ...]
    notices: tuple[str, ...]
    """Small print: what the lists are not, and what the sheet is for."""
    draft: bool
    as_of: date
    day: str
    """The same day in words."""


def board(context: Context) -> Board:
    """Return the sheet of one region on the day."""
    catalogue, sender = context.catalogue, context.sender
    settings = catalogue.settings
    statistics = [catalogue.statistics[figure.statistic] for figure in settings.sheet_figures]
    figures = tuple(_figures(context))
    return Board(
        title=f"{settings.title}: {sender.name}",
        heading=settings.title,
        promise="Det vigtigste til opslagstavlen i klinikken.",
        sender_name=sender.name,
        palette=SheetPalette(ink=sender.palette.ink, tint=sender.palette.tint),
        numbers=tuple(_numbers(context)),
        leaflets=tuple(_leaflets(context)),
        lists=tuple(_lists(context)),
        figures=figures,
        caveats=_caveats(statistics) if figures else (),
        sources=tuple(_sources(context, statistics)),
        notices=(settings.reported_notice, settings.intended_purpose),
        draft=context.profile == "draft",
        as_of=context.day,
        day=long_date(context.day),
    )


def board_job(context: Context) -> Job:
    """Return the printing of the region's sheet; it raises ContentError where that does not fit on its one page."""
    sheet, region = board(context), context.sender.region
    assert region is not None
    return Job(f"arket til {region.name}", key("board", sheet), partial(_printed, sheet, region), region.id)


def _printed(sheet: Board, region: Region) -> Printed:
    try:
        return Printed(((addresses.REGION_SHEET, _render(sheet)),), 1)
    except PaperError as error:
        raise ContentError([region.problem(error.message, error.remedy)]) from error


def _numbers(context: Context) -> Iterator[PhoneRow]:
    yield PhoneRow(who="Livsfare", hours="døgnet rundt", number=EMERGENCY_NUMBER)
    yield from phone_rows(context)


def _leaflets(context: Context) -> Iterator[BoardLeaflet]:
    for link in short_links(context):
        yield BoardLeaflet(
            title=link.leaflet.title,
            promise=f"{link.leaflet.promise}.",
            address=addresses.readable(link.address),
            status=None if link.works else "virker ikke endnu",
        )


def _lists(context: Context) -> Iterator[BoardList]:
    for audience, heading in (
        ("citizens", "Tilbud til borgere"),
        ("clinicians", "Indsatser til fagfolk"),
    ):
        items = [item for item in context.offered_to(audience) if item.counted]
        lines = tuple(_line(item) for item in items) or (context.catalogue.settings.nothing_reported,)
        yield BoardList(heading=heading, lines=lines)


def _line(item: Intervention) -> str:
    more = [item.site] if item.site and item.site not in item.title else []
    if item.tag and item.status != "time-limited":  # its last day says more
        more.append(item.tag.lower())
    if item.kind == "hotline":
        number = item.phone or "nummer ikke oplyst"
        more.append(f"{number}, {UNCONFIRMED}" if item.has_unconfirmed_phone else number)
    if item.valid_to:
        more.append(f"gælder til {long_date(item.valid_to)}")
    return item.title + (f" ({'; '.join(more)})" if more else "")


def _figures(context: Context) -> Iterator[BoardFigure]:
    """Yield the region's own numbers; of regions merged into it each its own, since nobody has added them up."""
    for figure in context.catalogue.settings.sheet_figures:
        statistic = context.catalogue.statistics[figure.statistic]
        row = next(row for row in statistic.rows if row.label == figure.row)
        for column, value in zip(statistic.columns, row.values, strict=True):
            if column.id in context.sender.heritage and value is not None:
                whose = "" if column.id == context.sender.id else f"{column.label}: "
                yield BoardFigure(value=decimal(value).replace("-", "−"), says=f"{whose}{figure.says}")


def _caveats(statistics: list[Statistic]) -> tuple[str, ...]:
    shared = [line for statistic in statistics for line in statistic.caveats[:MOST_CAVEATS]]
    return tuple(dict.fromkeys(shared))


def _sources(context: Context, statistics: list[Statistic]) -> Iterator[str]:
    """Yield the sources of the numbers with their places, and those of the lists by name."""
    catalogue = context.catalogue
    places: dict[str, list[str]] = {}
    for statistic in statistics:
        for citation in statistic.citations[:1]:
            places.setdefault(citation.source, []).append(citation.place or "")
    for item in (*context.offered_to("citizens"), *context.offered_to("clinicians")):
        for citation in item.citations if item.counted else ():
            places.setdefault(citation.source, [])
    for name, found in places.items():
        source = catalogue.sources[name]
        year = f" ({source.bare.year})" if source.year else ""
        where = f", {'; '.join(dict.fromkeys(filter(None, found)))}" if any(found) else ""
        yield f"{source.bare.publisher}: {source.bare.title}{year}{where}"


def _render(board: Board) -> bytes:
    """Return the sheet as one A4 page, tagged after PDF/UA-1; raises PaperError where it does not fit."""
    from typst import TypstError  # only who sets something waits for the typesetter

    from generator.paper.typesetting import compiled, forget, plain

    data = {"board": plain(board), "words": _WORDS, "sizes": list(SIZES)}
    files = {"main.typ": _TEMPLATE.read_bytes(), "data.json": json.dumps(data, ensure_ascii=False).encode()}
    midnight = datetime.combine(board.as_of, time(), UTC)
    try:
        return compiled(files, format="pdf", pdf_standards=["ua-1"], timestamp=midnight)[0]
    except TypstError as error:
        if "too-long" in error.message:
            message = f"regionens ark er for fuldt til én A4-side med tekst på {min(SIZES):g} punkt"
            raise PaperError(message, "gør titlerne kortere, eller tag et tal ud af sheet_figures") from error
        raise
    finally:
        forget()
