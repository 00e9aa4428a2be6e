"""Checks of how hard a text is to read: long sentences, words and paragraphs tire a reader who is in pain.

No Danish authority has set a limit for patient information that could be found; the limits are this project's own and
are only advice. The figure LIX is Björnsson's (1968), see `generator.text.lix`. Citizens' texts have all limits,
clinicians' texts have one for the length of a sentence alone.
"""

from collections.abc import Iterable, Iterator

from generator.danish import counted
from generator.model.catalogue import Catalogue
from generator.model.record import Entity, Location
from generator.model.red_flag import UrgencyLevel
from generator.model.topic import Topic
from generator.problems import Problem
from generator.text.lix import Readability, is_long, readability, words
from generator.text.passages import Passage, passages
from generator.text.sentences import Sentence, sentences

HARDEST_PAGE = 35
"""LIX of a citizens' page: the upper end of what Björnsson's scale calls easy."""
HARDEST_SIGNS = 30
"""LIX of the signs of one level: read in haste, by someone who is afraid."""
_LONGEST = {"citizens": 20, "both": 20, "clinicians": 35}
"""Words in a sentence."""
LONGEST_SIGN = 25
"""Words in one sign; it is a list item that goes on from its heading."""
MOST_SENTENCES, MOST_WORDS = 5, 60
"""In a paragraph; on a phone, sixty words fill half the screen."""


def check_lix(catalogue: Catalogue) -> Iterator[Problem]:
    """A page for citizens has a LIX of 35 at the most: one in six adults in Denmark reads with difficulty (Digst).

    Judged without the words that the subject cannot do without; the message tells both figures.
    """
    for topic in danish_texts(catalogue):
        reading = reading_of(topic, unavoidable(catalogue))
        if reading.spared_lix > HARDEST_PAGE:
            message = f"teksten er svær at læse: {reading}, og {HARDEST_PAGE} er det højeste for en side til borgere"
            yield topic.problem(message, _easier(topic), "title")


def check_red_flag_lix(catalogue: Catalogue) -> Iterator[Problem]:
    """The signs of a level have a LIX of 30 at the most: they are read in haste, and a missed one costs most of all."""
    for level in catalogue.urgency_levels.values():
        reading = readability(signs(catalogue, level), unavoidable(catalogue))
        if reading.spared_lix > HARDEST_SIGNS:
            message = f"tegnene under »{level.heading}« er svære at læse: {reading}, og {HARDEST_SIGNS} er det højeste"
            remedy = "skriv tegnene kortere; en fagperson skal godkende ordene igen"
            yield level.problem(message, remedy, "heading")


def check_sentence_length(catalogue: Catalogue) -> Iterator[Problem]:
    """A sentence says one thing; when it is long, its beginning is forgotten before its end is read."""
    for topic in danish_texts(catalogue, "clinicians"):
        longest = _LONGEST[topic.audience]
        for passage, sentence in prose(topic):
            if (length := len(words(sentence.text))) > longest:
                message = f"sætningen »{beginning(sentence.text)}« har {length} ord"
                yield Problem(passage.at(sentence.start), message, f"del den; højst {longest} ord")


def check_sign_length(catalogue: Catalogue) -> Iterator[Problem]:
    """A sign is one idea, so that a reader can say yes or no to it."""
    written: list[tuple[Entity, str, Location]] = [
        (flag, flag.text, ("text",)) for flag in catalogue.red_flags.values()
    ]
    for level in catalogue.urgency_levels.values():
        written += [(level, line.text, ("paper_lines", i, "text")) for i, line in enumerate(level.paper_lines)]
    for entity, text, place in written:
        if (length := len(words(text))) > LONGEST_SIGN:
            remedy = f"del det i to tegn, eller skriv det kortere; højst {LONGEST_SIGN} ord"
            yield entity.problem(f"tegnet »{beginning(text)}« har {length} ord", remedy, *place)


def check_paragraph_length(catalogue: Catalogue) -> Iterator[Problem]:
    """Short sections are read; a wall of text is skipped (PEMAT item 8: information in short sections)."""
    for topic in danish_texts(catalogue):
        for passage in passages(topic):
            found, length = len(passage.sentences()), len(words(passage.text))
            if passage.kind == "paragraph" and (found > MOST_SENTENCES or length > MOST_WORDS):
                counts = f"{counted(found, 'sætning', 'sætninger')} og {length} ord"
                message = f"afsnittet »{beginning(passage.text)}« har {counts}"
                remedy = f"del det, eller lav en liste; højst {MOST_SENTENCES} sætninger og {MOST_WORDS} ord"
                yield Problem(passage.at(), message, remedy)


def danish_texts(catalogue: Catalogue, *more: str) -> Iterator[Topic]:
    """Yield the Danish texts for citizens and for both, and those for the audiences named."""
    for topic in catalogue.topics.values():
        if topic.language == "da" and topic.audience in ("citizens", "both", *more):
            yield topic


def prose(topic: Topic) -> Iterator[tuple[Passage, Sentence]]:
    """Yield every sentence of a text's paragraphs and lists, with the passage it stands in."""
    for passage in passages(topic):
        if passage.is_prose:
            yield from ((passage, sentence) for sentence in passage.sentences())


def signs(catalogue: Catalogue, level: UrgencyLevel) -> tuple[Sentence, ...]:
    """Return what the block of a level says, each sign a sentence of its own."""
    told = (level.action, level.closing or "", *(flag.text for flag in catalogue.red_flags_at(level.id)))
    return tuple(sentence for text in told for sentence in sentences(text))


def reading_of(topic: Topic, spared: frozenset[str]) -> Readability:
    """Return what is counted in a text's paragraphs and lists."""
    return readability((sentence for _, sentence in prose(topic)), spared)


def unavoidable(catalogue: Catalogue) -> frozenset[str]:
    """Return the long words that the project's texts cannot do without, in lower case."""
    return frozenset(word.lower() for entry in catalogue.language.unavoidable for word in entry.words)


def beginning(text: str, most: int = 6) -> str:
    """Return the first words of a text, as a message quotes it."""
    parts = text.replace("\ufffc", "…").split()
    return " ".join(parts) if len(parts) <= most else f"{' '.join(parts[:most])} …"


def _easier(topic: Topic) -> str:
    """Return where to begin: the longest sentence, and the long words that come most often."""
    found = [sentence.text for _, sentence in prose(topic)]
    longest = max(found, key=lambda text: len(words(text)))
    long_words = _most(word.lower() for text in found for word in words(text) if is_long(word))
    return f"del »{beginning(longest)}«, og skriv kortere ord end {long_words}"


def _most(found: Iterable[str]) -> str:
    every = list(found)
    ranked = sorted(dict.fromkeys(every), key=lambda word: (-every.count(word), word))
    return ", ".join(f"»{word}«" for word in ranked[:3])
