"""A browser on the built site, for all tests that look at it as readers do; conftest hands out its fixtures."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import DESKTOP as DESKTOP
from tests.browser import PHONE as PHONE
from tests.browser import chromium, serving
from tests.built import site


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(site()) as address:
        yield address


@pytest.fixture(scope="module")  # for as long as it is there, nobody else in the process can run a loop of their own
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser
