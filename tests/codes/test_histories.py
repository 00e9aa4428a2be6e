"""Whatever becomes of regions, numbers and leaflets: every code ever issued leads to something right, in one hop."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import Catalogue
from generator.codes.register import first_fault, seal
from generator.codes.server_maps import leads
from generator.sender.context import Context
from generator.sender.senders import senders
from generator.web.code_pages import pages_of_codes
from generator.web.pages import pages
from tests.support.histories import LEAFLET, History, beginning

Step = tuple[int, str, int, int]
"""Days that pass, what happens, and two numbers that choose to whom."""
STEPS = ("merge", "split", "rename", "new_number", "edit", "reserve", "release", "withdraw")
LAST = ("forget_region", "drop_leaflet", "new_number", "edit")
"""What leaves little for later steps to do comes at the end."""


def several(steps: tuple[str, ...], least: int, most: int) -> st.SearchStrategy[list[Step]]:
    step = st.tuples(st.integers(1, 400), st.sampled_from(steps), st.integers(0, 9), st.integers(0, 9999))
    return st.lists(step, min_size=least, max_size=most)


steps = st.builds(lambda first, last: [*first, *last], several(STEPS, 8, 30), several(LAST, 0, 3))


def tell(history: History, step: Step) -> None:
    days, what, one, other = step
    history.later(days)
    arguments = {"merge": (one, other), "new_number": (one, other), "reserve": (), "drop_leaflet": (), "edit": (other,)}
    getattr(history, what)(*arguments.get(what, (one,)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps, st.integers(0, 4000))
def test_every_code_ever_issued_leads_to_something_right(told: list[Step], ahead: int) -> None:
    assert_history_resolves(told, ahead)


@pytest.mark.long
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps, st.integers(0, 4000))
def test_every_code_of_many_histories_leads_to_something_right(told: list[Step], ahead: int) -> None:
    assert_history_resolves(told, ahead)


def assert_history_resolves(told: list[Step], ahead: int) -> None:
    history, issued = beginning(), set[str]()
    for step in told:
        tell(history, step)
        issued |= set(history.catalogue.editions)
    for day in (history.day, history.day + timedelta(days=ahead)):
        assert_all_resolve(history.catalogue, day, issued)


def assert_all_resolve(catalogue: Catalogue, day: date, issued: set[str]) -> None:
    everyone = senders(catalogue, day)
    own = {sender.id: addresses(Context(catalogue, sender, day)) for sender in everyone}
    whole = {sender.prefix + address for sender in everyone for address in own[sender.id]}
    found = behind_codes(Context(catalogue, everyone[0], day))
    assert set(found) == {f"{form(code)}" for code in issued for form in (lower, upper)}
    for values in found.values():
        assert_right(catalogue, day, values, whole)
    assert_servers_agree(catalogue, day, issued, whole)
    for sender in everyone[1:]:
        alone = behind_codes(Context(catalogue, sender, day, alone=True))
        assert set(alone) >= {lower(e.id) for e in catalogue.editions.values() if e.sender == sender.id}
        for values in alone.values():
            assert_right(catalogue, day, values, own[sender.id])
            assert {way.name for way in values["ways"]} <= {sender.name, ""}


def assert_servers_agree(catalogue: Catalogue, day: date, issued: set[str], whole: set[str]) -> None:
    """What a web server is told of the codes leads to pages that are built, too."""
    found = leads(catalogue, day)
    assert {lead.code for lead in found} == issued
    for lead in found:
        assert lead.target.removeprefix("/") in whole
        assert lead.at_once or lead.target == f"/{lower(lead.code)}"


def assert_right(catalogue: Catalogue, day: date, values: Mapping[str, Any], built: set[str]) -> None:
    for way in values["ways"]:
        assert way.page in built, f"leads to {way.page}, which is not built"
        assert way.sheet is None or way.sheet in built
    for call in values["calls"].areas:
        now = catalogue.areas[call.area.id].phone("out-of-hours", day)
        assert now is not None
        assert call.number == now.number
    for wrong, now in values["wrong_numbers"]:
        assert now is None or now.number != wrong.printed
    if values["kind"] == "current":
        for carried in values["edition"].numbers:
            now = catalogue.areas[carried.area].phone("out-of-hours", day)
            assert now is not None
            assert now.number == carried.number


def behind_codes(context: Context) -> dict[str, Mapping[str, Any]]:
    found = [page for page in pages_of_codes(context) if page.template == "code.html"]
    return {address: page.values for page in found for address in (page.address, page.also)}


def addresses(context: Context) -> set[str]:
    has_leaflet = LEAFLET in context.catalogue.leaflets and context.sender.region
    files = {f"foldere/{LEAFLET}-a4.pdf"} if has_leaflet else set()
    return {page.address for page in pages(context)} | files


def lower(code: str) -> str:
    return f"q/{code}/"


def upper(code: str) -> str:
    return lower(code).upper()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_the_register_only_grows_and_stays_sound(told: list[Step]) -> None:
    history = beginning()
    for step in told:
        before, codes_before = history.catalogue.register, list(history.catalogue.editions)
        tell(history, step)
        after = history.catalogue.register
        assert after.startswith(before)
        assert list(history.catalogue.editions)[: len(codes_before)] == codes_before
        if history.catalogue.entries:
            assert first_fault(after) is None
            assert seal(after) != seal(before) or after == before
        in_use = [edition.place for edition in history.catalogue.editions.values() if edition.in_use]
        assert len(in_use) == len(set(in_use))
