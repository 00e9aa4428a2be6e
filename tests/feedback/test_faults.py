"""When the disk or the database fails, readers are asked to try again with their text kept, and it mends by itself."""

import asyncio
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.feedback.handover import Handover
from generator.feedback.logs import JsonFormatter
from generator.feedback.sqlite import SqliteStore
from generator.feedback.store import Message, UnavailableError
from tests.feedback.test_messages import trying
from tests.support.feedback_service import NORTH, Service, settings_for, started


def message(number: int, day: str = "2026-11-22", text: str = "Hej") -> Message:
    return Message(number.to_bytes(16, "big"), day, NORTH, "medicin/", "", "yes", "", "", text)


async def refuses(service: Service, text: str) -> bool:
    """Post, and say whether the reader was asked to try again with the text still in the box."""
    answer = await service.post(text=text)
    if answer.status == 303:
        return False
    assert answer.status == 503
    assert answer.headers["retry-after"]
    assert "Vi kan ikke gemme dit svar lige nu" in answer.text
    assert f">{text}</textarea>" in answer.text
    assert 'href="tel:112"' in answer.text
    ready = await service.ask("GET", "/health/live")
    assert ready.status == 200
    return True


def test_a_locked_database_is_waited_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.feedback.sqlite.WAIT", 0.05)

    async def story(service: Service) -> None:
        with closing(sqlite3.connect(tmp_path / "messages.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert await refuses(service, "mens den er låst")
            other.execute("ROLLBACK")
        assert not await refuses(service, "bagefter")

    trying(tmp_path, story)


def test_a_corrupt_database_keeps_nothing_and_a_mended_one_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "messages.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 8176)

    async def story(service: Service) -> None:
        assert await refuses(service, "mens den er i stykker")
        assert (await service.ask("GET", "/health/ready")).status == 503
        path.unlink()
        assert not await refuses(service, "da den var væk")
        assert (await service.ask("GET", "/health/ready")).status == 200
        assert await service.rows("text") == [("da den var væk",)]

    trying(tmp_path, story)


def backed_up(path: Path, name: str) -> Path:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(path.with_name(name))) as target:
        source.backup(target)
    return path.with_name(name)


def moved(backup: Path, path: Path) -> None:
    backup.rename(path)


def copied(backup: Path, path: Path) -> None:
    path.write_bytes(backup.read_bytes())


def taken_away(backup: Path, path: Path) -> None:
    for file in path.parent.glob("messages.db*"):
        file.unlink()


@pytest.mark.parametrize("put", [moved, copied, taken_away])
def test_nothing_is_thanked_once_the_file_is_another_and_the_new_one_is_whole(
    tmp_path: Path, put: Callable[[Path, Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.feedback.app.PROOF_LASTS", 0.0)
    path = tmp_path / "messages.db"

    async def replaced(service: Service) -> None:
        for number in range(20):
            assert not await refuses(service, f"før {number}a")
        backup = backed_up(path, "backup.db")
        for number in range(20):
            assert not await refuses(service, f"siden {number}a")
        put(backup, path)
        for number in range(3):
            assert await refuses(service, f"efter {number}a")
            ready = await service.ask("GET", "/health/ready")
            assert (ready.status, json.loads(ready.body)["cause"]) == (503, "replaced")

    async def again(service: Service) -> None:
        kept = [f"før {number}a" for number in range(20)] if put is not taken_away else []
        assert [text for (text,) in await service.rows("text")] == kept
        assert not await refuses(service, "bagefter")

    trying(tmp_path, replaced)
    trying(tmp_path, again)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_log_that_is_taken_away_is_written_anew(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        for number in range(20):
            assert not await refuses(service, f"før {number}a")
        (tmp_path / "messages.db-wal").unlink()
        assert not await refuses(service, "efter")
        assert len(await service.rows("text")) == 21

    trying(tmp_path, story)


def test_a_directory_that_cannot_be_written_is_waited_out(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the directory should be")

    async def story() -> None:
        settings = settings_for(tmp_path)
        async with started(settings, SqliteStore(blocked / "messages.db")) as service:
            assert await refuses(service, "mens der er spærret")
            blocked.unlink()
            assert not await refuses(service, "bagefter")

    asyncio.run(story())


def test_one_bad_moment_fails_only_those_who_waited_in_it(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        store = service.store
        assert isinstance(store, SqliteStore)
        good = store._commit

        def bad(rows: list[Any]) -> None:
            raise sqlite3.OperationalError("disk I/O error")

        # The disk is made to fail under the real store, at the one place that writes.
        store._commit = bad  # type: ignore[method-assign]
        outcomes = await asyncio.gather(*(refuses(service, f"besked {n}a") for n in range(20)))
        store._commit = good  # type: ignore[method-assign]
        assert all(outcomes)
        assert not await refuses(service, "bagefter")
        assert await service.rows("text") == [("bagefter",)]

    trying(tmp_path, story)


def test_no_mistake_at_all_ends_the_writer_or_leaves_a_reader_without_an_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(service: Service) -> None:
        store = service.store
        assert isinstance(store, SqliteStore)
        good = store._commit

        def bad(rows: list[Any]) -> None:
            raise RuntimeError(f"hemmelig: {rows}")

        # The mistake is planted in the real store, at the one place that writes; mypy would have no method replaced.
        store._commit = bad  # type: ignore[method-assign]
        for number in range(4):
            assert await asyncio.wait_for(refuses(service, f"besked {number}a"), 5)
        store._commit = good  # type: ignore[method-assign]
        assert not await refuses(service, "bagefter")

        async def broken() -> None:
            await store._run(lambda: [][1])

        with pytest.raises(UnavailableError, match=r"^IndexError$"):
            await asyncio.wait_for(broken(), 5)
        assert not await refuses(service, "og bagefter igen")

    trying(tmp_path, story)
    logged = "\n".join(map(JsonFormatter().format, caplog.records))
    assert logged.count('"cause": "RuntimeError"') == 4
    assert "hemmelig" not in logged


def test_ready_says_whether_a_message_sent_now_would_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers of a locked file can still read: only a write tells."""
    monkeypatch.setattr("generator.feedback.sqlite.WAIT", 0.05)
    monkeypatch.setattr("generator.feedback.app.PROOF_LASTS", 0.0)

    async def story(service: Service) -> None:
        async def ready() -> tuple[int, str]:
            answer = await service.ask("GET", "/health/ready")
            return answer.status, json.loads(answer.body)["cause"]

        assert await ready() == (200, "")
        with closing(sqlite3.connect(tmp_path / "messages.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert await refuses(service, "mens den er låst")
            assert await ready() == (503, "locked")
            other.execute("ROLLBACK")
        assert not await refuses(service, "bagefter")
        assert await ready() == (200, "")
        assert await service.rows("text") == [("bagefter",)]

    trying(tmp_path, story)


FULL = """
import asyncio, json, os, sys
from datetime import date, timedelta
from pathlib import Path
from generator.feedback.sqlite import SqliteStore
from generator.feedback.store import UnavailableError
from tests.feedback.test_faults import message

disk = Path(sys.argv[1])

async def add(store, number, day):
    try:
        await store.add(message(number, day, "x" * 450))
        return True
    except UnavailableError as error:
        assert str(error).startswith(("full", "ioerr", "cantopen", "OSError")), error
        return False

async def main():
    store = SqliteStore(disk / "messages.db")
    await store.start()
    kept = [n for n in range(1000) if await add(store, n, "2020-01-01")]
    filler = disk / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"0" * 4096)
    except OSError:
        pass
    refused, number = [], 3000
    while len(refused) < 100:  # the log has room to spare at first
        (kept if await add(store, number, "2020-01-01") else refused).append(number)
        number += 1
    free = os.statvfs(disk).f_bavail
    before = {bytes(row[0]) for row in await store.read("SELECT receipt FROM messages")}
    gone = await store.purge("2021-01-01")
    after = await add(store, number, "2026-11-22")
    rows = await store.read("SELECT receipt FROM messages")
    found = {int.from_bytes(row[0], "big") for row in rows}
    await store.stop()
    print(json.dumps({
        "kept": len(kept), "refused": len(refused), "free": free, "gone": gone, "after": after,
        "missing": len({n.to_bytes(16, "big") for n in kept} - before),
        "refused_yet_stored": len({n.to_bytes(16, "big") for n in refused} & before),
        "left": len(found), "ballast": (disk / "messages.db.ballast").exists(),
    }))

asyncio.run(main())
"""


def on_a_small_disk(tmp_path: Path, megabytes: int) -> dict[str, Any]:
    """Run the story of a full disk on a file system of so many megabytes, mounted for it alone."""
    disk = tmp_path / "disk"
    disk.mkdir()
    inside = f'mount -t tmpfs -o size={megabytes}m none "$0" && exec "$1" -c "$2" "$0"'
    rights = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    run = subprocess.run(
        [*rights, "sh", "-c", inside, str(disk), sys.executable, FULL],
        capture_output=True, text=True, check=False, timeout=120, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    told: dict[str, Any] = json.loads(run.stdout)
    return told


@pytest.mark.whole
def test_a_full_disk_loses_nothing_and_old_messages_can_still_be_deleted(tmp_path: Path) -> None:
    told = on_a_small_disk(tmp_path, 16)
    assert told["free"] == 0
    assert told["kept"] > 500
    assert told["refused"] == 100
    assert (told["missing"], told["refused_yet_stored"]) == (0, 0)
    assert told["gone"] >= told["kept"]
    assert told["after"]
    assert told["left"] == 1


def bytes_of(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.glob("messages.db*") if path.suffix != ".ballast")


def test_what_is_purged_is_nowhere_in_the_files(tmp_path: Path) -> None:
    """Half are deleted while the service runs; with secure_delete off the control still finds them."""

    async def story(path: Path, secure: bool) -> int:
        store = SqliteStore(path)
        await store.start()
        if not secure:
            await store._run(lambda: store._open().execute("PRAGMA secure_delete=OFF").fetchone())
        old = [store.add(message(n, "2026-01-01", f"hemmelig{n:05}x")) for n in range(400)]
        new = [store.add(message(n, "2026-11-22", f"nyere{n:05}x")) for n in range(400, 800)]
        await asyncio.gather(*old)
        await asyncio.gather(*new)
        assert await store.purge("2026-06-01") == 400
        left = bytes_of(path.parent)
        await store.stop()
        assert len(set(re.findall(rb"nyere\d{5}x", left))) == 400
        return len(set(re.findall(rb"hemmelig\d{5}x", left)))

    for name in ("sure", "control"):
        (tmp_path / name).mkdir()
    assert asyncio.run(story(tmp_path / "sure" / "messages.db", True)) == 0
    assert asyncio.run(story(tmp_path / "control" / "messages.db", False)) > 0


def test_what_somebody_still_reads_is_said_not_to_be_gone_and_is_erased_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.feedback.sqlite.WAIT", 0.05)
    monkeypatch.setattr("generator.feedback.sqlite.ERASE_AGAIN", 0.05)

    async def story() -> None:
        store = SqliteStore(tmp_path / "messages.db")
        await store.start()
        await store.add(message(1, text="hemmelig00001x"))
        with closing(sqlite3.connect(tmp_path / "messages.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM messages").fetchone() == (1,)
            assert await store.delete("id = $1", (1,)) == 1
            assert not store.is_erased
            assert b"hemmelig00001x" in bytes_of(tmp_path)
            reader.execute("ROLLBACK")
        for _ in range(100):
            if not store.is_erased:
                await asyncio.sleep(0.05)
        assert store.is_erased
        assert b"hemmelig00001x" not in bytes_of(tmp_path)
        await store.stop()

    asyncio.run(story())


async def with_ages(path: Path, *ages: int) -> list[str]:
    """Keep a message of each age in days, and return their days."""
    days = [(date.today() - timedelta(days=age)).isoformat() for age in ages]
    store = SqliteStore(path)
    await store.start()
    for number, day in enumerate(days):
        await store.add(message(number, day))
    await store.stop()
    return days


def test_the_service_deletes_by_itself_when_the_time_is_over(tmp_path: Path) -> None:
    async def story() -> None:
        days = await with_ages(tmp_path / "messages.db", 29, 30, 31)
        async with started(settings_for(tmp_path, retention_days=30)) as service, asyncio.timeout(20):
            while not service.app.metrics.purged:  # counted once the thread has said so, after the rows are gone
                await asyncio.sleep(0.01)
            assert [day for (day,) in await service.rows("day")] == days[:2]
            assert service.app.metrics.purged == 1

    asyncio.run(story())


def test_a_clock_that_jumps_deletes_nothing_until_somebody_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Many days' messages past their time at once are a wrong clock as often as they are old."""

    async def story() -> None:
        days = await with_ages(tmp_path / "messages.db", 29, 31, 32, 400)
        async with started(settings_for(tmp_path, retention_days=30)) as service, asyncio.timeout(20):
            while not service.app.metrics.purge_waits:
                await asyncio.sleep(0.01)
            assert [day for (day,) in await service.rows("day")] == days
            assert "feedback_purge_waits 3\n" in (await service.ask("GET", "/metrics")).text
            told = await asyncio.to_thread(Handover(tmp_path / "messages.db").ask, {"do": "purge"}, 10)
            assert told == {"gone": 3}
            assert [day for (day,) in await service.rows("day")] == days[:1]
            assert "feedback_purge_waits 0\n" in (await service.ask("GET", "/metrics")).text

    asyncio.run(story())
    logged = "\n".join(map(JsonFormatter().format, caplog.records))
    assert '"remedy": "borgerinfo feedback purge"' in logged


def test_too_many_waiting_are_turned_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.feedback.store.QUEUE", 5)

    async def story() -> None:
        store = SqliteStore(tmp_path / "messages.db")
        await store.start()
        results = await asyncio.gather(*(store.add(message(n)) for n in range(50)), return_exceptions=True)
        turned = [result for result in results if isinstance(result, UnavailableError)]
        assert len(turned) == 45
        assert await store.read("SELECT count(*) FROM messages") == [(5,)]
        await store.stop()

    asyncio.run(story())
