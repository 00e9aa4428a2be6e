"""Who is logged in to the inbox: a session ends with its access token, when the editor logs out, and by age."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta

from generator.feedback.store import Store
from generator.feedback.tokens import Signer, region_of

SESSION = 8 * 3600
"""Seconds; a working day."""


class Sessions:
    """Begins and ends sessions. A session is a region's name, the mark of its access token, and a signed token."""

    def __init__(self, editors: Mapping[str, tuple[str, ...]], signer: Signer, store: Store) -> None:
        self.editors, self.signer, self.store = editors, signer, store

    def begun(self, access_token: str) -> tuple[str, str] | None:
        """Return the region and a new session of whoever holds an access token, or None for one that is not known."""
        region = region_of(access_token, self.editors)
        if region is None:
            return None
        digest = hashlib.sha256(access_token.encode()).hexdigest()
        return region, f"{region}.{_mark(digest)}.{self.signer.make('session', f'{region} {digest}')}"

    async def region(self, session: str) -> str | None:
        """Return the region of a session that has not ended; raises UnavailableError where nobody can tell."""
        name, mark, token = (*session.split("."), "", "", "")[:3]
        ages = [
            self.signer.age(token, "session", f"{name} {digest}")
            for digest in self.editors.get(name, ())
            if mark == _mark(digest)
        ]
        if not any(age is not None and age <= SESSION for age in ages):
            return None
        ended = await self.store.read("SELECT 1 FROM ended WHERE session = $1", (_kept(session),))
        return None if ended else name

    async def end(self, session: str) -> None:
        """End a session on all hosts; those that have ended by age are forgotten. Raises UnavailableError."""
        await self.store.change("DELETE FROM ended WHERE day < $1", ((date.today() - timedelta(days=1)).isoformat(),))
        await self.store.change(
            "INSERT INTO ended (session, day) VALUES ($1, $2) ON CONFLICT (session) DO NOTHING",
            (_kept(session), date.today().isoformat()),
        )


def _mark(digest: str) -> str:
    return digest[:12]


def _kept(session: str) -> str:
    """Return what an ended session is known by: nobody who reads the database can use it."""
    return hashlib.sha256(session.encode()).hexdigest()
