"""`make bench`: measure builds and sheets beside what they cannot do without, and print the ratios with their goals.

The figures are compared with those in docs/maalinger.json; the command ends with 1 where one has grown by more than a
fifth. `--keep` writes the new ones there.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterator
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import checking, codes, measure, projects, sheets, table, yardstick
from tests.bench.measure import Cost
from tests.bench.table import Row

FIGURES = projects.ROOT / "docs" / "maalinger.json"
PAIRS = 5
SMALL, LARGE = 250, 1_000
EXPLANATION = """\
How it was measured: every figure is the median of {pairs} rounds on {cores} cores ({fewer} where a round takes a
minute), and each round measures its parts one after the other, so that a ratio compares neighbours in time.
»Yardstick« is plain Python-Markdown (tables, sane_lists), one converter in one process, on the words of every page
once; the start of Python is not counted. »Build« is the real command, cold, start of Python included. »Pages alone«
are projects without data/leaflets; the generated one keeps the real facts, but neither interventions nor films.
Memory is that of the largest process. The clock of a shared machine is noisy; the ratios of processor time are
steadier."""


def main() -> int:
    """Measure, print, compare; returns 1 where a figure with a goal is worse than the one that was kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round instead of five")
    parser.add_argument("--keep", action="store_true", help="keep the figures in docs/maalinger.json")
    parser.add_argument("--only", choices=PARTS, help="one part of the table")
    options = parser.parse_args()
    kept, began = table.read(FIGURES), time.monotonic()
    found: list[Row] = []
    for name in [options.only] if options.only else PARTS:
        print(f"{name} …", end=" ", flush=True, file=sys.stderr)
        found += PARTS[name](1 if options.quick else PAIRS)
    print(file=sys.stderr)
    for line in table.lines(found, kept):
        print(line)
    cores, minutes = os.cpu_count(), (time.monotonic() - began) / 60
    print(f"\n{EXPLANATION.format(pairs=PAIRS, fewer=codes.ROUNDS, cores=cores)}\n{sheets.EXPLANATION}")
    print(f"\n{minutes:.1f} minutes.")
    if options.keep:
        commit = measure.said_by("git", "rev-parse", "--short", "HEAD").strip()
        table.keep(FIGURES, commit, found)
    return int(any(table.is_worse(row, kept) for row in found))


def whole_builds(rounds: int) -> Iterator[Row]:
    """Measure the whole real material: cold, with nothing changed, and after one change."""
    edits = {"number": projects.change_a_number, "sentence": projects.change_a_printed_sentence}
    ratios: dict[str, list[float]] = {"number": [], "sentence": [], "unchanged": [], "memory": []}
    with TemporaryDirectory(prefix="whole-") as directory:
        for number in range(1, rounds + 1):
            project = projects.whole(Path(directory) / str(number))
            cold = measure.build(project)
            ratios["memory"].append(cold.memory)
            click = measure.cost_of(sys.executable, "-c", "import click", cwd=project)
            ratios["unchanged"].append(measure.build(project).wall / click.wall)
            for name, edit in edits.items():
                edit(project, number)
                ratios[name].append(measure.build(project).cpu / cold.cpu)
            shutil.rmtree(project)
    yield Row("one number changed ÷ cold build, processor time", 0.15, ratios["number"])
    yield Row("one sentence on most sheets ÷ cold build", 0.2, ratios["sentence"])
    yield Row("nothing changed, clock ÷ python -c 'import click'", 4, ratios["unchanged"])
    yield Row("largest process, whole build (MB)", 150, ratios["memory"])


def pages_alone(rounds: int) -> Iterator[Row]:
    """Measure pages without leaflets beside the yardstick, real ones and many."""
    costs = {}
    for name, pages, goal in (
        ("real material", None, 1.5),
        (f"{SMALL} pages", SMALL, None),
        ("1,000 pages", LARGE, 0.8),
    ):
        with TemporaryDirectory(prefix="pages-") as directory:
            project, words = Path(directory) / "project", Path(directory) / "words.json"
            projects.generated(project, pages) if pages else projects.real(project)
            measure.build(project)
            count = yardstick.write(project, words)
            full, plain, sentence = zip(*(_pages(project, words, number) for number in range(rounds)), strict=True)
        ratios = [cost.wall / seconds for cost, seconds in zip(full, plain, strict=True)]
        yield Row(f"pages alone ÷ yardstick, clock: {name}", goal, ratios)
        if pages != SMALL:
            ratios = [part.wall / whole.wall for part, whole in zip(sentence, full, strict=True)]
            yield Row(f"  one sentence ÷ full build of pages: {name}", 0.25, ratios)
        costs[name] = count, min(cost.cpu for cost in full)
    (few, cheap), (many, dear) = list(costs.values())[1:]
    yield Row(f"  exponent of processor time, {few} to {many} pages", 1.05, [log(dear / cheap) / log(many / few)])


def _pages(project: Path, words: Path, number: int) -> tuple[Cost, float, Cost]:
    """Return what a full build takes, the seconds of the yardstick, and what one sentence takes."""
    plain = float(measure.said_by(sys.executable, "-m", "tests.bench.yardstick", str(words)).split()[0])
    for name in ("site", ".cache"):
        shutil.rmtree(project / name)
    full = measure.build(project)
    projects.change_a_sentence(project, number)
    return full, plain, measure.build(project)


def stock_mkdocs(rounds: int) -> Iterator[Row]:
    """Measure one region's pages beside MkDocs with Material's defaults over the same texts; one pair is enough."""
    with TemporaryDirectory(prefix="stock-") as directory:
        project, stock = projects.real(Path(directory) / "ours"), Path(directory) / "stock"
        shutil.copytree(project / "content", stock / "docs")
        (stock / "mkdocs.yml").write_text("site_name: Ryg\ntheme:\n  name: material\n", "utf-8")
        ours = measure.cost_of(measure.COMMAND, "build", "--region", "nordjylland", cwd=project)
        other = measure.cost_of(sys.executable, "-m", "mkdocs", "build", "--quiet", cwd=stock)
    yield Row("one region's pages ÷ MkDocs with Material, clock", None, [ours.wall / other.wall])


PARTS = {
    "sheets": sheets.rows, "whole builds": whole_builds, "pages": pages_alone, "codes": codes.rows,
    "check": checking.rows, "stock MkDocs": stock_mkdocs,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
