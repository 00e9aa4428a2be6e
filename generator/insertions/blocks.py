"""The insertions that stand alone in their paragraph, each shown by the template of its name in `overrides/blocks/`."""

from typing import Any, get_args

from generator import addresses
from generator.insertions.declaration import Argument, BlockInsertion, Frozen, OffPaper, OnPaper, Use
from generator.model.intervention import Kind
from generator.model.leaflet import Leaflet
from generator.model.paper_format import FORMATS
from generator.model.red_flag import RedFlag
from generator.model.sheet import WritingLines
from generator.sender.context import Context
from generator.sender.numbers import all_numbers, whom_to_call

_AUDIENCES = {"borgere": "citizens", "fagfolk": "clinicians"}
LARGEST_CARD = 6
"""Lines under one heading of an urgency card; a longer list is not read in an emergency."""


def urgency_cards(context: Context) -> list[dict[str, Any]]:
    """Return a card for each level that has signs, worst first, its signs grouped where the list would be too long."""
    cards = []
    for level in context.catalogue.urgency_levels.values():
        flags = context.catalogue.red_flags_at(level.id)
        if flags:
            kind = level.id
            cards.append({"level": level, "groups": _groups(flags), "is_urgent": kind != "routine",
                          "shows_numbers": kind == "now", "dials": kind == "emergency"})  # fmt: skip
    return cards


def _groups(flags: tuple[RedFlag, ...]) -> list[tuple[str | None, list[RedFlag]]]:
    if len(flags) <= LARGEST_CARD:
        return [(None, list(flags))]
    groups: dict[str, list[RedFlag]] = {}
    for flag in flags:
        groups.setdefault(flag.group, []).append(flag)
    return list(groups.items())


def _red_flags(use: Use) -> dict[str, Any]:
    short = use.arguments == ("kort",)
    return {"short": short, "cards": [] if short else urgency_cards(use.context), "calls": whom_to_call(use.context),
            "help": use.context.help_address}  # fmt: skip


def _whom_to_call(use: Use) -> dict[str, Any]:
    return {"calls": whom_to_call(use.context), "national": use.context.sender.region is None}


def leaflet_card(context: Context, leaflet: str) -> dict[str, Any] | None:
    """Return what a leaflet's card shows, or None where this sender does not hand it out."""
    record = context.catalogue.leaflets[leaflet]
    if context.sender.id not in record.senders:
        return None
    first = FORMATS[record.formats[0]]
    return {
        "record": record,
        "carries": "signs" if record.signs else "whole-text" if _carries_whole_text(record) else None,
        "files": [(FORMATS[name], addresses.leaflet_file(leaflet, name)) for name in record.formats],
        "picture": addresses.leaflet_picture(leaflet, record.formats[0]),
        "picture_height": round(215 * first.height / first.width),
        "gallery": f"{addresses.LEAFLETS}#{leaflet}",
    }


def _carries_whole_text(leaflet: Leaflet) -> bool:
    return leaflet.audience == "citizens" and not leaflet.short_parts


def _videos(use: Use) -> dict[str, Any]:
    audience, sender = _AUDIENCES[use.arguments[0]], use.context.sender
    videos = [video for video in use.context.catalogue.videos_on(use.context.day) if video.audience == audience]
    return {"videos": [video for video in videos if sender.region is None or video.region in sender.heritage]}


def _interventions(use: Use) -> dict[str, Any]:
    kind = use.arguments[1] if len(use.arguments) > 1 else None
    national = use.context.sender.region is None
    offered = [] if national else use.context.offered_to(_AUDIENCES[use.arguments[0]])
    return {
        "items": [item for item in offered if kind is None or item.is_of(kind)],
        "national": national,
        "silent": kind == "access-trial",  # a trial that nobody has told of is no gap
    }


def _crisis(use: Use) -> dict[str, Any]:
    return {"route": use.context.sender.region.crisis_route if use.context.sender.region else None}


def _contact(use: Use) -> dict[str, Any]:
    region = use.context.sender.region
    return {"contact": region.contact if region else None, "website": region.website if region else None}


AUDIENCE = Argument(example="borgere", choices=tuple(_AUDIENCES))
BLOCKS = {
    "alarmtegn": BlockInsertion(
        arguments=(Argument(choices=("kort",), optional=True),), values=_red_flags, paper=OffPaper.ELSEWHERE
    ),
    "hvem-ringer-du-til": BlockInsertion(values=_whom_to_call, paper=OffPaper.ELSEWHERE),
    "alle-numre": BlockInsertion(values=lambda use: {"rows": all_numbers(use.context)}, paper=OffPaper.REFUSED),
    "folder": BlockInsertion(
        arguments=(Argument(example="folderens-id", names="leaflet"),),
        values=lambda use: {"leaflet": leaflet_card(use.context, use.arguments[0])},
        paper=OffPaper.ELSEWHERE,
        needs_files=True,
    ),
    "videoer": BlockInsertion(arguments=(AUDIENCE,), values=_videos, paper=OffPaper.REFUSED),
    "indsatser": BlockInsertion(
        arguments=(AUDIENCE, Argument(choices=get_args(Kind), optional=True)),
        values=_interventions,
        paper=OffPaper.REFUSED,
    ),
    "skrivelinjer": BlockInsertion(
        arguments=(Argument(example="4", choices=("1", "2", "4", "6")),),
        values=lambda use: {},
        paper=OnPaper(shown=lambda use: (WritingLines(int(use.arguments[0])),), frozen=Frozen.WITHOUT_WORDS),
    ),
    "krisehjaelp": BlockInsertion(values=_crisis, paper=OffPaper.REFUSED),
    "kontakt": BlockInsertion(values=_contact, paper=OffPaper.REFUSED),
    "server": BlockInsertion(
        values=lambda use: {"hosting": use.context.catalogue.settings.hosting}, paper=OffPaper.REFUSED
    ),
    "kildeliste": BlockInsertion(
        values=lambda use: {"sources": list(use.context.catalogue.sources.values())}, paper=OffPaper.REFUSED
    ),
}
