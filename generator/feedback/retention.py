"""What is past its time goes; more than a day's share at once only at an operator's word, since clocks can be wrong."""

from dataclasses import dataclass
from datetime import date, timedelta

from generator.feedback.store import Store

TOKEN_DAYS = 2
"""Days in which a used token, or a session that was ended, is known: longer than either lasts."""


@dataclass(frozen=True)
class Due:
    """The messages that are past their time."""

    messages: int
    days: int
    first: str
    last: str


class TooMuchError(Exception):
    """More than one day's messages are past their time at once, and nobody has said that this is right."""

    def __init__(self, due: Due) -> None:
        super().__init__(f"{due.messages} messages of {due.days} days")
        self.due = due


def first_kept(retention_days: int) -> str:
    """Return the oldest day whose messages are kept today."""
    return (date.today() - timedelta(days=retention_days)).isoformat()


async def due_before(store: Store, before: str) -> Due:
    """Return what is past its time; raises UnavailableError."""
    sql = "SELECT count(*), count(DISTINCT day), coalesce(min(day), ''), coalesce(max(day), '') FROM messages "
    return Due(*(await store.read(f"{sql}WHERE day < $1", (before,)))[0])


async def purge(store: Store, before: str, *, is_sure: bool = False) -> int:
    """Delete what is past its time and return how many messages that was; raises UnavailableError.

    A service that runs deletes one day's messages at a time. Where more are due, the clock is wrong, the service has
    stood still or the time was made shorter: then it raises TooMuchError unless somebody `is_sure`.
    """
    due = await due_before(store, before)
    if due.days > 1 and not is_sure:
        raise TooMuchError(due)
    last = (date.today() - timedelta(days=TOKEN_DAYS)).isoformat()
    for table in ("spent", "ended"):
        await store.change(f"DELETE FROM {table} WHERE day < $1", (last,))
    return await store.purge(before)
