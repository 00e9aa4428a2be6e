"""A Danish text, written once, and what it says of itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Annotated, Literal
from xml.etree.ElementTree import Element

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from generator.addresses import topic_page
from generator.model.approval import Reviewed
from generator.model.record import SourceId, Text, TopicId
from generator.problems import Position


@dataclass(frozen=True)
class Insertion:
    """A named insertion in a text, such as `{{ kilde: sst-2025, l. 407 }}`, and where it stands."""

    name: str
    arguments: tuple[str, ...] = ()
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Heading:
    """A heading of the text: its level (2 to 4), its words and its anchor."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Link:
    """A link as the author wrote it, and where it stands."""

    target: str
    line: int
    column: int


@dataclass(frozen=True)
class Stray:
    """A mark such as `**` that has no partner, and where it stands."""

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Body:
    """A text converted once: the element tree for paper, and the same as HTML cut at its insertions."""

    tree: Element
    segments: tuple["str | Insertion", ...]
    headings: tuple[Heading, ...] = ()
    insertions: tuple[Insertion, ...] = ()
    links: tuple[Link, ...] = ()
    strays: tuple[Stray, ...] = ()
    text_hash: str = ""
    source: str = field(default="", repr=False)
    first_line: int = 1

    def position(self, offset: int, path: PurePosixPath) -> Position:
        """Return where a character of the body stands in the file."""
        line_start = self.source.rfind("\n", 0, offset) + 1
        return Position(path, self.first_line + self.source.count("\n", 0, offset), offset - line_start + 1)

    def sections(self, wanted: tuple[str, ...] | None) -> Iterator[Element]:
        """Yield the tree's children, or only those under second-level headings with the wanted ids."""
        showing = wanted is None
        for element in self.tree:
            if element.tag == "h2" and wanted is not None:
                showing = element.get("id") in wanted
            if showing:
                yield element

    @property
    def cited(self) -> tuple[str, ...]:
        """The sources cited, in order of first appearance."""
        return tuple(dict.fromkeys(i.arguments[0] for i in self.insertions if i.name == "kilde" and i.arguments))


class Topic(Reviewed):
    """One text with its front matter; the id is the file's name without `.md`."""

    section: Literal["front", "emner", "fagfolk", "om", "sprog", "foldere"]
    promise: Text
    """One short line for lists: what the reader gets."""
    summary: Text
    """The lead: answers the page's question in one or two sentences."""
    overview: tuple[Text, ...] = ()
    """Kort fortalt: two to four lines."""
    audience: Literal["citizens", "clinicians", "both"]
    language: Literal["da", "en"] = "da"
    order: int
    """Place in lists; lowest first."""
    at_hand: Literal["patient", "guidance", "referral", "hotlines", "programme"] | None = None
    """For clinicians' texts: the part of their first page that leads to it; null: under the rest."""
    questions: tuple[Text, ...] = ()
    """The questions the text must answer, each under a second-level heading of the same words."""
    sources: tuple[SourceId, ...]
    next: tuple[TopicId, ...] = ()
    touches_mood: bool = False
    """True where mood is the subject: then the page needs a crisis route before it is published."""
    body: SkipJsonSchema[Annotated[Body, Field(exclude=True, repr=False)]]

    @property
    def address(self) -> str:
        """The address of its page."""
        return topic_page(self.section, self.id)
