"""`borgerinfo feedback`: serve, export, purge, and make access tokens."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn

import click

from generator.feedback.archive import Archive, Selection
from generator.feedback.export import as_csv, as_json_lines, counts_file
from generator.feedback.lock import Lock
from generator.feedback.settings import SettingError, Settings, database_path, read_settings
from generator.feedback.sites import read_site
from generator.feedback.store import Store, UnavailableError
from generator.feedback.stores import open_store
from generator.feedback.tokens import new_access_token


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), help="Porten. Standard: FEEDBACK_PORT eller 8001.")
def serve_feedback(port: int | None) -> None:
    """Modtag svar, til du stopper med Ctrl-C."""
    from generator.feedback.server import serve

    settings = _settings()
    settings = replace(settings, port=port or settings.port)
    try:
        click.echo(f"Modtager svar på http://{settings.host}:{settings.port}/v1/feedback – stop med Ctrl-C.", err=True)
        serve(settings)
    except SettingError as error:
        _refuse(error)
    except OSError as error:
        click.echo(f"Kan ikke bruge port {settings.port}: {error.strerror} – vælg en anden med --port", err=True)
        sys.exit(1)


@click.command("export")
@click.option("--region", metavar="ID", help="Kun denne region. Uden: alle.")
@click.option("--format", "form", type=click.Choice(["csv", "json", "counts"]), default="csv", show_default=True,
              help="csv: til regneark. json: alt, som det er gemt. counts: kun tal for sider og foldere.")  # fmt: skip
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Kun svar fra og med denne dag, fx 2026-11-01.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Filen. Uden: skrives i terminalen.")
def export_feedback(region: str | None, form: str, since: object, out: Path | None) -> None:
    """Hent svarene ud som en fil."""
    settings = _settings()
    try:
        site = read_site(settings)
    except SettingError as error:
        _refuse(error)
    if region is not None and region not in site.regions:
        raise click.UsageError(f"Regionen »{region}« findes ikke – vælg en af: {', '.join(site.regions)}")
    regions = frozenset(name for one in site.regions.values() if region in (None, one.id) for name in one.includes)
    wanted = Selection(regions, since=str(since)[:10] if since else "")
    try:
        asyncio.run(_export(settings, wanted, form, out))
    except UnavailableError as error:
        click.echo(f"Kan ikke læse svarene ({error}).", err=True)
        sys.exit(1)


async def _export(settings: Settings, wanted: Selection, form: str, out: Path | None) -> None:
    store = open_store(settings)  # SQLite is read without disturbing a service that writes
    async with contextlib.nullcontext() if hasattr(store, "path") else _started(store):
        pieces = _pieces(Archive(store), wanted, form)
        if out is None:
            async for piece in pieces:
                sys.stdout.buffer.write(piece)
            return
        with open(out, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            os.fchmod(file.fileno(), 0o600)  # also of a file that was there
            async for piece in pieces:
                file.write(piece)


@contextlib.asynccontextmanager
async def _started(store: Store) -> AsyncIterator[None]:
    await store.start()
    try:
        yield
    finally:
        await store.stop()


async def _pieces(archive: Archive, wanted: Selection, form: str) -> AsyncIterator[bytes]:
    if form == "counts":
        yield counts_file(await archive.counts(wanted.regions), date.today().isoformat())
        return
    messages = archive.all(wanted)
    async for piece in as_csv(messages) if form == "csv" else as_json_lines(messages):
        yield piece


@click.command("purge")
def purge_feedback() -> None:
    """Slet nu de svar, der er ældre end FEEDBACK_RETENTION_DAYS. Kører tjenesten, bliver den bedt om det."""
    settings = _settings()
    if settings.database.startswith("sqlite"):
        path = database_path(settings.database)
        if not path.exists():
            click.echo(f"Her er ingen svar endnu ({path}).")
            return
        holder = Lock(path.with_name(f"{path.name}.lock")).holder()
        if holder:
            os.kill(holder, signal.SIGUSR1)
            click.echo("Tjenesten kører og er bedt om at slette nu. Antallet står i dens log.")
            return
    before = date.today() - timedelta(days=settings.retention_days)
    try:
        gone = asyncio.run(_purge(open_store(settings), before.isoformat()))
    except UnavailableError as error:
        click.echo(f"Kunne ikke slette ({error}). Prøv igen.", err=True)
        sys.exit(1)
    click.echo(f"{gone} svar fra før {before.isoformat()} er slettet.")


async def _purge(store: Store, before: str) -> int:
    async with _started(store):
        return await store.purge(before)


@click.command("token")
@click.argument("region", metavar="REGION")
def make_token(region: str) -> None:
    """Lav en adgangskode til en regions indbakke. Den vises kun denne ene gang."""
    token, digest = new_access_token()
    click.echo(f"Giv redaktørerne koden: {token}")
    click.echo(f"Sæt ind i FEEDBACK_EDITORS (adskilt med komma): {region}:{digest}")


COMMANDS = {command.name: command for command in (serve_feedback, export_feedback, purge_feedback, make_token)}


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingError as error:
        _refuse(error)


def _refuse(error: SettingError) -> NoReturn:
    click.echo(str(error), err=True)
    sys.exit(2)
