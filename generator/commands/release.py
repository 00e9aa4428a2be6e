"""`borgerinfo release` and `borgerinfo withdraw`: the only commands that write into the register of printed codes."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

import click

from generator.commands.options import as_of_option
from generator.commands.project import (
    known_leaflet,
    known_region,
    load_catalogue,
    project_root,
    refuse_problems,
    refuse_unknown_region,
)
from generator.danish import counted, did_you_mean, today

if TYPE_CHECKING:
    from generator.codes.releases import Writing
    from generator.model.catalogue import Catalogue
    from generator.model.leaflet import Leaflet
    from generator.model.place import Region

_dry_run = click.option("--dry-run", is_flag=True, help="Vis, hvad der ville ske, og skriv intet.")


@click.command()
@click.argument("leaflet", metavar="[FOLDER]", required=False)
@click.option("--region", metavar="ID", help="Kun til denne region. Uden: til alle, der har folderen.")
@click.option(
    "--draft", is_flag=True, help="Reservér koder til kladder. Uden FOLDER: til alle foldere, der mangler en."
)
@_dry_run
@as_of_option
def release(leaflet: str | None, region: str | None, draft: bool, dry_run: bool, as_of: date) -> None:
    """Udgiv en folder: frys dens ord og numre under en kode, der gælder for altid.

    FOLDER er navnet på filen i data/leaflets/ uden .yml. Alt, hvad profilen publish kræver, skal være i orden. En kode,
    der er reserveret til kladden, bliver udgavens kode. Er en udgave i omløb, afløses den, og siden bag dens kode
    fortæller, hvad der er ændret. Dagen i --as-of er den, der kommer til at stå i registret, også for en kladde.

    \b
    Eksempler:
      borgerinfo release --draft                                reservér de koder, der mangler
      borgerinfo release skal-du-scannes --region ID --dry-run
    """
    root = project_root()
    if not dry_run and finish_writing(root):
        click.echo("Et segl, der ikke blev skrevet færdigt, er på plads igen.")
    catalogue = load_catalogue(root)
    chosen = known_leaflet(catalogue, leaflet) if leaflet else None
    if region and chosen and region not in chosen.senders:
        near = did_you_mean(region, chosen.senders) or f"skriv den under senders i {chosen.origin.path}"
        raise click.UsageError(f"Folderen hører ikke til »{region}« – {near}")
    if draft:
        _put(root, catalogue, _reserved(catalogue, chosen, region, as_of), dry_run, "reserveret")
    elif chosen is None:
        raise click.UsageError("Skriv, hvilken folder der skal udgives, eller --draft for at reservere koder")
    else:
        _put(root, catalogue, _released(catalogue, chosen, region, as_of), dry_run, "udgivet")


@click.command()
@click.argument("code", metavar="KODE")
@click.option("--reason", metavar="TEKST", required=True, help="Hvorfor, i en sætning til den, der står med folderen.")
@_dry_run
def withdraw(code: str, reason: str, dry_run: bool) -> None:
    """Kald en trykt udgave tilbage. Siden bag koden siger det først og viser det, der gælder nu.

    Det kan ikke fortrydes: koden bliver ved med at være kaldt tilbage. Udgiv bagefter en ny med »borgerinfo release«.
    """
    from generator.codes.alphabet import normalise
    from generator.codes.releases import withdrawn

    root = project_root()
    catalogue = load_catalogue(root)
    edition = catalogue.editions.get(normalise(code))
    if edition is None:
        near = did_you_mean(code, list(catalogue.editions)) or "se koderne i data/editions.yml"
        raise click.UsageError(f"Koden »{code}« er aldrig udstedt – {near}")
    if edition.status == "withdrawn":
        raise click.UsageError(f"»{edition.id}« er allerede kaldt tilbage")
    reason = " ".join(reason.split())
    if not reason:
        raise click.UsageError("--reason: skriv en sætning i almindelig tekst")
    writing = withdrawn(catalogue, edition, reason, today())
    _put(root, catalogue, writing, dry_run, "kaldt tilbage", {"reason": reason})


def finish_writing(root: Path) -> bool:
    """Seal a sound register that was extended when the program was stopped; say whether there was need for it.

    Ends the command with 1 where the project cannot be read with the seal: a line that was never sealed can still go.
    """
    from generator.codes.register import REGISTER_FILE, SEAL_FILE, first_fault, is_extended, seal
    from generator.commands.trial import try_out

    register, sealed = root / REGISTER_FILE, root / SEAL_FILE
    if not register.is_file() or not sealed.is_file():
        return False
    text = register.read_text("utf-8", "replace")
    if first_fault(text) or not is_extended(text, sealed.read_text("utf-8", "replace")):
        return False
    try_out(root, None, {SEAL_FILE: seal(text)}).put()
    return True


def _reserved(catalogue: "Catalogue", leaflet: "Leaflet | None", region: str | None, day: date) -> "Writing":
    from generator.codes.releases import reserved

    leaflets = (leaflet,) if leaflet else tuple(catalogue.leaflets.values())
    if region is not None:
        known_region(catalogue, region)
    return reserved(catalogue, leaflets, region, day, SystemRandom())


def _released(catalogue: "Catalogue", leaflet: "Leaflet", region: str | None, day: date) -> "Writing":
    from generator.codes.releases import released

    refuse_unknown_region(catalogue, region, day)
    regions = tuple(catalogue.regions[name] for name in ([region] if region else leaflet.senders))
    alive = tuple(found for found in regions if found.is_valid_on(day))
    for found in alive:
        refuse_problems(catalogue, day, "publish", found.id)
    _refuse_unprintable(catalogue, leaflet, alive, day)
    return released(catalogue, leaflet, alive, day, SystemRandom())


def _refuse_unprintable(catalogue: "Catalogue", leaflet: "Leaflet", regions: tuple["Region", ...], day: date) -> None:
    """Make every sheet once, so that no code is given to what cannot be printed."""
    from generator.paper.leaflets import prints
    from generator.paper.print_files import make
    from generator.sender.context import Context
    from generator.sender.senders import past_sender

    for region in regions:
        for item in prints(Context(catalogue, past_sender(catalogue, region), day, "publish")):
            if item.leaflet.id == leaflet.id:
                make(item)


def _put(
    root: Path, catalogue: "Catalogue", writing: "Writing", dry_run: bool, done: str,
    options: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    from generator.commands.trial import try_out

    files = writing.files if writing.codes else {}
    tried = try_out(root, catalogue, files, [today()], options) if files else None
    for line in writing.told:
        click.echo(line)
    if dry_run:
        click.echo("Intet er skrevet (--dry-run).")
        return
    if tried:
        tried.put()
    click.echo(f"{counted(len(writing.codes), 'kode', 'koder')} {done}.")
    if tried:
        click.echo("Gem data/ med git, og send det afsted, før noget bliver trykt.")
