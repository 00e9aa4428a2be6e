"""How much one reader, one region and the service may get through, without keeping anybody's address.

Each message takes its share before it is kept, so that none slips by while another is on its way. An address is only
ever seen as a keyed hash, under a key that is drawn anew every day.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from generator.feedback.counts import Counts, Share
from generator.feedback.reader_address import Address, household
from generator.feedback.store import UnavailableError

ADDRESS_WINDOW, REGION_WINDOW, TWIN_WINDOW = 600, 60, 10
"""Seconds. Twins: the same words from the same place so soon after are a double click."""
PRESSURE_LIMIT = 3
"""Times the region's rate at which even confirmed messages are turned away."""
Outcome = Literal["", "again", "limited"]


@dataclass(frozen=True)
class Admission:
    """Whether a message may pass: not at all, or perhaps only when somebody has confirmed it."""

    outcome: Outcome = ""
    is_crowded: bool = False
    """Whether the region has had so many in a minute that each must be confirmed."""
    taken: Sequence[Share] = ()


class Limits:
    """Lets messages pass; 0 is no limit."""

    def __init__(self, address_rate: int, region_rate: int, counts: Counts) -> None:
        self.address_rate, self.region_rate, self.counts = address_rate, region_rate, counts

    async def admit(self, address: Address | None, region: str, content: bytes, *, is_marked: bool) -> Admission:
        """Take what a message needs; one that nothing tells from its twin, `is_marked`, may not follow it at once.

        Raises UnavailableError where nobody can count.
        """
        sender = await self._sender(address)
        twin = Share(_name(b"twin", sender, content), TWIN_WINDOW, 1)
        own = Share(_name(b"address", sender), ADDRESS_WINDOW, self.address_rate)
        all_of_region = Share(_name(b"region", region.encode()), REGION_WINDOW, PRESSURE_LIMIT * self.region_rate)
        wanted: list[tuple[Share, Outcome]] = [(own, "limited"), (all_of_region, "limited")]
        if not is_marked:
            wanted.insert(0, (twin, "again"))
        taken: list[Share] = []
        number: int | None = 0
        for share, otherwise in wanted:
            if share.most:
                number = await self.counts.take(share)
                if number is None:
                    await self.give_back(taken)
                    return Admission(otherwise)
                taken.append(share)
        return Admission("", bool(self.region_rate and (number or 0) > self.region_rate), taken)

    async def give_back(self, taken: Sequence[Share]) -> None:
        """Undo what a message took that was not kept; where nobody can count, time undoes it."""
        with suppress(UnavailableError):
            for share in taken:
                await self.counts.give_back(share)

    async def _sender(self, address: Address | None) -> bytes:
        """Return what stands for an address today; a whole IPv6 household is one."""
        return hashlib.blake2b(household(address), key=await self.counts.key(), digest_size=16).digest()


def _name(kind: bytes, *parts: bytes) -> bytes:
    return hashlib.blake2b(b"".join(len(part).to_bytes(4, "big") + part for part in parts), person=kind[:16],
                           digest_size=16).digest()  # fmt: skip
