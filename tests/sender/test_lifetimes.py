"""What has a last day says so while it lasts, and is not shown after it."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import generator
from generator import Catalogue
from generator.insertions.parts import fill
from generator.model.sheet import PhoneRow
from generator.paper.board import board, board_job
from generator.publish.build_request import BuildRequest
from generator.publish.proofreading import printed_text
from generator.publish.site import build_site
from generator.sender.context import Context
from generator.sender.numbers import all_numbers, phone_rows, whom_to_call
from generator.sender.senders import past_sender
from generator.web.all_in_one_file import LONGEST, keeps_until
from generator.web.pages import pages
from tests.support.approved import DAY, write_approved
from tests.support.built import store
from tests.support.example import alter, write_example

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


def context(catalogue: Catalogue, day: date) -> Context:
    return Context(catalogue, past_sender(catalogue, catalogue.regions["vest"]), day)


def films(catalogue: Catalogue, day: date) -> list[Any]:
    parts = fill(catalogue.topics["om-siden"].body, context(catalogue, day), "./")
    return [film for part in parts if not isinstance(part, str) for film in part.values["videos"]]


def test_a_film_is_shown_until_its_last_day(dated: Catalogue) -> None:
    assert [film.id for film in films(dated, LAST)] == ["film-om-skuldre"]
    assert films(dated, AFTER) == []


def test_an_exception_for_an_island_is_told_until_its_last_day(dated: Catalogue) -> None:
    def told(day: date) -> list[str]:
        return [place.place for one in whom_to_call(context(dated, day)).areas for place in one.exceptions]

    assert told(LAST) == ["Øen"]
    assert told(AFTER) == []


def test_an_offer_has_a_page_until_its_last_day(dated: Catalogue) -> None:
    def offers(day: date) -> list[str]:
        sender = past_sender(dated, dated.regions["vest"])
        return [page.address for page in pages(Context(dated, sender, day)) if re.match("tilbud/.", page.address)]

    assert offers(LAST) == ["tilbud/vest-folder/"]
    assert offers(AFTER) == []


def test_a_number_says_how_long_it_holds_wherever_it_is_shown(dated: Catalogue) -> None:
    told = {one.area.id: one for one in all_numbers(context(dated, LAST)) if one.area}
    assert told["vest"].html.endswith(" (gælder til 5. december 2026)")
    assert {name: one.until for name, one in told.items()} == {"vest": "5. december 2026", "oest": None}
    assert {one.number for one in all_numbers(context(dated, AFTER))} == {"70 00 00 02", "1899"}


@pytest.mark.whole
def test_a_sheet_for_the_board_says_how_long_its_numbers_and_offers_hold(dated: Catalogue, tmp_path: Path) -> None:
    here = context(dated, LAST)
    sheet = board(here)
    assert sheet.numbers[1:] == phone_rows(here)
    (tmp_path / "ark.pdf").write_bytes(board_job(here).make().pdf)
    words = " ".join(printed_text(tmp_path / "ark.pdf").split())
    assert "Nummeret gælder til 5. december 2026." in words
    assert "Din ømme skulder (gælder til 5. december 2026)" in words


def test_a_number_in_a_sentence_on_paper_says_how_long_it_holds(dated: Catalogue) -> None:
    assert [one.spoken.replace("\u00a0", " ") for one in all_numbers(context(dated, LAST))] == [
        "lægevagten på 70 00 00 01 (ikke bekræftet) (gælder til 5. december 2026)",
        "vagttelefonen på 1899 (ikke bekræftet)",
    ]


def test_the_hours_of_ones_own_gp_say_how_long_they_hold(dated: Catalogue) -> None:
    vest = dated.areas["vest"]
    phones = (vest.phones[0].model_copy(update={"valid_to": LAST}), *vest.phones[1:])
    areas = {**dated.areas, "vest": vest.model_copy(update={"phones": phones})}
    assert phone_rows(context(replace(dated, areas=areas), LAST))[0] == PhoneRow(
        who="Egen læge", hours="hverdage kl. 8-16", number=None, until="Det gælder til 5. december 2026."
    )


@pytest.mark.whole
def test_a_hotline_says_how_long_it_holds_on_the_first_page_of_clinicians(tmp_path: Path) -> None:
    hotline = f"""interventions:
- {{id: vest-hotline, region: vest, audience: clinicians, kind: hotline, scope: region, status: active, counted: true,
   title: Ring og spørg, summary: En linje til læger., phone: "70 00 00 09", valid_to: {LAST},
   citations: [{{source: avis}}]}}
"""
    root = write_approved(tmp_path, {"data/interventions/vest.yml": {"replace": ["interventions:\n", hotline]}})
    request = BuildRequest(root, tmp_path / "site", LAST, site_url="https://skulder.sundhed.dk/")
    build_site(generator.load(root), request, store())
    page = (tmp_path / "site/vest/fagfolk/index.html").read_text("utf-8")
    assert "Gælder til 5. december 2026" in page


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


ISLAND = "name: Vest\n  exceptions: [{{place: Øen, says: Spørg i havnen., {}}}]\n"
VEST, FILM, OFFER = "data/areas.yml", "data/videos.yml", "data/interventions/vest.yml"
HELP = "content/emner/oem-skulder.md"
SHOWN = {HELP: {"replace": ["Det er ofte", "{{ videoer: borgere }}\n\n{{ indsatser: borgere }}\n\nDet er ofte"]}}


@pytest.mark.parametrize(
    ("path", "old", "new", "last"),
    [
        (VEST, "name: Vest\n", ISLAND.format("valid_to: 2026-12-05"), LAST),
        (VEST, "name: Vest\n", ISLAND.format("valid_from: 2026-12-06"), LAST),
        (VEST, "name: Vest\n", ISLAND.format("valid_from: 2027-12-06"), None),
        (VEST, "name: Øst\n", ISLAND.format("valid_to: 2026-12-05").replace("Vest", "Øst"), None),
        (VEST, "hours: hverdage kl. 8-16", "valid_to: 2026-12-05, hours: hverdage kl. 8-16", LAST),
        (VEST, '"70 00 00 01"', '"70 00 00 01", valid_to: 2026-12-05', LAST),
        (VEST, '"70 00 00 01"', '"70 00 00 01", verified_on: 2025-09-05', date(2026, 12, 5)),
        (FILM, "- id: film-om-skuldre\n", "- id: film-om-skuldre\n  valid_to: 2026-12-05\n", LAST),
        (FILM, "- id: film-om-skuldre\n", "- id: film-om-skuldre\n  valid_from: 2026-12-06\n", LAST),
        (OFFER, "- id: vest-folder\n", "- id: vest-folder\n  valid_to: 2026-12-05\n", LAST),
        (OFFER, "- id: vest-folder\n", "- id: vest-folder\n  valid_from: 2026-12-06\n", LAST),
        ("data/sources.yml", "- id: avis\n", "- id: avis\n  valid_to: 2026-12-05\n", LAST),
        ("content/emner/hvornaar-skal-du-ringe.md", "review_due: null", "review_due: 2026-12-05", LAST),
        ("content/om/om-siden.md", "review_due: null", "review_due: 2026-12-05", None),
    ],
)
def test_the_one_file_keeps_until_the_day_before_anything_in_it_changes(
    tmp_path: Path, path: str, old: str, new: str, last: date | None
) -> None:
    root = write_example(tmp_path, SHOWN)
    alter(root / path, {"replace": [old, new]})
    assert keeps_until(context(generator.load(root), DAY)) == (last or DAY + LONGEST)


def test_the_one_file_keeps_no_longer_than_its_signatures(tmp_path: Path) -> None:
    catalogue = generator.load(write_approved(tmp_path))
    assert keeps_until(context(catalogue, DAY)) == DAY + LONGEST
    text = catalogue.topics["oem-skulder"]
    signed = tuple(one.model_copy(update={"until": LAST}) for one in text.approved_by or ())
    topics = {**catalogue.topics, text.id: text.model_copy(update={"approved_by": signed})}
    assert keeps_until(context(replace(catalogue, topics=topics), DAY)) == LAST


OVERDUE = "Teksten skulle være gennemgået senest 1. november 2027."


@pytest.mark.whole
def test_a_text_that_was_not_read_through_in_time_says_so_wherever_it_stands(tmp_path: Path) -> None:
    root = write_approved(tmp_path)
    request = BuildRequest(root, tmp_path / "site", date(2027, 11, 20), "publish", "https://skulder.sundhed.dk/")
    build_site(generator.load(root), request, store())
    told = {
        name: (tmp_path / "site" / name / "index.html").read_text("utf-8").count(OVERDUE)
        for name in ("", "vest", "vest/oem-skulder", "vest/samlet", "vest/fagfolk/standardtekster", "vest/soeg")
    }
    assert told == {
        "": 1, "vest": 1, "vest/oem-skulder": 1, "vest/samlet": 2, "vest/fagfolk/standardtekster": 1, "vest/soeg": 0,
    }  # fmt: skip


@pytest.mark.whole
@pytest.mark.parametrize(
    ("asked", "shown"),
    [(None, False), ("2025-06-01", False), ("2026-09-01", True)],
    ids=["never", "long-ago", "lately"],
)
def test_a_region_published_alone_shows_of_the_others_what_they_answer_for(
    tmp_path: Path, asked: str | None, shown: bool
) -> None:
    """Whoever lands on a wrong address may be from anywhere; a number that nobody answers for is worse than none."""
    answered = "verified_on: 2026-11-01"
    assert answered in (write_approved(tmp_path / "as-it-is") / "data/areas.yml").read_text("utf-8")
    root = write_approved(tmp_path / "changed")
    areas = root / "data/areas.yml"
    before, east, after = areas.read_text("utf-8").partition("- id: oest")
    after = after.replace(f", {answered}", f", verified_on: {asked}" if asked else "")
    areas.write_text(before + east + after, "utf-8")
    request = BuildRequest(root, tmp_path / "site", DAY, "publish", "https://vest.sundhed.dk/", "vest")
    build_site(generator.load(root), request, store())
    for name in ("404.html", "q/index.html"):
        html = (tmp_path / "site" / name).read_text("utf-8")
        assert "70 00 00 01" in html
        assert ("1899" in html) == shown
        assert "ikke bekræftet" not in html
