"""Catalogue → what stands on each leaflet of each sender."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element

from generator import addresses
from generator.danish import long_date
from generator.insertions import INSERTIONS
from generator.insertions.declaration import OffPaper, OnPaper, PaperParts, Use
from generator.model.catalogue import Catalogue
from generator.model.edition import PrintedEdition
from generator.model.leaflet import SHORT_FAMILIES, Format, Leaflet, LeafletPart, family
from generator.model.red_flag import PAPER_LEVELS, PaperLevel
from generator.model.sheet import Card, PaperBlock, PaperError, Sheet, SheetPalette
from generator.model.source import Source
from generator.paper.line_breaks import breaking, with_breaks
from generator.paper.tree import sheet_blocks
from generator.problems import ContentError, Position, Problem
from generator.sender.context import Context
from generator.sender.numbers import phone_rows

HELP_HEADINGS = {False: "Hvornår skal du søge hjælp?", True: "Tegn, du skal reagere på"}
"""What stands over the cards; the second where the leaflet itself is called the first."""


@dataclass(frozen=True)
class Print:
    """One leaflet file to be made: its address below the sender's root, and what stands on it."""

    address: str
    leaflet: Leaflet
    paper_format: Format
    edition: PrintedEdition
    sheet: Sheet
    model: Sheet | None = None
    """The sheet after whose layout this one is set where it fits; None where it is set for itself."""


def prints(context: Context) -> Iterator[Print]:
    """Yield every leaflet that the sender hands out and that has a code; raises ContentError where one has none."""
    catalogue, sender = context.catalogue, context.sender
    in_use = catalogue.in_use_on(context.day)
    for leaflet in catalogue.leaflets.values():
        if sender.id in leaflet.senders:
            for paper_format in leaflet.formats:
                edition = in_use.get((leaflet.id, sender.id, leaflet.language, family(paper_format)))
                if edition is None:
                    message = f"folderen har ingen kode til {sender.name} ({family(paper_format)})"
                    remedy = "kør: .venv/bin/borgerinfo release --draft"
                    raise ContentError([leaflet.problem(message, remedy, "senders")])
                sheet = _sheet(context, leaflet, edition)
                yield Print(addresses.leaflet_file(leaflet.id, paper_format), leaflet, paper_format, edition, sheet)


def _sheet(context: Context, leaflet: Leaflet, edition: PrintedEdition) -> Sheet:
    catalogue, sender = context.catalogue, context.sender
    parts = leaflet.parts_for(edition.format_family)
    cited = _cited(catalogue, parts)
    address = catalogue.settings.code_address(edition.id)
    day = long_date(context.day)
    prepare = breaking(catalogue.settings.long_words)
    return Sheet(
        title=leaflet.title,
        promise=leaflet.promise,
        sender_name=sender.name,
        palette=SheetPalette(ink=sender.palette.ink, tint=sender.palette.tint),
        blocks=with_breaks(tuple(_blocks(context, parts, cited)), prepare),
        help_heading=HELP_HEADINGS[leaflet.title == HELP_HEADINGS[False]],
        cards=tuple(_cards(context, leaflet.signs, short=edition.format_family in SHORT_FAMILIES)),
        phones=() if "now" in leaflet.signs or not leaflet.signs else phone_rows(context),
        code=edition.id,
        code_address=address,
        readable_address=addresses.readable(address),
        edition=(leaflet.title, f"kladde {day}" if edition.status == "draft" else day, edition.id),
        origin_notice=leaflet.origin_notice,
        logo=sender.region.logo if sender.region else None,
        stamp=leaflet.audience == "citizens",
        sources=tuple(_source_line(catalogue.sources[name]) for name in cited),
        draft=context.profile == "draft",
        as_of=context.day,
    )


def _cited(catalogue: Catalogue, parts: Sequence[LeafletPart]) -> tuple[str, ...]:
    """Return the sources of the parts in the order of their numbers, those of unused sections left out."""
    names = (
        element.get("args", "").split("|")[0]
        for part in parts
        for top in catalogue.topics[part.topic].body.sections(part.sections)
        for element in top.iter("insertion")
        if element.get("name") == "kilde"
    )
    return tuple(dict.fromkeys(names))


def _blocks(context: Context, parts: Sequence[LeafletPart], cited: tuple[str, ...]) -> Iterator[PaperBlock]:
    for part in parts:
        topic = context.catalogue.topics[part.topic]
        chosen = Element("div")
        chosen.extend(topic.body.sections(part.sections))
        try:
            yield from sheet_blocks(chosen, partial(_on_paper, context, cited))
        except PaperError as error:
            raise ContentError([Problem(Position(topic.origin.path), error.message, error.remedy)]) from error


def _on_paper(context: Context, cited: tuple[str, ...], name: str, arguments: tuple[str, ...]) -> PaperParts:
    """Return what an insertion looks like on paper, or raise PaperError where no text with it may stand there."""
    form = INSERTIONS[name].paper
    if isinstance(form, OnPaper):
        return form.shown(Use(arguments, context, cited))
    if form is OffPaper.ELSEWHERE:
        return ()
    message = f"{{{{ {name} }}}} kan ikke vises på papir"
    raise PaperError(message, "flyt den til en tekst, der ikke er i folderen")


def _cards(context: Context, levels: Sequence[PaperLevel], *, short: bool) -> Iterator[Card]:
    prepare = breaking(context.catalogue.settings.long_words)
    for name in (level for level in PAPER_LEVELS if level in levels):
        level = context.catalogue.urgency_levels.get(name)
        lines = context.catalogue.paper_lines(name, short=short)
        if level and lines:
            yield Card(
                level=name,
                heading=level.heading,
                lines=tuple(map(prepare, lines)),
                action=prepare(level.paper_action or level.action),
                phones=phone_rows(context) if name == "now" else (),
                closing=level.closing,
            )


def _source_line(source: Source) -> str:
    """Return the source in one short line; its full title stands under the same number on the page of the text."""
    said = source.bare
    return f"{said.publisher}, {said.year}" if said.year else said.publisher
