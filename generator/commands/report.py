"""`borgerinfo report`: how everything stands, what must be collected, and what a region must supply or confirm."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cache import Cache
from generator.commands.messages import fail, write_files
from generator.commands.options import as_of_option
from generator.commands.project import known_region, load_catalogue, project_root
from generator.danish import counted, long_date

if TYPE_CHECKING:
    from generator.model.catalogue import Catalogue
    from generator.model.place import Region
    from generator.reports.reader_counts import ReaderCounts


def _out(default: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    kind = click.Path(path_type=Path, file_okay=False)
    return click.option("--out", type=kind, default=default, show_default=True, help="Mappen, der skrives til.")


def _as_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


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


@report.command("overview")
@click.option(
    "--feedback", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FIL",
    help="Tal for læsernes svar, lavet med »borgerinfo feedback export --format counts --out FIL«.",
)  # fmt: skip
@_out("rapport-overblik")
@as_of_option
def overview(feedback: Path | None, out: Path, as_of: date) -> None:
    """Se, om siderne kan udgives, hvad der står i vejen, og hvem der mangler hvad.

    Rapporten er én HTML-fil til telefon, skærm og A4, og det samme som JSON: underskrifter, gennemgange, numre,
    læsbarhed og papir som små diagrammer, det, der mangler, fil for fil, og teksterne efter ansvarlig. Med --feedback
    står læsernes svar ved hver tekst og folder. Den stopper intet: den slutter med 0, også når meget mangler.

    \b
    Eksempler:
      borgerinfo report overview
      borgerinfo report overview --feedback svar.json
      borgerinfo report overview --as-of 2027-01-01
    """
    from generator.reports.overview import overview_data, overview_html, overview_report

    root = project_root()
    counts = _counts(feedback) if feedback else None
    found = overview_report(load_catalogue(root), as_of, counts, Cache(root / ".cache").remembered)
    page, data = overview_html(found, root / "overrides"), _as_json(overview_data(found))
    write_files(out, {"overblik.html": page, "overblik.json": data})
    missing = found.publication.problems
    answer = "Nej" if missing else "Ja"
    click.echo(f"Kan det hele udgives {long_date(as_of)}? {answer}: {counted(missing, 'ting', 'ting')} står i vejen.")
    click.echo(f"  → {out / 'overblik.html'}")


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
    from generator.reports.printed_editions import editions_data, editions_text

    wanted = Wanted(number, text_hash, topic, region)
    catalogue = load_catalogue(project_root())
    try:
        found = carriers(catalogue, wanted, as_of)
    except UnknownError as error:
        raise click.UsageError(str(error)) from error
    told = _as_json(editions_data(found, wanted, as_of)) if as_json else editions_text(catalogue, found, as_of) + "\n"
    click.echo(told, nl=False)


@report.command("region")
@click.argument("region_id", metavar="ID")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Filen. Standard: rapport-ID.html her.")
@as_of_option
def region(region_id: str, out: Path | None, as_of: date) -> None:
    """Lav et brev til en region: alt, den skal oplyse eller bekræfte, med plads til svaret.

    Brevet er én HTML-fil, som kan sendes og printes på A4. Er regionen ikke begyndt, gælder det dens første dag.
    """
    from generator.reports.region_letter import letter_html, region_report

    root = project_root()
    catalogue = load_catalogue(root)
    found = _region_to_come(catalogue, region_id, as_of)
    letter = region_report(catalogue, found, as_of)
    path = out or Path(f"rapport-{found.id}.html")
    path.write_text(letter_html(letter, catalogue, root / "overrides"), "utf-8")
    missing = counted(len(letter.problems), "ting mangler", "ting mangler")
    click.echo(f"{found.name}, {long_date(letter.day)}: {missing}, før siderne kan udgives.")
    click.echo(f"  → {path}")


@report.command("was")
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

    of = known_region(load_catalogue(project_root()), region_id)
    try:
        found = Results.model_validate_json(results.read_bytes()) if results else None
    except ValidationError:
        fail(f"{results} er ikke skrevet af »make was« – kør den igen.")
    path = out or Path(f"rapport-was-{region_id}.md")
    path.write_text(worksheet(of, found, as_of), "utf-8")
    click.echo(f"Arbejdsark til {of.name} → {path}")


@report.command("readability")
@_out("rapport-laesbarhed")
@as_of_option
def readability(out: Path, as_of: date) -> None:
    """Se, hvor let teksterne er at læse, med et halvt udfyldt ark for hver side.

    Rapporten er én HTML-fil, som kan sendes og printes på A4, og det samme som JSON. Den har begge LIX-tal, rådene om
    sproget og arkene til PEMAT-P og CDC's Clear Communication Index. Det, kun et menneske kan svare på, står åbent.
    """
    from generator.reports.readability import readability_data, readability_html, readability_report

    root = project_root()
    catalogue = load_catalogue(root)
    found = readability_report(catalogue, as_of)
    page = readability_html(found, catalogue.settings.title, root / "overrides")
    write_files(out, {"laesbarhed.html": page, "laesbarhed.json": _as_json(readability_data(found))})
    advice = sum(len(facts.advice) for facts in found.texts)
    texts = counted(len(found.texts), "tekst", "tekster")
    click.echo(f"{texts} til borgere, {counted(advice, 'råd', 'råd')} om sproget.")
    if found.not_spelled:
        click.echo(found.not_spelled)
    click.echo(f"  → {out / 'laesbarhed.html'}")


def _counts(path: Path) -> "ReaderCounts":
    from generator.reports.reader_counts import NotCountsError, reader_counts

    try:
        return reader_counts(path.read_bytes())
    except NotCountsError as error:
        raise click.UsageError(f"{path}: {error}") from error


def _region_to_come(catalogue: "Catalogue", name: str, as_of: date) -> "Region":
    found = known_region(catalogue, name)
    if found.valid_to and found.valid_to < as_of:
        heirs = " eller ".join(found.successors)
        after = f"spørg {heirs}" if heirs else "vælg en anden, eller en tidligere dag med --as-of"
        raise click.UsageError(f"{found.name} holdt op {long_date(found.valid_to)} – {after}")
    return found
