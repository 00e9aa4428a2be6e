"""Coverage where it tells something: tracing doubles what a test costs, and the thousandth page runs no line anew.

Measured are the tests within one process, apart from properties and what is listed below, and of all builds those of
the real site that tests share. The floor in `pyproject.toml` is held by these alone.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any

import pytest
from coverage import Coverage, multiproc

REPEATED = (
    "checks/test_mutations", "paper/test_printed", "paper/test_printed_measured", "project/test_guide",
    "publish/test_proofreading", "web/test_figures", "web/test_search",
)  # fmt: skip
"""Modules that run the same lines on one text, sheet or page after the other."""
_running: list[Coverage] = []
"""What measures this process, if anything does."""
_state = {"measured": True}


def tells_something(item: pytest.Item) -> bool:
    """Say whether a test runs lines that others have not run: no browser, no property, none of the repeated."""
    is_property = hasattr(getattr(item, "obj", None), "hypothesis")
    is_seen = not {"browser", "address"}.isdisjoint(getattr(item, "fixturenames", ()))
    return not (is_property or is_seen or item.nodeid.partition(".py")[0].removeprefix("tests/") in REPEATED)


@contextmanager
def measured(wanted: bool, workers: bool = False) -> Iterator[None]:
    """Measure for the length of the block, or do not: this process, and the workers that it forks."""
    if not _running and (current := Coverage.current()):
        _running.append(current)
    before, bootstrap = _state["measured"], BaseProcess.__dict__["_bootstrap"]
    if _running:
        _begin_workers(_traced if workers else _untraced)
        _switch(wanted)
    try:
        yield
    finally:
        if _running:
            _begin_workers(bootstrap)
            _switch(before)


def _begin_workers(bootstrap: Any) -> None:
    BaseProcess._bootstrap = bootstrap  # type: ignore[attr-defined]  # where coverage itself steps in


def _switch(wanted: bool) -> None:
    if wanted != _state["measured"]:
        _state["measured"] = wanted
        (_running[0].start if wanted else _running[0].stop)()


def _traced(process: Any, *arguments: Any, **options: Any) -> Any:
    bootstrap: Any = multiproc.ProcessWithCoverage._bootstrap
    return bootstrap(process, *arguments, **options)


def _untraced(process: Any, *arguments: Any, **options: Any) -> Any:
    """Begin a worker without the tracer that it has inherited, whose findings nobody would save."""
    sys.settrace(None)
    return multiproc.original_bootstrap(process, *arguments, **options)
