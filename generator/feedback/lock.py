"""One service to a database: a lock on the file itself, by whatever name it is reached, however its holder ends."""

import fcntl
import os
from pathlib import Path


class TakenError(OSError):
    """Another process holds the lock."""


class Lock:
    """A lock on a file, which is made where it is missing; nobody can take the lock away and leave the file.

    The process that holds it must not close the file by other means: SQLite's own locks would go with that.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self) -> None:
        """Take it, or go on holding it; raises TakenError where somebody else has it."""
        if self._file is not None and os.path.samestat(os.fstat(self._file), _stat(self.path)):
            return
        self.release()
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            raise TakenError(f"{self.path} is held by another process") from None
        self._file = file

    def release(self) -> None:
        """Let go of it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def is_held(self) -> bool:
        """Say whether another process, or another lock of this one, holds it."""
        if not self.path.exists():
            return False
        try:
            self.take()
        except TakenError:
            return True
        self.release()
        return False


def _stat(path: Path) -> os.stat_result:
    """Return what tells a file from others, or what no file has."""
    try:
        return path.stat()
    except OSError:
        return os.stat_result((0,) * 10)
