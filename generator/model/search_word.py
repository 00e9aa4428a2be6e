"""The words that people type when they search, and the texts that answer them."""

from typing import Literal

from generator.model.record import Entity, NumberedText, TopicId


class SearchWord(Entity):
    """Everyday words, professional words and misspellings that mean the same, and where they lead."""

    words: tuple[NumberedText, ...]
    """Shown in the list from A to Å, which stands in for the search where there is no JavaScript."""
    spellings: tuple[NumberedText, ...] = ()
    """Other ways to write them, found but not shown."""
    leads_to: tuple[TopicId, ...] = ()
    """The texts that answer, the best first."""
    also: tuple[Literal["foldere", "tilbud", "fagfolk"], ...] = ()
    """Pages that are no texts, by the first part of their address."""
    urgent: bool = False
    """True where the words may tell of a sign: then the page on when to seek help always comes first."""
