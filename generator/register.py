"""The register of printed codes: a file that may only grow, and in which a change to what it held shows.

Every entry stands on one line and ends with a link, the hash of all that stands before it in the file: comments,
blank lines and earlier links included. Whoever changes, moves or removes a byte breaks every link after it, in any
checkout, with or without history. (The last entries can still be cut off unseen; that takes a history to notice.)
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from itertools import product

from generator.model.catalogue import Catalogue
from generator.model.leaflet import Leaflet

_LINK = re.compile(r"chain: ([0-9a-f]{16})\}$")
_UNDO = "hent filen, som den var (git checkout data/editions.yml); nye koder kommer nederst med »borgerinfo new code«"


def link(before: str) -> str:
    """Return the link that an entry ends with: the first 16 hex digits of the SHA-256 of all that stands before it."""
    return hashlib.sha256(before.encode()).hexdigest()[:16]


def extended(text: str, entry: Mapping[str, str]) -> str:
    """Return the register with one entry more, linked to everything before it."""
    values = ", ".join(f"{key}: {value}" for key, value in entry.items())
    start = f"{text}- {{{values}, "
    return f"{start}chain: {link(start)}}}\n"


def reservation(code: str, leaflet: Leaflet, sender: str, family: str, day: date) -> dict[str, str]:
    """Return the entry that reserves a code for a leaflet that is still a draft."""
    return {
        "id": f'"{code}"',
        "leaflet": leaflet.id,
        "sender": sender,
        "language": leaflet.language,
        "format_family": family,
        "status": "draft",
        "reserved_on": day.isoformat(),
    }


def missing_codes(catalogue: Catalogue, leaflet: Leaflet) -> list[tuple[str, str]]:
    """Return (sender, family) of everything the leaflet is handed out as that has no code in use."""
    in_use = {
        (edition.sender, edition.format_family)
        for edition in catalogue.editions.values()
        if (edition.leaflet, edition.language) == (leaflet.id, leaflet.language)
        and edition.status in ("draft", "current")
    }
    return [place for place in product(leaflet.senders, leaflet.families) if place not in in_use]


def first_fault(text: str) -> tuple[int, str, str] | None:
    """Return (line, what is wrong, what to do) of the first sign that the register did not only grow, or None."""
    before = ""
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if line.startswith("-"):
            found = _LINK.search(line.rstrip("\n"))
            if found is None:
                return number, "linjen mangler sit led i kæden (chain)", _UNDO
            if found[1] != link(before + line[: found.start()]):
                return number, "registret er ændret her eller længere oppe", _UNDO
        before += line
    last = text.rstrip("\n").rpartition("\n")[2]
    if not last.startswith("- ") or not text.endswith("\n") or text.endswith("\n\n"):
        return max(text.count("\n"), 1), "efter den sidste kode står der mere, eller linjen er ikke afsluttet", _UNDO
    return None
