"""PostgreSQL as the place where messages are kept, for several processes and hosts; many messages to one commit."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

import asyncpg

from generator.feedback.counts import Counts
from generator.feedback.postgres_counts import SCHEMA, PostgresCounts
from generator.feedback.store import BATCH, COLUMNS, KEPT, PROOF, Backlog, Message, Row, UnavailableError, settle

_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, receipt bytea NOT NULL UNIQUE, day text NOT NULL,
  region text NOT NULL, page text NOT NULL, edition text NOT NULL, found text NOT NULL, clear text NOT NULL,
  call text NOT NULL, text text NOT NULL, handled text);
CREATE TABLE IF NOT EXISTS ended (session text PRIMARY KEY, day text NOT NULL);
CREATE TABLE IF NOT EXISTS spent (token bytea PRIMARY KEY, receipt bytea NOT NULL, day text NOT NULL);
CREATE TABLE IF NOT EXISTS deleted (receipt bytea PRIMARY KEY, day text NOT NULL);
CREATE TABLE IF NOT EXISTS proof (id int PRIMARY KEY, filling text NOT NULL);
"""
_PROVE = f"""
INSERT INTO proof (id, filling) VALUES (1, repeat('.', {PROOF}))
ON CONFLICT (id) DO UPDATE SET filling = excluded.filling
"""
TYPES = ("bytea", *["text"] * (len(COLUMNS) - 1))
_INSERT = (
    f"INSERT INTO messages ({', '.join(COLUMNS)}) SELECT * FROM unnest("
    + ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(TYPES, 1))
    + ") ON CONFLICT (receipt) DO NOTHING"
)
_PUT_BACK = (
    f"INSERT INTO messages ({', '.join(KEPT)}) SELECT * FROM unnest("
    + ", ".join(f"${n}::{kind}[]" for n, kind in enumerate((*TYPES, "text"), 1))
    + ") AS back (receipt) WHERE NOT EXISTS (SELECT 1 FROM deleted WHERE deleted.receipt = back.receipt) "
    "ON CONFLICT (receipt) DO NOTHING"
)
LOCK = 7308332
"""Any number that all processes agree on: only one makes the tables, only one deletes."""
_PATIENCE = 5.0
"""Seconds to connect or to be answered; a reader is not kept waiting longer."""
BATCHES_AT_ONCE = 4
"""Batches on their way at once: while one waits for the disk, the next is sent."""


class PostgresStore(Backlog):
    """Messages in PostgreSQL. A lost connection is opened again with the next message."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._queue: asyncio.Queue[tuple[Message, asyncio.Future[None]] | None] = asyncio.Queue()
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()
        self._writers: list[asyncio.Task[None]] = []

    def counts(self) -> Counts:
        """Count for all processes and hosts."""
        return PostgresCounts(self)

    async def start(self) -> None:
        """Get ready, and make the tables where they are missing."""
        self._writers = [asyncio.create_task(self._write()) for _ in range(BATCHES_AT_ONCE)]
        with contextlib.suppress(UnavailableError):
            await self.read("SELECT 1")

    async def stop(self) -> None:
        """Finish what was accepted, then let go."""
        for _ in self._writers:
            self._queue.put_nowait(None)
        await asyncio.gather(*self._writers)
        if self._pool:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._pool.close(), _PATIENCE)

    def _hand_over(self, message: Message, done: asyncio.Future[None]) -> None:
        self._queue.put_nowait((message, done))

    async def prove(self) -> None:
        """Commit something as a message would be; raises UnavailableError."""
        async with self._connection() as connection:
            await connection.execute(_PROVE, timeout=_PATIENCE)

    async def read(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query; raises UnavailableError."""
        async with self._connection() as connection:
            return [tuple(row) for row in await connection.fetch(sql, *values, timeout=_PATIENCE)]

    async def change(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Change or delete in other tables than the messages', and return how many rows; raises UnavailableError."""
        async with self._connection() as connection:
            return _count(await connection.execute(sql, *values, timeout=_PATIENCE))

    async def delete(self, where: str, values: Sequence[Any]) -> int:
        """Delete messages beyond recovery, and what could bring them back; raises UnavailableError."""
        sql = f"WITH gone AS (DELETE FROM messages WHERE {where} RETURNING receipt, day) INSERT INTO deleted "
        async with self._connection() as connection:
            again = "SELECT * FROM gone ON CONFLICT (receipt) DO UPDATE SET day = excluded.day"
            count = _count(await connection.execute(f"{sql}{again}", *values, timeout=_PATIENCE))
            if count:
                await connection.execute("VACUUM (FULL) messages", timeout=60)  # or the bytes would stay in the file
            return count

    async def put_back(self, rows: Sequence[Row]) -> int:
        """Keep messages of a backup that are neither there nor deleted since; raises UnavailableError."""
        columns = [list(column) for column in zip(*rows, strict=True)]
        async with self._connection() as connection:
            return _count(await connection.execute(_PUT_BACK, *columns, timeout=60))

    async def purge(self, before: str) -> int:
        """Delete every message from before the day beyond recovery, and return how many; raises UnavailableError."""
        async with self._connection() as connection:
            if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
                return 0  # another process is at it
            try:
                gone = _count(await connection.execute("DELETE FROM messages WHERE day < $1", before, timeout=60))
                await connection.execute("DELETE FROM deleted WHERE day < $1", before, timeout=60)
                if gone:
                    await connection.execute("VACUUM (FULL) messages", timeout=60)
                return gone
            finally:
                await connection.execute("SELECT pg_advisory_unlock($1)", LOCK)

    @contextlib.asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        """Lend a connection; whatever goes wrong with it is told by its kind, and never by its words.

        A library that has lost its way keeps what it has not given back: it begins anew.
        """
        try:
            async with (await self._open()).acquire(timeout=_PATIENCE) as connection:
                yield connection
        except Exception as error:
            if not isinstance(error, asyncpg.PostgresError | asyncpg.InterfaceError | OSError | TimeoutError):
                self._begin_anew()
            raise UnavailableError(type(error).__name__) from None

    def _begin_anew(self) -> None:
        if self._pool:
            self._pool.terminate()
        self._pool = None

    async def _open(self) -> asyncpg.Pool:
        async with self._opening:
            if self._pool is None:
                pool = await asyncpg.create_pool(
                    self.address, min_size=0, max_size=BATCHES_AT_ONCE + 2, timeout=_PATIENCE,
                    command_timeout=_PATIENCE,
                    max_inactive_connection_lifetime=60,
                    server_settings={"application_name": "borgerinfo-feedback", "synchronous_commit": "on"},
                )  # fmt: skip
                async with pool.acquire(timeout=_PATIENCE) as connection, connection.transaction():
                    await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
                    await connection.execute(f"{_SCHEMA}{SCHEMA}")
                self._pool = pool
            return self._pool

    async def _write(self) -> None:
        """Take all that waits, keep it with one commit, and say so; several of these run at once."""
        while first := await self._queue.get():
            batch = [first]
            while len(batch) < BATCH and not self._queue.empty():
                job = self._queue.get_nowait()
                if job is None:
                    self._queue.put_nowait(None)
                    break
                batch.append(job)
            failure: UnavailableError | None = UnavailableError("stopped")
            try:
                failure = await self._keep([message for message, _ in batch])
            finally:
                settle([done for _, done in batch], failure)

    async def _keep(self, messages: list[Message]) -> UnavailableError | None:
        columns = [list(column) for column in zip(*(message.row for message in messages), strict=True)]
        try:
            async with self._connection() as connection:
                await connection.execute(_INSERT, *columns, timeout=_PATIENCE)
        except UnavailableError as error:
            return error
        return None


def _count(status: str) -> int:
    return int(status.rpartition(" ")[2])
