"""Checks for phone numbers typed by hand: they come into a text from the data."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator.model.catalogue import Catalogue
from generator.model.unread import Unread
from generator.problems import Problem
from generator.text.dialect import INSERTION

SHORTEST = 4
"""Digits."""
_COUNTRY = r"(?:\(?(?:\+|00)45\)?[ .-]{0,2})?"
_IN_PAIRS = re.compile(
    rf"(?<!\d)(?<!\d[.,/-])(?<![=/]){_COUNTRY}"
    r"(?:\d{8}|\d{4} \d{4}|\d\d([ .-]{1,2})\d\d(?:\1\d\d){2})(?![.,/-]?\d)"
)
"""Eight digits as Danes usually write them; also right before or after another number."""
_RUN = re.compile(rf"(?<![\w+])(?<!\d[.,])({_COUNTRY})(\d(?:(?: {{1,2}}| ?[-/] ?|\.)?\d)*)(?![\w%]|,\d)")
"""Digits with anything between them that people write between the parts of a number."""
_EUROPEAN = re.compile(r"(?<![\w.,/-])(?:116\d{3}|116[ ./-](?:006|111|117|123))(?![.,/-]?\d)")
"""The numbers that are the same in all of Europe; 116 000 with a space is a figure as likely as a number."""
_FIGURES = re.compile(
    r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?: ?[-/ ] ?\d{1,3}(?:\.\d{3})+)+|\d{1,3}(?:\.\d{3})+"  # 4.487; 1.000-2.000
    r"|\d{1,3}(?: \d{3})+(?<=000)"  # 20 000 000
    r"|\d{1,2}\.\d+ ?- ?\d{1,2}\.\d+"  # 08.00-16.00; 12.34-56.78
    r"|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-][01]\d[./-][0-3]\d"  # 31.12.2026; 2026-12-31
    r"|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d"  # 2014-2016
)
"""Eight digits that are days, years, times or amounts."""
_NAMED = re.compile(r"https?://\S+|www\.\S+|\b10\.\d{4,}/\S+|\b(?:ISSN|ISBN|CVR|PMID)\b[^\d\n]{0,8}\d[\dXx -]*")
"""Addresses and the numbers of publications and firms."""
_UNSEEN = re.compile(
    r"\*+|(?<![A-Za-z])_+|_+(?![A-Za-z])|\\(?=[!-/:-@\[-`{-~])|\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\))?|\["
)
"""Marks that are not shown: of emphasis, escapes, and of a link all but its words."""
_SAME_LINE = re.compile(r"[ \\]*(?<!\n)\n(?! *(?:[-*+]|\d+\.)\s|\n) *")
"""A line break in the middle of a paragraph or of a point on a list."""


def check_typed_phones(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """A number typed into prose is the one that is forgotten on the day it changes."""
    known = _known(catalogue)
    for topic in (*catalogue.topics.values(), *unread.texts):
        for start, number in _numbers(INSERTION.sub(_blank, topic.body.source), known):
            place = topic.body.position(start, topic.origin.path)
            yield Problem(place, _typed(number), "skriv {{ telefon: vagt }} i stedet")
    for entity in catalogue.entities():
        for location, text in entity.prose():
            for _, number in _numbers(text, known):
                yield entity.problem(_typed(number), "slet det; numre hører til i data/areas.yml", *location)


def _known(catalogue: Catalogue) -> re.Pattern[str]:
    """Return a pattern for the short numbers in the data: together, in pairs, or one digit at a time."""
    numbers = {phone.number for area in catalogue.areas.values() for phone in area.phones if phone.number}
    four = [number for number in sorted(numbers) if len(number) == 4]
    short = [between.join(number) for number in four for between in ("", " ", "-", "/")]
    short += [f"{number[:2]} {number[2:]}" for number in four]  # 18-13 is a score, and 181-3 the name of a thing
    return re.compile(rf"(?<![\w/-])(?<!\d[.,])(?:{'|'.join(short) or '(?!)'})(?![\w/-]|[.,]\d)")


@lru_cache(maxsize=10_000)  # a preview looks through all texts again when one has changed
def _numbers(text: str, known: re.Pattern[str]) -> tuple[tuple[int, str], ...]:
    """Return where each number begins and how it is written, each once."""
    return tuple(_found(text, known)) if len(re.findall(r"\d", text)) >= SHORTEST else ()


def _found(text: str, known: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    read, places = _as_read(text)
    plain = _plain(_NAMED.sub(lambda match: "\0" * len(match[0]), read))
    found = [match.span() for pattern in (_IN_PAIRS, known, _EUROPEAN) for match in pattern.finditer(plain)]
    found += [match.span() for match in _RUN.finditer(plain) if _is_number(match[2], bool(match[1]))]
    reached = -1
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            yield places[start], read[start:end]
            reached = end


def _as_read(text: str) -> tuple[str, list[int]]:
    """Return the text as it is shown, without marks and on one line a paragraph, and the place of each character."""
    places = list(range(len(text)))
    for pattern, instead in ((_SAME_LINE, " "), (_UNSEEN, "")):
        shown, kept, last = [], [], 0
        for match in pattern.finditer(text):
            shown += [text[last : match.start()], instead]
            kept += places[last : match.start() + len(instead)]
            last = match.end()
        text, places = "".join([*shown, text[last:]]), kept + places[last:]
    return text, places


def _is_number(run: str, has_country: bool) -> bool:
    """Tell a phone number from the other things that are written with eight digits."""
    groups = [group for group in re.split(r"\D+", run) if group]
    if sum(map(len, groups)) != 8:
        return False
    if has_country:
        return True
    return run[0] in "23456789" and not _FIGURES.fullmatch(run) and not _is_range(run)


def _is_range(run: str) -> bool:
    """Say whether it goes from one number to another: pages 2356-2367, 5000-6000 steps."""
    ends = re.fullmatch(r"(\d{4}) ?- ?(\d{4})", run)
    first, last = (int(ends[1]), int(ends[2])) if ends else (0, 0)
    return first < last and (last - first < 100 or first % 10 == last % 10 == 0)


def _plain(text: str) -> str:
    """Write every kind of space and dash in the same way, each character in its place."""
    shown = text.translate(_BETWEEN)
    return "".join(_PLAIN.get("-" if c == "\u2212" else unicodedata.category(c), c) if c > "~" else c for c in shown)


_PLAIN = {"Zs": " ", "Pd": "-", "-": "-"}
_BETWEEN = str.maketrans("()|'’·•:", "       .")
"""What people put between the parts of a number, as a space or a point is."""


def _typed(number: str) -> str:
    return f"telefonnummeret »{number}« er skrevet i teksten"


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])
