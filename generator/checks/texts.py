"""A text keeps what it promises: its links lead somewhere, its questions are answered, its claims have sources."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from generator.addresses import topic_in
from generator.checks.references import NAMES, remedy
from generator.danish import did_you_mean
from generator.markdown import INSERTIONS, plain_text
from generator.model.catalogue import Catalogue
from generator.model.topic import Insertion, Link, Topic
from generator.problems import Position, Problem

Known = Mapping[str, frozenset[str]]
_TYPED_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,-])(?:\+45[ ]?)?\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}(?![.,-]?\d)")


def check_insertions(catalogue: Catalogue, known: Known) -> Iterator[Problem]:
    """Facts come in through a closed set of insertions, so that a slip is found here and not by a reader."""
    for topic in catalogue.topics.values():
        for insertion in topic.body.insertions:
            place = Position(topic.origin.path, insertion.line, insertion.column)
            yield from (Problem(place, *fault) for fault in _insertion_faults(catalogue, known, insertion))
        yield from _crowded_blocks(topic)


def _insertion_faults(catalogue: Catalogue, known: Known, insertion: Insertion) -> Iterator[tuple[str, str]]:
    allowed = INSERTIONS.get(insertion.name)
    if allowed is None:
        names = f"brug en af: {', '.join(INSERTIONS)}"
        yield f"ukendt indsættelse »{insertion.name}«", did_you_mean(insertion.name, list(INSERTIONS)) or names
        return
    given = len(insertion.arguments)
    if not allowed.least <= given <= allowed.most:
        wanted = f"{{{{ {insertion.name}: … }}}}" if allowed.least else f"{{{{ {insertion.name} }}}}"
        yield f"»{insertion.name}« er skrevet med {given} oplysninger", f"skriv {wanted}"
        return
    if given and allowed.choices and insertion.arguments[0] not in allowed.choices:
        choices = list(allowed.choices)
        near = did_you_mean(insertion.arguments[0], choices) or f"skriv et af: {', '.join(choices)}"
        yield f"»{insertion.arguments[0]}« kan ikke bruges i {insertion.name}", near
    if given and allowed.names:
        target, existing = insertion.arguments[0], catalogue.kind(allowed.names)
        if target not in existing and target not in known.get(f"{allowed.names}s", ()):
            yield f"{NAMES[allowed.names]} »{target}« findes ikke", remedy(target, allowed.names, list(existing))


def _crowded_blocks(topic: Topic) -> Iterator[Problem]:
    blocks = [i for i in topic.body.insertions if i.name in INSERTIONS and INSERTIONS[i.name].block]
    for paragraph in topic.body.tree.iter():
        names = [e.get("name", "") for e in paragraph if e.tag == "insertion"]
        crowded = [name for name in names if name in INSERTIONS and INSERTIONS[name].block]
        if crowded and (len(names) > 1 or paragraph.tag != "p" or plain_text(paragraph).strip()):
            first = next(block for block in blocks if block.name == crowded[0])
            place = Position(topic.origin.path, first.line, first.column)
            yield Problem(place, f"{{{{ {first.name} }}}} står midt i en tekst", "giv den en linje for sig selv")


def check_links(catalogue: Catalogue, known: Known) -> Iterator[Problem]:
    """A dead link on a health page costs trust, and sometimes a call that should have been made."""
    for topic in catalogue.topics.values():
        for link in topic.body.links:
            place = Position(topic.origin.path, link.line, link.column)
            yield from (Problem(place, *fault) for fault in _link_faults(catalogue, known, topic, link))


def _link_faults(catalogue: Catalogue, known: Known, topic: Topic, link: Link) -> Iterator[tuple[str, str]]:
    if re.match(r"[a-z][a-z0-9+.-]*:|//", link.target):
        if not link.target.startswith("https://"):
            yield f"»{link.target}« er ikke en sikker adresse", "brug en adresse, der begynder med https://"
        return
    place = topic_in(topic.origin.path, link.target)
    if place is None:
        yield f"linket »{link.target}« fører ud af content/", "link til en fil i content/, fx skal-du-scannes.md"
        return
    section, name, anchor = place
    target = catalogue.topics.get(name)
    if target is None or target.section != section:
        if target is None and name in known.get("topics", ()):
            return
        yield f"linket fører til »{link.target}«, som ikke findes", _nearest(catalogue, topic, name)
    elif anchor and anchor not in (anchors := [h.anchor for h in target.body.headings]):
        near = did_you_mean(anchor, anchors) or f"overskrifterne er: {', '.join(anchors)}"
        yield f"»{target.title}« har ingen overskrift »#{anchor}«", near
    elif topic.section in ("emner", "om", "sprog", "front") and target.section == "fagfolk":
        yield f"en side for borgere linker til »{link.target}« for fagfolk", "fjern linket; den side findes ikke overalt"


def _nearest(catalogue: Catalogue, topic: Topic, name: str) -> str:
    near = {t.id: str(t.origin.path) for t in catalogue.topics.values()}
    guess = did_you_mean(name, list(near)).removeprefix("mente du »").removesuffix("«?")
    if not guess:
        return "ret linket, eller opret filen"
    here, there = topic.origin.path.parent, PurePosixPath(near[guess])
    shown = there.name if there.parent == here else f"../{there.relative_to('content')}"
    return f"mente du »{shown}«?"


def check_questions(catalogue: Catalogue) -> Iterator[Problem]:
    """The page promises answers; each question stands as a heading, so that a reader finds it by eye."""
    for topic in catalogue.topics.values():
        headings = [heading.text for heading in topic.body.headings if heading.level == 2]
        for index, question in enumerate(topic.questions):
            if question not in headings:
                near = did_you_mean(question, headings) or f"skriv ## {question}"
                yield topic.problem(f"spørgsmålet »{question}« har ingen overskrift", near, "questions", index)
        if topic.section in ("emner", "fagfolk") and not 3 <= len(topic.questions) <= 6:
            message = f"teksten svarer på {len(topic.questions)} spørgsmål"
            yield topic.problem(message, "skriv tre til seks under questions", "questions")
        yield from _repeated_anchors(topic)


def _repeated_anchors(topic: Topic) -> Iterator[Problem]:
    seen: set[str] = set()
    for heading in topic.body.headings:
        if heading.anchor in seen:
            yield topic.problem(f"overskriften »{heading.text}« står to gange", "giv den ene et andet navn")
        seen.add(heading.anchor)


def check_citations(catalogue: Catalogue) -> Iterator[Problem]:
    """The sources in the review box are those the text rests on, no more and no fewer."""
    for topic in catalogue.topics.values():
        cited = topic.body.cited
        for index, source in enumerate(topic.sources):
            if source not in cited:
                remedy = f"henvis med {{{{ kilde: {source} }}}}, eller slet den"
                yield topic.problem(f"kilden »{source}« bruges ikke i teksten", remedy, "sources", index)
        for insertion in topic.body.insertions:
            if insertion.name == "kilde" and insertion.arguments and insertion.arguments[0] not in topic.sources:
                place = Position(topic.origin.path, insertion.line, insertion.column)
                name = insertion.arguments[0]
                yield Problem(place, f"kilden »{name}« står ikke under sources", f"tilføj {name} øverst i filen")


def check_typed_phones(catalogue: Catalogue) -> Iterator[Problem]:
    """A number typed into prose is the one that is forgotten on the day it changes."""
    numbers = {phone.number for area in catalogue.areas.values() for phone in area.phones if phone.number}
    short = sorted(number for number in numbers if len(number) == 4)
    known = re.compile(rf"(?<![\d-])(?:{'|'.join(short)})(?![\d-])") if short else None
    for topic in catalogue.topics.values():
        for element in topic.body.tree.iter("*"):
            for text in (element.text, element.tail):
                if text and (match := _TYPED_NUMBER.search(text) or (known.search(text) if known else None)):
                    yield _typed_phone(topic, match[0])


def _typed_phone(topic: Topic, number: str) -> Problem:
    message = f"telefonnummeret »{number}« er skrevet i teksten"
    return Problem(topic.body.position_of(number, topic.origin.path), message, "skriv {{ telefon: vagt }} i stedet")
