"""`borgerinfo codes`: what others need of the printed codes – web servers, and a region's own designers."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.messages import write_files
from generator.commands.options import as_of_option, site_url_option
from generator.commands.project import load_catalogue, project_root, refuse_unknown_region
from generator.danish import counted, decimal
from generator.writing import write_whole

if TYPE_CHECKING:
    from generator.sender.context import Context

LARGEST_MODULE_MM = 5
"""Makes a code 20 cm wide, and pictures of 20 million dots; for what is larger there is the drawing."""


@click.group()
def codes() -> None:
    """Koderne på papir: kort over, hvor de fører hen, og tegninger af dem."""


@codes.command("map")
@click.option(
    "--server", type=click.Choice(["nginx", "apache", "netlify"]), required=True, help="Den server, kortet er til."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Filen. Uden: vis det på skærmen.")
@click.option("--region", metavar="ID", help="En region, hvis sider er udgivet for sig og ligger i roden. Uden: alle.")
@as_of_option
@site_url_option
def redirect_map(server: str, out: Path | None, region: str | None, as_of: date, site_url: str) -> None:
    """Lav et kort over, hvor hver kode fører hen, som en webserver kan læse.

    Siderne under q/ gør det samme uden kortet. Med det kommer læseren frem i ét hop, og koden kan skrives med store og
    små bogstaver. Øverst i filen står, hvor den hører til. Med --site-url får alle svar hele adresser; brug det, når
    siderne ligger på en anden vært end koderne, eller bag en server, der selv tager sig af https.

    \b
    Eksempel:
      borgerinfo codes map --server nginx --out borgerinfo-koder.conf
    """
    from generator.codes.server_maps import SERVERS, leads

    catalogue = load_catalogue(project_root())
    refuse_unknown_region(catalogue, region, as_of)
    found = leads(catalogue, as_of, site_url, catalogue.regions[region] if region else None)
    text = SERVERS[server](found, as_of)
    if out is None:
        click.echo(text, nl=False)
        return
    write_whole(out.absolute(), text.encode())
    straight = sum(lead.at_once for lead in found)
    click.echo(f"{counted(len(found), 'kode', 'koder')} i {out}; {straight} fører lige til deres side.")


@codes.command("qr")
@click.option("--region", metavar="ID", help="Kun denne region. Uden: alle.")
@click.option("--module-mm", type=float, default=0.6, show_default=True, help="Hvor bred den mindste firkant er.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Mappen, de lægges i. Standard: koder")
@as_of_option
def draw(region: str | None, module_mm: float, out: Path | None, as_of: date) -> None:
    """Lav QR-koderne som filer til dem, der sætter regionens tryksager op.

    Hver kode bliver til en SVG og to PNG-filer i den størrelse, den skal trykkes i. I koder.txt står, hvad de fører
    til.
    """
    from generator.draw.qr import MIN_MODULE_MM
    from generator.sender.context import Context
    from generator.sender.senders import regional_senders

    if not MIN_MODULE_MM <= module_mm <= LARGEST_MODULE_MM:
        span = f"mindst {decimal(MIN_MODULE_MM)} mm, som telefoner læser sikkert, og højst {LARGEST_MODULE_MM} mm"
        raise click.UsageError(f"--module-mm: skriv {span}; SVG-filen kan gøres større bagefter")
    root = project_root()
    catalogue = load_catalogue(root)
    refuse_unknown_region(catalogue, region, as_of)
    for sender in regional_senders(catalogue, as_of):
        if region in (None, sender.id):
            _draw(Context(catalogue, sender, as_of), module_mm, out or root / "koder")


def _draw(context: "Context", module_mm: float, out: Path) -> None:
    from generator.web.codes_to_print import code_files, code_overview, printed_codes

    found = printed_codes(context, module_mm)
    target = out / context.sender.id
    drawings = {Path(address).name: data for item in found for address, data in code_files(item).items()}
    write_files(target, {**drawings, "koder.txt": code_overview(found)})
    for item in found:
        click.echo(f"{item.code}  {item.size:>8}  {context.sender.id}, {item.leaflet.id}: {item.status}")
    click.echo(f"{counted(len(found), 'kode', 'koder')} i {target}")
