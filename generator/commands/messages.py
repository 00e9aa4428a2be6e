"""What several commands say, and how they end."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator.danish import counted
from generator.problems import ContentError, Problem
from generator.writing import open_directory

if TYPE_CHECKING:
    from generator.model.catalogue import Catalogue


class Program(click.Group):
    """All commands: what an author must correct, and what the disk refuses, and Ctrl-C: each ends with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except ContentError as error:
            refuse(error.problems)
        except (KeyboardInterrupt, click.Abort):
            fail("\nAfbrudt.")
        except BrokenPipeError:
            raise  # whoever read what we say has seen enough, and click ends quietly
        except OSError as error:
            place = error.filename2 or error.filename
            fail(f"Kunne ikke læse eller skrive: {error.strerror or error}{f' ({place})' if place else ''}.")


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


def said_yes(question: str, default: str = "nej") -> bool:
    """Ask until the answer is ja or nej; raises click.Abort where there is nobody to ask."""
    while True:
        said = str(click.prompt(f"{question} (ja/nej)", default=default, show_default=True)).strip().lower()
        if said in ("ja", "j", "nej", "n"):
            return said.startswith("j")
        click.echo("Skriv ja eller nej.")


def write_files(directory: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files by name below a directory, made where it is missing."""
    target = open_directory(directory)
    for name, data in files.items():
        (target / name).write_bytes(data.encode() if isinstance(data, str) else data)


def fail(message: str) -> NoReturn:
    """Say what went wrong and end the command with 1."""
    click.echo(message, err=True)
    sys.exit(1)
