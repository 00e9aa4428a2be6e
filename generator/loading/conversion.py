"""The conversion of many texts at once, one process for each core; the results are met in the cache."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element

from generator.cache import Cache, key
from generator.loading.files import read_text
from generator.model.topic import Body, Heading, Insertion, Link, Stray
from generator.problems import ContentError
from generator.source_files import source_files
from generator.text import markdown
from generator.workforce import workforce

_FEW = 12
"""Texts that one process has converted before another has started."""
_Text = tuple[str, PurePosixPath, int]


def convert_ahead(root: Path, store: Cache) -> None:
    """Convert the texts that are not in the cache, where they are many; whoever reads them next finds them there."""
    wanted = [text for text in _texts(root) if not store.has(text_key(*text))]
    if len(wanted) <= _FEW:
        return
    workers = os.cpu_count() or 1
    chunk = max(1, len(wanted) // (8 * workers))
    with workforce(workers) as pool:
        for _ in pool.map(partial(_convert, store), wanted, chunksize=chunk):
            pass


def _texts(root: Path) -> Iterator[_Text]:
    for path in source_files(root, "content"):
        try:
            source = markdown.split(read_text(root, path))
        except ContentError:
            continue  # told of when the file is read in earnest
        yield source.body, path, source.body_line


def _convert(store: Cache, text: _Text) -> None:
    with suppress(ContentError):  # told of when the file is read in earnest
        converter(store)(*text)


def text_key(body: str, path: PurePosixPath, first_line: int) -> str:
    """Return the key that a text's conversion is kept under."""
    return key("text", body, str(path), first_line)


def converter(store: Cache) -> Callable[[str, PurePosixPath, int], Body]:
    """Return the dialect's `convert`, with the trees it has made before."""

    def convert(body: str, path: PurePosixPath, first_line: int) -> Body:
        made = partial(markdown.convert, body, path, first_line)
        return _unpacked(store.get(text_key(body, path, first_line), lambda: _packed(made())))

    return convert


def _packed(body: Body) -> bytes:
    """Return a text as JSON, so that nothing of what is read back can run."""
    return json.dumps({**vars(body), "tree": _row(body.tree)}, default=vars).encode()


def _unpacked(kept: bytes) -> Body:
    told = json.loads(kept)
    return Body(
        _element(told["tree"]), tuple(one if isinstance(one, str) else _insertion(one) for one in told["segments"]),
        tuple(Heading(**one) for one in told["headings"]), tuple(map(_insertion, told["insertions"])),
        tuple(Link(**one) for one in told["links"]), tuple(Stray(**one) for one in told["strays"]),
        told["text_hash"], told["source"], told["first_line"],
    )  # fmt: skip


def _insertion(told: dict[str, Any]) -> Insertion:
    return Insertion(**{**told, "arguments": tuple(told["arguments"])})


def _row(element: Element) -> list[Any]:
    return [element.tag, element.attrib, element.text, element.tail, [_row(child) for child in element]]


def _element(row: list[Any]) -> Element:
    tag, attributes, text, tail, children = row
    element = Element(tag, attributes)
    element.text, element.tail = text, tail
    element.extend([_element(child) for child in children])
    return element
