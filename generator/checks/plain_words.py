"""Checks of words: what is hard is said plainly, what must be learned is explained, and shares are told as people.

Of 143 ordinary words from Danish health texts none was understood by 90 per cent of 404 adult learners (Thorsen, Witt
and Brodersen, Ugeskrift for Læger 2012); which words is not known here. The lists stand in `data/language.yml` and are
the editors' own.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.checks.readability import danish_texts
from generator.danish import decimal
from generator.model.catalogue import Catalogue
from generator.model.language import Term
from generator.model.topic import Topic
from generator.problems import Problem
from generator.text.passages import Passage, passages
from generator.text.sentences import Sentence

_EXPLAINING = re.compile(
    r"\((?:[^()]*)\)|\b(?:kaldes|kalder|hedder|betyder|dvs|det vil sige|er det samme som|står for|er regler|er når)\b",
    re.IGNORECASE,
)
"""A word is explained where a bracket follows or holds it, or where the sentence says what it is called or means."""
_SHARE = re.compile(r"(?<![\w,.])(\d{1,3}(?:,\d{1,3})?)\s?(?:%|pct\b\.?|procent\b)")
_PEOPLE = re.compile(r"\bud af\b|\bhver (?:anden|tredje|fjerde|femte|tiende)\b|\bhalvdelen\b", re.IGNORECASE)


def check_hard_words(catalogue: Catalogue) -> Iterator[Problem]:
    """A hard word stops a reader, and the plain one says the same."""
    plain = {form.casefold(): entry.say for entry in catalogue.language.hard_words for form in entry.words}
    for topic in danish_texts(catalogue):
        for passage in passages(topic):
            for found in _any_of(tuple(plain)).finditer(passage.text):
                remedy = f"skriv: {plain[found[0].casefold()]}"
                yield Problem(passage.at(found.start()), f"»{found[0]}« er svært at læse", remedy)


def check_terms(catalogue: Catalogue) -> Iterator[Problem]:
    """A word of the trade may stay if it is explained where it first stands, as readers will hear it from others."""
    for topic in danish_texts(catalogue):
        for term in catalogue.language.terms:
            first = _first(topic, term)
            if first and not _is_explained(first[1].text, first[2][0]):
                passage, sentence, found = first
                message = f"»{found[0]}« står uden forklaring, første gang det bruges"
                yield Problem(passage.at(sentence.start + found.start()), message, f"skriv fx: {term.explain}")


def check_shares(catalogue: Catalogue) -> Iterator[Problem]:
    """»3 ud af 10« can be pictured, »30 %« must be reckoned (PEMAT item 6 and 7: clear numbers, no calculations)."""
    for topic in danish_texts(catalogue):
        for passage in passages(topic):
            for sentence in passage.sentences():
                for found in () if _PEOPLE.search(sentence.text) else _SHARE.finditer(sentence.text):
                    remedy = f"skriv: {_people(float(found[1].replace(',', '.')))}"
                    place = passage.at(sentence.start + found.start())
                    yield Problem(place, f"»{found[0]}« er svært at se for sig", remedy)


def _first(topic: Topic, term: Term) -> tuple[Passage, Sentence, re.Match[str]] | None:
    """Return where a term first stands in the running text, and how it is written there."""
    pattern = _any_of(tuple(form.lower() for form in term.words))
    for passage in passages(topic):
        for sentence in passage.sentences() if passage.kind != "heading" else ():
            if found := pattern.search(sentence.text):
                return passage, sentence, found
    return None


def _is_explained(sentence: str, word: str) -> bool:
    """Say whether the sentence says what the word means: in brackets, or with a verb that does."""
    for found in _EXPLAINING.finditer(sentence):
        if not found[0].startswith("(") or word in found[0]:
            return True
        before = sentence[: found.start()].rstrip()
        if before.endswith(word):
            return True
    return False


def _people(percent: float) -> str:
    """Return a share as people out of ten, a hundred or a thousand.

    >>> _people(30), _people(12.7), _people(0.4)
    ('3 ud af 10', 'cirka 13 ud af 100', '4 ud af 1.000')
    """
    whole = 10 if percent % 10 == 0 else 100 if percent >= 1 else 1000
    people = percent * whole / 100
    about = "" if people == round(people) else "cirka "
    return f"{about}{max(1, round(people))} ud af {decimal(whole)}"


@lru_cache(maxsize=256)
def _any_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or r"(?!)"
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)
