"""The feedback service beside the preview: a process of its own, started anew when the pages it knows have changed."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from generator.web.api import API

PATIENCE = 6
"""Seconds to let it finish what it has accepted."""


class Answering:
    """The service for one preview, on a port of its own; what it says is in a log beside the preview."""

    def __init__(self, root: Path, site: Path, port: int, own_port: int) -> None:
        self.root, self.file = root, site / API / "feedback.json"
        self.port, self.site_url = own_port, f"http://localhost:{port}/"
        self.log = site.with_name(f"{site.name}.feedback.log")
        self._process: subprocess.Popen[bytes] | None = None
        self._told = b""

    @property
    def endpoint(self) -> str:
        """Where the preview's forms send to."""
        return f"http://localhost:{self.port}"

    def refresh(self) -> None:
        """Start it, or start it anew where the pages have changed; without pages there is nothing to serve."""
        told = self.file.read_bytes() if self.file.is_file() else b""
        if not told or told == self._told:
            return
        self.stop()
        own = {
            "FEEDBACK_SITE": str(self.file), "FEEDBACK_SITE_URL": self.site_url, "FEEDBACK_PORT": str(self.port),
            "FEEDBACK_ADDRESS_RATE": "0",
        }  # fmt: skip
        words = [sys.executable, "-m", "generator.cli", "feedback", "serve"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(words, cwd=self.root, env={**os.environ, **own}, stdout=log, stderr=log)
        self._told = told

    def stop(self) -> None:
        """Let it finish, and wait for it; one that does not end by itself is ended."""
        if self._process:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(PATIENCE)
            self._process.kill()
            self._process.wait()
        self._process = None
