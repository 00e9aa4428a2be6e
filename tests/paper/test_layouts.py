"""Sheets with the same text are set alike, whoever sends them, and each in its own layout where it must be."""

from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from generator import load
from generator.cache import Cache
from generator.model.catalogue import Catalogue
from generator.model.paper_format import FORMATS
from generator.model.sheet import PaperError, PhoneRow, Sheet
from generator.paper.imposition import page_count
from generator.paper.layouts import jobs, prints_alike, shape
from generator.paper.leaflets import Print, prints
from generator.paper.press import Job, Printed, print_all
from generator.paper.print_files import make
from generator.paper.typesetting import found_layout, typeset
from generator.problems import ContentError, Position, Problem
from generator.sender.context import Context
from generator.sender.senders import regional_senders
from tests.support.built import ROOT
from tests.support.leaflet_example import example_sheet
from tests.support.paper import opened

pytestmark = pytest.mark.whole

DAY = date(2026, 12, 1)
LONG_ROW = PhoneRow(who="Den, der har vagt", hours="hele døgnet, også i helligdagene " * 6, number="00 00 00 00")
CROWDED = tuple(replace(card, phones=(LONG_ROW,) * 2) for card in example_sheet().cards)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ROOT)


@pytest.fixture(scope="module")
def whole(catalogue: Catalogue) -> list[tuple[str, Print]]:
    return prints_alike([Context(catalogue, sender, DAY) for sender in regional_senders(catalogue, DAY)])


@pytest.mark.parametrize("name", FORMATS)
def test_a_layout_is_plain_numbers_and_sets_the_sheet_it_was_found_for(name: str) -> None:
    sheet = sheet_for(name)
    layout = found_layout(sheet, name)
    assert layout is not None
    assert set(map(type, leaves(layout))) <= {int, float, bool, type(None)}
    assert typeset(sheet, name, layout) == typeset(sheet, name)


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict | list):
        return [leaf for item in (value.values() if isinstance(value, dict) else value) for leaf in leaves(item)]
    return [value]


def sheet_for(name: str) -> Sheet:
    sheet = example_sheet()
    if name in ("poster", "screen"):
        return replace(sheet, blocks=sheet.blocks[:2] if name == "poster" else sheet.blocks[:1], cards=sheet.cards[:1])
    return replace(sheet, blocks=sheet.blocks[: 2 if name == "card" else None])


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "screen"])
def test_a_sheet_that_does_not_fit_the_layout_is_set_in_its_own(name: str) -> None:
    """Longer words about whom to call push what comes below them off the page, and that is seen."""
    roomy = replace(sheet_for(name), cards=())
    crowded = replace(roomy, phones=(LONG_ROW,) * 7)
    try:
        own = typeset(crowded, name)
    except PaperError:
        own = None
    if own is None:
        with pytest.raises(PaperError):
            typeset(crowded, name, found_layout(roomy, name))
    else:
        assert words(typeset(crowded, name, found_layout(roomy, name))) == words(own)


def words(pdf: bytes) -> str:
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in opened(pdf))


def test_all_regions_have_one_model_for_a_text_in_a_shape(whole: list[tuple[str, Print]]) -> None:
    found: dict[object, set[Sheet | None]] = {}
    for _, item in whole:
        found.setdefault((shape(item), item.sheet.title, item.sheet.blocks), set()).add(item.model)
    assert {len(models) for models in found.values()} == {1}
    assert len(found) < len(whole) / 3


def test_one_region_alone_is_set_as_it_is_among_all(catalogue: Catalogue, whole: list[tuple[str, Print]]) -> None:
    for sender in regional_senders(catalogue, DAY):
        alone = prints_alike([Context(catalogue, sender, DAY)])
        assert alone == [(region, item) for region, item in whole if region == sender.id]


def test_a_model_has_no_number_to_call(whole: list[tuple[str, Print]]) -> None:
    models = {item.model for _, item in whole if item.model}
    rows = [row for sheet in models for row in (*sheet.phones, *(row for card in sheet.cards for row in card.phones))]
    assert {digit for row in rows for digit in row.number or "" if digit.isdigit()} == {"0"}


def test_a_model_that_cannot_be_set_leaves_each_to_itself(tmp_path: Path, catalogue: Catalogue) -> None:
    item = next(prints(Context(catalogue, regional_senders(catalogue, DAY)[0], DAY)))
    too_full = replace(item, model=replace(item.sheet, blocks=20 * item.sheet.blocks))
    assert make(too_full, Cache(tmp_path)).pdf == make(item).pdf


# ---- the press ----


def test_the_press_returns_what_was_made_in_the_order_it_was_asked_for(tmp_path: Path) -> None:
    asked = [job(name, family) for name, family in (("a", 1), ("b", 2), ("c", 1), ("d", 3))]
    told: list[str] = []
    made = print_all(asked, Cache(tmp_path), lambda number, job: told.append(f"{number} {job.name}"))
    assert [one.files[0][0] for one in made] == ["a", "b", "c", "d"]
    assert sorted(line.split()[1] for line in told) == ["a", "b", "c", "d"]
    assert [one.pdf for one in print_all([refusing("a")], Cache(tmp_path))] == [b"a"]


def test_the_press_tells_of_every_mistake(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        print_all([job("a", 1), refusing("b"), refusing("c")], Cache(tmp_path))
    assert [problem.message for problem in error.value.problems] == ["b", "c"]


def job(name: str, family: int) -> Job:
    return Job(name, name, lambda: Printed(((name, name.encode()),), 1), family)


def refusing(name: str) -> Job:
    def refuse() -> Printed:
        raise ContentError([Problem(Position(PurePosixPath("x")), name, "")])

    return Job(name, name, refuse, name)


def test_jobs_of_one_layout_are_one_family(whole: list[tuple[str, Print]], tmp_path: Path) -> None:
    made = jobs([item for _, item in whole], Cache(tmp_path))
    assert len({one.key for one in made}) == len(made) == len(whole)
    assert len({one.family for one in made}) < len(made) / 4


def test_a_page_count_is_that_of_the_file() -> None:
    assert page_count(typeset(example_sheet(), "a4")) == 2
