"""Printed leaflets that bear a number, a text or a topic: a table for whoever collects them, and data for programs."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from generator.codes.recall import Carrier, Wanted
from generator.codes.releases import size_of
from generator.codes.standing import KIND_NAMES
from generator.danish import counted, long_date
from generator.model.catalogue import Catalogue

_HEAD = ("KODE", "FOLDER", "AFSENDER", "UDGIVET", "STATUS", "NUMRE")


def editions_text(catalogue: Catalogue, found: Sequence[Carrier], as_of: date) -> str:
    """Return a line for each edition with what no longer holds below it, drafts apart."""
    printed = [one for one in found if one.edition.release]
    drafts = [one for one in found if not one.edition.release]
    in_use = sum(one.edition.status == "current" for one in printed)
    copies = counted(len(printed), "trykt udgave", "trykte udgaver")
    lines = [f"{long_date(as_of)}: {copies}, heraf {in_use} i brug ifølge registret."]
    lines += _table(catalogue, printed)
    if drafts:
        lines += ["", f"Kladder ({len(drafts)}), som ikke er udgivet. Numre og ord er dem, de ville have den dag:"]
        lines += _table(catalogue, drafts)
    return "\n".join(lines)


def editions_data(found: Sequence[Carrier], wanted: Wanted, as_of: date) -> dict[str, Any]:
    """Return the same for other programs, days as 2026-12-31, with what was asked for."""
    return {
        "as_of": as_of.isoformat(),
        "asked": {key: value for key, value in vars(wanted).items() if value is not None},
        "editions": [_record(one) for one in found if one.edition.release],
        "drafts": [_record(one) for one in found if not one.edition.release],
    }


def _table(catalogue: Catalogue, found: Sequence[Carrier]) -> Iterator[str]:
    if not found:
        return
    rows = [_HEAD, *(_row(catalogue, one) for one in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for one, row in zip((None, *found), rows, strict=True):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        yield from (f"        {remark}" for remark in _remarks(catalogue, one)) if one else ()


def _row(catalogue: Catalogue, one: Carrier) -> tuple[str, ...]:
    edition, numbers = one.edition, dict.fromkeys(carried.number for carried in one.load.numbers)
    released = edition.release.released_on if edition.release else None
    return (
        edition.id, f"{edition.leaflet} ({edition.format_family})", catalogue.region_name(edition.sender),
        released.isoformat() if released else "nej", KIND_NAMES[one.standing.kind], ", ".join(numbers) or "ingen",
    )  # fmt: skip


def _remarks(catalogue: Catalogue, one: Carrier) -> Iterator[str]:
    """Yield what no longer holds, and what is not known for certain."""
    edition, found = one.edition, one.standing
    for wrong in found.wrong_numbers:
        now = f"nu {wrong.now.number}" if wrong.now else "intet nummer nu"
        yield f"{wrong.printed} gælder ikke længere i {wrong.area} ({now})"
    if edition.release and found.changes:
        yield f"siden siger noget andet: {size_of(found.changes, 0)}"
    if edition.withdrawal:
        yield f"kaldt tilbage {_day(edition.withdrawal.day)}: {edition.withdrawal.reason}"
    if edition.replaced_by:
        yield f"afløst af {edition.replaced_by}"
    elif found.kind == "replaced":
        yield f"{catalogue.region_name(edition.sender)} findes ikke længere"
    if edition.release and edition.release.valid_to:
        yield f"gælder til {long_date(edition.release.valid_to)}"
    if edition.release and not one.load.is_recorded:
        yield "hvilke tekster den rummer, er ikke skrevet i registret; her efter folderen, som den er nu"


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _record(one: Carrier) -> dict[str, Any]:
    edition, found = one.edition, one.standing
    release = edition.release
    return {
        "code": edition.id,
        "leaflet": edition.leaflet,
        "region": edition.sender,
        "language": edition.language,
        "format_family": edition.format_family,
        "released_on": release.released_on.isoformat() if release and release.released_on else None,
        "standing": found.kind,
        "text_hash": one.load.text_hash,
        "topics": list(one.load.topics),
        "topics_recorded": one.load.is_recorded,
        "numbers": [number.model_dump(mode="json") for number in one.load.numbers],
        "wrong_numbers": [
            {"area": wrong.area, "printed": wrong.printed, "now": wrong.now.number if wrong.now else None}
            for wrong in found.wrong_numbers
        ],
        "changed_signs": len(found.changes.signs),
        "changed_pieces": len(found.changes.words),
        "replaced_by": edition.replaced_by,
        "valid_to": release.valid_to.isoformat() if release and release.valid_to else None,
    }
