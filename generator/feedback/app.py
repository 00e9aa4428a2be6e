"""The application: which address is answered by what, and what happens when the service starts, ages and stops."""

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from secrets import token_urlsafe
from socket import gethostname

from generator.feedback.archive import Archive
from generator.feedback.backup import BackupError, restore
from generator.feedback.handover import LOOK_EVERY, Handover, Task
from generator.feedback.inbox import HOME, Inbox
from generator.feedback.intake import Receiver, as_json
from generator.feedback.limits import Limits
from generator.feedback.logs import tell, tell_failure
from generator.feedback.metrics import Metrics
from generator.feedback.openapi import description
from generator.feedback.pages import page
from generator.feedback.retention import TooMuchError, first_kept, purge
from generator.feedback.settings import Settings, read_settings, refuse_unknown_regions
from generator.feedback.sites import Site, read_site
from generator.feedback.store import Store, UnavailableError
from generator.feedback.stores import open_store
from generator.feedback.tokens import WORK_BITS, Signer
from generator.feedback.web import (
    GoneError,
    Receive,
    Request,
    RequestError,
    Response,
    Scope,
    Send,
    has_one_host,
    request_of,
    typed,
)

PURGE_EVERY = 3600.0
"""Seconds; a message goes within an hour after its last day."""
PROOF_LASTS, PROOF_PATIENCE = 0.5, 4.0
"""Seconds that readiness stands once proved, so that asking costs the disk little, and that a proof may take."""
Handler = Callable[[Request], Awaitable[Response]]


class App:
    """The ASGI application."""

    def __init__(self, settings: Settings, site: Site, store: Store) -> None:
        self.settings, self.site, self.store = settings, site, store
        self.metrics = Metrics(worker=f"{gethostname()}:{os.getpid()}" if settings.workers > 1 else "")
        self.signer = Signer(settings.secret or token_urlsafe(32))
        limits = Limits(settings.address_rate, settings.region_rate, store.counts())
        self.receiver = Receiver(settings, site, store, self.signer, limits, self.metrics)
        self.inbox = Inbox(settings, site, Archive(store), Signer(f"inbox{settings.secret or token_urlsafe(32)}"))
        self._routes: Mapping[str, Mapping[str, Handler]] = {
            "/v1/feedback": {"POST": self.receiver.receive, "OPTIONS": self._preflight},
            "/v1/token": {"GET": self._token},
            "/v1/openapi.json": {"GET": self._openapi},
            "/health/live": {"GET": self._live_check},
            "/health/ready": {"GET": self._ready_check},
            "/metrics": {"GET": self._metrics},
        }
        self._proved_at = -PROOF_LASTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Speak ASGI."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self.store.start()
        beside = [asyncio.create_task(self._purge_regularly())]
        if path := getattr(self.store, "path", None):
            beside.append(asyncio.create_task(self._do_tasks(Handover(path))))
        tell("started", regions=len(self.site.regions), profile=self.settings.profile)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for work in beside:
            work.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await self.store.stop()
        tell("stopped")
        await send({"type": "lifespan.shutdown.complete"})

    async def _purge_regularly(self) -> None:
        while True:
            before = first_kept(self.settings.retention_days)
            try:
                self._count_purged(await purge(self.store, before), before)
                self.metrics.purge_waits = 0
            except UnavailableError as error:
                tell("not purged", cause=str(error))
            except TooMuchError as error:
                self.metrics.purge_waits = error.due.messages
                tell("not purged", logging.ERROR, cause="too much at once", remedy="borgerinfo feedback purge",
                     messages=error.due.messages, days=error.due.days, before=before)  # fmt: skip
            except Exception:  # the next hour is another chance
                tell_failure("a mistake of the program's")
            await asyncio.sleep(PURGE_EVERY)

    def _count_purged(self, gone: int, before: str) -> None:
        self.metrics.purged += gone
        if gone:
            tell("purged", messages=gone, before=before)

    async def _do_tasks(self, handover: Handover) -> None:
        """Do what commands hand over, since only this process may write."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if task := handover.task():
                handover.answer(await self._done(task))

    async def _done(self, task: Task) -> Task:
        before = first_kept(self.settings.retention_days)
        try:
            if task.get("do") == "restore":
                return asdict(await restore(self.store, Path(str(task.get("file"))), before))
            before = min(before, str(task.get("before", before)))  # no more than somebody has seen and said yes to
            gone = await purge(self.store, before, is_sure=True)
        except (BackupError, UnavailableError) as error:
            return {"failed": str(error)}
        except Exception:
            tell_failure("a mistake of the program's")
            return {"failed": "Noget gik galt i tjenesten. Se i dens log."}
        self._count_purged(gone, before)
        self.metrics.purge_waits = 0
        return {"gone": gone}

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        request = request_of(scope, receive)
        try:
            if not has_one_host(scope):
                raise RequestError(400, "Forespørgslen siger ikke, hvilken vært den er til.")
            response = await self._route(request)
        except GoneError:
            return
        except RequestError as error:
            response = self._say(error.status, error.says, request.path)
        except UnavailableError:
            response = self._say(503, "Tjenesten kan ikke nå sine data lige nu. Prøv igen om lidt.", request.path)
        except Exception:  # the last line of defence: nobody meets a stack trace, and no words of it reach the log
            tell_failure("a mistake of the program's")
            response = self._say(503, "Noget gik galt hos os. Prøv igen om lidt.", request.path)
        if request.header("origin") in self.site.origins:
            response.headers += (
                (b"access-control-allow-origin", request.header("origin").encode()), (b"vary", b"Origin"),
            )  # fmt: skip
        with contextlib.suppress(OSError):
            await response.send(send, head_only=request.method == "HEAD")
        self.metrics.answered(response.status, time.perf_counter() - began)

    async def _route(self, request: Request) -> Response:
        known = self._routes.get(request.path)
        if known is None:
            if f"{request.path}/".startswith(f"{HOME}/"):
                return await self.inbox.answer(request)
            raise RequestError(404, "Siden findes ikke.")
        method = "GET" if request.method == "HEAD" else request.method
        if method not in known:
            return Response(405, b"", ((b"allow", ", ".join(known).encode()),))
        return await known[method](request)

    async def _preflight(self, request: Request) -> Response:
        return Response(204, b"", ((b"access-control-allow-methods", b"POST"), (b"access-control-max-age", b"600")))

    async def _token(self, request: Request) -> Response:
        region = request.parameters().get("region", "")
        if region not in self.site.regions:
            raise RequestError(404, "Regionen findes ikke.")
        work = WORK_BITS if region in self.settings.proof_of_work else 0
        return as_json(200, {"token": self.signer.make("form", region), "work": work})

    async def _openapi(self, request: Request) -> Response:
        return as_json(200, description(self.site))

    async def _live_check(self, request: Request) -> Response:
        return as_json(200, {"status": "live"})

    async def _ready_check(self, request: Request) -> Response:
        ready, cause = await self._is_ready()
        return as_json(200 if ready else 503, {"status": "ready" if ready else "not ready", "cause": cause})

    async def _metrics(self, request: Request) -> Response:
        ready, _ = await self._is_ready()
        text = self.metrics.text(self.store.waiting(), ready)
        return Response(200, text.encode(), typed("text/plain; version=0.0.4"))

    async def _is_ready(self) -> tuple[bool, str]:
        """Say whether a message sent now would be kept and could be read; yes stands for a moment, no is asked anew."""
        if time.monotonic() - self._proved_at < PROOF_LASTS:
            return True, ""
        try:
            await asyncio.wait_for(self.store.prove(), PROOF_PATIENCE)
            await self.store.read("SELECT count(*) FROM (SELECT 1 FROM messages LIMIT 1) AS one")
        except UnavailableError as error:
            return False, str(error)
        except TimeoutError:
            return False, "slow"
        self._proved_at = time.monotonic()
        return True, ""

    def _say(self, status: int, lead: str, path: str) -> Response:
        return page(
            "answer.html", status, self.site, heading="Det gik ikke", lead=lead, faults=(), region=None, sent={},
            home=HOME if f"{path}/".startswith(f"{HOME}/") else "",
        )  # fmt: skip


def create_app(settings: Settings | None = None, store: Store | None = None) -> App:
    """Return the application as the settings, or else the environment, will have it; raises SettingError."""
    settings = settings or read_settings()
    site = read_site(settings)
    refuse_unknown_regions(settings, site.regions)
    return App(settings, site, store or open_store(settings))
