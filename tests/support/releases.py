"""Editions released in a copy of a project, as the command would after everything was approved."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random

import generator
from generator.codes.releases import Writing, released, withdrawn
from generator.loading import Convert
from generator.model.catalogue import Catalogue


def put(root: Path, writing: Writing) -> None:
    for path, text in writing.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def release(
    root: Path, leaflet: str, regions: Iterable[str], day: date, convert: Convert | None = None, seed: int = 1
) -> Catalogue:
    """Release a leaflet to the regions, and return the project as it is then."""
    catalogue = generator.load(root, convert)
    senders = tuple(catalogue.regions[name] for name in regions)
    put(root, released(catalogue, catalogue.leaflets[leaflet], senders, day, Random(seed)))
    return generator.load(root, convert)


def withdraw(root: Path, code: str, reason: str, day: date) -> Catalogue:
    catalogue = generator.load(root)
    put(root, withdrawn(catalogue, catalogue.editions[code], reason, day))
    return generator.load(root)
