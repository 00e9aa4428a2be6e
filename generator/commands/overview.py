"""`borgerinfo report overview`: how everything stands on a day, for the one who steers."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cache import Cache
from generator.commands.messages import write_files
from generator.commands.options import as_of_option
from generator.commands.project import load_catalogue, project_root
from generator.danish import counted, long_date

if TYPE_CHECKING:
    from generator.reports.reader_counts import ReaderCounts


@click.command("overview")
@click.option(
    "--feedback", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FIL",
    help="Tal for læsernes svar, lavet med »borgerinfo feedback export --format counts --out FIL«.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default="rapport-overblik", show_default=True,
    help="Mappen, der skrives til.",
)  # fmt: skip
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
    from generator.reports.overview import as_data, as_html, overview_report

    root = project_root()
    counts = _counts(feedback) if feedback else None
    found = overview_report(load_catalogue(root), as_of, counts, Cache(root / ".cache").remembered)
    data = json.dumps(as_data(found), ensure_ascii=False, indent=1)
    write_files(out, {"overblik.html": as_html(found, root / "overrides"), "overblik.json": f"{data}\n"})
    missing = found.publication.problems
    answer = "Nej" if missing else "Ja"
    click.echo(f"Kan det hele udgives {long_date(as_of)}? {answer}: {counted(missing, 'ting', 'ting')} står i vejen.")
    click.echo(f"  → {out / 'overblik.html'}")


def _counts(path: Path) -> "ReaderCounts":
    from generator.reports.reader_counts import NotCountsError, reader_counts

    try:
        return reader_counts(path.read_bytes())
    except NotCountsError as error:
        raise click.UsageError(f"{path}: {error}") from error
