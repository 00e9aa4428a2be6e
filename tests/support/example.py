"""A small, complete and faultless project about an invented subject, for tests that alter one thing in it."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[1] / "example_project"
OVERRIDES = Path(__file__).parents[2] / "overrides"
"""The project's own templates; copied along where a test builds pages."""

Change = str | Mapping[str, Any] | None
"""What becomes of a file: its whole new text, None to delete it, or a mapping with one of

- `replace: [old, new]`, or several such pairs in a list; the old text must be there
- `repeat: [text, times]`
- `link: target`, a symbolic link
- `text: …`, which goes well with `encoding: latin-1` (and so does `replace`)
"""


def write_example(directory: Path, changes: Mapping[str, Change] | None = None, *, templates: bool = False) -> Path:
    """Write the example below the directory, alter it, and return its root; `templates` makes it fit to build."""
    root = directory / "eksempel"
    shutil.copytree(PROJECT, root)
    if templates:
        shutil.copytree(OVERRIDES, root / "overrides")
    for name, change in (changes or {}).items():
        alter(root / name, change)
    return root


def alter(path: Path, change: Change) -> None:
    """Change one file."""
    before = path.read_text("utf-8") if path.is_file() else ""
    path.unlink(missing_ok=True)
    if change is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(change, Mapping) and "link" in change:
        path.symlink_to(change["link"])
    elif isinstance(change, Mapping):
        path.write_bytes(_altered(before, change).encode(change.get("encoding", "utf-8")))
    else:
        path.write_bytes(change.encode())


def _altered(text: str, change: Mapping[str, Any]) -> str:
    if "repeat" in change:
        unit, times = change["repeat"]
        return str(unit) * int(times)
    text = change.get("text", text)
    pairs = change.get("replace", [])
    for old, new in [pairs] if pairs and isinstance(pairs[0], str) else pairs:
        if old not in text:
            raise ValueError(f"{old!r} is not in the file")
        text = text.replace(old, new, 1)
    return text
