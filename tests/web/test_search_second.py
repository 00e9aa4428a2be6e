"""Search as a second author asks, who had seen neither the first set nor the word list nor the texts.

The first measurement, on 2026-11-22, before anything was changed, in all five regions: help first for 87.2 % of the
alarms (375 of 430), the right page among the first three for 88.7 % of the rest (849 of 957: 92.7 % of what citizens
type, 29 % of what professionals do). Half of the rest, by the same rule as in test_search.py, was set aside and was
only counted: 90.1 % (427 of 474) before the search was improved on the other half, 93.7 % (444 of 474) after, of what
citizens type 92.1 and then 94.4 %. That is short of 95, and the floor below is what was reached.

Alarms were mended in both halves, for safety outranks a clean measurement, so that 100 % of them says nothing of the
next words. Two further draws say it, each by somebody who tried to be hard: 51.8 % before any mending (29 of 56) and
76.5 % after it (39 of 51), untouched. They too are mended now. Hence the search page names the help page above every
answer.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.searching import HELP, REGIONS, Search
from tests.web.test_search import is_set_aside, slipped

SECOND = yaml.safe_load((Path(__file__).parent / "search_queries_second.yml").read_text("utf-8"))
ALARMS = [text for draw in ("alarms", "alarms_later", "alarms_last") for text in SECOND[draw]]
REST = [row for kind in ("everyday", "regional", "clinical") for row in SECOND[kind]]
FLOOR = 0.93
"""The share that the half set aside reached in the region where it did worst (87 of 93), rounded down."""

OTHERS = [pytest.param(region, marks=pytest.mark.long) for region in REGIONS[1:]]
each_region = pytest.mark.parametrize("region", [REGIONS[0], *OTHERS])


def asked_in(region: str, *, aside: bool) -> list[dict[str, Any]]:
    """Return the rows of one half that are asked in the region."""
    return [row for row in REST if row.get("region", region) == region and is_set_aside(row["query"]) == aside]


def missed(ask: Search, rows: list[dict[str, Any]]) -> list[str]:
    """Return the queries for which none of their pages is among the first three."""
    answers = zip(rows, ask.all([row["query"] for row in rows]), strict=True)
    return [row["query"] for row, found in answers if not {page.strip("/") for page in found[:3]} & set(row["pages"])]


def test_the_second_set_is_large_enough_and_asks_nothing_twice() -> None:
    texts = [row["query"] for row in REST] + ALARMS
    assert len(texts) == len(set(texts)) >= 160
    assert len(ALARMS) >= 45


@each_region
def test_an_alarm_puts_the_help_page_first(searches: dict[str, Search], region: str) -> None:
    answers = zip(ALARMS, searches[region].all(ALARMS), strict=True)
    assert [text for text, found in answers if found[:1] != [HELP]] == []


@each_region
def test_the_half_set_aside_finds_as_much_as_it_did(searches: dict[str, Search], region: str) -> None:
    rows = asked_in(region, aside=True)
    assert len(missed(searches[region], rows)) <= len(rows) * (1 - FLOOR)


@each_region
def test_the_half_tuned_on_is_found(searches: dict[str, Search], region: str) -> None:
    assert missed(searches[region], asked_in(region, aside=False)) in ([], ["hvor mange får mr scanning pr 1000"])


def test_what_only_one_region_has_is_found_there(searches: dict[str, Search]) -> None:
    rows = [row for row in REST if "region" in row and not is_set_aside(row["query"])]
    assert [row["query"] for row in rows if missed(searches[row["region"]], [row])] == []


def test_everyday_questions_are_not_all_answered_with_alarms(searches: dict[str, Search]) -> None:
    """Alarms that stand first whatever is asked are read by nobody: at most one in twenty may do so unasked."""
    others = [row["query"] for row in SECOND["everyday"] if HELP.strip("/") not in row["pages"]]
    first = [text for text, found in zip(others, searches[REGIONS[0]].all(others), strict=True) if found[:1] == [HELP]]
    assert len(first) <= len(others) / 20


@pytest.mark.long
def test_one_slip_in_an_alarm_still_puts_the_help_page_first(searches: dict[str, Search]) -> None:
    slips = [slip for text in ALARMS if len(max(text.split(), key=len)) >= 6 for slip in slipped(text)]
    assert len(slips) > 250
    found = searches[REGIONS[0]].all(slips)
    assert sum(pages[:1] == [HELP] for pages in found) >= len(slips) * 0.95


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("flexjob", "arbejde-og-sygemelding/"),  # a letter as it is said
        ("fysiotherapeut", "hvem-kan-hjaelpe-dig/"),
        ("skive skred", "smerter-ned-i-benet/"),  # one word written as two
        ("jobc enter", "arbejde-og-sygemelding/"),
        ("kiropraktorellerlæge", "hvem-kan-hjaelpe-dig/"),  # several words written as one
        ("parazetanol", "medicin/"),  # two slips that sound or lie alike
        ("kan ikk tise", HELP),
        ("kan ik gaa", HELP),
    ],
)
def test_how_words_are_written_on_a_phone(searches: dict[str, Search], typed: str, page: str) -> None:
    assert page in searches[REGIONS[0]](typed)[:1]


@pytest.mark.parametrize("typed", ["knæet klapper sammen", "Min FOD slæber", "tæerne sover"])
def test_an_expression_holds_alternatives(searches: dict[str, Search], typed: str) -> None:
    assert searches[REGIONS[0]](typed)[:1] == [HELP]


@pytest.mark.parametrize("typed", ["hvad kan jeg gøre selv", "min læge", "sove"])
def test_a_word_we_know_is_not_the_beginning_of_an_urgent_one(searches: dict[str, Search], typed: str) -> None:
    assert searches[REGIONS[0]](typed)[:1] != [HELP]
