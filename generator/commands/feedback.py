"""`borgerinfo feedback …`: the door to the feedback service, which tells it where this project keeps what it needs."""

import os
from pathlib import Path
from typing import Any

import click

from generator.commands.project import load_catalogue, nearest_project
from generator.danish import today
from generator.writing import open_directory, write_whole


class _Elsewhere(click.Group):
    """A group whose commands are fetched only when one is asked for; a build needs nothing of the service."""

    @property
    def commands(self) -> Any:
        """The commands by name."""
        from generator.feedback.command import COMMANDS

        return COMMANDS

    @commands.setter
    def commands(self, _: Any) -> None:
        """Leave them where they are."""


@click.group("feedback", cls=_Elsewhere)
def feedback() -> None:
    """Læsernes svar: modtag dem, hent dem ud, og slet dem, når tiden er gået.

    Indstillingerne er miljøvariabler. De står i VEJLEDNING.md. Uden nogen virker det på din egen maskine.
    """
    root = nearest_project()
    if root is None or "FEEDBACK_SITE" in os.environ:
        return
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{root / 'feedback' / 'messages.sqlite3'}")
    built = root / "site" / "api" / "v1" / "feedback.json"
    os.environ["FEEDBACK_SITE"] = str(built if built.is_file() else _told_to_the_service(root))


def _told_to_the_service(root: Path) -> Path:
    """Write what the feedback service must know where nothing has been built yet."""
    from generator.web.feedback_form import service_file

    told = service_file(load_catalogue(root), today(), "")
    path = open_directory(root / ".cache") / "feedback.json"
    write_whole(path, next(iter(told.values())))
    return path
