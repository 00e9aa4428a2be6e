"""The same journeys in Firefox and WebKitGTK, kin of readers' browsers; every other test looks with Chromium."""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import load
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from tests.support.browser import serving
from tests.support.browsing import DESKTOP, PHONE
from tests.support.built import ROOT, TODAY, site, store
from tests.support.engines import ENGINES, ENTER, ESCAPE, SPACE, TAB, Window, window
from tests.support.listening import Listening
from tests.support.paper import squeezed, text_of
from tests.web.test_browser import ONE_OF_EACH

pytestmark = pytest.mark.long

WORDS = "return document.querySelector(arguments[0]).innerText"
FOCUSED = "return document.activeElement.textContent.trim()"
OPENED = "const open = document.querySelector(':popover-open'); return open && open.getAttribute('aria-label')"
BOTTOM = """const found = [...document.querySelectorAll("body *")].find(e => e.textContent.includes(arguments[0])
  && ![...e.children].some(child => child.textContent.includes(arguments[0])) && e.checkVisibility());
return found && found.getBoundingClientRect().bottom"""
RESULTS = (
    "const all = [...document.querySelectorAll('#liste > li > a')]; return all.length && all.map(a => a.textContent)"
)


@pytest.fixture(scope="module")
def told() -> Iterator[str]:
    """The built site, on a host whose pages tell what goes wrong in them."""
    with serving(site(), host=Listening) as address:
        yield address


@pytest.fixture(scope="module", params=ENGINES)
def phone(request: pytest.FixtureRequest) -> Iterator[Window]:
    with window(request.param, PHONE["width"], PHONE["height"]) as phone:
        yield phone


@pytest.fixture
def opened(phone: Window, told: str) -> Iterator[Callable[[str], Window]]:
    """Open pages on the phone; nothing may have gone wrong on the one that is left."""

    def opened(path: str) -> Window:
        phone.open(told + path)
        return phone

    yield opened
    assert phone.complaints(told) == []


def arrived(shown: Window, at: str) -> None:
    shown.until("return location.pathname === arguments[0] && document.readyState === 'complete'", at)


def test_a_person_finds_their_municipality_and_the_number(opened: Callable[[str], Window]) -> None:
    page = opened("")
    page.click("button", "K Kalundborg til Køge")
    row = page.run("return arguments[0].parentElement.innerText", page.find("link", "Køge"))
    assert "1818 (ikke bekræftet)" in row.replace("\xa0", " ")
    page.click("link", "Køge")
    arrived(page, "/sjaelland/")


def test_the_first_screen_of_a_region_says_whom_to_call(opened: Callable[[str], Window]) -> None:
    page = opened("nordjylland/")
    for text in ("Livsfare: ring", "Når lægen har lukket", "Er det farligt?", "Din egen læge"):
        assert page.run(BOTTOM, text) < PHONE["height"], text


def test_the_first_screen_about_help_begins_with_112(opened: Callable[[str], Window]) -> None:
    page = opened("nordjylland/hvornaar-skal-du-soege-hjaelp/")
    assert page.run(BOTTOM, "Ring 112, hvis") < PHONE["height"]
    assert page.run("return document.querySelector('main a[href=\"tel:112\"]').getBoundingClientRect().height") >= 44


@pytest.mark.parametrize(
    ("typed", "first"),
    [("skanningen", "Skal du scannes?"), ("hekseskud", None), ("foelelsesloes", "Hvornår skal du søge hjælp?")],
)
def test_an_inflected_or_everyday_word_is_typed_and_found(
    opened: Callable[[str], Window], typed: str, first: str | None
) -> None:
    page = opened("nordjylland/soeg/")
    page.type("Hvad leder du efter?", typed)
    found = page.until(RESULTS)
    assert first is None or found[0] == first
    page.press(ENTER)
    page.click("link", found[0])
    page.until("return location.pathname !== '/nordjylland/soeg/' && document.readyState === 'complete'")
    assert page.run(WORDS, "h1") == found[0]


@pytest.mark.parametrize("key", [ENTER, SPACE], ids=["enter", "space"])
def test_the_menu_opens_and_closes_by_keyboard_and_gives_the_focus_back(
    opened: Callable[[str], Window], key: str
) -> None:
    page = opened("nordjylland/medicin/")
    page.run("arguments[0].focus()", page.find("button", "Menu"))
    page.press(key)
    assert (page.run(OPENED), page.run(FOCUSED)) == ("Menu", "Luk menuen")
    page.press(ESCAPE)
    assert (page.run(OPENED), page.run(FOCUSED)) == (None, "Menu")
    page.press(key)
    page.press(key)
    assert (page.run(OPENED), page.run(FOCUSED)) == (None, "Menu")


def test_the_menu_opens_and_closes_by_its_buttons_and_covers_the_page(opened: Callable[[str], Window]) -> None:
    page = opened("nordjylland/medicin/")
    page.click("button", "Menu")
    assert page.run(OPENED) == "Menu"
    box = page.run(
        "const b = document.querySelector(':popover-open').getBoundingClientRect(); return [b.left, b.right]"
    )
    assert box == [0, PHONE["width"]]
    page.click("button", "Luk menuen")
    assert page.run(OPENED) is None
    page.click("button", "Menu")
    page.run("document.querySelector(':popover-open').scrollTop = 0")
    page.click("link", "Skal du scannes?")
    arrived(page, "/nordjylland/skal-du-scannes/")
    assert page.run(OPENED) is None


def test_the_keyboard_reaches_the_content_first(opened: Callable[[str], Window]) -> None:
    page = opened("nordjylland/medicin/")
    page.press(TAB)
    assert page.run(FOCUSED) == "Gå til indholdet"
    assert page.run("return getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.press(ENTER)
    page.until("return location.hash === '#indhold'")


def test_the_region_switcher_keeps_the_page(opened: Callable[[str], Window]) -> None:
    page = opened("midtjylland/medicin/")
    page.click("link", "Region Hovedstaden")
    arrived(page, "/hovedstaden/medicin/")


def test_a_missing_page_knows_the_region_and_the_words_of_its_address(opened: Callable[[str], Window]) -> None:
    page = opened("syddanmark/skal-du-skannes.html")
    assert page.find("link", "Region Syddanmark")
    assert page.run("return document.querySelector('.calls li').innerText").startswith("Syddanmark")
    page.click("link", "Søg efter »skal du skannes«")
    assert "Skal du scannes?" in page.until(RESULTS)


def test_a_code_is_typed_from_paper_with_a_slip_and_found(opened: Callable[[str], Window]) -> None:
    code = min(found.parent.name for found in (site() / "q").glob("*/index.html"))
    page = opened("q/")
    page.type("Koden på din folder", f"{code[1]}{code[0]}{code[2:].upper()}")
    page.press(ENTER)
    assert page.until("return [...document.querySelectorAll('[role=status] a')].map(a => a.pathname)") == [
        f"/q/{code}/"
    ]
    page.run("document.querySelector('#kode input').value = ''")
    page.type("Koden på din folder", f"{code[:3]} {code[3:]}")
    page.press(ENTER)
    arrived(page, f"/q/{code}/")
    assert "KLADDE" in page.run(WORDS, "main")


def test_a_figure_is_as_large_as_the_page_and_its_words_as_large_as_small_print(
    opened: Callable[[str], Window],
) -> None:
    page = opened("nordjylland/fagfolk/tal/mr-og-roentgen-efter-region/")
    sizes = page.run("""return [...document.querySelectorAll("svg.fig")].map(
        drawing => parseFloat(getComputedStyle(drawing.querySelector("text")).fontSize) * drawing.getScreenCTM().a)""")
    assert sizes
    assert all(size >= 16 for size in sizes)


@pytest.mark.parametrize("address", ONE_OF_EACH)
def test_nothing_runs_out_of_the_screen_or_goes_wrong(opened: Callable[[str], Window], address: str) -> None:
    page = opened(address)
    assert page.run("return document.documentElement.scrollWidth") <= PHONE["width"]
    pictures = "return [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"
    assert page.run(pictures) == []


def test_the_one_file_needs_no_host(phone: Window) -> None:
    phone.open((site() / "nordjylland" / "samlet" / "index.html").as_uri())
    assert phone.run(BOTTOM, "Livsfare: ring") < PHONE["height"]
    assert phone.run("return document.documentElement.scrollWidth") <= PHONE["width"]
    assert phone.run("return [...document.images].filter(i => !i.naturalWidth).length") == 0
    assert (
        phone.run("return performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length")
        == 0
    )
    phone.click("link", "Medicin")
    assert phone.until("return decodeURIComponent(location.hash)")
    assert phone.run("return scrollY") > 0


def test_the_form_for_answers_is_there_to_be_filled_in(phone: Window, tmp_path: Path) -> None:
    request = BuildRequest(ROOT, tmp_path / "site", TODAY, feedback="http://127.0.0.1:9")
    build_site(load(ROOT), request, store())
    with serving(tmp_path / "site", host=Listening) as address:
        phone.open(f"{address}nordjylland/feedback/")
        phone.type("Vil du skrive mere? Højst 500 tegn.", "Ja tak")
        phone.click("field", "Delvist")
        assert phone.find("button", "Send")
        answers = phone.run("return Object.fromEntries(new FormData(document.querySelector('form.ask')))")
        assert (answers["text"], answers["found"]) == ("Ja tak", "partly")
        assert phone.run("return document.documentElement.scrollWidth") <= PHONE["width"]
        assert phone.complaints(address) == []


def test_on_paper_from_firefox_the_numbers_stay_and_what_was_folded_is_open(told: str) -> None:
    """WebKitGTK's WebDriver cannot print."""
    with window("firefox", DESKTOP["width"], DESKTOP["height"]) as desktop:
        desktop.open(told)
        text = "".join(text_of(base64.b64decode(desktop.wire.say("print"))))
    for kept in (
        "Udkast – ikke fagligt godkendt",
        "Livsfare: ring 112",
        "Siden, som den var 22. november 2026",
        "Køge",
    ):
        assert squeezed(kept) in text
    assert "Lukmenuen" not in text
    assert "Omsiderne" not in text


@pytest.mark.parametrize("engine", ENGINES)
def test_a_dark_system_gives_a_dark_page_on_a_large_screen(engine: str, told: str) -> None:
    lightness = """const rgb = getComputedStyle(arguments[0] ? document.querySelector(arguments[0]) : document.body);
      const own = arguments[0] ? rgb.color : rgb.backgroundColor;
      return own.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3"""
    with window(engine, DESKTOP["width"], DESKTOP["height"], dark=True) as desktop:
        for address in ("", "nordjylland/medicin/", "404.html"):
            desktop.open(told + address)
            assert desktop.run(lightness, "") < 60
            assert desktop.run(lightness, "main") > 180
            assert desktop.complaints(told) == []


@pytest.mark.parametrize(
    "planted", ["setTimeout(() => { throw new Error('planted') })", "new Image().src = 'http://[::1]:9/'"]
)
def test_what_goes_wrong_is_heard(phone: Window, told: str, planted: str) -> None:
    phone.open(f"{told}nordjylland/")
    phone.run(planted)
    for _ in range(100):
        if phone.complaints(told):
            break
    assert phone.complaints(told) != []


def test_a_browser_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    asked = pytest.raises(
        AssertionError, match=r"^firefox-esr mangler\. På Debian og Ubuntu: apt-get install firefox-esr"
    )
    with asked, window("firefox", **PHONE):
        pass
