"""The register of printed codes: a file that may only grow, and in which a change to what it held shows.

Every entry stands on one line and ends with a link, the hash of all that stands before it in the file: comments,
blank lines and earlier links included. Whoever changes, moves or removes a byte breaks every link after it, in any
checkout, with or without history. Lines cut off the end break no link; the seal, a file of its own that holds the
link after the last line, misses them.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product
from typing import Any

from generator.model.catalogue import Catalogue
from generator.model.edition import FrozenPiece, Seal
from generator.model.leaflet import Leaflet

REGISTER_FILE = "data/editions.yml"
SEAL_FILE = "data/seal.yml"
FROZEN_DIRECTORY = "data/frozen"
_LINK = re.compile(r"chain: ([0-9a-f]{16})\}$")
_PLAIN = re.compile(r"(?!(?:null|true|false|yes|no|on|off|y|n)$)[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SEALS = (
    "# Hvad registret rummede, da programmet sidst skrev i det. Skrives af »borgerinfo release«, aldrig i hånden.\n"
)
_KEEPS = "# Ordene i en udgivet folder, som de blev trykt. Skrives af »borgerinfo release« og ændres aldrig.\n"


def as_it_was(path: str) -> str:
    """Return the remedy for a file that only the program writes, and that is not what it wrote."""
    return f"hent filen, som den var (git checkout {path})"


_UNDO = f"{as_it_was(REGISTER_FILE)}; nye linjer kommer nederst med »borgerinfo release«"


def link(before: str) -> str:
    """Return the link that an entry ends with: the first 16 hex digits of the SHA-256 of all that stands before it."""
    return hashlib.sha256(before.encode()).hexdigest()[:16]


def extended(text: str, entry: Mapping[str, Any]) -> str:
    """Return the register with one entry more, linked to everything before it; what is None is left out."""
    values = ", ".join(f"{key}: {_written(value)}" for key, value in entry.items() if value is not None)
    start = f"{text}- {{{values}, "
    return f"{start}chain: {link(start)}}}\n"


def seal(text: str) -> str:
    """Return the file that tells how the register ends."""
    return f'{_SEALS}lines: {_count(text)}\nlink: "{link(text)}"\n'


def text_hash(pieces: Iterable[FrozenPiece]) -> str:
    """Return the hash of a leaflet's words: the first 16 hex digits of the SHA-256 of one line a piece."""
    lines = (f"{piece.kind}|{piece.level or ''}|{piece.words}\n" for piece in pieces)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]


def frozen_file(pieces: Iterable[FrozenPiece]) -> str:
    """Return the file that keeps a released leaflet's words."""
    rows = (
        f"- {{kind: {piece.kind}, {f'level: {piece.level}, ' if piece.level else ''}words: {_quoted(piece.words)}}}\n"
        for piece in pieces
    )
    return f"{_KEEPS}pieces:\n{''.join(rows)}"


def reservation(code: str, leaflet: Leaflet, sender: str, family: str, day: date) -> dict[str, Any]:
    """Return the entry that reserves a code for a leaflet that is still a draft."""
    return {**_place(code, leaflet, sender, family), "status": "draft", "reserved_on": day}


def release_entry(
    code: str, leaflet: Leaflet, sender: str, family: str, day: date, frozen: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the entry that releases an edition; `frozen` holds its address, text hash, numbers and validity."""
    return {**_place(code, leaflet, sender, family), "status": "current", "released_on": day, **frozen}


def withdrawal(code: str, place: tuple[str, str, str, str], day: date, reason: str) -> dict[str, Any]:
    """Return the entry that withdraws an edition."""
    leaflet, sender, language, family = place
    head = {"id": code, "leaflet": leaflet, "sender": sender, "language": language, "format_family": family}
    return {**head, "status": "withdrawn", "withdrawn_on": day, "reason": reason}


def missing_codes(catalogue: Catalogue, leaflet: Leaflet) -> list[tuple[str, str]]:
    """Return (sender, family) of everything the leaflet is handed out as that has no code in use."""
    in_use = catalogue.in_use_on()
    wanted = product(leaflet.senders, leaflet.families)
    return [(s, f) for s, f in wanted if (leaflet.id, s, leaflet.language, f) not in in_use]


def first_fault(text: str) -> tuple[int, str, str] | None:
    """Return (line, what is wrong, what to do) of the first sign that the register did not only grow, or None."""
    digest, end = hashlib.sha256(), 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        if line.startswith("-"):
            found = _LINK.search(line.rstrip("\n"))
            if found is None:
                return number, "linjen mangler sit led i kæden (chain)", _UNDO
            until = digest.copy()
            until.update(line[: found.start()].encode())
            if found[1] != until.hexdigest()[:16]:
                return number, "registret er ændret her eller længere oppe", _UNDO
        digest.update(line.encode())
        end = number
    last = lines[-1] if lines else ""
    if not last.startswith("- ") or not text.endswith("\n"):
        return max(end, 1), "efter den sidste kode står der mere, eller linjen er ikke afsluttet", _UNDO
    return None


def broken_seal(text: str, kept: Seal | None) -> tuple[str, str] | None:
    """Return (what is wrong, what to do) where a sound register does not end as it did when it was last written."""
    if kept is None:
        return "seglet, som viser, hvordan registret slutter, mangler", as_it_was(SEAL_FILE)
    lines = _count(text)
    if lines < kept.lines:
        gone = kept.lines - lines
        message = f"registret mangler {'den sidste linje' if gone == 1 else f'de sidste {gone} linjer'}"
        return message, _UNDO
    if kept.link != link(_first(text, kept.lines)):
        return "registret er et andet end det, der sidst blev skrevet", _UNDO
    if lines > kept.lines:
        return (
            "registret har linjer, som programmet ikke har skrevet færdig",
            "kør: .venv/bin/borgerinfo release --draft",
        )
    return None


def is_extended(text: str, seal_file: str) -> bool:
    """Say whether a register is what its seal tells of, with more lines after it."""
    found = re.search(r'^lines: (\d+)\nlink: "([0-9a-f]{16})"\n', seal_file, re.MULTILINE)
    if found is None:
        return False
    return int(found[1]) < _count(text) and found[2] == link(_first(text, int(found[1])))


def unlike_earlier(text: str, earlier: str) -> tuple[int, str, str] | None:
    """Return (line, what is wrong, what to do) where the register does not begin with all that it once held.

    A version without a single link is from before the register was a chain, and binds nobody.
    """
    if text.startswith(earlier) or not any(_LINK.search(line) for line in earlier.splitlines()):
        return None
    now, then = text.splitlines(), earlier.splitlines()
    same = next(
        (n for n, pair in enumerate(zip(now, then, strict=False)) if pair[0] != pair[1]), min(len(now), len(then))
    )
    message = "her har registret været et andet: en kode er ændret, flyttet eller fjernet"
    return max(1, min(same + 1, len(now))), message, _UNDO


def _place(code: str, leaflet: Leaflet, sender: str, family: str) -> dict[str, str]:
    return {
        "id": code, "leaflet": leaflet.id, "sender": sender, "language": leaflet.language, "format_family": family,
    }  # fmt: skip


def _written(value: Any) -> str:
    """Return a value as YAML on one line; what could be read as something else than text stands in quotes."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_written(item)}" for key, item in value.items() if item is not None) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    return value if _PLAIN.fullmatch(value) else _quoted(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _count(text: str) -> int:
    return sum(line.startswith("- ") for line in text.splitlines())


def _first(text: str, count: int) -> str:
    """Return the register as it was when it had that many lines of codes."""
    kept = []
    for line in text.splitlines(keepends=True):
        if line.startswith("- "):
            if not count:
                break
            count -= 1
        kept.append(line)
    return "".join(kept)
