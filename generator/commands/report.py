"""`borgerinfo report`: how everything stands, what must be collected, and what a region must supply or confirm."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import as_of_option
from generator.commands.overview import overview
from generator.commands.project import known_region, load_catalogue, project_root
from generator.commands.readability import readability
from generator.commands.was import was
from generator.danish import counted, long_date

if TYPE_CHECKING:
    from generator.model.catalogue import Catalogue
    from generator.model.place import Region


@click.group()
def report() -> None:
    """Vis, hvordan det hele står, hvad der er trykt, og hvad en region mangler at svare på.

    \b
    Eksempler:
      borgerinfo report overview                    om siderne kan udgives, og hvem der mangler hvad
      borgerinfo report editions --number 1813      papir, der skal samles ind
      borgerinfo report region ID                   et brev til regionen
      borgerinfo report was ID                      et arbejdsark til tilgængelighedserklæringen
      borgerinfo report readability                 hvor let teksterne er at læse
    """


@report.command("editions")
@click.option("--number", metavar="NUMMER", help="Kun det, der bærer dette nummer; mellemrum betyder ikke noget.")
@click.option("--text-hash", metavar="HASH", help="Kun det, der bærer netop disse ord; begyndelsen er nok.")
@click.option("--topic", metavar="ID", help="Kun det, der rummer denne tekst.")
@click.option("--region", metavar="ID", help="Kun fra denne region, eller fra de regioner, den har afløst.")
@click.option("--json", "as_json", is_flag=True, help="Vis det samme til et andet program.")
@as_of_option
def editions(
    number: str | None, text_hash: str | None, topic: str | None, region: str | None, as_json: bool, as_of: date
) -> None:
    """Find de trykte foldere, der bærer et nummer, en tekst eller et emne, så de kan samles ind.

    Kladder står for sig. Af dem er intet frosset: deres numre og ord er dem, de ville have den dag.
    """
    from generator.codes.recall import UnknownError, Wanted, carriers
    from generator.reports.printed_editions import as_data, as_text

    wanted = Wanted(number, text_hash, topic, region)
    catalogue = load_catalogue(project_root())
    try:
        found = carriers(catalogue, wanted, as_of)
    except UnknownError as error:
        raise click.UsageError(str(error)) from error
    told = as_data(found, wanted, as_of) if as_json else as_text(catalogue, found, as_of)
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else told)


@report.command("region")
@click.argument("region_id", metavar="ID")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Filen. Standard: rapport-ID.html her.")
@as_of_option
def region(region_id: str, out: Path | None, as_of: date) -> None:
    """Lav et brev til en region: alt, den skal oplyse eller bekræfte, med plads til svaret.

    Brevet er én HTML-fil, som kan sendes og printes på A4. Er regionen ikke begyndt, gælder det dens første dag.
    """
    from generator.reports.region_letter import as_html, region_report

    root = project_root()
    catalogue = load_catalogue(root)
    found = _region_to_come(catalogue, region_id, as_of)
    letter = region_report(catalogue, found, as_of)
    path = out or Path(f"rapport-{found.id}.html")
    path.write_text(as_html(letter, catalogue, root / "overrides"), "utf-8")
    missing = counted(len(letter.problems), "ting mangler", "ting mangler")
    click.echo(f"{found.name}, {long_date(letter.day)}: {missing}, før siderne kan udgives.")
    click.echo(f"  → {path}")


report.add_command(overview)
report.add_command(was)
report.add_command(readability)


def _region_to_come(catalogue: "Catalogue", name: str, as_of: date) -> "Region":
    found = known_region(catalogue, name)
    if found.valid_to and found.valid_to < as_of:
        heirs = " eller ".join(found.successors)
        after = f"spørg {heirs}" if heirs else "vælg en anden, eller en tidligere dag med --as-of"
        raise click.UsageError(f"{found.name} holdt op {long_date(found.valid_to)} – {after}")
    return found
