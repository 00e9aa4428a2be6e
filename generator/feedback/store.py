"""What a kept message is, and what any place that keeps them must promise."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from generator.feedback.counts import Counts, ProcessCounts

PROOF = 4096
"""Bytes that are written to prove that a message could be: more than the longest takes."""
COLUMNS = ("receipt", "day", "region", "page", "edition", "found", "clear", "call", "text")
KEPT = (*COLUMNS, "handled")
"""What a message is once it is kept: in a backup, all of it."""
QUEUE = 1024
"""Messages that may wait to be kept; beyond that a reader is asked to try again rather than kept waiting."""
BATCH = 128
"""Messages kept with one synchronisation of the disk."""


class UnavailableError(Exception):
    """The message could not be kept, now; nothing may be thanked for. Names a kind of cause, never content."""


@dataclass(frozen=True, slots=True)
class Message:
    """One answer as it is kept: the day but not the hour, and nothing about who wrote it."""

    receipt: bytes
    """Hash of what was sent and the sender's random number; makes a double click one message."""
    day: str
    region: str
    page: str
    edition: str
    found: str
    clear: str
    call: str
    text: str

    @property
    def row(self) -> tuple[Any, ...]:
        """The values in the order of COLUMNS."""
        return (
            self.receipt, self.day, self.region, self.page, self.edition, self.found, self.clear, self.call, self.text,
        )  # fmt: skip


Row = tuple[Any, ...]


class Store(Protocol):
    """Keeps messages. SQL is written with $1, $2 … for values; every store understands the same few statements."""

    is_erased: bool
    """Whether all that was deleted is gone from the files too; where it is not, that is tried again."""

    def counts(self) -> Counts:
        """Return where shares are counted: in the store where others use it too, else in this process."""

    async def start(self) -> None:
        """Get ready; a place that is not there yet is no mistake, only not ready."""

    async def stop(self) -> None:
        """Finish what was accepted, then let go."""

    async def add(self, message: Message) -> None:
        """Return when the message is committed and synced, or raise UnavailableError and have kept nothing for sure."""

    async def prove(self) -> None:
        """Commit and sync something as a message would be; raises UnavailableError where none could be kept now."""

    async def read(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query; raises UnavailableError."""

    async def delete(self, where: str, values: Sequence[Any]) -> int:
        """Delete messages beyond recovery, and see that no backup brings them back; raises UnavailableError."""

    async def put_back(self, rows: Sequence[Row]) -> int:
        """Keep messages of a backup, in the order of KEPT, and return how many were neither there nor deleted since.

        Raises UnavailableError.
        """

    async def change(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Change or delete, committed and beyond recovery, and return how many rows; raises UnavailableError."""

    async def purge(self, before: str) -> int:
        """Delete every message from before the day, beyond recovery, and return how many; raises UnavailableError."""

    def waiting(self) -> int:
        """Return how many messages wait to be kept."""


class Backlog(ABC):
    """What every store does with a message: it waits until it is committed, and no more may wait than QUEUE."""

    is_erased = True
    _waiting = 0

    def counts(self) -> Counts:
        """Count in this process, which is alone."""
        return ProcessCounts()

    async def add(self, message: Message) -> None:
        """Return when the message is committed and synced; raises UnavailableError."""
        if self._waiting >= QUEUE:
            raise UnavailableError("queue")
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting += 1
        self._hand_over(message, done)
        try:
            await done
        finally:
            self._waiting -= 1

    @abstractmethod
    def _hand_over(self, message: Message, done: asyncio.Future[None]) -> None: ...

    def waiting(self) -> int:
        """Return how many messages wait to be kept."""
        return self._waiting


def settle(waiting: Iterable[asyncio.Future[None]], failure: UnavailableError | None) -> None:
    """Tell those who wait for their messages that they are kept, or why not; who has gone is not told."""
    for done in waiting:
        if not done.done():
            done.set_exception(failure) if failure else done.set_result(None)
