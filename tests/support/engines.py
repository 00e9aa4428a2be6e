"""Firefox and WebKitGTK as Debian and Ubuntu ship them, each with one window that is used as a person would."""

import base64
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from tests.support.listening import HEARD
from tests.support.wires import ELEMENT, Marionette, WebKit

ENGINES: dict[str, type[Marionette | WebKit]] = {"firefox": Marionette, "webkitgtk": WebKit}
ENTER, ESCAPE, TAB, SPACE = "\ue007", "\ue00c", "\ue004", " "
"""Keys, as WebDriver writes them."""
_PATIENCE = 15
"""Seconds until something that has not happened is taken not to happen."""
_NAMED = """const [tags, name] = arguments;
const named = e => (e.getAttribute("aria-label") || (e.labels && e.labels[0] ? e.labels[0] : e).textContent);
return [...document.querySelectorAll(tags)].find(e => e.checkVisibility({visibilityProperty: true})
  && named(e).replace(/[\\s\\xa0]+/g, " ").trim() === name) || null"""
_TAGS = {"link": "a[href]", "button": "button, summary", "field": "input, select, textarea"}


class Wire(Protocol):
    """A way to one open window, whatever the browser behind it."""

    name: str
    version: str

    def fit(self, width: int, height: int) -> None:
        """Give the page its size in CSS pixels."""

    def say(self, command: str, **words: Any) -> Any:
        """Let the browser carry out a command, and return its value; raises AssertionError where it cannot."""

    def complaints(self, place: str) -> list[str]:
        """Return what the browser's own console holds against pages below an address, where it can be read."""


class Window:
    """A window with one page in it, used as a person would: by what is written on links, buttons and fields."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def open(self, url: str) -> None:
        """Open an address and wait until the page is there."""
        self.wire.say("open", url=url)

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what a script returns, run in the page; its arguments are called `arguments`."""
        return self.wire.say("run", script=script, args=list(arguments))

    def find(self, kind: str, name: str) -> dict[str, str]:
        """Return the visible link, button or field with exactly that name, as soon as it is there."""
        found: dict[str, str] = self.until(_NAMED, _TAGS[kind], name)
        return found

    def click(self, kind: str, name: str) -> None:
        """Bring it into sight, and click in the middle of it."""
        self.wire.say("click", id=self.find(kind, name)[ELEMENT])

    def type(self, name: str, text: str) -> None:
        """Type into the field of that name, key by key."""
        self.wire.say("type", id=self.find("field", name)[ELEMENT], text=text)

    def press(self, key: str) -> None:
        """Press a key and let go of it, wherever the focus is."""
        keys = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        self.wire.say("press", actions=[{"type": "key", "id": "keys", "actions": keys}])

    def until(self, script: str, *arguments: Any) -> Any:
        """Return the first value of a script that is not nothing; raises AssertionError where none comes."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if found := self.run(script, *arguments):
                return found
            time.sleep(0.05)
        raise AssertionError(f"{self.wire.name}: never came true: {script} {arguments}")

    def picture(self) -> bytes:
        """Return what the window shows, as PNG."""
        return base64.b64decode(self.wire.say("picture"))

    def complaints(self, place: str) -> list[str]:
        """Return what this page has told of itself, and what the console holds against any below an address."""
        return [*self.run(f"return {HEARD}"), *self.wire.complaints(place)]


@contextmanager
def window(engine: str, width: int, height: int, *, dark: bool = False) -> Iterator[Window]:
    """Open a window of an engine whose page has that size, and end all that was started for it."""
    with ExitStack() as started:
        home = Path(started.enter_context(TemporaryDirectory(prefix=f"{engine}-", ignore_cleanup_errors=True)))
        wire: Wire = ENGINES[engine](started, home, dark)
        wire.fit(width, height)
        shown = Window(wire)
        shown.open("about:blank")
        shown.until("return innerWidth === arguments[0]", width)
        yield shown
