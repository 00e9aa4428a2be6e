"""The search page of each region, open in a real browser, for all tests that ask it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import PHONE

HELP = "hvornaar-skal-du-soege-hjaelp/"
REGIONS = ["nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland"]
TYPE = """async texts => {
    const field = document.getElementById('ord'), found = [];
    for (const text of texts) {
        field.value = text;
        field.dispatchEvent(new Event('input'));
        for (let i = 0; i < 4; i++) await Promise.resolve();
        const rows = [...document.querySelectorAll('#liste > li > a')];
        found.push(rows.map(link => link.getAttribute('href').slice(3)));
    }
    return found;
}"""


class Search:
    """The search page of one region, open in a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.fill("#ord", "a")
        page.locator("#svar", has_text=re.compile(r"\S")).wait_for()

    def __call__(self, text: str) -> list[str]:
        return self.all([text])[0]

    def all(self, texts: list[str]) -> list[list[str]]:
        """Return the pages that answer each text, the best first."""
        found: list[list[str]] = self.page.evaluate(TYPE, texts)
        return found


@pytest.fixture(scope="module")
def searches(browser: Browser, address: str) -> Iterator[dict[str, Search]]:
    context = browser.new_context(viewport=PHONE)
    found = {}
    for region in REGIONS:
        page = context.new_page()
        page.goto(f"{address}{region}/soeg/")
        found[region] = Search(page)
    yield found
    context.close()
