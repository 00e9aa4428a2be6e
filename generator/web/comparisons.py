"""Pages that set the regions' own reports side by side, and the sheets that a meeting about them is written on."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from generator import addresses
from generator.danish import alphabetical, joined
from generator.model.comparison import Comparison, Exercise
from generator.model.intervention import KINDS, Intervention, Kind
from generator.model.place import Region
from generator.sender.context import Context
from generator.sender.senders import regional_senders
from generator.web.page import Page

_AUDIENCES = {"citizens": "Til borgere", "clinicians": "Til fagfolk"}


def comparison_pages(context: Context) -> Iterator[Page]:
    """Yield each comparison, and its sheet where it has one."""
    for comparison in context.catalogue.comparisons.values():
        address, source = addresses.comparison_page(comparison.id), str(comparison.origin.path)
        yield Page(
            address,
            "comparison.html",
            comparison.title,
            comparison.summary,
            partial(_values, context, comparison),
            source,
        )
        if sheet := comparison.worksheet:
            yield Page(
                addresses.worksheet_page(comparison.id), "worksheet.html", sheet.title, sheet.summary,
                partial(_worksheet_values, context, comparison), source,
            )  # fmt: skip


def points(tree: Element, section: str) -> list[str]:
    """Return the words of each point of the numbered lists under a heading, without references to sources."""
    inside, found = False, []
    for element in tree:
        if element.tag == "h2":
            inside = element.get("id") == section
        elif inside and element.tag == "ol":
            found += [" ".join("".join(item.itertext()).split()) for item in element]
    return found


def reported(context: Context, comparison: Comparison) -> list[Intervention]:
    """Return the interventions that regions told of in the comparison's report, and that still are what they were."""
    return [
        item
        for item in context.catalogue.interventions.values()
        if item.counted
        and item.is_valid_on(context.day)
        and item.region in context.catalogue.regions
        and any(citation.source == comparison.source for citation in item.citations)
    ]


def _values(context: Context, comparison: Comparison) -> dict[str, Any]:
    items = reported(context, comparison)
    own = context.sender.heritage
    regions = sorted(_regions(context, items), key=lambda region: region.id not in own)  # one's own first
    tables = [
        (name, list(_rows(context, [item for item in items if item.audience == audience], regions)))
        for audience, name in _AUDIENCES.items()
    ]
    return {
        "comparison": comparison,
        "regions": regions,
        "own": own,
        "tables": tables,
        "missing": [(name, [row for row in rows if row["is_missing"]]) for name, rows in tables],
        "own_names": joined([region.name for region in regions if region.id in own]),
        "items": [(region, _way(context, region), _told(comparison, items, region)) for region in regions],
        "source": context.catalogue.sources[comparison.source],
    }


def _way(context: Context, region: Region) -> str | None:
    """Return the way from a sender's first page to the pages that tell of a region's offers; None where none does."""
    speaker = next((s for s in regional_senders(context.catalogue, context.day) if region.id in s.heritage), None)
    if speaker and region.id in context.sender.heritage:
        return ""
    return f"../{speaker.prefix}" if speaker and not context.alone else None


def _told(comparison: Comparison, items: list[Intervention], region: Region) -> list[tuple[Intervention, str]]:
    """Return what a region told of, each with its places in the comparison's source."""
    return [
        (item, "; ".join(cited.place or "" for cited in item.citations if cited.source == comparison.source))
        for item in items
        if item.region == region.id
    ]


def _regions(context: Context, items: Iterable[Intervention]) -> list[Region]:
    """Return the regions that reported anything, as a Dane looks for them; one that came later is not among them."""
    found = [context.catalogue.regions[name] for name in {item.region for item in items}]
    return sorted(found, key=lambda region: alphabetical(region.short_name))


def _rows(context: Context, items: list[Intervention], regions: list[Region]) -> Iterator[dict[str, Any]]:
    """Yield a row for each kind that any region has told of, with what each of them told."""
    kinds: list[Kind] = sorted({kind for item in items for kind in (item.kind, *item.kinds)})
    for kind in kinds:
        cells = [[i for i in items if i.region == region.id and i.is_of(kind)] for region in regions]
        own = any(found for region, found in zip(regions, cells, strict=True) if region.id in context.sender.heritage)
        yield {"what": KINDS[kind], "cells": cells, "is_missing": not own,
               "others": [(region, found) for region, found in zip(regions, cells, strict=True) if found]}  # fmt: skip


def _worksheet_values(context: Context, comparison: Comparison) -> dict[str, Any]:
    sheet = comparison.worksheet
    assert sheet is not None, "only comparisons with a sheet have a page for it"
    return {
        "comparison": comparison,
        "sheet": sheet,
        "exercises": [(exercise, *_exercise(context, exercise)) for exercise in sheet.exercises],
    }


def _exercise(context: Context, exercise: Exercise) -> tuple[str, list[str]]:
    """Return the address of the text that an exercise is taken from, and its points."""
    topic = context.catalogue.topics[exercise.topic]
    return topic.address, points(topic.body.tree, exercise.section)
