"""What the commands have in common: their options, the project they work on, and how they end."""

import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator import load
from generator.cache import Cache
from generator.danish import counted, did_you_mean, iso_day, long_date, today
from generator.problems import ContentError, Problem
from generator.sender.profiles import PROFILES
from generator.writing import open_directory

if TYPE_CHECKING:
    from generator.checks import Findings
    from generator.model.catalogue import Catalogue
    from generator.model.leaflet import Leaflet


class _Day(click.ParamType[date]):
    name = "dato"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return iso_day(value)
        except ValueError as error:
            return self.fail(str(error), param, ctx)


DAY = _Day()


class _SiteUrl(click.ParamType[str]):
    name = "adresse"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value and not re.fullmatch(r"https?://[^\s<>\"?#]+", value):
            self.fail(f"»{value}« er ikke en adresse – skriv fx https://ryg.example.dk/", param, ctx)
        return str(value)


as_of_option = click.option(
    "--as-of", type=DAY, default=today, show_default="i dag i København",
    help="Den dag, siderne skal gælde: numre, regioner og tilbud, som de er den dag.",
)  # fmt: skip
profile_option = click.option(
    "--profile", type=click.Choice(PROFILES), default="draft", show_default=True,
    help="draft: alt vises, og det, der ikke er godkendt, er mærket. publish: kun det, der er godkendt og bekræftet.",
)  # fmt: skip
region_option = click.option("--region", metavar="ID", help="Kun denne region. Ved build ligger dens sider i roden.")
site_url_option = click.option(
    "--site-url", type=_SiteUrl(), default="", help="Adressen, siderne skal ligge på; giver kanoniske adresser."
)


class Program(click.Group):
    """All commands: what an author must correct, and what the disk refuses, ends each with 1 and no traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except ContentError as error:
            refuse(error.problems)
        except BrokenPipeError:
            raise  # whoever read what we say has seen enough, and click ends quietly
        except OSError as error:
            place = error.filename2 or error.filename
            fail(f"Kunne ikke læse eller skrive: {error.strerror or error}{f' ({place})' if place else ''}.")


def project_root(start: Path | None = None) -> Path:
    """Return the nearest directory upwards that has a mkdocs.yml; ends the command with 2 where there is none."""
    here = (start or Path.cwd()).resolve()
    for directory in (here, *here.parents):
        if (directory / "mkdocs.yml").is_file():
            return directory
    click.echo("Her er intet projekt: hverken denne mappe eller en over den har en mkdocs.yml.", err=True)
    sys.exit(2)


def load_catalogue(root: Path) -> "Catalogue":
    """Return the project's Catalogue, with texts that were converted before taken from the cache."""
    from generator.loading.converting import convert_ahead, converter

    store = Cache(root / ".cache")
    convert_ahead(root, store)
    return load(root, converter(store))


def refuse_problems(catalogue: "Catalogue", as_of: date, profile: str, region: str | None = None) -> None:
    """End the command with 1 where the day and the profile ask for more; `region` narrows that to one region's own."""
    from generator.checks import check_day

    if problems := check_day(catalogue, as_of, profile, region):
        refuse(problems)


def tell_advice(found: "Findings", whole: bool) -> None:
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


def tell_of_spelling() -> None:
    """Print, once, that spelling was not looked at, on a machine without a Danish dictionary."""
    from generator.checks.spelling import missing_dictionary

    if missing := missing_dictionary():
        click.echo(f"\n{missing}")


def tell_of_paper(catalogue: "Catalogue", as_of: date) -> None:
    """Print where paper that is out says something else than the pages; it stops nothing."""
    from generator.reports.paper_notices import notices

    if found := notices(catalogue, as_of):
        click.echo("\nPapir, der er delt ud:")
        for notice in found:
            click.echo(str(notice))


def tell_what_comes(catalogue: "Catalogue", as_of: date, region: str | None = None) -> None:
    """Print what will change of itself within the next months, for one region or for all; it stops nothing."""
    from generator.checks.upcoming import HORIZON, told, upcoming

    found = upcoming(catalogue, as_of)
    if coming := tuple(item for item in found if region is None or item.regions is None or region in item.regions):
        click.echo(f"\nDet skifter inden for {HORIZON.days} dage:")
        for line in told(coming):
            click.echo(line)


def refuse(problems: tuple[Problem, ...] | list[Problem]) -> NoReturn:
    """Print the problems, one a line, and end the command with 1."""
    for problem in problems:
        click.echo(str(problem))
    end_with_problems(problems)


def end_with_problems(problems: tuple[Problem, ...] | list[Problem]) -> NoReturn:
    """Say how many problems there are, and end the command with 1."""
    click.echo(f"{counted(len(problems), 'ting', 'ting')} skal rettes. Intet er bygget eller ændret.", err=True)
    sys.exit(1)


def write_files(directory: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files by name below a directory, made where it is missing."""
    target = open_directory(directory)
    for name, data in files.items():
        (target / name).write_bytes(data.encode() if isinstance(data, str) else data)


def fail(message: str) -> NoReturn:
    """Say what went wrong and end the command with 1."""
    click.echo(message, err=True)
    sys.exit(1)


def refuse_unknown_region(catalogue: "Catalogue", region: str | None, as_of: date) -> None:
    """End the command with 2 where the region does not exist on the day."""
    from generator.sender.senders import senders

    known = [sender.id for sender in senders(catalogue, as_of) if sender.region]
    if region is not None and region not in known:
        near = did_you_mean(region, known) or f"vælg en af: {', '.join(known)}"
        raise click.UsageError(f"Regionen »{region}« findes ikke {long_date(as_of)} – {near}")


def known_leaflet(catalogue: "Catalogue", name: str) -> "Leaflet":
    """Return the leaflet of that name, or end the command with 2."""
    if found := catalogue.leaflets.get(name):
        return found
    near = did_you_mean(name, list(catalogue.leaflets)) or f"vælg en af: {', '.join(catalogue.leaflets)}"
    raise click.UsageError(f"Folderen »{name}« findes ikke – {near}")
