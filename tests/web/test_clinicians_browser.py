"""What a clinician does on the site in a real browser: two clicks on a phone, a text copied, a drawing read."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.support.browsing import DESKTOP, PHONE, VIEWS, axe_finds

PATHS = tuple(
    f"nordjylland/fagfolk/beslutningsveje/{name}/"
    for name in ("triage-i-praksis", "grunde-til-billeder", "henvisning-til-sygehus", "nordjylland-almen-praksis")
)
ONE_OF_EACH = (
    *PATHS, "syddanmark/fagfolk/", "midtjylland/fagfolk/standardtekster/", "hovedstaden/tilbud/hovedstaden-hotlines/",
    "midtjylland/tilbud/midtjylland-faelles-visitationsindsats/", "nordjylland/tilbud/nordjylland-flowchart/",
)  # fmt: skip
WIDE_TYPEFACES = '"DejaVu Sans", Verdana, sans-serif'
JOURNEYS: dict[str, tuple[str | re.Pattern[str], str]] = {
    "leaflet": (re.compile(r"Forstå dine smerter i lænden \(PDF, A4\)"), r"/foldere/[a-z-]+-\w+\.pdf"),
    "criteria": ("Hvornår er billeder relevante?", r"/fagfolk/hvornaar-er-billeder-relevante/"),
    "reasons, drawn": ("Mulige grunde til billeder", r"/fagfolk/beslutningsveje/grunde-til-billeder/"),
    "referral": ("Henvisning og tilbagehenvisning", r"/fagfolk/henvisning-og-tilbagehenvisning/"),
    "standard texts": ("Standardtekster", r"/fagfolk/standardtekster/"),
    "notice board": ("Ark til opslagstavlen (PDF)", r"/fagfolk/regionsark\.pdf"),
}


@pytest.fixture
def phone(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport=PHONE)


def clinicians_page(context: BrowserContext, address: str, region: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}{region}/")
    page.locator("main").get_by_role("link", name="For fagfolk").click()
    assert urlsplit(page.url).path == f"/{region}/fagfolk/"
    return page


@pytest.mark.parametrize("region", ["nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland"])
@pytest.mark.parametrize("journey", JOURNEYS)
def test_two_clicks_lead_from_the_region_to_what_a_visit_needs(
    phone: BrowserContext, address: str, region: str, journey: str
) -> None:
    page = clinicians_page(phone, address, region)
    name, path = JOURNEYS[journey]
    target = page.locator("main").get_by_role("link", name=name).first.get_attribute("href")
    answer = phone.request.get(f"{address}{region}/fagfolk/{target}")
    assert answer.ok
    assert re.fullmatch(f"/{region}{path}", urlsplit(answer.url).path)
    assert not answer.url.endswith(".pdf") or answer.body().startswith(b"%PDF-")
    phone.close()


@pytest.mark.parametrize(("region", "hotline"), [("syddanmark", "Rygrøret"), ("hovedstaden", "Telefoniske hotlines")])
def test_two_clicks_lead_to_the_hotline(phone: BrowserContext, address: str, region: str, hotline: str) -> None:
    page = clinicians_page(phone, address, region)
    page.get_by_role("link", name=hotline).first.click()
    assert hotline in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_role("heading", name="Ring", exact=True).is_visible()
    phone.close()


def test_the_keyboard_alone_reaches_the_leaflet(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{address}nordjylland/fagfolk/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
        if "(PDF, A4)" in page.evaluate("document.activeElement.textContent"):
            break
    assert "(PDF, A4)" in page.evaluate("document.activeElement.textContent")
    context.close()


def test_a_button_copies_the_message_as_it_stands(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}nordjylland/fagfolk/")
    page.get_by_role("button", name="Kopiér besked til patienten").click()
    page.get_by_role("status").filter(has_text="Kopieret: ").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Her kan du læse om smerter i lænden")
    assert re.search(r"https://borgerinfo\.example/q/\w{6}/\s+Siden er den samme for alle", copied)
    assert copied.endswith("Kontakt [klinikkens navn], hvis du er i tvivl.")
    context.close()


def test_where_copying_is_refused_the_text_is_marked_instead(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = context.new_page()
    page.goto(f"{address}nordjylland/fagfolk/")
    page.get_by_role("button", name="Kopiér adressen").click()
    page.get_by_role("status").filter(has_text="Teksten er markeret").wait_for()
    assert page.evaluate("getSelection().toString()").strip().startswith("https://")
    context.close()


def test_without_javascript_the_text_is_there_and_the_button_is_not(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}nordjylland/fagfolk/standardtekster/")
    assert page.get_by_text("Her kan du læse om smerter i lænden").is_visible()
    assert page.locator("main").get_by_role("button").count() == 0
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_no_word_of_a_drawing_runs_out_of_its_box_in_a_wide_typeface(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport=PHONE, bypass_csp=True)
    page = context.new_page()
    page.goto(address + path)
    page.add_style_tag(content=f".chart text{{font-family:{WIDE_TYPEFACES}}}")
    outside = page.evaluate("""() => {
      const boxes = [...document.querySelectorAll(".chart rect")].map(box => box.getBBox());
      return [...document.querySelectorAll(".chart text")].filter(text => {
        const own = text.getBBox();
        const box = boxes.find(box => own.y >= box.y && own.y + own.height <= box.y + box.height);
        return own.x + own.width > (box ? box.x + box.width - 2 : 340) || (box && own.x < box.x);
      }).map(text => text.textContent);
    }""")
    assert outside == []
    assert page.locator(".chart text").count() >= 10
    size = page.evaluate("17 * document.querySelector('.flow svg').getBoundingClientRect().width / 340")
    assert size >= 17, "nothing a reader must see is smaller"
    context.close()


@pytest.mark.parametrize(("size", "scheme"), VIEWS)
@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, size: ViewportSize, scheme: str) -> None:
    assert axe_finds(browser, address + path, size, scheme) == ""


@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_nothing_runs_out_of_a_narrow_screen(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_on_paper_buttons_go_and_the_drawing_is_cut_in_sheets(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(address + PATHS[1])
    page.emulate_media(media="print")
    assert not page.locator(".flow .no-print").is_visible()
    assert page.locator(".flow .print").count() >= 2
    assert page.locator(".flow .print").first.is_visible()
    page.goto(f"{address}nordjylland/fagfolk/")
    page.get_by_text("Her kan du læse om smerter").first.wait_for()
    assert not page.get_by_role("button", name="Kopiér adressen").is_visible()
    context.close()
