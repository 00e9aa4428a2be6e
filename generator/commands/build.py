"""`borgerinfo build`: the whole site, or what lies there already where nothing has changed."""

import time
from datetime import date
from pathlib import Path

import click

from generator.cache import Cache
from generator.commands.messages import fail, tell_what_comes
from generator.commands.options import as_of_option, profile_option, region_option, site_url_option
from generator.commands.project import load_catalogue, project_root, refuse_problems, refuse_unknown_region
from generator.danish import counted, decimal, long_date
from generator.publish.build_request import BuildRequest
from generator.publish.last_build import Built, foreign_files, untouched
from generator.writing import behind_links

_OWN = ("content", "data", "generator", "overrides", "tests", ".git", ".github", ".venv")


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Mappen, der bygges til. Standard: site")
@region_option
@profile_option
@as_of_option
@site_url_option
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


def _build(request: BuildRequest) -> Built:
    from generator.publish.site import BuildError, build_site

    catalogue = load_catalogue(request.root)
    refuse_unknown_region(catalogue, request.region, request.day)
    refuse_problems(catalogue, request.day, request.profile, request.region)
    _refuse_unfit_host(request)
    try:
        built = build_site(catalogue, request, Cache(request.root / ".cache"), click.echo)
    except BuildError as error:
        fail(f"Siderne hænger ikke sammen, og intet er ændret:\n{error}")
    tell_what_comes(catalogue, request.day, request.region)
    return built


def _refuse_unfit_host(request: BuildRequest) -> None:
    """End the command with 2 where pages would be published where others, or the law, cannot find them."""
    from generator.publish.host_files import why_no_place

    if request.profile == "publish" and (reason := why_no_place(request.site_url)):
        raise click.UsageError(f"--site-url: siderne kan ikke udgives på »{request.site_url}«, som {reason}")


def _tell(built: Built, out: Path, root: Path, seconds: float) -> None:
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
