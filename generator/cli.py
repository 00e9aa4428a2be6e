"""The command `borgerinfo`: read the words of the command, call, print, and end with 0, 1 or 2."""

import os
import time
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.cache import Cache
from generator.commands.check import check
from generator.commands.codeowners import codeowners
from generator.commands.codes import codes
from generator.commands.feedback import feedback
from generator.commands.leaflets import leaflets
from generator.commands.new import new
from generator.commands.release import release, withdraw
from generator.commands.report import report
from generator.commands.schema import schema
from generator.commands.shared import (
    as_of_option,
    fail,
    load_catalogue,
    profile_option,
    project_root,
    refuse_problems,
    refuse_unknown_region,
    region_option,
    reports_problems,
    site_url_option,
    tell_what_comes,
)
from generator.commands.sign import sign
from generator.danish import counted, decimal, long_date
from generator.publish.build_request import BuildRequest
from generator.publish.last_build import foreign_files, untouched
from generator.writing import behind_links


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="borgerinfo", prog_name="borgerinfo")
def main() -> None:
    """Gør fakta (data/) og tekster (content/) til websted, foldere og koder.

    Kør kommandoen i projektets mappe eller en mappe under den. Den slutter med 0, når alt er i orden, 1, når noget i
    indholdet skal rettes, og 2, når kommandoen er skrevet forkert.

    \b
    Eksempler:
      borgerinfo check                         find fejl i data/ og content/
      borgerinfo check --profile publish       se, hvad der mangler før udgivelse
      borgerinfo new topic                     begynd en tekst: svar på spørgsmål
      borgerinfo build --as-of 2027-01-01      byg webstedet, som det ser ud den dag
      borgerinfo serve                         se siderne, mens du skriver
      borgerinfo leaflets --list               se, hvilke foldere der findes
    """


@main.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Mappen, der bygges til. Standard: site")
@region_option
@profile_option
@as_of_option
@site_url_option
@reports_problems
def build(out: Path | None, region: str | None, profile: str, as_of: date, site_url: str) -> None:
    """Byg hele webstedet: forside, alle regioner, foldere og koder.

    Den gamle udgave bliver liggende, til den nye er helt færdig.
    """
    began = time.monotonic()
    root = project_root()
    out = (out or root / "site").absolute()
    _refuse_dangerous(out, root)
    click.echo(f"Bygger webstedet, som det ser ud {long_date(as_of)} ({profile}) …")
    request = BuildRequest(root, out, as_of, profile, site_url, region)
    built = untouched(request) or _build(request)
    _tell(built, out, root, time.monotonic() - began)


def _build(request: BuildRequest) -> Any:
    from generator.publish.site import BuildError, build_site

    catalogue = load_catalogue(request.root)
    refuse_unknown_region(catalogue, request.region, request.day)
    refuse_problems(catalogue, request.day, request.profile, request.region)
    _refuse_unfit_host(request)
    try:
        built = build_site(catalogue, request, Cache(request.root / ".cache"), click.echo)
    except BuildError as error:
        fail(f"Siderne hænger ikke sammen, og intet er ændret:\n{error}")
    except OSError as error:
        fail(f"Kunne ikke skrive: {error.strerror or error} ({error.filename or request.out}). Intet er ændret.")
    tell_what_comes(catalogue, request.day, request.region)
    return built


def _refuse_unfit_host(request: BuildRequest) -> None:
    """End the command with 2 where pages would be published where others, or the law, cannot find them."""
    from generator.publish.host_files import why_no_place

    if request.profile == "publish" and (reason := why_no_place(request.site_url)):
        raise click.UsageError(f"--site-url: siderne kan ikke udgives på »{request.site_url}«, som {reason}")


def _tell(built: Any, out: Path, root: Path, seconds: float) -> None:
    shown = out.relative_to(root) if out.is_relative_to(root) else out
    what = (
        f"{counted(built.pages, 'side', 'sider')}, {counted(built.leaflets, 'folder', 'foldere')} og "
        f"{counted(built.codes, 'kode', 'koder')} ({decimal(round(built.bytes / 1e6, 1))} MB)"
    )
    took = f"{decimal(round(seconds, 1))} sekunder"
    if built.reused:
        click.echo(f"Intet er ændret siden sidst: {what} ligger i {shown}/ ({took}).")
    else:
        click.echo(f"Færdig på {took}: {what} i {shown}/.")
    click.echo("Se siderne: kør »make serve«, og åbn http://localhost:8000/")


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Porten på denne maskine.")
@as_of_option
@profile_option
def serve(port: int, as_of: date, profile: str) -> None:
    """Vis alle regioners sider på denne maskine, og opdatér dem, mens du skriver."""
    from generator.publish.preview import PortError, serve_site

    root = project_root()
    try:
        serve_site(root, port, as_of, profile, click.echo)
    except PortError as error:
        fail(f"Kan ikke bruge port {port}: {error} – vælg en anden med --port")


def _refuse_dangerous(out: Path, root: Path) -> None:
    """Never build over the project's own files or over a directory that holds something else."""
    try:
        resolved = behind_links(out)
    except OSError as error:
        raise click.UsageError(f"--out {out}: {error}") from None
    if root.is_relative_to(resolved) or any(resolved.is_relative_to(root / name) for name in _OWN):
        raise click.UsageError(f"--out {out}: her ligger projektets egne filer – vælg en anden mappe")
    if strangers := foreign_files(out):
        named = ", ".join(strangers[:3])
        raise click.UsageError(f"--out {out}: her ligger noget, som ikke er bygget ({named}) – vælg en tom mappe")


_OWN = ("content", "data", "generator", "overrides", "tests", ".git", ".github", ".venv")

for command in (sign, check, new, leaflets, release, withdraw, codes, report, schema, codeowners, feedback):
    main.add_command(command)

if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
