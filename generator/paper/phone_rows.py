"""The numbers to call as paper says them: in rows beside the signs, and in the middle of a sentence."""

from collections.abc import Iterator

from generator import paper as leaflets
from generator.danish import headed
from generator.model.place import Phone
from generator.sender.context import Context
from generator.sender.numbers import UNCONFIRMED, until, whom_to_call


def phone_rows(context: Context) -> Iterator[leaflets.PhoneRow]:
    """Yield whom the sender's readers call, one's own GP first, each with its last day where one is known."""
    calls = whom_to_call(context)
    if doctor := calls.doctor:
        ends = f"Det gælder til {doctor['until']}." if doctor["until"] else None
        yield leaflets.PhoneRow(who=headed(doctor["name"]), hours=doctor["hours"], number=None, until=ends)
    for area, phone in calls.areas:
        who = headed(phone["name"]) + (f", {area.name}" if len(calls.areas) > 1 else "")
        status = None if phone["confirmed"] else UNCONFIRMED
        ends = f"Nummeret gælder til {phone['until']}." if phone["until"] else None
        yield leaflets.PhoneRow(who=who, hours=phone["hours"], number=phone["number"], status=status, until=ends)


def spoken(phone: Phone, place: str | None) -> str:
    """Return whom one calls in a sentence; the place keeps a reader of two numbers from calling the wrong one."""
    status = "" if phone.is_confirmed else f" ({UNCONFIRMED})"
    number = f"{phone.number or ''}{status}".replace(" ", chr(0xA0)) + until(phone)
    return f"{phone.name} ({place}) på {number}" if place else f"{phone.name} på {number}"
