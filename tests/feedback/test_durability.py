"""What was thanked for is there: after kill -9 in the middle of load, after power loss, after a graceful stop."""

import asyncio
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.support.feedback_load import Sent, load
from tests.support.feedback_service import PATIENCE, Running, running
from tests.support.power_loss import Cut, cuts, end_traced, traced

pytestmark = pytest.mark.whole

HASTY = ("tests.support.hasty_service",)
"""The same service, but it thanks before it commits: what the proofs must be able to catch."""


@dataclass
class Tally:
    """What became of the messages of all rounds."""

    thanked: int = 0
    lost: int = 0
    never_sent: int = 0
    twice: int = 0
    unthanked: int = 0

    def add(self, log: Sent, stored: list[str]) -> None:
        self.thanked += len(log.thanked)
        self.lost += len(log.thanked - set(stored))
        self.never_sent += len(set(stored) - log.sent)
        self.twice += len(stored) - len(set(stored))
        self.unthanked += len(set(stored) - log.thanked)


def stored(database: Path) -> list[str]:
    """Return the markers of all messages in the file, which must be whole."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [text.rpartition(" ")[2] for (text,) in connection.execute("SELECT text FROM messages")]


def killed_in_the_middle(directory: Path, rounds: int, command: tuple[str, ...] = ()) -> Tally:
    """Load, SIGKILL at a random moment, open the file, compare; and again."""
    tally, random = Tally(), Random(rounds)
    for number in range(rounds):
        place = directory / str(number)
        place.mkdir(parents=True)
        log = Sent()
        with running(place, command=command) as service:
            asyncio.run(_load_and_kill(service, log, random.uniform(0.15, 0.9)))
        if (place / "messages.db").exists():
            tally.add(log, stored(place / "messages.db"))
    return tally


async def _load_and_kill(service: Running, log: Sent, after: float) -> None:
    sending = asyncio.create_task(load(service.port, log, connections=16, prefix="m"))
    await asyncio.sleep(after)
    service.kill()
    await sending


def test_kill_9_loses_nothing_that_was_thanked_for(tmp_path: Path) -> None:
    tally = killed_in_the_middle(tmp_path, rounds=4)
    print(tally)
    assert tally.thanked > 100
    assert (tally.lost, tally.never_sent, tally.twice) == (0, 0, 0)


def test_the_proof_would_notice_thanks_before_the_commit(tmp_path: Path) -> None:
    assert killed_in_the_middle(tmp_path, rounds=4, command=HASTY).lost > 0


@pytest.mark.long
def test_kill_9_a_hundred_times(tmp_path: Path) -> None:
    tally = killed_in_the_middle(tmp_path, rounds=110)
    control = killed_in_the_middle(tmp_path / "control", rounds=8, command=HASTY)
    print(tally, control)
    assert tally.thanked >= 20_000
    assert (tally.lost, tally.never_sent, tally.twice) == (0, 0, 0)
    assert control.lost > 0


def power_cuts(directory: Path, messages: int, command: tuple[str, ...] = ()) -> list[Cut]:
    """Trace the service under load and take the power away at every thank-you."""
    trace, log = directory / "trace", Sent()
    with running(directory, *traced(trace), command=command, STORE="unsynced") as service:
        asyncio.run(load(service.port, log, connections=4, prefix="m", messages=messages))
        end_traced(service.process.pid)
        service.process.wait(PATIENCE)
    assert len(log.thanked) == messages
    return list(cuts(trace, directory))


def test_power_loss_loses_nothing_with_full_synchronisation(tmp_path: Path) -> None:
    found = power_cuts(tmp_path, 60)
    assert len(found) >= 60
    assert [cut for cut in found if cut.missing] == []


def test_the_proof_would_notice_commits_that_are_not_synced(tmp_path: Path) -> None:
    found = power_cuts(tmp_path, 60, HASTY)
    assert sum(bool(cut.missing) for cut in found) >= len(found) / 2


@pytest.mark.long
def test_power_loss_three_hundred_times(tmp_path: Path) -> None:
    found = power_cuts(tmp_path, 400)
    print(f"{len(found)} strømsvigt, {sum(cut.thanked for cut in found)} takker efterset")
    assert len(found) >= 600
    assert [cut for cut in found if cut.missing] == []


def test_a_graceful_stop_answers_those_inside_and_is_quick(tmp_path: Path) -> None:
    log = Sent()

    async def story(service: Running) -> float:
        sending = asyncio.create_task(load(service.port, log, connections=16, prefix="m"))
        await asyncio.sleep(0.7)
        began = time.monotonic()
        service.process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(service.process.wait, PATIENCE)
        took = time.monotonic() - began
        await sending
        return took

    with running(tmp_path) as service:
        took = asyncio.run(story(service))
        assert service.process.returncode == 0
    kept = stored(tmp_path / "messages.db")
    assert took <= 5
    assert log.thanked == set(kept)
    assert len(kept) > 50
