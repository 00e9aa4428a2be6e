"""The preview's web server: the built tree, and a word to each open page when it should load again or is wrong.

A process of its own, so that the one that builds has no threads. It ends with that one, the feedback service included.
"""

import contextlib
import hashlib
import json
import queue
import signal
import socket
import threading
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.publish.preview_feedback import Answering

WATCHED = ("content", "data", "overrides")
EVENTS, SCRIPT = "/_aendringer", "/_visning.js"
_SCRIPT = """
const shown = new URL(document.currentScript.src).search.slice(1);
const place = new URLSearchParams({ side: location.pathname, vist: shown });
new EventSource("/_aendringer?" + place).onmessage = event => {
  const problems = JSON.parse(event.data);
  if (!problems.length) return location.reload();
  let banner = document.getElementById("_fejl");
  if (!banner) {
    banner = document.body.insertBefore(document.createElement("pre"), document.body.firstChild);
    banner.id = "_fejl";
    banner.setAttribute("role", "alert");
    const look = { background: "#a30f1a", color: "#fff", padding: "1rem", margin: 0, whiteSpace: "pre-wrap" };
    Object.assign(banner.style, look, { fontSize: "16px", maxHeight: "40vh", overflow: "auto" });
  }
  const more = problems.length > 5 ? ["… og " + (problems.length - 5) + " til, se terminalen"] : [];
  banner.textContent = [...problems.slice(0, 5), ...more].join("\\n");
};
"""
"""Served as a file, which the pages' own policy allows."""
_BUILDING = (
    "<!doctype html><html lang=da><title>Bygger</title><body><p>Siderne er ved at blive bygget …</p></body></html>"
)
NEAR = 20
"""Ports that are tried after one that is taken."""


@dataclass(eq=False)
class _Listener:
    """A page that is open in a browser, and what it shows: the mark of its file, and whether it has a banner."""

    page: str
    shown: str
    has_banner: bool = False
    told: queue.Queue[list[str]] = field(default_factory=queue.Queue)


class PreviewServer(ThreadingHTTPServer):
    """Serves the built tree; a file that is not there is answered with the site's own page for that."""

    daemon_threads = True

    def __init__(self, port: int, directory: Path) -> None:
        self.directory = directory
        self.listeners: set[_Listener] = set()
        self.problems: list[str] = []
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def open_pages(self) -> list[str]:
        """Addresses, such as `nordby/medicin/`, that a browser shows now."""
        return sorted({listener.page for listener in self.listeners})

    def tell(self, problems: list[str]) -> None:
        """Tell every open page what is wrong, or, with an empty list, that it should load again if it has changed."""
        self.problems = problems
        for listener in tuple(self.listeners):
            self.tell_one(listener)

    def tell_one(self, listener: _Listener) -> None:
        """Tell one page what it does not know."""
        if self.problems or listener.has_banner or self.mark(self.file(listener.page)) != listener.shown:
            listener.has_banner = bool(self.problems)
            listener.told.put(self.problems)

    def file(self, address: str) -> Path:
        """Return the file of an address."""
        return (
            self.directory / address / "index.html"
            if address.endswith("/") or not address
            else self.directory / address
        )

    def mark(self, file: Path) -> str:
        """Return what tells what a file holds now from what it held before; nothing where there is none."""
        try:
            return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        except OSError:
            return ""


class _Handler(SimpleHTTPRequestHandler):
    server: PreviewServer

    def __init__(self, *arguments: Any) -> None:
        server: PreviewServer = arguments[2]
        super().__init__(*arguments, directory=str(server.directory))

    def do_GET(self) -> None:
        way = urlsplit(self.path)
        if way.path == EVENTS:
            self._stream(parse_qs(way.query))
        elif way.path == SCRIPT:
            self._send(_SCRIPT.encode(), "text/javascript; charset=utf-8")
        else:
            self._file(Path(self.translate_path(self.path)), way.path)

    def _file(self, path: Path, asked: str) -> None:
        if path.is_dir() and not asked.endswith("/"):
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
        mark = self.server.mark(page)
        try:
            html = page.read_text("utf-8")
        except OSError:
            html = _BUILDING
        script = f'<script src="{SCRIPT}?{mark}"></script>'
        self._send(html.replace("</body>", f"{script}</body>").encode(), "text/html; charset=utf-8", status)

    def _send(self, data: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, asked: dict[str, list[str]]) -> None:
        listener = _Listener(asked.get("side", [""])[0].lstrip("/"), asked.get("vist", [""])[0])
        self.server.listeners.add(listener)
        self.server.tell_one(listener)  # what went wrong, or changed, before it was open
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            while True:
                try:
                    line = f"data: {json.dumps(listener.told.get(timeout=5))}\n\n"
                except queue.Empty:
                    line = ": \n\n"  # a page that has gone shows when it is written to
                self.wfile.write(line.encode())
                self.wfile.flush()
        except OSError:
            self.server.listeners.discard(listener)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal is for the author."""


class _Changes(FileSystemEventHandler):
    def __init__(self, server: PreviewServer, pipe: Connection) -> None:
        self.server, self.pipe = server, pipe

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory and event.event_type in ("modified", "created", "deleted", "moved"):
            with contextlib.suppress(OSError):
                self.pipe.send(self.server.open_pages)


def listening(port: int, directory: Path) -> PreviewServer:
    """Return a server on the port, or on the next that is free; raises OSError where none of them is."""
    for tried in range(port, min(port + NEAR, 65535)):
        with contextlib.suppress(OSError):
            return PreviewServer(tried, directory)
    return PreviewServer(port, directory)


def free_port(after: int) -> int:
    """Return a port that nobody listens on, as near as can be."""
    for port in range(after + 1, min(after + NEAR, 65535)):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    return after + 1


def serve(server: PreviewServer, root: Path, parents: Connection, pipe: Connection, answering: Answering) -> None:
    """Serve until the parent is gone; tell it of changes, with the pages that are open, and pass on what it says."""
    parents.close()  # or the end of the parent would never show
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    observer = Observer()
    for name in WATCHED:
        observer.schedule(_Changes(server, pipe), str(root / name), recursive=True)
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
