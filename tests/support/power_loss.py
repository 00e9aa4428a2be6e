"""Power loss, replayed: the files as a disk would hold them had the power gone at each thank-you.

The service runs unmodified under strace, which writes down every write with its bytes. A byte is safe when a sync of
its file has ended after it was written; of the rest, a cut keeps either nothing or a random half.
"""

import os
import re
import signal
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

CALLS = "trace=openat,close,pwrite64,write,writev,sendto,sendmsg,ftruncate,fsync,fdatasync,unlink,rename,dup,dup2,dup3"
LINE = re.compile(r"^(\d+) +\d+\.\d+ (.*)$")
THANKS = re.compile(rb"feedback/tak/")


@dataclass(frozen=True)
class Cut:
    """One moment without power: how many had been thanked for, and which of them were not in the file afterwards."""

    thanked: int
    missing: int
    kept_half: bool


@dataclass
class File:
    """A file's bytes: those that are safe, and the changes since that are not."""

    safe: bytes = b""
    since: list[tuple[str, int, bytes]] = field(default_factory=list)

    def content(self, random: Random | None) -> bytes:
        """Return what the disk holds: the safe bytes, and of the rest none or a random half."""
        data = bytearray(self.safe)
        for what, at, written in self.since:
            if random is not None and random.random() < 0.5:
                _apply(data, what, at, written)
        return bytes(data)

    def sync(self) -> None:
        data = bytearray(self.safe)
        for change in self.since:
            _apply(data, *change)
        self.safe, self.since = bytes(data), []


def _apply(data: bytearray, what: str, at: int, written: bytes) -> None:
    if what == "cut":
        del data[at:]
        data.extend(bytes(max(0, at - len(data))))
        return
    data.extend(bytes(max(0, at + len(written) - len(data))))
    data[at : at + len(written)] = written


def traced(trace: Path) -> tuple[str, ...]:
    """Return the words that go before a command to have it traced."""
    return ("strace", "-f", "-ttt", "-xx", "-s", "20000", "-e", CALLS, "-o", str(trace))


def end_traced(tracer: int) -> None:
    """Ask the traced program to stop, so that the tracer writes down the last of it and goes."""
    children = Path(f"/proc/{tracer}/task/{tracer}/children").read_text().split()
    for child in map(int, children):
        os.kill(child, signal.SIGTERM)


def calls(trace: Path) -> Iterator[str]:
    """Yield finished system calls in the order they ended, each on one line."""
    begun: dict[str, str] = {}
    for line in trace.read_text("ascii", "replace").splitlines():
        match = LINE.match(line)
        if not match:
            continue
        thread, call = match.groups()
        if call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>").rstrip()
        elif call.startswith("<... "):
            yield begun.pop(thread, "") + call.partition(" resumed>")[2]
        else:
            yield call


def _bytes(quoted: str) -> bytes:
    return bytes.fromhex(quoted.replace("\\x", ""))


@dataclass
class Disk:
    """What the traced process did to the database and its log."""

    database: Path
    open: dict[int, str] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)

    def see(self, call: str) -> bytes:
        """Take note of one call; return what it sent to a client, if anything."""
        name, _, rest = call.partition("(")
        number = re.match(r"\d+", rest)
        file = int(number.group()) if number else -1
        if name == "openat":
            self._opened(rest)
        elif name == "close":
            self.open.pop(file, None)
        elif file in self.open:
            self._changed(name, self.files.setdefault(self.open[file], File()), rest)
        elif name in ("write", "writev", "sendto", "sendmsg"):
            return b"".join(_bytes(part) for part in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', rest))
        return b""

    def _opened(self, rest: str) -> None:
        path = re.search(r'"((?:\\x[0-9a-f]{2})*)"', rest)
        result = re.search(r"= (\d+)$", rest)
        if path and result:
            name = _bytes(path.group(1)).decode("utf-8", "replace")
            if name in (str(self.database), f"{self.database}-wal"):
                self.open[int(result.group(1))] = name
            else:
                self.open.pop(int(result.group(1)), None)

    def _changed(self, name: str, file: File, rest: str) -> None:
        if name == "pwrite64":
            data = re.search(r'"((?:\\x[0-9a-f]{2})*)"', rest)
            numbers = re.search(r", (\d+), (\d+)\) += (\d+)$", rest)
            assert data, rest[-80:]
            assert numbers, rest[-80:]
            file.since.append(("write", int(numbers.group(2)), _bytes(data.group(1))[: int(numbers.group(3))]))
        elif name == "ftruncate" and (size := re.search(r", (\d+)\) += 0$", rest)):
            file.since.append(("cut", int(size.group(1)), b""))
        elif name in ("fsync", "fdatasync") and re.search(r"= 0$", rest):
            file.sync()


def cuts(trace: Path, directory: Path) -> Iterator[Cut]:
    """Yield two cuts at each thank-you: nothing unsynced survives, and a random half of it does."""
    disk, thanked, random = Disk(directory / "messages.db"), 0, Random(1)
    for call in calls(trace):
        sent = disk.see(call)
        for _ in THANKS.findall(sent):
            thanked += 1
            for chance in (None, random):
                stored = _stored(disk, chance)
                yield Cut(thanked, max(0, thanked - stored), chance is not None)


def _stored(disk: Disk, random: Random | None) -> int:
    """Return how many messages a service would find when the power is back."""
    with tempfile.TemporaryDirectory() as directory:
        database = Path(directory) / disk.database.name
        for name, file in disk.files.items():
            (database.parent / Path(name).name).write_bytes(file.content(random))
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            try:
                return int(connection.execute("SELECT count(*) FROM messages").fetchone()[0])
            except sqlite3.OperationalError:
                return 0  # not even the table had reached the disk
