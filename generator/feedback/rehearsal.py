"""A rehearsal on the machine where the service will run: with its settings and its disk, on a database of its own.

What is promised is tried as a reader, a fault and an operator would, and told line by line. None of the messages that
are kept is read or changed; the rehearsal's own are gone when it ends.
"""

import asyncio
import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from generator.feedback.backup import back_up, restore
from generator.feedback.maintenance import with_store
from generator.feedback.retention import first_kept
from generator.feedback.settings import Settings, database_path
from generator.feedback.sites import Site
from generator.feedback.store import Message, Store, UnavailableError

PATIENCE = 20.0
"""Seconds that a step may take before it counts as failed."""
_CPR = "010190-0000"
"""Has the form of a CPR number; it goes no further than this machine, which must refuse it."""
Say = Callable[[bool, str], None]


@dataclass
class _Stage:
    """The service of the rehearsal: started, killed and asked as the real one would be."""

    settings: Settings
    region: str
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> bool:
        """Start it and say whether it gets ready."""
        words = [sys.executable, "-m", "generator.cli", "feedback", "serve"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(words, env=self.environment, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.ask("GET", "/health/ready") == 200:
                    return True
            time.sleep(0.1)
        return False

    def end(self, how: signal.Signals) -> tuple[int, float]:
        """End it, and return its exit code and the seconds it took."""
        assert self.process is not None, "it was started"
        began = time.monotonic()
        self.process.send_signal(how)
        return self.process.wait(PATIENCE), time.monotonic() - began

    def ask(self, method: str, path: str, **fields: str) -> int:
        """Send one request and return the answer's status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.settings.port, timeout=PATIENCE)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
            connection.request(method, path, urlencode(fields) if fields else None, headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def send(self, text: str, number: str) -> int:
        """Send a message and return the answer's status: 201 when it is kept."""
        return self.ask("POST", "/v1/feedback", region=self.region, text=text, id=number)

    def texts(self) -> list[str]:
        """Return what is kept, read as the inbox reads it."""

        async def read(store: Store) -> list[str]:
            return [text for (text,) in await store.read("SELECT text FROM messages ORDER BY id")]

        return asyncio.run(with_store(self.settings, read))


def rehearse(settings: Settings, site: Site, say: Say) -> str:
    """Try it all, `say` of each step whether it went as promised and what was seen, and return the service's log.

    Raises UnavailableError where no database can be made.
    """
    with _own_place(settings) as (own, place):
        region = next(iter(site.regions))
        environment = {**os.environ, "DATABASE_URL": own.database, "FEEDBACK_HOST": "127.0.0.1",
                       "FEEDBACK_PORT": str(own.port), "FEEDBACK_ADDRESS_RATE": "0", "FEEDBACK_REGION_RATE": "0",
                       "FEEDBACK_PROOF_OF_WORK": "", "FEEDBACK_WORKERS": "1"}  # fmt: skip
        stage = _Stage(own, region, environment, place / "log")
        try:
            _try_readers(stage, say)
            _try_faults(stage, say)
            _try_operator(stage, place, say)
        finally:
            if stage.process and stage.process.poll() is None:
                stage.process.kill()
                stage.process.wait()
        return stage.log.read_text("utf-8", "replace")


def _try_readers(stage: _Stage, say: Say) -> None:
    say(stage.start(), "tjenesten starter og er klar (/health/ready)")
    say(stage.send("Prøve et", "oevelse-et") == 201, "et svar bliver takket for")
    say(stage.send("Prøve et", "oevelse-et") == 201 and stage.texts() == ["Prøve et"], "sendt to gange er det ét svar")
    status = stage.send(f"Mit nummer er {_CPR}", "oevelse-cpr")
    say(status == 422 and stage.texts() == ["Prøve et"], f"et svar, der ligner et CPR-nummer, bliver afvist ({status})")
    status = stage.ask("POST", "/v1/feedback", region="findes-ikke", text="x")
    say(status == 422, f"en region, der ikke findes, bliver afvist ({status})")
    status = stage.ask("POST", "/v1/feedback", region=stage.region, text="x" * 20_000)
    say(status == 413, f"et svar, der er alt for langt, bliver afvist ({status})")


def _try_faults(stage: _Stage, say: Say) -> None:
    stage.end(signal.SIGKILL)
    say(stage.start() and stage.texts() == ["Prøve et"], "slået ihjel og startet igen har den svaret endnu")
    say(stage.send("Prøve to", "oevelse-to") == 201, "og tager imod igen")
    code, seconds = stage.end(signal.SIGTERM)
    say(code == 0 and seconds < 6, f"bedt om at stoppe slutter den med {code} efter {seconds:.1f} sekunder")
    wrong = {**stage.environment, "FEEDBACK_RETENTION_DAYS": "snart"}
    run = subprocess.run([sys.executable, "-m", "generator.cli", "feedback", "serve"], env=wrong, capture_output=True,
                         timeout=PATIENCE, check=False)  # fmt: skip
    say(run.returncode == 2, f"en forkert indstilling stopper den, før den begynder ({run.returncode})")


def _try_operator(stage: _Stage, place: Path, say: Say) -> None:
    settings, copy = stage.settings, place / "kopi"
    before = first_kept(settings.retention_days)

    async def emptied(store: Store) -> None:
        await back_up(store, copy, before)
        await store.change("DELETE FROM messages")
        await restore(store, copy, before)

    asyncio.run(with_store(settings, emptied))
    say(copy.stat().st_mode & 0o077 == 0, "en kopi bliver til, lukket for andre")
    say(sorted(stage.texts()) == ["Prøve et", "Prøve to"], "lagt tilbage i en tom database er alle svar der")
    old = (date.today() - timedelta(days=settings.retention_days + 1)).isoformat()

    async def added(store: Store) -> None:
        await store.add(Message(secrets.token_bytes(16), old, stage.region, "", "", "yes", "", "", "Prøve gammel"))

    asyncio.run(with_store(settings, added))
    stage.start()
    until = time.monotonic() + PATIENCE
    while "Prøve gammel" in stage.texts() and time.monotonic() < until:
        time.sleep(0.2)
    say(sorted(stage.texts()) == ["Prøve et", "Prøve to"], f"et svar fra {old} bliver slettet, fordi tiden er gået")
    stage.end(signal.SIGTERM)


@contextlib.contextmanager
def _own_place(settings: Settings) -> Iterator[tuple[Settings, Path]]:
    """Give settings with a database of the rehearsal's own, and a directory, on the disk where the real one lies."""
    is_file = settings.database.startswith("sqlite")
    beside = database_path(settings.database).absolute().parent if is_file else None
    if beside:
        beside.mkdir(parents=True, exist_ok=True, mode=0o700)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="proeve-", dir=beside) as name:
        place = Path(name)
        with contextlib.nullcontext(f"sqlite:///{place / 'svar.db'}") if is_file else _own_schema(settings) as database:
            yield replace(settings, database=database, port=free), place


@contextlib.contextmanager
def _own_schema(settings: Settings) -> Iterator[str]:
    """Give the address of an empty schema in the same PostgreSQL, which is gone afterwards."""
    import asyncpg

    name = f"proeve_{secrets.token_hex(4)}"

    async def run(sql: str) -> None:
        connection = await asyncpg.connect(settings.database, timeout=PATIENCE)
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    try:
        asyncio.run(run(f"CREATE SCHEMA {name}"))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
        raise UnavailableError(type(error).__name__) from None
    try:
        yield f"{settings.database}{'&' if '?' in settings.database else '?'}search_path={name}"
    finally:
        asyncio.run(run(f"DROP SCHEMA {name} CASCADE"))
