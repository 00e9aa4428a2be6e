"""What leaflets cost: one after another in every format, and all of the real ones again when nothing has changed."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench import measure, projects

SIZES = (10, 200, 2_000)
FORMATS = ("a4", "fold", "a5booklet", "a4large")
EXPLANATION = """\
How it was measured: an invented leaflet of some 400 words, three cards and a table, another title each time, set in a
cold process that forgets each one as the command's workers do; the time is that of both processors, and without the
start of Python and the first leaflet. »Again« is `borgerinfo leaflets`
on the real material, all senders and formats, with the cache that the first run filled. Validation is not counted."""


def main() -> Iterator[str]:
    """Yield the lines of a table; takes about ten minutes."""
    start = measure.cost_of(sys.executable, "-m", "tests.bench.leaflets", "a4", "1", cwd=projects.ROOT)
    yield f"{'leaflets':<30}{'goal':>8}" + "".join(f"{size:>14}" for size in SIZES)
    for name in FORMATS:
        costs = [
            measure.cost_of(sys.executable, "-m", "tests.bench.leaflets", name, str(size), cwd=projects.ROOT)
            for size in (SIZES if name == "a4" else SIZES[:1])
        ]
        each = [1000 * (cost.cpu - start.cpu) / (size - 1) for cost, size in zip(costs, SIZES, strict=False)]
        yield f"{name + ', ms each':<30}{'≤ 100':>8}" + "".join(f"{number:>14.0f}" for number in each)
        if name == "a4":
            yield f"{'  memory (MB)':<30}{'≤ 200':>8}" + "".join(f"{cost.memory:>14.0f}" for cost in costs)
            exponent = log(each[-1] * SIZES[-1] / (each[0] * SIZES[0])) / log(SIZES[-1] / SIZES[0])
            yield f"{'  exponent':<30}{'≤ 1.05':>8}{exponent:>14.2f}"
    yield from _again()
    yield f"\n{EXPLANATION}"


def _again() -> Iterator[str]:
    with TemporaryDirectory(prefix="leaflets-") as directory:
        project = Path(directory)
        for name in ("content", "data", "overrides"):
            shutil.copytree(projects.ROOT / name, project / name)
        shutil.copy(projects.ROOT / "mkdocs.yml", project)
        first, again = (measure.cost_of(measure.COMMAND, "leaflets", cwd=project) for _ in range(2))
        yield f"{'all real ones, seconds':<38}{first.wall:>14.1f}"
        yield f"{'  again ÷ first':<30}{'≤ 0.1':>8}{again.wall / first.wall:>14.2f}"


def set_many(name: str, count: int) -> None:
    """Set so many leaflets, each with a title of its own."""
    from generator.paper.typesetting import forget, render_leaflet
    from tests.support.leaflet_example import example_sheet

    sheet: Any = example_sheet()
    for number in range(count):
        render_leaflet(replace(sheet, title=f"Til dig nummer {number}"), name)
        forget()


if __name__ == "__main__":
    set_many(sys.argv[1], int(sys.argv[2]))
