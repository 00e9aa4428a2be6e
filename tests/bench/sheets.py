"""What paper costs beside what the typesetter itself takes to set the same words once.

`python -m tests.bench.sheets bare` sets the words of every real sheet at one size, tagged, with one picture of the
first page, and prints what all took and how many there are; `many N` sets an invented leaflet N times, each with a
title of its own.
"""

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench import measure, projects
from tests.bench.measure import Cost
from tests.bench.table import Row

FEW, MANY = 20, 2_000
PICTURE_WIDTH = 215
EXPLANATION = """\
Paper: »bare« is the processor time of the typesetter alone on the words of a real sheet, set once at one size and
tagged, with one picture of the first page, with nothing remembered of the sheets before; the start of Python is not
counted. »A sheet, all included« is what `borgerinfo leaflets` takes for all senders and formats with an empty cache,
without what the same command takes when all of it is kept, for each sheet."""


def rows(rounds: int) -> Iterator[Row]:
    """Measure all real sheets, and then many of one kind."""
    each, all_of_them, again, memory = [], [], [], []
    with TemporaryDirectory(prefix="sheets-") as directory:
        project = projects.whole(Path(directory) / "project")
        for _ in range(rounds):
            bare, count = _bare()
            shutil.rmtree(project / ".cache", ignore_errors=True)
            cold, kept = (measure.cost_of(measure.COMMAND, "leaflets", cwd=project) for _ in range(2))
            each.append((cold.cpu - kept.cpu) / count / bare)
            all_of_them.append((cold.wall - kept.wall) / (count * bare / 2))
            again.append(kept.wall / cold.wall)
            memory.append(cold.memory)
    yield Row("a sheet, all included ÷ bare", 1.5, each)
    yield Row("all sheets, clock ÷ (bare × their number ÷ 2)", 1.5, all_of_them)
    yield Row("  again with nothing changed ÷ first", 0.1, again)
    few, many = (_many(size) for size in (FEW, MANY))
    yield Row("largest process, all sheets (MB)", 150, memory)
    yield Row(f"  the same, {MANY} sheets (MB)", 150, [many.memory])
    yield Row(f"exponent, {FEW} to {MANY} sheets", 1.02, [log(many.cpu / few.cpu) / log(MANY / FEW)])


def _bare() -> tuple[float, int]:
    """Return seconds for each sheet, and how many there are."""
    command = (sys.executable, "-m", "tests.bench.sheets", "bare")
    seconds, count = measure.said_by(*command).split()
    return float(seconds) / int(count), int(count)


def _many(count: int) -> Cost:
    """Return what so many sheets cost beyond the first; the memory is that of the process that sets them."""
    start, whole = (
        measure.cost_of(sys.executable, "-m", "tests.bench.sheets", "many", str(number), cwd=projects.ROOT)
        for number in (1, count + 1)
    )
    return Cost(whole.wall - start.wall, whole.cpu - start.cpu, whole.memory)


def set_bare() -> tuple[float, int]:
    """Set the words of every real sheet once; returns the seconds of processor time and the number of sheets."""
    from generator import load
    from generator.model.paper_format import FORMATS
    from generator.paper.leaflets import prints
    from generator.paper.typesetting import files_for
    from generator.sender.context import Context
    from generator.sender.senders import regional_senders

    catalogue, day = load(projects.ROOT), date.today()
    senders = regional_senders(catalogue, day)
    sheets = [item for sender in senders for item in prints(Context(catalogue, sender, day))]
    template = Path(__file__).with_name("bare.typ").read_bytes()
    seconds = 0.0
    for item in sheets:
        paper_format = FORMATS[item.paper_format]
        files = files_for(item.sheet, paper_format)
        words = {"main.typ": template, "data.json": files["data.json"], "qr.svg": files["qr.svg"]}
        seconds += _forgotten(partial(_set, words, paper_format.width))
    return seconds, len(sheets)


def _set(words: Mapping[str, bytes], width: float) -> None:
    from generator.paper.typesetting import compiled

    compiled(dict(words), format="pdf", pdf_standards=["ua-1"], timestamp=0)
    compiled(dict(words), format="png", ppi=PICTURE_WIDTH / (width / 25.4))


def _forgotten(work: Callable[[], None]) -> float:
    """Return the processor time of work that Typst remembers nothing of: it drops what it did not use for ten files."""
    from generator.paper.typesetting import compiled

    for _ in range(12):
        compiled({"main.typ": b""}, format="pdf")
    began = time.process_time()
    work()
    return time.process_time() - began


def set_many(count: int) -> None:
    """Set so many leaflets, each with a title of its own."""
    from generator.paper.typesetting import forget, render_leaflet
    from tests.support.leaflet_example import example_sheet

    sheet: Any = example_sheet()
    for number in range(count):
        render_leaflet(replace(sheet, title=f"Til dig nummer {number}"), "a4")
        forget()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        print(*set_bare())
    else:
        set_many(int(sys.argv[2]))
