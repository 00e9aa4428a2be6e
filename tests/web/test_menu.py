"""The menu: a button that opens a sheet of links over the page, without a script; where a browser cannot, a link."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browsing import DESKTOP, PHONE, found_by_axe
from tests.support.built import page as html_of

FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, java_script_enabled=request.param)
    page = context.new_page()
    page.goto(f"{address}nordjylland/medicin/")
    yield page
    context.close()


def expanded(page: Page) -> list[bool]:
    """Return whether each button that opens something says that it is open, as browsers tell it to screen readers."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    buttons = [node for node in nodes if node.get("role", {}).get("value") == "button"]
    return [p["value"]["value"] for node in buttons for p in node["properties"] if p["name"] == "expanded"]


def test_it_is_opened_and_closed_by_keyboard_and_gives_the_focus_back(page: Page) -> None:
    page.get_by_role("button", name="Menu", exact=True).focus()
    assert expanded(page) == [False]
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="Menu").is_visible()
    assert page.evaluate(FOCUSED) == "Luk menuen"
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog", name="Menu").is_visible()
    assert page.evaluate(FOCUSED) == "Menu"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "Menu"


def test_its_words_do_not_touch_the_edge_of_the_button(page: Page) -> None:
    for name in ("Menu", "Luk menuen"):
        button = page.get_by_role("button", name=name, exact=True)
        assert float(button.evaluate("button => parseFloat(getComputedStyle(button).paddingLeft)")) > 5
        button.click()


def test_while_it_is_open_the_focus_stays_on_it(page: Page) -> None:
    page.get_by_role("button", name="Menu", exact=True).click()
    met = []
    for _ in range(40):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.closest('.all, body').tagName"))
    assert set(met) <= {"DIV", "BODY"}
    behind = page.locator("main a, header a, footer a")
    assert behind.evaluate_all("links => links.filter(a => a.checkVisibility({visibilityProperty: true})).length") == 0


def test_it_leads_to_the_same_places_as_the_foot_of_the_page(page: Page) -> None:
    page.get_by_role("button", name="Menu", exact=True).click()
    assert page.get_by_role("dialog").get_by_text("Livsfare: ring").is_visible()
    names = "links => links.map(link => link.href)"
    sheet, foot = (page.locator(f"{place} a").evaluate_all(names) for place in (".all .cols", "footer .cols"))
    assert sheet == foot
    page.get_by_role("dialog").get_by_role("link", name="Skal du scannes?").click()
    assert page.url.endswith("/nordjylland/skal-du-scannes/")
    assert not page.get_by_role("dialog").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_it_is_open(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=DESKTOP, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}nordjylland/")
    page.get_by_role("button", name="Menu", exact=True).click()
    assert found_by_axe(page) == ""
    context.close()


def test_a_browser_without_popovers_has_the_link_instead(browser: Browser, address: str) -> None:
    """Such a browser drops what `@supports` holds; so is the page shown here."""
    context = browser.new_context(viewport=PHONE, bypass_csp=True)
    page = context.new_page()
    old = html_of("nordjylland/medicin").replace("selector(:popover-open)", "(no: such)").replace(" popover>", ">")
    page.route("**/nordjylland/medicin/", lambda route: route.fulfill(body=old, content_type="text/html"))
    page.goto(f"{address}nordjylland/medicin/")
    assert page.get_by_role("button", name="Menu", exact=True).count() == 0
    assert page.get_by_role("dialog").count() == 0
    page.get_by_role("link", name="Menu", exact=True).click()
    assert page.locator("footer").get_by_role("link", name="Skal du scannes?").is_visible()
    assert page.url.endswith("#menu")
    context.close()


def test_the_button_behind_the_menu_is_seen_when_the_focus_goes_back_to_it(page: Page) -> None:
    """WCAG 2.2, 2.4.11: the focus is never covered; the sheet moves down while its own button has it."""
    button = page.get_by_role("button", name="Menu", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "Menu"
    assert page.get_by_role("dialog", name="Menu").is_visible()
    assert button.evaluate("""button => {
        const box = button.getBoundingClientRect();
        return [[box.left + 4, box.top + 4], [box.right - 4, box.bottom - 4]].every(
            ([x, y]) => button.contains(document.elementFromPoint(x, y)));
    }""")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Luk menuen"
    assert page.get_by_role("dialog", name="Menu").evaluate("sheet => sheet.getBoundingClientRect().top") == 0
