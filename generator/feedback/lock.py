"""One service to a database file: a lock that the operating system lets go of, however the process ends."""

import fcntl
import os
from pathlib import Path


class TakenError(OSError):
    """Another process holds the lock."""


class Lock:
    """A lock on a file beside the database; the file holds the process id of whoever has it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self) -> None:
        """Take it, or go on holding it; raises TakenError where somebody else has it."""
        if self._file is not None:
            return
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            raise TakenError(f"{self.path} is held by another process") from None
        self._file = file
        try:
            os.ftruncate(file, 0)
            os.write(file, str(os.getpid()).encode())
        except OSError:
            pass  # on a full disk the lock is held all the same

    def release(self) -> None:
        """Let go of it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def holder(self) -> int | None:
        """Return the process that holds it, or None where it is free."""
        try:
            self.take()
        except TakenError:
            return int(self.path.read_text() or 0)
        self.release()
        return None
