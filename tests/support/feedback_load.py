"""A client that sends many messages at once and remembers which were thanked for; sockets and asyncio, nothing else."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from tests.support.feedback_service import NORTH

WORDS = "Siden var god, men jeg ledte efter noget om arbejde og om hvor hurtigt man bliver rask. " * 3


@dataclass
class Sent:
    """What was sent and how it was answered."""

    sent: set[str] = field(default_factory=set)
    thanked: set[str] = field(default_factory=set)
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def answered(self, marker: str, status: int, seconds: float) -> None:
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.seconds.append(seconds)
        if status == 303:
            self.thanked.add(marker)

    def percentile(self, share: float) -> float:
        """Return the time under which that share of answers came."""
        found = sorted(self.seconds)
        return found[min(len(found) - 1, int(share * len(found)))] if found else 0.0


def request(marker: str) -> bytes:
    """Return one POST on the wire; the marker is letters only, so that nobody takes it for a number."""
    text = quote_plus(f"{WORDS}{marker}")
    body = f"region={NORTH}&about=page%3Amedicin%2F&found=yes&clear=partly&call=no&id={marker}&text={text}".encode()
    head = (
        "POST /v1/feedback HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def marker(prefix: str, number: int) -> str:
    """Return a word of letters that no other message has."""
    digits = "abcdefghij"
    return f"{prefix}{''.join(digits[int(d)] for d in f'{number:08}')}"


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, data: bytes) -> int:
    """Send one request and read its whole answer; return the status."""
    writer.write(data)
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    if length:
        await reader.readexactly(length)
    return int(head[9:12])


async def connection(port: int, log: Sent, name: Callable[[], str | None]) -> None:
    """Send one message after the other on one connection until there are no more names or nobody answers."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return
    try:
        while (own := name()) is not None:
            log.sent.add(own)
            began = time.perf_counter()
            status = await exchange(reader, writer, request(own))
            log.answered(own, status, time.perf_counter() - began)
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def load(
    port: int, log: Sent, *, connections: int, prefix: str, messages: int = 10**9, seconds: float = 1e9
) -> None:
    """Send from many connections until so many messages, or so many seconds, are over."""
    count, until = iter(range(messages)), time.monotonic() + seconds

    def name() -> str | None:
        number = next(count, None)
        return None if number is None or time.monotonic() > until else marker(prefix, number)

    await asyncio.gather(*(connection(port, log, name) for _ in range(connections)))
