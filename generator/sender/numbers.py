"""Whom a reader calls: which number is shown to whom, and how it is written where nobody has confirmed it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from generator.danish import long_date
from generator.model.place import Area, Phone
from generator.sender.setting import Setting

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


@dataclass(frozen=True)
class WhomToCall:
    """Whom a sender's readers call: their own GP by day, and otherwise the number of the area they are in."""

    doctor: Mapping[str, Any] | None
    areas: tuple[tuple[Area, Mapping[str, Any]], ...]


def whom_to_call(setting: Setting) -> WhomToCall:
    """Return whom to call in the sender's areas; hours that differ between them are not told as if they were one."""
    doctors = [phone for area in setting.sender.areas if (phone := area.phone("own-gp", setting.as_of))]
    same_hours = len({phone.hours for phone in doctors}) == 1
    first = min(doctors, key=lambda phone: phone.valid_to or date.max, default=None)  # whose hours are the first to end
    doctor = {**phone_row(first), **({} if same_hours else OPENING_HOURS)} if first else None
    return WhomToCall(doctor, tuple(_at_night(setting, setting.sender.areas)))


def _at_night(setting: Setting, areas: Iterable[Area]) -> Iterator[tuple[Area, dict[str, Any]]]:
    for area in areas:
        if phone := area.phone("out-of-hours", setting.as_of):
            yield area, {**phone_row(phone), "exceptions": area.exceptions_on(setting.as_of)}


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


def all_numbers(setting: Setting) -> list[tuple[Area, dict[str, Any]]]:
    """Return the number of every area in the country, the sender's own first, for those who may be from anywhere.

    A region that is published alone does not wait for the others to confirm theirs, so that what is published leaves
    out those that nobody has confirmed, or not for a long time.
    """
    areas = sorted(setting.catalogue.areas.values(), key=lambda area: area not in setting.sender.areas)
    if setting.profile == "publish":
        areas = [area for area in areas if _is_answered_for(area, setting.as_of)]
    return list(_at_night(setting, areas))


def _is_answered_for(area: Area, day: date) -> bool:
    phone = area.phone("out-of-hours", day)
    return phone is not None and phone.is_answered_for(day)
