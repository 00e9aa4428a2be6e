"""Whom a reader calls: which number is told to whom, and how it is written on a page and on paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from generator.danish import headed, long_date
from generator.model.place import Area, LocalException, Phone
from generator.model.sheet import PhoneRow
from generator.sender.context import Context

UNCONFIRMED = "ikke bekræftet"


@dataclass(frozen=True, kw_only=True)
class Call:
    """Whom to call, as readers are told it; one's own GP belongs to no area."""

    name: str
    number: str | None
    uri: str | None
    """Where a link to the number leads; None while nobody has confirmed it."""
    hours: str
    hours_in_english: str
    confirmed: bool
    abroad: str | None
    until: str | None
    """The last day of the number or of the hours, in words; None where no end is known."""
    area: Area | None = None
    place: str | None = None
    """The area's name where several numbers are told, which keeps a reader from calling the wrong one."""
    exceptions: tuple[LocalException, ...] = ()

    @property
    def who(self) -> str:
        """The name, and the place where it is needed."""
        return f"{self.name}, {self.place}" if self.place else self.name

    @property
    def html(self) -> Markup:
        """The number in a sentence on a page: a link once it is confirmed, its last day, and what is not confirmed."""
        if self.uri:
            return Markup('<a class="nr" href="{}">{}</a>').format(self.uri, self.number) + self._end
        shown = '<span class="nr"><b>{}</b> <span class="st">({})</span></span>'
        return Markup(shown).format(self.number, UNCONFIRMED) + self._end

    @property
    def spoken(self) -> str:
        """Whom one calls, in a sentence on paper."""
        status = "" if self.confirmed else f" ({UNCONFIRMED})"
        number = f"{self.number or ''}{status}".replace(" ", chr(0xA0)) + self._end
        return f"{self.name} ({self.place}) på {number}" if self.place else f"{self.name} på {number}"

    @property
    def row(self) -> PhoneRow:
        """The row on paper, beside the signs."""
        who, ends = headed(self.who), self.until and f" gælder til {self.until}."
        if self.area is None:
            return PhoneRow(who=who, hours=self.hours, number=None, until=ends and f"Det{ends}")
        status, ends = None if self.confirmed else UNCONFIRMED, ends and f"Nummeret{ends}"
        return PhoneRow(who=who, hours=self.hours, number=self.number, status=status, until=ends)

    @property
    def _end(self) -> str:
        return f" (gælder til {self.until})" if self.until else ""


def call(phone: Phone, area: Area | None = None) -> Call:
    """Return a number as readers are told it."""
    return Call(
        name=phone.name, number=phone.number, uri=phone.uri, hours=phone.hours, hours_in_english=phone.hours_in_english,
        confirmed=phone.is_confirmed, abroad=phone.number_abroad,
        until=long_date(phone.valid_to) if phone.valid_to else None, area=area,
    )  # fmt: skip


@dataclass(frozen=True)
class WhomToCall:
    """Whom a sender's readers call: their own GP by day, and otherwise the number of the area they are in."""

    doctor: Call | None
    areas: tuple[Call, ...]

    @property
    def everyone(self) -> tuple[Call, ...]:
        """All of them, one's own GP first."""
        return (self.doctor, *self.areas) if self.doctor else self.areas


def whom_to_call(context: Context) -> WhomToCall:
    """Return whom to call in the sender's areas; hours that differ between them are not told as if they were one."""
    doctors = [phone for area in context.sender.areas if (phone := area.phone("own-gp", context.day))]
    first = min(doctors, key=lambda phone: phone.valid_to or date.max, default=None)  # whose hours are the first to end
    doctor = call(first) if first else None
    if doctor and len({phone.hours for phone in doctors}) > 1:
        hours, in_english = "når din læge har åbent", "when your doctor is open"
        doctor = replace(doctor, hours=hours, hours_in_english=in_english, until=None)
    found = tuple(_at_night(context, context.sender.areas))
    areas = tuple(replace(one, place=one.area.name) for one in found if one.area) if len(found) > 1 else found
    return WhomToCall(doctor, areas)


def phone_rows(context: Context) -> tuple[PhoneRow, ...]:
    """Return whom the sender's readers call, as rows on paper."""
    return tuple(call.row for call in whom_to_call(context).everyone)


def _at_night(context: Context, areas: Iterable[Area]) -> Iterator[Call]:
    for area in areas:
        if phone := area.out_of_hours(context.day):
            yield replace(call(phone, area), exceptions=area.exceptions_on(context.day))


def all_numbers(context: Context) -> list[Call]:
    """Return the number of every area in the country, the sender's own first, for those who may be from anywhere.

    A region that is published alone does not wait for the others to confirm theirs, so that what is published leaves
    out those that nobody has confirmed, or not for a long time.
    """
    areas = sorted(context.catalogue.areas.values(), key=lambda area: area not in context.sender.areas)
    if context.profile == "publish":
        areas = [area for area in areas if _is_answered_for(area, context.day)]
    return list(_at_night(context, areas))


def _is_answered_for(area: Area, day: date) -> bool:
    phone = area.out_of_hours(day)
    return phone is not None and phone.is_answered_for(day)
