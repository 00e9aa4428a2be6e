"""Björnsson's LIX: how long the sentences are, and how many of the words are long.

C.H. Björnsson, *Läsbarhet* (1968): words per sentence, plus the words of more than six letters in per cent of all. Up
to 24 is very easy, 25–34 easy, 35–44 medium, 45–54 hard, more is very hard. Compounds make it rise and short hard words
slip through: it finds what to read again, it does not say that a text is understood.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from generator.danish import as_printed
from generator.text.sentences import Sentence

LONG = 6
"""Letters; a word with more is long."""
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,:–-]\d+)*|\ufffc")
"""A word with hyphens is one, so is a number; an insertion that is read as a word stands as \ufffc."""


@dataclass(frozen=True)
class Readability:
    """What was counted in a text, and the index that it gives."""

    sentences: int
    words: int
    long_words: int
    spared: int
    """Of the long words, those that a text on the subject cannot do without."""

    @property
    def lix(self) -> float:
        """The index as Björnsson reckons it, with one decimal; 0 for no text."""
        return self._index(self.long_words)

    @property
    def spared_lix(self) -> float:
        """The index when the words that cannot be avoided do not count as long."""
        return self._index(self.long_words - self.spared)

    def _index(self, long_words: int) -> float:
        if not self.sentences or not self.words:
            return 0.0
        return round(self.words / self.sentences + 100 * long_words / self.words, 1)

    def __str__(self) -> str:
        return f"LIX {as_printed(self.lix)} ({as_printed(self.spared_lix)} uden de ord, der ikke kan undgås)"


def words(text: str) -> list[str]:
    """Return the words and numbers of a text in their order."""
    return WORD.findall(text)


def is_long(word: str) -> bool:
    """Say whether a word has more than six letters; hyphens and digits are no letters."""
    return sum(letter.isalpha() for letter in word) > LONG


def readability(found: Iterable[Sentence], unavoidable: Collection[str] = ()) -> Readability:
    """Count the sentences; `unavoidable` are words in lower case, in every form in which they are written."""
    sentences = [words(sentence.text) for sentence in found]
    long_words = [word.lower() for sentence in sentences for word in sentence if is_long(word)]
    return Readability(
        sentences=len(sentences),
        words=sum(map(len, sentences)),
        long_words=len(long_words),
        spared=sum(word in unavoidable for word in long_words),
    )
