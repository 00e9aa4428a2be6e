"""Checks of what an author writes in a text and its front matter: insertions and marks."""

from collections.abc import Iterator

from generator.checks.references import unknown_id
from generator.danish import counted, instead
from generator.insertions import INSERTIONS
from generator.insertions.declaration import BlockInsertion
from generator.model.catalogue import Catalogue
from generator.model.topic import Insertion, Topic
from generator.model.unread import Unread
from generator.problems import Position, Problem
from generator.text import dialect
from generator.text.markdown import insertion_elements, plain_text


def check_insertions(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """Facts come in through a closed set of insertions, so that a slip is found here and not by a reader."""
    for topic in (*catalogue.topics.values(), *unread.texts):
        for insertion in topic.body.insertions:
            yield from (_at(topic, insertion, *fault) for fault in _insertion_faults(catalogue, unread, insertion))
        yield from _crowded_blocks(topic)


def _insertion_faults(catalogue: Catalogue, unread: Unread, insertion: Insertion) -> Iterator[tuple[str, str]]:
    declared = INSERTIONS.get(insertion.name)
    if declared is None:
        yield f"ukendt indsættelse »{insertion.name}«", instead(insertion.name, INSERTIONS, "brug en af")
        return
    given = insertion.arguments
    if len(given) not in declared.counts:
        wanted = f"{insertion.name}: {declared.example}" if declared.counts.start else insertion.name
        words = f"med {counted(len(given), 'oplysning', 'oplysninger')}" if given else "uden oplysninger"
        yield f"»{insertion.name}« er skrevet {words} efter kolon", f"skriv {{{{ {wanted} }}}}"
        return
    for written, argument in zip(given, declared.arguments, strict=False):
        if argument.choices and written not in argument.choices:
            remedy = instead(written, argument.choices, "skriv et af")
            yield f"»{written}« kan ikke bruges i {insertion.name}", remedy
        if kind := argument.names:
            existing = catalogue.kind(kind)
            if written not in existing and not unread.may_have(kind, written):
                yield unknown_id(written, kind, existing)


def _crowded_blocks(topic: Topic) -> Iterator[Problem]:
    """Yield the blocks that do not stand alone in a paragraph: they are whole paragraphs themselves."""
    for parent, index in insertion_elements(topic.body.tree):
        insertion = topic.body.insertions[index] if index < len(topic.body.insertions) else None
        is_block = insertion and isinstance(INSERTIONS.get(insertion.name), BlockInsertion)
        is_alone = parent.tag == "p" and len(parent) == 1 and not plain_text(parent).strip()
        if insertion and is_block and not is_alone:
            message = f"{{{{ {insertion.name} }}}} står midt i en tekst"
            yield _at(topic, insertion, message, "giv den en linje for sig selv, med en tom linje før og efter")


def check_marks(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """A mark that has lost its partner reaches the reader as it is."""
    for topic in (*catalogue.topics.values(), *unread.texts):
        source, first, path = topic.body.source, topic.body.first_line, topic.origin.path
        for mark in topic.body.strays:
            is_told = not set(mark.text) <= set("*_") and any(dialect.faults(source, path, first))
            if is_told:
                continue  # what a broken link or table leaves behind
            remedy = f"sæt {mark.text} tæt om ordene på begge sider, eller slet tegnet"
            place = Position(path, mark.line, mark.column)
            yield Problem(place, f"»{mark.text}« har ingen mage og bliver vist for læseren", remedy)


def _at(topic: Topic, insertion: Insertion, message: str, remedy: str) -> Problem:
    return Problem(Position(topic.origin.path, insertion.line, insertion.column), message, remedy)
