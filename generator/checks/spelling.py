"""Checks of spelling: words are as the Danish dictionary has them; a slip in a health text costs trust.

The dictionary is the system's (the package hunspell-da); where there is none, nothing is found, and whoever calls says
so once with `missing_dictionary`. Compounds are taken apart, so that what the trade joins is known.
"""

import re
from collections.abc import Iterator
from functools import partial

from generator.checks.registry import Remember
from generator.model.catalogue import Catalogue
from generator.model.place import Area, Region
from generator.model.topic import Topic
from generator.problems import Problem
from generator.text.dictionary import Dictionary, danish_dictionary, edition, is_installed
from generator.text.passages import passages

_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]+(?:-[^\W\d_]+)*-?(?![\w@/]|\.\w)")
"""A word of letters; addresses, file names and words with digits are left alone."""
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøåé"


def check_spelling(catalogue: Catalogue, remember: Remember) -> Iterator[Problem]:
    """A misspelt word makes a reader doubt the rest, and a screen reader says it wrong."""
    own = frozenset(_own_words(catalogue))
    known = (edition(), sorted(own))
    for topic in catalogue.topics.values() if is_installed() else ():
        if topic.language == "da":
            path = str(topic.origin.path)
            yield from remember(("spelling", path, catalogue.hashes.get(path), known), partial(_misspelt, topic, own))


def missing_dictionary() -> str | None:
    """Return what to tell where spelling cannot be checked, or None where it can."""
    if is_installed():
        return None
    return "Stavningen er ikke prøvet: her er ingen dansk ordbog. På Debian og Ubuntu: apt-get install hunspell-da"


def _misspelt(topic: Topic, own: frozenset[str]) -> tuple[Problem, ...]:
    dictionary = danish_dictionary()
    return tuple(_strange(topic, dictionary, own)) if dictionary else ()


def _strange(topic: Topic, dictionary: Dictionary, own: frozenset[str]) -> Iterator[Problem]:
    for passage in passages(topic):
        for found in _WORD.finditer(passage.text):
            is_shortened = passage.text.startswith(".", found.end()) and dictionary.knows(f"{found[0]}.")
            if not is_shortened and not is_spelled(found[0], dictionary, own):
                meant = nearest_spelling(found[0], dictionary)
                remedy = f"mente du »{meant}«?" if meant else "ret det, eller tilføj det under known_words"
                message = f"»{found[0]}« står ikke i ordbogen"
                yield Problem(passage.at(found.start()), message, remedy)


def is_spelled(word: str, dictionary: Dictionary, own: frozenset[str] = frozenset()) -> bool:
    """Say whether a word, or each part of one with hyphens, is known; letters that are an abbreviation are."""
    bare = word.strip("-")
    if own & {word, bare, bare.lower(), bare.removesuffix("s")} or len(bare) == 1:
        return True
    if dictionary.knows(bare) or dictionary.knows(bare.lower()) or (bare.isupper() and len(bare) <= 6):
        return True
    parts = bare.split("-")
    return len(parts) > 1 and all(is_spelled(part, dictionary, own) for part in parts if part)


def nearest_spelling(word: str, dictionary: Dictionary) -> str | None:
    """Return a known word one slip away: a letter not doubled, two changed about, one too many, wrong or missing."""
    small = word.lower()
    cuts = [(small[:place], small[place:]) for place in range(len(small) + 1)]
    candidates = (
        *(a + a[-1] + b for a, b in cuts if a),
        *(a + b[1] + b[0] + b[2:] for a, b in cuts if a and len(b) > 1),
        *(a + b[1:] for a, b in cuts if b),
        *(a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS),
        *(a + letter + b for a, b in cuts for letter in _LETTERS),
    )
    likely = (found for found in candidates if found != small and found[:1] == small[0])
    return next((found for found in likely if dictionary.has(found)), None)


def _own_words(catalogue: Catalogue) -> Iterator[str]:
    """Yield the words that the project knows: its own list, its terms, and the names of its regions and areas."""
    language = catalogue.language
    yield from language.known_words
    named = (*(entry.words for entry in language.terms), *(entry.words for entry in language.unavoidable))
    for form in (form for words in named for form in words):
        yield from (form, *form.split())
    places: tuple[Region | Area, ...] = (*catalogue.regions.values(), *catalogue.areas.values())
    for place in places:
        yield from re.split(r"[\s-]+", place.name)
