"""What is known of Danish: readability figures, who does what, and where each word of a page was written."""

import re
from pathlib import Path, PurePosixPath

import pytest
import yaml

from generator import Catalogue
from generator.checks import find
from generator.text.lix import is_long, readability, words
from generator.text.markdown import convert
from generator.text.prose import blocks
from generator.text.sentences import sentences
from generator.text.verbs import asks_to_act, deeds, passives
from tests.project.test_docs import GUIDE, between
from tests.support.built import TODAY

CASES = Path(__file__).parents[1] / "cases" / "language"
HERE = PurePosixPath("content/emner/proeve.md")


def test_lix_is_reckoned_as_bjoernsson_does() -> None:
    reading = readability(sentences("Lægen undersøger din ryg. Det gør ikke ondt."), {"undersøger"})
    assert (reading.sentences, reading.words, reading.long_words, reading.spared) == (2, 8, 1, 1)
    assert (reading.lix, reading.spared_lix) == (16.5, 4.0)
    assert str(reading) == "LIX 16,5 (4,0 uden de ord, der ikke kan undgås)"


def test_no_text_has_no_lix() -> None:
    assert readability(()).lix == 0


def test_a_word_with_hyphens_is_one_and_so_is_a_number() -> None:
    assert words("MR-scanning den 27. januar: 4–6 uger, 1.000 kr. og EU's regler") == [
        "MR-scanning", "den", "27", "januar", "4–6", "uger", "1.000", "kr", "og", "EU's", "regler",
    ]  # fmt: skip
    assert [word for word in ("smerte", "smerten", "be-ve-ge", "100.000,5") if is_long(word)] == ["smerten"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Det frarådes at løfte.", [("frarådes", "fraråder")]),
        ("Svaret bliver altid sendt til lægen.", [("bliver sendt", None)]),
        ("Planen blev ikke fulgt.", [("blev fulgt", None)]),
        ("Skal du scannes eller opereres?", []),
        ("Det synes at lykkes.", []),
        ("Bliver du bekymret, så ring.", []),
        ("Lægernes og patienternes råd.", []),
        ("Det bliver værre.", []),
    ],
)
def test_passives(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(passive.words, passive.active) for passive in passives(text)] == found


def test_nouns_that_hide_a_deed_are_told_from_everyday_ones() -> None:
    assert deeds("Ved forværring af udstrålingen er undersøgelse mulig.", {"undersøgelse"}) == [
        "forværring",
        "udstrålingen",
    ]


@pytest.mark.parametrize("text", ["Ring til lægen.", "Er du i tvivl, så ring.", "Lad det vente."])
def test_a_sentence_that_asks_for_something(text: str) -> None:
    assert asks_to_act(text)


@pytest.mark.parametrize("text", ["Ring hvornår?", "Lægen ringer.", "Så går det over."])
def test_a_sentence_that_asks_for_nothing(text: str) -> None:
    assert not asks_to_act(text)


BODY = """## Hvad gør du?

Ring til {{ telefon: vagt }} den 3. maj.{{ kilde: bog, side 4 }} **Vent ikke** på [svar](hvem-er-du.md).

{{ alarmtegn }}

1. Gå en tur.
2. Sov godt.

    - Læs, hvad du vil.

| Hvad | Hvor |
|---|---|
| Skriv | her |
"""


def test_the_blocks_of_a_page_and_the_place_of_every_word() -> None:
    body = convert(BODY, HERE)
    found = blocks(body)
    assert [(block.kind, block.text) for block in found] == [
        ("heading", "Hvad gør du?"),
        ("paragraph", "Ring til \ufffc den 3. maj. Vent ikke på svar."),
        ("item", "Gå en tur."),
        ("item", "Sov godt."),
        ("item", "Læs, hvad du vil."),
        ("cell", "Hvad"),
        ("cell", "Hvor"),
        ("cell", "Skriv"),
        ("cell", "her"),
    ]
    for block in found:
        for own, written in block.places:
            assert block.text[own] in ("\ufffc", BODY[written]), block.text[own:]
    line = BODY.split("\n")[2]
    for word, told in (("\ufffc", "{{ telefon"), ("Vent", "Vent"), ("svar", "svar")):
        place = body.position(found[1].offset(found[1].text.index(word)), HERE)
        assert (place.line, place.column) == (3, line.index(told) + 1)


@pytest.mark.whole
def test_every_word_of_the_real_pages_is_found_where_it_was_written(catalogue: Catalogue) -> None:
    for topic in catalogue.topics.values():
        for block in blocks(topic.body):
            for own, written in block.places:
                assert block.text[own] in ("\ufffc", topic.body.source[written]), (topic.id, block.text)


def test_the_project_is_quiet_enough_to_be_read(catalogue: Catalogue) -> None:
    """Where advice stands, it is for words that a clinician or the publisher must choose; anything new is looked at."""
    language = {
        "lix",
        "sign-lix",
        "sign-length",
        "passives",
        "heavy-nouns",
        "hard-words",
        "terms",
        "shares",
        "spelling",
    }
    assert [str(p) for p in find(catalogue, TODAY, "draft").advice if p.check in language] == []


def test_the_guide_shows_advice_as_it_is_given() -> None:
    rows = re.findall(r"^\| `([^`]+ – [^`]+)` \|", between(GUIDE, "## Skriv let dansk", "\n## "), re.MULTILINE)
    given = {
        line.partition(" ")[2]
        for path in CASES.glob("*.yml")
        for line in yaml.safe_load(path.read_text("utf-8"))["problems"].splitlines()
    }
    assert len(rows) > 5
    assert [row for row in rows if row not in given] == []
