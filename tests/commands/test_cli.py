"""The command as a person meets it: what it says, where it works, and how it ends."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.support.built import ROOT, store
from tests.support.complete import write_complete
from tests.support.example import PROJECT, write_example

pytestmark = pytest.mark.whole


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    target = tmp_path / "projekt"
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(".*", "site", "__pycache__", "tests", "generator"))
    (target / ".cache").symlink_to(store().directory)
    return target


def run(directory: Path, *words: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(directory)
        return CliRunner().invoke(main, list(words))


def test_check_is_content_with_the_real_material(copy: Path) -> None:
    result = run(copy, "check")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Alt i orden: ")


@pytest.mark.parametrize("day", ["2026-12-31", "2027-01-01", "2031-06-30"])
def test_time_alone_never_makes_a_draft_fail(copy: Path, day: str) -> None:
    assert run(copy, "check", "--as-of", day).exit_code == 0


def test_a_mistake_is_one_line_with_its_place_and_the_end_is_1(copy: Path) -> None:
    topic = copy / "content" / "emner" / "medicin.md"
    topic.write_text(topic.read_text("utf-8").replace("owner:", "ejer:"), "utf-8")
    result = run(copy, "check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any(re.fullmatch(r"content/emner/medicin\.md:\d+:1: ukendt nøgle »ejer« – .+", line) for line in lines)
    assert all(re.match(r"content/emner/medicin\.md:\d+:\d+: ", line) for line in lines)
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "--region", "nordjyland"], "mente du »nordjylland«?"),
        (["build", "--region", "oestdanmark", "--as-of", "2026-12-31"], "findes ikke 31. december 2026"),
        (["check", "--as-of", "1/1-2027"], "skriv år-måned-dag, fx 2027-01-01"),
        (["check", "--as-of", "2027-02-30"], "er ikke en dato"),
        (["build", "--site-url", "ryg.dk"], "er ikke en adresse"),
        (["build", "--out", "."], "her ligger projektets egne filer"),
        (["build", "--out", "content/site"], "her ligger projektets egne filer"),
        (["serve", "--port", "0"], "--port"),
        (["bygg"], "bygg"),
    ],
)
def test_wrong_use_is_explained_and_ends_with_2(copy: Path, words: list[str], said: str) -> None:
    result = run(copy, *words)
    assert result.exit_code == 2
    assert said in result.output


def test_a_directory_with_other_things_is_never_built_over(copy: Path) -> None:
    (copy / "feriebilleder").mkdir()
    (copy / "feriebilleder" / "strand.jpg").write_bytes(b"sol")
    result = run(copy, "build", "--out", "feriebilleder")
    assert result.exit_code == 2
    assert (copy / "feriebilleder" / "strand.jpg").read_bytes() == b"sol"


def test_outside_a_project_it_says_so(tmp_path: Path) -> None:
    result = run(tmp_path, "check")
    assert result.exit_code == 2
    assert "Her er intet projekt" in result.output


def test_the_project_is_found_from_a_directory_inside_it(copy: Path) -> None:
    assert run(copy / "data" / "regions", "check").exit_code == 0


def test_leaflets_are_listed_without_being_made(copy: Path) -> None:
    result = run(copy, "leaflets", "--list", "--as-of", "2026-11-22")
    assert result.exit_code == 0
    assert "Forstå dine smerter i lænden (forstaa-dine-smerter-i-laenden)" in result.output
    assert re.search(r"^  nordjylland +a4 ([2-9a-z]{6}), fold \1, ", result.output, re.MULTILINE)
    assert "oestdanmark" not in result.output
    assert not (copy / "foldere").exists()


def test_one_regions_leaflets_are_made(copy: Path, tmp_path: Path) -> None:
    result = run(copy, "leaflets", "--region", "sjaelland", "--out", str(tmp_path / "papir"))
    assert result.exit_code == 0, result.output
    made = list((tmp_path / "papir").rglob("*"))
    names = {path.name for path in made if path.is_file()}
    assert {"forstaa-dine-smerter-i-laenden-a4.pdf", "plakat-ondt-i-laenden-poster.pdf"} <= names
    assert {path.parent.name for path in made if path.is_file()} == {"sjaelland"}


def test_publishing_is_refused_and_builds_nothing(copy: Path) -> None:
    result = run(copy, "build", "--profile", "publish")
    assert result.exit_code == 1
    assert not (copy / "site").exists()


def test_a_leaflet_gets_the_codes_it_lacks_and_the_register_only_grows(copy: Path) -> None:
    register = copy / "data" / "editions.yml"
    before = register.read_text("utf-8")
    leaflet = (copy / "data" / "leaflets" / "forstaa-dine-smerter-i-laenden.yml").read_text("utf-8")
    (copy / "data" / "leaflets" / "ny-folder.yml").write_text(leaflet, "utf-8")
    missing = run(copy, "check")
    assert missing.exit_code == 1
    assert "folderen har ingen kode til nordjylland (a4) – kør: .venv/bin/borgerinfo release --draft" in missing.output
    assert run(copy, "release", "ny-folder", "--draft", "--region", "nordjylland").exit_code == 0
    shown = run(copy, "release", "--draft", "--dry-run")
    assert shown.output.count("reserveret") == 5
    assert shown.output.endswith("Intet er skrevet (--dry-run).\n")
    result = run(copy, "release", "--draft")
    assert "5 koder reserveret" in result.output
    after = register.read_text("utf-8")
    assert after.startswith(before)
    assert len(re.findall(r'id: "?[2-9a-z]{6}"?, leaflet: ny-folder', after)) == 6
    assert run(copy, "check").exit_code == 0
    assert "0 koder reserveret" in run(copy, "release", "--draft").output
    assert register.read_text("utf-8") == after


def test_a_code_for_a_leaflet_that_does_not_exist_is_refused(copy: Path) -> None:
    before = (copy / "data" / "editions.yml").read_bytes()
    result = run(copy, "release", "forstaa-dine-smerter-i-landen", "--draft")
    assert result.exit_code == 2
    assert "mente du »forstaa-dine-smerter-i-laenden«?" in result.output
    assert run(copy, "release", "forstaa-dine-smerter-i-laenden", "--region", "bornholm").exit_code == 2
    assert run(copy, "release", "--draft", "--region", "bornholm").exit_code == 2
    assert run(copy, "release").exit_code == 2
    assert (copy / "data" / "editions.yml").read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["check"],
        ["build"],
        ["serve"],
        ["leaflets"],
        ["release"],
        ["withdraw"],
        ["report"],
        ["report", "editions"],
        ["report", "region"],
        ["new"],
        ["new", "phone"],
        ["schema"],
        ["codeowners"],
    ],
)
def test_every_command_has_help_in_danish(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    assert re.search(r"[æøå]", result.output)


def test_a_full_disk_or_forbidden_place_is_said_plainly(copy: Path) -> None:
    (copy / "fil").write_text("ikke en mappe")
    result = run(copy, "build", "--out", "fil/site")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "Kunne ikke læse eller skrive: Not a directory (" in result.output


def test_one_regions_leaflets_are_not_held_back_by_what_another_lacks(tmp_path: Path) -> None:
    mandate = "publisher_mandate: Direktionen, 2026-11-01\n"
    root = write_complete(tmp_path, {"data/regions/oest.yml": {"replace": [mandate, ""]}})
    words = ("leaflets", "--profile", "publish", "--as-of", "2026-11-22")
    alone = run(root, *words, "--region", "vest")
    assert alone.exit_code == 0, alone.output
    assert run(root, *words, "--region", "oest").exit_code == 1
    assert run(root, *words).exit_code == 1


def test_a_code_is_reserved_on_the_day_that_was_asked_for(tmp_path: Path) -> None:
    leaflet = (PROJECT / "data/leaflets/din-skulder.yml").read_text("utf-8")
    root = write_example(tmp_path, {"data/leaflets/ny.yml": leaflet.replace("title: Din skulder", "title: Ny")})
    result = run(root, "release", "ny", "--region", "vest", "--draft", "--as-of", "2026-11-20")
    assert result.exit_code == 0, result.output
    last = (root / "data/editions.yml").read_text("utf-8").splitlines()[-1]
    assert "leaflet: ny," in last
    assert "reserved_on: 2026-11-20," in last
