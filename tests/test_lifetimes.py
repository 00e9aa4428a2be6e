"""What has a last day says so while it lasts, and is not shown after it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import generator
from generator import Catalogue
from generator.insertions import Setting, all_numbers, fill, number_html, whom_to_call
from generator.pages import pages
from generator.plan import Plan
from generator.senders import past_sender
from tests.example import write_example

LAST = date(2026, 12, 5)
AFTER = date(2026, 12, 6)


@pytest.fixture
def dated(tmp_path: Path) -> Catalogue:
    """Return the example with a last day on a film, an island, an offer, a number and a source."""
    ended = f"\n  valid_to: {LAST}\n"
    island = f"name: Vest\n  exceptions: [{{place: Øen, says: Spørg i havnen., valid_to: {LAST}}}]\n"
    later = (
        '  - {purpose: out-of-hours, name: lægevagten, number: "70 00 00 02", hours: altid, hours_in_english: always,'
    )
    before = '"70 00 00 01", hours: alle andre tider, hours_in_english: all other times, citations: [{source: avis}]}\n'
    after = before.replace("]}", f"], valid_to: {LAST}}}") + f"{later} valid_from: {AFTER}}}\n"
    return generator.load(write_example(tmp_path, {
        "data/areas.yml": {"replace": [["name: Vest\n", island], [before, after]]},
        "data/videos.yml": {"replace": ["- id: film-om-skuldre\n", f"- id: film-om-skuldre{ended}"]},
        "data/sources.yml": {"replace": ["- id: avis\n", f"- id: avis{ended}"]},
        "content/om/om-siden.md": {"replace": ["Læs om", "{{ videoer: borgere }}\n\nLæs om"]},
        "data/interventions/vest.yml": {"replace": ["- id: vest-folder\n", f"- id: vest-folder{ended}"]},
    }))  # fmt: skip


def setting(catalogue: Catalogue, day: date) -> Setting:
    return Setting(catalogue, past_sender(catalogue, catalogue.regions["vest"]), day)


def films(catalogue: Catalogue, day: date) -> list[Any]:
    parts = fill(catalogue.topics["om-siden"].body, setting(catalogue, day), "./")
    return [film for part in parts if not isinstance(part, str) for film in part.values["videos"]]


def test_a_film_is_shown_until_its_last_day(dated: Catalogue) -> None:
    assert [film.id for film in films(dated, LAST)] == ["film-om-skuldre"]
    assert films(dated, AFTER) == []


def test_an_exception_for_an_island_is_told_until_its_last_day(dated: Catalogue) -> None:
    def told(day: date) -> list[str]:
        return [place.place for _, phone in whom_to_call(setting(dated, day)).areas for place in phone["exceptions"]]

    assert told(LAST) == ["Øen"]
    assert told(AFTER) == []


def test_an_offer_has_a_page_until_its_last_day(dated: Catalogue) -> None:
    def offers(day: date) -> list[str]:
        sender = past_sender(dated, dated.regions["vest"])
        return [page.address for page in pages(dated, sender, Plan(day)) if re.match("tilbud/.", page.address)]

    assert offers(LAST) == ["tilbud/vest-folder/"]
    assert offers(AFTER) == []


def test_a_number_says_how_long_it_holds_wherever_it_is_shown(dated: Catalogue) -> None:
    phone = dated.areas["vest"].phone("out-of-hours", LAST)
    assert phone is not None
    assert number_html(phone).endswith(" (gælder til 5. december 2026)")
    rows = {area.id: row["until"] for area, row in all_numbers(setting(dated, LAST))}
    assert rows == {"vest": "5. december 2026", "oest": None}
    assert {row["number"] for _, row in all_numbers(setting(dated, AFTER))} == {"70 00 00 02", "1899"}


def sources(catalogue: Catalogue, day: date, profile: str = "publish") -> list[str]:
    problems = generator.check(catalogue, day, profile)
    return [problem.message for problem in problems if problem.position.path.name == "sources.yml"]


def test_nothing_is_published_on_the_word_of_a_source_that_has_expired(dated: Catalogue) -> None:
    assert sources(dated, LAST) == []
    assert sources(dated, AFTER) == ["kilden »avis« gjaldt kun til 5. december 2026"]
    assert sources(dated, AFTER, "draft") == []


def test_nothing_is_published_on_the_word_of_a_source_to_come(tmp_path: Path) -> None:
    change = {"replace": ["- id: haandbog\n", "- id: haandbog\n  valid_from: 2027-01-01\n"]}
    catalogue = generator.load(write_example(tmp_path, {"data/sources.yml": change}))
    assert sources(catalogue, LAST) == ["kilden »haandbog« gælder først fra 1. januar 2027"]


def test_an_old_source_that_nothing_rests_on_may_stay(tmp_path: Path) -> None:
    old = "- {id: gammel, title: Den gamle, publisher: Forlaget, kind: report, seen: read, valid_to: 2020-12-31}\n"
    change = {"replace": ["- id: avis\n", f"{old}- id: avis\n"]}
    assert sources(generator.load(write_example(tmp_path, {"data/sources.yml": change})), LAST) == []
