"""Which sheets are set alike: all with the same text in the same shape, after the fullest of them.

So a leaflet looks the same in every region, whether one region is built or all are; the typesetter looks for what fits
once instead of once a sender; and a number that changes leaves the layout as it was.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from generator.cache import Cache, key
from generator.model.paper_format import FORMATS, Look
from generator.model.sheet import PhoneRow, Sheet, SheetPalette
from generator.paper.leaflets import Print, prints
from generator.paper.press import Job, Printed
from generator.problems import ContentError
from generator.sender.context import Context
from generator.sender.senders import regional_senders

Shape = tuple[str, float, tuple[Look, ...]]
"""The template, the width of a page in millimetres, and the looks: formats with the same are laid out alike."""
_NOBODYS = SheetPalette(ink="#000000", tint="#F0F0F0")


def shape(item: Print) -> Shape:
    """Return the shape of the leaflet's format."""
    paper_format = FORMATS[item.paper_format]
    return paper_format.template, paper_format.width, paper_format.looks


def prints_alike(contexts: Sequence[Context]) -> list[tuple[str, Print]]:
    """Return the senders' leaflets, each under the sender's id and with the model it is set after.

    Raises ContentError where a leaflet of theirs has no code; others' mistakes are nothing to them.
    """
    found = [(context.sender.id, item) for context in contexts if context.sender.region for item in prints(context)]
    others: list[Print] = []
    for context in _others(contexts) if found else ():
        with suppress(ContentError):
            others += prints(context)
    models = alike([item for _, item in found], others)
    return [(sender, item) for (sender, _), item in zip(found, models, strict=True)]


def jobs(items: Sequence[Print], store: Cache) -> list[Job]:
    """Return the printing of each leaflet; those that share a layout are one family."""
    return [
        Job(
            f"{item.address.rpartition('/')[2]}, {item.sheet.sender_name}",
            key("leaflet", item.paper_format, item.address, item.leaflet.formats[0], item.sheet, item.model),
            partial(_made, item, store),
            (item.leaflet.id, shape(item)),
        )
        for item in items
    ]


def _made(item: Print, store: Cache) -> Printed:
    from generator.paper.print_files import make  # the typesetter, and only who sets something waits for it

    return make(item, store)


def _others(contexts: Sequence[Context]) -> Iterator[Context]:
    """Yield the contexts of the day's regions that are not among the chosen."""
    first, chosen = contexts[0], {context.sender.id for context in contexts}
    for sender in regional_senders(first.catalogue, first.day):
        if sender.id not in chosen:
            yield replace(first, sender=sender)


def alike(chosen: Sequence[Print], others: Iterable[Print]) -> list[Print]:
    """Return the chosen leaflets, each with the model that it is set after: the fullest sheet with the same text."""
    fullest: dict[tuple[Shape, Sheet], Sheet] = {}
    for item in (*chosen, *others):
        place, sheet = (shape(item), _text(item.sheet)), _without_digits(item.sheet)
        if place not in fullest or _fullness(sheet) > _fullness(fullest[place]):
            fullest[place] = sheet
    return [replace(item, model=fullest[shape(item), _text(item.sheet)]) for item in chosen]


def _text(sheet: Sheet) -> Sheet:
    """Return what is the same whoever sends the sheet."""
    return replace(
        sheet, sender_name="", palette=_NOBODYS, phones=(), code="", code_address="", readable_address="", edition=(),
        cards=tuple(replace(card, phones=()) for card in sheet.cards), logo=sheet.logo and "",
    )  # fmt: skip


def _without_digits(sheet: Sheet) -> Sheet:
    """Return the sheet with its numbers to call as zeros: all digits are about as wide."""
    cards = tuple(replace(card, phones=_zeros(card.phones)) for card in sheet.cards)
    return replace(sheet, cards=cards, phones=_zeros(sheet.phones))


def _zeros(phones: Iterable[PhoneRow]) -> tuple[PhoneRow, ...]:
    return tuple(replace(row, number=row.number and re.sub(r"\d", "0", row.number)) for row in phones)


def _fullness(sheet: Sheet) -> tuple[int, str]:
    """Return how many letters the sender's own facts have; of two alike always the same one is the model."""
    own = (sheet.sender_name, *sheet.edition, *map(str, (*sheet.phones, *(card.phones for card in sheet.cards))))
    return sum(map(len, own)), sheet.code
