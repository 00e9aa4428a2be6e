"""Showing the site on this machine while it is being written: the open page at once, the rest behind it.

This process reads and renders the page that somebody looks at; a process forked from it builds the whole, and is cut
off when there is something newer to build; a third one serves.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from generator import load
from generator.cache import Cache
from generator.checks import check_day
from generator.danish import counted, decimal
from generator.loading.conversion import converter
from generator.model.catalogue import Catalogue
from generator.problems import ContentError, Problem
from generator.publish.build_request import BuildRequest
from generator.publish.preview_feedback import PATIENCE, Answering
from generator.publish.preview_server import free_port, listening, serve
from generator.publish.quick_look import QuickLook
from generator.publish.site import BuildError, build_site

SETTLE = 0.05
"""Seconds of quiet after a change: editors save in several steps."""
_FORK = multiprocessing.get_context("fork")
Say = Callable[[str], None]


class PortError(Exception):
    """No port can be listened on; says why."""


def serve_site(root: Path, port: int, day: date, profile: str, say: Say) -> None:
    """Build, serve on localhost until interrupted, and rebuild whenever a source file changes.

    A mistake in the content leaves the last good pages standing and is shown both here and on the open page; a sheet
    that does not fit holds no page back. A port that is taken gives way to the next. Raises PortError where all are.
    """
    place = root / ".cache" / "preview"  # apart from .build, which a plain `mkdocs build` empties
    try:
        server = listening(port, place)
    except OSError as error:
        raise PortError(error.strerror or str(error)) from error
    taken, port = port, server.server_address[1]
    server.directory = out = place / str(port)  # one for each preview that runs at the same time
    if port != taken:
        say(f"Port {taken} er optaget, så jeg bruger {port}.")
    say(f"Siderne vises på http://localhost:{port}/ – de opdateres, når du gemmer. Stop med Ctrl-C.")
    here, there = _FORK.Pipe()
    answering = Answering(root, out, port, free_port(port))
    child = _FORK.Process(target=serve, args=(server, root, here, there, answering), daemon=False)
    child.start()
    there.close()
    for ending in (signal.SIGINT, signal.SIGTERM):  # also where a script that started us has had the first one ignored
        signal.signal(ending, signal.default_int_handler)  # and being ended from outside ends the child too
    preview = _Preview(BuildRequest(root, out, day, profile, feedback=answering.endpoint), say, here)
    try:
        preview.renew(())
        while child.is_alive():
            preview.wait_for_something()
    except (KeyboardInterrupt, EOFError):
        say("\nStoppet.")
    finally:
        preview.cut_off()
        child.terminate()
        child.join(2 * PATIENCE)
        child.kill()


class _Preview:
    """What is shown, and the build that is under way."""

    def __init__(self, request: BuildRequest, say: Say, server: Connection) -> None:
        self.request, self.say, self.server = request, say, server
        self.store = Cache(request.root / ".cache")
        self.quick = QuickLook(request, self.store)
        self.builder: BaseProcess | None = None
        self.result: Connection | None = None

    def wait_for_something(self) -> None:
        """Do what there is to do: show a change, or tell how the build went."""
        ready = wait([self.server, *([self.result] if self.result else [])], timeout=1)
        if self.result in ready:
            self._tell_how_it_went()
        if self.server in ready:
            pages = self.server.recv()
            while self.server.poll(SETTLE):
                pages = self.server.recv()
            self.renew(pages)

    def renew(self, open_pages: Sequence[str]) -> None:
        """Read everything, show the open pages as they are now, and begin to build the rest."""
        self.cut_off()
        try:
            catalogue = load(self.request.root, converter(self.store))
            if problems := check_day(catalogue, self.request.day, self.request.profile):
                raise ContentError(problems)
            for page in open_pages:
                self.quick.renew(catalogue, page)
        except ContentError as error:
            self._refuse(str(error))
            return
        except (KeyError, OSError):
            pass  # what cannot be shown at once is shown when all is built
        else:
            if open_pages:
                self.server.send([])
        self.result, end = _FORK.Pipe(duplex=False)
        self.builder = _FORK.Process(target=_build, args=(catalogue, self.request, self.store, self.say, end))
        self.builder.start()
        end.close()

    def cut_off(self) -> None:
        """End the build that is under way, and its workers; what was built before stays."""
        if self.builder and self.builder.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.builder.pid, signal.SIGKILL)
            self.builder.kill()
            self.builder.join()
        self.builder = self.result = None

    def _tell_how_it_went(self) -> None:
        assert self.result is not None
        try:
            outcome: dict[str, Any] = self.result.recv()
        except EOFError:
            outcome = {"refused": "Bygningen gik i stå. Gem igen, eller start forfra."}
        self.cut_off()
        if "refused" in outcome:
            self._refuse(outcome["refused"])
            return
        self.say(outcome["says"])
        if outcome["spoiled"]:
            self.say("\n".join([*outcome["spoiled"], "Siderne er fornyet. Arket er, som det var."]))
        self.server.send(outcome["spoiled"])

    def _refuse(self, says: str) -> None:
        self.say(f"{says}\nSiderne er som før.")
        self.server.send(says.split("\n"))


def _build(catalogue: Catalogue, request: BuildRequest, store: Cache, say: Say, result: Connection) -> None:
    """Build the whole; runs in a process of its own, whose group may be killed at any moment."""
    os.setpgrp()
    began, spoiled = time.monotonic(), list[Problem]()
    try:
        built = build_site(catalogue, request, store, say, spoiled)
    except (ContentError, BuildError, OSError) as error:
        result.send({"refused": str(error)})
        return
    seconds = decimal(round(time.monotonic() - began, 1))
    says = f"{counted(built.pages, 'side', 'sider')} på {seconds} sekunder"
    result.send({"says": says, "spoiled": [str(problem) for problem in sorted(set(spoiled))]})
