"""The real leaflets of every region, as they come out of the build."""

import re
from datetime import date
from pathlib import Path

import page
import pytest
import zxingcpp

from generator import Catalogue, sheets
from generator.plan import Plan
from generator.senders import senders
from tests.built import REFORM, TODAY, site
from tests.paper import pictures, squeezed, text_of

LEAFLET = "forstaa-dine-smerter-i-laenden"
EVERYWHERE = [
    *((TODAY, name) for name in ("nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland")),
    (REFORM, "oestdanmark"),
]
everywhere = pytest.mark.parametrize(("day", "region"), EVERYWHERE, ids=[name for _, name in EVERYWHERE])


def pdf(day: date, region: str) -> bytes:
    return (site(day) / region / "foldere" / f"{LEAFLET}-a4.pdf").read_bytes()


@everywhere
def test_it_is_accessible(day: date, region: str) -> None:
    report = page.validate_pdf_bytes(pdf(day, region), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


@everywhere
def test_it_carries_every_sentence_of_the_text(day: date, region: str, catalogue: Catalogue) -> None:
    words = squeezed("".join(text_of(pdf(day, region))))
    for sentence in sheets.sentences_of(catalogue.leaflets[LEAFLET], catalogue):
        for piece in re.split(r"(?<=[.?!])\s*", sentence):
            assert squeezed(piece) in words, piece


@everywhere
def test_it_carries_every_sign_chosen_for_paper_and_whom_to_call(day: date, region: str, catalogue: Catalogue) -> None:
    words = squeezed("".join(text_of(pdf(day, region))))
    for level in sheets.PAPER_LEVELS:
        for line in catalogue.paper_lines(level):
            assert squeezed(line) in words, line
    assert squeezed("Får du ikke fat i nogen med det samme, så ring 112.") in words
    for area in catalogue.regions[region].areas:
        phone = catalogue.areas[area].phone("out-of-hours", day)
        assert phone is not None
        assert phone.number is not None
        assert squeezed(f"{phone.number} (ikke bekræftet)") in words


@everywhere
def test_every_page_is_marked_as_a_draft_of_our_own(day: date, region: str) -> None:
    words = text_of(pdf(day, region))
    assert 1 <= len(words) <= 2
    assert all("KLADDE" in text for text in words)
    assert squeezed("Nyskrevet udkast, ikke regionens egen folder.") in "".join(words)


@everywhere
@pytest.mark.parametrize("dpi", [150, 300])
def test_its_one_code_can_be_read_from_the_picture_of_it(
    day: date, region: str, dpi: int, catalogue: Catalogue
) -> None:
    codes = [code.text for picture in pictures(pdf(day, region), dpi) for code in zxingcpp.read_barcodes(picture)]
    own = [edition.id for edition in catalogue.editions.values() if edition.sender == region]
    assert codes == [f"https://borgerinfo.example/q/{own[0]}/"]


def test_regions_differ_in_sender_number_and_colour_but_not_in_words(catalogue: Catalogue) -> None:
    plan = Plan(TODAY)
    blocks = {
        str(item.sheet.blocks)
        for sender in senders(catalogue, TODAY)
        for item in sheets.prints(catalogue, sender, plan)
    }
    assert len(blocks) == 1


def test_the_picture_on_the_card_is_the_first_page(tmp_path: Path) -> None:
    data = (site(TODAY) / "sjaelland" / "foldere" / f"{LEAFLET}-a4.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) < 16_000
