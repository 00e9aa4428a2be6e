"""What the editors know of words: which are hard, which cannot be avoided, and which must be explained."""

from typing import Annotated

from pydantic import Field

from generator.model.record import Citation, Entity, Record, Text

Forms = Annotated[tuple[Text, ...], Field(min_length=1)]
"""A word as it is written in texts, in every form that is used; the first is its name."""


class HardWord(Record):
    """A word or phrase with a plainer one that says the same."""

    words: Forms
    say: Text
    """What to write instead, as a message quotes it."""


class Term(Record):
    """A word of the trade that readers will hear and may need, so it stays, explained where it first stands."""

    words: Forms
    explain: Text
    """How it can be said, as a message quotes it."""


class Unavoidable(Record):
    """A long word that the subject cannot do without; left out of the second of the two readability figures."""

    words: Forms
    reason: Text


class Language(Entity):
    """The project's words about its words."""

    hard_words: tuple[HardWord, ...] = ()
    terms: tuple[Term, ...] = ()
    unavoidable: tuple[Unavoidable, ...] = ()
    everyday_nouns: tuple[Text, ...] = ()
    """Nouns on -else, -ing and -hed that readers say themselves; others make a sentence heavy."""
    known_words: tuple[Text, ...] = ()
    """Names and words of the trade that no dictionary has, spelled as they should be."""
    citations: tuple[Citation, ...] = ()
    """What tells that ordinary words can be hard."""
