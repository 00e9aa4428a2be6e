"""Every wrong setting is told in Danish with what to write instead, all at once, and before anything starts."""

import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.feedback.lock import Lock
from generator.feedback.settings import VARIABLES, SettingError, Settings, read_settings
from generator.feedback.sites import read_site
from tests.support.built import ROOT
from tests.support.feedback_service import environment, free_port, running, settings_for, write_site

GUIDE = (ROOT / "VEJLEDNING.md").read_text("utf-8")
PUBLISHED = {
    "FEEDBACK_PROFILE": "publish", "FEEDBACK_SECRET": "s" * 40, "FEEDBACK_SITE_URL": "https://ryg.example.dk/",
    "FEEDBACK_RETENTION_DECISION": "Arkivet, 1. november 2026", "FEEDBACK_EDITORS": f"nordby:{'0' * 64}",
}  # fmt: skip


def wrong(**given: str) -> str:
    with pytest.raises(SettingError) as refused:
        read_settings(given)
    return str(refused.value)


def test_nothing_needs_to_be_set() -> None:
    assert read_settings({}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://x", "skal begynde med sqlite:/// eller postgresql://"),
        ("DATABASE_URL", "sqlite://x.db", "der skal være tre skråstreger før stien"),
        ("DATABASE_URL", "sqlite:///:memory:", "skal være en fil"),
        ("DATABASE_URL", "sqlite:////tmp", "skal være en fil"),
        ("DATABASE_URL", "postgresql://ryg:Kode7/x#9@127.0.0.1/ryg", "skriv tegn som / # @ : i adgangskoden som %2F"),
        ("DATABASE_URL", "postgresql://ryg:a#b@127.0.0.1/ryg", "skriv tegn som / # @ : i adgangskoden som %2F"),
        (
            "DATABASE_URL",
            "postgresql://127.0.0.1/ryg?sslmode=forkert",
            "sslmode=forkert findes ikke – skriv verify-full",
        ),
        ("FEEDBACK_PROXIES", "10.0.0.1, nonsens", "»nonsens« er hverken en adresse eller et net – skriv fx 10.0.0.1"),
        ("FEEDBACK_PROXIES", "10.0.0.1/24", "»10.0.0.1/24« er hverken en adresse eller et net"),
        ("FEEDBACK_SITE_URL", "https://ryg.example.dk/søvn/", "skriv https://ryg.example.dk/s%C3%B8vn/"),
        ("FEEDBACK_PORT", "80a", "»80a« er ikke et tal fra 1 til 65535"),
        ("FEEDBACK_PORT", "70000", "»70000« er ikke et tal fra 1 til 65535"),
        ("FEEDBACK_RETENTION_DAYS", "0", "»0« er ikke et tal fra 1 til 3650"),
        ("FEEDBACK_PROFILE", "prod", "»prod« findes ikke – skriv draft eller publish"),
        ("FEEDBACK_SITE_URL", "ryg.dk", "er ikke en adresse"),
        ("FEEDBACK_SITE_URL", "http://ryg.dk/", "er ikke en adresse"),
        ("FEEDBACK_SECRET", "kort", "er for kort – skriv mindst 32 tilfældige tegn"),
        ("FEEDBACK_EDITORS", "nordby", "»nordby« har ikke formen region:kode"),
        ("FEEDBACK_CONTACT_DATA", "nordby", "»nordby« skal have refuse eller mask"),
        ("FEEDBACK_WORKERS", "2", "SQLite tåler kun én proces"),
        ("FEEDBACK_RETENTION", "90", "indstillingen findes ikke"),
    ],
)
def test_a_wrong_setting_is_explained(name: str, value: str, says: str) -> None:
    said = wrong(**{name: value})
    assert said.startswith(f"{name}: ") or name == "FEEDBACK_WORKERS"
    assert says in said


def test_an_address_of_postgresql_in_order_is_taken() -> None:
    address = "postgresql://ryg:Kode7%2Fx%239@db.example.dk:5432/ryg?sslmode=verify-full"
    assert read_settings({"DATABASE_URL": address}).database == address
    assert "Kode7" not in wrong(DATABASE_URL="postgresql://ryg:Kode7/x#9@127.0.0.1/ryg")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"editors": {"vesterby": ("0" * 64,)}}, "FEEDBACK_EDITORS: regionen »vesterby« findes ikke"),
        ({"contact_data": {"vesterby": "mask"}}, "FEEDBACK_CONTACT_DATA: regionen »vesterby« findes ikke"),
        ({"proof_of_work": frozenset({"vesterby"})}, "FEEDBACK_PROOF_OF_WORK: regionen »vesterby« findes ikke"),
        ({"host": "findes-ikke.invalid"}, "FEEDBACK_HOST: »findes-ikke.invalid« findes ikke"),
        ({"host": "192.0.2.1"}, "på 192.0.2.1 kan ikke bruges – vælg en anden"),
    ],
)
@pytest.mark.whole
def test_what_only_shows_at_the_start_is_explained_before_it(tmp_path: Path, given: dict[str, Any], says: str) -> None:
    from generator.feedback.server import serve

    with pytest.raises(SettingError, match=re.escape(says)):
        serve(settings_for(tmp_path, port=free_port(), **given))


@pytest.mark.whole
def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    from generator.feedback.server import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match=f"FEEDBACK_PORT: {port} på 127.0.0.1 er optaget – vælg en anden"):
            serve(settings_for(tmp_path, port=port))


def test_all_mistakes_are_told_at_once() -> None:
    assert len(wrong(FEEDBACK_PORT="x", FEEDBACK_PROFILE="x", DATABASE_URL="x").splitlines()) == 3


@pytest.mark.parametrize("missing", sorted(PUBLISHED.keys() - {"FEEDBACK_PROFILE"}))
def test_real_readers_are_not_met_with_a_default(missing: str) -> None:
    assert read_settings(PUBLISHED).is_published
    given = {name: value for name, value in PUBLISHED.items() if name != missing}
    assert wrong(**given).startswith(f"{missing}: mangler")


def test_a_secret_never_shows() -> None:
    shown = repr(read_settings(PUBLISHED))
    assert "ssss" not in shown
    assert "0000" not in shown


def test_the_guide_lists_every_setting_and_no_other() -> None:
    listed = re.findall(r"^\| `((?:FEEDBACK_|DATABASE_)\w+)` \|", GUIDE, re.MULTILINE)
    assert sorted(listed) == sorted(VARIABLES)


def test_a_site_file_that_is_missing_or_not_ours_is_explained(tmp_path: Path) -> None:
    for text, says in (
        (None, "findes ikke – byg siderne først"),
        ("{", "kan ikke læses"),
        ("{}", "er ikke skrevet af"),
    ):
        path = tmp_path / "feedback.json"
        if text is not None:
            path.write_text(text)
        with pytest.raises(SettingError, match=says):
            read_site(Settings(site=str(path)))


def start(directory: Path, **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator.cli", "feedback", "serve"], cwd=directory, text=True, check=False, timeout=30,
        env=environment(directory, free_port(), **given), capture_output=True,
    )  # fmt: skip


@pytest.mark.whole
def test_the_command_ends_with_2_and_no_traceback(tmp_path: Path) -> None:
    run = start(tmp_path, FEEDBACK_PROFILE="publish")
    assert run.returncode == 2
    assert "FEEDBACK_RETENTION_DECISION: mangler" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.whole
def test_two_services_never_share_a_database_file(tmp_path: Path) -> None:
    with running(tmp_path):
        run = start(tmp_path)
        assert run.returncode == 2
        assert "bruges allerede af en anden tjeneste – stop den først" in run.stderr


def test_a_lock_goes_with_whoever_held_it_and_is_found_by_any_name(tmp_path: Path) -> None:
    lock, other = Lock(tmp_path / "x.db"), Lock(tmp_path / "x.db")
    assert not other.is_held()
    lock.take()
    (tmp_path / "y.db").symlink_to("x.db")
    (tmp_path / "z.db").hardlink_to(tmp_path / "x.db")
    for name in "xyz":
        assert Lock(tmp_path / f"{name}.db").is_held()
    lock.release()
    assert not other.is_held()


@pytest.mark.whole
def test_the_service_knows_nothing_of_what_builds_the_pages(tmp_path: Path) -> None:
    write_site(tmp_path)
    words = "import sys, generator.feedback.server; print([m for m in sys.modules if m.split('.')[0] in {names}])"
    names = ("pydantic", "mkdocs", "yaml", "typst", "markdown")
    run = subprocess.run(
        [sys.executable, "-c", words.format(names=names)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


DEPLOY = ROOT / "generator" / "feedback" / "deploy"


def test_the_deployment_files_set_only_what_exists_and_name_what_is_there() -> None:
    texts = {path.name: path.read_text("utf-8") for path in DEPLOY.iterdir()}
    named = {name for text in texts.values() for name in re.findall(r"(?:FEEDBACK_|DATABASE_)[A-Z_]+", text)}
    assert named <= VARIABLES.keys()
    compose = yaml.safe_load(texts["compose.yml"])
    build = compose["services"]["feedback"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()
    for name in re.findall(r"^COPY (.+) \S+$", texts["Dockerfile"], re.MULTILINE):
        assert all((ROOT / part).exists() for part in name.split())
    proxy = compose["services"]["proxy"]["networks"]["inside"]["ipv4_address"]
    service = compose["services"]["feedback"]["networks"]["inside"]["ipv4_address"]
    assert compose["services"]["feedback"]["environment"]["FEEDBACK_PROXIES"] == proxy
    assert f"upstream borgerinfo_feedback {{ server {service}:8001; }}" in texts["nginx.conf"]
    assert "access_log off;" in texts["nginx.conf"]
    assert sorted(texts) == sorted(re.findall(r"`([\w.-]+)`", GUIDE.split("| Fil | Hvad den er |")[1].split("\n\n")[0]))


def test_the_example_of_settings_starts_once_it_is_filled_in() -> None:
    lines = (DEPLOY / "feedback.env.example").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert wrong(**given).count("mangler") == 3
    filled = {**PUBLISHED, **{name: value for name, value in given.items() if value}}
    assert read_settings(filled).retention_days == 90
