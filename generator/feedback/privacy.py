"""Finds what gives a person away in a short text: CPR numbers, e-mail addresses, phone numbers.

A miss is worse than a false alarm: the writer can change the text, nobody can unsay a number. Names, addresses and what
people tell of their health cannot be found this way; the form says so, and editors can delete.
Every pattern is bounded, so that time grows with the length of the text and no faster.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

CPR, EMAIL, PHONE = "cpr", "email", "phone"
MASKS = {EMAIL: "[e-mail]", PHONE: "[telefonnummer]"}
SHORT_NUMBERS = frozenset({"112", "113", "114", "1813", "1818"})
"""Numbers of the public; none of them leads to a person."""
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－_~·•⁃ー"), "-")
LOOKALIKES = {**dict.fromkeys(map(ord, "OoΟοОоQ"), "0"), **dict.fromkeys(map(ord, "Il|ІӀ"), "1")}
_LIKE = re.escape("".join(map(chr, LOOKALIKES)))
NEARLY_DIGITS = re.compile(rf"(?<![^\W\d_])[\d{_LIKE}][\d{_LIKE} \-./]{{4,22}}[\d{_LIKE}](?![^\W\d_])")
TRUE_DIGITS = 3
HARMLESS = re.compile(r"[A-Za-zÀ-ɏ\s.,;:!?'\"«»“”’–—…/%*+-]*")
"""Most texts: no digit, no sign that could stand for one or for an @, and so nothing to look for."""
EXPANSION = 4
"""Characters that one may stand for; more than a number in a circle or with a full stop needs is no number."""
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});?")
GAP = r"[ \-./:,;'\\()*+=#|]{0,4}"
CPR_NUMBER = re.compile(
    rf"(?<!\d)(\d ?\d){GAP}(\d ?\d){GAP}((?:\d ?\d){{1,2}}){GAP}(\d ?\d ?\d ?\d)(?!\d)",
)
CPR_WORD = re.compile(r"(?:cpr|person ?nr|person-?(?:nummer|numre)|p-?nr|fødselsnummer)", re.IGNORECASE)
CPR_AFTER_WORD = re.compile(rf"(?<!\d)\d{{6}}{GAP}\d{{4}}(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
CPR_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})\.? ?({'|'.join(_MONTHS)})[a-z]{{0,6}}\.? ?(\d{{4}}|\d{{2}}) ?- ?(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
EMAIL_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]|\(a\)|\bsnabel-?a\b) ?[\w-]{1,63}"
    r"(?: ?(?:\.|\(dot\)|\bpunktum\b) ?[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
PHONE_NUMBER = re.compile(
    r"(?<![\d.,/-])(?:(?:\+|00) ?(\d{1,3})[ -]?)?\(?(\d{8}|\d{2}(?:[ .-]\d{2}){3}|\d{4}[ -]\d{4}"
    r"|\d{3}[ -]\d{2}[ -]\d{3}|\d{2}[ -]\d{3}[ -]\d{3}|\d{3}[ -]\d{3}[ -]\d{2})\)?(?!\d|[.,/-]\d)",
)
ABROAD = re.compile(r"(?<![\d+])(?:\+|00)\d{1,3}(?:[ -]?\d{2,4}){2,5}(?!\d)")


@dataclass(frozen=True)
class Finding:
    """One thing that gives a person away: what kind, and where in the text as it was written."""

    kind: str
    start: int
    end: int


def findings(text: str, public: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Return what gives a person away; numbers in `public` are everybody's (digits only)."""
    if HARMLESS.fullmatch(text) and "snabel" not in text.lower():
        return ()
    written = list(_written(text)) if "&" in text else [(i, i + 1, character) for i, character in enumerate(text)]
    shown = [_looks(what) for _, _, what in written]
    found = sorted(_found("".join(shown), public | SHORT_NUMBERS), key=lambda one: (one.start, one.end))
    if not found:
        return ()
    places = [(start, end) for (start, end, _), look in zip(written, shown, strict=True) for _ in look]
    return tuple(Finding(one.kind, places[one.start][0], places[one.end - 1][1]) for one in found)


def _found(plain: str, public: frozenset[str]) -> Iterator[Finding]:
    digits = NEARLY_DIGITS.sub(_digits_of, plain)
    taken = []
    for span in _cpr(digits):
        yield Finding(CPR, *span)
    for match in EMAIL_ADDRESS.finditer(plain):
        taken.append(match.span())
        yield Finding(EMAIL, *match.span())
    for span in _phones(digits, public):
        if all(span[1] <= start or span[0] >= end for start, end in taken):
            yield Finding(PHONE, *span)


def masked(text: str, found: tuple[Finding, ...]) -> str:
    """Return the text with e-mail addresses and phone numbers replaced by what they are."""
    pieces, at = [], 0
    for one in found:
        if one.kind in MASKS and one.start >= at:
            pieces += [text[at : one.start], MASKS[one.kind]]
            at = one.end
    return "".join([*pieces, text[at:]])


def _written(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for match in ENTITY.finditer(text):
        yield from ((i, i + 1, text[i]) for i in range(at, match.start()))
        yield match.start(), match.end(), html.unescape(match.group())
        at = match.end()
    yield from ((i, i + 1, text[i]) for i in range(at, len(text)))


@lru_cache(maxsize=4096)
def _looks(written: str) -> str:
    """Return a character as it looks: digits of all scripts made ours, dashes one, and nothing for what is not seen."""
    return "".join(map(_shown, unicodedata.normalize("NFKC", written)[:EXPANSION]))


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category.startswith("Z") or character.isspace():
        return " "
    if category.startswith(("C", "Mn", "Me")):
        return ""
    return character.translate(DASHES)


def _digits_of(match: re.Match[str]) -> str:
    run = match.group()
    return run.translate(LOOKALIKES) if sum(map(str.isdecimal, run)) >= TRUE_DIGITS else run


def _cpr(text: str) -> Iterator[tuple[int, int]]:
    for match in CPR_NUMBER.finditer(text):
        day, month, year = (part.replace(" ", "") for part in match.group(1, 2, 3))
        if _is_date(day, month, year):
            yield match.span()
    for match in CPR_MONTH.finditer(text):
        if 1 <= int(match.group(1)) <= 31:
            yield match.span()
    for word in CPR_WORD.finditer(text):
        if number := CPR_AFTER_WORD.search(text, word.end(), word.end() + 40):
            yield number.span()


def _is_date(day: str, month: str, year: str) -> bool:
    """Say whether the digits may begin a CPR number; days from 61 are those of replacement numbers."""
    century = len(year) != 4 or year[:2] in ("18", "19", "20")
    return (1 <= int(day) <= 31 or 61 <= int(day) <= 91) and 1 <= int(month) <= 12 and century


def _phones(text: str, public: frozenset[str]) -> Iterator[tuple[int, int]]:
    for match in PHONE_NUMBER.finditer(text):
        digits = "".join(filter(str.isdecimal, match.group(2)))
        country = match.group(1)
        if digits not in public and (country or (digits[0] in "23456789" and not _is_years(match.group(2)))):
            yield match.span()
    for match in ABROAD.finditer(text):
        if "".join(filter(str.isdecimal, match.group()))[-8:] not in public:
            yield match.span()


def _is_years(number: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d[ -](?:19|20)\d\d", number) is not None
