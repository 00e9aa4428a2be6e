"""Danish as a Dane writes it, and the one way from Danish to an address."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import danish
from generator.danish import alphabetical, counted, decimal, did_you_mean, joined, long_date, nearest, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Forstå dine smerter", "forstaa-dine-smerter"),
        ("Røde ører – på Ærø?", "roede-oerer-paa-aeroe"),
        ("Å", "aa"),
        ("A\u030a", "aa"),  # å in two pieces, as a Mac writes file names
        ("Hvad er MR-scanning?", "hvad-er-mr-scanning"),
        ("idé, Müller, smörgås, à la carte", "ide-muller-smoergaas-a-la-carte"),
        ("  --  ", ""),
        ("", ""),
        ("50 %", "50"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_safe_in_an_address_and_stays_what_it_is(text: str) -> None:
    made = slug(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert slug(made) == made


@given(st.text(alphabet="abcæøåABCÆØÅ 19", min_size=1))
def test_capitals_make_no_difference_to_a_slug(text: str) -> None:
    assert slug(text) == slug(text.upper()) == slug(text.lower())


def test_dates_lists_and_numbers() -> None:
    assert long_date(date(2027, 1, 1)) == "1. januar 2027"
    assert [joined(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a og b", "a, b og c"]
    assert joined(["a", "b"], "eller") == "a eller b"
    assert [counted(n, "side", "sider") for n in (0, 1, 2)] == ["0 sider", "1 side", "2 sider"]
    assert [decimal(n) for n in (67500, 14.1, -7, 0.5, 1234567.25)] == ["67.500", "14,1", "-7", "0,5", "1.234.567,25"]


def test_a_near_miss_is_guessed_and_a_far_one_is_not() -> None:
    assert nearest("titel", ["title", "summary"]) == "title"
    assert nearest("xyz", ["title", "summary"]) is None
    assert did_you_mean("titel", ["title", "summary"]) == "mente du »title«?"
    assert did_you_mean("xyz", ["title", "summary"]) == ""


def test_the_danish_alphabet() -> None:
    places = ["Aalborg", "Ærø", "Allerød", "Ølsted", "Zealand", "Odder"]
    assert sorted(places, key=alphabetical) == ["Allerød", "Odder", "Zealand", "Ærø", "Ølsted", "Aalborg"]


def test_the_months_are_twelve() -> None:
    assert len(set(danish.MONTHS)) == 12
