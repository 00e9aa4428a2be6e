"""`borgerinfo serve` as an author uses it: save, and see the page change; make a mistake, and see what it is."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from generator.publish.preview_feedback import Answering
from tests.support.built import ROOT, store
from tests.support.example import PROJECT, write_example

pytestmark = pytest.mark.whole

PATIENCE = 60
"""Seconds until a test gives up; far more than anything takes."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(directory: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "generator.cli", "serve", "--port", str(port), "--as-of", "2026-11-22"]
    with subprocess.Popen(command, cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            yield process
        finally:
            process.send_signal(2)
            try:
                process.wait(PATIENCE)
            finally:
                process.kill()  # one that does not stop fails the test, and does not stop the run


def read(url: str) -> str:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def eventually(url: str, words: str) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if words in read(url):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    target = tmp_path / "projekt"
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(".*", "site", "__pycache__", "tests"))
    (target / ".cache").symlink_to(store().directory)
    return target


def test_an_edit_shows_itself_and_a_mistake_is_told(copy: Path) -> None:
    port = free_port()
    topic = copy / "content" / "emner" / "medicin.md"
    before = topic.read_text("utf-8")
    with serving(copy, port):
        url = f"http://127.0.0.1:{port}/syddanmark/medicin/"
        assert eventually(url, "<h1>")
        topic.write_text(before.replace("title: ", "title: Nyt om "), "utf-8")
        assert eventually(url, "<h1>Nyt om ")
        with urlopen(f"http://127.0.0.1:{port}/_aendringer", timeout=PATIENCE) as events:
            topic.write_text(before.replace("owner:", "ejer:"), "utf-8")
            told = events.readline().decode().removeprefix("data: ")
            while not json.loads(told or "[]"):
                told = events.readline().decode().strip().removeprefix("data: ")
        assert any("ukendt nøgle »ejer«" in line for line in json.loads(told))
        assert "<h1>Nyt om " in read(url)
        with pytest.raises(HTTPError) as missing:
            urlopen(f"http://127.0.0.1:{port}/findes-ikke/", timeout=5)
        assert missing.value.code == 404
        assert "Siden findes ikke" in missing.value.read().decode()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_running_however_it_ends(tmp_path: Path, ending: signal.Signals) -> None:
    about = (PROJECT / "content/om/om-siden.md").read_text("utf-8")
    root, port = write_example(tmp_path, {"content/om/privatliv.md": about}, templates=True), free_port()
    with serving(root, port) as process:
        until = time.monotonic() + PATIENCE
        while not answers(port + 1):
            assert time.monotonic() < until, "the feedback service never began"
            time.sleep(0.1)
        process.send_signal(ending)
        process.wait(PATIENCE)
        while answers(port) or answers(port + 1):
            assert time.monotonic() < until, "it is still there"
            time.sleep(0.1)


def test_a_service_that_does_not_stop_by_itself_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.publish.preview_feedback.PATIENCE", 0.1)
    deaf = (
        "import pathlib, signal, time; signal.signal(15, signal.SIG_IGN); pathlib.Path('klar').touch(); time.sleep(99)"
    )
    for name, text in {"generator/__init__.py": "", "generator/cli.py": deaf, "api/v1/feedback.json": "{}"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    service = Answering(tmp_path, tmp_path, free_port())
    service.refresh()
    process = service._process
    assert process is not None
    while not (tmp_path / "klar").exists():
        time.sleep(0.05)
    service.stop()
    assert process.poll() == -signal.SIGKILL


def test_a_taken_port_is_said_plainly(copy: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "generator.cli", "serve", "--port", str(taken.getsockname()[1])]
        run = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert run.returncode == 1
    assert "vælg en anden med --port" in run.stderr
    assert "Traceback" not in run.stderr
