"""How problems are handed on: a line for people, an annotation on the line in a pull request, JSON for other programs.

The words are the same everywhere: what an editor reads in a terminal is what a reviewer reads beside the line.
"""

import json
from collections.abc import Iterable
from typing import Literal

from generator.problems import Problem

TITLE = "borgerinfo"
"""Heads every annotation, so that it is told from those of other programs."""


def problems_text(problems: Iterable[Problem]) -> str:
    """Return a line for each problem: `path:line:column: what is wrong – what to write instead`."""
    return "".join(f"{problem}\n" for problem in problems)


def problems_github(problems: Iterable[Problem], level: Literal["error", "notice"] = "error") -> str:
    """Return a workflow command for each problem, which GitHub shows on its line in a pull request.

    What an author wrote can neither end a command nor begin one: line ends, `%`, and in properties `:` and `,` are
    escaped as GitHub's runner reads them.
    """
    return "".join(f"::{level} {_properties(problem)}::{_data(problem.words)}\n" for problem in problems)


def problems_json(problems: Iterable[Problem], advice: Iterable[Problem] = ()) -> str:
    """Return one JSON object with all problems and all advice; `text` is the line that people read."""
    found = {"problems": [_record(p) for p in problems], "advice": [_record(p) for p in advice]}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _record(problem: Problem) -> dict[str, str | int]:
    return {
        "path": str(problem.position.path),
        "line": problem.position.line,
        "column": problem.position.column,
        "check": problem.check,
        "message": problem.message,
        "remedy": problem.remedy,
        "text": str(problem),
    }


def _properties(problem: Problem) -> str:
    position = problem.position
    title = f"{TITLE} ({problem.check})" if problem.check else TITLE
    values = {"file": position.path, "line": position.line, "col": position.column, "title": title}
    return ",".join(f"{name}={_property(str(value))}" for name, value in values.items())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
