"""Where Danish sentences end: abbreviations, ordinals, dates, times and initials have points that end nothing.

The rules stop at the edge of a block. That a heading, a list item or a cell is a sentence of its own is known by
whoever has the blocks, see `prose`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.danish import MONTHS

_LEADING = """
    f.eks fx d bl.a dvs d.v.s ca kl nr tlf evt jf jvf pr inkl ekskl vedr hhv maks henv hr frk dr prof lic cand kap
    afs s skt sct sml p.t p.g.a pga ift mht iht ifm mhp ang att bd eks eksp fig forf m.h.t m.h.p m.a.o nuv opr sr
    stk tlfnr udg vha v.h.a årg iflg afd alm
"""
_CLOSING = """
    osv m.m m.v mv m.fl mfl o.l o.lign etc pct kr mio mia o.a o.m.a o.s.v s.u a.m e.m f.m d.d d.å d.m ph.d e.l
    e.lign el.lign o.fl o.m.m
"""
LEADING = frozenset(_LEADING.split())
"""Abbreviations that something always follows: »kl. 8«, »bl.a. Per«; none is a word too, as »min« and »tid« are."""
CLOSING = frozenset(_CLOSING.split())
"""Abbreviations that may be the last word: »osv. Ring …« begins a new sentence, »kr. 500« does not."""
_NAMING = frozenset({"af", "ved", "med", "fra", "hos", "til", "og", "for", "som", "doktor", "læge", "professor"})
"""Words before an initial; after others, as in »vitamin D«, a single letter is a word."""
_END = re.compile(r"(?:\.{3}|…|[.!?]+)[»«\"”“’')\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"(?:[^\W_]+[./])*[^\W_]+$")
_NEXT = re.compile(r"\s+([»«\"”“'(\[–-]*\s?)(\S[^\s]*)")
_SHARE = re.compile(r"\s+\d+ (?:ud )?af\b")


@dataclass(frozen=True)
class Sentence:
    """A sentence and where it begins in the text it was found in."""

    text: str
    start: int


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a block of running text; what has no full stop at the end is one too."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for match in _END.finditer(text):
        if _ends(text, start, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = text[start:end].strip()
    if re.search(r"\w|\ufffc", words):
        yield Sentence(words, text.index(words, start))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Say whether the mark ends the sentence that began at `start`."""
    following = _NEXT.match(text, match.end())
    if following is None:
        return True
    word = following[2]
    if word[0].islower():
        return False
    if match[0][0] != "." or match[0].startswith("..."):
        return True
    return _ends_with_point(text[start : match.start()], word, text[match.end() :])


def _ends_with_point(before: str, word: str, after: str) -> bool:
    found = _LAST_WORD.search(before)
    last = found[0] if found else ""
    earlier = before[: found.start()].split() if found else []
    if last.isdigit():
        return _ends_after_number(last, earlier, word, after)
    if last.lower() in CLOSING:
        return not word[0].isdigit()
    shortened = last if len(last) == 1 else last.lower()  # »d. 3.« is a date, »vitamin D. Og« is not
    if shortened in LEADING or re.fullmatch(r"(?:[a-zæøå]\.)+[a-zæøå]", last):
        return False
    if len(last) == 1 and last.isupper():
        return not _is_initial(earlier, word)
    return True


def _ends_after_number(number: str, earlier: list[str], word: str, after: str) -> bool:
    """Say whether the point makes »3.« an ordinal, a date or the mark of a list, or ends the sentence."""
    if not earlier or word.lower().strip(".,") in MONTHS:
        return False
    if word[0].isdigit():
        return len(number) > 2 or bool(_SHARE.match(after))
    return True


def _is_initial(earlier: list[str], word: str) -> bool:
    """Say whether a single capital letter stands for a name."""
    if not earlier or re.fullmatch(r"[A-ZÆØÅ]\.", word):
        return True
    return earlier[-1].lower() in _NAMING or earlier[-1][0].isupper()
