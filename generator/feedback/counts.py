"""How many have passed in a moving window: a count that is taken before it is needed, and given back if it was not."""

import secrets
import time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

KEY_LIFE = 24 * 3600
REMEMBERED = 20_000
"""Names that one process keeps in mind at most; the one that was asked for longest ago goes first."""


@dataclass(frozen=True)
class Share:
    """What a message takes of something: no more than `most` may be taken in so many seconds."""

    of: bytes
    seconds: int
    most: int


class Counts(Protocol):
    """Where shares are counted: in one process, or for all of them where the store is shared."""

    async def key(self) -> bytes:
        """Return the key of the day, the same for all who count here; raises UnavailableError."""

    async def take(self, share: Share) -> int | None:
        """Take one and return how many are taken now, or None where all are; raises UnavailableError."""

    async def give_back(self, share: Share) -> None:
        """Undo one `take`; raises UnavailableError."""


class ProcessCounts:
    """Counts in this process, exact; everything is forgotten when it ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key, self._key_made = secrets.token_bytes(32), clock()
        self._taken: OrderedDict[bytes, list[float]] = OrderedDict()

    async def key(self) -> bytes:
        """Return the key of the day."""
        if self._clock() - self._key_made > KEY_LIFE:
            self._key, self._key_made = secrets.token_bytes(32), self._clock()
            self._taken.clear()
        return self._key

    async def take(self, share: Share) -> int | None:
        """Take one and return how many are taken now, or None where all are."""
        now = self._clock()
        times = self._taken.setdefault(share.of, [])
        self._taken.move_to_end(share.of)
        if len(self._taken) > REMEMBERED:
            self._taken.popitem(last=False)
        del times[: bisect_right(times, now - share.seconds)]
        if len(times) >= share.most:
            return None
        times.append(now)
        return len(times)

    async def give_back(self, share: Share) -> None:
        """Undo one `take`."""
        if times := self._taken.get(share.of):
            times.pop()
