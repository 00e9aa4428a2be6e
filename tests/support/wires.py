"""Two ways to a browser that was not built for tests, both in the words of WebDriver.

Playwright drives only engines that it has built itself. WebKitGTK brings a WebDriver that answers over HTTP. Firefox's
own, geckodriver, is in no Debian; but it only passes the words on to Marionette, which lies in every Firefox and
answers over a socket of this machine: a length, a colon, and JSON.
"""

import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""What WebDriver calls the key under which an element's name stands."""
_PATIENCE = 60
"""Seconds until a browser that has not answered is taken not to answer."""
_COMMANDS = {
    "open": ("POST", "/url", "WebDriver:Navigate"),
    "run": ("POST", "/execute/sync", "WebDriver:ExecuteScript"),
    "press": ("POST", "/actions", "WebDriver:PerformActions"),
    "picture": ("GET", "/screenshot", "WebDriver:TakeScreenshot"),
    "print": ("POST", "/print", "WebDriver:Print"),
    "click": ("POST", "/element/{id}/click", "WebDriver:ElementClick"),
    "type": ("POST", "/element/{id}/value", "WebDriver:ElementSendKeys"),
}
"""What a command is called over HTTP, and in Marionette."""
_PACKAGES = {"firefox-esr": "firefox-esr", "WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb", "xdotool": "xdotool"}
_MINI_BROWSER = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
_NO_FRAME = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }\n"
"""A style for the browser's own buttons: as they are, no window is narrower than 447 pixels."""


class Marionette:
    """Firefox, over the socket that its remote control listens on."""

    def __init__(self, started: ExitStack, home: Path, dark: bool) -> None:
        port, self.numbers = _free_port(), itertools.count(1)
        wishes = {
            "marionette.port": port,
            "layout.css.prefers-color-scheme.content-override": 0 if dark else 1,
            "ui.useOverlayScrollbars": 1,
        }
        lines = [f'user_pref("{name}", {value});' for name, value in wishes.items()]
        (home / "user.js").write_text("\n".join(lines), "utf-8")
        words = [
            program("firefox-esr", "firefox"),
            "--marionette",
            "-remote-allow-system-access",
            "--headless",
            "--no-remote",
            "--profile",
            str(home),
        ]
        process = _start(started, home, words)
        self.socket = started.enter_context(_reached(port, process))
        self._heard()
        answer = self._ask("WebDriver:NewSession", {})
        self.name, self.version = "Firefox", str(answer["capabilities"]["browserVersion"])

    def say(self, command: str, **words: Any) -> Any:
        name = _COMMANDS[command][2]
        more = {"full": False, "hash": False} if command == "picture" else {}
        return self._ask(name, {**words, **more}).get("value")

    def fit(self, width: int, height: int) -> None:
        """Give the page its size; the window itself is never narrower than 450 pixels."""
        self._ask("WebDriver:SetWindowRect", {"width": max(width, 500), "height": height + 200})
        size = f"min-width: {width}px; max-width: {width}px; min-height: {height}px; max-height: {height}px"
        self._inside("gBrowser.selectedBrowser.style = arguments[0]", size)

    def complaints(self, place: str) -> list[str]:
        script = """return Services.console.getMessageArray().filter(m => m instanceof Ci.nsIScriptError)
          .map(m => [m.sourceName, m.errorMessage]).filter(([from]) => from.startsWith(arguments[0]))"""
        return [f"{source}: {text}" for source, text in self._inside(script, place)]

    def _inside(self, script: str, *arguments: Any) -> Any:
        """Run a script in the browser itself instead of in the page."""
        self._ask("Marionette:SetContext", {"value": "chrome"})
        try:
            return self._ask("WebDriver:ExecuteScript", {"script": script, "args": list(arguments)})["value"]
        finally:
            self._ask("Marionette:SetContext", {"value": "content"})

    def _ask(self, command: str, words: Mapping[str, Any]) -> dict[str, Any]:
        asked = json.dumps([0, next(self.numbers), command, words]).encode()
        self.socket.sendall(b"%d:%s" % (len(asked), asked))
        _, _, fault, value = self._heard()
        assert fault is None, f"Firefox, {command}: {fault}"
        return value or {}

    def _heard(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._read(1)
        return json.loads(self._read(int(length[:-1])))

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            piece = self.socket.recv(count - len(data))
            assert piece, "Firefox has hung up"
            data += piece
        return data


class WebKit:
    """WebKitGTK in the window that its project tries it in, on a screen of its own."""

    name = "WebKitGTK"

    def __init__(self, started: ExitStack, home: Path, dark: bool) -> None:
        port = _free_port()
        (home / "gtk-3.0").mkdir()
        (home / "gtk-3.0" / "gtk.css").write_text(_NO_FRAME, "utf-8")
        self.screen = _screen(started, home)
        variables = {"DISPLAY": self.screen, "XDG_CONFIG_HOME": str(home), "NO_AT_BRIDGE": "1"}
        process = _start(started, home, [program("WebKitWebDriver"), f"--port={port}", "--host=127.0.0.1"], variables)
        _reached(port, process).close()
        self.connection = started.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)))
        words = ["--automation", *(["--dark-mode"] if dark else [])]
        wanted = {"webkitgtk:browserOptions": {"binary": _mini_browser(), "args": words}}
        answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.version, self.session = str(answer["capabilities"]["browserVersion"]), f"/session/{answer['sessionId']}"
        started.callback(self._ask, "DELETE", self.session, {})

    def say(self, command: str, **words: Any) -> Any:
        method, path, _ = _COMMANDS[command]
        return self._ask(method, self.session + path.format_map({"id": words.pop("id", "")}), words)

    def fit(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self._ask("POST", f"{self.session}/window/rect", size)
        shown = self.say("run", script="return innerHeight", args=[])
        self._ask("POST", f"{self.session}/window/rect", {"width": width, "height": 2 * height - shown})

        # as a window manager would; none runs here, and a page without the keyboard shows no focus
        words = [program("xdotool"), "search", "--onlyvisible", "--class", "MiniBrowser", "windowfocus"]
        subprocess.run(words, env={**os.environ, "DISPLAY": self.screen}, check=True)

    def complaints(self, place: str) -> list[str]:
        return []  # its console cannot be read while it is driven; tests/support/listening.py lets the pages tell

    def _ask(self, method: str, path: str, words: Mapping[str, Any]) -> Any:
        body = json.dumps(words) if method == "POST" else None
        self.connection.request(method, path, body, {"Content-Type": "application/json"})
        value = json.load(self.connection.getresponse())["value"]
        fault = isinstance(value, dict) and value.get("error")
        assert not fault, f"WebKitGTK, {method} {path}: {value}"
        return value


def program(*names: str) -> str:
    """Return where the first of these programs lies; raises AssertionError, with what to do, where none does."""
    found, name = next(filter(None, map(shutil.which, names)), None), names[0]
    assert found, f"{name} mangler. På Debian og Ubuntu: apt-get install {_PACKAGES[name]}"
    return found


def _mini_browser() -> str:
    lies = sorted(Path("/").glob(_MINI_BROWSER.lstrip("/")))
    assert lies, f"MiniBrowser mangler i {_MINI_BROWSER}. På Debian og Ubuntu: apt-get install webkit2gtk-driver"
    return str(lies[-1])


def _screen(started: ExitStack, home: Path) -> str:
    """Start a screen that nobody sees, and return its name."""
    reading, writing = os.pipe()
    words = [program("Xvfb"), "-displayfd", str(writing), "-screen", "0", "1600x1400x24", "-nolisten", "tcp"]
    _start(started, home, words, pass_on=(writing,))
    os.close(writing)
    with os.fdopen(reading) as told:
        return f":{told.readline().strip()}"


def _start(
    started: ExitStack,
    home: Path,
    words: list[str],
    variables: Mapping[str, str] | None = None,
    pass_on: tuple[int, ...] = (),
) -> subprocess.Popen[bytes]:
    """Start a program in a group of its own, and see to it that the whole group ends."""
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(
            words,
            cwd=home,
            env={**os.environ, **(variables or {})},
            stdout=log,
            stderr=log,
            pass_fds=pass_on,
            start_new_session=True,
        )
    started.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(_PATIENCE)


def _reached(port: int, process: subprocess.Popen[bytes]) -> socket.socket:
    """Return a connection to a program that has just been started, as soon as it listens."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError(f"{process.args!r} does not answer")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
