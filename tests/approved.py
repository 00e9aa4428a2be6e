"""The invented project with everything approved and confirmed, so that it may be published."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from tests.built import ROOT
from tests.example import Change, write_example

DAY = date(2026, 11, 22)
"""A day on which all of it holds."""
CHANGES: Mapping[str, Change] = yaml.safe_load(
    (Path(__file__).parent / "cases/publication/nothing_is_missing.yml").read_text("utf-8")
)["change"]


def write_approved(directory: Path, changes: Mapping[str, Change] | None = None) -> Path:
    """Write the approved project below the directory, fit to build, and return its root."""
    root = write_example(directory, {**CHANGES, **(changes or {})}, templates=True)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root
