"""A slip is found, and good Danish is left in peace: bent words, compounds and the project's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.checks.spelling import is_spelled, missing_dictionary, nearest_spelling
from generator.cli import main
from generator.text import dictionary
from generator.text.dictionary import Dictionary, danish_dictionary, parse_dictionary
from tests.support.example import write_example

AFFIXES = """
FORBIDDENWORD 6
NEEDAFFIX 8
COMPOUNDBEGIN 32
COMPOUNDEND 34
ONLYINCOMPOUND 36
SFX 2 Y 1
SFX 2 0 n/34 e
SFX 3 Y 1
SFX 3 e 0/34 e
SFX 19 Y 1
SFX 19 0 g/8,5,34 g
SFX 5 Y 1
SFX 5 0 en/34 .
SFX 29 Y 1
SFX 29 0 s/32,36 .
SFX 31 Y 1
SFX 31 0 0/32,36 .
SFX 39 Y 1
SFX 39 0 0/34 .
"""
WORDS = "8\nsmerte/2,31,39\nvente/3\nryg/19,31,39\nhverdag/29,39\nlænde/36,31\nforkert/6\npct.\nA-skat st:skat\n"

GOOD = """
    lænderygsmerter rygsmerterne bruskskiven diskusprolaps spinalstenose følelsesløsheden indlægssedlen håndkøbsmedicin
    smertestillende arbejdsstillinger jobcentret jordemoderen tovholderen nerverod sygemeldt genoptræningsplan
    udstråling frarådes kulderystelser knogleskørhed binyrebarkhormon egenhåndtering fysioterapeuterne
    røntgenundersøgelser begynd vent husk aftal henvis trinnene lægevagten tilgængelighedserklæringen
"""
BAD = """
    behandlnig smeter ryggsmerter hverdaggen scaning kiropaktor følelsløs medcin sygemelt jodemoder alligvel interresse
    trinene undersøglse forskelig bevægelsse
"""


@pytest.fixture(scope="module")
def danish() -> Dictionary:
    found = danish_dictionary()
    assert found, missing_dictionary()
    return found


@pytest.mark.parametrize(
    "word", ["smerte", "smerten", "vent", "vente", "ryg", "ryggen", "rygsmerte", "hverdagssmerten", "lænderyg"]
)
def test_words_are_bent_and_joined_as_the_affixes_say(word: str) -> None:
    assert parse_dictionary(AFFIXES, WORDS).knows(word)


@pytest.mark.parametrize("word", ["smerter", "rygg", "lænde", "forkert", "hverdagsmerte", "ventsmerte", "ryggsmerte"])
def test_what_the_affixes_do_not_say_is_unknown(word: str) -> None:
    assert not parse_dictionary(AFFIXES, WORDS).knows(word)


def test_good_danish_is_known(danish: Dictionary) -> None:
    assert [word for word in GOOD.split() if not danish.knows(word)] == []


def test_slips_are_not(danish: Dictionary) -> None:
    assert [word for word in BAD.split() if danish.knows(word)] == []


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("trinene", "trinnene"),
        ("behandlnig", "behandling"),
        ("medcin", "medicin"),
        ("xqzw", None),
    ],
)
def test_what_was_meant_is_one_slip_away(danish: Dictionary, slip: str, meant: str | None) -> None:
    assert nearest_spelling(slip, danish) == meant


@pytest.mark.parametrize("word", ["Smerten", "RYG", "røntgen-", "MR-scanning", "Vesterby", "Vesterbys"])
def test_capitals_hyphens_short_forms_and_own_words_are_fine(danish: Dictionary, word: str) -> None:
    assert is_spelled(word, danish, frozenset({"Vesterby"}))


@pytest.fixture
def without_dictionary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(dictionary, "_PLACES", (tmp_path,))
    danish_dictionary.cache_clear()
    yield
    danish_dictionary.cache_clear()


@pytest.mark.usefixtures("without_dictionary")
def test_a_machine_without_a_dictionary_says_so_once_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert missing_dictionary() == (
        "Stavningen er ikke prøvet: her er ingen dansk ordbog. På Debian og Ubuntu: apt-get install hunspell-da"
    )
    misspelt = {"replace": ["Det er ofte musklerne.", "Det er ofte muskelrne."]}
    monkeypatch.chdir(write_example(tmp_path, {"content/emner/oem-skulder.md": misspelt}))
    result = CliRunner().invoke(main, ["check", "--advice"])
    assert result.exit_code == 0
    assert result.output.count("Stavningen er ikke prøvet") == 1
    assert "muskelrne" not in result.output
