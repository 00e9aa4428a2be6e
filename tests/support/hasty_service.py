"""The service with another store, for proofs and measurements: one that thanks before it commits, one that commits
without syncing, one that keeps nothing, and an ORM that commits each message."""

import asyncio
import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.feedback import server
from generator.feedback.counts import Counts, ProcessCounts
from generator.feedback.settings import database_path, read_settings
from generator.feedback.sqlite import SqliteStore
from generator.feedback.store import COLUMNS, Message, Row, Store, UnavailableError


class HastyStore(SqliteStore):
    """Says thank you at once, and commits when it gets round to it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._later: set[asyncio.Task[None]] = set()

    async def add(self, message: Message) -> None:
        task = asyncio.create_task(self._add_later(message))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _add_later(self, message: Message) -> None:
        await asyncio.sleep(0.02)
        with contextlib.suppress(UnavailableError):
            await super().add(message)


class NoStore:
    """Keeps nothing: what all the rest of the service costs."""

    is_erased = True

    def __init__(self, path: Path) -> None:
        self.path = path

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def add(self, message: Message) -> None: ...

    async def prove(self) -> None: ...

    def counts(self) -> Counts:
        return ProcessCounts()

    async def read(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        return [(0, 0, "", "")]

    async def delete(self, where: str, values: Sequence[Any]) -> int:
        return 0

    async def put_back(self, rows: Sequence[Row]) -> int:
        return 0

    async def change(self, sql: str, values: Sequence[Any] = ()) -> int:
        return 0

    async def purge(self, before: str) -> int:
        return 0

    def waiting(self) -> int:
        return 0


class OrmStore(NoStore):
    """SQLAlchemy as its guide has it: a session and a commit for each message, synced as ours are."""

    async def start(self) -> None:
        from sqlalchemy import LargeBinary, event
        from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

        class Base(DeclarativeBase):
            pass

        class Kept(Base):
            __tablename__ = "messages"
            id: Mapped[int] = mapped_column(primary_key=True)
            receipt: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
            day: Mapped[str]
            region: Mapped[str]
            page: Mapped[str]
            edition: Mapped[str]
            found: Mapped[str]
            clear: Mapped[str]
            call: Mapped[str]
            text: Mapped[str]

        engine = create_async_engine(f"sqlite+aiosqlite:///{self.path}")

        @event.listens_for(engine.sync_engine, "connect")
        def _synced(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")

        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        self.model, self.session = Kept, async_sessionmaker(engine)
        self.one = asyncio.Lock()  # SQLite has one writer; waiting for it in the pool would fail instead

    async def add(self, message: Message) -> None:
        async with self.one, self.session() as session:
            session.add(self.model(**dict(zip(COLUMNS, message.row, strict=True))))
            await session.commit()


STORES: Mapping[str, Callable[[Path], Store]] = {
    "hasty": HastyStore,
    "unsynced": lambda path: SqliteStore(path, "NORMAL"),
    "none": NoStore,
    "orm": OrmStore,
}


def main() -> None:
    settings = read_settings()
    server.serve(settings, STORES[os.environ.get("STORE", "hasty")](database_path(settings.database)))


if __name__ == "__main__":
    main()
