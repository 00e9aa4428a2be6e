"""Finds what gives a person away in a short text: CPR numbers, e-mail addresses, phone numbers.

A miss is worse than a false alarm: the writer can change the text, nobody can unsay a number. Names, addresses and what
people tell of their health cannot be found this way; the form says so, and editors can delete.

A CPR number is sought by how many digits each number has and what stands between. Modulus 11 is no help: it does not
hold for all. Every pattern and look ahead is bounded, so that time grows with the text and no faster.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from generator.feedback.appearance import NUMBER_WORDS, heard, plain, seen, with_digits

CPR, NEAR_CPR, EMAIL, PHONE = "cpr", "near-cpr", "email", "phone"
"""NEAR_CPR is what the writer calls a CPR number, and which lacks digits or has too many."""
MASKS = {EMAIL: "[e-mail]", PHONE: "[telefonnummer]"}
SHORT_NUMBERS = frozenset({"112", "113", "114", "1813", "1818"})  # everybody's
_NAMES = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTHS = {name: f"{number:02}" for number, name in enumerate(_NAMES, 1)}
PIECE = re.compile(
    r"\b(?:sidste (?:4|fire)|(?:4|fire) sidste)\b|(?P<digits>\d+)"
    rf"|\b(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}\b",
    re.IGNORECASE,
)
INSIDE = re.compile(r"[\s\-./:;+*=|()\[\]{}'\"\\#]{0,4}")
INSIDE_LAST = re.compile(r"[\s\-]{0,3}")  # no time of day, no list
BETWEEN = re.compile(
    r"(?:[^\w%]|\b(?:og|så|samt|med|efterfulgt|af|de|sidste|cifre|tal|er|min|mit|mine|fødselsdag|derefter|bindestreg"
    r"|streg|skråstreg|mellemrum|nr|nummer|løbenr|løbenummer|kode|cpr)\b){0,40}",
    re.IGNORECASE,
)
LAST_FOUR = re.compile(r"sidste (?:fire|4|cifre|tal)\b|(?:fire|4) sidste\b|løbe-?n", re.IGNORECASE)
REACH = 60
"""Characters that may stand between a date and the last four digits."""
AMOUNT = re.compile(
    r" ?(?:kr|kroner|dkk|,-|%|procent|skridt|gange|gentagelser|m|meter|km|mm|cm|kg|g|mg|ml|timer|min|minutter|patienter"
    r"|personer|deltagere|borgere|foldere|ord|tegn|i lokale)\b",
    re.IGNORECASE,
)
REPLACEMENT = re.compile(r"(?<!\d)(\d\d)[ ./-]?(\d\d)[ ./-]?\d\d[ /-]{0,3}\d[a-z]{2}\d(?!\w)", re.IGNORECASE)
"""The health service's number for those without one: a date, a digit for the century, two letters and a digit."""
CPR_WORD = re.compile(r"cpr|person ?nr|person-?(?:nummer|numre)|fødselsnummer", re.IGNORECASE)
CPR_AFTER_WORD = re.compile(r"(?<!\d)(\d\d)[ ./-]?(\d\d)[ ./-]?\d\d(?!\d{7})(?:[ ./-]{0,4}(\d{1,6}))?(?!\d)")

_PROVIDERS = "gmail|hotmail|outlook|live|yahoo|icloud|mail|jubii|ofir|msn|me|protonmail"
_TOP = r"(?:dk|com|net|org|eu|info)\b"
_DOT = r"(?: ?[(\[{<](?:dot|punktum)[)\]}>] ?| (?:dot|punktum) | ?[.,] ?)"
EMAIL_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?(?:(?:@|[(\[{<](?:at|a|snabel-?a)[)\]}>]|\b(?:snabel[ -]?a|krøllet a)\b) ?"
    rf"[\w-]{{1,63}}(?:(?:\.[\w-]{{1,63}}){{0,3}}\.[^\W\d_][\w-]{{1,62}}|{_DOT}{_TOP})"
    rf"|\bat (?:{_PROVIDERS}){_DOT}{_TOP})",
    re.IGNORECASE,
)
_SEP = r"(?: ?[./-] ?| )"
PHONE_NUMBER = re.compile(
    r"(?<![\d.,/-])(?:\(?(?:(?:\+|00) ?(\d{1,3})|45)\)?[ -]?)?\(?"
    rf"(\d{{8}}|\d\d(?:{_SEP}\d\d){{3}}|\d\d{_SEP}\d\d{_SEP}\d{{4}}|\d{{4}}{_SEP}\d\d{_SEP}\d\d|\d{{4}}[ -]\d{{4}}"
    r"|\d(?:[ -]\d){7}|\d{3}[ -]\d\d[ -]\d{3}|\d\d[ -]\d{3}[ -]\d{3}|\d{3}[ -]\d{3}[ -]\d\d)\)?(?!\d|[.,/-]\d)",
)
ABROAD = re.compile(r"(?<![\d+])(?<!\d )(?:\+|00)\d{1,3}(?:[ -]?\d{2,4}){2,5}(?!\d)")
NO_PHONE = re.compile(
    r"(?:cvr|sag|journal|ordre|bestilling|faktura|konto|kode|isbn|ean|vare|version|folder|udgave)"
    r"\w*[ .:-]*(?:nr|nummer)?[ .:-]*(?:er )?\Z",
    re.IGNORECASE,
)
"""Words that say that the number after them is no telephone's."""
HARMLESS = re.compile(r"[A-Za-zÀ-ɏ\s.,;:!?'\"«»“”’–—…/%*+-]*")
"""Most texts: no digit, no sign that could stand for one or for an @. Without words for them, nothing to look for."""
LETTERS = re.compile(r"[^\W\d_]+")
SIGN_WORDS = frozenset(("snabel", "snabela", "krøllet", *_PROVIDERS.split("|")))


@dataclass(frozen=True)
class Finding:
    """One thing that gives a person away: what kind, and where in the text as it was written."""

    kind: str
    start: int
    end: int


def findings(text: str, public: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Return what gives a person away; numbers in `public` are everybody's (digits only)."""
    if HARMLESS.fullmatch(text):
        words = LETTERS.findall(text.lower())
        if SIGN_WORDS.isdisjoint(words) and sum(word in NUMBER_WORDS for word in words) < 3:
            return ()
    sounds = heard(looks := seen(text))
    spans = [(looks, span) for span in _in_letters(plain(looks))]
    spans += [(sounds, span) for span in _in_digits(with_digits(plain(sounds)), public | SHORT_NUMBERS)]
    found = [Finding(kind, places[start][0], places[end - 1][1]) for places, (kind, start, end) in spans]
    mail = {place for one in found if one.kind == EMAIL for place in range(one.start, one.end)}
    kept = (one for one in found if one.kind != PHONE or mail.isdisjoint((one.start, one.end - 1)))
    return tuple(sorted(kept, key=lambda one: (one.start, one.end)))


def masked(text: str, found: tuple[Finding, ...]) -> str:
    """Return the text with e-mail addresses and phone numbers replaced by what they are."""
    pieces, at = [], 0
    for one in found:
        if one.kind in MASKS and one.start >= at:
            pieces += [text[at : one.start], MASKS[one.kind]]
            at = one.end
    return "".join([*pieces, text[at:]])


def _in_letters(text: str) -> Iterator[tuple[str, int, int]]:
    for match in EMAIL_ADDRESS.finditer(text):
        yield EMAIL, *match.span()
    for match in REPLACEMENT.finditer(text):
        if _is_day(*match.group(1, 2)):
            yield CPR, *match.span()


def _in_digits(text: str, public: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    for start, end in _cpr(text):
        yield CPR, start, end
    for word in CPR_WORD.finditer(text):
        if number := CPR_AFTER_WORD.search(text, word.end(), word.end() + 40):
            whole = len(number.group(3) or "") == 4
            if whole or _is_day(*number.group(1, 2)):
                yield CPR if whole else NEAR_CPR, *number.span()
    for match in PHONE_NUMBER.finditer(text):
        digits = "".join(filter(str.isdecimal, match.group(2)))
        if digits not in public and (match.group(1) or (digits[0] in "23456789" and not _is_count(match, digits))):
            yield PHONE, *match.span()
    for match in ABROAD.finditer(text):
        if "".join(filter(str.isdecimal, match.group()))[-8:] not in public:
            yield PHONE, *match.span()


class _Piece(NamedTuple):
    digits: str
    start: int
    end: int


def _cpr(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a date and the four digits after it stand, in one number or in several."""
    found = (match for match in PIECE.finditer(text) if match.lastgroup)
    pieces = [_Piece(match["digits"] or MONTHS[match["month"].lower()], *match.span()) for match in found]
    for at, piece in enumerate(pieces):
        if len(piece.digits) in (10, 12) and _is_number(piece.digits[:-4], piece.digits[-4:]):
            yield piece.start, piece.end
        for count in (1, 2, 3, 6):
            date = _date([part.digits for part in pieces[at : at + count]])
            if len(pieces) <= at + count - 1 or not _joined(text, pieces[at : at + count], INSIDE):
                break
            if date and (last := _last(text, date, pieces, at, at + count)):
                yield min(piece.start, last.start), max(pieces[at + count - 1].end, last.end)


def _last(text: str, date: str, pieces: Sequence[_Piece], first: int, after: int) -> _Piece | None:
    """Return the last four digits that go with a date: after it or, where words say what they are, before it."""
    end = pieces[after - 1].end
    for count in (1, 2, 4):
        four = pieces[after : after + count]
        digits = "".join(piece.digits for piece in four)
        if len(four) < count or len(digits) > 4 or not _joined(text, four, INSIDE_LAST):
            break
        gap = text[end : four[0].start]
        near = len(gap) <= REACH and (BETWEEN.fullmatch(gap) or LAST_FOUR.search(gap))
        number = gap == "-" or not AMOUNT.match(text, four[-1].end)
        if len(digits) == 4 and near and number and _is_number(date, digits):
            return _Piece(digits, four[0].start, four[-1].end)
    before = pieces[first - 1] if first else _Piece("", 0, 0)
    told = LAST_FOUR.search(text, max(0, before.start - 16), before.start)
    fits = len(before.digits) == 4 and pieces[first].start - before.end <= REACH and _is_number(date, before.digits)
    return before if told and fits else None


def _joined(text: str, pieces: Sequence[_Piece], signs: re.Pattern[str]) -> bool:
    return all(signs.fullmatch(text, one.end, other.start) for one, other in pairwise(pieces))


def _date(parts: Sequence[str]) -> str:
    """Return six or eight digits of a date, the year in full first or last; nothing if the parts are of other sizes."""
    sizes = tuple(map(len, parts))
    if sizes in ((6,), (8,), (4, 2), (2, 4), (4, 4), (1, 1, 1, 1, 1, 1)):
        return "".join(parts)
    first, second, third = sizes if len(sizes) == 3 else (0, 0, 0)
    last = first in (1, 2) and third in (2, 4)
    return "".join(part.zfill(2) for part in parts) if second in (1, 2) and (last or (first == 4 and third < 3)) else ""


def _is_number(date: str, last: str) -> bool:
    """Say whether a date and four digits may be a CPR number; a year in full must be of the seventh digit's century."""
    if len(date) == 6:
        return _is_day(date[:2], date[2:4])
    orders = (date[:2], date[2:4], date[4:]), (date[6:], date[4:6], date[:4])
    return any(
        _is_day(day, month) and (_century(year[2:], last[0]) == year[:2] or int(day) > 60)
        for day, month, year in orders
    )


def _is_day(day: str, month: str) -> bool:
    """Say whether the digits may begin a CPR number; days from 61 are those of replacement numbers."""
    return (1 <= int(day) <= 31 or 61 <= int(day) <= 91) and 1 <= int(month) <= 12


def _century(year: str, seventh: str) -> str:
    latest = "57" if seventh in "5678" else "36" if seventh in "49" else ""
    return "20" if year <= latest else "18" if seventh in "5678" else "19"


def _is_count(match: re.Match[str], digits: str) -> bool:
    """Say whether eight digits are an amount, a span, a date with its year in full, or a number by another name."""
    written, low, high, years = match.group(2), digits[:4], digits[4:], ("19", "20")
    parts = re.split(r"\D+", written)
    day_first = len(parts) == 3 and high[:2] in years and _is_day(digits[:2], digits[2:4])
    year_first = len(parts) in (1, 3) and low[:2] in years and _is_day(digits[6:], digits[4:6]) and digits[6] < "4"
    spans = len(parts) == 2 and low[:2] in years and high[:2] in years
    round_ones = "-" in written and len(parts) == 2 and low < high and (low[2:] + high[2:]).strip("05") == ""
    named = NO_PHONE.search(match.string, max(0, match.start() - 28), match.start())
    return bool(day_first or year_first or spans or round_ones or named or AMOUNT.match(match.string, match.end()))
