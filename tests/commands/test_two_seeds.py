"""The same commit and day give the same bytes, however Python scatters its sets in a run."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest

from tests.support.example import alter
from tests.support.history_example import AFTER, history
from tests.support.releases import release

COMMANDS = """
from generator.cli import main
import sys
day = ["--as-of", sys.argv[1]]
for words in (
    "build --out pages", "report region vest", "report region nyland --out nyland.html", "report overview",
    "report readability", "report editions", "report editions --json", "check --advice", "check --profile publish",
    "codes map --server nginx", "codes map --server apache", "sign", "new", "leaflets --list",
):
    print(words)
    try:
        main(["--help"] if words == "new" else [*words.split(), *day])
    except SystemExit as end:
        print(end.code)
"""


SIGN = """- id: tegn-{number}
  group: Sygdom
  text: du mærker tegn nummer {number}
  proposed_level: {level}
  basis: Opdigtet til prøverne.
  citations: [{{source: haandbog}}]
"""


@pytest.mark.whole
def test_two_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    root = copytree(history().root, tmp_path / "projekt")
    owned = {"replace": [["owner: null", "owner: Redaktøren"], ["review_due: null", "review_due: 2028-01-01"]]}
    alter(root / "content/english.md", owned)  # so that not every text lacks the same
    flags = (root / "data/red_flags.yml").read_text("utf-8")
    soon, now = ("".join(SIGN.format(number=n, level=level) for n in range(6)) for level in ("soon", "now"))
    alter(root / "data/red_flags.yml", flags + soon)
    release(root, "din-skulder", ["vest"], AFTER - timedelta(1))
    alter(root / "data/red_flags.yml", flags + now)
    release(root, "din-skulder", ["vest"], AFTER, seed=2)
    first, second = (made(root, seed) for seed in ("1", "2"))
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def made(root: Path, seed: str) -> dict[str, bytes]:
    """Return all that the commands write and say, by name, and put it away."""
    before = {path for path in root.rglob("*") if path.is_file()}
    said = subprocess.run(
        [sys.executable, "-c", COMMANDS, AFTER.isoformat()], cwd=root, env={**os.environ, "PYTHONHASHSEED": seed},
        check=True, capture_output=True,
    )  # fmt: skip
    timed = (b"sekunder", b"  [", b"  ark ")  # what is told while it is made
    lines = [line for line in said.stdout.splitlines(keepends=True) if not any(word in line for word in timed)]
    found = {"": b"".join(lines)}
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path not in before):
        if ".cache" not in path.parts:
            found[path.relative_to(root).as_posix()] = path.read_bytes()
            path.unlink()
    return found
