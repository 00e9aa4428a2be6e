"""The form in a real browser: without JavaScript and with it, by keyboard, on a phone, refused and thanked."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from generator import load
from generator.feedback.tokens import new_access_token
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from tests.feedback.test_durability import stored
from tests.support.browser import PHONE, serving
from tests.support.browsing import axe_finds
from tests.support.built import ROOT, TODAY, page, site, store
from tests.support.feedback_service import free_port, running

pytestmark = pytest.mark.whole

FORM, TOPIC, HELP = "nordjylland/feedback/", "nordjylland/medicin/", "nordjylland/hvornaar-skal-du-soege-hjaelp/"
LANDING = "nordjylland/forstaa-dine-smerter/"
TOKEN, HASH = new_access_token()
BUDGET = 14 * 1024
"""Bytes of a compressed page, style included."""


@dataclass
class Place:
    """Where pages and service answer, and where the service keeps its messages."""

    pages: str
    service: str
    directory: Path
    built: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Build the real pages with an endpoint, serve them, and run the service that they tell of."""
    directory, service_port = tmp_path_factory.mktemp("form"), free_port()
    built = directory / "site"
    request = BuildRequest(ROOT, built, TODAY, feedback=f"http://127.0.0.1:{service_port}")
    build_site(load(ROOT), request, store())
    told = str(built / "api" / "v1" / "feedback.json")
    with (
        serving(built) as pages,
        running(
            directory,
            port=service_port,
            FEEDBACK_SITE=told,
            FEEDBACK_SITE_URL=pages,
            FEEDBACK_EDITORS=f"nordjylland:{HASH}",
        ) as service,
    ):
        yield Place(pages, service.url, directory, built)


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def kept(place: Place) -> list[str]:
    return stored(place.directory / "messages.db")


def test_without_javascript_a_mistake_is_explained_and_mended(plain: Page, place: Place) -> None:
    plain.goto(place.pages + FORM)
    plain.get_by_label("Hvad svarer du på?").select_option(label="Medicin")
    plain.get_by_role("group", name="Var det til at forstå?").get_by_label("Delvist").check()
    plain.get_by_label("Vil du skrive mere?").fill("Mit nummer er 010190-1234 uden")
    plain.get_by_role("button", name="Send").click()
    assert plain.url == f"{place.service}/v1/feedback"
    assert plain.get_by_role("alert").inner_text().startswith("Ret det her")
    assert plain.get_by_label("Vil du skrive mere?").input_value() == "Mit nummer er 010190-1234 uden"
    assert plain.get_by_role("group", name="Var det til at forstå?").get_by_label("Delvist").is_checked()
    assert plain.get_by_role("link", name="112").is_visible()
    plain.get_by_label("Vil du skrive mere?").fill("Uden JavaScript gikgodt")
    plain.get_by_role("button", name="Send").click()
    assert plain.url == f"{place.pages}nordjylland/feedback/tak/"
    assert plain.get_by_role("heading", level=1).inner_text() == "Tak for dit svar"
    assert "112" in plain.locator("main").inner_text()
    assert "Ingen læser det nu" in plain.locator("main").inner_text()
    assert "gikgodt" in kept(place)


def test_with_javascript_the_page_stays(scripted: Page, place: Place) -> None:
    asked: list[str] = []
    scripted.on("request", lambda request: asked.append(request.url))
    scripted.goto(place.pages + TOPIC)
    form = scripted.locator("form.ask")
    form.get_by_label("Vil du skrive mere?").fill("CPR 010190-1234")
    form.get_by_role("button", name="Send").click()
    scripted.get_by_text("Det ligner et CPR-nummer.").wait_for()
    assert scripted.evaluate("document.activeElement.textContent") == "Send", "a screen reader keeps its place"
    form.get_by_label("Vil du skrive mere?").fill("Med JavaScript blevpå")
    form.get_by_role("button", name="Send").dblclick()
    scripted.get_by_text("Tak for dit svar.").wait_for()
    assert scripted.url == place.pages + TOPIC
    assert scripted.evaluate("document.activeElement.textContent").startswith("Tak for dit svar.")
    assert kept(place).count("blevpå") == 1
    assert [url for url in asked if not url.startswith((place.pages, place.service, "data:"))] == []
    assert scripted.context.cookies() == []
    assert scripted.evaluate("localStorage.length + sessionStorage.length") == 0


def test_where_the_service_is_away_the_script_says_so_and_keeps_the_text(scripted: Page, place: Place) -> None:
    scripted.route(re.compile("/v1/"), lambda route: route.abort())
    scripted.goto(place.pages + FORM)
    scripted.get_by_label("Vil du skrive mere?").fill("Jeg bliver")
    scripted.get_by_role("button", name="Send").click()
    scripted.get_by_text("Vi kunne ikke sende det.").wait_for()
    assert scripted.get_by_label("Vil du skrive mere?").input_value() == "Jeg bliver"


def test_the_keyboard_is_enough(plain: Page, place: Place) -> None:
    plain.goto(place.pages + FORM)
    plain.get_by_label("Hvad svarer du på?").focus()
    for key in ("Tab", "Space", "Tab", "Space", "Tab", "Space", "Tab"):
        plain.keyboard.press(key)
    plain.keyboard.type("Kun med tastaturet")
    plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")
    plain.wait_for_url("**/feedback/tak/")
    assert "tastaturet" in kept(place)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [FORM, TOPIC, LANDING, HELP, "nordjylland/feedback/tak/"])
def test_axe_finds_nothing_on_the_pages(browser: Browser, place: Place, path: str, scheme: str) -> None:
    assert axe_finds(browser, place.pages + path, PHONE, scheme) == ""
    context = browser.new_context(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(place.pages + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_services_own_pages(browser: Browser, place: Place, scheme: str) -> None:
    context = browser.new_context(
        viewport=PHONE, bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light", java_script_enabled=True
    )
    page = context.new_page()
    for path in ("/indbakke", "/findes-ikke"):
        page.goto(place.service + path)
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    page.goto(place.pages + FORM)
    page.evaluate("document.querySelector('form.ask').submit()")
    page.get_by_role("alert").wait_for()
    assert Axe().run(page).violations_count == 0
    context.close()


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_editor_deals_with_messages_and_axe_finds_nothing(
    browser: Browser, place: Place, size: ViewportSize, scheme: str
) -> None:
    request = f"{place.service}/v1/feedback"
    context = browser.new_context(viewport=size, bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light")
    words = {"region": "nordjylland", "about": "page:medicin/"}
    for text in ("En lang besked uden mellemrum " + "x" * 300, "En anden"):
        context.request.post(request, form={**words, "text": f"{text} {size['width']} {scheme}"}, max_redirects=0)
    page = context.new_page()
    page.goto(f"{place.service}/indbakke")
    page.get_by_label("adgangskode").fill(TOKEN)
    page.get_by_role("button", name="Log ind").click()
    page.get_by_label("Side").select_option("Medicin")
    page.get_by_role("button", name="Vis").click()
    page.locator("article").first.get_by_role("button", name="Markér som behandlet").click()
    assert page.get_by_role("status").inner_text() == "Beskeden er markeret som behandlet."
    assert page.get_by_label("Side").input_value() == "medicin/"
    count = page.locator("article").count()
    page.locator("article").first.locator("summary").click()
    page.locator("summary").first.click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.get_by_role("button", name="Slet for altid").click()
    assert page.get_by_role("status").inner_text() == "Beskeden er slettet."
    assert page.locator("article").count() == count - 1
    context.close()


def test_the_pages_tell_the_service_what_it_must_know(place: Place) -> None:
    told = json.loads((place.built / "api" / "v1" / "feedback.json").read_text("utf-8"))
    regions = {region["id"]: region for region in told["regions"]}
    assert len(regions) == 5
    north = regions["nordjylland"]
    assert [line["number"] for line in north["lines"]] == [None, "70 15 03 00"]
    assert not any(line["confirmed"] for line in north["lines"] if line["number"])
    assert north["pages"]["medicin/"] == "Medicin"
    assert north["leaflets"]["5hd3cg"] == "Forstå dine smerter i lænden"
    assert set(north["leaflets"]) == {e.id for e in load(ROOT).editions.values() if e.sender == "nordjylland"}


def test_the_red_flag_page_has_a_link_and_no_form(place: Place) -> None:
    html = (place.built / HELP / "index.html").read_text("utf-8")
    assert "<form" not in html
    assert 'href="../feedback/"' in html


def test_the_leaflets_landing_page_asks_about_the_paper_too(place: Place) -> None:
    assert '<option value="leaflet:5hd3cg">' in (place.built / LANDING / "index.html").read_text("utf-8")


def test_no_page_is_heavier_than_a_bad_connection_bears(place: Place) -> None:
    pages = [
        path for path in place.built.rglob("index.html") if path.parent.name != "samlet"
    ]  # that one holds them all
    sizes = {str(path): len(gzip.compress(path.read_bytes(), 9)) for path in pages}
    assert {path: size for path, size in sizes.items() if size > BUDGET} == {}


def test_without_an_endpoint_there_is_no_form_and_the_contact_is_shown() -> None:
    html = page("nordjylland/feedback/")
    assert "<form" not in html
    assert "Her er ikke noget skema." in html
    assert "hvordan du kontakter dem, der udgiver siderne" in html
    assert not list(site().rglob("feedback.js"))
    assert not list(site().rglob("feedback/tak"))
    assert "<form" not in page("nordjylland/medicin/")
