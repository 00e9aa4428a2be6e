"""Checks of links in texts: they lead somewhere, safely."""

import posixpath
import re
from collections.abc import Iterator

from generator.addresses import PAPER, topic_in
from generator.danish import nearest
from generator.model.catalogue import Catalogue
from generator.model.record import is_web_address
from generator.model.topic import Link, Topic
from generator.model.unread import Unread
from generator.problems import Position, Problem

FOR_CLINICIANS = "fagfolk"


def check_links(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """A dead link on a health page costs trust, and sometimes a call that should have been made."""
    for topic in (*catalogue.topics.values(), *unread.texts):
        for link in topic.body.links:
            place = Position(topic.origin.path, link.line, link.column)
            yield from (Problem(place, *fault) for fault in _faults(catalogue, unread, topic, link))


def _faults(catalogue: Catalogue, unread: Unread, topic: Topic, link: Link) -> Iterator[tuple[str, str]]:
    if not link.target:
        yield "linket fører ingen steder hen", "skriv adressen mellem ( og )"
    elif re.match(r"[a-z][a-z0-9+.-]*:|//", link.target, re.IGNORECASE):
        yield from _outside(link.target)
    elif (place := topic_in(topic.origin.path, link.target)) is None:
        is_inside = not posixpath.normpath(topic.origin.path.parent / link.target).startswith(("..", "/", "data"))
        message = "fører ikke til en tekst" if is_inside else "fører ud af content/"
        yield f"linket »{link.target}« {message}", _suggestion(catalogue, topic, link.target)
    else:
        yield from _inside(catalogue, unread, topic, link.target, place)


def _outside(target: str) -> Iterator[tuple[str, str]]:
    if target.startswith("tel:"):
        yield f"telefonnummeret »{target}« er skrevet i teksten", "skriv {{ telefon: vagt }} i stedet"
    elif target.startswith("mailto:"):
        yield f"mailadressen »{target}« er skrevet i teksten", "skriv {{ kontakt }} i sit eget afsnit i stedet"
    elif not target.startswith("https://"):
        yield f"»{target}« er ikke en sikker adresse", "brug en adresse, der begynder med https://"
    elif not is_web_address(target):
        yield f"»{target}« er ikke en hel adresse", "skriv den, som den står i browseren"


def _inside(
    catalogue: Catalogue, unread: Unread, topic: Topic, written: str, place: tuple[str, str, str]
) -> Iterator[tuple[str, str]]:
    section, name, anchor = place
    texts = [catalogue.topics[name]] if name in catalogue.topics else []
    target = next((text for text in (*texts, *unread.texts) if (text.section, text.id) == (section, name)), None)
    if target is None:
        if name in catalogue.topics or not unread.may_have("topic", name):
            yield f"linket fører til »{written}«, som ikke findes", _suggestion(catalogue, topic, written)
        return
    anchors = [heading.anchor for heading in target.body.headings]
    if anchor and anchor not in anchors and (anchors or target not in unread.texts):
        near = nearest(anchor, anchors)
        remedy = f"mente du »#{near}«?" if near else f"skriv en af: {', '.join(f'#{a}' for a in anchors)}"
        remedy = remedy if anchors else "slet # og det, der følger efter"
        yield f"{target.origin.path.name} har ingen overskrift »#{anchor}«", remedy
    if target.section == PAPER:
        yield f"linket fører til »{written}«, som kun findes på papir", "link til en tekst, der har en side"
    if target.section == FOR_CLINICIANS and topic.section != FOR_CLINICIANS:
        yield f"en side for borgere linker til »{written}« for fagfolk", "fjern linket; den side findes ikke overalt"


def _suggestion(catalogue: Catalogue, topic: Topic, written: str) -> str:
    """Return the way to the text that was most likely meant, as it is written from this one."""
    stem = posixpath.basename(written.partition("#")[0].rstrip("/")).removesuffix(".md")
    guess = nearest(stem, catalogue.topics)
    if guess is None:
        return "link til en fil i content/, fx ../emner/skal-du-scannes.md"
    way = posixpath.relpath(catalogue.topics[guess].origin.path, topic.origin.path.parent)
    return f"mente du »{way}«?"
