"""A real browser for tests, and a server for it to meet built pages on."""

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ViewportSize, sync_playwright

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--blink-settings=lazyLoadingImageMarginPxUnknown=1250",  # what a browser with windows takes of a 4G network
)  # fmt: skip


def chromium_path() -> str:
    """Return where the browser lies that `tests/run` has found, or the system's own: the one without windows first."""
    names = os.environ.get("CHROMIUM"), "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"
    return next(path for name in names if name and (path := shutil.which(name)))


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that `tests/run` has found, or the system's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(_FLAGS))
        yield browser
        browser.close()


@contextmanager
def serving(directory: Path, base: str = "", host: type["Host"] | None = None) -> Iterator[str]:
    """Serve a built tree as a plain host does, with its own page for what is missing; yield its address.

    With a base, such as `projekt/`, the tree lies in that directory below the one that is served.
    """
    handler = functools.partial(host or Host, directory=str(directory), base=base)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{base}"
        server.shutdown()


class Host(SimpleHTTPRequestHandler):
    """A plain host."""

    def __init__(self, *arguments: Any, base: str, **options: Any) -> None:
        self.base = base
        super().__init__(*arguments, **options)

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / self.base / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        return self.hand_over(404, "text/html", self.page(page))

    def page(self, path: Path) -> bytes:
        """Return a page as it is sent."""
        return path.read_bytes()

    def hand_over(self, status: int, kind: str, data: bytes) -> None:
        """Send a whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
