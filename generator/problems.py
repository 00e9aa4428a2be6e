"""What an author has to correct: where it is, what is wrong, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath


@dataclass(frozen=True, order=True)
class Position:
    """A place in a source file; the path is relative to the project root, line and column count from 1."""

    path: PurePosixPath
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing for an author to correct, on its line, with what to write instead."""

    position: Position
    message: str
    remedy: str
    check: str = field(default="", compare=False)
    """The id of the check that found it; empty where a file could not be read at all."""

    def __str__(self) -> str:
        return _one_line(f"{self.position}: ") + self.words

    @property
    def words(self) -> str:
        """What is wrong and what to write instead, on one line; the same wherever it is told."""
        return _one_line(f"{self.message} – {self.remedy}")


def _one_line(text: str) -> str:
    """Show what an author wrote without letting it break the line, hide something or confuse a terminal."""
    return "".join(c if c.isprintable() else " " if c.isspace() else c.encode("unicode_escape").decode() for c in text)


class ContentError(Exception):
    """Data or content that must be corrected before anything is built; the author's to fix."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["ContentError"], tuple[tuple[Problem, ...]]]:
        """Cross from a worker process to the one that waits for it with the problems themselves."""
        return ContentError, (self.problems,)
