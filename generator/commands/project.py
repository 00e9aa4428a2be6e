"""The project that a command works on, and what of it must be there."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import load
from generator.cache import Cache
from generator.commands.messages import refuse
from generator.danish import instead, long_date

if TYPE_CHECKING:
    from generator.model.catalogue import Catalogue
    from generator.model.leaflet import Leaflet
    from generator.model.place import Region


def nearest_project() -> Path | None:
    """Return the nearest directory upwards that has a mkdocs.yml, or None."""
    here = Path.cwd().resolve()
    return next((directory for directory in (here, *here.parents) if (directory / "mkdocs.yml").is_file()), None)


def project_root() -> Path:
    """Return the nearest project; ends the command with 2 where there is none."""
    if root := nearest_project():
        return root
    click.echo("Her er intet projekt: hverken denne mappe eller en over den har en mkdocs.yml.", err=True)
    sys.exit(2)


def load_catalogue(root: Path) -> "Catalogue":
    """Return the project's Catalogue, with texts that were converted before taken from the cache."""
    from generator.loading.conversion import convert_ahead, converter

    store = Cache(root / ".cache")
    convert_ahead(root, store)
    return load(root, converter(store))


def refuse_problems(catalogue: "Catalogue", as_of: date, profile: str, region: str | None = None) -> None:
    """End the command with 1 where the day and the profile ask for more; `region` narrows that to one region's own."""
    from generator.checks import check_day

    if problems := check_day(catalogue, as_of, profile, region):
        refuse(problems)


def refuse_unknown_region(catalogue: "Catalogue", region: str | None, as_of: date) -> None:
    """End the command with 2 where the region does not exist on the day."""
    from generator.sender.senders import regional_senders

    known = [sender.id for sender in regional_senders(catalogue, as_of)]
    if region is not None and region not in known:
        near = instead(region, known)
        raise click.UsageError(f"Regionen »{region}« findes ikke {long_date(as_of)} – {near}")


def known_region(catalogue: "Catalogue", name: str) -> "Region":
    """Return the region of that id, whether it is there on the day or not, or end the command with 2."""
    if found := catalogue.regions.get(name):
        return found
    near = instead(name, catalogue.regions)
    raise click.UsageError(f"Regionen »{name}« findes ikke – {near}")


def known_leaflet(catalogue: "Catalogue", name: str) -> "Leaflet":
    """Return the leaflet of that name, or end the command with 2."""
    if found := catalogue.leaflets.get(name):
        return found
    near = instead(name, catalogue.leaflets)
    raise click.UsageError(f"Folderen »{name}« findes ikke – {near}")
