"""How much one reader, one region and the service may get through, without keeping anybody's address.

An address is only ever seen as a keyed hash under a key that lives in memory and is drawn anew every day.
"""

import hashlib
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from generator.feedback.reader_address import Address, household

ADDRESS_WINDOW, REGION_WINDOW, TWIN_WINDOW = 600.0, 60.0, 10.0
"""Seconds. Twins: the same words from the same place so soon after are a double click."""
KEY_LIFE = 24 * 3600.0
_KEPT = 20_000
"""Hashes of addresses in memory at most."""
TWINS_KEPT = 5_000
"""Fewer, since a double click follows at once; even at 500 messages a second that is the whole window."""


class Limits:
    """Counts what passes; everything is forgotten when the process ends."""

    def __init__(self, address_rate: int, region_rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.address_rate, self.region_rate = address_rate, region_rate
        self._clock = clock
        self._key, self._key_made = secrets.token_bytes(32), clock()
        self._addresses: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._regions: dict[str, deque[float]] = {}
        self._twins: OrderedDict[bytes, float] = OrderedDict()

    def sender(self, address: Address | None) -> bytes:
        """Return what stands for an address today; a whole IPv6 household is one."""
        now = self._clock()
        if now - self._key_made > KEY_LIFE:
            self._key, self._key_made = secrets.token_bytes(32), now
            self._addresses.clear()
        return hashlib.blake2b(household(address), key=self._key, digest_size=16).digest()

    def has_sent_too_much(self, sender: bytes) -> bool:
        """Say whether the sender has had its share; counts nothing."""
        times = self._addresses.get(sender)
        return bool(self.address_rate and times and _within(times, self._clock() - ADDRESS_WINDOW) >= self.address_rate)

    def pressure(self, region: str) -> float:
        """Return how full the region's minute is: 1 is as much as it may be."""
        times = self._regions.get(region)
        if not self.region_rate or not times:
            return 0.0
        return _within(times, self._clock() - REGION_WINDOW) / self.region_rate

    def count(self, sender: bytes, region: str, content: bytes) -> None:
        """Count one message and remember, for some seconds, what was sent; before it is kept, so that none slips by."""
        now = self._clock()
        if self.address_rate:
            self._addresses.setdefault(sender, deque()).append(now)
            self._addresses.move_to_end(sender)
            while len(self._addresses) > _KEPT:
                self._addresses.popitem(last=False)
        if self.region_rate:
            self._regions.setdefault(region, deque(maxlen=4 * self.region_rate)).append(now)
        self._twins[_twin(sender, content)] = now
        while self._twins and (len(self._twins) > TWINS_KEPT or now - next(iter(self._twins.values())) > TWIN_WINDOW):
            self._twins.popitem(last=False)

    def take_back(self, sender: bytes, region: str, content: bytes) -> None:
        """Forget one message that was counted and then could not be kept."""
        for times in (self._addresses.get(sender), self._regions.get(region)):
            if times:
                times.pop()
        self._twins.pop(_twin(sender, content), None)

    def is_twin(self, sender: bytes, content: bytes) -> bool:
        """Say whether the same was just sent from the same place."""
        made = self._twins.get(_twin(sender, content))
        return made is not None and self._clock() - made < TWIN_WINDOW


def _twin(sender: bytes, content: bytes) -> bytes:
    return hashlib.blake2b(sender + content, digest_size=16).digest()


def _within(times: deque[float], since: float) -> int:
    while times and times[0] < since:
        times.popleft()
    return len(times)
