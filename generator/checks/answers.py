"""Checks of questions, headings, sections and sources: a text keeps what it promises."""

import re
from collections import Counter
from collections.abc import Iterator

from generator.danish import counted, did_you_mean, nearest, slug
from generator.model.catalogue import Catalogue
from generator.model.topic import Topic
from generator.problems import Position, Problem
from generator.text.dialect import without_insertions_and_addresses
from generator.text.markdown import plain_text

_HEADINGS = ("h1", "h2", "h3", "h4")
FEWEST, MOST = 3, 6
"""Questions of a text; fewer is not worth a page, and more are not found by eye."""


def check_questions(catalogue: Catalogue) -> Iterator[Problem]:
    """The page promises answers; each question stands as a heading, so that a reader finds it by eye."""
    for topic in catalogue.topics.values():
        headings = [heading.text for heading in topic.body.headings if heading.level == 2]
        for index, question in enumerate(topic.questions):
            if question in topic.questions[:index]:
                message = f"spørgsmålet »{question}« står her to gange"
                yield topic.problem(message, "slet det ene", "questions", index)
            elif question not in headings:
                near = did_you_mean(question, headings) or f"skriv ## {question}"
                yield topic.problem(f"spørgsmålet »{question}« har ingen overskrift", near, "questions", index)
        if topic.section in ("emner", "fagfolk") and not FEWEST <= len(topic.questions) <= MOST:
            message = f"teksten svarer på {counted(len(topic.questions), 'spørgsmål', 'spørgsmål')}"
            yield topic.problem(message, "skriv tre til seks under questions", "questions")


PAGE_IDS = frozenset({"top", "indhold", "alle-sider", "menu", "about", "kode", "kode-felt", "vej", "note", "text"})
"""What the frame of every page is known by; a heading of that name would take the menu's or the form's place."""


def check_headings(catalogue: Catalogue) -> Iterator[Problem]:
    """Every heading has an address of its own, for links and for the list of contents."""
    for topic in catalogue.topics.values():
        times = Counter(heading.anchor for heading in topic.body.headings)
        for anchor, number in times.items():
            if not anchor:
                place = _heading_lines(topic, anchor)[0]
                yield _at(topic, place, "overskriften har ingen ord", "skriv, hvad afsnittet handler om")
            elif number > 1:
                text = next(heading.text for heading in topic.body.headings if heading.anchor == anchor)
                place = _heading_lines(topic, anchor)[-1]
                yield _at(topic, place, f"overskriften »{text}« står her igen", "giv den ene et andet navn")
            elif anchor in PAGE_IDS or anchor in catalogue.urgency_levels or anchor.startswith("kilde-"):
                place = _heading_lines(topic, anchor)[0]
                yield _at(topic, place, "overskriften hedder som en del af selve siden", "skriv et ord mere i den")


def check_sections(catalogue: Catalogue) -> Iterator[Problem]:
    """A heading promises words; one with nothing under it is a question that is asked and not answered."""
    for topic in catalogue.topics.values():
        blocks = list(topic.body.tree)
        for index, block in enumerate(blocks):
            following = blocks[index + 1].tag if index + 1 < len(blocks) else "h1"
            if block.tag in _HEADINGS and following in _HEADINGS and following <= block.tag:
                place = _heading_lines(topic, block.get("id", ""))[0]
                message = f"der står ikke noget under »{plain_text(block).strip()}«"
                yield _at(topic, place, message, "skriv afsnittet, eller slet overskriften")


def check_citations(catalogue: Catalogue) -> Iterator[Problem]:
    """The sources in the review box are those the text rests on, no more and no fewer."""
    for topic in catalogue.topics.values():
        cited = {_meant(catalogue, name) for name in topic.body.cited}
        declared = {_meant(catalogue, name) for name in topic.sources}
        for index, source in enumerate(topic.sources):
            is_broken_off = re.search(rf"kilde:\s*{source}\b", topic.body.source)  # an insertion that is never closed
            if source in topic.sources[:index]:
                yield topic.problem(f"kilden »{source}« står her to gange", "slet den ene", "sources", index)
            elif _meant(catalogue, source) not in cited and not is_broken_off:
                remedy = f"henvis med {{{{ kilde: {source} }}}}, eller slet den"
                yield topic.problem(f"kilden »{source}« bruges ikke i teksten", remedy, "sources", index)
        for insertion in topic.body.insertions:
            name = insertion.arguments[0] if insertion.arguments else ""
            if insertion.name == "kilde" and name in catalogue.sources and name not in declared:
                place = Position(topic.origin.path, insertion.line, insertion.column)
                remedy = f"tilføj {name} under sources øverst i filen"
                yield Problem(place, f"kilden »{name}« står ikke under sources", remedy)


def _meant(catalogue: Catalogue, source: str) -> str:
    """Return the source that an id stands for; a misspelt one is reported once, where it is misspelt."""
    return source if source in catalogue.sources else nearest(source, catalogue.sources) or source


def _heading_lines(topic: Topic, anchor: str) -> list[int]:
    lines = enumerate(topic.body.source.split("\n"), topic.body.first_line)
    words = ((number, without_insertions_and_addresses(line)) for number, line in lines)
    found = [number for number, line in words if line.startswith("##") and slug(line) == anchor]
    return found or [topic.body.first_line]


def _at(topic: Topic, line: int, message: str, remedy: str) -> Problem:
    return Problem(Position(topic.origin.path, line), message, remedy)
