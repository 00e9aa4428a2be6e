"""What `make quick` runs needs nothing but its own process: a test that forgets its mark is told at once."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import typst

from tests.support import shared
from tests.support.measuring import measured, tells_something

MARK = "whole"
_BEYOND = {
    "runs a process": (subprocess.Popen, "__init__"),
    "forks, as a build does": (os, "fork"),
    "opens a server": (socket.socket, "bind"),
    "sets a sheet in type": (typst, "Compiler"),
    "looks at what was built": (shared, "once"),
}


@contextmanager
def guarded(item: pytest.Item) -> Iterator[None]:
    """Let a test, with all that it asks for, reach for nothing beyond its process, unless it says that it does."""
    with pytest.MonkeyPatch.context() as patch, measured(tells_something(item)):
        if not {MARK, "long"} & {mark.name for mark in item.iter_markers()}:
            for what, (place, name) in _BEYOND.items():
                patch.setattr(place, name, _refusing(what, getattr(place, name)))
        yield


def _refusing(what: str, allowed: Callable[..., Any]) -> Callable[..., Any]:
    def refuse(*arguments: Any, **options: Any) -> Any:
        if _asks_git(arguments):
            return allowed(*arguments, **options)
        pytest.fail(f"this test {what}: mark it with @pytest.mark.{MARK}, so that `make quick` leaves it out")

    return refuse


def _asks_git(arguments: tuple[Any, ...]) -> bool:
    """Say whether this is the program asking for a project's history, in a few milliseconds."""
    return len(arguments) > 1 and isinstance(arguments[1], list) and arguments[1][:1] == ["git"]
