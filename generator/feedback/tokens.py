"""Signed tokens: that a form was shown a while ago, that an editor has logged in, that a little sum was done."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import date

from generator.feedback.store import Store

YOUNGEST, OLDEST = 3, 24 * 3600
"""Seconds: nobody reads and answers a form faster; a page may lie open for a day."""
WORK_BITS = 15
"""Leading zero bits of the sum: about 30,000 tries, under a second on an old phone."""


class Signer:
    """Makes and knows tokens. Each is bound to a purpose and a subject, so that none can stand in for another."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._key = hashlib.sha256(b"borgerinfo feedback" + secret.encode()).digest()
        self._clock = clock

    def make(self, purpose: str, subject: str) -> str:
        """Return a new token for the subject."""
        head = int(self._clock()).to_bytes(8, "big") + secrets.token_bytes(9)
        return base64.urlsafe_b64encode(head + self._mac(purpose, subject, head)).decode().rstrip("=")

    def age(self, token: str, purpose: str, subject: str) -> float | None:
        """Return how many seconds old the token is, or None where it is not ours for this purpose and subject."""
        if len(token) != _LENGTH or not token.isascii():
            return None
        try:
            data = base64.b64decode(token.encode() + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except ValueError:
            return None
        head, mac = data[:17], data[17:]
        if not hmac.compare_digest(mac, self._mac(purpose, subject, head)):
            return None
        return self._clock() - int.from_bytes(head[:8], "big")

    def is_fresh(self, token: str, purpose: str, subject: str) -> bool:
        """Say whether the token is ours, and is neither too young nor too old."""
        age = self.age(token, purpose, subject)
        return age is not None and YOUNGEST <= age <= OLDEST

    def _mac(self, purpose: str, subject: str, head: bytes) -> bytes:
        parts = (purpose.encode(), subject.encode(), head)
        message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)  # or "ab"+"c" would equal "a"+"bc"
        return hmac.digest(self._key, message, "sha256")[:16]


_LENGTH = len(base64.urlsafe_b64encode(bytes(33)).decode().rstrip("="))


async def spend(store: Store, token: str, receipt: bytes) -> bool:
    """Say whether the token carries this message and no other, on any host; raises UnavailableError."""
    digest = hashlib.sha256(token.encode()).digest()
    return await store.change(_SPEND, (digest, receipt, date.today().isoformat())) == 1


_SPEND = """
INSERT INTO spent AS old (token, receipt, day) VALUES ($1, $2, $3)
ON CONFLICT (token) DO UPDATE SET day = excluded.day WHERE old.receipt = excluded.receipt
"""


def work_is_done(token: str, answer: str) -> bool:
    """Say whether the answer is one that took the work: SHA-256 of both begins with enough zero bits."""
    if not answer.isascii() or not 0 < len(answer) <= 20:
        return False
    digest = hashlib.sha256(f"{token}.{answer}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - WORK_BITS) == 0


def new_access_token() -> tuple[str, str]:
    """Return an editor's access token and the hash that the settings hold; a random token needs no slow hash."""
    token = secrets.token_urlsafe(32)
    return token, hashlib.sha256(token.encode()).hexdigest()


def region_of(token: str, editors: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the region whose access token this is; compares with every one, whichever is right."""
    digest = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
    found = None
    for region, hashes in editors.items():
        for known in hashes:
            if hmac.compare_digest(known, digest):
                found = region
    return found
