"""The command that makes leaflets without the rest of the site, or tells which there are."""

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cache import Cache
from generator.commands.messages import write_files
from generator.commands.options import as_of_option, profile_option, region_option
from generator.commands.project import load_catalogue, project_root, refuse_problems, refuse_unknown_region
from generator.danish import counted, decimal

if TYPE_CHECKING:
    from generator.model.catalogue import Catalogue
    from generator.paper.leaflets import Print
    from generator.paper.press import Job, Printed


@click.command()
@click.option(
    "--list", "only_list", is_flag=True, help="Vis kun, hvilke foldere der er, til hvem og i hvilke formater."
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Mappen, de lægges i. Standard: foldere")
@region_option
@profile_option
@as_of_option
def leaflets(only_list: bool, out: Path | None, region: str | None, profile: str, as_of: date) -> None:
    """Lav foldere uden resten af webstedet."""
    from generator.paper.layouts import prints_alike
    from generator.sender.context import Context
    from generator.sender.senders import regional_senders

    began = time.monotonic()
    root = project_root()
    catalogue = load_catalogue(root)
    refuse_unknown_region(catalogue, region, as_of)
    chosen = [sender for sender in regional_senders(catalogue, as_of) if region in (None, sender.id)]
    if only_list:
        _list(catalogue, [sender.id for sender in chosen], as_of)
        return
    refuse_problems(catalogue, as_of, profile, region)
    found = prints_alike([Context(catalogue, sender, as_of, profile) for sender in chosen])
    made = _make([item for _, item in found], root)
    target = out or root / "foldere"
    for (sender_id, _), leaflet in zip(found, made, strict=True):
        write_files(target / sender_id, {Path(address).name: data for address, data in leaflet.files})
    seconds = decimal(round(time.monotonic() - began, 1))
    click.echo(f"Færdig på {seconds} sekunder: {counted(len(made), 'folder', 'foldere')} i {target}/.")


def _make(items: "list[Print]", root: Path) -> "list[Printed]":
    """Make them all before any is written, and tell how far it has come."""
    from generator.paper.layouts import jobs
    from generator.paper.press import print_all

    def tell(done: int, job: "Job") -> None:
        click.echo(f"  [{done}/{len(items)}] {job.name}")

    store = Cache(root / ".cache")
    return print_all(jobs(items, store), store, tell)


def _list(catalogue: "Catalogue", chosen: list[str], day: date) -> None:
    """Print a line for each leaflet of each sender, with its formats and their codes."""
    from generator.model.leaflet import family

    codes = {place: edition.id for place, edition in catalogue.in_use_on(day).items()}
    for leaflet in catalogue.leaflets.values():
        click.echo(f"{leaflet.title} ({leaflet.id})")
        for sender in (name for name in leaflet.senders if name in chosen):
            places = {name: (leaflet.id, sender, leaflet.language, family(name)) for name in leaflet.formats}
            found = [f"{name} {codes.get(place, 'uden kode')}" for name, place in places.items()]
            click.echo(f"  {sender:<14}{', '.join(found)}")
