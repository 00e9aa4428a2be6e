"""Checks of passives and heavy nouns: a sentence with a doer and a verb is understood at once.

The reason is that of PEMAT's item 5, the active voice; the limits are this project's.
"""

from collections.abc import Iterator

from generator.checks.readability import beginning, danish_texts, prose
from generator.model.catalogue import Catalogue
from generator.problems import Problem
from generator.text.verbs import deeds, passives

MOST_DEEDS = 2
"""Nouns on -else, -ing and -hed in one sentence."""


def check_passives(catalogue: Catalogue) -> Iterator[Problem]:
    """Passives hide who is to act: »det frarådes« leaves a reader asking by whom."""
    for topic in danish_texts(catalogue):
        for passage, sentence in prose(topic):
            for found in passives(sentence.text):
                who = f"hvem eller hvad der {found.active}" if found.active else "hvem der gør det"
                message = f"»{found.words}« i »{beginning(sentence.text)}« siger ikke, hvem der gør noget"
                yield Problem(passage.at(sentence.start + found.start), message, f"skriv, {who}")


def check_nouns(catalogue: Catalogue) -> Iterator[Problem]:
    """A verb made into a noun hides who does it: »ved forværring af udstråling« is »hvis det stråler mere ud«."""
    everyday = frozenset(word.lower() for word in catalogue.language.everyday_nouns)
    for topic in danish_texts(catalogue):
        for passage, sentence in prose(topic):
            found = deeds(sentence.text, everyday)
            if len(found) > MOST_DEEDS:
                message = f"sætningen »{beginning(sentence.text)}« har {len(found)} tunge navneord: {', '.join(found)}"
                yield Problem(passage.at(sentence.start), message, "skriv udsagnsord: hvem gør hvad")
