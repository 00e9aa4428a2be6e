"""What pages decide about facts, before a template shows it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import generator
from generator.codes.standing import WayOn, leads_at_once, standing
from generator.insertions.blocks import urgency_cards
from generator.model.catalogue import Catalogue
from generator.model.intervention import TAGS, Intervention
from generator.sender.context import Context
from generator.sender.numbers import whom_to_call
from generator.sender.senders import regional_senders
from generator.web.offers import offer_pages
from tests.support.example import write_example

DAY = date(2026, 11, 22)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return generator.load(write_example(tmp_path))


def of(catalogue: Catalogue, day: date = DAY) -> Context:
    return Context(catalogue, regional_senders(catalogue, DAY)[0], day)


def test_a_text_is_overdue_from_the_day_after_it_was_to_be_read_through(catalogue: Catalogue) -> None:
    text = catalogue.topics["oem-skulder"].model_copy(update={"review_due": DAY})
    assert not of(catalogue).is_overdue(text)
    assert of(catalogue, DAY + timedelta(days=1)).is_overdue(text)
    assert not of(catalogue).is_overdue(text.model_copy(update={"review_due": None}))


def test_only_what_is_urgent_is_a_card_and_only_now_shows_numbers(catalogue: Catalogue) -> None:
    flag = next(iter(catalogue.red_flags.values()))
    levels = ("emergency", "now", "soon", "routine")
    level = next(iter(catalogue.urgency_levels.values()))
    every = replace(
        catalogue,
        red_flags={name: flag.model_copy(update={"id": name, "proposed_level": name}) for name in levels},
        urgency_levels={name: level.model_copy(update={"id": name}) for name in levels},
    )
    decided = {c["level"].id: (c["is_urgent"], c["shows_numbers"], c["dials"]) for c in urgency_cards(of(every))}
    assert decided == {
        "emergency": (True, False, True), "now": (True, True, False), "soon": (True, False, False),
        "routine": (False, False, False),
    }  # fmt: skip


def test_a_number_has_its_place_only_where_there_are_several(catalogue: Catalogue) -> None:
    here = of(catalogue)
    assert [call.place for call in whom_to_call(here).areas] == [None]
    wide = replace(here, sender=replace(here.sender, areas=tuple(catalogue.areas.values())))
    calls = whom_to_call(wide).areas
    assert [call.who for call in calls] == [f"{call.name}, {call.area.name}" for call in calls if call.area]


def test_a_code_leads_on_at_once_only_from_paper_that_holds_and_to_one_place(catalogue: Catalogue) -> None:
    edition = next(iter(catalogue.editions.values()))
    way = WayOn("Vest", "oem-skulder/")
    found = replace(standing(catalogue, edition, DAY), kind="current")
    assert leads_at_once(found, (way,))
    assert not leads_at_once(found, (way, way))
    assert not leads_at_once(replace(found, kind="outdated"), (way,))


def test_an_offer_says_its_status_and_whether_its_number_is_confirmed(catalogue: Catalogue) -> None:
    offer = catalogue.interventions["vest-folder"]

    def altered(**values: object) -> Intervention:
        return offer.model_copy(update=values)

    assert altered(status="active").tag is None
    assert {altered(status=status).tag for status in TAGS} == set(TAGS.values())
    assert not altered(phone=None).has_unconfirmed_phone
    assert altered(phone="70 00 00 00", phone_verified_on=None).has_unconfirmed_phone
    assert not altered(phone="70 00 00 00", phone_verified_on=DAY).has_unconfirmed_phone
    assert altered(kind="website", kinds=("video",)).is_of("video")


def test_offers_that_were_only_mentioned_stand_apart_and_once(catalogue: Catalogue) -> None:
    offer = catalogue.interventions["vest-folder"]
    mentioned = offer.model_copy(update={"id": "omtalt", "counted": False, "audience": "both"})
    both = replace(catalogue, interventions={"vest-folder": offer, "omtalt": mentioned})
    context = replace(of(both), sender=next(s for s in regional_senders(both, DAY) if s.id == "vest"))
    shown = next(iter(offer_pages(context))).values
    assert [item.id for item in shown["mentioned_to_citizens"]] == ["omtalt"]
    assert shown["mentioned_to_clinicians"] == []
