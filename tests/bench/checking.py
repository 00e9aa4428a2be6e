"""What `borgerinfo check` costs of the whole real project: cold, with a cache, and after one sentence has changed."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench import measure
from tests.bench.measure import Cost
from tests.bench.projects import ROOT, change_a_sentence

GOAL = 2.0
"""Seconds for the whole project with a cache: an editor saves, looks up, and the answer is there."""
BARE = "import pydantic, click, yaml"
EXPLANATION = """\
How it was measured: the real command by the clock, start of Python included, on a copy of the whole real project, each
figure the median of {rounds} rounds; »cold« has no cache, »one sentence« has one, and a text that was changed since.
»Python« is `python -c "{bare}"`: what any program of these libraries takes before it has done a thing."""


def main(rounds: int = 5) -> Iterator[str]:
    """Yield the lines of a table."""
    found: dict[str, list[Cost]] = {"python": [], "cold": [], "warm": [], "one sentence": []}
    with tempfile.TemporaryDirectory(prefix="check-") as directory:
        project = Path(directory) / "project"
        for name in ("content", "data"):
            shutil.copytree(ROOT / name, project / name)
        shutil.copy(ROOT / "mkdocs.yml", project)
        for number in range(1, rounds + 1):
            shutil.rmtree(project / ".cache", ignore_errors=True)
            found["python"].append(measure.cost_of(sys.executable, "-c", BARE, cwd=project))
            for name in ("cold", "warm"):
                found[name].append(measure.cost_of(measure.COMMAND, "check", cwd=project))
            change_a_sentence(project, number)
            found["one sentence"].append(measure.cost_of(measure.COMMAND, "check", cwd=project))
    yield f"{'borgerinfo check':<30}{'goal':>8}" + "".join(f"{name:>14}" for name in found)
    yield _line("seconds", f"≤ {GOAL:.0f}", [median(c.wall for c in costs) for costs in found.values()])
    yield _line("  processor time", "", [median(c.cpu for c in costs) for costs in found.values()])
    for what, name in (("wall", "÷ python"), ("cpu", "  the same, processor time")):
        pairs = [zip(costs, found["python"], strict=True) for costs in found.values()]
        yield _line(name, "", [median(getattr(c, what) / getattr(bare, what) for c, bare in pair) for pair in pairs])
    yield f"\n{EXPLANATION.format(rounds=rounds, bare=BARE)}"


def _line(name: str, goal: str, values: list[float]) -> str:
    return f"{name:<30}{goal:>8}" + "".join(f"{value:>14.2f}" for value in values)


if __name__ == "__main__":
    for line in main():
        print(line)
