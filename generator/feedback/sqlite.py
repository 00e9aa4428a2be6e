"""SQLite as the place where messages are kept: one thread that writes, many messages to one synchronisation.

SQLite before 3.51.3 can lose commits when two connections write and checkpoint in WAL mode, so exactly one connection
does both, and a lock on the database keeps a second service away. Readers open it read-only.
"""

import asyncio
import contextlib
import queue
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from generator.feedback.sqlite_files import DatabaseFiles
from generator.feedback.store import BATCH, COLUMNS, KEPT, PROOF, Backlog, Message, Row, UnavailableError, settle

_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, receipt BLOB NOT NULL UNIQUE, day TEXT NOT NULL, region TEXT NOT NULL,
  page TEXT NOT NULL, edition TEXT NOT NULL, found TEXT NOT NULL, clear TEXT NOT NULL, call TEXT NOT NULL,
  text TEXT NOT NULL, handled TEXT);
CREATE TABLE IF NOT EXISTS ended (session TEXT PRIMARY KEY, day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS spent (token BLOB PRIMARY KEY, receipt BLOB NOT NULL, day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deleted (receipt BLOB PRIMARY KEY, day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS proof (id INTEGER PRIMARY KEY, filling BLOB NOT NULL);
"""
_PROVE = f"INSERT OR REPLACE INTO proof (id, filling) VALUES (1, randomblob({PROOF}))"
_INSERT = (
    f"INSERT INTO messages ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))}) "
    "ON CONFLICT (receipt) DO NOTHING"
)
_PUT_BACK = (
    f"INSERT INTO messages ({', '.join(KEPT)}) SELECT {', '.join(f'?{n}' for n, _ in enumerate(KEPT, 1))} "
    "WHERE NOT EXISTS (SELECT 1 FROM deleted WHERE receipt = ?1) ON CONFLICT (receipt) DO NOTHING"
)
PURGE_STEP = 500
"""Rows deleted with one commit: so few that their log fits in the ballast (each may touch two pages of 4 KiB)."""
ERASE_AGAIN = 0.5
"""Seconds until what somebody's reading has kept from being erased is tried again."""
WAIT = 2.0
"""Seconds to wait for a lock that somebody else holds."""
Job = Callable[[sqlite3.Connection], Any]


class SqliteStore(Backlog):
    """Messages in one SQLite file, each committed with `synchronous=FULL` before it is thanked for."""

    def __init__(self, path: Path, synchronous: str = "FULL") -> None:
        self.path = path
        self.synchronous = synchronous
        self._queue: queue.SimpleQueue[tuple[Any, Any]] = queue.SimpleQueue()
        self._connection: sqlite3.Connection | None = None
        self._files = DatabaseFiles(path)
        self.is_erased = True
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._readers = ThreadPoolExecutor(1, "reader")  # one, since each thread keeps the memory it once used

    async def start(self) -> None:
        """Get ready, and make the tables where they are missing."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()
        with contextlib.suppress(UnavailableError):
            await self.prove()  # opens the file

    async def stop(self) -> None:
        """Finish what was accepted, then let go."""
        self._queue.put((None, None))
        if self._thread:
            await asyncio.to_thread(self._thread.join)

    def _hand_over(self, message: Message, done: asyncio.Future[None]) -> None:
        self._queue.put((message, done))

    async def read(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query; raises UnavailableError."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, sql, values)

    async def change(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Change or delete beyond recovery, and return how many rows; raises UnavailableError."""
        return int(
            await self._run(lambda: self._with_ballast(lambda connection: self._change(connection, sql, values)))
        )

    async def delete(self, where: str, values: Sequence[Any]) -> int:
        """Delete messages beyond recovery, and what could bring them back; raises UnavailableError."""
        known = f"INSERT OR IGNORE INTO deleted SELECT receipt, day FROM messages WHERE {where}"
        sql = f"DELETE FROM messages WHERE {where}"
        return int(
            await self._run(lambda: self._with_ballast(lambda connection: self._change(connection, sql, values, known)))
        )

    async def put_back(self, rows: Sequence[Row]) -> int:
        """Keep messages of a backup that are neither there nor deleted since; raises UnavailableError."""
        return int(await self._run(lambda: self._put_back(rows)))

    async def purge(self, before: str) -> int:
        """Delete every message from before the day beyond recovery, and return how many; raises UnavailableError."""
        return int(await self._run(lambda: self._with_ballast(lambda connection: self._purge(connection, before))))

    async def prove(self) -> None:
        """Commit and sync something as a message would be; raises UnavailableError."""
        await self._run(self._prove)

    async def _run(self, job: Callable[[], Any]) -> Any:
        done: Future[Any] = Future()
        self._queue.put((job, done))
        return await asyncio.shield(asyncio.wrap_future(done))

    def _read(self, sql: str, values: Sequence[Any]) -> list[Row]:
        try:
            address = f"file:{self.path.absolute().as_posix().replace('?', '%3f').replace('#', '%23')}?mode=ro"
            with closing(sqlite3.connect(address, timeout=WAIT, uri=True)) as connection:
                return connection.execute(numbered(sql), values).fetchall()
        except sqlite3.Error as error:
            raise UnavailableError(kind(error)) from None

    def _write(self) -> None:
        """Run in the one thread that writes: take all that waits, keep it with one commit, and say so.

        Whatever goes wrong is an answer to those who wait, and never the end of the thread.
        """
        while True:
            try:
                job, done = self._queue.get(timeout=None if self.is_erased else ERASE_AGAIN)
            except queue.Empty:
                self._erase()
                continue
            if job is None:
                break
            if isinstance(job, Message):
                self._keep(self._batch(job, done))
            else:
                self._perform(job, done)
        self._close()
        self._files.let_go()

    def _batch(self, message: Message, done: Any) -> list[tuple[Message, Any]]:
        batch = [(message, done)]
        while len(batch) < BATCH:
            try:
                job, done = self._queue.get_nowait()
            except queue.Empty:
                break
            if not isinstance(job, Message):
                self._queue.put((job, done))  # other work, and the end, come after what was accepted before them
                break
            batch.append((job, done))
        return batch

    def _keep(self, batch: list[tuple[Message, Any]]) -> None:
        failure: UnavailableError | None = None
        try:
            self._commit([message.row for message, _ in batch])
        except Exception as error:
            failure = UnavailableError(kind(error))
        self._files.look()
        assert self._loop is not None
        with contextlib.suppress(RuntimeError):  # the loop is gone: nobody waits for an answer any more
            self._loop.call_soon_threadsafe(settle, [done for _, done in batch], failure)

    def _commit(self, rows: list[Row]) -> None:
        """Commit all rows; where there is no room, fold the log back once and try again."""
        connection = self._open()
        try:
            with transaction(connection):
                connection.executemany(_INSERT, rows)
        except sqlite3.Error as error:
            if kind(error) != "full":
                self._close()
                raise
            checkpoint(connection)
            with transaction(connection):
                connection.executemany(_INSERT, rows)

    def _perform(self, job: Callable[[], Any], done: "Future[Any]") -> None:
        try:
            result = job()
        except Exception as error:
            self._close()
            done.set_exception(UnavailableError(kind(error)))
        else:
            self._files.look()
            done.set_result(result)

    def _prove(self) -> None:
        connection = self._open()
        with transaction(connection):
            connection.execute(_PROVE)

    def _with_ballast(self, job: Job) -> Any:
        """Do the work; where the disk is full, let go of the ballast and do it again."""
        try:
            return job(self._open())
        except sqlite3.Error as error:
            if not (self._files.ballast.exists() and kind(error).startswith(("full", "ioerr", "cantopen"))):
                raise
            self._close()
            self._files.ballast.unlink()
            return job(self._open(ballast=False))

    def _put_back(self, rows: Sequence[Row]) -> int:
        connection = self._open()
        with transaction(connection):
            return connection.executemany(_PUT_BACK, rows).rowcount

    def _change(self, connection: sqlite3.Connection, sql: str, values: Sequence[Any], first: str = "") -> int:
        with transaction(connection):
            if first:
                connection.execute(numbered(first), values)
            count = connection.execute(numbered(sql), values).rowcount
        self.is_erased = checkpoint(connection)
        return count

    def _erase(self) -> None:
        """Fold the log back that somebody's reading has kept from it."""
        try:
            self.is_erased = checkpoint(self._open())
        except Exception:  # whatever it was, it is tried again
            self._close()
        self._files.look()

    def _purge(self, connection: sqlite3.Connection, before: str) -> int:
        gone, found = 0, PURGE_STEP
        while found == PURGE_STEP:
            found = self._change(
                connection, "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE day < $1 LIMIT $2)",
                (before, PURGE_STEP),
            )  # fmt: skip
            gone += found
        self._change(connection, "DELETE FROM deleted WHERE day < $1", (before,))
        self._files.purge_aside(before)
        self._files.renew_ballast()
        return gone

    def _open(self, ballast: bool = True) -> sqlite3.Connection:
        """Return the connection, a new one where there is none; raises UnavailableError where the file was replaced.

        A log that somebody has removed is written anew: closing folds what was in it into the database.
        """
        self._files.refuse_replaced()
        if self._files.has_other_log():
            self._close()
        if self._connection is None:
            self._files.claim()
            connection = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None, check_same_thread=False)
            try:
                prepare(connection, self.synchronous)
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
            self._files.meet()
            if ballast:
                self._files.renew_ballast()
        return self._connection

    def _close(self) -> None:
        if self._connection:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        self._files.part()


def prepare(connection: sqlite3.Connection, synchronous: str) -> None:
    """Set what durability and erasure rest on, and make the tables."""
    connection.execute("PRAGMA journal_mode=WAL").fetchone()
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute("PRAGMA secure_delete=ON").fetchone()
    connection.execute("PRAGMA cache_size=-2048")
    connection.executescript(_SCHEMA)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what is done inside, or roll it back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except sqlite3.Error:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def checkpoint(connection: sqlite3.Connection) -> bool:
    """Fold the log back into the database and empty it, so that what was deleted is nowhere any more.

    Returns False where somebody who still reads what was there keeps it from being emptied.
    """
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def numbered(sql: str) -> str:
    """Return the statement as SQLite numbers its values."""
    return re.sub(r"\$(\d+)", r"?\1", sql)


def kind(error: Exception) -> str:
    """Return the kind of failure, from the library's code or the error's type, and never from its words."""
    if isinstance(error, UnavailableError):
        return str(error)
    name: str = getattr(error, "sqlite_errorname", None) or type(error).__name__
    if not isinstance(error, sqlite3.Error):
        return name
    return {"SQLITE_FULL": "full", "SQLITE_BUSY": "locked"}.get(name, name.removeprefix("SQLITE_").lower())
