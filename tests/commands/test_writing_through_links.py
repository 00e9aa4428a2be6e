"""Whoever lets a link stand where the program writes means the place that it leads to."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cache import Cache
from generator.cli import main
from generator.publish.swap import put_in_place
from generator.writing import behind_links, write_whole
from tests.support.example import alter, write_example

A_DAY, LATER = "2026-11-22", "2026-11-23"
IN_NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
"""Begins a command that may mount, without being root, where the system lets anybody."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give an example whose directory for sites is a link to one of a web server."""
    root = write_example(tmp_path, templates=True)
    (tmp_path / "srv" / "www").mkdir(parents=True)
    (root / "site").symlink_to(tmp_path / "srv" / "www")
    return root


def run(root: Path, *words: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, list(words))


def build(root: Path, *words: str, day: str = A_DAY) -> Result:
    result = run(root, "build", "--as-of", day, *words)
    assert result.exit_code == 0, result.output
    return result


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


@pytest.mark.whole
def test_a_build_goes_where_the_link_leads_and_the_link_stays(project: Path, tmp_path: Path) -> None:
    build(project)
    real = tmp_path / "srv" / "www"
    front = (real / "index.html").read_text("utf-8")
    alter(project / "data/site.yml", {"replace": ["title: ", "title: Ny "]})
    assert "i site/." in build(project).output
    assert (project / "site").readlink() == real
    assert (real / "index.html").read_text("utf-8") != front
    assert names(tmp_path / "srv") == ["www"]
    assert [name for name in names(project) if name.startswith(".site")] == []


@pytest.mark.whole
def test_nothing_changed_is_seen_through_the_link(project: Path, tmp_path: Path) -> None:
    build(project)
    stamp = (tmp_path / "srv/www/index.html").stat().st_ino
    assert build(project).output.splitlines()[1].startswith("Intet er ændret siden sidst: ")
    assert (tmp_path / "srv/www/index.html").stat().st_ino == stamp


@pytest.mark.whole
def test_links_in_the_way_and_links_to_links_are_followed_too(project: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").symlink_to("srv")
    (tmp_path / "igen").symlink_to("disk/www")
    build(project, "--out", str(tmp_path / "igen"))
    build(project, "--out", str(tmp_path / "disk" / "www"), day=LATER)
    build(project, "--out", str(tmp_path / "disk" / "en" / "anden"))
    assert names(tmp_path / "srv") == ["en", "www"]
    assert (tmp_path / "srv/en/anden/index.html").is_file()
    assert (tmp_path / "disk").is_symlink()
    assert (tmp_path / "igen").is_symlink()


@pytest.mark.whole
def test_a_link_to_a_directory_that_is_not_made_yet_has_it_made(project: Path, tmp_path: Path) -> None:
    (tmp_path / "srv" / "www").rmdir()
    build(project)
    assert (tmp_path / "srv/www/index.html").is_file()


@pytest.mark.parametrize(
    ("target", "said"),
    [("/findes/slet/ikke", "fører til »/findes/slet/ikke«, som ikke findes – opret mappen"), ("site", "fører i ring")],
    ids=["nowhere", "ring"],
)
def test_a_link_that_leads_nowhere_is_refused_by_name(project: Path, target: str, said: str) -> None:
    (project / "site").unlink()
    (project / "site").symlink_to(target)
    result = run(project, "build", "--as-of", A_DAY)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert (project / "site").readlink() == Path(target)


@pytest.mark.whole
@pytest.mark.parametrize("kind", ["--bind andet site", "-t tmpfs none site"])
def test_a_mounted_directory_is_refused_by_name_and_kept(project: Path, kind: str) -> None:
    if subprocess.run([*IN_NAMESPACE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount")
    (project / "site").unlink()
    for name in ("site", "andet"):
        (project / name).mkdir()
    build(project, "--out", "www")
    words = (
        f'mount {kind} && cp -r www/. site/ && "{sys.executable}" -m generator.cli build --as-of {LATER}; echo $?;'
        " cat site/manifest.json"
    )
    done = subprocess.run([*IN_NAMESPACE, "sh", "-c", words], cwd=project, capture_output=True, text=True, check=False)
    said = f"»{project / 'site'}« er koblet på for sig (mount) og kan ikke byttes ud på én gang – "
    assert done.stderr.startswith(f"Kunne ikke læse eller skrive: {said}"), done.stderr
    assert "\n1\n" in done.stdout
    assert done.stdout.endswith((project / "www/manifest.json").read_text("utf-8"))
    assert [name for name in names(project) if name.startswith(".site")] == []


def test_a_directory_that_cannot_be_renamed_is_named_where_names_are_not_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(path: Path, target: Path) -> Path:
        raise OSError(16, "Device or resource busy", str(path))

    for name in ("ny", "site"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr("generator.publish.swap._exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", busy)
    with pytest.raises(OSError, match="er koblet på for sig"):
        put_in_place(tmp_path / "ny", tmp_path / "site")


# ---- the other writers ----


def test_a_written_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "srv").mkdir()
    (tmp_path / "kort.conf").symlink_to("srv/kort.conf")
    for data in (b"ny", b"nyere"):
        write_whole(tmp_path / "kort.conf", data)
        assert (tmp_path / "srv" / "kort.conf").read_bytes() == data
    assert (tmp_path / "kort.conf").is_symlink()
    assert names(tmp_path / "srv") == ["kort.conf"]


@pytest.mark.whole
@pytest.mark.parametrize(
    ("words", "made"),
    [
        (["leaflets", "--as-of", A_DAY, "--out"], "vest"),
        (["codes", "qr", "--as-of", A_DAY, "--out"], "vest"),
        (["report", "overview", "--as-of", A_DAY, "--out"], "overblik.html"),
        (["report", "readability", "--as-of", A_DAY, "--out"], "laesbarhed.html"),
    ],
)
def test_directories_of_paper_codes_and_reports_go_where_the_link_leads(
    project: Path, tmp_path: Path, words: list[str], made: str
) -> None:
    (project / "ud").symlink_to(tmp_path / "srv" / "ud")
    result = run(project, *words, "ud")
    assert result.exit_code == 0, result.output
    assert made in names(tmp_path / "srv" / "ud")
    (project / "ingen").symlink_to("/findes/slet/ikke")
    result = run(project, *words, "ingen")
    assert result.exit_code == 1
    assert "Kunne ikke læse eller skrive: linket »ingen" in result.output


@pytest.mark.parametrize("words", [["codes", "map", "--server", "nginx"], ["report", "region", "vest"]])
def test_single_files_go_where_the_link_leads(project: Path, tmp_path: Path, words: list[str]) -> None:
    (project / "fil").symlink_to(tmp_path / "srv" / "fil")
    result = run(project, *words, "--as-of", A_DAY, "--out", "fil")
    assert result.exit_code == 0, result.output
    assert (project / "fil").is_symlink()
    assert (tmp_path / "srv" / "fil").stat().st_size > 0


def test_a_cache_behind_a_link_is_made_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / ".cache").symlink_to("disk")
    Cache(tmp_path / ".cache").keep("abc", b"gemt")
    assert Cache(tmp_path / "disk").find("abc") == b"gemt"
    assert behind_links(tmp_path / ".cache") == tmp_path / "disk"
