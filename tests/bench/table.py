"""The table of `make bench`: each figure beside its goal and beside what it was when it was last kept."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

WORSE = 1.2
"""A figure that has grown by more than this since it was kept makes the command fail."""


@dataclass(frozen=True)
class Row:
    """A figure with its goal; the smaller, the better."""

    what: str
    goal: float | None
    """None where the figure is only told."""
    found: list[float] = field(default_factory=list)
    """One for each round."""

    @property
    def value(self) -> float:
        """The median of the rounds."""
        return median(self.found)


def lines(rows: Iterable[Row], kept: Mapping[str, float]) -> Iterator[str]:
    """Yield the table."""
    yield f"{'':<50}{'goal':>8}{'kept':>9}{'now':>9}"
    for row in rows:
        goal = "" if row.goal is None else f"≤ {row.goal:g}"
        before = f"{kept[row.what]:.2f}" if row.what in kept else ""
        mark = "  worse" if is_worse(row, kept) else "" if row.goal is None or row.value <= row.goal else "  over"
        yield f"{row.what:<50}{goal:>8}{before:>9}{row.value:>9.2f}{mark}"


def is_worse(row: Row, kept: Mapping[str, float]) -> bool:
    """Say whether a figure with a goal has grown by more than a fifth since it was kept."""
    return row.goal is not None and row.what in kept and row.value > max(kept[row.what] * WORSE, 0.01)


def read(path: Path) -> dict[str, float]:
    """Return the figures that were kept; none where there is no file."""
    if not path.is_file():
        return {}
    figures: dict[str, float] = json.loads(path.read_text("utf-8"))["figures"]
    return figures


def keep(path: Path, commit: str, rows: Iterable[Row]) -> None:
    """Write the figures with the commit that they were found on."""
    figures = {row.what: round(row.value, 3) for row in rows}
    path.write_text(json.dumps({"commit": commit, "figures": figures}, ensure_ascii=False, indent=2) + "\n", "utf-8")
