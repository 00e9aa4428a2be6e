"""What `borgerinfo check` costs of the whole real project: cold, with a cache, and after one sentence has changed."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import measure, projects
from tests.bench.table import Row

BARE = "import pydantic, click, yaml"
"""What any program of these libraries takes before it has done a thing."""


def rows(rounds: int) -> Iterator[Row]:
    """Measure the real command by the clock, start of Python included."""
    found: dict[str, list[float]] = {"cold": [], "with a cache": [], "one sentence changed": []}
    with tempfile.TemporaryDirectory(prefix="check-") as directory:
        project = projects.whole(Path(directory) / "project")
        for number in range(1, rounds + 1):
            shutil.rmtree(project / ".cache", ignore_errors=True)
            bare = measure.cost_of(sys.executable, "-c", BARE, cwd=project).wall
            for name in found:
                if name == "one sentence changed":
                    projects.change_a_sentence(project, number)
                found[name].append(measure.cost_of(measure.COMMAND, "check", cwd=project).wall / bare)
    for name, ratios in found.items():
        yield Row(f"check ÷ python -c '{BARE}': {name}", None, ratios)
