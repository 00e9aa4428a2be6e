"""`borgerinfo schema`: what editors need to complete and check the files while they are written."""

from pathlib import Path

import click

from generator.commands.messages import fail
from generator.commands.project import project_root
from generator.danish import counted
from generator.writing import write_whole


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Skriv intet. Slut med 1, hvis en fil ikke følger med.")
def schema(only_check: bool) -> None:
    """Skriv de JSON-skemaer, som VS Code og andre editorer bruger til at hjælpe dig.

    Der er ét til hver slags fil i data/ og ét til oplysningerne øverst i en tekst. De følger af programmets egne regler
    og ligger i .vscode/schemas/. Du skal kun køre kommandoen, når reglerne er ændret.

    \b
    Eksempler:
      borgerinfo schema            skriv dem
      borgerinfo schema --check    se, om de følger med
    """
    root = project_root()
    wanted = _wanted(root)
    stale = {path: text for path, text in wanted.items() if _present(root / path) != text}
    if only_check and stale:
        fail(f"{', '.join(stale)} følger ikke med – kør: .venv/bin/borgerinfo schema")
    for path, text in stale.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / path, text.encode())
        click.echo(f"Skrevet: {path}")
    if not stale:
        click.echo(f"Alt følger med: {counted(len(wanted), 'fil', 'filer')} i .vscode/.")


def _wanted(root: Path) -> dict[str, str]:
    from generator.authoring.schemas import EDITOR_SETTINGS, schemas, settings

    try:
        return {**schemas(), str(EDITOR_SETTINGS): settings(_present(root / EDITOR_SETTINGS))}
    except ValueError:
        return fail(f"{EDITOR_SETTINGS} er ikke JSON – ret filen, eller slet den, og kør kommandoen igen")


def _present(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.is_file() else ""
