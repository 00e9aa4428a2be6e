"""Showing the site on this machine while it is being written: watch, rebuild, tell the browser.

Two processes: this one builds, and stays without threads because the builder forks; the other one serves the built
tree, watches the sources, talks to the browsers, and ends with this one, the feedback service beside it included.
"""

import json
import multiprocessing
import queue
import signal
import threading
import time
from collections.abc import Callable
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator import load
from generator.cache import Cache
from generator.checks import check_day
from generator.danish import counted, decimal
from generator.loading.conversion import converter
from generator.problems import ContentError
from generator.publish.build_request import BuildRequest
from generator.publish.preview_feedback import PATIENCE, Answering
from generator.publish.site import BuildError, build_site

WATCHED = ("content", "data", "overrides")
SETTLE = 0.05
"""Seconds of quiet after a change: editors save in several steps."""
EVENTS = "/_aendringer"
_SCRIPT = (
    "<script>new EventSource('" + EVENTS + "').onmessage=e=>{const p=JSON.parse(e.data);"
    "if(!p.length)return location.reload();let b=document.getElementById('_fejl')||document.body.insertBefore("
    "Object.assign(document.createElement('pre'),{id:'_fejl'}),document.body.firstChild);"
    "b.style='background:#a30f1a;color:#fff;padding:1rem;margin:0;white-space:pre-wrap;font-size:16px';"
    "b.textContent=p.join('\\n')}</script>"
)

_BUILDING = "<!doctype html><html lang=da><title>Bygger</title><body><p>Siderne er ved at blive bygget …</p></body>"


class PortError(Exception):
    """The port cannot be listened on; says why."""


def serve_site(root: Path, port: int, day: date, profile: str, say: Callable[[str], None]) -> None:
    """Build, serve on localhost until interrupted, and rebuild whenever a source file changes.

    A mistake in the content leaves the last good pages standing and is shown both here and on the open page.
    Raises PortError where the port is taken.
    """
    out = root / ".cache" / "preview"  # apart from .build, which a plain `mkdocs build` empties
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    try:
        server = _Server(("127.0.0.1", port), out)
    except OSError as error:
        raise PortError(error.strerror or str(error)) from error
    answering = Answering(root, out, port)
    child = context.Process(target=_serve, args=(server, root, here, there, answering), daemon=False)
    child.start()
    request = BuildRequest(root, out, day, profile, feedback=answering.endpoint)
    for ending in (signal.SIGINT, signal.SIGTERM):  # also where a script that started us has had the first one ignored
        signal.signal(ending, signal.default_int_handler)  # and being ended from outside ends the child too
    try:
        _rebuild(request, say, here)
        say(f"Siderne vises på http://localhost:{port}/ – de opdateres, når du gemmer. Stop med Ctrl-C.")
        while child.is_alive():
            if here.poll(1):
                while here.poll(SETTLE):
                    here.recv()
                _rebuild(request, say, here)
    except (KeyboardInterrupt, EOFError):
        say("\nStoppet.")
    finally:
        child.terminate()
        child.join(2 * PATIENCE)
        child.kill()


def _rebuild(request: BuildRequest, say: Callable[[str], None], told: Connection) -> None:
    began = time.monotonic()
    try:
        store = Cache(request.root / ".cache")
        catalogue = load(request.root, converter(store))
        if problems := check_day(catalogue, request.day, request.profile):
            raise ContentError(problems)
        built = build_site(catalogue, request, store)
    except (ContentError, BuildError, OSError) as error:
        say(f"{error}\nSiderne er som før.")
        told.send(str(error).split("\n"))
        return
    seconds = decimal(round(time.monotonic() - began, 1))
    say(f"{counted(built.pages, 'side', 'sider')} på {seconds} sekunder")
    told.send([])


def _serve(server: "_Server", root: Path, parents: Connection, pipe: Connection, answering: Answering) -> None:
    parents.close()  # or the end of the parent would never show
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    observer = Observer()
    for name in WATCHED:
        observer.schedule(_Changes(pipe), str(root / name), recursive=True)
    observer.start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        while True:
            server.tell(pipe.recv())
            answering.refresh()
    except (EOFError, KeyboardInterrupt, OSError):
        pass
    finally:
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.SIG_IGN)  # it is ending already
        observer.stop()
        answering.stop()


class _Changes(FileSystemEventHandler):
    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory and event.event_type in ("modified", "created", "deleted", "moved"):
            self.pipe.send(str(event.src_path))


class _Server(ThreadingHTTPServer):
    """Serves the built tree; a file that is not there is answered with the site's own page for that."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], directory: Path) -> None:
        self.directory = directory
        self.listeners: set[queue.Queue[list[str]]] = set()
        self.problems: list[str] = []
        super().__init__(address, _Handler)

    def tell(self, problems: list[str]) -> None:
        """Send every open page what is wrong, or with an empty list that it should load again."""
        self.problems = problems
        for listener in tuple(self.listeners):
            listener.put(problems)


class _Handler(SimpleHTTPRequestHandler):
    server: _Server

    def __init__(self, *arguments: Any) -> None:
        server: _Server = arguments[2]
        super().__init__(*arguments, directory=str(server.directory))

    def do_GET(self) -> None:
        if self.path == EVENTS:
            self._stream()
            return
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not self.path.partition("?")[0].endswith("/"):
            super().do_GET()
            return
        page = path / "index.html" if path.is_dir() else path
        if page.suffix == ".html" and page.is_file():
            self._page(page, 200)
        elif page.is_file():
            super().do_GET()
        else:
            self._page(self.server.directory / "404.html", 404)

    def _page(self, page: Path, status: int) -> None:
        try:
            html = page.read_text("utf-8")
        except OSError:
            html = _BUILDING
        data = html.replace("</body>", f"{_SCRIPT}</body>").encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _stream(self) -> None:
        listener: queue.Queue[list[str]] = queue.Queue()
        if self.server.problems:
            listener.put(self.server.problems)  # a page that is opened now must be told too
        self.server.listeners.add(listener)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            while True:
                self.wfile.write(f"data: {json.dumps(listener.get())}\n\n".encode())
                self.wfile.flush()
        except OSError:
            self.server.listeners.discard(listener)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal is for the author."""
