"""`borgerinfo codes`: what others need of the printed codes – web servers, and a region's own designers."""

from datetime import date
from pathlib import Path

import click

from generator.cache import write_whole
from generator.commands.shared import (
    as_of_option,
    fail,
    load_catalogue,
    project_root,
    reports_problems,
    site_url_option,
)
from generator.danish import counted
from generator.plan import Plan


@click.group()
def codes() -> None:
    """Koderne på papir: kort over, hvor de fører hen, og tegninger af dem."""


@codes.command("map")
@click.option(
    "--server", type=click.Choice(["nginx", "apache", "netlify"]), required=True, help="Den server, kortet er til."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Filen. Uden: vis det på skærmen.")
@as_of_option
@site_url_option
@reports_problems
def redirect_map(server: str, out: Path | None, as_of: date, site_url: str) -> None:
    """Lav et kort over, hvor hver kode fører hen, som en webserver kan læse.

    Siderne under q/ gør det samme uden kortet. Med det kommer læseren frem i ét hop, og koden kan skrives med store og
    små bogstaver. Øverst i filen står, hvor den hører til. Med --site-url får alle svar hele adresser; brug det, når
    siderne ligger på en anden vært end koderne, eller bag en server, der selv tager sig af https.

    \b
    Eksempel:
      borgerinfo codes map --server nginx --out borgerinfo-koder.conf
    """
    from generator.redirects import SERVERS, leads

    found = leads(load_catalogue(project_root()), Plan(as_of), site_url)
    text = SERVERS[server](found, as_of)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        write_whole(out.absolute(), text.encode())
        out.chmod(0o644)  # the server that reads it is another user
    except OSError as error:
        fail(f"Kunne ikke skrive: {error.strerror or error} ({out}).")
    straight = sum(lead.at_once for lead in found)
    click.echo(f"{counted(len(found), 'kode', 'koder')} i {out}; {straight} fører lige til deres side.")
