"""A copy of the messages in one file, from any store and back into any; made and put back while the service runs.

The file is SQLite's, and holds the messages alone: no shares, tokens, sessions or keys. It is written beside its name
and put in place when it is whole. A copy ages as the messages do: each new one takes what is past its time, or was
deleted since, out of the older ones in the same directory.
"""

import os
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from generator.feedback.store import KEPT, Row, Store

MARK = 0x62690001
"""SQLite's application id of such a file: what tells it from any other."""
_MARK_PLACE = 68
_SCHEMA = f"""
PRAGMA application_id = {MARK};
CREATE TABLE messages ({", ".join(f"{name} BLOB" if name == "receipt" else name for name in KEPT)});
CREATE UNIQUE INDEX receipts ON messages (receipt);
"""
CHUNK = 500
"""Messages read or written at a time."""


class BackupError(Exception):
    """The file cannot be read as a copy of the messages, or cannot be written; says why in Danish."""


@dataclass(frozen=True)
class Made:
    """What a backup did: the messages in the copy, and the older copies that something was taken out of."""

    messages: int
    cleaned: tuple[str, ...]


@dataclass(frozen=True)
class Restored:
    """What a restore did with the messages of a copy."""

    added: int
    past: int
    """Past their time, and so left out."""
    left: int
    """There already, or deleted since the copy was made."""


async def back_up(store: Store, target: Path, before: str) -> Made:
    """Write all messages from the day `before` on to the file, and age the other copies beside it.

    The file is there whole or not at all, and closed to others. Raises BackupError and UnavailableError.
    """
    if target.exists() and not is_copy(target):
        raise BackupError(f"{target} er noget andet end en kopi af svarene – vælg et andet navn")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_name(f".{target.name}.part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        number = 0
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode=OFF").fetchone()
            copy.executescript(_SCHEMA)
            async for rows in _all(store, before):
                copy.executemany(f"INSERT INTO messages VALUES ({', '.join('?' * len(KEPT))})", rows)
                number += len(rows)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
        gone = {bytes(receipt) for (receipt,) in await store.read("SELECT receipt FROM deleted")}
        others = [path for path in sorted(target.parent.iterdir()) if path != target and is_copy(path)]
        for unfinished in (path for path in others if path.suffix == ".part"):
            unfinished.unlink()  # of a backup that was cut off, under the name of another day
        others = [path for path in others if path.suffix != ".part"]
        return Made(number, tuple(path.name for path in others if _age(path, before, gone)))
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{target} kan ikke skrives: {_why(error)}") from None


async def restore(store: Store, source: Path, before: str) -> Restored:
    """Put back the copy's messages, but for those past their time, there already, or deleted since it was made.

    Whatever stops it, it can be done again. Raises BackupError and UnavailableError.
    """
    added = past = total = 0
    for rows in _rows(source):
        wanted = [row for row in rows if row[1] >= before]
        total, past = total + len(rows), past + len(rows) - len(wanted)
        if wanted:
            added += await store.put_back(wanted)
    return Restored(added, past, total - past - added)


def is_copy(path: Path) -> bool:
    """Say whether the file is a copy that `back_up` has made."""
    try:
        with path.open("rb") as file:
            head = file.read(_MARK_PLACE + 4)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and head[_MARK_PLACE:] == MARK.to_bytes(4, "big")


async def _all(store: Store, before: str) -> AsyncIterator[list[Row]]:
    sql = f"SELECT {', '.join(KEPT)}, id FROM messages WHERE id > $1 AND day >= $2 ORDER BY id LIMIT {CHUNK}"
    last = 0
    while rows := await store.read(sql, (last, before)):
        last = rows[-1][-1]
        yield [row[:-1] for row in rows]


def _rows(source: Path) -> Iterator[Sequence[Row]]:
    if not is_copy(source):
        raise BackupError(f"{source} er ikke en kopi fra »feedback backup« – vælg en, der er det")
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupError(f"{source} er beskadiget – brug en anden kopi")
            found = copy.execute(f"SELECT {', '.join(KEPT)} FROM messages ORDER BY rowid")
            while rows := found.fetchmany(CHUNK):
                yield rows
    except sqlite3.Error as error:
        raise BackupError(f"{source} kan ikke læses: {_why(error)}") from None


def _age(path: Path, before: str, gone: set[bytes]) -> bool:
    """Take out of an older copy what may not be kept any more; an empty one goes. Says whether anything was."""
    try:
        number, is_empty = _taken_out(path, before, gone)
    except sqlite3.Error:
        message = f"Den nye kopi er lavet, men {path} er beskadiget og kan ikke renses – slet den"
        raise BackupError(message) from None
    if is_empty and number:
        path.unlink()
    return number > 0


def _taken_out(path: Path, before: str, gone: set[bytes]) -> tuple[int, bool]:
    """Return how many messages were taken out, and whether none are left."""
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA secure_delete=ON").fetchone()
        copy.execute("BEGIN IMMEDIATE")
        number = copy.execute("DELETE FROM messages WHERE day < ?", (before,)).rowcount
        for receipt in gone:
            number += copy.execute("DELETE FROM messages WHERE receipt = ?", (receipt,)).rowcount
        copy.execute("COMMIT")
        return number, not copy.execute("SELECT EXISTS (SELECT 1 FROM messages)").fetchone()[0]


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _why(error: Exception) -> str:
    return (error.strerror or "ukendt fejl") if isinstance(error, OSError) else str(error)
