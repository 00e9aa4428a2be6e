"""`borgerinfo feedback purge`, `backup` and `restore`: what is kept, for how long, and how it comes back.

SQLite is written by one process alone: where the service runs, it is asked to do it.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from generator.feedback.backup import BackupError, Restored, back_up, is_copy, restore
from generator.feedback.handover import Handover, NoAnswerError, Task
from generator.feedback.lock import Lock
from generator.feedback.retention import due_before, first_kept, purge
from generator.feedback.settings import SettingError, Settings, database_path, read_settings
from generator.feedback.store import Store, UnavailableError
from generator.feedback.stores import open_store


@click.command("purge")
@click.option("--yes", "is_sure", is_flag=True, help="Spørg ikke, selv om der er mere end en dags svar at slette.")
def purge_feedback(is_sure: bool) -> None:
    """Slet nu de svar, der er ældre end FEEDBACK_RETENTION_DAYS, også mens tjenesten kører."""
    settings = required_settings()
    before = first_kept(settings.retention_days)
    if has_none(settings):
        return
    with told():
        due = asyncio.run(with_store(settings, lambda store: due_before(store, before)))
        if due.days > 1 and not is_sure:
            click.echo(
                f"{due.messages} svar fra {due.first} til {due.last} er ældre end {settings.retention_days} dage."
            )
            question = f"I dag er {date.today().isoformat()}, siger maskinen. Slet svarene for altid? (ja/nej)"
            if click.prompt(question, default="nej").strip().lower() not in ("ja", "j"):
                raise BackupError("Intet er slettet.")
        handed = _handed_over(settings, {"do": "purge", "before": before})
        if handed is not None:
            gone = handed["gone"]
        else:
            gone = asyncio.run(with_store(settings, lambda store: purge(store, before, is_sure=True)))
    click.echo(f"{gone} svar fra før {before} er slettet.")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def back_up_feedback(file: Path) -> None:
    """Gem en kopi af svarene i FILE, også mens tjenesten kører.

    Kopien bliver hel eller slet ikke til, og kun du kan læse den. Ældre kopier i samme mappe bliver samtidig renset for
    svar, hvis tid er gået, og svar, som er slettet siden.
    """
    settings = required_settings()
    if has_none(settings):
        return
    with told():
        before = first_kept(settings.retention_days)
        made = asyncio.run(with_store(settings, lambda store: back_up(store, file, before)))
    click.echo(f"{made.messages} svar er kopieret til {file}.")
    if made.cleaned:
        click.echo(f"Renset for det, der ikke må gemmes mere: {', '.join(made.cleaned)}.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore_feedback(file: Path) -> None:
    """Læg svarene i FILE, en kopi fra `feedback backup`, tilbage; også mens tjenesten kører.

    Det, der er, bliver. Det, hvis tid er gået, og det, der er slettet siden, kommer ikke tilbage. Bliver kommandoen
    afbrudt, så kør den igen.
    """
    settings = required_settings()
    before = first_kept(settings.retention_days)
    with told():
        if not is_copy(file):
            raise BackupError(f"{file} er ikke en kopi fra »feedback backup« – vælg en, der er det")
        handed = _handed_over(settings, {"do": "restore", "file": str(file.resolve())})
        if handed is not None:
            done = Restored(**handed)
        else:
            done = asyncio.run(with_store(settings, lambda store: restore(store, file, before)))
    click.echo(f"{done.added} svar er lagt tilbage. {done.left} var der i forvejen eller er slettet siden, og")
    click.echo(f"{done.past} er fra før {before} og bliver ude.")


Result = TypeVar("Result")


async def with_store(settings: Settings, work: Callable[[Store], Awaitable[Result]]) -> Result:
    """Do the work with the store; a file that a service writes in is only read, without disturbing it."""
    async with _opened(settings) as store:
        return await work(store)


@contextlib.asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Store]:
    store = open_store(settings)
    if _is_served(settings):
        yield store
        return
    await store.start()
    try:
        yield store
    finally:
        await store.stop()


def _is_served(settings: Settings) -> bool:
    """Say whether a service runs that is alone in writing."""
    return settings.database.startswith("sqlite") and Lock(database_path(settings.database)).is_held()


def has_none(settings: Settings) -> bool:
    """Say whether there is no database yet, and tell it."""
    path = database_path(settings.database)
    is_missing = settings.database.startswith("sqlite") and not path.exists()
    if is_missing:
        click.echo(f"Her er ingen svar endnu ({path}).")
    return is_missing


def _handed_over(settings: Settings, task: Task) -> Task | None:
    """Return what the service says to a task, or None where none runs that is alone in writing."""
    if not _is_served(settings):
        return None
    click.echo("Tjenesten kører og gør det …", err=True)
    answer = Handover(database_path(settings.database)).ask(task)
    if "failed" in answer:
        raise BackupError(str(answer["failed"]))
    return answer


@contextlib.contextmanager
def told() -> Iterator[None]:
    """End with 1 and a sentence for what an operator can do something about."""
    try:
        yield
    except UnavailableError as error:
        says = f"Databasen kan ikke bruges lige nu ({error}). Prøv igen."
    except BackupError as error:
        says = str(error)
    except NoAnswerError:
        says = "Tjenesten har ikke svaret endnu. Se i dens log, om den er i gang, og prøv igen."
    except OSError as error:
        says = f"Det gik ikke: {error.strerror or error}"
    else:
        return
    click.echo(says, err=True)
    sys.exit(1)


def required_settings() -> Settings:
    """Return the settings, or end with 2 and what is wrong with each."""
    try:
        return read_settings()
    except SettingError as error:
        refuse(error)


def refuse(error: SettingError) -> NoReturn:
    """End with 2 and what to write instead."""
    click.echo(str(error), err=True)
    sys.exit(2)
