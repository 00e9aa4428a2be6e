"""An address that leads nowhere: the page that answers knows the region and the words of the address, with a script."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import serving
from tests.support.browsing import PHONE
from tests.support.built import REFORM, site


def numbers(page: Page) -> list[str]:
    """Return the areas whose numbers are shown, in their order."""
    return [row.partition(":")[0] for row in page.locator(".calls li").all_inner_texts()]


def ways(page: Page) -> list[str]:
    return [unquote(name) for name in page.locator("#herfra a").all_inner_texts()]


def test_it_leads_to_the_region_and_a_search_for_the_words_of_the_address(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    answer = page.goto(f"{address}syddanmark/skal-du-skannes.html")
    assert answer is not None
    assert answer.status == 404
    assert ways(page)[:3] == ["Hvornår skal du søge hjælp?", "Region Syddanmark", "Søg efter »skal du skannes«"]
    assert numbers(page)[0] == "Syddanmark"
    assert len(numbers(page)) == 5
    page.get_by_role("link", name="Søg efter »skal du skannes«").click()
    page.locator("#liste").get_by_role("link", name="Skal du scannes?").first.click()
    assert page.url == f"{address}syddanmark/skal-du-scannes/"
    context.close()


def test_a_code_is_no_word_to_search_for(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}q/2345ab/")
    assert ways(page) == ["Hvornår skal du søge hjælp?", "Forsiden", "Søg, eller find et ord fra A til Å"]
    context.close()


@pytest.mark.parametrize("path", ["findes-ikke/", "%E0%A4%A", "constructor/"])
def test_without_a_region_it_still_helps(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address + path)
    assert ways(page)[0] == "Hvornår skal du søge hjælp?"
    assert "Forsiden" in ways(page)
    assert len(numbers(page)) == 5
    context.close()


def test_without_javascript_it_holds_112_and_every_areas_number(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}syddanmark/skal-du-skannes.html")
    assert ways(page) == ["Hvornår skal du søge hjælp?", "Forsiden", "Søg, eller find et ord fra A til Å"]
    assert page.locator("main").get_by_role("link", name="112").is_visible()
    assert numbers(page) == ["Nordjylland", "Midtjylland", "Syddanmark", "Hovedstaden", "Sjælland"]
    context.close()


def test_the_address_of_a_region_that_has_ceased_to_be_leads_to_its_successor(browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    with serving(site(REFORM)) as address:
        page.goto(f"{address}sjaelland/findes-ikke/")
        assert ways(page)[1] == "Region Østdanmark"
        assert numbers(page)[0] == "Sjælland"
        page.locator("#herfra").get_by_role("link", name="Region Østdanmark").click()
        assert page.url == f"{address}oestdanmark/"
    context.close()
