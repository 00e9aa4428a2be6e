"""A checkout as continuous integration has it, and the shell that runs its steps there."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.support.built import ROOT

OURS = ("BORGERINFO_", "GITHUB_", "MAKE", "MFLAGS", "PYTEST", "COV")
"""Beginnings of variables that a step would not meet on a machine of its own."""


def checkout(directory: Path, *, installed: bool = True) -> Path:
    """Copy what git knows, as it lies here; `installed` lends it our packages, else it starts with none."""
    root = directory / "udtjek"
    known = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, known.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    subprocess.run(["git", "add", "--all"], cwd=root, check=True)
    if installed:
        _lend(ROOT / ".venv", root / ".venv")
    return root


def _lend(ours: Path, theirs: Path) -> None:
    """Let a checkout use our packages, with stamps of its own: `make` must not install it in place of us."""
    theirs.mkdir()
    for path in ours.iterdir():
        if path.name not in (".site", ".test"):
            (theirs / path.name).symlink_to(path)
    for stamp in (".site", ".test"):
        (theirs / stamp).touch()


def step(
    words: str,
    root: Path,
    variables: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does (`bash -e`), with the variables that it names and none of ours."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    shell, own = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", words], {**clean, **(variables or {})}
    return subprocess.run(shell, cwd=root, env=own, capture_output=True, text=True, check=False)
