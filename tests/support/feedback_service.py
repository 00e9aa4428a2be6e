"""A feedback service to try things on: in this process, or as the command that a region would run."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from generator.feedback.app import App
from generator.feedback.settings import Settings
from generator.feedback.sites import read_site
from generator.feedback.sqlite import SqliteStore
from generator.feedback.store import Store
from tests.support.built import ROOT

NORTH, SOUTH = "nordby", "sydby"
THANKS = f"http://localhost:8000/{NORTH}/feedback/tak/"
ORIGIN = "http://localhost:8000"
PEER = "192.0.2.7"
PATIENCE = 30.0
"""Seconds until a test gives up; far more than anything takes."""


def told(region: str, number: str) -> dict[str, Any]:
    lines = [
        {"name": "egen læge", "number": None, "hours": "hverdage klokken 8 til 16", "confirmed": True},
        {"name": "lægevagten", "number": number, "hours": "når lægen har lukket", "confirmed": False},
    ]
    return {
        "id": region, "name": f"Region {region.title()}", "ink": "#0a4a4a", "address": f"{region}/",
        "includes": [region], "lines": lines, "pages": {"medicin/": "Medicin", "soevn/": "Søvn"},
        "leaflets": {"5hd3cg" if region == NORTH else "27x48y": "Forstå dine smerter"},
    }  # fmt: skip


def write_site(directory: Path) -> Path:
    """Write what a build would tell the service, of two invented regions."""
    path = directory / "feedback.json"
    regions = [told(NORTH, "70 15 03 00"), told(SOUTH, "1818")]
    path.write_text(json.dumps({"version": 1, "title": "Ondt i tæerne", "site_url": "", "regions": regions}))
    return path


def settings_for(directory: Path, **given: Any) -> Settings:
    free = {"address_rate": 0, "region_rate": 0}
    return Settings(
        database=f"sqlite:///{directory / 'messages.db'}", site=str(write_site(directory)), **{**free, **given}
    )


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Service:
    """An application in this process, spoken to over ASGI."""

    app: App
    store: Store
    headers: dict[str, str] = field(default_factory=dict)

    async def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        peer: str = PEER,
    ) -> Answer:
        path, _, query = path.partition("?")
        sent = {"host": "svar.example", **self.headers, **(headers or {})}
        scope = {
            "type": "http", "method": method, "path": path, "query_string": query.encode(), "client": (peer, 1),
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in sent.items()],
        }  # fmt: skip
        events: list[Any] = []
        pieces = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Any:
            return pieces.pop(0) if pieces else {"type": "http.disconnect"}

        async def send(event: Any) -> None:
            events.append(event)

        await self.app(scope, receive, send)
        headers_back = {name.decode(): value.decode() for name, value in events[0]["headers"]}
        return Answer(events[0]["status"], headers_back, b"".join(event.get("body", b"") for event in events[1:]))

    async def post(self, _headers: Mapping[str, str] | None = None, _peer: str = PEER, **fields: str) -> Answer:
        form = {"content-type": "application/x-www-form-urlencoded", **(_headers or {})}
        body = urlencode({"region": NORTH, **fields}).encode()
        return await self.ask("POST", "/v1/feedback", body, form, _peer)

    async def rows(self, columns: str = "region, page, edition, found, clear, call, text") -> list[Any]:
        return await self.store.read(f"SELECT {columns} FROM messages ORDER BY id")


@asynccontextmanager
async def started(settings: Settings, store: Store | None = None) -> AsyncIterator[Service]:
    """Give a running application, its store started and stopped as the server would."""
    store = store or SqliteStore(Path(settings.database.removeprefix("sqlite:///")))
    app = App(settings, read_site(settings), store)
    inbox: asyncio.Queue[Any] = asyncio.Queue()
    outbox: asyncio.Queue[Any] = asyncio.Queue()
    life = asyncio.create_task(app({"type": "lifespan"}, inbox.get, outbox.put))
    inbox.put_nowait({"type": "lifespan.startup"})
    await outbox.get()
    try:
        yield Service(app, store)
    finally:
        inbox.put_nowait({"type": "lifespan.shutdown"})
        await life


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Running:
    """The real command, on a real port."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it the hard way, and everything it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)


def environment(directory: Path, port: int, **more: str) -> dict[str, str]:
    own = {
        "DATABASE_URL": f"sqlite:///{directory / 'messages.db'}", "FEEDBACK_SITE": str(write_site(directory)),
        "FEEDBACK_PORT": str(port), "FEEDBACK_ADDRESS_RATE": "0", "FEEDBACK_REGION_RATE": "0",
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    return {**{k: v for k, v in os.environ.items() if not k.startswith("FEEDBACK_")}, **own, **more}


@contextmanager
def running(
    directory: Path, *before: str, command: tuple[str, ...] = (), port: int = 0, **more: str
) -> Iterator[Running]:
    """Run the command until the end of the block; `before` are words that go before it, such as a tracer's."""
    port, log = port or free_port(), directory / "service.log"
    words = [*before, sys.executable, "-m", *(command or ("generator.cli", "feedback", "serve"))]
    env = environment(directory, port, **more)
    with log.open("ab") as file:
        process = subprocess.Popen(words, cwd=directory, env=env, stdout=file, stderr=file, start_new_session=True)
    service = Running(process, port, log)
    try:
        wait_until_it_answers(service)
        yield service
    finally:
        service.kill()


def wait_until_it_answers(service: Running) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", service.port), 1):
            return
        if service.process.poll() is not None or time.monotonic() > until:
            raise AssertionError(service.log.read_text())
        time.sleep(0.02)
