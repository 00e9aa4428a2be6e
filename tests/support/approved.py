"""The complete example, fit to build and to be published, for tests of what happens to a site after that."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.support.built import ROOT
from tests.support.complete import write_complete
from tests.support.example import Change

DAY = date(2026, 11, 22)
"""A day on which all of it holds."""


def write_approved(directory: Path, changes: Mapping[str, Change] | None = None) -> Path:
    """Write the complete example below the directory, with the real project's settings, and return its root."""
    root = write_complete(directory, changes, templates=True)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root
