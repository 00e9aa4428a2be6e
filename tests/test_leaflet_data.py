"""What the leaflets in `data/` hold: those that the regions have, one text for all senders, few words where few fit."""

import hashlib
import re

import pytest

from generator import Catalogue
from generator.markdown import plain_text
from generator.model.leaflet import Leaflet
from generator.model.topic import Topic
from generator.sheets import sentences_of

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


def text_hash(leaflet: Leaflet, catalogue: Catalogue) -> str:
    return hashlib.sha256("\n".join(sentences_of(leaflet, catalogue)).encode()).hexdigest()


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
    hashes = {sender: text_hash(shared[0], catalogue) for sender in shared[0].senders}
    assert len(set(hashes.values())) == 1
    words = " ".join(sentences_of(shared[0], catalogue))
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
            for sign in ("følelsesløs i skridtet", "svært ved at tisse", "mister kraft i et ben", "Ring"):
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


def test_every_sign_meant_for_paper_is_carried_by_a_line_there(catalogue: Catalogue) -> None:
    for level in catalogue.urgency_levels.values():
        wanted = {flag.id for flag in catalogue.red_flags_at(level.id) if flag.on_paper}
        if level.paper_lines:
            assert {sign for line in level.paper_lines for sign in line.signs} == wanted
            assert catalogue.paper_lines(level.id) == tuple(line.text for line in level.paper_lines)
            assert all(len(line.signs) <= 2 for line in level.paper_lines)
        else:
            assert len(catalogue.paper_lines(level.id)) == len(wanted)


def test_a_title_of_a_region_waits_for_its_permission(catalogue: Catalogue) -> None:
    official = {i.title for i in catalogue.interventions.values() if i.title_is_official}
    for leaflet in catalogue.leaflets.values():
        assert (leaflet.title_permission is None) is (leaflet.title in official), leaflet.id


def test_no_sheet_asks_about_symptoms(catalogue: Catalogue) -> None:
    """Boxes and lines are for questions to ask and things to remember; what one fills in about symptoms is a test."""
    ticked = [line for topic in catalogue.topics.values() for line in topic.body.source.splitlines() if "[ ]" in line]
    assert ticked
    assert all(line.startswith("- [ ] ") and line.endswith("?") for line in ticked), ticked
