"""What an earlier build left is used again only where a build from nothing would give the same bytes."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator import load
from generator.addresses import code_pages
from generator.cache import Cache
from generator.loading.conversion import convert_ahead, converter
from generator.publish.build_request import BuildRequest
from generator.publish.last_build import Built, foreign_files, untouched
from generator.publish.site import build_site
from generator.source_files import source_hashes
from generator.web.pages import MENU
from tests.bench import codes, projects
from tests.support.built import ROOT

pytestmark = pytest.mark.whole

TODAY = date(2026, 11, 22)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.real(tmp_path / "project")


def order(project: Path, out: str = "site", day: date = TODAY) -> BuildRequest:
    return BuildRequest(project, project / out, day)


def build(request: BuildRequest) -> Built:
    store = Cache(request.root / ".cache")
    return build_site(load(request.root, converter(store)), request, store)


def files(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def places(out: Path) -> dict[str, int]:
    return {path.relative_to(out).as_posix(): path.stat().st_ino for path in out.rglob("*.html")}


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a sentence": lambda root: projects.change_a_sentence(root, 1),
    "the text on the front page": lambda root: replace_in(
        root / "content/index.md", "For langt de fleste", "For mange"
    ),
    "a title": lambda root: replace_in(root / "content/emner/medicin.md", "title: Medicin", "title: Om medicin"),
    "a fact": lambda root: replace_in(root / "data/regions/nordjylland.yml", "Region Nordjylland", "Region Nord"),
    "a template": lambda root: replace_in(root / "overrides/topic.html", "Kort fortalt", "I korte træk"),
    "a text that is gone": lambda root: (root / "content/fagfolk/hotlines.md").unlink(),
}


BY_DEFAULT = ("a sentence", "a fact", "a text that is gone")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(change, id=name, marks=[] if name in BY_DEFAULT else pytest.mark.long)
        for name, change in CHANGES.items()
    ],
)
def test_a_build_on_top_of_another_gives_what_a_build_from_nothing_gives(
    project: Path, change: Callable[[Path], None]
) -> None:
    for text in (project / "content/fagfolk").glob("*.md"):  # so that one of them can go
        text.write_text(text.read_text("utf-8").replace("hotlines, ", "").replace(", hotlines", ""), "utf-8")
    build(order(project))
    before = files(project / "site")
    change(project)
    build(order(project))
    shutil.rmtree(project / ".cache")
    build(order(project, "fra-bunden"))
    assert files(project / "site") == files(project / "fra-bunden")
    assert files(project / "site") != before


def test_a_changed_sentence_makes_only_its_own_pages_again(project: Path) -> None:
    build(order(project))
    before = places(project / "site")
    replace_in(project / "content/emner/medicin.md", "Måske lidt.", "Måske en smule.")
    build(order(project))
    after = places(project / "site")
    changed = {name for name in after if after[name] != before[name]} - {"404.html"}
    own = {name for name in after if name.endswith("medicin/index.html")}
    assert len(own) == projects.SENDERS
    assert changed == own | {name for name in after if name.endswith("/samlet/index.html")}  # those hold every text


def test_a_page_that_somebody_has_touched_is_made_again(project: Path) -> None:
    build(order(project))
    page = project / "site/nordjylland/skal-du-scannes/index.html"
    right = page.read_bytes()
    page.write_bytes(right.replace(b"<h1>", b"<h1>Hov: "))
    projects.change_a_sentence(project, 1)
    build(order(project))
    assert page.read_bytes() == right


@pytest.mark.parametrize("spoiled", [0, 1], ids=["as printed", "in capitals"])
def test_a_page_of_a_code_is_kept_or_made_at_both_its_addresses(tmp_path: Path, spoiled: int) -> None:
    project = codes.write(tmp_path / "project", 2)
    build(order(project))
    code = next(path.name for path in (project / "site/q").iterdir())
    pages = [project / "site" / address / "index.html" for address in code_pages(code)]
    right = pages[0].read_bytes()
    pages[spoiled].unlink()
    pages[spoiled].write_bytes(b"Hov")
    projects.change_a_sentence(project, 1)
    build(order(project))
    assert [page.read_bytes() for page in pages] == [right, right]


def test_another_day_is_another_build(project: Path) -> None:
    build(order(project))
    assert untouched(order(project)) == build(order(project))
    assert untouched(order(project, day=date(2026, 11, 23))) is None


@pytest.mark.parametrize("name", ["content/index.md", "data/site.yml", "overrides/layout.html", "mkdocs.yml"])
def test_a_changed_file_is_seen_without_reading_it_in(project: Path, name: str) -> None:
    build(order(project))
    with (project / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert untouched(order(project)) is None


def test_a_new_or_missing_file_is_seen(project: Path) -> None:
    build(order(project))
    extra = project / "content/emner/ny.md"
    extra.write_text("")
    assert untouched(order(project)) is None
    extra.unlink()
    assert untouched(order(project)) is not None
    (project / "site/nordjylland/index.html").unlink()
    assert untouched(order(project)) is None


LITTER = (
    "data/frozen/.gitkeep", "data/.DS_Store", "data/Thumbs.db", "content/desktop.ini", "content/emner/.medicin.md.swp",
    "content/emner/medicin.md~", "data/sources.yml.swp", "content/om/x.md:Zone.Identifier",
    "overrides/.DS_Store", "overrides/layout.html~",
)  # fmt: skip


def test_what_lies_beside_the_sources_and_line_ends_change_nothing(project: Path) -> None:
    build(order(project))
    for name in LITTER:
        (project / name).write_bytes(b"\x00")
    windows = project / "content/index.md"
    windows.write_bytes(windows.read_bytes().replace(b"\n", b"\r\n"))
    assert untouched(order(project)) == build(order(project))
    assert build(order(project)).reused


def test_a_build_sees_the_files_of_the_repository_as_they_are_read() -> None:
    assert source_hashes(ROOT) == load(ROOT).hashes


def test_a_file_that_cannot_be_read_is_left_to_the_loader(project: Path) -> None:
    build(order(project))
    (project / "content/emner/ny.md").symlink_to("ingen-steder.md")
    assert untouched(order(project)) is None


def test_a_build_with_nothing_to_do_loads_nothing_that_reads_or_renders() -> None:
    told = "import generator.cli, sys; print({'pydantic', 'yaml', 'markdown', 'mkdocs'} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout == "set()\n"


def test_texts_converted_ahead_are_those_converted_one_by_one(project: Path, tmp_path: Path) -> None:
    ahead, alone = Cache(tmp_path / "ahead"), Cache(tmp_path / "alone")
    convert_ahead(project, ahead)
    kept = files(ahead.directory)
    load(project, converter(ahead))
    load(project, converter(alone))
    assert kept == files(ahead.directory) == files(alone.directory)


def test_menu_and_first_page_stay_short_however_many_topics(tmp_path: Path) -> None:
    project = projects.generated(tmp_path / "project", 300)
    build(order(project))
    topics = len(list((project / "content/emner").glob("*.md")))
    assert topics > 2 * MENU
    for name in ("index.html", "nordjylland/index.html", "nordjylland/emne-0003/index.html"):
        html = (project / "site" / name).read_text("utf-8")
        menu = html.partition('id="menu"')[2].partition("</ul>")[0]
        assert menu.count("<li>") == MENU + 1
        assert 'emner/">Alle emner</a>' in menu
    listed = (
        (project / "site/nordjylland/emner/index.html").read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    )
    assert listed.count("<li>") == topics


def test_what_systems_leave_in_a_built_tree_is_nobodys_and_all_else_is_somebodys(tmp_path: Path) -> None:
    left = [".DS_Store", "Thumbs.db", "om/desktop.ini", "index.html~", "om/x.pdf:Zone.Identifier", "._x"]
    for name in [*left, ".htaccess", "om/egen.html"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert foreign_files(tmp_path) == [".htaccess", "om/egen.html"]
