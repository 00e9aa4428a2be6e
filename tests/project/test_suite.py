"""How the suite is run: what `make quick` leaves out is marked, and lists of modules name modules that are there."""

import os
import re
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typst

from tests import conftest
from tests.support import measuring, shared
from tests.support.built import ROOT, site

TESTS = ROOT / "tests"


def listening() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))


@pytest.mark.parametrize(
    ("reach", "told"),
    [
        (lambda: subprocess.run(["true"], check=True), "runs a process"),
        (lambda: os.fork(), "forks, as a build does"),
        (listening, "opens a server"),
        (lambda: typst.Compiler(""), "sets a sheet in type"),
        (site.__wrapped__, "looks at what was built"),
    ],
)
def test_a_test_without_the_mark_is_told_when_it_goes_beyond_its_process(reach: Callable[[], Any], told: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=f"^this test {told}: mark it with @pytest.mark.whole"):
        reach()


@pytest.mark.whole
def test_a_test_with_the_mark_may(tmp_path: Path) -> None:
    listening()
    assert subprocess.run(["true"], check=False).returncode == 0


def test_every_room_has_modules_that_are_quick_and_so_has_the_suite_modules_that_are_not() -> None:
    rooms: dict[str, list[bool]] = {}
    for path in TESTS.glob("*/test_*.py"):
        rooms.setdefault(path.parent.name, []).append("\npytestmark = pytest.mark.whole\n" in path.read_text("utf-8"))
    assert len(rooms) > 12
    assert [room for room, whole in rooms.items() if all(whole)] == []
    assert sum(sum(whole) for whole in rooms.values()) > 10


def test_quick_is_everything_without_a_mark() -> None:
    assert re.findall(r'--quick\) .*-m "(.+?)"', (TESTS / "run").read_text("utf-8")) == ["not long and not whole"]


@pytest.mark.parametrize("listed", [conftest.LONGEST, measuring.REPEATED], ids=["longest", "repeated"])
def test_every_module_in_a_list_is_there(listed: tuple[str, ...]) -> None:
    assert [name for name in listed if not (TESTS / f"{name}.py").is_file()] == []


def test_what_is_shared_is_made_once_and_never_by_halves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shared, "directory", lambda: tmp_path)
    made: list[Path] = []
    once = shared.once.__closure__[0].cell_contents if shared.once.__closure__ else shared.once  # past the guard

    def make(place: Path) -> None:
        made.append(place)
        (place / "half").touch()
        if len(made) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once("thing", 1, make)
    found = once("thing", 1, make)
    assert once("thing", 1, make) == found
    assert len(made) == 2
    assert [path.name for path in found.iterdir()] == ["half"]
    assert once("thing", 2, make) != found
