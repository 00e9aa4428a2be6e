"""`make bench`: measure the builds beside the yardstick, and print ratios with the goals next to them."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import median

from tests.bench import checking, codes, leaflets, measure, projects, yardstick
from tests.bench.measure import Cost

REAL = 0
SIZES = (250, 1_000, 5_000)
PAIRS = 5
EXPLANATION = """\
How it was measured: every figure is the median of {pairs} rounds on {cores} cores; each round measures one after the
other, so that a ratio compares neighbours in time. »Yardstick« is plain Python-Markdown (tables, sane_lists), one
converter in one process, on the words of every page once: the body for a page made from a text, what is visible in its
main part for any other; the start of Python is not counted. »Build« is the real command by the clock, start of Python
included, with no cache and no earlier site; »start« is Python with all that a build imports, and nothing done. Leaflets
are aside: the projects are copies without data/leaflets, and the generated ones keep the real facts, but neither
interventions nor films. Memory is that of the largest process. »Exponent« is the slope of time against pages from the
smallest to the largest site, and in the last step, where the start weighs least. The clock of a shared machine is
noisy; the ratios of processor time are steadier."""


@dataclass(frozen=True)
class Round:
    """One round on one project: the yardstick, a full build, one with nothing changed, one with a new sentence."""

    yardstick: Cost
    full: Cost
    unchanged: Cost
    sentence: Cost
    start: Cost
    rewritten: int

    def cost(self, part: str, what: str) -> float:
        """Return one number of one of the costs."""
        found: float = getattr(getattr(self, part), what)
        return found


@dataclass(frozen=True)
class Measured:
    """All rounds on one project, its pages and the bytes of their HTML."""

    pages: int
    html: int
    rounds: tuple[Round, ...]

    def middle(self, part: str, of: str | None = None, what: str = "wall") -> float:
        """Return the median of a cost, or of its ratio to another in the same round."""
        costs = [r.cost(part, what) / (r.cost(of, what) if of else 1) for r in self.rounds]
        return median(costs)


def main() -> None:
    """Measure and print; the answer is for people, so the command always succeeds."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds instead of five")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="pages of the generated sites")
    options = parser.parse_args()
    pairs = 2 if options.quick else PAIRS
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        found = {size: _measure(Path(directory), size, pairs) for size in (REAL, *options.sizes)}
    print()
    for line in (*_per_site(found), "", *_growth(found)):
        print(line)
    print(f"\n{EXPLANATION.format(pairs=pairs, cores=os.cpu_count())}\n")
    for line in checking.main(2 if options.quick else 5):
        print(line)
    print()
    for line in codes.main(rounds=1 if options.quick else 3):
        print(line)
    print()
    for line in leaflets.main():
        print(line)


def _measure(directory: Path, size: int, pairs: int) -> Measured:
    project, words = directory / "project", directory / "words.json"
    if size == REAL:
        projects.real(project)
    else:
        projects.generated(project, size)
    measure.build(project)
    pages = yardstick.write(project, words)
    rounds = []
    for number in range(1, pairs + 1):
        rounds.append(_round(project, words, number))
        print(f"\r{'real' if size == REAL else size}: {number}/{pairs} …", end="", flush=True, file=sys.stderr)
    html = sum(path.stat().st_size for path in (project / "site").rglob("*.html"))
    shutil.rmtree(project)
    return Measured(pages, html, tuple(rounds))


def _round(project: Path, words: Path, number: int) -> Round:
    plain = _yardstick(words)
    shutil.rmtree(project / "site")
    shutil.rmtree(project / ".cache")
    full = measure.build(project)
    before = _stamps(project / "site")
    unchanged = measure.build(project)
    rewritten = len(before ^ _stamps(project / "site"))
    projects.change_a_sentence(project, number)
    return Round(plain, full, unchanged, measure.build(project), measure.start(project), rewritten)


def _yardstick(words: Path) -> Cost:
    command = [sys.executable, "-m", "tests.bench.yardstick", str(words)]
    said = subprocess.run(command, cwd=projects.ROOT, check=True, capture_output=True, text=True).stdout
    wall, cpu = map(float, said.split())
    return Cost(wall, cpu, 0)


def _stamps(site: Path) -> set[tuple[str, int, int]]:
    return {(str(p), p.stat().st_mtime_ns, p.stat().st_ino) for p in site.rglob("*") if p.is_file()}


def _per_site(found: dict[int, Measured]) -> Iterator[str]:
    """Yield a table: a line for each goal, a column for each site."""
    yield _line("", "goal", ["real" if size == REAL else "generated" for size in found])
    yield _line("pages", "", [f"{m.pages}" for m in found.values()])
    rows = (
        ("full build ÷ yardstick", "≤ 1.0", "full", "yardstick", "wall"),
        ("  the same, processor time", "", "full", "yardstick", "cpu"),
        ("nothing changed ÷ yardstick", "≤ 0.3", "unchanged", "yardstick", "wall"),
        ("one sentence ÷ full build", "≤ 0.25", "sentence", "full", "wall"),
        ("  the same, processor time", "", "sentence", "full", "cpu"),
        ("start ÷ full build", "", "start", "full", "wall"),
        ("start ÷ yardstick", "", "start", "yardstick", "wall"),
    )
    for name, goal, part, of, what in rows:
        yield _line(name, goal, [f"{m.middle(part, of, what):.2f}" for m in found.values()])
    yield _line("files rewritten, no change", "0", [f"{max(r.rewritten for r in m.rounds)}" for m in found.values()])
    yield _line("memory, full (MB)", "≤ 150", [f"{m.middle('full', what='memory'):.0f}" for m in found.values()])
    yield _line("memory, one sentence (MB)", "", [f"{m.middle('sentence', what='memory'):.0f}" for m in found.values()])
    for name, part in (("yardstick", "yardstick"), ("full build", "full"), ("one sentence", "sentence")):
        yield _line(f"  {name}, seconds", "", [f"{m.middle(part):.2f}" for m in found.values()])


def _growth(found: dict[int, Measured]) -> Iterator[str]:
    """Yield how time and bytes grow from the smallest generated site to the largest, and in the last step."""
    sites = [measured for size, measured in sorted(found.items()) if size != REAL]
    if len(sites) < 2:
        return
    small, large = sites[0], sites[-1]
    yield _line("growth", "goal", [f"{small.pages} → {large.pages}", f"{sites[-2].pages} → {large.pages}"])
    for what, name in (("wall", "clock"), ("cpu", "processor time")):
        steps = [_exponent(start, large, "full", what) for start in (small, sites[-2])]
        yield _line(f"exponent, {name}", "≤ 1.05", [f"{step:.2f}" for step in steps])
    steps = [_exponent(start, large, "yardstick", "cpu") for start in (small, sites[-2])]
    yield _line("  of the yardstick", "", [f"{step:.2f}" for step in steps])
    grown = [large.html / large.pages / (start.html / start.pages) for start in (small, sites[-2])]
    yield _line("HTML bytes a page, ratio", "≤ 1.1", [f"{ratio:.2f}" for ratio in grown])


def _exponent(start: Measured, end: Measured, part: str, what: str) -> float:
    return log(end.middle(part, what=what) / start.middle(part, what=what)) / log(end.pages / start.pages)


def _line(name: str, goal: str, values: list[str]) -> str:
    return f"{name:<30}{goal:>8}" + "".join(f"{value:>14}" for value in values)


if __name__ == "__main__":
    main()
