"""What the leaflets in `data/` hold: those that the regions have, one text for all senders, few words where few fit."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from generator import Catalogue
from generator.codes.frozen_words import words_of
from generator.codes.register import text_hash
from generator.model.edition import RegisterEntry
from generator.model.leaflet import Family
from generator.model.record import Origin
from generator.model.topic import Topic
from generator.paper.leaflets import prints
from generator.sender.context import Context
from generator.sender.senders import senders
from generator.text.markdown import plain_text
from tests.support.built import REFORM, TODAY
from tests.support.leaflet_words import sentences_of

ALL = ("nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland", "oestdanmark")
REPORTED = (
    ("forstaa-dine-smerter-i-laenden", "syddanmark", "fold"),
    ("forstaa-dine-smerter-i-laenden", "hovedstaden", "fold"),
    ("forstaa-dine-smerter-i-laenden", "sjaelland", "fold"),
    ("til-dig-der-har-smerter-i-laenderyggen", "nordjylland", "fold"),
    ("postkort-film-om-rygsmerter", "sjaelland", "card"),
    ("postkort-roentgen-og-mr", "sjaelland", "card"),
    ("infoskaerm-ondt-i-laenden", "syddanmark", "screen"),
    ("saadan-bruger-du-folderen-i-samtalen", "syddanmark", "a4"),
)
"""What the regions had on paper and screens when they reported it (benchmark-2024, table 6.1 and chapter 6)."""
OWN = (
    ("hvornaar-skal-du-soege-hjaelp", "card"),
    ("skal-du-scannes", "a4"),
    ("det-kan-du-spoerge-om", "a4"),
    ("plakat-ondt-i-laenden", "poster"),
    ("hvornaar-er-billeder-relevante", "a4"),
)
MOST_WORDS_ON_A_SLIDE = 20
"""Read in eight seconds by a slow reader, heading included; the number after a telephone's name counts as one."""


@pytest.mark.parametrize(("name", "sender", "paper_format"), REPORTED)
def test_what_a_region_reported_exists_for_that_region(
    name: str, sender: str, paper_format: str, catalogue: Catalogue
) -> None:
    assert sender in catalogue.leaflets[name].senders
    assert paper_format in catalogue.leaflets[name].formats


@pytest.mark.parametrize(("name", "paper_format"), OWN)
def test_our_own_leaflets_exist_for_every_region(name: str, paper_format: str, catalogue: Catalogue) -> None:
    assert catalogue.leaflets[name].senders == ALL
    assert paper_format in catalogue.leaflets[name].formats


def test_three_regions_hand_out_one_text(catalogue: Catalogue) -> None:
    shared = [leaf for leaf in catalogue.leaflets.values() if leaf.title == "Forstå dine smerter i lænden"]
    assert [leaf.id for leaf in shared] == ["forstaa-dine-smerter-i-laenden"]
    assert {"syddanmark", "hovedstaden", "sjaelland"} <= set(shared[0].senders)
    printed = {text_hash(words_of(catalogue, shared[0], family)) for family in shared[0].families}
    assert len(printed) == 1, "all its formats carry the same words, and no word of a sender's own"
    words = " ".join(piece.words for piece in words_of(catalogue, shared[0], "a4"))
    assert not [region.name for region in catalogue.regions.values() if region.short_name in words]


def test_a_code_leads_to_the_page_of_the_same_name(catalogue: Catalogue) -> None:
    leaflet = catalogue.leaflets["til-dig-der-har-smerter-i-laenderyggen"]
    assert leaflet.landing_topic == leaflet.id
    assert catalogue.topics[leaflet.landing_topic].title == leaflet.title


def test_the_postcards_lead_to_the_films(catalogue: Catalogue) -> None:
    for leaflet in (leaf for leaf in catalogue.leaflets.values() if leaf.id.startswith("postkort-")):
        landing = catalogue.topics[leaflet.landing_topic]
        assert ("videoer", ("borgere",)) in [(i.name, i.arguments) for i in landing.body.insertions]


def test_what_clinicians_and_slides_carry_no_signs_and_everything_else_for_citizens_does(catalogue: Catalogue) -> None:
    for leaflet in catalogue.leaflets.values():
        few = leaflet.audience == "clinicians" or leaflet.id.startswith(("postkort-", "infoskaerm-", "plakat-"))
        assert ("now" in leaflet.signs) is not few, leaflet.id


def test_words_without_signs_for_citizens_still_tell_when_to_call(catalogue: Catalogue) -> None:
    for leaflet in catalogue.leaflets.values():
        if leaflet.audience == "citizens" and not leaflet.signs:
            words = " ".join(sentences_of(leaflet, catalogue))
            for sign in ("følelsesløs i skridtet", "svært ved at tisse", "kraft i et ben", "Ring"):
                assert sign in words, leaflet.id
            names = {i.name for part in leaflet.parts for i in catalogue.topics[part.topic].body.insertions}
            assert "telefon" in names, leaflet.id


def slides(topic: Topic) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in topic.body.tree:
        if element.tag == "h2":
            heading = plain_text(element).strip()
            found[heading] = heading
        else:
            found[heading] += " " + " ".join(piece for piece in element.itertext())
            found[heading] += " nummer" * sum(1 for i in element.iter("insertion") if i.get("name") == "telefon")
    return found


def test_a_slide_is_read_at_a_glance(catalogue: Catalogue) -> None:
    found = slides(catalogue.topics["infoskaerm-ondt-i-laenden"])
    assert 5 <= len(found) <= 9
    for heading, words in found.items():
        assert len(re.findall(r"\w[\w–-]*", words)) <= MOST_WORDS_ON_A_SLIDE, heading


def test_where_there_are_two_numbers_each_is_told_with_its_place(catalogue: Catalogue) -> None:
    leaflet = catalogue.leaflets["infoskaerm-ondt-i-laenden"]
    entry = RegisterEntry.model_construct(
        id="2aaaaa", leaflet=leaflet.id, sender="oestdanmark", language="da", format_family="screen", status="draft",
        reserved_on=TODAY, origin=Origin(PurePosixPath("data/editions.yml")), chain="0" * 16,
    )  # fmt: skip
    alone = replace(catalogue, leaflets={leaflet.id: leaflet}, entries={"1": entry})
    sender = next(sender for sender in senders(alone, REFORM) if sender.id == "oestdanmark")
    words = repr(next(prints(Context(alone, sender, REFORM))).sheet.blocks).replace("\\xa0", " ")
    assert "Akuttelefonen (Hovedstaden) på 1813 (ikke bekræftet) eller lægevagten (Sjælland) på 1818" in words


def test_every_sign_meant_for_paper_is_carried_by_a_line_there(catalogue: Catalogue) -> None:
    for level in catalogue.urgency_levels.values():
        wanted = {flag.id for flag in catalogue.red_flags_at(level.id) if flag.on_paper}
        if level.paper_lines:
            assert {sign for line in level.paper_lines for sign in line.signs} == wanted
            assert catalogue.paper_lines(level.id) == tuple(line.text for line in level.paper_lines)
            assert all(len(line.signs) <= 2 for line in level.paper_lines)
        else:
            assert len(catalogue.paper_lines(level.id)) == len(wanted)


@pytest.mark.parametrize(
    ("name", "family"), [("hvornaar-skal-du-soege-hjaelp", "a4"), ("hvornaar-skal-du-soege-hjaelp", "card")]
)
def test_what_is_frozen_is_what_is_printed(name: str, family: Family, catalogue: Catalogue) -> None:
    """A code tells later which words changed; it can only do so from the words that were on the paper."""
    leaflet, short = catalogue.leaflets[name], family == "card"
    signs = [piece.words for piece in words_of(catalogue, leaflet, family) if piece.kind == "sign"]
    assert signs == [line for level in leaflet.signs for line in catalogue.paper_lines(level, short=short)]
    texts = [piece.words for piece in words_of(catalogue, leaflet, family) if piece.kind == "text"]
    assert (texts == [leaflet.promise]) is short


def test_clinicians_sheets_freeze_no_signs(catalogue: Catalogue) -> None:
    for leaflet in (leaf for leaf in catalogue.leaflets.values() if not leaf.signs):
        for family in leaflet.families:
            assert not [piece for piece in words_of(catalogue, leaflet, family) if piece.kind == "sign"]


def test_a_title_of_a_region_waits_for_its_permission(catalogue: Catalogue) -> None:
    official = {i.title for i in catalogue.interventions.values() if i.title_is_official}
    for leaflet in catalogue.leaflets.values():
        assert (leaflet.title_permission is None) is (leaflet.title in official), leaflet.id


def test_no_sheet_asks_about_symptoms(catalogue: Catalogue) -> None:
    """Boxes and lines are for questions to ask and things to remember; what one fills in about symptoms is a test."""
    ticked = [line for topic in catalogue.topics.values() for line in topic.body.source.splitlines() if "[ ]" in line]
    assert ticked
    assert all(line.startswith("- [ ] ") and line.endswith("?") for line in ticked), ticked
