"""The command `borgerinfo`: read the words of the command, call, print, and end with 0, 1 or 2."""

import os
import re
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

import click

from generator import load
from generator.cache import Cache, converter, write_whole
from generator.codes import new_code
from generator.danish import counted, decimal, did_you_mean, long_date
from generator.earlier import foreign_files, untouched
from generator.order import Order
from generator.plan import PROFILES, Plan, day
from generator.problems import ContentError, Problem

if TYPE_CHECKING:
    from generator.model.catalogue import Catalogue


class _Day(click.ParamType[date]):
    name = "dato"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return day(value)
        except ValueError as error:
            return self.fail(str(error), param, ctx)


class _SiteUrl(click.ParamType[str]):
    name = "adresse"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value and not re.fullmatch(r"https?://[^\s<>\"?#]+", value):
            self.fail(f"»{value}« er ikke en adresse – skriv fx https://ryg.example.dk/", param, ctx)
        return str(value)


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Copenhagen")).date()


_as_of = click.option(
    "--as-of", type=_Day(), default=_today, show_default="i dag i København",
    help="Den dag, siderne taler for: numre, regioner og tilbud, som de er den dag.",
)  # fmt: skip
_profile = click.option(
    "--profile", type=click.Choice(PROFILES), default="draft", show_default=True,
    help="draft: alt må ses, og det ikke-godkendte siger det selv. publish: kun godkendte, bekræftede fakta.",
)  # fmt: skip
_region = click.option("--region", metavar="ID", help="Kun denne region, med dens sider i roden (fx nordjylland).")
_site_url = click.option(
    "--site-url", type=_SiteUrl(), default="", help="Adressen, siderne skal ligge på; giver kanoniske adresser."
)


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
      borgerinfo build --as-of 2027-01-01      byg webstedet, som det ser ud den dag
      borgerinfo serve                         se siderne, mens du skriver
      borgerinfo leaflets --list               se, hvilke foldere der findes
    """


def _reports_problems(command: Callable[..., None]) -> Callable[..., None]:
    """Print an author's mistakes without a traceback and end with 1."""

    @wraps(command)
    def guarded(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except ContentError as error:
            _refuse(error.problems)

    return guarded


@main.command()
@_profile
@_as_of
@_reports_problems
def check(profile: str, as_of: date) -> None:
    """Find fejl i data/ og content/, én pr. linje, med det, der skal stå i stedet."""
    root = project_root()
    catalogue = _load(root)
    _refuse_problems(catalogue, as_of, profile)
    click.echo(f"Alt i orden: {_sum(catalogue)} ({profile}, {long_date(as_of)}).")


@main.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Mappen, der bygges til. Standard: site")
@_region
@_profile
@_as_of
@_site_url
@_reports_problems
def build(out: Path | None, region: str | None, profile: str, as_of: date, site_url: str) -> None:
    """Byg hele webstedet: forside, alle regioner, foldere og koder.

    Den gamle udgave bliver liggende, til den nye er helt færdig.
    """
    began = time.monotonic()
    root = project_root()
    out = (out or root / "site").absolute()
    _refuse_dangerous(out, root)
    click.echo(f"Bygger webstedet, som det ser ud {long_date(as_of)} ({profile}) …")
    order = Order(root, out, Plan(as_of, profile, alone=region is not None), site_url, region)
    built = untouched(order) or _build(order)
    _tell(built, out, root, time.monotonic() - began)


def _build(order: Order) -> Any:
    from generator.site import BuildError, build_site

    catalogue = _load(order.root)
    _refuse_unknown_region(catalogue, order.region, order.plan.as_of)
    _refuse_problems(catalogue, order.plan.as_of, order.plan.profile)
    try:
        return build_site(catalogue, order, Cache(order.root / ".cache"), click.echo)
    except BuildError as error:
        _fail(f"Siderne hænger ikke sammen, og intet er ændret:\n{error}")
    except OSError as error:
        _fail(f"Kunne ikke skrive: {error.strerror or error} ({error.filename or order.out}). Intet er ændret.")


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
@_as_of
@_profile
def serve(port: int, as_of: date, profile: str) -> None:
    """Vis alle regioners sider på denne maskine, og opdatér dem, mens du skriver."""
    from generator.serving import PortError, serve_site

    root = project_root()
    try:
        serve_site(root, port, Plan(as_of, profile), click.echo)
    except PortError as error:
        _fail(f"Kan ikke bruge port {port}: {error} – vælg en anden med --port")


@main.command()
@click.option(
    "--list", "only_list", is_flag=True, help="Vis kun, hvilke foldere der er, til hvem og i hvilke formater."
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Mappen, de lægges i. Standard: foldere")
@_region
@_profile
@_as_of
@_reports_problems
def leaflets(only_list: bool, out: Path | None, region: str | None, profile: str, as_of: date) -> None:
    """Lav foldere uden resten af webstedet."""
    from generator.senders import senders
    from generator.sheets import prints

    began = time.monotonic()
    root = project_root()
    catalogue = _load(root)
    _refuse_unknown_region(catalogue, region, as_of)
    chosen = [sender for sender in senders(catalogue, as_of) if sender.region and region in (None, sender.id)]
    if only_list:
        _list_leaflets(catalogue, [sender.id for sender in chosen])
        return
    _refuse_problems(catalogue, as_of, profile)
    found = [(sender.id, item) for sender in chosen for item in prints(catalogue, sender, Plan(as_of, profile))]
    made = _make_leaflets([item for _, item in found], root)
    target = out or root / "foldere"
    for (sender_id, _), leaflet in zip(found, made, strict=True):
        for address, data in leaflet.files:
            path = target / sender_id / Path(address).name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    seconds = decimal(round(time.monotonic() - began, 1))
    click.echo(f"Færdig på {seconds} sekunder: {counted(len(made), 'folder', 'foldere')} i {target}/.")


def _make_leaflets(items: list[Any], root: Path) -> list[Any]:
    """Make them all before any is written, and tell how far it has come."""
    from generator.printing import make_all

    def tell(done: int, item: Any) -> None:
        click.echo(f"  [{done}/{len(items)}] {Path(item.address).name}, {item.sheet.sender_name}")

    return make_all(items, Cache(root / ".cache"), tell)


def _list_leaflets(catalogue: "Catalogue", chosen: list[str]) -> None:
    """Print a line for each leaflet of each sender, with its formats and their codes."""
    from generator.model.leaflet import family

    codes = {
        (e.leaflet, e.sender, e.format_family): e.id
        for e in catalogue.editions.values()
        if e.status in ("draft", "current")
    }
    for leaflet in catalogue.leaflets.values():
        click.echo(f"{leaflet.title} ({leaflet.id})")
        for sender in (name for name in leaflet.senders if name in chosen):
            formats = [
                f"{name} {codes.get((leaflet.id, sender, family(name)), 'uden kode')}" for name in leaflet.formats
            ]
            click.echo(f"  {sender:<14}{', '.join(formats)}")


@main.group()
def new() -> None:
    """Lav noget nyt, som ikke skal skrives i hånden."""


@new.command("code")
@click.argument("leaflet", metavar="FOLDER")
@click.option(
    "--region", metavar="ID", help="Kun til denne region. Uden: til alle, der har folderen og mangler en kode."
)
@_reports_problems
def new_codes(leaflet: str, region: str | None) -> None:
    """Giv en folder de koder, den mangler, og skriv dem i registret data/editions.yml.

    FOLDER er navnet på filen i data/leaflets/ uden .yml. En kode er evig: den kan aldrig slettes eller bruges igen.
    """
    from generator.register import extended, missing_codes, reservation

    root = project_root()
    catalogue = _load(root)
    record = catalogue.leaflets.get(leaflet)
    if record is None:
        near = did_you_mean(leaflet, list(catalogue.leaflets)) or f"vælg en af: {', '.join(catalogue.leaflets)}"
        raise click.UsageError(f"Folderen »{leaflet}« findes ikke – {near}")
    if region is not None and region not in record.senders:
        near = did_you_mean(region, record.senders) or f"skriv den under senders i {record.origin.path}"
        raise click.UsageError(f"Folderen hører ikke til »{region}« – {near}")
    missing = [place for place in missing_codes(catalogue, record) if region in (None, place[0])]
    text, taken = catalogue.register, set(catalogue.editions)
    for sender, paper_format in missing:
        code = new_code(taken, SystemRandom())
        taken.add(code)
        text = extended(text, reservation(code, record, sender, paper_format, _today()))
        click.echo(f"{code}  {sender}, {paper_format}")
    if missing:
        write_whole(root / "data" / "editions.yml", text.encode())
    click.echo(f"{counted(len(missing), 'ny kode', 'nye koder')} i data/editions.yml.")


def project_root(start: Path | None = None) -> Path:
    """Return the nearest directory upwards that has a mkdocs.yml; ends the command with 2 where there is none."""
    here = (start or Path.cwd()).resolve()
    for directory in (here, *here.parents):
        if (directory / "mkdocs.yml").is_file():
            return directory
    click.echo("Her er intet projekt: hverken denne mappe eller en over den har en mkdocs.yml.", err=True)
    sys.exit(2)


def _load(root: Path) -> "Catalogue":
    from generator.converting import convert_ahead

    store = Cache(root / ".cache")
    convert_ahead(root, store)
    return load(root, converter(store))


def _sum(catalogue: "Catalogue") -> str:
    return ", ".join((
        counted(len(catalogue.topics), "tekst", "tekster"),
        counted(len(catalogue.interventions), "indsats", "indsatser"),
        counted(len(catalogue.red_flags), "alarmtegn", "alarmtegn"),
        counted(len(catalogue.statistics), "tabel", "tabeller"),
        counted(len(catalogue.sources), "kilde", "kilder"),
    ))  # fmt: skip


def _refuse_problems(catalogue: "Catalogue", as_of: date, profile: str) -> None:
    from generator.checks import check_day

    if problems := check_day(catalogue, as_of, profile):
        _refuse(problems)


def _refuse(problems: tuple[Problem, ...] | list[Problem]) -> NoReturn:
    for problem in problems:
        click.echo(str(problem))
    click.echo(f"{counted(len(problems), 'ting', 'ting')} skal rettes. Intet er bygget eller ændret.", err=True)
    sys.exit(1)


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


def _refuse_unknown_region(catalogue: "Catalogue", region: str | None, as_of: date) -> None:
    from generator.senders import senders

    known = [sender.id for sender in senders(catalogue, as_of) if sender.region]
    if region is not None and region not in known:
        near = did_you_mean(region, known) or f"vælg en af: {', '.join(known)}"
        raise click.UsageError(f"Regionen »{region}« findes ikke {long_date(as_of)} – {near}")


def _refuse_dangerous(out: Path, root: Path) -> None:
    """Never build over the project's own files or over a directory that holds something else."""
    resolved = out.resolve()
    if root.is_relative_to(resolved) or any(resolved.is_relative_to(root / name) for name in _OWN):
        raise click.UsageError(f"--out {out}: her ligger projektets egne filer – vælg en anden mappe")
    if strangers := foreign_files(out):
        named = ", ".join(strangers[:3])
        raise click.UsageError(f"--out {out}: her ligger noget, som ikke er bygget ({named}) – vælg en tom mappe")


_OWN = ("content", "data", "generator", "overrides", "tests", ".git", ".github", ".venv")

if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
