"""The service as it must not be, for proofs to catch: it thanks before it commits, or commits without syncing."""

import asyncio
import contextlib
import os

from generator.feedback import server
from generator.feedback.settings import database_path, read_settings
from generator.feedback.sqlite import SqliteStore
from generator.feedback.store import Message, UnavailableError


class HastyStore(SqliteStore):
    """Says thank you at once, and commits when it gets round to it."""

    async def add(self, message: Message) -> None:
        self._later = getattr(self, "_later", set())
        task = asyncio.create_task(self._add_later(message))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _add_later(self, message: Message) -> None:
        await asyncio.sleep(0.02)
        with contextlib.suppress(UnavailableError):
            await super().add(message)


def main() -> None:
    settings = read_settings()
    path = database_path(settings.database)
    level = os.environ.get("HASTY_SYNCHRONOUS")
    store = SqliteStore(path, level) if level else HastyStore(path)
    server.serve(settings, store)


if __name__ == "__main__":
    main()
