"""Ctrl-C at any moment of a build from nothing: over at once, with what was there before, and nothing left running."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.built import ROOT

pytestmark = pytest.mark.whole

AT_ONCE = 2.0
"""Seconds."""


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Let the signal be heard also where a script has started us with it ignored, as what we start would inherit."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    target = tmp_path / "projekt"
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(".*", "site", "__pycache__", "tests"))
    return target


@pytest.mark.parametrize("after", [1.0, 4.0, 7.0])
@pytest.mark.parametrize("times", [1, 2])
def test_a_build_that_is_interrupted_is_over_at_once(copy: Path, after: float, times: int) -> None:
    words = [sys.executable, "-m", "generator.cli", "build", "--as-of", "2026-11-22", "--out", str(copy / "nyt")]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, cwd=copy, start_new_session=True, stdout=quiet, stderr=subprocess.PIPE) as run:
        time.sleep(after)
        began = time.monotonic()
        for _ in range(times):
            run.send_signal(signal.SIGINT)
            time.sleep(0.2)
        _, said = run.communicate(timeout=30)
        took = time.monotonic() - began
        left = subprocess.run(["pgrep", "-g", str(run.pid)], check=False)
    assert run.returncode != 0
    assert took < AT_ONCE + 0.2 * times
    assert left.returncode == 1, "something is left running"
    assert b"Traceback" not in said
    assert not (copy / "nyt").exists()
