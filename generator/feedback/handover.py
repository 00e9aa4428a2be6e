"""What a command hands over to the service, which alone may write: a task beside the database, and its answer.

Files rather than signals: they reach a service in another container, and never a process that is something else.
"""

import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

LOOK_EVERY = 0.5
"""Seconds between two looks for a task."""
PATIENCE = 120.0
"""Seconds that a command waits for the answer."""
Task = Mapping[str, Any]


class NoAnswerError(Exception):
    """The service has not answered in time; it may still do what it was asked."""


class Handover:
    """The place beside one database where tasks and answers lie."""

    def __init__(self, database: Path) -> None:
        self._task, self._answer = Path(f"{database}.task"), Path(f"{database}.answer")

    def ask(self, task: Task, patience: float = PATIENCE) -> Task:
        """Hand a task over and return the service's answer; raises NoAnswerError, and OSError for the files."""
        self._answer.unlink(missing_ok=True)
        _write(self._task, task)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if answer := _read(self._answer):
                self._answer.unlink(missing_ok=True)
                return answer
            time.sleep(LOOK_EVERY / 5)
        raise NoAnswerError

    def task(self) -> Task | None:
        """Return the task that waits, if any; it is there until it is done, and so is done again after a crash."""
        return _read(self._task)

    def answer(self, found: Task) -> None:
        """Tell the command what became of its task; a disk that is full says nothing, and repeats nothing."""
        with suppress(OSError):
            self._task.unlink(missing_ok=True)
            _write(self._answer, found)


def _write(path: Path, value: Task) -> None:
    part = Path(f"{path}.part")
    with open(part, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        json.dump(value, file)
    part.replace(path)


def _read(path: Path) -> Task | None:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else {}
