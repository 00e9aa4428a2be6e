"""What the cases cannot show: that no check is forgotten, and that days and colours are reckoned right."""

import inspect
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from types import ModuleType

import pytest

import generator
from generator import Catalogue, checks
from generator.checks import (
    answers,
    comparisons,
    drawings,
    figures,
    freshness,
    lifetimes,
    links,
    logos,
    pathways,
    phones,
    places,
    plain_words,
    publication,
    readability,
    references,
    register,
    safety,
    signatures,
    spelling,
    standard_texts,
    texts,
    voice,
    waivers,
)
from generator.checks.places import DARK_GROUND, contrast
from generator.model.catalogue import Catalogue as Records
from generator.model.record import Origin
from generator.model.waiver import Waiver
from generator.sender.senders import past_sender, successor
from tests.support.example import OVERRIDES, write_example

MODULES: tuple[ModuleType, ...] = (
    answers, comparisons, drawings, figures, freshness, lifetimes, links, logos, pathways, phones, places, plain_words,
    publication, readability, references, register, safety, signatures, spelling, standard_texts, texts, voice, waivers,
)  # fmt: skip


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return generator.load(write_example(tmp_path_factory.mktemp("eksempel")))


def test_no_check_is_forgotten() -> None:
    registered = [check.find for check in checks.CHECKS]
    for module in MODULES:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("check_") and function.__module__ == module.__name__:
                assert registered.count(function) == 1, name
                assert inspect.isgeneratorfunction(function), name
                assert function.__doc__, name


def test_all_modules_with_checks_are_known_here() -> None:
    files = {path.stem for path in Path(checks.__file__).parent.glob("*.py")} - {"__init__"}
    assert files - {"registry", "upcoming"} == {module.__name__.rpartition(".")[2] for module in MODULES}


def test_a_waiver_covers_what_it_names_for_as_long_as_it_lasts(example: Catalogue) -> None:
    source = next(iter(example.sources.values()))
    unused = source.model_copy(update={"id": "ubrugt"})
    waiver = Waiver(
        id="en", origin=Origin(PurePosixPath("data/waivers.yml")), check="sources-used", file="data/sources.yml",
        quote="»ubrugt«", reason="Teksten kommer i foråret.", accepted_by="Redaktør", until=date(2026, 12, 31),
    )  # fmt: skip
    one = replace(example, sources={**example.sources, "ubrugt": unused}, waivers={"en": waiver})

    before, after = (checks.find(one, day, "draft") for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert ([p.check for p in before.advice], [w.id for _, w in before.waived]) == ([], ["en"])
    assert ([p.check for p in after.advice], after.waived) == (["sources-used"], ())
    assert [p.message for p in after.errors] == ["undtagelsen gjaldt til 31. december 2026"]

    idle = checks.find(replace(example, waivers={"en": waiver}), date(2026, 12, 31), "draft")
    assert [(p.check, p.message) for p in idle.advice] == [("waivers", "undtagelsen dækker ikke noget mere")]


def test_what_a_reader_may_come_to_harm_by_is_never_waivable() -> None:
    """Signs, numbers, approvals and dates: whatever can stop a build, and the advice about reviews and numbers."""
    for check in checks.CHECKS:
        if check.waivable:
            assert {check.severity("draft"), check.severity("publish")} == {"advice"}, check.id
            assert check.find.__module__ not in (m.__name__ for m in (safety, phones, signatures, freshness)), check.id


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 12, 31), date(2027, 1, 1), date(2040, 1, 1)])
def test_a_draft_is_faultless_on_every_day(example: Catalogue, day: date) -> None:
    assert generator.check(example, day, "draft") == []


def test_a_reform_that_leaves_a_gap_is_found_on_the_days_of_the_gap(example: Catalogue) -> None:
    late = example.regions["nyland"].model_copy(update={"valid_from": date(2027, 1, 3)})
    catalogue = replace(example, regions={**example.regions, "nyland": late})
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)]
    assert [len(generator.check(catalogue, day, "draft")) for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21), ("#FFFFFF", "#FFFFFF", 1), ("#767676", "#FFFFFF", 4.54), ("#FF0000", "#ffffff", 4.0)],
)
def test_contrast_is_reckoned_as_the_guidelines_do(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_the_dark_ground_is_that_of_the_style_sheet() -> None:
    assert DARK_GROUND.lower() in (OVERRIDES / "style.css").read_text("utf-8").lower()


def test_publishing_looks_only_at_the_regions_of_the_day(example: Catalogue) -> None:
    def regions(day: date) -> set[str]:
        problems = generator.check(example, day, "publish")
        return {p.position.path.stem for p in problems if p.position.path.parent.name == "regions"}

    assert regions(date(2026, 12, 31)) == {"vest", "oest"}
    assert regions(date(2027, 1, 1)) == {"vest", "nyland"}


def test_a_problem_is_told_once_and_in_the_order_of_files_and_lines(example: Catalogue) -> None:
    problems = generator.check(example, date(2026, 11, 22), "publish")
    assert len(problems) == len(set(problems)) > 20
    assert problems == sorted(problems)


def test_the_public_name_is_the_record_itself() -> None:
    assert Catalogue is Records


def test_regions_that_follow_each_other_in_a_ring_have_no_successor(example: Catalogue) -> None:
    ring = example.regions["nyland"].model_copy(update={"valid_to": date(2027, 6, 30), "successors": ("oest",)})
    catalogue = replace(example, regions={**example.regions, "nyland": ring})
    assert successor(catalogue, catalogue.regions["oest"], date(2028, 1, 1)) is None
    assert past_sender(catalogue, ring).heritage == {"nyland", "oest"}
