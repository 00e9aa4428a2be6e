"""A copy of the messages: whole or not at all, of no more than may be kept, and back without losses or twins."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.feedback.archive import Archive, Selection
from generator.feedback.backup import BackupError, Made, Restored, back_up, restore
from generator.feedback.postgres import PostgresStore
from generator.feedback.sqlite import SqliteStore
from generator.feedback.store import COLUMNS, Store
from tests.feedback.test_faults import message
from tests.support.feedback_load import Sent, load
from tests.support.feedback_service import NORTH, environment, running, write_site
from tests.support.postgres_server import postgres

pytestmark = pytest.mark.whole

TODAY = date.today()
YEAR_AGO = (TODAY - timedelta(days=365)).isoformat()
MINE = Selection(frozenset({NORTH}))


@pytest.fixture(scope="module")
def server_address() -> Iterator[str]:
    with postgres() as server:
        yield server.address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "messages.db")
    return str(request.getfixturevalue("server_address"))


@asynccontextmanager
async def opened(address: str, *, is_empty: bool = False) -> AsyncIterator[Store]:
    store: Store = PostgresStore(address) if "://" in address else SqliteStore(Path(address))
    await store.start()
    if is_empty:
        for table in ("messages", "deleted"):
            await store.change(f"DELETE FROM {table}")
    try:
        yield store
    finally:
        await store.stop()


async def texts(store: Store) -> list[str]:
    return sorted(text for (text,) in await store.read("SELECT text FROM messages"))


def in_copy(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
        return sorted(text for (text,) in copy.execute("SELECT text FROM messages"))


def test_what_comes_back_is_all_but_what_was_deleted_since_or_is_past_its_time(address: str, tmp_path: Path) -> None:
    async def story() -> None:
        copy = tmp_path / "copies" / "one.sqlite3"
        async with opened(address, is_empty=True) as store:
            for number in range(5):
                await store.add(message(number, YEAR_AGO if number == 4 else TODAY.isoformat(), f"nr {number}"))
            assert await back_up(store, copy, "2000-01-01") == Made(5, ())
            archive = Archive(store)
            newest = await archive.newest(MINE)
            assert await archive.mark(MINE, newest[1]["id"], "2026-11-30") == 1
            assert await archive.delete(MINE, newest[3]["id"]) == 1
            await store.add(message(9, TODAY.isoformat(), "siden"))
            before = (TODAY - timedelta(days=90)).isoformat()
            assert await store.purge(before) == 1
            assert await restore(store, copy, before) == Restored(added=0, past=1, left=4)
            assert await texts(store) == ["nr 0", "nr 2", "nr 3", "siden"]
            assert await store.read("SELECT text FROM messages WHERE handled IS NOT NULL") == [("nr 3",)]
        async with opened(address, is_empty=True) as store:
            assert await restore(store, copy, "2000-01-01") == Restored(added=5, past=0, left=0)
            assert await restore(store, copy, "2000-01-01") == Restored(added=0, past=0, left=5)
            await store.add(message(2, TODAY.isoformat(), "nr 2"))  # the same form, sent once more after the restore
            assert await texts(store) == [f"nr {number}" for number in range(5)]

    asyncio.run(story())


def test_a_copy_holds_the_messages_alone_closed_to_others(address: str, tmp_path: Path) -> None:
    async def story() -> None:
        async with opened(address, is_empty=True) as store:
            await store.add(message(1, TODAY.isoformat()))
            await store.change("INSERT INTO spent VALUES ($1, $2, $3)", (b"token", b"receipt", TODAY.isoformat()))
            await store.change("INSERT INTO ended VALUES ($1, $2)", ("session", TODAY.isoformat()))
            await back_up(store, tmp_path / "copy", YEAR_AGO)
            for table in ("spent", "ended"):
                await store.change(f"DELETE FROM {table}")

    asyncio.run(story())
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("messages",)]
        assert [row[1] for row in copy.execute("PRAGMA table_info(messages)")] == [*COLUMNS, "handled"]
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600


def test_older_copies_age_as_the_messages_do(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened(str(tmp_path / "messages.db")) as store:
            place = tmp_path / "copies"
            await store.add(message(1, YEAR_AGO, "hemmelig gammel"))
            await back_up(store, place / "only-old", "2000-01-01")
            await store.add(message(2, TODAY.isoformat(), "hemmelig slettet"))
            await store.add(message(3, TODAY.isoformat(), "ny"))
            await back_up(store, place / "monday", "2000-01-01")
            (place / "notes.txt").write_text("no copy")
            await Archive(store).delete(MINE, 2)
            before = (TODAY - timedelta(days=90)).isoformat()
            assert await back_up(store, place / "tuesday", before) == Made(1, ("monday", "only-old"))
            assert not (place / "only-old").exists()
            assert in_copy(place / "monday") == in_copy(place / "tuesday") == ["ny"]
            assert b"hemmelig" not in b"".join(path.read_bytes() for path in place.iterdir())
            assert (place / "notes.txt").exists()

    asyncio.run(story())


def test_what_a_backup_that_was_cut_off_left_goes_and_a_damaged_copy_is_named(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened(str(tmp_path / "messages.db")) as store:
            place = tmp_path / "copies"
            await store.add(message(1, TODAY.isoformat()))
            await back_up(store, place / "monday", "2000-01-01")
            whole = (place / "monday").read_bytes()
            (place / ".sunday.part").write_bytes(whole[:5000])
            assert await back_up(store, place / "tuesday", "2000-01-01") == Made(1, ())
            assert sorted(path.name for path in place.iterdir()) == ["monday", "tuesday"]
            (place / "monday").write_bytes(whole[:5000])
            with pytest.raises(BackupError, match=r"^Den nye kopi er lavet, men .*monday er beskadiget"):
                await back_up(store, place / "wednesday", "2000-01-01")
            assert in_copy(place / "wednesday") == ["Hej"]

    asyncio.run(story())


def test_no_other_file_is_written_over_and_a_damaged_copy_changes_nothing(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened(str(tmp_path / "messages.db")) as store:
            await store.add(message(1, TODAY.isoformat()))
            other = tmp_path / "report.odt"
            other.write_text("noget andet")
            with pytest.raises(BackupError, match="noget andet end en kopi"):
                await back_up(store, other, YEAR_AGO)
            with pytest.raises(BackupError, match="ikke en kopi"):
                await restore(store, other, YEAR_AGO)
            with pytest.raises(BackupError, match="kan ikke skrives"):
                await back_up(store, other / "copy", YEAR_AGO)
            for number in range(2, 200):
                await store.add(message(number, TODAY.isoformat(), "x" * 400))
            await back_up(store, tmp_path / "copy", YEAR_AGO)
            data = bytearray((tmp_path / "copy").read_bytes())
            data[8000:30000] = b"\xff" * 22000
            (tmp_path / "copy").write_bytes(data)
            await store.change("DELETE FROM messages")
            with pytest.raises(BackupError, match=r"beskadiget|kan ikke læses"):
                await restore(store, tmp_path / "copy", YEAR_AGO)
            assert await texts(store) == []
            assert other.read_text() == "noget andet"

    asyncio.run(story())


def feedback(directory: Path, *words: str, said: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator would."""
    return subprocess.run(
        [sys.executable, "-m", "generator.cli", "feedback", *words], cwd=directory, input=said, check=False,
        env=environment(directory, 1, **more), capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_both_are_done_while_the_service_takes_messages_in(tmp_path: Path) -> None:
    log = Sent()

    async def story(port: int) -> None:
        sending = asyncio.create_task(load(port, log, connections=8, prefix="m", seconds=6))
        await asyncio.sleep(0.5)
        for name in ("one", "two"):
            made = await asyncio.to_thread(feedback, tmp_path, "backup", f"copies/{name}.sqlite3")
            assert (made.returncode, made.stderr) == (0, "")
            back = await asyncio.to_thread(feedback, tmp_path, "restore", f"copies/{name}.sqlite3")
            assert back.returncode == 0, back.stderr
            assert "0 svar er lagt tilbage" in back.stdout
        await sending

    with running(tmp_path) as service:
        asyncio.run(story(service.port))
    with closing(sqlite3.connect(tmp_path / "messages.db")) as database:
        found = [text.rpartition(" ")[2] for (text,) in database.execute("SELECT text FROM messages")]
    assert log.statuses.keys() == {303}
    assert sorted(found) == sorted(log.thanked)


def test_an_operator_is_told_what_is_wrong_and_asked_before_much_is_deleted(tmp_path: Path) -> None:
    write_site(tmp_path)
    assert "Her er ingen svar endnu" in feedback(tmp_path, "backup", "copy").stdout

    async def filled() -> None:
        async with opened(str(tmp_path / "messages.db")) as store:
            for number, age in enumerate((1, 100, 101, 102)):
                await store.add(message(number, (TODAY - timedelta(days=age)).isoformat()))

    asyncio.run(filled())
    (tmp_path / "notes.txt").write_text("no copy")
    refused = feedback(tmp_path, "restore", "notes.txt")
    assert refused.returncode == 1
    assert refused.stderr == "notes.txt er ikke en kopi fra »feedback backup« – vælg en, der er det\n"
    asked = feedback(tmp_path, "purge", said="nej\n")
    assert asked.returncode == 1
    assert f"3 svar fra {(TODAY - timedelta(days=102)).isoformat()}" in asked.stdout
    assert "Slet svarene for altid?" in asked.stdout
    assert asked.stderr == "Intet er slettet.\n"
    assert "3 svar fra før" in feedback(tmp_path, "purge", "--yes").stdout
    assert "0 svar fra før" in feedback(tmp_path, "purge").stdout


STEPS = """
import os, shutil, signal, sqlite3, sys
from contextlib import closing
from pathlib import Path
from generator.feedback import backup
from generator.feedback.command import COMMANDS

backup.CHUNK = 10
CHANGES = {"os.rename", "os.remove", "os.chmod", "os.truncate", "os.mkdir", "open"}
database, copies, kept = Path("messages.db"), Path("copies"), Path("kept")
copies.mkdir()

def run(words, step=0):  # False: it was killed at that step
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1] == 0
    left = step
    def count(*_):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    def connected(*words, **more):
        connection = connect(*words, **more)
        connection.set_trace_callback(count)
        return connection
    connect, sqlite3.connect = sqlite3.connect, connected
    sys.addaudithook(lambda event, _: count() if event in CHANGES else None)
    sys.stdout = open(os.devnull, "w")
    COMMANDS[words[0]](words[1:], standalone_mode=False)
    os._exit(0)

def rows(path):
    with closing(sqlite3.connect(path)) as found:
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not found.execute("SELECT 1 FROM sqlite_master WHERE name = 'messages'").fetchone():
            return 0, 0
        return found.execute("SELECT count(*), count(DISTINCT receipt) FROM messages").fetchone()

def steps(words, prepare, judge):
    step, done = 0, False
    while not done:
        step += 1
        prepare()
        done = run(words, step)
        for path in (*copies.iterdir(), *Path().glob("messages.db*")):
            assert path.suffix == ".ballast" or path.stat().st_mode & 0o077 == 0, path
        judge()
        assert run(words)
        judge(True)
    return step

def judged_copy(is_whole=False):
    made = copies / "copy"
    assert (made.exists() or not is_whole) and (not made.exists() or rows(made) == (35, 35))
    assert rows(database) == (35, 35)

def judged_database(is_whole=False):
    number, receipts = rows(database) if database.exists() and database.stat().st_size else (0, 0)
    assert number == receipts and (number == 35 or not is_whole), (number, receipts)

def emptied():
    for path in Path().glob("messages.db*"):
        path.unlink()

backing = steps(["backup", "copies/copy"], lambda: (copies / "copy").unlink(missing_ok=True), judged_copy)
shutil.copy(copies / "copy", kept)
restoring = steps(["restore", "kept"], emptied, judged_database)
print(backing, restoring)
"""


def test_kill_9_at_every_step_leaves_a_whole_copy_or_none_and_a_restore_that_can_be_done_again(tmp_path: Path) -> None:
    async def filled() -> None:
        async with opened(str(tmp_path / "messages.db")) as store:
            for number in range(35):
                await store.add(message(number, TODAY.isoformat()))

    asyncio.run(filled())
    run = subprocess.run(
        [sys.executable, "-c", STEPS], cwd=tmp_path, env=environment(tmp_path, 1), capture_output=True, text=True,
        timeout=280, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    backing, restoring = map(int, run.stdout.split())
    assert backing > 20
    assert restoring > 20


def test_a_service_that_is_killed_while_it_restores_does_it_when_it_runs_again(tmp_path: Path) -> None:
    async def filled() -> None:
        async with opened(str(tmp_path / "messages.db")) as store:
            await asyncio.gather(*(store.add(message(n, TODAY.isoformat())) for n in range(500)))
            await back_up(store, tmp_path / "copy", YEAR_AGO)
            await store.change("DELETE FROM messages WHERE id <= $1", (499,))

    asyncio.run(filled())
    with running(tmp_path):
        asked = subprocess.Popen(
            [sys.executable, "-m", "generator.cli", "feedback", "restore", "copy"], cwd=tmp_path,
            env=environment(tmp_path, 1), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        task = tmp_path / "messages.db.task"
        while not task.exists() and asked.poll() is None:
            pass
    with running(tmp_path):
        said, _ = asked.communicate(timeout=30)
    assert "499 svar er lagt tilbage" in said or "0 svar er lagt tilbage" in said
    with closing(sqlite3.connect(tmp_path / "messages.db")) as database:
        assert database.execute("SELECT count(*), count(DISTINCT receipt) FROM messages").fetchone() == (500, 500)
