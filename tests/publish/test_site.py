"""The whole site of the real material: what is there, that it hangs together, and that building it is safe."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import Catalogue, check, load
from generator.problems import ContentError
from generator.publish import links
from generator.publish.build_request import BuildRequest
from generator.publish.last_build import Built
from generator.publish.site import BuildError, build_site
from generator.publish.swap import put_in_place, recover
from tests.bench import projects
from tests.support.built import REFORM, ROOT, TODAY, page, site
from tests.support.built import store as shared

pytestmark = pytest.mark.whole

REGIONS = ["nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland"]


def files(directory: Path) -> dict[str, str]:
    return {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in directory.rglob("*")
        if path.is_file()
    }


def json_at(address: str, day: date = TODAY) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads((site(day) / address).read_text("utf-8"))
    return found


def request(out: Path, day: date = TODAY, region: str | None = None) -> BuildRequest:
    return BuildRequest(ROOT, out, day, region=region)


class TestWhatIsThere:
    @pytest.mark.parametrize("region", REGIONS)
    def test_every_region_has_every_citizen_topic(self, region: str, catalogue: Catalogue) -> None:
        for topic in catalogue.topics_in("emner"):
            assert f"<h1>{topic.title}</h1>" in page(f"{region}/{topic.id}")

    def test_every_intervention_has_a_page_in_its_region(self, catalogue: Catalogue) -> None:
        for item in catalogue.interventions.values():
            if item.region in REGIONS:
                assert (site() / item.region / "tilbud" / item.id / "index.html").is_file(), item.id

    def test_eighteen_interventions_are_counted(self) -> None:
        rows = json_at("api/v1/interventions.json")["interventions"]
        counted = [row for row in rows if row["counted"]]
        assert len(counted) == 18
        assert sorted(row["audience"] for row in counted) == ["citizens"] * 8 + ["clinicians"] * 10
        assert len(rows) == 18 + 26

    def test_addresses_in_the_interface_are_verbatim(self, catalogue: Catalogue) -> None:
        rows = {row["id"]: row for row in json_at("api/v1/interventions.json")["interventions"]}
        assert rows["nordjylland-folder-og-hjemmeside"]["urls"] == ["https://rn.dk/l%C3%A6nderygsmerter"]
        assert rows["syddanmark-video-om-folderen"]["urls"][0].endswith("repeat=true&sharing=false")

    def test_every_code_has_a_page_under_both_spellings(self, catalogue: Catalogue) -> None:
        for code in catalogue.editions:
            assert (site() / "q" / code / "index.html").is_file()
            assert (site() / "Q" / code.upper() / "index.html").is_file()

    def test_a_code_page_first_leads_to_a_page_that_is_built(self, catalogue: Catalogue) -> None:
        for code in catalogue.editions:
            main = page(f"q/{code}").partition("<main")[2]
            target = re.search(r'href="([^"]+)"', main)
            assert target is not None
            assert (site() / "q" / code / target[1] / "index.html").resolve().is_file(), code

    def test_the_manifest_lists_every_file_with_its_hash(self) -> None:
        manifest = json.loads((site() / "manifest.json").read_text("utf-8"))
        listed = {row["path"]: row["sha256"] for row in manifest["files"]}
        built = {path: digest for path, digest in files(site()).items() if path != "manifest.json"}
        assert listed == built

    def test_nothing_of_the_theme_ships(self) -> None:
        shipped = {path for path in files(site()) if path.endswith((".css", ".js", ".map", ".woff2"))}
        everywhere = {"q/adresse.js", "q/kode.js", "soeg/soeg.js"}
        assert shipped == everywhere | {
            f"{r}/{name}" for r in REGIONS for name in ("fagfolk/kopier.js", "soeg/soeg.js")
        }

    def test_all_municipalities_stand_on_the_front_page_with_region_and_number(self, catalogue: Catalogue) -> None:
        front = page("")
        for place in catalogue.municipalities.values():
            row = re.search(rf'<li><a href="([^"]*)">{place.name}</a> <span>(.*?)</span></li>', front)
            assert row is not None, place.name
            phone = catalogue.areas[place.area].phone("out-of-hours", TODAY)
            region = catalogue.region_of(place.area, TODAY)
            assert phone is not None
            assert region is not None
            assert row[1].strip("./") == region.id
            unconfirmed = f'{phone.number}</b> <span class="st">(ikke bekræftet)</span>'
            assert (f'">{phone.number}</a>' if phone.is_confirmed else unconfirmed) in row[2]


class TestHonesty:
    def test_every_page_of_a_draft_says_so_and_is_not_indexed(self) -> None:
        for path in site().rglob("*.html"):
            html = path.read_text("utf-8")
            assert "Udkast – ikke fagligt godkendt" in html, path
            assert '<meta name="robots" content="noindex">' in html, path

    def test_an_unconfirmed_number_is_never_a_link(self, catalogue: Catalogue) -> None:
        phones = [phone for area in catalogue.areas.values() for phone in area.phones]
        confirmed = {phone.uri.removeprefix("tel:") for phone in phones if phone.uri}
        for path in site().rglob("*.html"):
            assert set(re.findall(r'href="tel:([^"]*)"', path.read_text("utf-8"))) <= {"112", *confirmed}, path

    def test_a_number_and_its_status_are_one_piece(self, catalogue: Catalogue) -> None:
        numbers = [p.number for area in catalogue.areas.values() for p in area.phones if not p.is_confirmed]
        for path in site().rglob("*.html"):
            html = path.read_text("utf-8")
            for number in numbers:
                status = r'<span class="st">\((ikke bekræftet|not confirmed)\)</span>'
                bare = re.sub(rf'<span class="nr"><b>{number}</b> {status}</span>', "", html)
                bare = re.sub(
                    r'<section class="review".*?</section>|<ul class="sources">.*?</ul>|<style>.*?</style>',
                    "",
                    bare,
                    flags=re.DOTALL,
                )
                visible = re.sub(r"<[^>]*>", " ", bare)
                assert not re.search(rf"(?<!\d){number}(?!\d)", visible), (path, number)

    def test_the_publish_profile_lists_what_is_missing(self, catalogue: Catalogue) -> None:
        run = subprocess.run(
            [sys.executable, "-m", "generator.cli", "check", "--profile", "publish", "--as-of", "2026-11-22"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        missing = check(catalogue, TODAY, "publish")
        assert run.returncode == bool(missing)
        assert run.stdout.splitlines()[: len(missing)] == [str(problem) for problem in missing]
        named = {line.split(":")[0] for line in run.stdout.splitlines()}
        unsigned = [topic for topic in catalogue.topics.values() if topic.approved_by is None]
        assert {str(topic.origin.path) for topic in unsigned} <= named

    def test_every_ring_now_block_ends_with_112(self) -> None:
        for region in ["", *REGIONS]:
            html = page(f"{region}/hvornaar-skal-du-soege-hjaelp".lstrip("/"))
            card = re.search(r'<section class="card now".*?</section>', html, re.DOTALL)
            assert card is not None
            words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", card[0])).strip()
            assert words.endswith("Får du ikke fat i nogen med det samme, så ring 112.")

    def test_evaluation_figures_do_not_stand_beside_our_leaflet(self) -> None:
        for path in site().rglob("*.html"):
            html = path.read_text("utf-8")
            if "80 pct." in html or "OR 0," in html:
                assert "leaflet" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL), path

    def test_pages_have_nothing_to_fill_in_but_a_code_and_a_search(self) -> None:
        typed = {site() / "404.html", site() / "q" / "index.html", *site().rglob("soeg/index.html")}
        filled = re.compile(r"<(input|select|textarea|form|script(?! type=.application/ld))\b")
        for path in set(site().rglob("*.html")) - typed:
            html = path.read_text("utf-8")
            if "/fagfolk/" in path.as_posix():  # a button that copies, and asks nothing
                html = re.sub(r'<script src="[./]+fagfolk/kopier\.js" defer></script>', "", html)
            assert not filled.search(html), path

    def test_nothing_is_fetched_from_third_parties(self) -> None:
        fetched = re.compile(r'(?:src|action|data-src)="(https?:|//)|<link[^>]+href="https?:|url\(|@import')
        for path in site().rglob("*.html"):
            assert not fetched.search(path.read_text("utf-8").replace('rel="canonical"', "")), path


class TestReform:
    def test_four_regions_and_one_new(self) -> None:
        rows = json_at("api/v1/regions.json", REFORM)["regions"]
        assert [row["id"] for row in rows] == ["midtjylland", "nordjylland", "oestdanmark", "syddanmark"]

    def test_the_new_region_shows_both_numbers_by_area(self) -> None:
        html = page("oestdanmark", REFORM)
        for area, number in (("Hovedstaden", "1813"), ("Sjælland", "1818")):
            assert re.search(rf"\({area}\): <span class=\"nr\"><b>{number}</b>", html)

    @pytest.mark.parametrize("region", ["hovedstaden", "sjaelland"])
    def test_every_old_address_leads_on(self, region: str) -> None:
        old = list((site(TODAY) / region).rglob("index.html"))
        assert len(old) > 30
        for path in old:
            now = site(REFORM) / path.relative_to(site(TODAY))
            found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', now.read_text("utf-8"))
            assert found is not None, now
            target = (now.parent / found[1] / "index.html").resolve()
            assert target.is_file(), now
            assert target.is_relative_to((site(REFORM) / "oestdanmark").resolve())

    def test_old_leaflets_can_still_be_fetched(self) -> None:
        name = "foldere/forstaa-dine-smerter-i-laenden-a4.pdf"
        new = (site(REFORM) / "oestdanmark" / name).read_bytes()
        assert (site(REFORM) / "sjaelland" / name).read_bytes() == new

    @pytest.mark.parametrize("region", ["hovedstaden", "sjaelland"])
    def test_at_the_old_address_of_a_table_or_a_sheet_lies_the_successors(self, region: str) -> None:
        had = [path.relative_to(site(TODAY) / region) for path in (site(TODAY) / region / "fagfolk").rglob("*.*")]
        kept = [path for path in had if path.suffix in (".csv", ".json", ".pdf")]
        assert len(kept) > 20
        assert {path.suffix for path in kept} == {".csv", ".json", ".pdf"}
        for path in kept:
            assert (site(REFORM) / region / path).read_bytes() == (site(REFORM) / "oestdanmark" / path).read_bytes()

    def test_a_trial_that_has_ended_is_gone(self) -> None:
        name = "tilbud/sjaelland-direkte-adgang-fysioterapi/index.html"
        assert (site(TODAY) / "sjaelland" / name).is_file()
        assert "Gælder til 31. december 2026" in page("sjaelland/tilbud")
        assert not (site(REFORM) / "oestdanmark" / name).exists()

    def test_the_day_before_is_the_old_map(self, catalogue: Catalogue) -> None:
        assert len(catalogue.regions_on(REFORM - timedelta(days=1))) == 5
        assert len(catalogue.regions_on(REFORM)) == 4


class TestBuilding:
    def test_two_builds_give_the_same_bytes(self, tmp_path: Path) -> None:
        foreign = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"}
        environment = {**os.environ, **foreign}
        copy = tmp_path / "et andet sted"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "site", "__pycache__", "tests"))
        subprocess.run(
            [sys.executable, "-m", "generator.cli", "build", "--as-of", "2026-11-22", "--region", "nordjylland"],
            cwd=copy, env=environment, check=True, capture_output=True,
        )  # fmt: skip
        assert files(copy / "site") == files(site(TODAY, "nordjylland"))

    @pytest.mark.long
    def test_two_builds_of_all_regions_give_the_same_bytes_wherever_and_whenever(self, tmp_path: Path) -> None:
        found = []
        for number, place in enumerate((("UTC", "C.UTF-8"), ("America/St_Johns", "C"))):
            copy = tmp_path / f"{number} et sted" / ("dybt" * number)
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "site", "__pycache__", "tests"))
            own = {"TZ": place[0], "LC_ALL": place[1], "LANG": place[1], "PYTHONHASHSEED": str(number)}
            subprocess.run(
                [sys.executable, "-m", "generator.cli", "build", "--as-of", "2026-11-22"],
                cwd=copy, env={**os.environ, **own}, check=True, capture_output=True,
            )  # fmt: skip
            found.append(files(copy / "site"))
        assert found[0] == found[1]
        assert len(found[0]) > 500

    def test_an_unchanged_build_writes_nothing(self, catalogue: Catalogue, tmp_path: Path) -> None:
        out, store = tmp_path / "site", shared()
        first = build_site(catalogue, request(out), store)
        stamps = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
        again = build_site(catalogue, request(out), store)
        assert again == replace(first, reused=True)
        assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == stamps

    def test_a_failed_build_leaves_the_old_site(self, catalogue: Catalogue, tmp_path: Path) -> None:
        out, store = tmp_path / "site", shared()
        build_site(catalogue, request(out), store)
        before = files(out)
        broken = replace(catalogue, entries={})
        with pytest.raises(ContentError, match="folderen har ingen kode"):
            build_site(broken, request(out, REFORM), store)
        assert files(out) == before
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site")] == []

    def test_a_killed_build_leaves_the_old_site(self, tmp_path: Path) -> None:
        copy, out = projects.real(tmp_path / "kopi"), tmp_path / "ud" / "site"
        out.parent.mkdir()
        command = [sys.executable, "-m", "generator.cli", "build", "--out", str(out), "--as-of"]
        subprocess.run([*command, "2026-11-22"], cwd=copy, check=True, capture_output=True)
        before = files(out)
        command_later = [*command, "2026-12-01"]
        with subprocess.Popen(command_later, cwd=copy, stdout=subprocess.PIPE, start_new_session=True) as run:
            assert run.stdout is not None
            run.stdout.readline()
            run.stdout.readline()  # the first sender is made, the others are on their way
            os.killpg(run.pid, 9)
        assert files(out) == before
        subprocess.run([*command, "2026-12-01"], cwd=copy, check=True, capture_output=True)
        assert [path.name for path in out.parent.iterdir()] == ["site"]

    def test_recovery_after_a_kill_between_two_renames(self, tmp_path: Path) -> None:
        (tmp_path / ".site.old").mkdir()
        (tmp_path / ".site.old" / "index.html").write_text("gammel")
        (tmp_path / ".site.new-999999999").mkdir()
        recover(tmp_path / "site")
        assert files(tmp_path).keys() == {"site/index.html"}

    def test_placing_without_an_exchange_in_one_step(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("generator.publish.swap._exchange", lambda one, other: False)
        for name, text in (("site", "gammel"), ("ny", "ny")):
            (tmp_path / name).mkdir()
            (tmp_path / name / "index.html").write_text(text)
        put_in_place(tmp_path / "ny", tmp_path / "site")
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
        assert (tmp_path / "site" / "index.html").read_text() == "ny"

    def test_builds_never_write_into_the_sources(self, catalogue: Catalogue, tmp_path: Path) -> None:
        before = {name: files(ROOT / name) for name in ("data", "content", "overrides")}
        build_site(catalogue, request(tmp_path / "site"), shared())
        assert {name: files(ROOT / name) for name in before} == before

    def test_a_dead_link_in_a_template_stops_the_build(self, tmp_path: Path) -> None:
        copy = tmp_path / "kopi"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "site", "__pycache__", "tests", "generator"))
        about = copy / "overrides" / "about.html"
        about.write_text(about.read_text().replace("<h1>", '<a href="findes-ikke/">x</a><h1>'))
        with pytest.raises(BuildError, match=r"om/index\.html: linket til »om/findes-ikke/« findes ikke"):
            build_site(load(copy), BuildRequest(copy, tmp_path / "site", TODAY), shared())


class TestOneRegionAlone:
    def test_it_has_its_pages_at_the_root_and_its_codes(self, catalogue: Catalogue) -> None:
        alone = site(TODAY, "syddanmark", "https://ryg.example.org/")
        assert (alone / "skal-du-scannes" / "index.html").is_file()
        own = [e.id for e in catalogue.editions.values() if e.sender == "syddanmark"]
        assert {path.parent.name for path in (alone / "q").glob("*/index.html")} == set(own)
        assert '<link rel="canonical" href="https://ryg.example.org/skal-du-scannes/">' in (
            alone / "skal-du-scannes" / "index.html"
        ).read_text("utf-8")
        assert "https://ryg.example.org/om/privatliv/" in (alone / "sitemap.xml").read_text("utf-8")

    def test_a_successor_alone_holds_its_predecessors_codes(self, catalogue: Catalogue) -> None:
        alone = site(REFORM, "oestdanmark")
        heritage = {"oestdanmark", "hovedstaden", "sjaelland"}
        own = {e.id for e in catalogue.editions.values() if e.sender in heritage}
        assert {path.parent.name for path in (alone / "q").glob("*/index.html")} == own


class TestPlainMkDocs:
    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        copy = tmp_path / "kopi"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "site", "__pycache__", "tests"))
        return copy

    def build(self, copy: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "error", "-m", "mkdocs", "build", "--strict"]
        variables = {**os.environ, "BORGERINFO_AS_OF": "2026-11-22", **environment}
        return subprocess.run(command, cwd=copy, env=variables, capture_output=True, text=True, check=False)

    def test_one_edition_builds_strictly(self, copy: Path) -> None:
        run = self.build(copy, BORGERINFO_REGION="sjaelland")
        assert run.returncode == 0, run.stderr
        assert "Region Sjælland" in (copy / ".build" / "index.html").read_text("utf-8")

    def test_the_front_page_is_built_when_no_region_is_chosen(self, copy: Path) -> None:
        run = self.build(copy)
        assert run.returncode == 0, run.stderr
        assert "Find din kommune" in (copy / ".build" / "index.html").read_text("utf-8").replace("Eller find", "Find")

    def test_a_mistake_stops_it_with_its_line(self, copy: Path) -> None:
        topic = copy / "content" / "emner" / "medicin.md"
        topic.write_text(topic.read_text("utf-8").replace("owner:", "ejer:"), "utf-8")
        run = self.build(copy)
        assert run.returncode == 1
        assert re.search(r"content/emner/medicin.md:\d+:1: ukendt nøgle »ejer«", run.stderr)
        assert "Traceback" not in run.stderr

    def test_an_unknown_region_is_named(self, copy: Path) -> None:
        run = self.build(copy, BORGERINFO_REGION="sjælland")
        assert run.returncode == 1
        assert "mente du »sjaelland«?" in run.stderr


def test_the_built_type_counts_what_is_there(catalogue: Catalogue) -> None:
    manifest = json.loads((site() / "manifest.json").read_text("utf-8"))
    built = Built(**{**manifest["built"], "senders": tuple(manifest["built"]["senders"])})
    assert built.senders == ("national", *sorted(REGIONS))
    assert built.pages == len(list(site().rglob("*.html")))
    files = [path for path in site().glob("*/foldere/*.pdf") if path.parents[1].name in REGIONS]
    assert built.leaflets == len(files)


def test_orphans_and_broken_anchors_are_found() -> None:
    pages = {
        "index.html": links.anatomy("index.html", '<a href="a/#top">a</a><a href="a/#intet">b</a>'),
        "a/index.html": links.anatomy("a/index.html", '<p id="top"></p><a href="../">op</a>'),
        "b/index.html": links.anatomy("b/index.html", '<a href="../c.pdf">c</a>'),
    }
    assert list(links.broken(pages, pages)) == [
        ("index.html", "a/#intet", "har ikke det anker"),
        ("b/index.html", "c.pdf", "findes ikke"),
    ]
    assert links.orphans(pages, ["index.html"]) == ["b/index.html"]
