"""`borgerinfo feedback`: serve, export, make access tokens, and what keeps the messages in order."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from generator.feedback.archive import Archive, Selection
from generator.feedback.export import as_csv, as_json_lines, counts_file
from generator.feedback.maintenance import (
    back_up_feedback,
    has_none,
    purge_feedback,
    refuse,
    required_settings,
    restore_feedback,
    told,
    with_store,
)
from generator.feedback.settings import SettingError
from generator.feedback.sites import read_site
from generator.feedback.tokens import new_access_token


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), help="Porten. Standard: FEEDBACK_PORT eller 8001.")
def serve_feedback(port: int | None) -> None:
    """Modtag svar, til du stopper med Ctrl-C."""
    from generator.feedback.server import serve

    settings = required_settings()
    settings = replace(settings, port=port or settings.port)
    try:
        click.echo(f"Modtager svar på http://{settings.host}:{settings.port}/v1/feedback – stop med Ctrl-C.", err=True)
        serve(settings)
    except SettingError as error:
        refuse(error)
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
    settings = required_settings()
    try:
        site = read_site(settings)
    except SettingError as error:
        refuse(error)
    if region is not None and region not in site.regions:
        raise click.UsageError(f"Regionen »{region}« findes ikke – vælg en af: {', '.join(site.regions)}")
    regions = frozenset(name for one in site.regions.values() if region in (None, one.id) for name in one.includes)
    wanted = Selection(regions, since=str(since)[:10] if since else "")
    if has_none(settings):
        sys.exit(1)  # whoever asked for a file has none
    with told():
        asyncio.run(with_store(settings, lambda store: _export(Archive(store), wanted, form, out)))


async def _export(archive: Archive, wanted: Selection, form: str, out: Path | None) -> None:
    pieces = _pieces(archive, wanted, form)
    if out is None:
        async for piece in pieces:
            sys.stdout.buffer.write(piece)
        return
    with open(out, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        os.fchmod(file.fileno(), 0o600)  # also of a file that was there
        async for piece in pieces:
            file.write(piece)


async def _pieces(archive: Archive, wanted: Selection, form: str) -> AsyncIterator[bytes]:
    if form == "counts":
        yield counts_file(await archive.counts(wanted.regions), date.today().isoformat())
        return
    messages = archive.all(wanted)
    async for piece in as_csv(messages) if form == "csv" else as_json_lines(messages):
        yield piece


@click.command("token")
@click.argument("region", metavar="REGION")
def make_token(region: str) -> None:
    """Lav en adgangskode til en regions indbakke. Den vises kun denne ene gang."""
    token, digest = new_access_token()
    click.echo(f"Giv redaktørerne koden: {token}")
    click.echo(f"Sæt ind i FEEDBACK_EDITORS (adskilt med komma): {region}:{digest}")


@click.command("rehearse")
def rehearse_feedback() -> None:
    """Prøv på denne maskine, om tjenesten holder, hvad den lover.

    Den sender, bliver afvist, bliver slået ihjel, kopierer, lægger tilbage og sletter, på en database for sig selv ved
    siden af den rigtige og med de samme indstillinger. De svar, der er gemt, bliver ikke rørt.
    """
    from generator.feedback.rehearsal import rehearse

    settings = required_settings()
    failed = 0

    def say(went_well: bool, what: str) -> None:
        nonlocal failed
        failed += not went_well
        click.echo(f"{'ok  ' if went_well else 'FEJL'}  {what}")

    try:
        site = read_site(settings)
    except SettingError as error:
        refuse(error)
    with told():
        log = rehearse(settings, site, say)
    click.echo(f"{failed} gik galt. Tjenesten skrev:\n{log}" if failed else "Alt gik, som det skal.")
    sys.exit(1 if failed else 0)


_ALL = (
    serve_feedback, export_feedback, purge_feedback, back_up_feedback, restore_feedback, rehearse_feedback, make_token,
)  # fmt: skip
COMMANDS = {command.name: command for command in _ALL}
