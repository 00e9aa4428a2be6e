"""The reform of 2027 rehearsed on the real material: the same files, another day, and no line of code knows of it."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import Catalogue
from generator.addresses import code_page
from generator.cache import Cache
from generator.codes.recall import Wanted, carriers
from generator.codes.standing import standing, ways
from generator.loading.conversion import converter
from generator.reports.region_letter import region_report
from generator.sender.context import Context
from generator.sender.senders import senders
from generator.web.code_pages import pages_of_codes
from tests.support.built import REFORM, ROOT, TODAY, page, site
from tests.support.releases import release

HEIR = "oestdanmark"
MERGED = ("hovedstaden", "sjaelland")
LEAFLET = "forstaa-dine-smerter-i-laenden"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return the real material as if its leaflet had been released to both regions and their neighbour in 2026."""
    root = tmp_path_factory.mktemp("reform") / "projekt"
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, root / name)
    convert = converter(Cache(tmp_path_factory.mktemp("cache")))
    return release(root, LEAFLET, [*MERGED, "nordjylland"], TODAY, convert)


def printed(catalogue: Catalogue, region: str) -> list[str]:
    return [e.id for e in catalogue.editions.values() if e.sender == region and e.release]


# ── The site of the day ──


def test_one_region_has_taken_the_place_of_two(catalogue: Catalogue) -> None:
    before, after = ({region.id for region in catalogue.regions_on(day)} for day in (TODAY, REFORM))
    assert before - after == set(MERGED)
    assert after - before == {HEIR}


@pytest.mark.parametrize("address", ["", "hvornaar-skal-du-soege-hjaelp/"])
def test_the_new_region_shows_the_numbers_of_both_areas(address: str, catalogue: Catalogue) -> None:
    html = page(f"{HEIR}/{address}", REFORM)
    for name in MERGED:
        area = catalogue.areas[name]
        phone = area.phone("out-of-hours", REFORM)
        assert phone is not None
        assert f">{phone.number}<" in html
        assert area.name in html


def old_pages() -> Iterator[str]:
    for region in MERGED:
        for file in (site(TODAY) / region).rglob("index.html"):
            yield file.relative_to(site(TODAY)).as_posix()


@pytest.mark.whole
def test_every_old_address_leads_in_one_hop_to_a_page_that_is_there() -> None:
    new = site(REFORM)
    addresses = list(old_pages())
    assert len(addresses) > 50
    for address in addresses:
        html = (new / address).read_text("utf-8")
        onward = re.search(r'http-equiv="refresh" content="0; url=([^"#]*)', html)
        links = [onward[1]] if onward else re.findall(r'<a class="button" href="([^"#]*)"', html)
        assert links, address
        target = (new / address).parent / links[0] / "index.html"
        assert target.exists(), address
        assert f"/{HEIR}/" in target.resolve().as_posix(), address
        assert 'http-equiv="refresh"' not in target.read_text("utf-8"), address


@pytest.mark.whole
def test_the_same_text_is_behind_an_old_address(catalogue: Catalogue) -> None:
    for region in MERGED:
        for topic in catalogue.topics_in("emner"):
            html = page(f"{region}/{topic.id}", REFORM)
            assert re.search(rf'url=[./]*{HEIR}/{topic.id}/"', html), (region, topic.id)


@pytest.mark.whole
def test_an_old_leaflets_address_gives_the_new_regions_leaflet() -> None:
    new = (site(REFORM) / f"{HEIR}/foldere/{LEAFLET}-a4.pdf").read_bytes()
    for region in MERGED:
        assert (site(REFORM) / f"{region}/foldere/{LEAFLET}-a4.pdf").read_bytes() == new


@pytest.mark.whole
def test_every_code_of_the_old_regions_is_alive(catalogue: Catalogue) -> None:
    for edition in catalogue.editions.values():
        for address in (code_page(edition.id), code_page(edition.id).upper()):
            assert (site(REFORM) / address / "index.html").exists()


# ── What was printed before ──


@pytest.mark.parametrize("region", MERGED)
def test_printed_leaflets_are_replaced_on_the_day_and_lead_to_the_new_region(released: Catalogue, region: str) -> None:
    assert printed(released, region)
    for code in printed(released, region):
        before, after = (standing(released, released.editions_on(day)[code], day) for day in (TODAY, REFORM))
        assert (before.kind, after.kind) == ("current", "replaced")
        assert [way.page.split("/")[0] for way in ways(released, after)] == [HEIR]
        assert [area.id for area in after.areas] == [region]
        assert after.wrong_numbers == ()  # the areas keep their numbers until somebody tells otherwise


def test_a_leaflet_of_a_region_that_stays_is_as_it_was(released: Catalogue) -> None:
    for code in printed(released, "nordjylland"):
        assert standing(released, released.editions_on(REFORM)[code], REFORM).kind == "current"


def test_the_code_page_shows_the_number_of_the_area_it_was_printed_for_and_no_other(released: Catalogue) -> None:
    national = next(sender for sender in senders(released, REFORM) if sender.region is None)
    shown = {p.address: p for p in pages_of_codes(Context(released, national, REFORM))}
    for region in MERGED:
        phone = released.areas[region].phone("out-of-hours", REFORM)
        assert phone is not None
        for code in printed(released, region):
            values = shown[code_page(code)].values
            assert values["kind"] == "replaced"
            assert [call.number for call in values["calls"].areas] == [phone.number]


def test_the_new_region_finds_all_the_paper_it_has_inherited(released: Catalogue) -> None:
    found = {c.edition.id for c in carriers(released, Wanted(region=HEIR), REFORM) if c.edition.release}
    assert found == {code for region in MERGED for code in printed(released, region)}
    letter = region_report(released, released.regions[HEIR], REFORM)
    replaced = {code for paper in letter.inherited if paper.kind == "replaced" for code, _ in paper.codes}
    assert replaced == found
    assert [asks.area.id for asks in letter.areas] == list(MERGED)


# ── The switch is data ──


def names(catalogue: Catalogue) -> re.Pattern[str]:
    known = {*catalogue.regions, *catalogue.areas, *(region.short_name for region in catalogue.regions.values())}
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(known))})(?![\w-])", re.IGNORECASE)


def code_of(file: Path) -> str:
    """Return a module without comments and docstrings: what is run, and what is said to people."""
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):  # so that it is one of the nodes that have a body, which `ast.AST` does not say
            node.body = [n for n in body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]  # type: ignore[attr-defined]
    return ast.unparse(tree)


def test_no_line_of_the_program_knows_a_region(catalogue: Catalogue) -> None:
    modules = sorted((ROOT / "generator").rglob("*.py"))
    assert len(modules) > 50
    wanted = names(catalogue)
    assert {str(m.relative_to(ROOT)): found for m in modules if (found := wanted.findall(code_of(m)))} == {}


def test_no_template_knows_a_region(catalogue: Catalogue) -> None:
    kinds = (".html", ".css", ".js", ".xml", ".typ")
    places = (ROOT / "overrides", ROOT / "generator")
    files = [path for place in places for path in place.rglob("*") if path.suffix in kinds]
    assert len(files) > 20
    wanted = names(catalogue)
    assert {f.name: found for f in files if (found := wanted.findall(f.read_text("utf-8")))} == {}


def test_the_day_itself_is_nowhere_in_the_program() -> None:
    for module in (ROOT / "generator").rglob("*.py"):
        code = code_of(module)
        assert "2027, 1, 1" not in code, module
        assert not re.search(r"as_of\w* *[<>=]=? *date\(", code), module
