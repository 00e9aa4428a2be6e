"""The example with all that a region must supply, and a signature under every word of it: fit to be published."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from generator import load
from generator.commands.sign import with_signatures
from generator.model.approval import Approval
from generator.model.signing import signables, signatures
from tests.support.example import Change, alter, write_example

SIGNED_ON = date(2026, 11, 1)
_SUPPLIED = Path(__file__).parents[1] / "cases" / "publication" / "nothing_is_missing.yml"


def write_complete(directory: Path, changes: Mapping[str, Change] | None = None, *, templates: bool = False) -> Path:
    """Write the complete example below the directory, alter it, sign all of it, and return its root."""
    supplied = yaml.safe_load(_SUPPLIED.read_text("utf-8"))["change"]
    root = write_example(directory, supplied, templates=templates)
    for name, change in (changes or {}).items():
        alter(root / name, change)
    sign_all(root)
    return root


def sign_all(root: Path, role: str = "Ledende overlæge") -> None:
    """Put a signature under everything in the project that lacks one, as it stands today."""
    catalogue = load(root)
    for entity in signables(catalogue):
        begins = getattr(entity, "valid_from", None) or SIGNED_ON
        missing = signatures(catalogue, entity, max(SIGNED_ON, begins)).missing
        new = [Approval(role=role, on=SIGNED_ON, part=one.part.name, text=one.part.fingerprint) for one in missing]
        if new:
            (root / entity.origin.path).write_text(with_signatures(root, catalogue, entity, new), "utf-8")
