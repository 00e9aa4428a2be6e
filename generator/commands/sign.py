"""`borgerinfo sign`: what waits for a signature, and how one is put under exactly the words that stand there."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.messages import fail, said_yes
from generator.commands.options import DAY, as_of_option
from generator.commands.project import load_catalogue, project_root
from generator.danish import counted, did_you_mean, instead, today
from generator.problems import ContentError

if TYPE_CHECKING:
    from generator.model.approval import Approval
    from generator.model.catalogue import Catalogue
    from generator.model.signing import Signable, SignedPart

SIGNABLE = ("topic", "sign", "level", "region", "figure", "comparison", "pathway", "standard-text", "leaflet")


@click.command()
@click.argument("kind", type=click.Choice(SIGNABLE), required=False)
@click.argument("record", metavar="[ID]", required=False)
@click.option("--role", help="Rollen for den, der har læst og godkendt, fx »Overlæge, Reumatologisk Afdeling«.")
@click.option("--name", help="Navnet. Det vises kun på sider fra regioner, der har valgt det (shows_names).")
@click.option("--part", metavar="AFSNIT", help="Kun dette afsnit af en tekst. Uden: alt i teksten, der mangler.")
@click.option("--until", type=DAY, help="Den sidste dag, underskriften gælder. Uden: til ordene ændres.")
@click.option(
    "--renew", is_flag=True, help="Skriv også under på det, der er underskrevet, fx før underskriften udløber."
)
@click.option("--yes", is_flag=True, help="Skriv under uden at vise ordene og uden at spørge.")
@as_of_option
def sign(
    kind: str | None, record: str | None, role: str | None, name: str | None, part: str | None, until: date | None,
    renew: bool, yes: bool, as_of: date,
) -> None:  # fmt: skip
    """Skriv under på en tekst, præcis som den står. Uden mere: vis, hvad der mangler en underskrift.

    Underskriften gælder ordene. Rettes en sætning, skal der skrives under på afsnittet igen. For hver region skrives
    der også under på alarmtegnene som helhed (region), med de numre, læseren ser ved siden af. Skriv kun under for den,
    der har læst det.

    \b
    Eksempler:
      borgerinfo sign                                     vis, hvad der mangler
      borgerinfo sign topic medicin --role "Overlæge" --until 2028-11-30
      borgerinfo sign region syddanmark --role "Lægelig direktør"
    """
    from generator.commands.trial import try_out
    from generator.model.approval import Approval

    root = project_root()
    catalogue = load_catalogue(root)
    if kind is None or record is None:
        _tell(catalogue, as_of)
        return
    entity = _known(catalogue, kind, record)
    parts = _to_sign(catalogue, entity, part, as_of, renew)
    if not parts:
        click.echo("Der er skrevet under på det hele, som det står i dag.")
        return
    if not role:
        raise click.UsageError("Skriv rollen for den, der har læst og godkendt: --role …")
    if as_of > today():
        raise click.UsageError(f"--as-of {as_of}: ingen kan have skrevet under på en dag, der ikke er kommet")
    if until is not None and until < as_of:
        raise click.UsageError(f"--until {until}: underskriften ville allerede være udløbet")
    new = [  # try_out tells what is wrong with them, as in a file that somebody wrote
        Approval.model_construct(role=role, name=name, on=as_of, until=until, part=one.name, text=one.fingerprint)
        for one in parts
    ]
    text = with_signatures(root, catalogue, entity, new)
    options = {"role": role, "name": name}
    tried = try_out(root, catalogue, {str(entity.origin.path): text}, [as_of], options)
    if not yes:
        _confirm(parts, role)
    tried.put()
    click.echo(f"{counted(len(new), 'underskrift', 'underskrifter')} er skrevet i {entity.origin.path}.")


def _tell(catalogue: "Catalogue", as_of: date) -> None:
    """Print everything that lacks a signature, a line for each record, with the words to type."""
    from generator.model.signing import kind_of, signables, signatures, title_of

    waiting = 0
    for entity in signables(catalogue):
        if missing := signatures(catalogue, entity, as_of).missing:
            waiting += 1
            named = "" if missing[0].part.name is None else f" ({counted(len(missing), 'afsnit', 'afsnit')})"
            click.echo(f"{kind_of(entity)} {entity.id}{named}: {title_of(entity)}")
    click.echo(f"{counted(waiting, 'ting', 'ting')} mangler en underskrift." if waiting else "Alt er underskrevet.")


def _known(catalogue: "Catalogue", kind: str, name: str) -> "Signable":
    from generator.model.signing import kind_of, signables, title_of

    found = {entity.id: entity for entity in signables(catalogue) if kind_of(entity) == kind}
    if name not in found:
        near = instead(name, sorted(found))
        raise click.UsageError(f"»{name}« findes ikke som {kind} – {near}")
    click.echo(f"{kind} {name}: {title_of(found[name])}")
    return found[name]


def _to_sign(
    catalogue: "Catalogue", entity: "Signable", part: str | None, as_of: date, renew: bool
) -> list["SignedPart"]:
    from generator.model.signing import approvals_of, lasting_parts

    found = lasting_parts(catalogue, entity, as_of)
    if part is not None and part not in [one.name for one in found]:
        known = [one.name for one in found if one.name]
        near = did_you_mean(part, known) or (
            f"vælg en af: {', '.join(known)}" if known else "her er kun én del; udelad --part"
        )
        raise click.UsageError(f"Afsnittet »{part}« findes ikke – {near}")
    held = {(old.part, old.text) for old in approvals_of(entity) if old.holds_on(as_of)}
    chosen = [one for one in found if part in (None, one.name)]
    return [one for one in chosen if renew or (one.name, one.fingerprint) not in held]


def _confirm(parts: list["SignedPart"], role: str) -> None:
    for part in parts:
        click.echo(f"\n== {part.title} ==\n{part.words.strip()}")
    if not said_yes(f"\nHar {role} læst dette og godkendt det, som det står?"):
        fail("Intet er ændret.")


def with_signatures(root: Path, catalogue: "Catalogue", entity: "Signable", new: list["Approval"]) -> str:
    """Return the record's file with the signatures beside those that stay, and everything else as it was."""
    from generator.authoring.yaml_edits import EditError, with_list
    from generator.loading import read_text
    from generator.model.signing import approval_key, beside, lasting_parts, line_of
    from generator.text import markdown

    text = read_text(root, entity.origin.path)
    front = markdown.split(text).front_matter if entity.origin.path.suffix == ".md" else text
    assert front is not None, "a text without front matter is not loaded"
    kept = beside(entity, tuple(new), lasting_parts(catalogue, entity, new[0].on))
    try:
        signed = with_list(front, entity.origin.base, approval_key(entity), map(line_of, (*kept, *new)))
    except EditError:
        message = f"her er ikke plads til {approval_key(entity)}: det hele står på én linje"
        raise ContentError([entity.problem(message, "skriv hver nøgle på en linje for sig")]) from None
    return text.replace(front, signed, 1)
