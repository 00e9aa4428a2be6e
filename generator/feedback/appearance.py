"""What a text looks and sounds like to a reader: digits of all scripts are ours, and numbers in words are digits.

Every character keeps its place in the text as it was written.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

Seen = tuple[int, int, str]
"""One character as it is seen, between the places in the written text where it begins and ends."""
SIGNS = {**dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－_~·•⁃ー"), "-"), ord("。"): "."}
LOOKALIKES = {**dict.fromkeys(map(ord, "OoΟοОоQ"), "0"), **dict.fromkeys(map(ord, "Il|ІӀ"), "1")}
_LIKE = re.escape("".join(map(chr, LOOKALIKES)))
NEARLY_DIGITS = re.compile(rf"(?<![^\W\d_])[\d{_LIKE}][\d{_LIKE} \-./]{{4,22}}[\d{_LIKE}](?![^\W\d_])")
TRUE_DIGITS = 3
"""Fewer than these, and the letters around them are letters."""
EXPANSION = 4
"""Characters that one may stand for; more than a number in a circle or with a full stop needs is no number."""
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});?")

_ONES = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
_TEENS = ("ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_TENS = ("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems")
_SMALL = {**{word: str(value) for value, word in enumerate((*_ONES, *_TEENS))}, "et": "1", "én": "1", "ét": "1"}
NUMBER_WORDS = {
    **_SMALL,
    **{word: f"{ten}0" for ten, word in enumerate(_TENS, 2)},
    **{f"{one}og{word}": f"{ten}{value}" for ten, word in enumerate(_TENS, 2) for value, one in enumerate(_ONES)},
}
_LARGE = rf"(?:(?:{'|'.join(_ONES[1:])}) ?og ?)?(?:{'|'.join(_TENS)})\b"
_WORD = rf"(?:{_LARGE}|(?:{'|'.join(_SMALL)})\b)"
WORD = re.compile(_WORD, re.IGNORECASE)
SPELLED = re.compile(rf"\b(?<!sidste )(?:{_WORD}(?:[ ,.\-]{{1,3}}{_WORD})+|{_LARGE})", re.IGNORECASE)
"""A number in words: two words in a row, or one too large to be an article or a count; not that of "sidste fire"."""


def seen(text: str) -> list[Seen]:
    """Return the characters as they look; what is not seen is left out."""
    written = _without_entities(text) if "&" in text else ((i, i + 1, character) for i, character in enumerate(text))
    return [(start, end, look) for start, end, character in written for look in _looks(character)]


def heard(characters: list[Seen]) -> list[Seen]:
    """Return the same with numbers in words as digits, each digit where its word was written."""
    text, at = plain(characters), 0
    spoken: list[Seen] = []
    for run in SPELLED.finditer(text):
        spoken += characters[at : run.start()]
        for word in WORD.finditer(text, run.start(), run.end()):
            start, end = characters[word.start()][0], characters[word.end() - 1][1]
            spoken += [(start, end, digit) for digit in NUMBER_WORDS[word.group().lower().replace(" ", "")]]
        at = run.end()
    return [*spoken, *characters[at:]]


def plain(characters: list[Seen]) -> str:
    """Return the characters as one text."""
    return "".join(character for _, _, character in characters)


def with_digits(text: str) -> str:
    """Return the text with letters that stand for digits as digits, where most around them are digits; as long."""
    return NEARLY_DIGITS.sub(_digits_of, text)


def _digits_of(match: re.Match[str]) -> str:
    run = match.group()
    return run.translate(LOOKALIKES) if sum(map(str.isdecimal, run)) >= TRUE_DIGITS else run


def _without_entities(text: str) -> Iterator[Seen]:
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
    return character.translate(SIGNS)
