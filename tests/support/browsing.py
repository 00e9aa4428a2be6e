"""A browser on the built site, for all tests that look at it as readers do; conftest hands out its fixtures."""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.support.browser import DESKTOP as DESKTOP
from tests.support.browser import PHONE as PHONE
from tests.support.browser import chromium, serving
from tests.support.built import site

VIEWS = [
    pytest.param(PHONE, "light", id="phone-light"),
    pytest.param(DESKTOP, "dark", id="desktop-dark"),
    pytest.param(PHONE, "dark", id="phone-dark", marks=pytest.mark.long),
    pytest.param(DESKTOP, "light", id="desktop-light", marks=pytest.mark.long),
]
"""Each size and each scheme once by default, and the two other pairs in `make test-long`."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(site()) as address:
        yield address


@pytest.fixture(scope="module")  # for as long as it is there, nobody else in the process can run a loop of their own
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


_TABS: WeakKeyDictionary[Browser, Page] = WeakKeyDictionary()


def axe_finds(
    browser: Browser, url: str, size: ViewportSize = PHONE, scheme: str = "light", script: bool = True
) -> str:
    """Return what axe-core has against a page, with all its rules; nothing where it has nothing.

    `script=False` shows the page as it stands where JavaScript is switched off. Axe is itself a script, so it is let
    in once the page has been read. A browser has one tab for this: a new one for each page would cost three times as
    much, since Axe had to be compiled anew. Pages keep nothing in a browser, as a test of its own holds.
    """
    if browser not in _TABS:
        _TABS[browser] = browser.new_page()
    page = _TABS[browser]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page, url, script)
    return found_by_axe(page)


def opened(page: Page, url: str, script: bool = True) -> None:
    """Open a page, and let its scripts run or not; either way those of a test can run on it afterwards."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": not script})
    page.goto(url)
    session.send("Emulation.setScriptExecutionDisabled", {"value": False})
    session.detach()


def found_by_axe(page: Page) -> str:
    """Return what axe-core has against a page as it is shown now."""
    results = Axe().run(page)
    return str(results.generate_report()) if results.violations_count else ""
