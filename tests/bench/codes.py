"""What codes cost: the same real site with a thousand and with ten thousand codes in the register."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from math import log
from pathlib import Path
from random import Random

from generator.codes.alphabet import new_code
from generator.codes.register import seal
from tests.bench import measure, projects
from tests.bench.table import Row

SIZES = (1_000, 10_000)
FIRST_DAY = date(2020, 1, 1)
SENDERS = ("nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland")
ROUNDS = 2
"""Each takes more than a minute."""


def rows(rounds: int) -> Iterator[Row]:
    """Measure the real material without its leaflets, with that many released codes of leaflets that are long gone."""
    found: dict[int, list[measure.Cost]] = {size: [] for size in (0, *SIZES)}
    for _ in range(min(rounds, ROUNDS)):
        for size, costs in found.items():
            with tempfile.TemporaryDirectory(prefix="codes-") as directory:
                costs.append(measure.build(write(Path(directory) / "project", size)))
    small, large = SIZES
    walls = zip(*([cost.wall for cost in costs] for costs in found.values()), strict=True)
    growth = [(none, few, many) for none, few, many in walls]
    yield Row(f"{large:,} issued codes ÷ the build without them", 3, [many / none for none, _, many in growth])
    exponents = [log((many - none) / (few - none)) / log(large / small) for none, few, many in growth]
    yield Row("  exponent, time of codes alone", 1.05, exponents)
    yield Row("  largest process (MB)", 150, [cost.memory for cost in found[large]])


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
