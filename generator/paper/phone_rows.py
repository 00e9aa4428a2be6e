"""The numbers to call as paper says them: in rows beside the signs."""

from collections.abc import Iterator

from generator.danish import headed
from generator.model.sheet import PhoneRow
from generator.sender.context import Context
from generator.sender.numbers import UNCONFIRMED, whom_to_call


def phone_rows(context: Context) -> Iterator[PhoneRow]:
    """Yield whom the sender's readers call, one's own GP first, each with its last day where one is known."""
    calls = whom_to_call(context)
    if doctor := calls.doctor:
        ends = f"Det gælder til {doctor['until']}." if doctor["until"] else None
        yield PhoneRow(who=headed(doctor["name"]), hours=doctor["hours"], number=None, until=ends)
    for area, phone in calls.areas:
        who = headed(phone["name"]) + (f", {area.name}" if len(calls.areas) > 1 else "")
        status = None if phone["confirmed"] else UNCONFIRMED
        ends = f"Nummeret gælder til {phone['until']}." if phone["until"] else None
        yield PhoneRow(who=who, hours=phone["hours"], number=phone["number"], status=status, until=ends)
