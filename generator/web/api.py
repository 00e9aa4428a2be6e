"""The same facts for other systems, as static JSON under `/api/v1/`, and the manifest of everything built."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator import addresses
from generator.model.catalogue import Catalogue
from generator.model.edition import PrintedEdition
from generator.model.leaflet import family
from generator.model.place import EMERGENCY_NUMBER
from generator.sender.senders import Sender, interventions_of, regional_senders

API = "api/v1/"
NOTICE = "Generel information. Udkast: ikke fagligt godkendt, numre ikke bekræftet af regionerne."


def api_files(catalogue: Catalogue, day: date, profile: str, only: Sender | None = None) -> dict[str, bytes]:
    """Return the JSON files by address; `only` narrows them to one sender's own."""
    speaking = [only] if only else regional_senders(catalogue, day)
    head = {"as_of": day.isoformat(), "profile": profile}
    if profile == "draft":
        head["notice"] = NOTICE
    listed = interventions_of(catalogue, only, day) if only else catalogue.interventions.values()
    codes = catalogue.editions_on(day)
    contents = {
        "regions": [_region(catalogue, s, day, only is not None) for s in speaking],
        "interventions": [_intervention(i) for i in listed],
        "leaflets": [row for s in speaking for row in _leaflets(catalogue, s, day, only is not None)],
        "codes": [_code(e) for e in codes.values() if not only or e.sender in only.heritage],
    }
    return {f"{API}{name}.json": as_json({**head, name: rows}) for name, rows in contents.items()}


def manifest(
    catalogue: Catalogue,
    day: date,
    profile: str,
    files: Mapping[str, tuple[int, str]],
    fingerprint: str,
    built: Mapping[str, Any],
) -> bytes:
    """Return the list of everything built, with size and SHA-256, and of everything it was built from.

    `files` gives size and hash by path; `fingerprint` is the hash of all inputs, by which a later build knows that
    nothing has changed.
    """
    listed = [{"path": path, "bytes": size, "sha256": digest} for path, (size, digest) in sorted(files.items())]
    sources = [{"path": path, "sha256": digest} for path, digest in sorted(catalogue.hashes.items())]
    head = {"as_of": day, "profile": profile, "fingerprint": fingerprint, "built": dict(built)}
    return as_json({**head, "files": listed, "sources": sources})


def as_json(value: Any) -> bytes:
    """Return JSON that people can read too, with the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _region(catalogue: Catalogue, sender: Sender, as_of: date, alone: bool) -> dict[str, Any]:
    region = sender.region
    assert region is not None
    return {
        "id": region.id,
        "name": region.name,
        "address": "" if alone else sender.prefix,
        "valid_from": region.valid_from,
        "valid_to": region.valid_to,
        "successors": region.successors,
        "emergency_number": EMERGENCY_NUMBER,
        "areas": [
            {
                "id": area.id,
                "name": area.name,
                "phones": [p.model_dump(mode="json") for p in area.phones if p.is_valid_on(as_of)],
                "municipalities": [
                    {"code": m.code, "name": m.name} for m in catalogue.municipalities.values() if m.area == area.id
                ],
            }
            for area in sender.areas
        ],
    }


def _intervention(intervention: Any) -> Mapping[str, Any]:
    dumped: dict[str, Any] = intervention.model_dump(mode="json")
    dumped.pop("notes")
    return dumped


def _leaflets(catalogue: Catalogue, sender: Sender, day: date, alone: bool) -> Iterable[dict[str, Any]]:
    prefix, in_use = "" if alone else sender.prefix, catalogue.in_use_on(day)
    for leaflet in catalogue.leaflets.values():
        if sender.id in leaflet.senders:
            for name in leaflet.formats:
                edition = in_use.get((leaflet.id, sender.id, leaflet.language, family(name)))
                yield {
                    "id": leaflet.id, "region": sender.id, "title": leaflet.title, "audience": leaflet.audience,
                    "language": leaflet.language, "format": name, "codes": [edition.id] if edition else [],
                    "address": prefix + addresses.leaflet_file(leaflet.id, name),
                    "origin_notice": leaflet.origin_notice,
                }  # fmt: skip


def _code(edition: PrintedEdition) -> dict[str, Any]:
    release, withdrawal = edition.release, edition.withdrawal
    return {
        "code": edition.id,
        "address": addresses.code_page(edition.id),
        "leaflet": edition.leaflet,
        "region": edition.sender,
        "language": edition.language,
        "format_family": edition.format_family,
        "status": edition.status,
        "reserved_on": edition.reserved.reserved_on,
        "released_on": release.released_on if release else None,
        "text_hash": release.text_hash if release else None,
        "numbers": [number.model_dump(mode="json") for number in edition.numbers],
        "valid_to": release.valid_to if release else None,
        "replaced_by": edition.replaced_by,
        "withdrawn_on": withdrawal.withdrawn_on if withdrawal else None,
    }
