"""What a program can see of how a text is written: counted, listed and quoted, never judged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.checks.readability import beginning, prose, reading_of, unavoidable
from generator.model.catalogue import Catalogue
from generator.model.topic import Topic
from generator.problems import Problem
from generator.text.lix import Readability, words
from generator.text.passages import Passage, passages
from generator.text.verbs import asks_to_act

_NUMBER = re.compile(r"(?<![\w-])\d+(?:[.,]\d+)?(?![\w-])")
_UNSURE = re.compile(r"\b(?:usikkert|ikke vist|ved ikke|ingen kan|måske|cirka|ikke nok om|omkring)\b", re.IGNORECASE)


@dataclass(frozen=True)
class PageFacts:
    """One text, what its checks found, and what can be counted in it."""

    topic: Topic
    reading: Readability
    advice: tuple[Problem, ...]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All that is read, from the title on."""
        return passages(self.topic)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of paragraphs and lists."""
        return tuple(sentence.text for _, sentence in prose(self.topic))

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The second-level headings."""
        return tuple(heading.text for heading in self.topic.body.headings if heading.level == 2)

    @cached_property
    def longest_paragraph(self) -> int:
        """Words in the longest paragraph."""
        return max((len(words(p.text)) for p in self.passages if p.kind == "paragraph"), default=0)

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """The sentences that ask the reader to do something."""
        return tuple(text for text in self.sentences if asks_to_act(text))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The sentences in which something is told in figures."""
        return tuple(text for text in self.sentences if _NUMBER.search(text))

    @cached_property
    def unsure(self) -> tuple[str, ...]:
        """The sentences that say what is not known, or not for certain."""
        return tuple(text for text in self.sentences if _UNSURE.search(text))

    @property
    def addressed(self) -> int:
        """How many sentences speak to the reader as »du« or ask something of them."""
        return sum(
            asks_to_act(text) or bool(re.search(r"\b(?:du|dig|din|dit|dine)\b", text.lower()))
            for text in self.sentences
        )

    def count(self, tag: str) -> int:
        """Return how many elements of a kind the text has."""
        return sum(1 for _ in self.topic.body.tree.iter(tag))

    def has(self, insertion: str) -> bool:
        """Say whether the text has an insertion of that name."""
        return any(found.name == insertion for found in self.topic.body.insertions)

    def advised(self, *checks: str) -> tuple[Problem, ...]:
        """Return what the named checks found in the text."""
        return tuple(problem for problem in self.advice if problem.check in checks)

    @property
    def cited(self) -> int:
        """How many sources the text rests on."""
        return len(self.topic.body.cited)


def page_facts(catalogue: Catalogue, advice: tuple[Problem, ...]) -> Iterator[PageFacts]:
    """Yield the facts of every Danish text for citizens, in the order in which readers meet them."""
    spared = unavoidable(catalogue)
    order = {"front": 0, "emner": 1, "foldere": 2, "om": 3}
    texts = [t for t in catalogue.topics.values() if t.language == "da" and t.audience in ("citizens", "both")]
    for topic in sorted(texts, key=lambda t: (order.get(t.section, 9), t.order, t.id)):
        own = tuple(problem for problem in advice if problem.position.path == topic.origin.path)
        yield PageFacts(topic, reading_of(topic, spared), own)


def quoted(texts: tuple[str, ...]) -> str:
    """Return the first few texts as a line quotes them, each by its first words."""
    return ", ".join(f"»{beginning(text)}«" for text in texts[:3])
