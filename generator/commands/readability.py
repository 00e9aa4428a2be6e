"""`borgerinfo report readability`: how easy the texts are to read, with sheets that wait for a person."""

import json
from datetime import date
from pathlib import Path

import click

from generator.commands.messages import write_files
from generator.commands.options import as_of_option
from generator.commands.project import load_catalogue, project_root
from generator.danish import counted


@click.command("readability")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default="rapport-laesbarhed", show_default=True,
    help="Mappen, der skrives til.",
)  # fmt: skip
@as_of_option
def readability(out: Path, as_of: date) -> None:
    """Se, hvor let teksterne er at læse, med et halvt udfyldt ark for hver side.

    Rapporten er én HTML-fil, som kan sendes og printes på A4, og det samme som JSON. Den har begge LIX-tal, rådene om
    sproget og arkene til PEMAT-P og CDC's Clear Communication Index. Det, kun et menneske kan svare på, står åbent.
    """
    from generator.reports.readability import as_data, as_html, readability_report

    root = project_root()
    catalogue = load_catalogue(root)
    found = readability_report(catalogue, as_of)
    page = as_html(found, catalogue.settings.title, root / "overrides")
    data = json.dumps(as_data(found), ensure_ascii=False, indent=1)
    write_files(out, {"laesbarhed.html": page, "laesbarhed.json": f"{data}\n"})
    advice = sum(len(facts.advice) for facts in found.texts)
    click.echo(
        f"{counted(len(found.texts), 'tekst', 'tekster')} til borgere, {counted(advice, 'råd', 'råd')} om sproget."
    )
    if found.not_spelled:
        click.echo(found.not_spelled)
    click.echo(f"  → {out / 'laesbarhed.html'}")
