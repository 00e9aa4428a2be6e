"""What a reader meets in a text, from the lead to the last list item, each passage with its place in the file.

The lead and the short version stand in the front matter, the rest in the body; to a reader it is one text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.model.topic import Body, Topic
from generator.problems import Position
from generator.text.prose import Block, BlockKind, blocks
from generator.text.sentences import Sentence, sentences


@dataclass(frozen=True)
class Passage:
    """A stretch of text between two breaks, and where it was written."""

    kind: BlockKind
    text: str
    path: PurePosixPath
    fixed: Position | None = None
    """The place of all of it, where the words of a value cannot be told apart."""
    block: Block | None = None
    body: Body | None = None

    @property
    def is_prose(self) -> bool:
        """Whether it is read as sentences; headings and cells are not."""
        return self.kind in ("paragraph", "item")

    def sentences(self) -> tuple[Sentence, ...]:
        """Return its sentences."""
        return sentences(self.text)

    def at(self, place: int = 0) -> Position:
        """Return where the word at a place in the passage was written."""
        if self.fixed or self.block is None or self.body is None:
            return self.fixed or Position(self.path)
        return self.body.position(self.block.offset(place), self.path)


def passages(topic: Topic) -> tuple[Passage, ...]:
    """Return all passages of a text in the order of its page; those of the body alone for one without front matter."""
    path = topic.origin.path
    inner = (Passage(b.kind, b.text, path, block=b, body=topic.body) for b in blocks(topic.body))
    return (*_front(topic), *inner)


def _front(topic: Topic) -> Iterator[Passage]:
    path, at = topic.origin.path, topic.origin.at
    yield Passage("heading", topic.title, path, at("title"))
    yield Passage("heading", topic.promise, path, at("promise"))
    yield Passage("paragraph", topic.summary, path, at("summary"))
    for index, line in enumerate(topic.overview):
        yield Passage("item", line, path, at("overview", index))
