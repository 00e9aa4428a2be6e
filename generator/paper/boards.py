"""Catalogue → what stands on a region's sheet for the notice board."""

from collections.abc import Iterator

from generator import addresses
from generator import paper as leaflets
from generator.codes.short_links import short_links
from generator.danish import decimal, long_date
from generator.model.catalogue import Catalogue
from generator.model.intervention import Intervention
from generator.model.place import EMERGENCY_NUMBER, Region
from generator.model.statistic import Statistic
from generator.paper.board import Board, BoardFigure, BoardLeaflet, BoardList, render_board
from generator.paper.phone_rows import phone_rows
from generator.problems import ContentError
from generator.sender.interventions import offered_to
from generator.sender.numbers import UNCONFIRMED
from generator.sender.plan import Plan
from generator.sender.senders import Sender
from generator.sender.setting import Setting

STATUSES = {"pilot": "forsøg", "planned": "planlagt", "historical": "tidligere", "under-discussion": "drøftes"}
MOST_CAVEATS = 3
"""The first of each table, which are the same for many; the rest stand with the tables."""


def board(catalogue: Catalogue, sender: Sender, plan: Plan) -> Board:
    """Return the sheet of one region on the plan's day."""
    setting = Setting(catalogue, sender, plan.as_of)
    settings = catalogue.settings
    statistics = [catalogue.statistics[figure.statistic] for figure in settings.sheet_figures]
    figures = tuple(_figures(setting))
    return Board(
        title=f"{settings.title}: {sender.name}",
        heading=settings.title,
        promise="Det vigtigste til opslagstavlen i klinikken.",
        sender_name=sender.name,
        palette=leaflets.Palette(ink=sender.palette.ink, tint=sender.palette.tint),
        numbers=tuple(_numbers(setting)),
        leaflets=tuple(_leaflets(setting, plan)),
        lists=tuple(_lists(setting)),
        figures=figures,
        caveats=_caveats(statistics) if figures else (),
        sources=tuple(_sources(setting, statistics)),
        notices=(settings.reported_notice, settings.intended_purpose),
        draft=plan.profile == "draft",
        as_of=plan.as_of,
        day=long_date(plan.as_of),
    )


def printed(sheet: Board, region: Region) -> bytes:
    """Return the sheet as a PDF; raises ContentError where it does not fit on its one page."""
    try:
        return render_board(sheet)
    except leaflets.PaperError as error:
        raise ContentError([region.problem(error.message, error.remedy)]) from error


def _numbers(setting: Setting) -> Iterator[leaflets.PhoneRow]:
    yield leaflets.PhoneRow(who="Livsfare", hours="døgnet rundt", number=EMERGENCY_NUMBER)
    yield from phone_rows(setting)


def _leaflets(setting: Setting, plan: Plan) -> Iterator[BoardLeaflet]:
    for link in short_links(setting, plan):
        yield BoardLeaflet(
            title=link.leaflet.title,
            promise=f"{link.leaflet.promise}.",
            address=addresses.readable(link.address),
            status=None if link.works else "virker ikke endnu",
        )


def _lists(setting: Setting) -> Iterator[BoardList]:
    for audience, heading in (
        ("citizens", "Tilbud til borgere"),
        ("clinicians", "Indsatser til fagfolk"),
    ):
        items = [item for item in offered_to(setting, audience) if item.counted]
        lines = tuple(_line(item) for item in items) or (setting.catalogue.settings.nothing_reported,)
        yield BoardList(heading=heading, lines=lines)


def _line(item: Intervention) -> str:
    more = [item.site] if item.site and item.site not in item.title else []
    if item.status in STATUSES:
        more.append(STATUSES[item.status])
    if item.kind == "hotline":
        number = item.phone or "nummer ikke oplyst"
        more.append(number if item.phone_verified_on or not item.phone else f"{number}, {UNCONFIRMED}")
    if item.valid_to:
        more.append(f"gælder til {long_date(item.valid_to)}")
    return item.title + (f" ({'; '.join(more)})" if more else "")


def _figures(setting: Setting) -> Iterator[BoardFigure]:
    """Yield the region's own numbers; of regions merged into it each its own, since nobody has added them up."""
    for figure in setting.catalogue.settings.sheet_figures:
        statistic = setting.catalogue.statistics[figure.statistic]
        row = next(row for row in statistic.rows if row.label == figure.row)
        for column, value in zip(statistic.columns, row.values, strict=True):
            if column.id in setting.sender.heritage and value is not None:
                whose = "" if column.id == setting.sender.id else f"{column.label}: "
                yield BoardFigure(value=decimal(value).replace("-", "−"), says=f"{whose}{figure.says}")


def _caveats(statistics: list[Statistic]) -> tuple[str, ...]:
    shared = [line for statistic in statistics for line in statistic.caveats[:MOST_CAVEATS]]
    return tuple(dict.fromkeys(shared))


def _sources(setting: Setting, statistics: list[Statistic]) -> Iterator[str]:
    """Yield the sources of the numbers with their places, and those of the lists by name."""
    catalogue = setting.catalogue
    places: dict[str, list[str]] = {}
    for statistic in statistics:
        for citation in statistic.citations[:1]:
            places.setdefault(citation.source, []).append(citation.place or "")
    for item in (*offered_to(setting, "citizens"), *offered_to(setting, "clinicians")):
        for citation in item.citations if item.counted else ():
            places.setdefault(citation.source, [])
    for name, found in places.items():
        source = catalogue.sources[name]
        year = f" ({source.bare.year})" if source.year else ""
        where = f", {'; '.join(dict.fromkeys(filter(None, found)))}" if any(found) else ""
        yield f"{source.bare.publisher}: {source.bare.title}{year}{where}"
