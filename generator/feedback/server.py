"""Runs the application under uvicorn, with the guards that uvicorn lacks and a stop that loses nothing."""

import asyncio
import errno
import os
import resource
import secrets
import signal
import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from generator.feedback.app import App, create_app
from generator.feedback.lock import Lock
from generator.feedback.logs import set_up_logging
from generator.feedback.settings import SettingError, Settings, database_path, refuse_unknown_regions
from generator.feedback.sites import read_site
from generator.feedback.store import Store

HEADER_SECONDS = 10.0
"""Time for a request's first line and headers."""
HEADER_BYTES = 32 * 1024
CONNECTIONS = 2000
"""Open at once; more are closed at the door."""
STOP_SECONDS = 4
"""Time for those inside to be answered before the service goes."""


class GuardedProtocol(HttpToolsProtocol):
    """HTTP with a deadline and a limit on headers: 300 clients that trickle them hold nobody up for long."""

    guard: asyncio.TimerHandle | None = None
    unread = 0

    # asyncio types the argument wider than any transport that a TCP server hands over.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin the clock, or close the door when the house is full."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.close()
            return
        self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count bytes as long as the headers are not all there."""
        if self.guard is not None:
            self.unread += len(data)
            if self.unread > HEADER_BYTES + 16 * 1024:
                self.transport.close()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Begin the clock for the next request on the same connection."""
        if self.guard is None:
            self._begin()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Stop the clock: from here on the application has its own."""
        self._end()
        super().on_headers_complete()

    def _begin(self) -> None:
        self.unread = 0
        self.guard = self.loop.call_later(HEADER_SECONDS, self._expire)

    def _end(self) -> None:
        if self.guard is not None:
            self.guard.cancel()
        self.guard = None

    def _expire(self) -> None:
        self.guard = None
        if not self.transport.is_closing():
            self.transport.close()


def application() -> App:
    """Return the application of one worker; it reads its settings from the environment."""
    set_up_logging()
    return create_app()


def serve(settings: Settings, store: Store | None = None) -> None:
    """Serve until told to stop, from the store given or the settings' own; raises SettingError before it begins."""
    site = read_site(settings)
    refuse_unknown_regions(settings, site.regions)
    _refuse_second_service(settings)
    _refuse_taken_port(settings)
    _raise_file_limit()
    set_up_logging()
    os.environ.setdefault("FEEDBACK_SECRET", settings.secret or secrets.token_urlsafe(32))
    app: Any = create_app(settings, store) if settings.workers == 1 else "generator.feedback.server:application"
    config = uvicorn.Config(
        app, factory=settings.workers > 1, host=settings.host, port=settings.port, workers=settings.workers,
        http=GuardedProtocol, ws="none", loop="uvloop", log_config=None, access_log=False, proxy_headers=False,
        server_header=False, date_header=False, timeout_keep_alive=10, timeout_graceful_shutdown=STOP_SECONDS,
        backlog=512,
    )  # fmt: skip
    if settings.workers > 1:
        from uvicorn.supervisors import Multiprocess

        Multiprocess(config, [config.bind_socket()]).run()
        return
    signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it again when it is done; that is a clean end
    signal.signal(signal.SIGINT, lambda *_: None)
    uvicorn.Server(config).run()


def _refuse_second_service(settings: Settings) -> None:
    if settings.database.startswith("sqlite"):
        path = database_path(settings.database)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            is_taken = Lock(path).is_held()
        except OSError as error:
            raise SettingError(f"DATABASE_URL: kan ikke skrive i {path.parent} ({error.strerror})") from None
        if is_taken:
            raise SettingError(f"DATABASE_URL: {path} bruges allerede af en anden tjeneste – stop den først")


def _refuse_taken_port(settings: Settings) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        raise SettingError(f"FEEDBACK_HOST: »{settings.host[:60]}« findes ikke – skriv fx 127.0.0.1") from None
    with socket.socket(family, kind, protocol) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(address)
        except OSError as error:
            what = "er optaget" if error.errno == errno.EADDRINUSE else "kan ikke bruges"
            raise SettingError(f"FEEDBACK_PORT: {settings.port} på {settings.host} {what} – vælg en anden") from None


def _raise_file_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 200 if hard == resource.RLIM_INFINITY else min(hard, CONNECTIONS + 200)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
