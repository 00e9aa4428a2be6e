"""Whom a reader calls: which number is shown to whom, and how it is written where nobody has confirmed it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from generator.danish import long_date
from generator.model.place import Area, Phone
from generator.sender.context import Context

UNCONFIRMED = "ikke bekræftet"
OPENING_HOURS = {"hours": "når din læge har åbent", "hours_in_english": "when your doctor is open", "until": None}


def until(phone: Phone) -> str:
    """Return a number's last day as it stands after the number in a sentence; nothing where no end is known."""
    return f" (gælder til {long_date(phone.valid_to)})" if phone.valid_to else ""


def number_html(phone: Phone) -> Markup:
    """Return a number as a reader meets it: a link once it is confirmed, its last day, and what is not confirmed."""
    if phone.uri:
        return Markup('<a class="nr" href="{}">{}</a>').format(phone.uri, phone.number) + until(phone)
    shown = Markup('<span class="nr"><b>{}</b> <span class="st">({})</span></span>').format(phone.number, UNCONFIRMED)
    return shown + until(phone)


def spoken(phone: Phone, place: str | None) -> str:
    """Return whom one calls in a sentence; the place keeps a reader of two numbers from calling the wrong one."""
    status = "" if phone.is_confirmed else f" ({UNCONFIRMED})"
    number = f"{phone.number or ''}{status}".replace(" ", chr(0xA0)) + until(phone)
    return f"{phone.name} ({place}) på {number}" if place else f"{phone.name} på {number}"


@dataclass(frozen=True)
class WhomToCall:
    """Whom a sender's readers call: their own GP by day, and otherwise the number of the area they are in."""

    doctor: Mapping[str, Any] | None
    areas: tuple[tuple[Area, Mapping[str, Any]], ...]


def whom_to_call(context: Context) -> WhomToCall:
    """Return whom to call in the sender's areas; hours that differ between them are not told as if they were one."""
    doctors = [phone for area in context.sender.areas if (phone := area.phone("own-gp", context.day))]
    same_hours = len({phone.hours for phone in doctors}) == 1
    first = min(doctors, key=lambda phone: phone.valid_to or date.max, default=None)  # whose hours are the first to end
    doctor = {**phone_row(first), **({} if same_hours else OPENING_HOURS)} if first else None
    return WhomToCall(doctor, tuple(_at_night(context, context.sender.areas)))


def _at_night(context: Context, areas: Iterable[Area]) -> Iterator[tuple[Area, dict[str, Any]]]:
    for area in areas:
        if phone := area.phone("out-of-hours", context.day):
            yield area, {**phone_row(phone), "exceptions": area.exceptions_on(context.day)}


def phone_row(phone: Phone) -> dict[str, Any]:
    """Return what a template shows of a number."""
    return {
        "name": phone.name,
        "number": phone.number,
        "uri": phone.uri,
        "hours": phone.hours,
        "hours_in_english": phone.hours_in_english,
        "confirmed": phone.is_confirmed,
        "abroad": phone.number_abroad,
        "until": long_date(phone.valid_to) if phone.valid_to else None,
    }


def all_numbers(context: Context) -> list[tuple[Area, dict[str, Any]]]:
    """Return the number of every area in the country, the sender's own first, for those who may be from anywhere.

    A region that is published alone does not wait for the others to confirm theirs, so that what is published leaves
    out those that nobody has confirmed, or not for a long time.
    """
    areas = sorted(context.catalogue.areas.values(), key=lambda area: area not in context.sender.areas)
    if context.profile == "publish":
        areas = [area for area in areas if _is_answered_for(area, context.day)]
    return list(_at_night(context, areas))


def _is_answered_for(area: Area, day: date) -> bool:
    phone = area.phone("out-of-hours", day)
    return phone is not None and phone.is_answered_for(day)
