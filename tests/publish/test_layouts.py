"""A tree is right wherever it is laid: in the root of a host or below a path, all regions or one alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext

from generator import load
from generator.cli import main
from generator.publish.build_request import BuildRequest
from generator.publish.host_files import root_files, why_no_place
from generator.publish.site import build_site
from tests.support import shared
from tests.support.approved import DAY, write_approved
from tests.support.browser import PHONE, serving
from tests.support.built import ROOT, store

pytestmark = pytest.mark.whole

FEW = 30
"""Pages of each layout that are opened by default, nearest to the first page; `long` opens all of the real material."""


@dataclass(frozen=True)
class Layout:
    """Where a tree is laid out: its address, and the region that stands alone in it."""

    site_url: str
    region: str | None = None

    @property
    def base(self) -> str:
        return urlsplit(self.site_url).path.strip("/") + "/" if urlsplit(self.site_url).path.strip("/") else ""


LAYOUTS = {
    "root, all": Layout("https://skulder.region.dk/"),
    "path, all": Layout("https://eksempel.github.io/skulder/"),
    "root, alone": Layout("https://skulder.vest.dk/", "vest"),
    "path, alone": Layout("https://eksempel.github.io/skulder/", "vest"),
}
REAL = {
    "root, all": Layout("https://ryg.region.dk/"),
    "path, all": Layout("https://eksempel.github.io/borgerinfo/"),
    "root, alone": Layout("https://ryg.rn.dk/", "nordjylland"),
    "path, alone": Layout("https://eksempel.github.io/borgerinfo/", "nordjylland"),
}


@cache
def approved() -> Path:
    return write_approved(Path(mkdtemp(prefix="godkendt-", dir=shared.directory())))


@cache
def served(layout: Layout, root: Path | None = None) -> Path:
    """Return the directory to serve: the tree lies in it, or in its base below it. Paths are for previews: drafts."""
    root = root or approved()
    home = Path(mkdtemp(prefix="udlagt-", dir=shared.directory()))
    profile = "draft" if layout.base or root == ROOT else "publish"
    out = home / (layout.base or "site")
    build_site(load(root), BuildRequest(root, out, DAY, profile, layout.site_url, layout.region), store())
    return home if layout.base else out


def tree(name: str) -> Path:
    return served(LAYOUTS[name]) / LAYOUTS[name].base


class TestFilesInTheRoot:
    @pytest.mark.parametrize(("name", "host"), [("root, all", "skulder.region.dk"), ("root, alone", "skulder.vest.dk")])
    def test_a_domain_of_ones_own_is_named(self, name: str, host: str) -> None:
        assert (tree(name) / "CNAME").read_text() == f"{host}\n"

    def test_names_that_are_lent_out_or_cannot_exist_are_not(self) -> None:
        for site_url in ("", "https://region.github.io/", "https://ryg.example/", "https://region.dk/ryg/"):
            assert "CNAME" not in root_files(site_url, False, [""]), site_url

    @pytest.mark.parametrize("name", LAYOUTS)
    def test_no_host_leaves_files_out(self, name: str) -> None:
        assert (tree(name) / ".nojekyll").read_bytes() == b""

    def test_search_engines_find_every_site_map_and_each_lists_pages_that_are_there(self) -> None:
        for name, count in (("root, all", 3), ("root, alone", 1)):
            maps = re.findall(r"^Sitemap: (.+)$", (tree(name) / "robots.txt").read_text(), re.MULTILINE)
            assert len(maps) == count
            for address in maps:
                text = at(name, address).read_text()
                listed = re.findall("<loc>(.+?)</loc>", text)
                assert len(listed) > 5
                for page in listed:
                    assert at(name, page, "index.html").is_file(), page

    def test_a_draft_may_be_read_by_search_engines_and_asks_them_away_on_every_page(self) -> None:
        said = root_files("https://ryg.region.dk/", True, [""])["robots.txt"].decode()
        assert "Sitemap" not in said
        assert "Disallow: /" not in said

    @pytest.mark.parametrize("name", LAYOUTS)
    def test_every_canonical_address_is_its_pages_own(self, name: str) -> None:
        found = 0
        for path in (path for path in tree(name).rglob("*.html") if not re.search(r"/[qQ]/", path.as_posix())):
            for said in re.findall(r'<link rel="canonical" href="([^"]+)"', path.read_text("utf-8")):
                assert said.startswith(LAYOUTS[name].site_url), path
                assert at(name, said, "index.html") == path
                found += 1
        assert found > 15

    @pytest.mark.parametrize("name", LAYOUTS)
    def test_the_page_for_missing_pages_leads_back_from_any_depth(self, name: str) -> None:
        html = (tree(name) / "404.html").read_text("utf-8")
        home = f"/{LAYOUTS[name].base}"
        assert f'href="{home}"' in html
        assert not [link for link in re.findall(r'(?:href|src)="([^"#]+)"', html) if link.startswith(("../", "./"))]


def at(name: str, address: str, then: str = "") -> Path:
    """Return the file behind a whole address of the layout."""
    return tree(name) / address.removeprefix(LAYOUTS[name].site_url) / then


class TestWhereItMayBePublished:
    def test_a_path_is_for_previews_since_the_law_asks_for_an_address_in_the_root(self) -> None:
        reason = why_no_place("https://region.dk/ryg/")
        assert reason
        assert "/was i værtens rod" in reason
        assert why_no_place("https://ryg.region.dk/") is why_no_place("https://ryg.region.dk") is None

    def test_the_command_refuses_to_publish_below_a_path_and_builds_the_preview(self, tmp_path: Path) -> None:
        words = ["build", "--as-of", "2026-11-22", "--site-url", "https://eksempel.github.io/skulder/", "--out"]
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(approved())
            refused = CliRunner().invoke(main, [*words, str(tmp_path / "a"), "--profile", "publish"])
            preview = CliRunner().invoke(main, [*words, str(tmp_path / "b")])
        assert refused.exit_code == 2
        assert "har en sti efter værten" in refused.output
        assert not (tmp_path / "a").exists()
        assert preview.exit_code == 0, preview.output
        assert (tmp_path / "b" / "was" / "index.html").is_file()


class TestAccessibilityStatements:
    STATEMENT = "https://was.digst.dk/region"

    def test_a_region_alone_leads_to_its_own_at_once(self) -> None:
        html = (tree("root, alone") / "was/index.html").read_text("utf-8")
        assert f'<meta http-equiv="refresh" content="0; url={self.STATEMENT}">' in html
        assert f'<a href="{self.STATEMENT}">Læs tilgængelighedserklæringen</a>' in html

    def test_the_pages_of_the_whole_country_lead_to_every_publishers(self) -> None:
        html = (tree("root, all") / "was/index.html").read_text("utf-8")
        assert re.findall(rf'<a href="{self.STATEMENT}">(.+?)</a>', html) == ["Region Vest", "Region Øst"]

    @pytest.mark.parametrize("name", LAYOUTS)
    def test_every_page_leads_there_from_its_foot(self, name: str) -> None:
        pages = [path for path in tree(name).rglob("index.html") if '<footer id="menu"' in path.read_text("utf-8")]
        assert len(pages) > 15
        for path in pages:
            foot = path.read_text("utf-8").partition('<footer id="menu"')[2]
            link = re.search(r'<a href="([^"]+)">Tilgængelighedserklæring</a>', foot)
            assert link, path
            assert (path.parent / link[1] / "index.html").is_file(), path


def test_the_page_on_privacy_names_who_runs_the_server_and_what_it_keeps(tmp_path: Path) -> None:
    text = (ROOT / "content/om/privatliv.md").read_text("utf-8").replace("[tilgaengelighed, hvem-staar-bag]", "[]")
    root = write_approved(tmp_path, {"content/om/privatliv.md": text})
    out = tmp_path / "site"
    build_site(load(root), BuildRequest(root, out, DAY), store())
    html = (out / "vest/om/privatliv/index.html").read_text("utf-8")
    assert "en server, som drives af Driftsfirmaet. Den gemmer ikke noget om dig." in html


@pytest.mark.parametrize("name", LAYOUTS)
def test_readers_meet_no_broken_link_and_nothing_outside(name: str, browser: Browser) -> None:
    crawl(browser, served(LAYOUTS[name]), LAYOUTS[name], FEW)


@pytest.mark.long
@pytest.mark.parametrize("name", REAL)
def test_readers_of_all_of_it_meet_no_broken_link_and_nothing_outside(name: str, browser: Browser) -> None:
    crawl(browser, served(REAL[name], ROOT), REAL[name], 10_000)


def crawl(browser: Browser, directory: Path, layout: Layout, most: int) -> None:
    """Open pages nearest first, and look at every address that they fetch or lead to."""
    with serving(directory, layout.base) as home, browser.new_context(viewport=PHONE) as context:
        reader = Reader(context, home)
        waiting, met = [home], {home}
        opened = 0
        while waiting and opened < most:
            address = waiting.pop(0)
            opened += 1
            for target in reader.links(address):
                own = target.startswith(home)
                assert own or not target.startswith(urljoin(home, "/")), f"{address} leads outside, to {target}"
                if own and target not in met:
                    met.add(target)
                    if is_page(target):
                        waiting.append(target)
        assert opened == most or not waiting
        assert opened > 20
        assert reader.fetched_elsewhere == []
        reader.open_missing()


def is_page(address: str) -> bool:
    """Say whether it answers, and with a page that stays: one that sends its readers on leads somewhere that is met."""
    with urlopen(Request(address), timeout=30) as answer:  # raises for what is not there
        return answer.headers.get_content_type() == "text/html" and b'http-equiv="refresh"' not in answer.read()


class Reader:
    """A browser's tab that notes whom pages ask for anything."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home = home
        self.tab = context.new_page()
        self.fetched_elsewhere: list[str] = []
        self.tab.on("request", lambda request: self._note(request.url))

    def _note(self, address: str) -> None:
        if not address.startswith((self.home, "data:")):
            self.fetched_elsewhere.append(address)

    def links(self, address: str) -> Iterator[str]:
        answer = self.tab.goto(address)
        assert answer
        assert answer.status == 200, address
        found: list[str] = self.tab.eval_on_selector_all(
            "a[href], link[href]:not([rel=canonical]), [src], form[action]",
            "all => all.map(one => one.href || one.src || one.action)",
        )
        yield from dict.fromkeys(urldefrag(link)[0] for link in found if isinstance(link, str) and link)

    def open_missing(self) -> None:
        """What is missing, at any depth, is answered with the tree's own page, whose links hold."""
        address = f"{self.home}findes/ikke/her/"
        with pytest.raises(HTTPError, match="404"):
            urlopen(address, timeout=30)
        assert self.tab.goto(address)
        assert self.tab.title().startswith("Siden findes ikke")
        shown = self.tab.eval_on_selector_all("main a[href]", "all => all.map(one => one.href)")
        for link in shown:
            if not link.startswith("tel:"):
                assert link.startswith(self.home), link
                is_page(link)
