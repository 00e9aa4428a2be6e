"""What many tests need: the project's own root, its Catalogue, and a way to renew expectations."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from generator import Catalogue, load
from tests.support import shared
from tests.support.built import ROOT
from tests.support.guard import MARK, guarded

pytest_plugins = ["tests.support.browsing", "tests.support.searching"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite expected results, for review in the diff")


def pytest_configure(config: pytest.Config) -> None:
    if not is_worker(config):
        shared.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not is_worker(config):
        shared.end()


LONGEST = (
    "project/test_workflows", "publish/test_layouts", "codes/test_histories", "publish/test_site", "web/test_figures",
    "paper/test_printed", "paper/test_printed_measured", "loading/test_loading", "project/test_guide",
    "web/test_other_browsers", "web/test_browser", "web/test_code_journeys", "commands/test_cli",
    "publish/test_proofreading", "web/test_pages_in_browser", "web/test_search", "feedback/test_form",
    "publish/test_last_build", "feedback/test_abuse", "codes/test_standing", "checks/test_mutations",
)  # fmt: skip
"""The modules that take longest, first those of `make test-long`: sent last, they would leave one process waiting."""
settings.register_profile("default run", settings.default, max_examples=40, deadline=None)
settings.register_profile("quick", settings.default, max_examples=10, deadline=None)
settings.register_profile("long", settings.default, max_examples=400, deadline=None)
settings.load_profile("default run")
"""How often a property is tried, where its test does not say; `make quick` and `make test-long` ask for theirs."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave modules unread that are left out as a whole; `make quick` would spend its time on their cases."""
    is_left_out = f"not {MARK}" in config.option.markexpr and collection_path.suffix == ".py"
    return (
        True if is_left_out and f"\npytestmark = pytest.mark.{MARK}\n" in collection_path.read_text("utf-8") else None
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {Path(__file__).parent / f"{name}.py": number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(order)))


def is_worker(config: pytest.Config) -> bool:
    """Say whether this process runs tests for another, which has begun the run and ends it."""
    return hasattr(config, "workerinput")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what looks through a browser, so that nobody needs to."""
    if not {"browser", "address"}.isdisjoint(getattr(item, "fixturenames", ())):
        item.add_marker(MARK)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    with guarded(item):
        return (yield)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(ROOT)


@pytest.fixture(autouse=True)
def on_nobodys_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands answer as they do on one's own machine, also where GitHub runs the tests."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
