"""How an insertion is declared: how it is written, and what it is on a page, on paper and in frozen words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from markupsafe import Markup

from generator.model.sheet import PaperBlock, PaperInline
from generator.sender.context import Context

Arguments = tuple[str, ...]
PaperParts = tuple[PaperInline | PaperBlock, ...]


@dataclass(frozen=True)
class Use:
    """An insertion where it is used: what stands after its colon, for whom, and in what text."""

    arguments: Arguments
    context: Context
    cited: tuple[str, ...] = ()
    """The sources of the text in the order of their numbers."""
    root: str = ""
    """The way from the page to the sender's first page."""


@dataclass(frozen=True, kw_only=True)
class Argument:
    """One of the things after the colon: any words, one of several, or the id of a record of some kind."""

    example: str = ""
    """What is written in the messages to an author."""
    choices: Arguments = ()
    names: str | None = None
    optional: bool = False


class Frozen(Enum):
    """Why an insertion that is printed adds nothing to the words that a leaflet's hash is taken of."""

    WITHOUT_WORDS = "it shows no words"
    FROM_ORDER = "its words follow from the order of the sources"


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """What is printed where the insertion stands, and what the leaflet's hash is taken of in its place."""

    shown: Callable[[Use], PaperParts]
    frozen: Callable[[Arguments], str] | Frozen
    """The same words for every sender: what differs between senders stands as its name in square brackets."""


class OffPaper(Enum):
    """Why nothing is printed where the insertion stands."""

    ELSEWHERE = "the sheet shows it in a place of its own"
    REFUSED = "a text with it cannot stand on paper"


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What both kinds of insertion are declared with; a declaration without one of its forms cannot be made."""

    arguments: tuple[Argument, ...] = ()
    paper: OnPaper | OffPaper

    @property
    def counts(self) -> range:
        """How many arguments it may have."""
        return range(sum(not argument.optional for argument in self.arguments), len(self.arguments) + 1)

    @property
    def example(self) -> str:
        """What may stand after the colon, for messages; nothing where nothing need stand there."""
        return ", ".join(argument.example for argument in self.arguments if argument.example)

    @property
    def is_word(self) -> bool:
        """Whether it is read aloud within a sentence; others are marks, or blocks of their own."""
        return isinstance(self, InlineInsertion) and isinstance(self.paper, OnPaper) and callable(self.paper.frozen)

    def frozen(self, arguments: Arguments) -> str:
        """Return the words that a leaflet's hash is taken of where it stands."""
        frozen = self.paper.frozen if isinstance(self.paper, OnPaper) else ""
        return frozen(arguments) if callable(frozen) else ""


@dataclass(frozen=True, kw_only=True)
class InlineInsertion(Declaration):
    """An insertion among the words of a sentence."""

    html: Callable[[Use], Markup]


@dataclass(frozen=True, kw_only=True)
class BlockInsertion(Declaration):
    """An insertion alone in its paragraph, shown by the template of its name in `overrides/blocks/`."""

    values: Callable[[Use], Mapping[str, Any]]
    """What the template shows."""
    needs_files: bool = False
    """Whether it shows what lies in other files, so that one file alone must do without it."""


Declared = InlineInsertion | BlockInsertion
