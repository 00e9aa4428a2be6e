"""Named insertions → what they show for one sender on one day.

Inline ones become HTML here, since they stand inside a sentence; block ones become values that a template of the
same name in `overrides/blocks/` shows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from generator import addresses
from generator.model.catalogue import Catalogue
from generator.model.paper_format import FORMATS
from generator.model.place import EMERGENCY_NUMBER
from generator.model.record import Citation
from generator.model.red_flag import RedFlag
from generator.model.source import Source
from generator.model.topic import Body, Insertion
from generator.sender.context import Context
from generator.sender.numbers import all_numbers, number_html, whom_to_call
from generator.sender.senders import interventions_of

AUDIENCES = {"borgere": "citizens", "fagfolk": "clinicians"}
LARGEST_CARD = 6
"""Lines under one heading of an urgency card; a longer list is not read in an emergency."""


@dataclass(frozen=True)
class Block:
    """What a block insertion shows: the template's name and the values it needs."""

    name: str
    values: Mapping[str, Any]


Part = Markup | Block


def fill(body: Body, context: Context, root: str) -> tuple[Part, ...]:
    """Return the text as HTML and blocks, in order; `root` leads from the page to the sender's first page."""
    parts: list[Part] = []
    running = Markup("")
    for segment in body.segments:
        if isinstance(segment, str):
            running += Markup(segment)  # made by the dialect from text that may hold no HTML of its own
        elif segment.name in INLINE:
            running += INLINE[segment.name](context, segment, root, body)
        else:
            parts += [running, Block(segment.name, BLOCKS[segment.name](context, segment))]
            running = Markup("")
    return tuple(part for part in (*parts, running) if part)


def _citation(context: Context, insertion: Insertion, root: str, body: Body) -> Markup:
    number = body.cited.index(insertion.arguments[0]) + 1
    source = context.catalogue.sources[insertion.arguments[0]]
    place = f", {insertion.arguments[1]}" if len(insertion.arguments) > 1 else ""
    return Markup('<sup><a href="#kilde-{0}" aria-label="Kilde {0}" title="{1}">{0}</a></sup>').format(
        number, f"{source.bare.publisher}{place}"
    )


def _telephone(context: Context, insertion: Insertion, root: str, body: Body) -> Markup:
    if insertion.arguments[0] == EMERGENCY_NUMBER:
        return Markup('<a href="tel:{0}">{0}</a>').format(EMERGENCY_NUMBER)
    if len(context.sender.areas) > 1 and context.sender.region is None:
        return Markup('<a href="{}{}">lægevagten der, hvor du bor</a>').format(root, context.help_address)
    phones = [(area, phone) for area in context.sender.areas if (phone := context.sender.number(area, context.day))]
    shown = [
        Markup("{} på {}").format(phone.name, number_html(phone)) + (f" ({area.name})" if len(phones) > 1 else "")
        for area, phone in phones
    ]
    return Markup(" eller ").join(shown)


def _sender_name(context: Context, insertion: Insertion, root: str, body: Body) -> Markup:
    return escape(context.sender.name)


def urgency_cards(context: Context) -> list[dict[str, Any]]:
    """Return a card for each level that has signs, worst first, its signs grouped where the list would be too long."""
    cards = []
    for level in context.catalogue.urgency_levels.values():
        flags = context.catalogue.red_flags_at(level.id)
        if flags:
            cards.append({"level": level, "groups": _groups(flags)})
    return cards


def _groups(flags: tuple[RedFlag, ...]) -> list[tuple[str | None, list[RedFlag]]]:
    if len(flags) <= LARGEST_CARD:
        return [(None, list(flags))]
    groups: dict[str, list[RedFlag]] = {}
    for flag in flags:
        groups.setdefault(flag.group, []).append(flag)
    return list(groups.items())


def _red_flags(context: Context, insertion: Insertion) -> dict[str, Any]:
    short = insertion.arguments == ("kort",)
    return {"short": short, "cards": [] if short else urgency_cards(context), "calls": whom_to_call(context),
            "help": context.help_address}  # fmt: skip


def _whom_to_call(context: Context, insertion: Insertion) -> dict[str, Any]:
    return {"calls": whom_to_call(context), "national": context.sender.region is None}


def _all_numbers(context: Context, insertion: Insertion) -> dict[str, Any]:
    return {"rows": all_numbers(context)}


def _leaflet(context: Context, insertion: Insertion) -> dict[str, Any]:
    return {"leaflet": leaflet_card(context, insertion.arguments[0])}


def leaflet_card(context: Context, leaflet: str) -> dict[str, Any] | None:
    """Return what a leaflet's card shows, or None where this sender does not hand it out."""
    record = context.catalogue.leaflets[leaflet]
    if context.sender.id not in record.senders:
        return None
    first = FORMATS[record.formats[0]]
    return {
        "record": record,
        "files": [(FORMATS[name], addresses.leaflet_file(leaflet, name)) for name in record.formats],
        "picture": addresses.leaflet_picture(leaflet, record.formats[0]),
        "picture_height": round(215 * first.height / first.width),
        "gallery": f"{addresses.LEAFLETS}#{leaflet}",
    }


def leaflet_cards(context: Context) -> list[dict[str, Any]]:
    """Return the cards of all leaflets that the sender hands out."""
    cards = (leaflet_card(context, leaflet) for leaflet in context.catalogue.leaflets)
    return [card for card in cards if card]


def _videos(context: Context, insertion: Insertion) -> dict[str, Any]:
    audience = AUDIENCES[insertion.arguments[0]]
    own = context.sender.heritage
    everywhere = context.sender.region is None
    videos = [video for video in context.catalogue.videos_on(context.day) if video.audience == audience]
    return {"videos": [video for video in videos if everywhere or video.region in own]}


def _interventions(context: Context, insertion: Insertion) -> dict[str, Any]:
    audience = AUDIENCES[insertion.arguments[0]]
    kind = insertion.arguments[1] if len(insertion.arguments) > 1 else None
    national = context.sender.region is None
    found = [
        i
        for i in interventions_of(context.catalogue, context.sender, context.day)
        if not national and i.audience in (audience, "both") and (kind is None or kind in (i.kind, *i.kinds))
    ]
    return {"items": found, "kind": kind, "national": national}


def _crisis(context: Context, insertion: Insertion) -> dict[str, Any]:
    return {"route": context.sender.region.crisis_route if context.sender.region else None}


def _writing_lines(context: Context, insertion: Insertion) -> dict[str, Any]:
    """Show nothing: lines to write on are for paper."""
    return {}


def _contact(context: Context, insertion: Insertion) -> dict[str, Any]:
    region = context.sender.region
    return {"contact": region.contact if region else None, "website": region.website if region else None}


def _server(context: Context, insertion: Insertion) -> dict[str, Any]:
    return {"hosting": context.catalogue.settings.hosting}


def _bibliography(context: Context, insertion: Insertion) -> dict[str, Any]:
    return {"sources": list(context.catalogue.sources.values())}


def citation_list(context: Context, body: Body) -> list[Source]:
    """Return the sources a text cites, in the order of their numbers."""
    return [context.catalogue.sources[source] for source in body.cited]


def sources_of(catalogue: Catalogue, citations: Iterable[Citation]) -> list[tuple[Source, str]]:
    """Return each source cited, once, with all the places in it."""
    places: dict[str, list[str]] = {}
    for citation in citations:
        where = (citation.place, f"l. {citation.lines}" if citation.lines else None)
        places.setdefault(citation.source, []).append(", ".join(filter(None, where)))
    return [(catalogue.sources[name], "; ".join(filter(None, found))) for name, found in places.items()]


INLINE: Mapping[str, Callable[[Context, Insertion, str, Body], Markup]] = {
    "kilde": _citation,
    "telefon": _telephone,
    "afsender": _sender_name,
}
BLOCKS: Mapping[str, Callable[[Context, Insertion], dict[str, Any]]] = {
    "alarmtegn": _red_flags,
    "hvem-ringer-du-til": _whom_to_call,
    "alle-numre": _all_numbers,
    "folder": _leaflet,
    "videoer": _videos,
    "indsatser": _interventions,
    "skrivelinjer": _writing_lines,
    "krisehjaelp": _crisis,
    "kontakt": _contact,
    "server": _server,
    "kildeliste": _bibliography,
}
