"""Queries of kept messages, always within the regions that the asker may see."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from typing import Any

from generator.feedback.store import Row, Store
from generator.feedback.submission import ANSWERS, QUESTIONS

PAGE = 50
"""Messages on a page of the inbox."""
CHUNK = 500
"""Rows read at a time for an export, so that memory does not grow with the number of messages."""
NAMES = ("id", "day", "region", "page", "edition", "found", "clear", "call", "text", "handled")


@dataclass(frozen=True)
class Selection:
    """Which messages: the asker's regions, narrowed by what an editor chose."""

    regions: frozenset[str]
    page: str = ""
    edition: str = ""
    since: str = ""
    open_only: bool = False

    def where(self) -> tuple[str, list[Any]]:
        """Return the condition and its values."""
        values: list[Any] = sorted(self.regions)
        parts = [f"region IN ({', '.join(f'${n}' for n in range(1, len(values) + 1))})"]
        for condition, value in (("page =", self.page), ("edition =", self.edition), ("day >=", self.since)):
            if value:
                values.append(value)
                parts.append(f"{condition} ${len(values)}")
        if self.open_only:
            parts.append("handled IS NULL")
        return " AND ".join(parts), values


class Archive:
    """Reads, marks and deletes kept messages."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def newest(self, wanted: Selection, before: int = 0, limit: int = PAGE) -> list[dict[str, Any]]:
        """Return messages, newest first, from below the id `before` where one is given."""
        where, values = wanted.where()
        if before:
            values.append(before)
            where += f" AND id < ${len(values)}"
        sql = f"SELECT {', '.join(NAMES)} FROM messages WHERE {where} ORDER BY id DESC LIMIT {int(limit)}"
        return [named(row) for row in await self.store.read(sql, values)]

    async def all(self, wanted: Selection) -> AsyncIterator[dict[str, Any]]:
        """Yield every message, oldest first, some at a time."""
        where, values = wanted.where()
        last = 0
        where += f" AND id > ${len(values) + 1}"
        sql = f"SELECT {', '.join(NAMES)} FROM messages WHERE {where} ORDER BY id LIMIT {CHUNK}"
        while rows := await self.store.read(sql, [*values, last]):
            for row in rows:
                yield named(row)
            last = rows[-1][0]

    async def mark(self, wanted: Selection, message: int, handled: str | None) -> int:
        """Mark a message as handled on a day, or as open again."""
        where, values = wanted.where()
        values += [message, handled]
        sql = f"UPDATE messages SET handled = ${len(values)} WHERE {where} AND id = ${len(values) - 1}"
        return await self.store.change(sql, values)

    async def delete(self, wanted: Selection, message: int) -> int:
        """Delete a message beyond recovery."""
        where, values = wanted.where()
        values.append(message)
        return await self.store.delete(f"{where} AND id = ${len(values)}", values)

    async def months(self, wanted: Selection) -> list[tuple[str, int, int]]:
        """Return (month, messages, messages that found it hard to understand) by month."""
        where, values = wanted.where()
        sql = (
            "SELECT substr(day, 1, 7) AS month, count(*), sum(CASE WHEN clear IN ('no', 'partly') THEN 1 ELSE 0 END) "
            f"FROM messages WHERE {where} GROUP BY 1 ORDER BY 1"
        )
        return [(str(month), int(count), int(hard or 0)) for month, count, hard in await self.store.read(sql, values)]

    async def counts(self, regions: Collection[str]) -> list[dict[str, Any]]:
        """Return, for each region, page and edition, how many answered what."""
        where, values = Selection(frozenset(regions)).where()
        sums = ", ".join(
            f"sum(CASE WHEN {question} = '{answer}' THEN 1 ELSE 0 END)"
            for question in QUESTIONS for answer in ANSWERS
        )  # fmt: skip
        sql = (
            f"SELECT region, page, edition, count(*), sum(CASE WHEN text <> '' THEN 1 ELSE 0 END), {sums} "
            f"FROM messages WHERE {where} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [_count(row) for row in await self.store.read(sql, values)]


def named(row: Row) -> dict[str, Any]:
    """Return a message's values by name."""
    return dict(zip(NAMES, row, strict=True))


def _count(row: Row) -> dict[str, Any]:
    region, page, edition, messages, texts, *answers = row
    told = [int(number or 0) for number in answers]
    found = {q: dict(zip(ANSWERS, told[3 * i : 3 * i + 3], strict=True)) for i, q in enumerate(QUESTIONS)}
    return {"region": region, "page": page, "edition": edition, "messages": messages, "texts": int(texts or 0)} | found
