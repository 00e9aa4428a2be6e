"""`borgerinfo new …`: begin a region, a text, an initiative, a leaflet or a number, and leave a valid draft behind."""

import shutil
from collections.abc import Mapping
from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.authoring.forms import FORMS, Answers, Form
from generator.commands.messages import fail, said_yes
from generator.commands.options import as_of_option
from generator.commands.project import load_catalogue, project_root
from generator.commands.prompts import Prompts
from generator.danish import joined

if TYPE_CHECKING:
    from generator.authoring.drafts import Draft
    from generator.commands.trial import Tried
    from generator.model.catalogue import Catalogue

HELP = """Begynd {what}: svar på spørgsmålene, så skriver kommandoen {where}.

    Hvert svar bliver prøvet med det samme, med de samme ord som i »borgerinfo check«. Alt, ingen har oplyst, bliver
    stående som null: Intet er godkendt eller bekræftet. Intet, der er skrevet før, bliver overskrevet. Afbryder du med
    Ctrl-C, bliver intet skrevet.

    Svar i stedet med valg, når ingen skal spørges: tilføj --yes. Et valg, der kan have flere svar, gentages.

    \b
    Eksempel:
      borgerinfo new {example}
    """
WHERE = {
    "region": ("filen i data/regions/", 'region --name "Region Midt" --replaces ID --valid-from 2030-01-01'),
    "topic": ("filen i content/", 'topic --title "Sov bedre"'),
    "intervention": ("den nederst i regionens fil i data/interventions/", "intervention --region ID --kind hotline"),
    "leaflet": ("filen i data/leaflets/", 'leaflet --title "Sov bedre" --topic ID --yes …'),
    "phone": ("det under området i data/areas.yml", "phone --area ID --purpose out-of-hours --valid-from 2030-01-01"),
}


@click.group()
def new() -> None:
    """Begynd noget nyt: en region, et emne, en indsats, en folder eller et nummer at ringe til."""


def _command(kind: str, form: Form) -> click.Command:
    where, example = WHERE[kind]

    def begin(as_of: date, yes: bool, **given: Any) -> None:
        _begin(kind, as_of, yes, given)

    options = [
        click.Option([f"--{question.name}"], multiple=question.many, help=question.asks, metavar="SVAR")
        for question in form.questions
    ]
    quick = click.Option(["--yes"], is_flag=True, help="Spørg ikke: brug forslaget, hvor intet valg er givet.")
    command = click.Command(
        kind, params=[*options, quick], callback=begin, help=HELP.format(what=form.what, where=where, example=example)
    )
    return as_of_option(command)


for _kind, _form in FORMS.items():
    new.add_command(_command(_kind, _form))


def _begin(kind: str, as_of: date, yes: bool, given: Mapping[str, Any]) -> None:
    root = project_root()
    catalogue = load_catalogue(root)
    try:
        answers = Prompts(kind, catalogue, as_of, quick=yes).answers(given)
        draft = _drafted(root, kind, answers, catalogue)
        tried = _tried(root, catalogue, draft, as_of, str(answers.get("valid-from", "")))
        if not yes:
            _confirm(root, draft)
    except click.Abort:
        click.echo()
        fail("Afbrudt. Intet er skrevet.")
    _refuse_taken(root, draft)  # somebody may have written while we asked
    tried.put()
    _tell(draft)


def _drafted(root: Path, kind: str, answers: Answers, catalogue: "Catalogue") -> "Draft":
    """Return the draft; ends the command with 2 where a file is in the way or cannot be added to."""
    from generator.authoring.drafts import DRAFTS
    from generator.authoring.yaml_edits import EditError
    from generator.loading import read_text
    from generator.source_files import source_files

    texts = {str(path): read_text(root, path) for path in source_files(root, "data") if path.suffix == ".yml"}
    try:
        draft = DRAFTS[kind](answers, catalogue, texts)
    except EditError as error:
        raise click.UsageError(f"Kan ikke sættes ind: {error}") from None
    _refuse_taken(root, draft)
    return draft


def _refuse_taken(root: Path, draft: "Draft") -> None:
    for path in draft.new:
        if (root / path).exists() or (root / path).is_symlink():
            raise click.UsageError(f"{path} findes allerede – vælg et andet id")


def _tried(root: Path, catalogue: "Catalogue", draft: "Draft", as_of: date, begins: str) -> "Tried":
    """End the command where the project would have faults that it has not now, on the day or the first one."""
    from generator.commands.trial import try_out

    days = {as_of, date.fromisoformat(begins)} if begins else {as_of}
    return try_out(root, catalogue, {**draft.new, **draft.changed}, sorted(days))


def _confirm(root: Path, draft: "Draft") -> None:
    """Show what will be written, of a file that is there only what changes, and ask."""
    for path, text in draft.new.items():
        click.echo(f"\n{path}:\n\n{text}")
    for path, text in draft.changed.items():
        before = (root / path).read_text("utf-8").splitlines()
        changes = list(unified_diff(before, text.splitlines(), n=2, lineterm=""))[2:]
        click.echo(f"\n{path}, kun det, der bliver anderledes:\n\n" + "\n".join(changes))
    if not said_yes("\nSkal det skrives?", default="ja"):
        raise click.Abort


def _tell(draft: "Draft") -> None:
    width = max(2, shutil.get_terminal_size().columns)
    click.echo(f"Skrevet: {joined([*draft.new, *draft.changed])}")
    click.echo("Det er et udkast: intet er godkendt eller bekræftet.")
    for step in draft.next:
        click.echo(click.wrap_text(step, width, "- ", "  "))
    click.echo("- Se det: make serve")
