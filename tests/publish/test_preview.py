"""`borgerinfo serve` as an author uses it: save, and see the page change; make a mistake, and see what it is."""

import json
import shutil
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

from tests.support.built import ROOT, store

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


def test_a_taken_port_is_said_plainly(copy: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "generator.cli", "serve", "--port", str(taken.getsockname()[1])]
        run = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert run.returncode == 1
    assert "vælg en anden med --port" in run.stderr
    assert "Traceback" not in run.stderr
