"""A small, complete and faultless project about an invented subject, for tests that alter one thing in it."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import generator
from generator.problems import ContentError

PROJECT = Path(__file__).parent / "example_project"
OVERRIDES = Path(__file__).parents[1] / "overrides"
"""The project's own templates; copied along where a test builds pages."""

Change = str | Mapping[str, Any] | None
"""A file's new text, `replace: [old, new]` (or several such pairs in a list), or None to delete it."""


def write_example(directory: Path, changes: Mapping[str, Change] | None = None, *, templates: bool = False) -> Path:
    """Write the example into an empty directory, alter it, and return its root; `templates` makes it fit to build."""
    root = directory / "eksempel"
    shutil.copytree(PROJECT, root)
    if templates:
        shutil.copytree(OVERRIDES, root / "overrides")
    for name, change in (changes or {}).items():
        _alter(root / name, change)
    return root


def problems(root: Path) -> list[str]:
    """Return what loading has to say about the project, a line for each problem."""
    try:
        generator.load(root)
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return []


def _alter(path: Path, change: Change) -> None:
    if change is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(change, str):
        path.write_bytes(change.encode())
        return
    if "base64" in change:
        import base64
        path.write_bytes(base64.b64decode(change["base64"]))
    elif "symlink" in change:
        path.unlink(missing_ok=True)
        path.symlink_to(change["symlink"])
    elif "repeat" in change:
        text, times = change["repeat"]
        path.write_text(text * times)
    else:
        text = path.read_text("utf-8")
        pairs = change["replace"]
        for old, new in [pairs] if isinstance(pairs[0], str) else pairs:
            assert text.count(old) >= 1, f"{path.name} does not hold {old!r}"
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")
