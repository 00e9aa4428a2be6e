"""What a reader sees of a page: its words, without what the page holds back.

Folded, hidden and spare words are in the file and on nobody's screen; where a sign must be seen, they do not count.
"""

import re
from html.parser import HTMLParser
from typing import Literal

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_NO_WORDS = frozenset(("script", "style", "template", "title", "noscript", "datalist", "option", "dialog"))
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d]*[1-9])")
_State = Literal["seen", "folded", "unseen"]
"""Of an element: its words are seen, only its summary's are, or none."""
_HIDDEN_CLASS = re.compile(r"\.([\w-]+)\{display:none\}")


def visible(html: str) -> str:
    """Return the words of a page that are seen as it opens, with a space wherever an element begins or ends.

    Left out is what `hidden`, `popover`, `aria-hidden`, a style of the element or a class that the page's own style
    sheet gives no display holds back, and all of a folded `<details>` but its summary. Style sheets are not read
    beyond that: whether a rule hides a sign in another way is what the tests see in a browser.
    """
    reader = _Reader(frozenset(_HIDDEN_CLASS.findall(html)))
    reader.feed(html)
    reader.close()
    return "".join(reader.words)


class _Reader(HTMLParser):
    """Reads a page once, remembering under which open elements nothing is seen."""

    def __init__(self, hidden_classes: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden_classes = hidden_classes
        self._open: list[tuple[str, _State]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words.append(" ")
        if tag not in _VOID:
            self._open.append((tag, self._state(tag, dict(attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.words.append(" ")
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._around == "seen":
            self.words.append(data)

    @property
    def _around(self) -> _State:
        return self._open[-1][1] if self._open else "seen"

    def _state(self, tag: str, attrs: dict[str, str | None]) -> _State:
        if self._around == "unseen" or (self._around == "folded" and tag != "summary") or self._is_hidden(tag, attrs):
            return "unseen"
        return "folded" if tag == "details" and "open" not in attrs else "seen"

    def _is_hidden(self, tag: str, attrs: dict[str, str | None]) -> bool:
        return (
            tag in _NO_WORDS
            or not {"hidden", "popover"}.isdisjoint(attrs)
            or attrs.get("aria-hidden") == "true"
            or _HIDING_STYLE.search(attrs.get("style") or "") is not None
            or not self._hidden_classes.isdisjoint((attrs.get("class") or "").split())
        )
