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
from generator.sender.numbers import all_numbers, number_html, whom_to_call
from generator.sender.senders import interventions_of
from generator.sender.setting import Setting

AUDIENCES = {"borgere": "citizens", "fagfolk": "clinicians"}
LARGEST_CARD = 6
"""Lines under one heading of an urgency card; a longer list is not read in an emergency."""


@dataclass(frozen=True)
class Block:
    """What a block insertion shows: the template's name and the values it needs."""

    name: str
    values: Mapping[str, Any]


Part = Markup | Block


def fill(body: Body, setting: Setting, root: str) -> tuple[Part, ...]:
    """Return the text as HTML and blocks, in order; `root` leads from the page to the sender's first page."""
    parts: list[Part] = []
    running = Markup("")
    for segment in body.segments:
        if isinstance(segment, str):
            running += Markup(segment)  # made by the dialect from text that may hold no HTML of its own
        elif segment.name in INLINE:
            running += INLINE[segment.name](setting, segment, root, body)
        else:
            parts += [running, Block(segment.name, BLOCKS[segment.name](setting, segment))]
            running = Markup("")
    return tuple(part for part in (*parts, running) if part)


def _citation(setting: Setting, insertion: Insertion, root: str, body: Body) -> Markup:
    number = body.cited.index(insertion.arguments[0]) + 1
    source = setting.catalogue.sources[insertion.arguments[0]]
    place = f", {insertion.arguments[1]}" if len(insertion.arguments) > 1 else ""
    return Markup('<sup><a href="#kilde-{0}" aria-label="Kilde {0}" title="{1}">{0}</a></sup>').format(
        number, f"{source.bare.publisher}{place}"
    )


def _telephone(setting: Setting, insertion: Insertion, root: str, body: Body) -> Markup:
    if insertion.arguments[0] == EMERGENCY_NUMBER:
        return Markup('<a href="tel:{0}">{0}</a>').format(EMERGENCY_NUMBER)
    if len(setting.sender.areas) > 1 and setting.sender.region is None:
        return Markup('<a href="{}{}">lægevagten der, hvor du bor</a>').format(root, setting.help_address)
    phones = [(area, phone) for area in setting.sender.areas if (phone := setting.sender.number(area, setting.as_of))]
    shown = [
        Markup("{} på {}").format(phone.name, number_html(phone)) + (f" ({area.name})" if len(phones) > 1 else "")
        for area, phone in phones
    ]
    return Markup(" eller ").join(shown)


def _sender_name(setting: Setting, insertion: Insertion, root: str, body: Body) -> Markup:
    return escape(setting.sender.name)


def urgency_cards(setting: Setting) -> list[dict[str, Any]]:
    """Return a card for each level that has signs, worst first, its signs grouped where the list would be too long."""
    cards = []
    for level in setting.catalogue.urgency_levels.values():
        flags = setting.catalogue.red_flags_at(level.id)
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


def _red_flags(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    short = insertion.arguments == ("kort",)
    return {"short": short, "cards": [] if short else urgency_cards(setting), "calls": whom_to_call(setting),
            "help": setting.help_address}  # fmt: skip


def _whom_to_call(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    return {"calls": whom_to_call(setting), "national": setting.sender.region is None}


def _all_numbers(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    return {"rows": all_numbers(setting)}


def _leaflet(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    return {"leaflet": leaflet_card(setting, insertion.arguments[0])}


def leaflet_card(setting: Setting, leaflet: str) -> dict[str, Any] | None:
    """Return what a leaflet's card shows, or None where this sender does not hand it out."""
    record = setting.catalogue.leaflets[leaflet]
    if setting.sender.id not in record.senders:
        return None
    first = FORMATS[record.formats[0]]
    return {
        "record": record,
        "files": [(FORMATS[name], addresses.leaflet_file(leaflet, name)) for name in record.formats],
        "picture": addresses.leaflet_picture(leaflet, record.formats[0]),
        "picture_height": round(215 * first.height / first.width),
        "gallery": f"{addresses.LEAFLETS}#{leaflet}",
    }


def leaflet_cards(setting: Setting) -> list[dict[str, Any]]:
    """Return the cards of all leaflets that the sender hands out."""
    cards = (leaflet_card(setting, leaflet) for leaflet in setting.catalogue.leaflets)
    return [card for card in cards if card]


def _videos(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    audience = AUDIENCES[insertion.arguments[0]]
    own = setting.sender.heritage
    everywhere = setting.sender.region is None
    videos = [video for video in setting.catalogue.videos_on(setting.as_of) if video.audience == audience]
    return {"videos": [video for video in videos if everywhere or video.region in own]}


def _interventions(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    audience = AUDIENCES[insertion.arguments[0]]
    kind = insertion.arguments[1] if len(insertion.arguments) > 1 else None
    national = setting.sender.region is None
    found = [
        i
        for i in interventions_of(setting.catalogue, setting.sender, setting.as_of)
        if not national and i.audience in (audience, "both") and (kind is None or kind in (i.kind, *i.kinds))
    ]
    return {"items": found, "kind": kind, "national": national}


def _crisis(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    return {"route": setting.sender.region.crisis_route if setting.sender.region else None}


def _writing_lines(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    """Show nothing: lines to write on are for paper."""
    return {}


def _contact(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    region = setting.sender.region
    return {"contact": region.contact if region else None, "website": region.website if region else None}


def _server(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    return {"hosting": setting.catalogue.settings.hosting}


def _bibliography(setting: Setting, insertion: Insertion) -> dict[str, Any]:
    return {"sources": list(setting.catalogue.sources.values())}


def citation_list(setting: Setting, body: Body) -> list[Source]:
    """Return the sources a text cites, in the order of their numbers."""
    return [setting.catalogue.sources[source] for source in body.cited]


def sources_of(catalogue: Catalogue, citations: Iterable[Citation]) -> list[tuple[Source, str]]:
    """Return each source cited, once, with all the places in it."""
    places: dict[str, list[str]] = {}
    for citation in citations:
        where = (citation.place, f"l. {citation.lines}" if citation.lines else None)
        places.setdefault(citation.source, []).append(", ".join(filter(None, where)))
    return [(catalogue.sources[name], "; ".join(filter(None, found))) for name, found in places.items()]


INLINE: Mapping[str, Callable[[Setting, Insertion, str, Body], Markup]] = {
    "kilde": _citation,
    "telefon": _telephone,
    "afsender": _sender_name,
}
BLOCKS: Mapping[str, Callable[[Setting, Insertion], dict[str, Any]]] = {
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
