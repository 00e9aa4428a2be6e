"""What codes cost: the same real site with a thousand and with ten thousand codes in the register."""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from math import log
from pathlib import Path
from random import Random
from statistics import median

from generator.codes.alphabet import new_code
from generator.codes.register import seal
from tests.bench import measure, projects

SIZES = (1_000, 10_000)
FIRST_DAY = date(2020, 1, 1)
SENDERS = ("nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland")
EXPLANATION = """\
How it was measured: the real material without its leaflets, with that many released codes of leaflets that are long
gone, each after the other and each carrying a number: every code has two pages of its own in every build. Each round
builds all sizes in cold processes, with no cache and no earlier site; the figures are medians."""


def main(rounds: int) -> Iterator[str]:
    """Yield the lines of a table; takes about a minute a round."""
    found: dict[int, list[measure.Cost]] = {size: [] for size in (0, *SIZES)}
    for number in range(1, rounds + 1):
        for size, costs in found.items():
            with tempfile.TemporaryDirectory(prefix="codes-") as directory:
                costs.append(measure.build(write(Path(directory) / "project", size)))
            print(f"\rcodes, {size}: {number}/{rounds} …", end="", flush=True, file=sys.stderr)
    wall = {size: median(cost.wall for cost in costs) for size, costs in found.items()}
    memory = {size: median(cost.memory for cost in costs) for size, costs in found.items()}
    small, large = SIZES
    exponent = log((wall[large] - wall[0]) / (wall[small] - wall[0])) / log(large / small)
    yield f"{'codes':<30}{'goal':>8}" + "".join(f"{size:>14}" for size in found)
    yield f"{'full build ÷ without codes':<38}" + "".join(f"{seconds / wall[0]:>14.2f}" for seconds in wall.values())
    yield f"{'memory (MB)':<38}" + "".join(f"{megabytes:>14.0f}" for megabytes in memory.values())
    yield f"{'exponent, time of codes alone':<30}{'≤ 1.05':>8}{exponent:>14.2f}"
    yield f"\n{EXPLANATION}"


def write(directory: Path, codes: int) -> Path:
    """Write the real material with a register of that many released codes."""
    project = projects.real(directory)
    if codes:
        text = "editions:\n" + "".join(_lines(codes))
        (project / "data/editions.yml").write_text(text, "utf-8")
        (project / "data/seal.yml").write_text(seal(text), "utf-8")
        shutil.copytree(
            Path(__file__).parents[1] / "example_project/data/frozen", project / "data/frozen", dirs_exist_ok=True
        )
    return project


def _lines(codes: int) -> Iterator[str]:
    """Yield the register's lines with their links, as `extended` would, without hashing all of it for each."""
    chance, taken, digest = Random(codes), set[str](), hashlib.sha256(b"editions:\n")
    (frozen,) = (Path(__file__).parents[1] / "example_project/data/frozen").iterdir()
    last: dict[str, str] = {}
    for number in range(codes):
        code, sender = new_code(taken, chance), SENDERS[number % len(SENDERS)]
        taken.add(code)
        replaces = f'replaces: "{last[sender]}", ' if sender in last else ""
        last[sender] = code
        day = FIRST_DAY + timedelta(days=number // 10)
        line = (
            f'- {{id: "{code}", leaflet: en-gammel-folder, sender: {sender}, language: da, format_family: a4, '
            f'status: current, released_on: {day}, address: "https://borgerinfo.example/q/{code}/", '
            f'numbers: [{{area: {sender}, number: "70 00 00 00"}}], text_hash: "{frozen.stem}", {replaces}'
        )
        digest.update(line.encode())
        end = f"chain: {digest.hexdigest()[:16]}}}\n"
        digest.update(end.encode())
        yield line + end
