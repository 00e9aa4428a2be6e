"""The editors' inbox: each access token sees one region's messages and no other's."""

import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from generator.feedback.archive import PAGE, Archive, Selection
from generator.feedback.export import as_csv, as_json_lines, counts_file
from generator.feedback.logs import tell
from generator.feedback.pages import page
from generator.feedback.sessions import SESSION, Sessions
from generator.feedback.settings import Settings
from generator.feedback.sites import Region, Site
from generator.feedback.tokens import Signer
from generator.feedback.web import Request, RequestError, Response, redirect, typed

HOME = "/indbakke"
COOKIE = "indbakke"
FILTER = ("page", "edition", "open", "before")
"""What an editor has asked to see; it is still there after a message has been dealt with."""
DONE = {
    "behandlet": "Beskeden er markeret som behandlet.",
    "aaben": "Beskeden er åben igen.",
    "slet": "Beskeden er slettet.",
    "slettes": "Beskeden er slettet her. Den læses lige nu også af andre, og når de er færdige, er den væk fra filen.",
}
Seen = tuple[Region, str]
"""The editor's region, and the token that forms must carry."""


class Inbox:
    """Answers everything under /indbakke."""

    def __init__(self, settings: Settings, site: Site, archive: Archive, signer: Signer) -> None:
        self.settings, self.site, self.archive, self.signer = settings, site, archive, signer
        self.sessions = Sessions(settings.editors, signer, archive.store)

    async def answer(self, request: Request) -> Response:
        """Return the page, or the way to it; raises RequestError, UnavailableError."""
        if request.method not in ("GET", "HEAD", "POST"):
            return Response(405, b"", ((b"allow", b"GET, POST"),))
        if request.path == f"{HOME}/log-ind" and request.method == "POST":
            return await self._log_in(request)
        session = await self._session(request)
        if session is None:
            return page("login.html", 401 if request.path != HOME else 200, self.site, region=None, wrong=False)
        if request.method == "POST":
            return await self._act(request, session)
        shown = self._pages.get(request.path)
        if shown is None:
            raise RequestError(404, "Siden findes ikke.")
        return await shown(request, session[0])

    @property
    def _pages(self) -> dict[str, Callable[[Request, Region], Awaitable[Response]]]:
        return {
            HOME: self._list,
            f"{HOME}/beskeder.csv": self._csv,
            f"{HOME}/beskeder.json": self._json,
            f"{HOME}/tal.json": self._counts,
        }

    async def _log_in(self, request: Request) -> Response:
        self._refuse_foreign(request)
        begun = self.sessions.begun((await request.form()).get("token", "").strip())
        if begun is None or begun[0] not in self.site.regions:
            tell("login refused", logging.WARNING)
            return page("login.html", 401, self.site, region=None, wrong=True)
        tell("login", region=begun[0])
        return redirect(HOME, self._cookie(begun[1], SESSION))

    def _cookie(self, value: str, seconds: int) -> tuple[bytes, bytes]:
        secure = "; Secure" if self.settings.is_published else ""
        text = f"{COOKIE}={value}; Path={HOME}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
        return b"set-cookie", text.encode("ascii")

    async def _session(self, request: Request) -> Seen | None:
        session = request.cookie(COOKIE)
        region = self.site.regions.get(await self.sessions.region(session) or "")
        return (region, session) if region else None

    def _refuse_foreign(self, request: Request) -> None:
        origin = request.header("origin")
        if origin and not origin.endswith(f"//{request.header('host')}"):
            raise RequestError(403, "Formularen kommer ikke fra indbakken.")

    async def _act(self, request: Request, session: Seen) -> Response:
        region, token = session
        self._refuse_foreign(request)
        form = await request.form()
        age = self.signer.age(form.get("csrf", ""), "csrf", token)
        if age is None or age > SESSION:
            raise RequestError(403, "Siden er for gammel. Åbn indbakken igen.")
        if request.path == f"{HOME}/log-ud":
            await self.sessions.end(token)
            return redirect(HOME, self._cookie("", 0))
        number = number_of(form.get("message", ""))
        if number is None:
            raise RequestError(422, "Beskeden findes ikke.")
        wanted, done = Selection(region.includes), 0
        if request.path == f"{HOME}/behandlet":
            done = await self.archive.mark(wanted, number, date.today().isoformat())
        elif request.path == f"{HOME}/aaben":
            done = await self.archive.mark(wanted, number, None)
        elif request.path == f"{HOME}/slet":
            done = await self.archive.delete(wanted, number)
        if not done:
            raise RequestError(404, "Beskeden findes ikke.")
        action = request.path.rpartition("/")[2]
        if action == "slet" and not self.archive.store.is_erased:
            action = "slettes"
        tell("inbox", region=region.id, action=action, message=number)
        return redirect(_list_again(form, action))

    async def _list(self, request: Request, region: Region) -> Response:
        asked = request.parameters()
        wanted = self._wanted(region, asked)
        before = number_of(asked.get("before", "")) or 0
        messages = await self.archive.newest(wanted, before, PAGE + 1)
        months = await self.archive.months(replace(wanted, open_only=False, since=""))
        largest = max((count for _, count, _ in months), default=1)
        return page(
            "inbox.html", 200, self.site, region=region, messages=messages[:PAGE], asked=asked, months=months[-24:],
            largest=largest, more=messages[PAGE - 1]["id"] if len(messages) > PAGE else None,
            names={**region.pages, **region.leaflets}, done=DONE.get(asked.get("done", ""), ""),
            csrf=self.signer.make("csrf", request.cookie(COOKIE)), days=self.settings.retention_days,
            asked_for={name: asked[name] for name in FILTER if asked.get(name)},
        )  # fmt: skip

    def _wanted(self, region: Region, asked: dict[str, str]) -> Selection:
        since = ""
        with contextlib.suppress(ValueError):
            since = date.fromisoformat(asked.get("since", "")[:10]).isoformat()
        return Selection(
            region.includes, asked.get("page", "")[:200], asked.get("edition", "")[:20], since, asked.get("open") == "1"
        )

    async def _csv(self, request: Request, region: Region) -> Response:
        tell("exported", region=region.id, form="csv")
        messages = self.archive.all(self._wanted(region, request.parameters()))
        return Response(200, as_csv(messages), _file("text/csv; charset=utf-8", "beskeder.csv"))

    async def _json(self, request: Request, region: Region) -> Response:
        tell("exported", region=region.id, form="json")
        messages = self.archive.all(self._wanted(region, request.parameters()))
        return Response(200, as_json_lines(messages), _file("application/json", "beskeder.json"))

    async def _counts(self, request: Request, region: Region) -> Response:
        counts = await self.archive.counts(region.includes)
        return Response(200, counts_file(counts, date.today().isoformat()), _file("application/json", "tal.json"))


def number_of(written: str) -> int | None:
    """Return a message's number, or None for what no database could hold."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 18 else None


def _file(kind: str, name: str) -> Any:
    return typed(kind, (b"content-disposition", f'attachment; filename="{name}"'.encode()))


def _list_again(form: Mapping[str, str], action: str) -> str:
    """Return the address of the list as the editor had it, telling what was done."""
    asked = {name: form[name][:200] for name in FILTER if form.get(name)}
    return f"{HOME}?{urlencode({**asked, 'done': action})}#beskeder"
