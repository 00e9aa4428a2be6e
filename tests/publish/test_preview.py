"""`borgerinfo serve` as an author uses it: save, and see the page change; make a mistake, and see what it is."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from generator.publish.preview_feedback import Answering
from tests.support.browser import chromium
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


def buildable(directory: Path) -> Path:
    about = (PROJECT / "content/om/om-siden.md").read_text("utf-8")
    return write_example(directory, {"content/om/privatliv.md": about}, templates=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def test_an_edit_shows_itself_in_the_browser_and_so_does_a_mistake(copy: Path, browser: Browser) -> None:
    """Under the pages' own policy, which lets no script run that stands in a page."""
    port, topic = free_port(), copy / "content" / "emner" / "medicin.md"
    before = topic.read_text("utf-8")
    page = browser.new_page()
    with serving(copy, port):
        url = f"http://127.0.0.1:{port}/syddanmark/medicin/"
        assert eventually(url, "<h1>")
        page.goto(url)
        topic.write_text(before.replace("title: ", "title: Nyt om "), "utf-8")
        page.get_by_role("heading", name="Nyt om ", level=1).wait_for()
        topic.write_text(before.replace("owner:", "ejer:"), "utf-8")
        page.get_by_role("alert").wait_for()
        assert "content/emner/medicin.md:" in page.get_by_role("alert").inner_text()
        assert "ukendt nøgle »ejer«" in page.get_by_role("alert").inner_text()
        page.goto(f"http://127.0.0.1:{port}/syddanmark/")  # one that is opened now is told too
        page.get_by_role("alert").wait_for()
        topic.write_text(before.replace("title: ", "title: Mere om "), "utf-8")
        page.get_by_role("alert").wait_for(state="detached")
        assert eventually(url, "<h1>Mere om ")
        with pytest.raises(HTTPError) as missing:
            urlopen(f"http://127.0.0.1:{port}/findes-ikke/", timeout=5)
        assert missing.value.code == 404
        assert "Siden findes ikke" in missing.value.read().decode()
    page.close()


def test_a_sheet_that_does_not_fit_holds_no_page_back_and_a_broken_template_is_told(
    tmp_path: Path, browser: Browser
) -> None:
    root, port = buildable(tmp_path), free_port()
    topic = next(root.glob("content/emner/oem-skulder.md"))
    before, page = topic.read_text("utf-8"), browser.new_page()
    with serving(root, port) as process:
        url = f"http://127.0.0.1:{port}/vest/oem-skulder/"
        assert eventually(url, "<h1>")
        page.goto(url)
        page.wait_for_timeout(2_000)  # until all is built once, sheets too
        topic.write_text(before + "\n\n" + ("Et nyt og langt afsnit om ingenting. " * 20 + "\n\n") * 30, "utf-8")
        page.get_by_text("Et nyt og langt afsnit").first.wait_for()
        page.get_by_role("alert").wait_for(timeout=60_000)
        assert "for lang" in page.get_by_role("alert").inner_text()
        assert "Et nyt og langt afsnit" in page.inner_text("main")
        topic.write_text(before, "utf-8")
        page.get_by_role("alert").wait_for(state="detached", timeout=60_000)
        template = root / "overrides" / "topic.html"
        good = template.read_text("utf-8")
        template.write_text(good + "{% if %}", "utf-8")
        page.get_by_role("alert").wait_for()
        assert "overrides/topic.html" in page.get_by_role("alert").inner_text()
        template.write_text(good, "utf-8")
        page.get_by_role("alert").wait_for(state="detached")
        process.send_signal(2)
        assert process.wait(PATIENCE) == 0
    page.close()


def test_however_it_is_edited_it_ends_by_showing_what_is_on_the_disk(tmp_path: Path, browser: Browser) -> None:
    """Edits, breaks and repairs, some while the last is still being built."""
    root, port, random = buildable(tmp_path), free_port(), Random(8)
    topic = next(root.glob("content/emner/oem-skulder.md"))
    before, page = topic.read_text("utf-8"), browser.new_page()
    with serving(root, port):
        url = f"http://127.0.0.1:{port}/vest/oem-skulder/"
        assert eventually(url, "<h1>")
        page.goto(url)
        for number in range(40):
            broken = random.random() < 0.3
            topic.write_text(
                before.replace("title:", "titel:") if broken else f"{before}\n\nUdgave {number}.\n", "utf-8"
            )
            page.wait_for_timeout(random.choice([0, 20, 100, 400]))
        topic.write_text(f"{before}\n\nDen sidste udgave.\n", "utf-8")
        page.get_by_text("Den sidste udgave.").first.wait_for()
        page.get_by_role("alert").wait_for(state="detached")
        assert "Udgave" not in page.inner_text("main")
    page.close()


def test_two_previews_show_their_own_days_and_a_taken_port_gives_way(tmp_path: Path) -> None:
    root, port = buildable(tmp_path), free_port()
    command = [sys.executable, "-m", "generator.cli", "serve", "--port", str(port)]
    with ExitStack() as both:
        said = []
        for day in ("2026-11-22", "2026-12-24"):
            words = [*command, "--as-of", day]
            process = both.enter_context(
                subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            )
            both.callback(process.kill)
            assert process.stdout is not None
            line = process.stdout.readline()
            said.append(line if "http" in line else line + process.stdout.readline())
        assert f"http://localhost:{port}/" in said[0]
        other = int(re.findall(r"localhost:(\d+)", said[1])[0])
        assert f"Port {port} er optaget, så jeg bruger {other}." in said[1]
        assert eventually(f"http://127.0.0.1:{port}/vest/", "22. november 2026")
        assert eventually(f"http://127.0.0.1:{other}/vest/", "24. december 2026")
        assert eventually(f"http://127.0.0.1:{port}/vest/", "22. november 2026")


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_running_however_it_ends(tmp_path: Path, ending: signal.Signals) -> None:
    root, port = buildable(tmp_path), free_port()
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
    service = Answering(tmp_path, tmp_path, free_port(), free_port())
    service.refresh()
    process = service._process
    assert process is not None
    while not (tmp_path / "klar").exists():
        time.sleep(0.05)
    service.stop()
    assert process.poll() == -signal.SIGKILL
