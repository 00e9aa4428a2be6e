"""Printed codes: the short permanent ids on paper, made so that a misread or mistyped one is noticed.

A code is five characters and a check character, such as `7kq3m` + one more. It says nothing about whose leaflet
it stands on or what it is about: codes outlive regions, topics and titles.
"""

from collections.abc import Container
from random import Random

ALPHABET = "23456789abcdefghjkmnpqrstwxyz"
"""Digits and letters without the look-alikes 0/o, 1/i/l and u/v. Twenty-nine is a prime, which the check needs."""

BODY_LENGTH = 5
"""Gives 29⁵, about 20 million bodies: enough for ever, and short enough to type on a phone from a piece of paper."""

LONGEST_LETTER_RUN = 2
"""Three letters in a row may spell a word, and a code on a patient's leaflet must not spell one by accident."""

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_ATTEMPTS = 10_000


def check_character(body: str) -> str:
    """Return the character that completes the body, or raise ValueError where the body is not five code characters.

    The values are weighted 6, 5, 4, 3, 2 and, for the check character, 1, and sum to 0 modulo 29. Since 29 is a prime
    and neither a weight nor the difference of two weights is 0 modulo 29, every single wrong character and every
    swap of two different characters, neighbours or not, changes the sum and is caught.
    """
    if len(body) != BODY_LENGTH or not _is_written_in_alphabet(body):
        raise ValueError(f"{body!r} is not {BODY_LENGTH} characters of {ALPHABET}")
    return ALPHABET[-_weighted_sum(body) % len(ALPHABET)]


def is_valid(code: str) -> bool:
    """Say whether the text is a code in its printed form, check character included; never raises.

    Case and separators are not forgiven here, since registers and addresses hold the printed form alone:
    what a reader has typed goes through `normalise` first.
    """
    return len(code) == BODY_LENGTH + 1 and _is_written_in_alphabet(code) and check_character(code[:-1]) == code[-1]


def normalise(typed: str) -> str:
    """Return what a reader typed in the form of a printed code: lower case, without spaces and hyphens.

    Look-alikes are not guessed at (an o is not in the alphabet, and nobody can know which character was meant):
    `is_valid` then refuses them, and the reader is asked to look again.
    """
    return "".join(typed.lower().split()).translate(dict.fromkeys(map(ord, "-‐‑–")))


def new_code(taken: Container[str], random: Random) -> str:
    """Return a valid code that is not taken and holds no three letters in a row.

    The source of chance is an argument: a release passes `random.SystemRandom()`, so that codes cannot be guessed
    from one another, and a test a seeded one. Raises RuntimeError when no free code turns up, which only a
    register of millions could bring about.
    """
    for _ in range(_ATTEMPTS):
        body = "".join(random.choice(ALPHABET) for _ in range(BODY_LENGTH))
        code = body + check_character(body)
        if code not in taken and not _may_spell_a_word(code):
            return code
    raise RuntimeError(f"no free code found in {_ATTEMPTS} attempts")


def _weighted_sum(body: str) -> int:
    return sum((BODY_LENGTH + 1 - place) * _VALUES[character] for place, character in enumerate(body))


def _is_written_in_alphabet(text: str) -> bool:
    return all(character in _VALUES for character in text)


def _may_spell_a_word(code: str) -> bool:
    run = 0
    for character in code:
        run = run + 1 if character.isalpha() else 0
        if run > LONGEST_LETTER_RUN:
            return True
    return False
