"""The same promises on a real PostgreSQL: kept before thanked, mended by itself, one table for many processes."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import asyncpg
import pytest

from generator.feedback.counts import Share
from generator.feedback.limits import Limits
from generator.feedback.logs import JsonFormatter
from generator.feedback.postgres import PostgresStore
from generator.feedback.reader_address import address_of
from generator.feedback.store import UnavailableError
from generator.feedback.tokens import spend
from tests.feedback.test_faults import message, refuses
from tests.support.feedback_load import Sent, load
from tests.support.feedback_service import Running, running, settings_for, started
from tests.support.postgres_server import Postgres, postgres

SECRET = "x" * 40


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres() as running_server:
        yield running_server


@pytest.fixture
def address(server: Postgres) -> str:
    """Return the address of an empty database."""
    server.sql("DROP TABLE IF EXISTS messages, deleted, spent, ended, shares, day_key")
    return server.address


def test_messages_are_kept_once_however_many_processes_send_them(address: str) -> None:
    async def story() -> None:
        stores = [PostgresStore(address) for _ in range(3)]
        for store in stores:
            await store.start()
        await asyncio.gather(*(store.add(message(n)) for n in range(200) for store in stores))
        assert await stores[0].read("SELECT count(*), count(DISTINCT receipt) FROM messages") == [(200, 200)]
        assert await stores[0].read("SHOW synchronous_commit") == [("on",)]
        for store in stores:
            await store.stop()

    asyncio.run(story())


def test_a_stopped_server_is_waited_out(server: Postgres, address: str, tmp_path: Path) -> None:
    async def story() -> None:
        async with started(replace(settings_for(tmp_path), database=address), PostgresStore(address)) as service:
            assert not await refuses(service, "før")
            await asyncio.to_thread(server.crash)
            assert await refuses(service, "imens")
            assert (await service.ask("GET", "/health/ready")).status == 503
            await asyncio.to_thread(server.start)
            assert not await refuses(service, "efter")
            assert [text for (text,) in await service.rows("text")] == ["før", "efter"]

    asyncio.run(story())


def test_a_library_that_has_lost_its_way_ends_no_writer(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As asyncpg may when a server is stopped and started under load; there are four writers."""

    async def story() -> None:
        store = PostgresStore(address)
        async with started(replace(settings_for(tmp_path), database=address), store) as service:
            good, left = store._open, 5

            async def lost() -> asyncpg.Pool:
                nonlocal left
                left -= 1
                if left >= 0:
                    raise asyncpg.InternalClientError("hemmelig")
                return await good()

            monkeypatch.setattr(store, "_open", lost)
            for number in range(5):
                assert await asyncio.wait_for(refuses(service, f"imens {number}a"), 5)
            assert not await refuses(service, "efter")
            assert (await service.ask("GET", "/health/ready")).status == 200
            assert [text for (text,) in await service.rows("text")] == ["efter"]

    asyncio.run(story())


def test_no_part_of_a_password_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        address = "postgresql://bruger:Kode7/x#9@127.0.0.1/ingen"
        store = PostgresStore(address)
        async with started(replace(settings_for(tmp_path), database=address), store) as service:
            assert await asyncio.wait_for(refuses(service, "Hej"), 10)
            assert (await service.ask("GET", "/health/ready")).status == 503

    asyncio.run(story())
    logged = "\n".join(map(JsonFormatter().format, caplog.records))
    assert '"event": "not kept"' in logged
    assert "Kode7" not in logged
    assert "x#9" not in logged


def test_a_crash_of_the_server_under_load_loses_nothing(server: Postgres, address: str, tmp_path: Path) -> None:
    log = Sent()

    async def story(service: Running) -> None:
        sending = asyncio.create_task(load(service.port, log, connections=16, prefix="m", seconds=4))
        await asyncio.sleep(1)
        await asyncio.to_thread(server.crash)
        await asyncio.sleep(0.3)
        await asyncio.to_thread(server.start)
        await sending

    with running(tmp_path, DATABASE_URL=address, FEEDBACK_SECRET=SECRET) as service:
        asyncio.run(story(service))
    texts = re.findall(r" (m[a-j]{8})$", server.sql("COPY (SELECT text FROM messages) TO STDOUT"), re.MULTILINE)
    assert len(log.thanked) > 100
    assert log.statuses.keys() == {303, 503}
    assert log.thanked - set(texts) == set()
    assert set(texts) - log.sent == set()
    assert len(texts) == len(set(texts))


def test_two_workers_share_one_database(address: str, server: Postgres, tmp_path: Path) -> None:
    log = Sent()
    with running(tmp_path, DATABASE_URL=address, FEEDBACK_WORKERS="2", FEEDBACK_SECRET=SECRET) as service:
        asyncio.run(load(service.port, log, connections=8, prefix="w", messages=200))
        assert log.statuses == {303: 200}
    assert server.sql("SELECT count(*) FROM messages").split()[2] == "200"


def test_a_limit_holds_for_all_workers_together(address: str, server: Postgres, tmp_path: Path) -> None:
    log = Sent()
    with running(
        tmp_path, DATABASE_URL=address, FEEDBACK_WORKERS="3", FEEDBACK_SECRET=SECRET, FEEDBACK_ADDRESS_RATE="10"
    ) as service:
        asyncio.run(load(service.port, log, connections=40, prefix="w", messages=200))
        told = ""
        while "feedback_messages_total{" not in told:  # some of the workers may have had none
            told = urlopen(f"{service.url}/metrics", timeout=20).read().decode()
    assert log.statuses == {303: 10, 429: 190}
    assert server.sql("SELECT count(*) FROM messages").split()[2] == "10"
    assert re.search(r'feedback_messages_total\{region="nordby",outcome="\w+",worker="[\w.-]+:\d+"\} \d', told)


def test_a_token_carries_one_message_for_all_hosts_and_a_retry_is_that_message(address: str) -> None:
    async def story() -> None:
        stores = [PostgresStore(address) for _ in range(2)]
        for store in stores:
            await store.start()
        carried = await asyncio.gather(*(spend(store, "tokenet", b"%d" % n) for n in range(10) for store in stores))
        assert sum(carried) == 2  # one message, sent by both
        assert await spend(stores[1], "et andet", b"3")
        for store in stores:
            await store.stop()

    asyncio.run(story())


def test_shares_are_counted_together_and_leave_no_address(server: Postgres, address: str) -> None:
    async def story() -> None:
        stores = [PostgresStore(address) for _ in range(2)]
        for store in stores:
            await store.start()
        counts = [store.counts() for store in stores]
        assert await counts[0].key() == await counts[1].key()
        share = Share(b"navn", 600, 5)
        taken = await asyncio.gather(*(count.take(share) for _ in range(20) for count in counts))
        assert sorted(number for number in taken if number) == [1, 2, 3, 4, 5]
        await counts[1].give_back(share)
        assert (await counts[0].take(share), await counts[0].take(share)) == (5, None)
        limits = [Limits(2, 0, count) for count in counts]
        reader = address_of("192.0.2.77")
        admitted = [await limit.admit(reader, "a", b"x", is_marked=True) for limit in limits * 2]
        assert [admission.outcome for admission in admitted] == ["", "", "limited", "limited"]
        await stores[0].read("CHECKPOINT")
        for store in stores:
            await store.stop()

    asyncio.run(story())
    kept = server.sql("SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r' ORDER BY 1")
    assert re.findall(r"^ (\w+)$", kept, re.MULTILINE) == ["day_key", "shares"]
    assert not any(b"192.0.2.77" in path.read_bytes() for path in (server.data / "base").rglob("*") if path.is_file())


def test_a_window_moves_with_the_time(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        store, now = PostgresStore(address), 6_000_000_000.0
        await store.start()
        counts, share = store.counts(), Share(b"vindue", 600, 10)
        monkeypatch.setattr("generator.feedback.postgres_counts.time.time", lambda: now)
        assert [await counts.take(share) for _ in range(11)] == [*range(1, 11), None]
        now += 600 + 60  # a tenth into the next: nine of the ten still count
        assert [await counts.take(share) for _ in range(2)] == [10, None]
        now += 240  # half way: five, and the one that was taken since
        assert [await counts.take(share) for _ in range(5)] == [7, 8, 9, 10, None]
        now += 3600
        assert await counts.take(share) == 1
        assert await store.read("SELECT count(*) FROM shares WHERE name = $1", (b"vindue",)) == [(1,)]
        await store.stop()

    asyncio.run(story())


def test_what_is_purged_is_not_in_the_tables_files(server: Postgres, address: str) -> None:
    async def story() -> None:
        store = PostgresStore(address)
        await store.start()
        texts = [(n, "2026-01-01" if n < 300 else "2026-11-22") for n in range(500)]
        await asyncio.gather(*(store.add(message(n, day, f"hemmelig{n:05}x")) for n, day in texts))
        await store.read("CHECKPOINT")
        assert len(written(server)) == 500
        assert await store.purge("2026-06-01") == 300
        await store.read("CHECKPOINT")
        assert written(server) == {b"hemmelig%05dx" % n for n in range(300, 500)}
        await store.stop()

    asyncio.run(story())


def written(server: Postgres) -> set[bytes]:
    """Return the texts found in the files of all tables; the server's log of changes is its administrator's."""
    files = (path for path in (server.data / "base").rglob("*") if path.is_file())
    return {found for path in files for found in re.findall(rb"hemmelig\d{5}x", path.read_bytes())}


@pytest.mark.whole
def test_an_address_where_nobody_answers_is_not_ready(tmp_path: Path) -> None:
    async def story() -> None:
        store = PostgresStore("postgresql://127.0.0.1:1/ingen")
        await store.start()
        with pytest.raises(UnavailableError):
            await store.add(message(1))
        await store.stop()

    asyncio.run(story())
