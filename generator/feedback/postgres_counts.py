"""Shares counted in PostgreSQL, for all processes and hosts that use it, in tables that no log or backup holds."""

import secrets
import time
from datetime import date
from typing import Any, Protocol

from generator.feedback.counts import Share

SCHEMA = """
CREATE UNLOGGED TABLE IF NOT EXISTS shares (
  name bytea, period bigint, number int NOT NULL, room real NOT NULL, ends double precision NOT NULL,
  PRIMARY KEY (name, period));
CREATE UNLOGGED TABLE IF NOT EXISTS day_key (day text PRIMARY KEY, key bytea NOT NULL);
"""
_TAKE = """
INSERT INTO shares AS now (name, period, number, room, ends)
SELECT $1::bytea, $2::bigint, 1, $3::real - coalesce(max(number), 0) * $4::real, $5::double precision
FROM shares WHERE name = $1::bytea AND period = $2::bigint - 1
HAVING $3::real - coalesce(max(number), 0) * $4::real >= 1
ON CONFLICT (name, period) DO UPDATE SET number = now.number + 1, room = excluded.room
WHERE now.number + 1 <= excluded.room
RETURNING number + ceil($3::real - room)
"""
"""Takes one of what the last period has left over: a window that moves, from two that stand still."""
_GIVE_BACK = "UPDATE shares SET number = number - 1 WHERE name = $1 AND period = $2 AND number > 0"
SWEEP_EVERY = 60.0
"""Seconds in which what has run out may still lie there."""


class _Database(Protocol):
    async def read(self, sql: str, values: Any = ()) -> list[tuple[Any, ...]]: ...
    async def change(self, sql: str, values: Any = ()) -> int: ...


class PostgresCounts:
    """Counts by the clock of the hosts; two of them that differ by seconds differ by as much in what they let pass."""

    def __init__(self, database: _Database) -> None:
        self._database = database
        self._day, self._key = "", b""
        self._swept_at = 0.0

    async def key(self) -> bytes:
        """Return the key of the day, drawn by whoever comes first; raises UnavailableError."""
        day = date.today().isoformat()
        if day != self._day:
            await self._database.change("DELETE FROM day_key WHERE day < $1", (day,))
            await self._database.change(
                "INSERT INTO day_key VALUES ($1, $2) ON CONFLICT (day) DO NOTHING", (day, secrets.token_bytes(32))
            )
            self._key = (await self._database.read("SELECT key FROM day_key WHERE day = $1", (day,)))[0][0]
            self._day = day
        return self._key

    async def take(self, share: Share) -> int | None:
        """Take one and return how many are taken now, or None where all are; raises UnavailableError."""
        now = time.time()
        if now - self._swept_at > SWEEP_EVERY:
            self._swept_at = now
            await self._database.change("DELETE FROM shares WHERE ends < $1", (now,))
        period, inside = divmod(now, share.seconds)
        left = 1 - inside / share.seconds
        ends = (period + 2) * share.seconds
        rows = await self._database.read(_TAKE, (share.of, int(period), float(share.most), left, ends))
        return int(rows[0][0]) if rows else None

    async def give_back(self, share: Share) -> None:
        """Undo one `take`; raises UnavailableError."""
        await self._database.change(_GIVE_BACK, (share.of, int(time.time() // share.seconds)))
