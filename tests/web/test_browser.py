"""What a person does on the site, in a real browser: on a phone, without JavaScript, with the keyboard, on paper."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import zxingcpp
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.support.browsing import DESKTOP, PHONE, VIEWS, axe_finds, found_by_axe, opened
from tests.support.built import CODE_HOST, ROOT, site
from tests.support.paper import pictures

pytestmark = pytest.mark.whole

FIGURES = sorted(path.stem for path in (ROOT / "data/figures").glob("*.yml"))
ONE_OF_EACH = (
    "", "english/", "nordjylland/", "nordjylland/hvornaar-skal-du-soege-hjaelp/", "nordjylland/skal-du-scannes/",
    "nordjylland/soevn-stress-og-humoer/", "nordjylland/hvem-kan-hjaelpe-dig/", "nordjylland/fagfolk/",
    "nordjylland/fagfolk/hvornaar-er-billeder-relevante/", "nordjylland/fagfolk/tal/",
    "nordjylland/fagfolk/tal/mr-efter-befolkningsgruppe/", "nordjylland/fagfolk/tal/nordjylland-vej-gennem-hospitalet/",
    "nordjylland/fagfolk/regionerne/", "nordjylland/fagfolk/regionerne/arbejdsark/", "nordjylland/tilbud/",
    "nordjylland/tilbud/nordjylland-folder-og-hjemmeside/", "nordjylland/foldere/", "nordjylland/om/",
    "nordjylland/om/kilder/", "nordjylland/was/", "nordjylland/soeg/", "nordjylland/samlet/", "404.html",
)  # fmt: skip


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context
    context.close()


def page_of(path: str) -> str:
    """Return the HTML of a page by its address, which may be that of a file."""
    return (site() / (path if path.endswith(".html") else f"{path}index.html")).read_text("utf-8")


def bottom(page: Page, text: str) -> float:
    """Return how far down the page the last edge of the first such text is, in CSS pixels."""
    box = page.get_by_text(text).first.bounding_box()
    assert box is not None, text
    return box["y"] + box["height"]


def test_a_person_finds_their_municipality_and_the_number(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(address)
    page.get_by_text("Kalundborg til Køge").click()
    place = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Køge", exact=True))
    assert "1818 (ikke bekræftet)" in place.inner_text().replace("\xa0", " ")
    place.get_by_role("link").click()
    assert urlsplit(page.url).path == "/sjaelland/"


def test_the_front_page_leads_to_help_before_any_choice(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(address)
    assert bottom(page, "Livsfare: ring") < 250
    page.get_by_role("link", name="Hvornår skal du ringe?").click()
    assert page.get_by_role("heading", name="Ring 112, hvis").is_visible()
    assert bottom(page, "Ring 112, hvis") < PHONE["height"]


@pytest.mark.parametrize("region", ["nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland"])
def test_first_screen_of_a_region_answers_is_it_dangerous_and_whom_do_i_call(
    phone: BrowserContext, address: str, region: str
) -> None:
    page = phone.new_page()
    page.goto(f"{address}{region}/")
    for text in ("Livsfare: ring", "Når lægen har lukket", "Er det farligt?", "Din egen læge"):
        assert bottom(page, text) < PHONE["height"], text


def test_the_leaflet_is_two_clicks_from_the_front_page(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    page.locator("main").get_by_role("link", name="Region Syddanmark", exact=True).first.click()
    assert urlsplit(page.url).path == "/syddanmark/"
    target = page.get_by_role("link", name=re.compile("Åbn folderen")).first.get_attribute("href")
    answer = context.request.get(f"{address}syddanmark/{target}")
    assert answer.ok
    assert answer.body().startswith(b"%PDF-")
    context.close()


@pytest.mark.parametrize("region", ["nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland"])
def test_the_code_on_the_paper_leads_to_the_regions_page_and_whom_to_call(
    phone: BrowserContext, address: str, region: str
) -> None:
    pdf = site() / region / "foldere" / "forstaa-dine-smerter-i-laenden-a4.pdf"
    found = {code.text for picture in pictures(pdf.read_bytes(), 300) for code in zxingcpp.read_barcodes(picture)}
    assert len(found) == 1
    scanned = urlsplit(found.pop())
    assert f"{scanned.scheme}://{scanned.netloc}" == CODE_HOST
    assert re.fullmatch(r"/q/[2-9a-z]{6}/", scanned.path)
    page = phone.new_page()
    page.goto(address.rstrip("/") + scanned.path)
    assert "KLADDE" in page.locator("main").inner_text()
    page.locator("main a").first.click()
    assert urlsplit(page.url).path == f"/{region}/forstaa-dine-smerter/"
    assert page.get_by_role("heading", level=1).inner_text() == "Forstå dine smerter"
    for whom in ("Livsfare: ring", "Når lægen har lukket", "(ikke bekræftet)"):
        assert bottom(page, whom) < 400, "whom to call stands above all else"


def test_the_region_switcher_keeps_the_page(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}midtjylland/medicin/")
    switcher = page.get_by_role("navigation", name="Alle sider")
    switcher.get_by_role("link", name="Region Hovedstaden").click()
    assert urlsplit(page.url).path == "/hovedstaden/medicin/"


def test_every_page_leads_to_the_english_one(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}syddanmark/medicin/")
    page.get_by_role("link", name="English").click()
    assert urlsplit(page.url).path == "/syddanmark/english/"
    assert page.locator("main").get_attribute("lang") == "en"


@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_a_page_asks_for_nothing_from_others_and_stores_nothing(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


@pytest.mark.parametrize(("size", "scheme"), VIEWS)
@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, size: ViewportSize, scheme: str) -> None:
    assert axe_finds(browser, address + path, size, scheme) == ""


SCRIPTED = ("404.html", "nordjylland/fagfolk/", "nordjylland/fagfolk/standardtekster/", "nordjylland/soeg/", "q/")
"""A page for each script there is; any other is the same page with JavaScript and without."""


@pytest.mark.parametrize("path", SCRIPTED)
def test_axe_finds_nothing_without_javascript(browser: Browser, address: str, path: str) -> None:
    assert axe_finds(browser, address + path, script=False) == ""


def test_pages_without_a_script_of_their_own_are_the_same_without_javascript() -> None:
    alike = {path for path in ONE_OF_EACH if "<script src=" not in page_of(path)}
    assert set(ONE_OF_EACH) - alike <= set(SCRIPTED)
    assert len(alike) > 15


@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_nothing_runs_out_of_a_narrow_screen(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("path", ["nordjylland/medicin/", "nordjylland/fagfolk/tal/patientprofiler/", "404.html"])
def test_on_paper_the_emergency_line_and_the_day_stay_and_the_ways_on_go(
    browser: Browser, address: str, path: str
) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(address + path)
    page.emulate_media(media="print")
    assert page.get_by_text("Livsfare: ring").first.is_visible()
    assert page.get_by_text("Siden, som den var 22. november 2026").is_visible()
    assert page.get_by_role("navigation").get_by_role("link").count() == 0
    assert page.get_by_role("button").count() == 0
    assert page.get_by_text("Udkast – ikke fagligt godkendt").first.is_visible()
    context.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{address}nordjylland/medicin/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Gå til indholdet"
    assert page.locator(":focus").is_visible()
    context.close()


CROWDED = """() => [...document.querySelectorAll("svg.fig")].flatMap(drawing => {
  const words = [...drawing.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
  const marks = [...drawing.querySelectorAll("circle,polygon,rect.w,rect.o")]
    .map(mark => [mark.tagName, mark.getBoundingClientRect()]);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
  const crowded = words.flatMap(([one, a], index) => [...words.slice(index + 1), ...marks]
    .filter(([, b]) => meet(a, b)).map(([other]) => [one, other]));
  return [...crowded, ...words.filter(([, a]) => a.left < 0 || a.right > innerWidth).map(([one]) => [one, "the edge"])];
})"""
"""Finds words of drawings that run into each other, into a mark, or out of the screen."""


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("region", ["midtjylland", "sjaelland"])
def test_a_drawing_can_be_read_on_a_phone(phone: BrowserContext, address: str, region: str, figure: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}{region}/fagfolk/tal/{figure}/")
    assert page.evaluate(CROWDED) == []
    sizes = page.evaluate("""() => [...document.querySelectorAll("svg.fig")].map(
        drawing => parseFloat(getComputedStyle(drawing.querySelector("text")).fontSize) * drawing.getScreenCTM().a)""")
    assert all(size >= 16 for size in sizes), "as large as the small print around it"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_crowded_words_would_be_found(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}sjaelland/fagfolk/tal/patientprofiler/")
    page.evaluate("document.querySelectorAll('.fig text').forEach(text => text.style.fontSize = '30px')")
    assert page.evaluate(CROWDED) != []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_has_the_colours_of_the_page(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}nordjylland/fagfolk/tal/mr-og-roentgen-efter-region/")
    look = """name => getComputedStyle(document.querySelector(name))"""
    words = page.evaluate(f"({look})('.fig text.n').fill")
    assert words == page.evaluate(f"({look})('body').color")
    assert page.evaluate(f"({look})('.fig .w').fill") == page.evaluate(f"({look})('main a').color")
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate(f"({look})('.fig text.n').fill") == "rgb(0, 0, 0)"
    assert page.evaluate(f"({look})('.fig .w').fill") == "rgb(0, 0, 0)"
    context.close()


def test_the_numbers_of_a_figure_are_two_clicks_from_the_clinicians_page(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}syddanmark/fagfolk/")
    page.locator("main").get_by_role("link", name="Tal, man kan se på").click()
    page.get_by_role("link", name="MR-scanning og røntgen af lænden i de fem regioner").click()
    assert page.get_by_role("table").first.is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV til regneark").first.click()
    assert download.value.suggested_filename == "mr-efter-region.csv"


def test_the_sheet_for_a_meeting_is_printed_with_lines_and_without_menus(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{address}sjaelland/fagfolk/regionerne/arbejdsark/")
    page.emulate_media(media="print")
    lines = page.locator(".prompt i")
    assert lines.count() == (8 + 9) * 4 + 4
    assert lines.first.evaluate("line => getComputedStyle(line).borderBottomStyle") == "solid"
    assert not page.get_by_role("navigation", name="Alle sider").is_visible()
    assert not page.get_by_text("Fra teksten om det samme").first.is_visible()
    context.close()


@pytest.mark.long
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("region", ["", "nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland"])
def test_axe_finds_nothing_on_any_page(browser: Browser, address: str, region: str, script: bool) -> None:
    others = {"nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland", "Q"} if not region else set()
    found = [path.relative_to(site()) for path in (site() / region).rglob("index.html")]
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    faults = {}
    for path in found:
        if path.parts[0] not in others:
            opened(page, address + path.parent.as_posix().lstrip(".") + "/", script)
            if wrong := found_by_axe(page):
                faults[str(path)] = wrong
    context.close()
    assert len(found) > 20
    assert faults == {}
