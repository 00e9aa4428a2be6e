"""Requests and answers over ASGI: small, capped, and with a deadline on every byte that a client may be slow with."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

BODY_LIMIT = 16 * 1024
"""Bytes; the longest honest message, every letter of it percent-encoded, is under 8 KiB."""
BODY_SECONDS = 10.0
"""Time for a whole body; a phone on a bad connection sends half a kilobyte a second."""
FIELD_LIMIT = 32
SAFE_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-robots-tag", b"noindex"),
)


class RequestError(Exception):
    """The request cannot be understood; holds the status and a short Danish sentence, never what was sent."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status, self.says = status, says


class GoneError(Exception):
    """The client left before it had sent everything; there is nobody to answer."""


@dataclass(frozen=True)
class Request:
    """What a client asked, with its body yet to be read."""

    method: str
    path: str
    query: str
    headers: Mapping[bytes, bytes]
    peer: str
    receive: Receive = field(repr=False)

    def header(self, name: str) -> str:
        """Return a header as text, or nothing."""
        return self.headers.get(name.encode(), b"").decode("latin-1")

    @property
    def wants_json(self) -> bool:
        """Say whether a script asks, rather than a person's browser."""
        return "application/json" in self.header("accept")

    def cookie(self, name: str) -> str:
        """Return a cookie's value, or nothing; what other cookies of the same host hold is nothing to this one."""
        pairs = (part.strip().partition("=") for part in self.header("cookie").split(";"))
        return next((value for found, _, value in pairs if found == name), "")

    def parameters(self) -> dict[str, str]:
        """Return the query's fields; raises RequestError for what is not a query."""
        return fields(self.query.encode("latin-1", "replace"))

    async def form(self) -> dict[str, str]:
        """Return the body's fields; raises RequestError if it is too long, too slow or no form, GoneError if left."""
        kind = self.header("content-type").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded" or self.header("content-encoding"):
            raise RequestError(415, "Vi kan kun læse en almindelig formular.")
        return fields(await self._body())

    async def _body(self) -> bytes:
        body = bytearray()
        try:
            async with asyncio.timeout(BODY_SECONDS):
                more = True
                while more:
                    event = await self.receive()
                    if event["type"] == "http.disconnect":
                        raise GoneError
                    body += event.get("body", b"")
                    more = event.get("more_body", False)
                    if len(body) > BODY_LIMIT:
                        raise RequestError(413, "Det, du sendte, er for langt.")
        except TimeoutError:
            raise RequestError(408, "Det tog for lang tid at sende.") from None
        return bytes(body)


def fields(data: bytes) -> dict[str, str]:
    """Return the fields of an urlencoded text; raises RequestError for twins, too many, and what is no UTF-8."""
    try:
        pairs = parse_qsl(
            data.decode("ascii"), keep_blank_values=True, strict_parsing=bool(data), errors="strict",
            max_num_fields=FIELD_LIMIT,
        )  # fmt: skip
    except ValueError:  # a UnicodeDecodeError is one too
        raise RequestError(422, "Formularen kan ikke læses.") from None
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RequestError(422, "Formularen har det samme felt to gange.")
    return found


@dataclass
class Response:
    """An answer: bytes, or a stream of them."""

    status: int
    body: bytes | AsyncIterator[bytes] = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()

    async def send(self, send: Send, *, head_only: bool = False) -> None:
        """Send it."""
        headers = [*SAFE_HEADERS, *self.headers]
        if isinstance(self.body, bytes):
            headers.append((b"content-length", str(len(self.body)).encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        if isinstance(self.body, bytes):
            await send({"type": "http.response.body", "body": b"" if head_only else self.body})
            return
        if not head_only:
            async for piece in self.body:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def has_one_host(scope: Scope) -> bool:
    """Say whether the request names the host it is for as HTTP asks (RFC 9112, 3.2): once, which 1.0 may leave out."""
    hosts = sum(name == b"host" for name, _ in scope["headers"])
    return hosts == 1 or (hosts == 0 and scope.get("http_version") != "1.1")


def request_of(scope: Scope, receive: Receive) -> Request:
    """Return the request of an ASGI scope."""
    return Request(
        scope["method"], scope["path"], scope["query_string"].decode("latin-1"), dict(scope["headers"]),
        scope["client"][0] if scope.get("client") else "", receive,
    )  # fmt: skip


def typed(kind: str, *more: tuple[bytes, bytes]) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers that name a body's type."""
    return ((b"content-type", kind.encode()), *more)


def redirect(address: str, *more: tuple[bytes, bytes]) -> Response:
    """Send the reader on with GET; the address must be one of our own making."""
    return Response(303, b"", ((b"location", address.encode("ascii")), *more))
