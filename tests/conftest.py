"""What many tests need: the project's own root, its Catalogue, and a way to renew expectations."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator import Catalogue, load
from tests.browser import chromium
from tests.built import ROOT


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite expected results, for review in the diff")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(ROOT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started
