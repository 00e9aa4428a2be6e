"""`borgerinfo report was`: the worksheet that helps an authority to fill in its accessibility statement."""

from datetime import date
from pathlib import Path

import click

from generator.commands.messages import fail
from generator.commands.options import as_of_option
from generator.commands.project import known_region, load_catalogue, project_root


@click.command("was")
@click.argument("region_id", metavar="ID")
@click.option("--results", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Det, maskinen fandt.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Filen. Standard: rapport-was-ID.md her.")
@as_of_option
def was(region_id: str, results: Path | None, out: Path | None, as_of: date) -> None:
    """Lav et arbejdsark til en regions tilgængelighedserklæring: hvad en maskine fandt, og hvad der mangler.

    Selve erklæringen laver regionen i WAS-Tool. Prøven med maskinen laves af »make was«, som også laver arket.
    """
    from pydantic import ValidationError

    from generator.reports.accessibility import Results, worksheet

    region = known_region(load_catalogue(project_root()), region_id)
    try:
        found = Results.model_validate_json(results.read_bytes()) if results else None
    except ValidationError:
        fail(f"{results} er ikke skrevet af »make was« – kør den igen.")
    path = out or Path(f"rapport-was-{region_id}.md")
    path.write_text(worksheet(region, found, as_of), "utf-8")
    click.echo(f"Arbejdsark til {region.name} → {path}")
