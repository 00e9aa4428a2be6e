"""Running a command in a cold process, and what it cost."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = str(Path(sys.executable).with_name("borgerinfo"))


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds by the clock, seconds of both processors, and megabytes of its largest process."""

    wall: float
    cpu: float
    memory: float


def cost_of(*arguments: str, cwd: Path) -> Cost:
    """Run the command to its end, with all the processes it starts; it must succeed.

    The memory is read from the kernel, which counts what the process had before it became the command too, so that
    this program itself must stay small: it builds and converts nothing in its own process.
    """
    began = time.perf_counter()
    run = subprocess.Popen(arguments, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert run.stdout is not None
    said = run.stdout.read()
    _, status, used = os.wait4(run.pid, 0)
    wall = time.perf_counter() - began
    run.returncode = os.waitstatus_to_exitcode(status)
    run.stdout.close()
    if run.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ({run.returncode}):\n{said.decode()}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def said_by(*arguments: str) -> str:
    """Return what a program of the bench prints, run in the project's own root."""
    return subprocess.run(arguments, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def build(project: Path) -> Cost:
    """Run the real command; the pages come to lie in `site/` in the project."""
    return cost_of(COMMAND, "build", cwd=project)


def start(project: Path) -> Cost:
    """Start Python and import what a build needs, and do nothing; no build of any size can take less."""
    imports = "import generator.cli, generator.loading.conversion, generator.publish.site"
    return cost_of(sys.executable, "-c", imports, cwd=project)
