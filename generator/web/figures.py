"""The pages of figures for clinicians and consultants: a list, a page for each figure, and its tables as files."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from markupsafe import Markup

from generator import addresses
from generator.danish import joined
from generator.draw import charts, tables
from generator.draw.panels import panels
from generator.model.catalogue import Catalogue
from generator.model.figure import Figure, Part
from generator.model.source import Source
from generator.model.statistic import Statistic
from generator.sender.context import Context
from generator.web.api import as_json
from generator.web.page import Page

LIST = "Tal, man kan se på"


def figure_pages(context: Context) -> Iterator[Page]:
    """Yield the list of figures and a page for each, where there are any."""
    found = _ordered(context)
    if found:
        yield Page(
            addresses.FIGURES, "figures.html", LIST, "Figurer med tabeller, forbehold og kilder.",
            partial(_list_values, context, found), "data/figures",
        )  # fmt: skip
    for figure in found:
        yield Page(
            addresses.figure_page(figure.id), "figure.html", figure.title, figure.see,
            partial(_figure_values, context, figure), str(figure.origin.path),
        )  # fmt: skip


def figure_files(context: Context) -> Iterator[tuple[str, bytes]]:
    """Yield a region's figures' tables as CSV and JSON, with the address of each below the region's root."""
    if context.sender.region is None:
        return
    for figure in context.catalogue.figures.values():
        for statistic in tables_of(context.catalogue, figure):
            as_csv, as_data = addresses.table_files(figure.id, statistic.id)
            yield as_csv, tables.as_csv(context.catalogue, figure, statistic)
            yield as_data, as_json(tables.table_data(context.catalogue, figure, statistic))


def table_addresses(catalogue: Catalogue) -> Iterator[str]:
    """Yield the addresses of all those files, which are the same below every region's root."""
    for figure in catalogue.figures.values():
        for statistic in tables_of(catalogue, figure):
            yield from addresses.table_files(figure.id, statistic.id)


def tables_of(catalogue: Catalogue, figure: Figure) -> list[Statistic]:
    """Return the tables that a figure draws from, each once, in the order of its parts."""
    names: dict[str, None] = {}
    for part in figure.parts:
        names[part.statistic] = None
        if part.difference and part.difference.statistic:
            names[part.difference.statistic] = None
    return [catalogue.statistics[name] for name in names]


def _ordered(context: Context) -> list[Figure]:
    return sorted(context.catalogue.figures.values(), key=lambda figure: (figure.order, figure.id))


def _list_values(context: Context, found: list[Figure]) -> dict[str, Any]:
    own = context.sender.heritage
    sections = (
        ("Regionerne ved siden af hinanden", [f for f in found if f.region == "multiple"]),
        (f"Om {context.sender.name}", [f for f in found if f.region in own]),
        ("Hele landet", [f for f in found if f.region == "national"]),
        ("Fra andre regioner", [f for f in found if f.region not in (*own, "multiple", "national")]),
    )
    elsewhere = {f.region for f in found} - own - {"multiple", "national"}
    return {"elsewhere": elsewhere, "sections": [(title, figures) for title, figures in sections if figures],
            "predecessors": _predecessors(context)}  # fmt: skip


def _figure_values(context: Context, figure: Figure) -> dict[str, Any]:
    own = context.sender.heritage
    return {
        "figure": figure,
        "parts": _drawn(context, figure),
        "caveats": _caveats(context, figure),
        "own_scales": not figure.one_scale and any(part.form == "small-multiples" for part in figure.parts),
        "sources": _cited(context, figure),
        "tables": [_table(figure, statistic) for statistic in tables_of(context.catalogue, figure)],
        "predecessors": _predecessors(context) if figure.region == "multiple" else "",
        "elsewhere": None if figure.region in own else context.catalogue.regions.get(figure.region),
        "own": own,
    }


def _caveats(context: Context, figure: Figure) -> list[str]:
    """Return every caveat of the figure and its tables once, since tables of one source share most of theirs."""
    own = (caveat for statistic in tables_of(context.catalogue, figure) for caveat in statistic.caveats)
    return list(dict.fromkeys((*figure.caveats, *own)))


def _cited(context: Context, figure: Figure) -> list[tuple[Source, list[str]]]:
    """Return every source of the tables once, with the places in it that the numbers stand in."""
    places: dict[str, dict[str, None]] = {}
    for statistic in tables_of(context.catalogue, figure):
        for citation in statistic.citations:
            places.setdefault(citation.source, {})[citation.place or ""] = None
    return [(context.catalogue.sources[name], [p for p in found if p]) for name, found in places.items()]


def _drawn(context: Context, figure: Figure) -> list[dict[str, Any]]:
    statistics = context.catalogue.statistics
    made = panels(figure, statistics, context.sender.heritage)
    return [
        {
            "part": part,
            "statistic": statistics[part.statistic],
            "is_told": place > 0 and figure.parts[place - 1].statistic == part.statistic,
            "panels": [_shown(part, panel) for panel in found],
        }
        for place, (part, found) in enumerate(zip(figure.parts, made, strict=True))
        if found
    ]


def _shown(part: Part, panel: charts.ChartPanel) -> dict[str, Any]:
    drawing = Markup(charts.DRAW[part.form](panel))  # every text in it was escaped when it was drawn
    return {"heading": panel.heading, "calculation": tables.CALCULATIONS[panel.standardised], "svg": drawing}


def _table(figure: Figure, statistic: Statistic) -> dict[str, Any]:
    """Return a table as a page shows it: the whole, or where only some of its groups are drawn, those."""
    parts = [part for part in figure.parts if part.statistic == statistic.id]
    drawn = {group for part in parts for group in part.groups} if all(part.groups for part in parts) else set()
    shown = [item for item in tables.groups(statistic) if not drawn or item[0] in drawn]
    calculations = {row.standardised for row in statistic.rows}
    return {
        "statistic": statistic,
        "turned": len(statistic.rows) < len(statistic.columns),
        "groups": shown,
        "is_whole": len(shown) == len(tables.groups(statistic)),
        "calculation": tables.CALCULATIONS[calculations.pop()] if len(calculations) == 1 else "",
        "cell": tables.cell,
        "calculations": tables.CALCULATIONS,
        "gaps": any(value is None for _, _, rows in shown for row in rows for value in row.values),
    }


def _predecessors(context: Context) -> str:
    """Return the names of the regions whose numbers stand in for those of a region that is too new to have its own."""
    older = sorted(context.sender.heritage - {context.sender.id})
    has_own = any(c.id == context.sender.id for s in context.catalogue.statistics.values() for c in s.columns)
    return "" if has_own or not older else joined([context.catalogue.regions[name].name for name in older])
