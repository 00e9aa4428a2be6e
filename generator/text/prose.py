"""The running text of a page, block by block, and where each word of it was written.

Blocks come from the element tree that pages and paper are made of, so what is read here is what readers meet. The place
of a word is found by walking through the words of the tree and of the source at the same time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from xml.etree.ElementTree import Element

from generator.insertions import INSERTIONS
from generator.model.topic import Body
from generator.text.dialect import INSERTION, without_insertions_and_addresses
from generator.text.sentences import Sentence, sentences

BlockKind = Literal["heading", "paragraph", "item", "cell"]
_KINDS: dict[str, BlockKind] = {
    "h2": "heading", "h3": "heading", "h4": "heading", "p": "paragraph", "li": "item", "td": "cell", "th": "cell",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+|\ufffc")


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, heading or cell, and the offset in the source of every word in it."""

    kind: BlockKind
    text: str
    places: tuple[tuple[int, int], ...]
    """Where each word stands in the block's text, and where in the source."""

    def sentences(self) -> tuple[Sentence, ...]:
        """Return its sentences; the words of a list item, a heading or a cell are at least one."""
        return sentences(self.text)

    def offset(self, place: int) -> int:
        """Return the offset in the source of the word at, or the last before, a place in the text."""
        return max((source for own, source in self.places if own <= place), default=0)


@lru_cache(maxsize=1024)
def blocks(body: Body) -> tuple[Block, ...]:
    """Return the blocks in the order in which they are read; what insertions fill in is not among them."""
    written = _WORD.finditer(_readable(body.source))
    return tuple(_placed(kind, text, written) for kind, text in _texts(body.tree) if _WORD.search(text))


def _readable(source: str) -> str:
    """Return the source with a mark for each insertion that is read as a word, and spaces for what is not prose."""
    marked = INSERTION.sub(lambda m: ("\ufffc" if _is_word(m[1]) else " ").ljust(len(m[0])), source)
    return re.sub(r"(?m)^( *)\d+\.(?=\s)", lambda m: " " * len(m[0]), without_insertions_and_addresses(marked))


def _is_word(inside: str) -> bool:
    declared = INSERTIONS.get(inside.partition(":")[0].strip())
    return declared is not None and declared.is_word


def _placed(kind: BlockKind, text: str, written: Iterator[re.Match[str]]) -> Block:
    """Return the block with its words placed: each is the next of the same letters in the source."""
    places: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        found = next((match for match in written if match[0] == word[0]), None)
        if found:
            places.append((word.start(), found.start()))
    return Block(kind, text, tuple(places))


def _texts(element: Element) -> Iterator[tuple[BlockKind, str]]:
    """Yield the own words of each block, without those of the blocks inside it."""
    kind = _KINDS.get(element.tag)
    words = "".join(_words(element)) if kind else ""
    if kind and words.strip():
        yield kind, " ".join(words.split())
    for child in element:
        for inner, text in _texts(child):
            yield ("item" if kind == "item" and inner == "paragraph" else inner), text


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "insertion":
            yield "\ufffc" if _is_word(child.get("name", "")) else ""
        elif child.tag not in ("ul", "ol", *_KINDS):
            yield from _words(child)
        yield child.tail or ""
