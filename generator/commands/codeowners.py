"""`borgerinfo codeowners`: the file that makes GitHub ask the right people when something changes."""

import click

from generator.commands.messages import fail
from generator.commands.project import load_catalogue, project_root
from generator.writing import write_whole


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Skriv intet. Slut med 1, hvis filen ikke følger med.")
def codeowners(only_check: bool) -> None:
    """Skriv .github/CODEOWNERS, så GitHub beder de rigtige om at se på en ændring.

    Den følger af rollerne under owner og approved_by i filerne. Hvem der har rollen på GitHub, står under reviewers i
    data/site.yml. En rolle uden navn dér bliver til en bemærkning; der bliver aldrig fundet på et navn.

    \b
    Eksempler:
      borgerinfo codeowners            skriv filen
      borgerinfo codeowners --check    se, om den følger med
    """
    from generator.authoring.codeowners import FILE, codeowners

    root = project_root()
    wanted = codeowners(load_catalogue(root))
    path = root / FILE
    if path.is_file() and path.read_text("utf-8", "replace") == wanted:
        click.echo(f"{FILE} følger med.")
        return
    if only_check:
        fail(f"{FILE} følger ikke med – kør: .venv/bin/borgerinfo codeowners")
    path.parent.mkdir(exist_ok=True)
    write_whole(path, wanted.encode())
    click.echo(f"Skrevet: {FILE}")
