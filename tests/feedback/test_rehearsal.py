"""The rehearsal tells what holds on a machine, tells it where something does not, and leaves nothing behind."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.feedback import rehearsal
from generator.feedback.sites import read_site
from generator.feedback.store import UnavailableError
from tests.feedback.test_backup import feedback
from tests.support.feedback_service import environment, settings_for
from tests.support.postgres_server import Postgres, postgres

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres() as running_server:
        yield running_server


def told(text: str) -> list[str]:
    return re.findall(r"^(ok|FEJL)\b", text, re.MULTILINE)


def test_it_goes_well_beside_a_database_file_and_leaves_nothing(tmp_path: Path) -> None:
    environment(tmp_path, 1)
    run = feedback(tmp_path, "rehearse")
    assert (run.returncode, told(run.stdout)) == (0, ["ok"] * 13), run.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["feedback.json"]


def test_it_goes_well_in_postgresql_and_leaves_nothing(tmp_path: Path, server: Postgres) -> None:
    run = feedback(tmp_path, "rehearse", DATABASE_URL=server.address)
    assert (run.returncode, told(run.stdout)) == (0, ["ok"] * 13), run.stdout + run.stderr
    assert "proeve" not in server.sql("SELECT nspname FROM pg_namespace")
    assert "messages" not in server.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")


def test_what_does_not_hold_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> None: ...

    monkeypatch.setattr(rehearsal, "restore", nothing)
    for name, value in environment(tmp_path, 1).items():
        monkeypatch.setenv(name, value)
    settings = settings_for(tmp_path)
    said: list[tuple[bool, str]] = []
    log = rehearsal.rehearse(settings, read_site(settings), lambda went_well, what: said.append((went_well, what)))
    assert next(what for went_well, what in said if not went_well) == "lagt tilbage i en tom database er alle svar der"
    assert '"event": "started"' in log
    away = replace(settings, database="postgresql://127.0.0.1:1/ingen")
    with pytest.raises(UnavailableError):
        rehearsal.rehearse(away, read_site(settings), lambda *_: None)
