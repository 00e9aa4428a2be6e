"""What a person meets who scans or types the code of a leaflet, in a real browser: today's paper, and yesterday's."""

import re
from collections.abc import Iterator
from random import Random
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from generator.codes.alphabet import ALPHABET, is_valid, new_code
from tests.support.browser import DESKTOP, PHONE, serving
from tests.support.browsing import axe_finds
from tests.support.example import OVERRIDES
from tests.support.history_example import AFTER, BEFORE, NEW_SIGN, OLD_SIGN, REASON, history, history_site

UNKNOWN = "234567"
KINDS = ("replaced", "withdrawn", "outdated", "merged", "draft")
"""The codes whose page stays in sight; the others lead on."""


@pytest.fixture(scope="module")
def before() -> Iterator[str]:
    with serving(history_site(BEFORE)) as address:
        yield address


@pytest.fixture(scope="module")
def after() -> Iterator[str]:
    with serving(history_site(AFTER)) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A phone with JavaScript, and one without."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def words(page: Page) -> str:
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


def path(page: Page) -> str:
    return urlsplit(page.url).path


def in_order(text: str, *pieces: str) -> None:
    places = [text.find(piece) for piece in pieces]
    assert -1 not in places, [piece for piece, place in zip(pieces, places, strict=True) if place == -1]
    assert places == sorted(places), (pieces, text)


class TestScanned:
    def test_paper_that_holds_lands_on_its_page_without_a_click(self, phone: Page, after: str) -> None:
        for code in (history().codes["current"], history().codes["current"].upper()):
            folder = "q" if code.islower() else "Q"
            phone.goto(f"{after}{folder}/{code}/")
            phone.wait_for_url(f"{after}vest/oem-skulder/")
            assert phone.get_by_role("heading", level=1).inner_text() == "Din skulder"

    def test_replaced_paper_tells_what_changed_signs_first_and_then_the_way_on(self, phone: Page, after: str) -> None:
        phone.goto(f"{after}q/{history().codes['replaced']}/")
        assert phone.get_by_role("heading", level=1).inner_text() == "Din folder er fra 23. november 2026"
        phone.locator("summary").click()
        in_order(words(phone), "Der er kommet en nyere udgave", "Det er ændret", NEW_SIGN, OLD_SIGN,
                 "Alle tegnene står", "Gå til Hvornår skal du ringe?", "Hent den nyeste folder", "112",
                 "70 00 00 01")  # fmt: skip
        phone.get_by_role("link", name="Gå til").click()
        assert path(phone) == "/vest/hvornaar-skal-du-ringe/"

    def test_replaced_paper_leads_to_the_newest_sheet(self, phone: Page, after: str) -> None:
        phone.goto(f"{after}q/{history().codes['replaced']}/")
        target = phone.get_by_role("link", name="Hent den nyeste folder").get_attribute("href")
        answer = phone.context.request.get(f"{after}q/x/{target}")
        assert answer.body().startswith(b"%PDF-")

    def test_withdrawn_paper_says_so_first_with_the_number_of_right_now(self, phone: Page, after: str) -> None:
        phone.goto(f"{after}q/{history().codes['withdrawn']}/")
        assert phone.get_by_role("heading", level=1).inner_text() == "Din folder er kaldt tilbage"
        in_order(words(phone), "Brug den ikke længere", REASON, "112", "70 00 00 01", "Gå til Hvornår skal du ringe?")
        phone.get_by_role("link", name="Gå til").click()
        assert path(phone) == "/vest/hvornaar-skal-du-ringe/"

    def test_paper_with_an_old_number_says_so_first_with_the_new_one(self, phone: Page, after: str) -> None:
        phone.goto(f"{after}q/{history().codes['outdated']}/")
        assert phone.get_by_role("heading", level=1).inner_text() == "Et nummer på din folder gælder ikke længere"
        in_order(words(phone), "Ring ikke til 1899", "1898", "Gå til Din skulder, Region Nyland")
        assert phone.locator('main a[href="tel:1898"]').first.is_visible()
        assert phone.locator('main a[href="tel:1899"]').count() == 0

    def test_paper_of_a_region_that_is_gone_leads_to_its_successor_with_its_own_areas_number(
        self, phone: Page, after: str
    ) -> None:
        phone.goto(f"{after}q/{history().codes['merged']}/")
        in_order(words(phone), "Region Øst findes ikke længere. Du hører nu til Region Nyland", "Ring ikke til 1899",
                 "1898", "Gå til Din skulder, Region Nyland")  # fmt: skip
        assert "70 00 00 01" not in words(phone)
        phone.get_by_role("link", name="Gå til").click()
        assert path(phone) == "/nyland/oem-skulder/"

    def test_before_the_merger_the_same_paper_lands_on_its_page(self, phone: Page, before: str) -> None:
        phone.goto(f"{before}q/{history().codes['merged']}/")
        phone.wait_for_url(f"{before}oest/oem-skulder/")

    def test_a_draft_says_that_it_is_one(self, phone: Page, after: str) -> None:
        phone.goto(f"{after}q/{history().codes['draft']}/")
        in_order(words(phone), "Din folder er en kladde", "KLADDE", "Gå til Hvornår skal du ringe?", "112")

    @pytest.mark.parametrize("typed", [UNKNOWN, "c6ep3g", "c6ep3"])
    def test_a_code_that_does_not_exist_gets_112_and_every_areas_number(
        self, phone: Page, after: str, typed: str
    ) -> None:
        answer = phone.goto(f"{after}q/{typed}/")
        assert answer is not None
        assert answer.status == 404
        for text in ("Siden findes ikke", "112", "Vest: 70 00 00 01", "Øst: 1898"):
            assert text in words(phone)
        assert phone.locator('main a[href="tel:112"]').first.is_visible()


class TestTyped:
    def test_a_slip_is_answered_with_the_code_that_was_meant(self, scripted: Page, after: str) -> None:
        code = history().codes["current"]
        slips = (code[:2] + "9" + code[3:], code[1] + code[0] + code[2:], code[:-1], f"{code}7", code[:3] + code[4:])
        for slip in slips:
            scripted.goto(f"{after}q/{slip}/")
            meant = scripted.get_by_role("status").get_by_role("link", name=code)
            meant.wait_for()
            assert "Mente du" in scripted.get_by_role("status").inner_text(), slip
        meant.click()
        scripted.wait_for_url(f"{after}vest/oem-skulder/")

    @pytest.mark.parametrize("typed", ["{}", " {} ", "{:.3}-{}", "upper"])
    def test_a_code_typed_by_hand_leads_on(self, scripted: Page, after: str, typed: str) -> None:
        code = history().codes["current"]
        written = code.upper() if typed == "upper" else f"{code[:3]}-{code[3:]}" if "-" in typed else typed.format(code)
        scripted.goto(f"{after}q/")
        scripted.get_by_label("Koden på din folder").fill(written)
        scripted.get_by_role("button", name="Find siden").click()
        scripted.wait_for_url(f"{after}vest/oem-skulder/")

    def test_capitals_and_small_letters_in_the_address_lead_on(self, scripted: Page, after: str) -> None:
        code = history().codes["current"]
        mixed = "".join(letter.upper() if place % 2 else letter for place, letter in enumerate(code))
        scripted.goto(f"{after}q/{mixed}/")
        scripted.wait_for_url(f"{after}vest/oem-skulder/")

    @pytest.mark.parametrize("typed", [UNKNOWN, "kan du hjælpe", "<b>hej</b>", "%", "112"])
    def test_what_is_no_code_is_answered_with_how_a_code_looks(self, scripted: Page, after: str, typed: str) -> None:
        scripted.goto(f"{after}q/")
        scripted.get_by_label("Koden på din folder").fill(typed)
        scripted.get_by_role("button", name="Find siden").click()
        scripted.get_by_text("En kode har seks tegn").wait_for()
        assert scripted.get_by_role("status").locator("b").count() == 0

    def test_an_address_that_is_no_text_breaks_nothing(self, scripted: Page, after: str) -> None:
        faults: list[str] = []
        scripted.on("pageerror", lambda error: faults.append(str(error)))
        scripted.goto(f"{after}q/%E0%A4%A/")
        assert scripted.get_by_label("Koden på din folder").is_visible()
        assert faults == []

    def test_a_page_that_is_missing_elsewhere_asks_for_no_code(self, scripted: Page, after: str) -> None:
        scripted.goto(f"{after}vest/findes-ikke/")
        assert scripted.get_by_role("heading", level=1).inner_text() == "Siden findes ikke"
        assert not scripted.get_by_label("Koden på din folder").is_visible()

    def test_without_script_the_page_says_how_to_type_a_code(self, browser: Browser, after: str) -> None:
        context = browser.new_context(viewport=PHONE, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{after}q/")
        assert "koder.example/q/234567" in words(page)
        assert not page.locator("form").is_visible()
        context.close()


def test_the_browser_reckons_the_check_character_as_the_register_does(scripted: Page) -> None:
    random = Random(3)
    typed = [new_code((), random) for _ in range(300)]
    typed += ["".join(random.choices(ALPHABET, k=random.randint(5, 7))) for _ in range(600)]
    script = (OVERRIDES / "kode.js").read_text("utf-8")
    reckoning = re.findall(r"^  const (?:alphabet = [^\n]+|isValid = .+?^  };)$", script, re.MULTILINE | re.DOTALL)
    assert len(reckoning) == 2
    found = scripted.evaluate(f"(codes) => {{ {' '.join(reckoning)} return codes.map(isValid); }}", typed)
    assert found == [is_valid(code) for code in typed]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", [*KINDS, "unknown", "type", "designers"])
def test_the_pages_of_codes_are_for_everybody(browser: Browser, after: str, kind: str, scheme: str) -> None:
    code = UNKNOWN if kind == "unknown" else history().codes.get(kind, "")
    where = {"type": "q/", "designers": "vest/foldere/koder/"}.get(kind, f"q/{code}/")
    for size in (PHONE, DESKTOP):
        assert axe_finds(browser, after + where, size, scheme) == ""


@pytest.mark.parametrize("kind", [*KINDS, "unknown", "type", "designers"])
def test_fingers_can_hit_what_is_there_and_nothing_runs_out_of_the_screen(
    browser: Browser, after: str, kind: str
) -> None:
    code = UNKNOWN if kind == "unknown" else history().codes.get(kind, "")
    where = {"type": "q/", "designers": "vest/foldere/koder/"}.get(kind, f"q/{code}/")
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(after + where)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in page.locator("main button, main input, main a.button, main summary").all():
        box = target.bounding_box()
        assert box is None or box["height"] >= 44, target.inner_text()
    context.close()
