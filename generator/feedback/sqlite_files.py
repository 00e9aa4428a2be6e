"""The files of one SQLite database: still those that were opened, closed to others, with room set aside."""

import contextlib
import os
import shutil
from datetime import date
from pathlib import Path

from generator.feedback.lock import Lock
from generator.feedback.store import UnavailableError

BALLAST = 8 << 20
"""Bytes kept aside to be let go of when the disk is full, since deleting needs room in the log first."""
_Identity = tuple[int, ...]


class DatabaseFiles:
    """The database, its log and its ballast. The process that writes in them is alone in doing so."""

    def __init__(self, path: Path) -> None:
        self.database, real = path, path.resolve()  # what lies beside the file lies beside no link to it
        self.log, self.ballast = Path(f"{real}-wal"), Path(f"{real}.ballast")
        self._index = Path(f"{real}-shm")
        self._lock = Lock(path)
        self._seen: tuple[_Identity, _Identity] | None = None
        self._is_replaced = False

    def claim(self) -> None:
        """Make the database where it is missing, closed to others, and keep other services from it; raises OSError."""
        self.database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock.take()

    def let_go(self) -> None:
        """Let another service have them."""
        self._lock.release()

    def meet(self) -> None:
        """Remember the files as they are now that they are open."""
        self.database.chmod(0o600)
        self._seen = self._now()

    def part(self) -> None:
        """Remember nothing of files that are closed."""
        self._seen = None

    def look(self) -> None:
        """Remember the files as this process, which alone may change them, has left them, before anyone is answered."""
        now = self._now()
        if self._seen and not self._is_replaced and now[0][:1] == self._seen[0][:1]:
            self._seen = now

    def has_other_log(self) -> bool:
        """Say whether the log is not the one that was opened; what was in it must be folded into the database anew."""
        return self._seen is not None and self._now()[1] != self._seen[1]

    def refuse_replaced(self) -> None:
        """Raise from the moment that another file lies in the opened one's place, whether moved or copied there.

        The log belongs to the file that was there, and would spoil the new one at the next start: it is laid aside.
        """
        if self._seen and not self._is_replaced and self._now()[0] != self._seen[0]:
            self._is_replaced = True
            with contextlib.suppress(FileNotFoundError):
                shutil.copy2(self.log, self._aside)
                os.truncate(self.log, 0)  # or this process would fold it into the new file when it ends
                self.log.unlink()
                self._index.unlink()
        if self._is_replaced:
            raise UnavailableError("replaced")

    def purge_aside(self, before: str) -> None:
        """Remove a log that was laid aside before the day: the newest message in it is past its time."""
        with contextlib.suppress(OSError):
            if date.fromtimestamp(self._aside.stat().st_mtime).isoformat() < before:
                self._aside.unlink()

    def renew_ballast(self) -> None:
        """Set room aside again; where there is none, there will be when messages have been deleted."""
        if not self.ballast.exists():
            try:
                with self.ballast.open("wb") as file:
                    for _ in range(BALLAST >> 16):
                        file.write(b"\xff" * (1 << 16))
                    os.fsync(file.fileno())
            except OSError:
                self.ballast.unlink(missing_ok=True)

    @property
    def _aside(self) -> Path:
        return Path(f"{self.log}.replaced")

    def _now(self) -> tuple[_Identity, _Identity]:
        """Return what tells the database from any other file, and its log from any other log."""
        return _stat(self.database), _stat(self.log)[:1]


def _stat(path: Path) -> _Identity:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size
