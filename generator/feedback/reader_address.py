"""Whose request it is: the reader's own address, through any number of proxies of ours, however they write it."""

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""Where IPv4 is reached from IPv6 alone: the last four bytes are the address (RFC 6052)."""


def reader_address(peer: str, forwarded: str, proxies: Iterable[Network]) -> Address | None:
    """Return the nearest address that is not a proxy of ours; None where what is written there is no address.

    `forwarded` is X-Forwarded-For, to which each proxy adds whom it has seen; only the word of our own counts. No
    `peer` is a socket on the same machine, which only a proxy of ours can reach.
    """
    ours = tuple(proxies)
    seen = [*filter(None, (part.strip() for part in forwarded.split(","))), *([peer] if peer else [])]
    for written in reversed(seen):
        found = address_of(written)
        if found is None or not any(found in network for network in ours):
            return found
        nearest = found
    return nearest if seen else None


def address_of(written: str) -> Address | None:
    """Return an address that may stand in brackets, have a port, or be IPv4 written as IPv6; None where it is none."""
    bare = written.removeprefix("[").partition("]")[0]
    try:
        found = ipaddress.ip_address(bare.rpartition(":")[0] if bare.count(":") == 1 else bare)
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return mapped or (ipaddress.IPv4Address(found.packed[-4:]) if found in _TRANSLATED else found)
    return found


def household(address: Address | None) -> bytes:
    """Return what one reader shares with nobody else: the address, or of IPv6 the /64 that a household has."""
    if address is None:
        return b"?"
    return address.packed[:8] if address.version == 6 else address.packed
