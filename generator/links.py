"""Whether every link in a built tree leads to something that is there."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

_LINK = re.compile(r"""\b(?:href|src|action)="([^"]*)"|http-equiv="refresh" content="0; url=([^"]*)\"""")
_ID = re.compile(r'\bid="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True)
class Anatomy:
    """What matters of one page for its links: the targets inside the tree, and the anchors it has."""

    targets: tuple[tuple[str, str], ...]
    """(path below the root, anchor) of every link that stays inside the tree; a directory ends with a slash."""
    anchors: frozenset[str]


def anatomy(path: str, html: str, base: str = "/") -> Anatomy:
    """Take a page apart; `path` is its file below the root, `base` the root's path on its host.

    Every attribute in our pages is in double quotes.
    """
    found = (unescape(match[1] or match[2] or "") for match in _LINK.finditer(html))
    inside = (f"/{link.removeprefix(base)}" if link.startswith(base) else link for link in found)
    targets = dict.fromkeys(_target(path, link) for link in inside if not _ELSEWHERE.match(link))
    return Anatomy(tuple(targets), frozenset(_ID.findall(html)))


def broken(pages: Mapping[str, Anatomy], files: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (page, link target, what is wrong) for every link and anchor that leads nowhere."""
    existing = set(files)
    for page, parts in pages.items():
        for target, anchor in parts.targets:
            file = f"{target}index.html" if target.endswith("/") or not target else target
            if file not in existing:
                yield page, target, "findes ikke"
            elif anchor and file in pages and anchor not in pages[file].anchors:
                yield page, f"{target}#{anchor}", "har ikke det anker"


def orphans(pages: Mapping[str, Anatomy], entrances: Iterable[str]) -> list[str]:
    """Return the pages that no other page leads to; entrances are reached from outside."""
    reached = {f"{t}index.html" if t.endswith("/") or not t else t for p, a in pages.items() for t, _ in a.targets}
    return sorted(set(pages) - reached - set(entrances))


def _target(path: str, link: str) -> tuple[str, str]:
    way, _, anchor = link.partition("#")
    way = unquote(way.partition("?")[0])
    if not way:
        return path.removesuffix("index.html"), anchor
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), way)).lstrip("/")
    directory = way.endswith(("/", "/.", "/..")) or way in (".", "..")
    return (f"{joined}/" if directory and joined else joined), anchor
