"""A public name means one thing in the whole program, so that whoever looks for it finds one place."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.support.built import ROOT

APART = {"commands": "its functions are called what people type", "feedback": "a program of its own"}
"""Rooms whose names may also stand elsewhere, and why."""


def public_names(module: Path) -> Iterator[str]:
    """Yield what a module defines at its top for others."""
    for node in ast.parse(module.read_text("utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names = [node.name] if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
        names += [target.id for target in targets if isinstance(target, ast.Name)]
        yield from (name for name in names if not name.startswith("_"))


def test_no_public_name_stands_for_two_things() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "generator").rglob("*.py")):
        module = path.relative_to(ROOT / "generator")
        if module.parts[0] not in APART:
            for name in public_names(path):
                places[name].append(module.as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
