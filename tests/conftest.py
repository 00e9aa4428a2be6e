"""What many tests need: the project's own root, its Catalogue, and a way to renew expectations."""

from pathlib import Path

import pytest

from generator import Catalogue, load
from tests.support import shared
from tests.support.built import ROOT

pytest_plugins = ["tests.support.browsing", "tests.support.searching"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite expected results, for review in the diff")


def pytest_configure(config: pytest.Config) -> None:
    if not is_worker(config):
        shared.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not is_worker(config):
        shared.end()


def is_worker(config: pytest.Config) -> bool:
    """Say whether this process runs tests for another, which has begun the run and ends it."""
    return hasattr(config, "workerinput")


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
