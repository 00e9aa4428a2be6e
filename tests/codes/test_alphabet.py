"""Printed codes: every slip of one character is caught, no look-alikes, no words, nothing taken."""

from random import Random

import pytest

from generator.codes.alphabet import ALPHABET, BODY_LENGTH, check_character, is_valid, new_code, normalise

CODE_LENGTH = BODY_LENGTH + 1


def valid_codes(count: int) -> list[str]:
    random = Random(1)
    bodies = ("".join(random.choices(ALPHABET, k=BODY_LENGTH)) for _ in range(count))
    return [body + check_character(body) for body in bodies]


def test_the_alphabet_has_29_characters_and_no_look_alikes() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 29
    assert not set(ALPHABET) & set("0o1iluv")


def test_every_wrong_character_in_every_place_is_caught() -> None:
    for code in valid_codes(200):
        for place in range(CODE_LENGTH):
            for wrong in set(ALPHABET) - {code[place]}:
                assert not is_valid(code[:place] + wrong + code[place + 1 :])


def test_every_pair_of_neighbours_in_every_place_is_caught_when_swapped() -> None:
    # The check is linear, so the characters around the pair play no part: one filling for the rest proves all.
    for place in range(BODY_LENGTH - 1):
        for first in ALPHABET:
            for second in ALPHABET:
                body = "2" * place + first + second + "2" * (BODY_LENGTH - 2 - place)
                code = body + check_character(body)
                swapped = code[:place] + second + first + code[place + 2 :]
                assert is_valid(swapped) == (first == second)


def test_a_swap_of_any_two_characters_is_caught_even_with_the_check_character() -> None:
    for code in valid_codes(500):
        for left in range(CODE_LENGTH):
            for right in range(left + 1, CODE_LENGTH):
                letters = list(code)
                letters[left], letters[right] = letters[right], letters[left]
                assert is_valid("".join(letters)) == (code[left] == code[right])


@pytest.mark.parametrize("text", ["", "7kq3", "7kq3m", "7kq3m0", "7KQ3MS", " 7kq3ms", "7kq3mss", "æøåæøå"])
def test_what_is_not_a_printed_code_is_not_valid(text: str) -> None:
    assert not is_valid(text)


@pytest.mark.parametrize("body", ["", "7kq3", "7kq3mm", "7kq3o", "7KQ3M"])
def test_a_body_of_other_characters_has_no_check_character(body: str) -> None:
    with pytest.raises(ValueError, match="is not 5 characters of"):
        check_character(body)


@pytest.mark.parametrize("typed", ["7kq3ms", "7KQ3MS", " 7kq 3ms ", "7kq-3ms", "7kq–3MS\n", "7 k q 3 m s"])
def test_what_readers_type_becomes_the_printed_code(typed: str) -> None:
    assert normalise(typed) == "7kq3ms"
    assert is_valid(normalise(typed))


def test_a_look_alike_is_not_guessed_at() -> None:
    assert normalise("7KQ3MO") == "7kq3mo"
    assert not is_valid("7kq3mo")


def test_new_codes_are_valid_untaken_and_spell_nothing() -> None:
    random, taken = Random(2), set[str]()
    for _ in range(3000):
        code = new_code(taken, random)
        assert is_valid(code)
        assert code not in taken
        assert not any(code[at : at + 3].isalpha() for at in range(CODE_LENGTH - 2))
        taken.add(code)


def test_the_same_chance_gives_the_same_code() -> None:
    assert new_code((), Random(3)) == new_code((), Random(3))


def test_a_full_register_is_said_to_be_full() -> None:
    class Everything:
        def __contains__(self, code: object) -> bool:
            return True

    with pytest.raises(RuntimeError, match="no free code found in 10000 attempts"):
        new_code(Everything(), Random(4))
