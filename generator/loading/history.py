"""What the register of printed codes once was, as far as git tells: it may have grown since, and nothing else.

Only the line of first parents is asked: what a branch reserved before it was merged may have had to be written anew.
A checkout without git, or with a shallow history, knows less; the chain in the file itself then has to do.
"""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from generator.codes.register import unlike_earlier


def fault_in_history(root: Path, file: str, text: str) -> tuple[int, str, str] | None:
    """Return (line, what is wrong, what to do) where the file does not begin with all that it once held, or None."""
    data = text.encode()
    for blob, size in _versions(root, file):
        digest = hashlib.new("sha256" if len(blob) == 64 else "sha1", b"blob %d\0" % size)
        digest.update(data[:size])
        if size > len(data) or digest.hexdigest() != blob:
            earlier = _git(root, "cat-file", "blob", blob).replace("\r\n", "\n")
            if fault := unlike_earlier(text, earlier):
                return fault
    return None


def _versions(root: Path, file: str) -> Iterator[tuple[str, int]]:
    """Yield the id and the size of every version of the file on the line of first parents, the newest first."""
    if not any((directory / ".git").exists() for directory in (root, *root.parents)):
        return
    log = _git(
        root, "log", "--first-parent", "-m", "--format=", "--raw", "--no-abbrev", "--no-renames", "HEAD", "--", file
    )
    blobs = dict.fromkeys(line.split()[3] for line in log.splitlines() if line.startswith(":"))
    wanted = [blob for blob in blobs if blob.strip("0")]
    sizes = _git(root, "cat-file", "--batch-check=%(objectsize)", given="\n".join(wanted)) if wanted else ""
    for blob, size in zip(wanted, sizes.splitlines(), strict=False):
        if size.isdecimal():  # a history that was fetched in part may lack the content of old versions
            yield blob, int(size)


def _git(root: Path, *words: str, given: str = "") -> str:
    """Return what git answers; nothing where there is no git, or no history it can tell of."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    command = ["git", "-C", str(root), *words]
    try:
        done = subprocess.run(command, input=given.encode(), capture_output=True, env=environment, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
