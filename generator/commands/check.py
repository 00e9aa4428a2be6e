"""`borgerinfo check`: every mistake in the facts and texts, told as whoever asks can use it."""

import os
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from generator.cache import Cache
from generator.commands.annotations import problems_github, problems_json, problems_text
from generator.commands.messages import end_with_problems, tell_what_comes
from generator.commands.options import as_of_option, profile_option
from generator.commands.project import load_catalogue, project_root
from generator.danish import counted, long_date
from generator.problems import ContentError

if TYPE_CHECKING:
    from generator.checks import Findings
    from generator.model.catalogue import Catalogue


def usual_format() -> str:
    """Return `github` where GitHub runs the command, so that a pull request shows every problem on its line."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


@click.command()
@profile_option
@as_of_option
@click.option("--advice", is_flag=True, help="Vis også rådene, ét pr. linje. De stopper ikke noget.")
@click.option(
    "--format", "how", type=click.Choice(("text", "github", "json")), default=usual_format,
    show_default="text; github, når GitHub Actions kører kommandoen",
    help="text: én linje til hver fejl. github: ved linjen i en pull request. json: til andre programmer.",
)  # fmt: skip
def check(profile: str, as_of: date, advice: bool, how: str) -> None:
    """Find fejl i data/ og content/, én pr. linje, med det, der skal stå i stedet.

    Bagefter står det, du skal vide, og som ikke stopper noget: råd, undtagelser fra data/waivers.yml, papir i omløb,
    der siger noget andet end siden, og det, der skifter af sig selv inden for 90 dage.

    Ordene er de samme i terminalen, i VS Code og på linjen i en pull request.

    \b
    Eksempler:
      borgerinfo check                       alt, der skal rettes i udkastet
      borgerinfo check --profile publish     også alt, der mangler før udgivelse
      borgerinfo check --format json         det samme til et andet program
    """
    catalogue, found = _found(as_of, profile)
    if how == "json":
        click.echo(problems_json(found.errors, found.advice), nl=False)
    else:
        click.echo(problems_github(found.errors) if how == "github" else problems_text(found.errors), nl=False)
    if catalogue and how != "json":
        _tell_the_rest(catalogue, found, as_of, profile, advice, how)
    if found.errors:
        end_with_problems(found.errors)


def _found(as_of: date, profile: str) -> tuple["Catalogue | None", "Findings"]:
    """Return the Catalogue where it can be read, and all problems: those of reading, or those of the day."""
    from generator.checks import Findings, find

    root = project_root()
    try:
        catalogue = load_catalogue(root)
    except ContentError as error:
        return None, Findings(error.problems)
    return catalogue, find(catalogue, as_of, profile, remember=Cache(root / ".cache").remembered)


def _tell_the_rest(
    catalogue: "Catalogue", found: "Findings", as_of: date, profile: str, advice: bool, how: str
) -> None:
    from generator.checks.spelling import missing_dictionary

    if not found.errors:
        click.echo(f"Alt i orden: {_sum(catalogue)} ({profile}, {long_date(as_of)}).")
    if advice and how == "github":
        click.echo(problems_github(found.advice, "notice"), nl=False)
        found = replace(found, advice=())
    _tell_advice(found, advice)
    if missing := missing_dictionary():  # told once, so that less advice does not look like better texts
        click.echo(f"\n{missing}")
    _tell_of_paper(catalogue, as_of)
    tell_what_comes(catalogue, as_of)


def _sum(catalogue: "Catalogue") -> str:
    return ", ".join((
        counted(len(catalogue.topics), "tekst", "tekster"),
        counted(len(catalogue.interventions), "indsats", "indsatser"),
        counted(len(catalogue.red_flags), "alarmtegn", "alarmtegn"),
        counted(len(catalogue.statistics), "tabel", "tabeller"),
        counted(len(catalogue.sources), "kilde", "kilder"),
    ))  # fmt: skip


def _tell_advice(found: "Findings", whole: bool) -> None:
    """Print what the checks advise, or how much, and what has been accepted for a time; it stops nothing."""
    if found.advice and whole:
        click.echo("\nRåd (de stopper ikke noget; i klammer står eftersynets navn):")
        for problem in found.advice:
            click.echo(f"{problem} [{problem.check}]")
    elif found.advice:
        click.echo(f"\nDer er {counted(len(found.advice), 'råd', 'råd')}, som ikke stopper noget: se dem med --advice.")
    if found.waived:
        click.echo("\nUndtaget for en tid i data/waivers.yml:")
    for problem, waiver in found.waived:
        accepted = f"{waiver.reason} ({waiver.accepted_by}, til {long_date(waiver.until)})"
        click.echo(f"{problem} [{problem.check}: {accepted}]")


def _tell_of_paper(catalogue: "Catalogue", as_of: date) -> None:
    """Print where paper that is out says something else than the pages; it stops nothing."""
    from generator.reports.paper_notices import notices

    if found := notices(catalogue, as_of):
        click.echo("\nPapir, der er delt ud:")
        for notice in found:
            click.echo(str(notice))
