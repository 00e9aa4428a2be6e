"""One build as it is ordered: what, from where, and where to."""

from dataclasses import dataclass
from pathlib import Path

from generator.sender.plan import Plan


@dataclass(frozen=True)
class Order:
    """What to build, from where, and where to."""

    root: Path
    out: Path
    plan: Plan
    site_url: str = ""
    region: str | None = None
    """One region alone, at the root of the tree; None is the whole site."""
    workers: int = 0
    """0 is one for each core."""
