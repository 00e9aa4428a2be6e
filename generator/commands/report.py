"""`borgerinfo report`: how everything stands, what must be collected, and what a region must supply or confirm."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands.overview import overview
from generator.commands.readability import readability
from generator.commands.shared import as_of_option, fail, load_catalogue, project_root, reports_problems
from generator.commands.was import was
from generator.danish import counted, did_you_mean, long_date

if TYPE_CHECKING:
    from generator.codes.recall import Carrier
    from generator.model.catalogue import Catalogue
    from generator.model.place import Region


@click.group()
def report() -> None:
    """Vis, hvordan det hele står, hvad der er trykt, og hvad en region mangler at svare på.

    \b
    Eksempler:
      borgerinfo report overview                    om siderne kan udgives, og hvem der mangler hvad
      borgerinfo report editions --number 1813      papir, der skal samles ind
      borgerinfo report region ID                   et brev til regionen
      borgerinfo report was ID                      et arbejdsark til tilgængelighedserklæringen
      borgerinfo report readability                 hvor let teksterne er at læse
    """


@report.command("editions")
@click.option("--number", metavar="NUMMER", help="Kun det, der bærer dette nummer; mellemrum betyder ikke noget.")
@click.option("--text-hash", metavar="HASH", help="Kun det, der bærer netop disse ord; begyndelsen er nok.")
@click.option("--topic", metavar="ID", help="Kun det, der rummer denne tekst.")
@click.option("--region", metavar="ID", help="Kun fra denne region, eller fra de regioner, den har afløst.")
@click.option("--json", "as_json", is_flag=True, help="Vis det samme til et andet program.")
@as_of_option
@reports_problems
def editions(
    number: str | None, text_hash: str | None, topic: str | None, region: str | None, as_json: bool, as_of: date
) -> None:
    """Find de trykte foldere, der bærer et nummer, en tekst eller et emne, så de kan samles ind.

    Kladder står for sig. Af dem er intet frosset: deres numre og ord er dem, de ville have den dag.
    """
    from generator.codes.recall import UnknownError, Wanted, carriers

    wanted = Wanted(number, text_hash, topic, region)
    catalogue = load_catalogue(project_root())
    try:
        found = carriers(catalogue, wanted, as_of)
    except UnknownError as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        asked = {key: value for key, value in vars(wanted).items() if value is not None}
        click.echo(json.dumps(_for_machines(catalogue, found, as_of, asked), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_for_people(catalogue, found, as_of)))


@report.command("region")
@click.argument("region_id", metavar="ID")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Filen. Standard: rapport-ID.html her.")
@as_of_option
@reports_problems
def region(region_id: str, out: Path | None, as_of: date) -> None:
    """Lav et brev til en region: alt, den skal oplyse eller bekræfte, med plads til svaret.

    Brevet er én HTML-fil, som kan sendes og printes på A4. Er regionen ikke begyndt, gælder det dens første dag.
    """
    from generator.reports.region_letter import as_html, region_report

    root = project_root()
    catalogue = load_catalogue(root)
    found = _known_region(catalogue, region_id, as_of)
    letter = region_report(catalogue, found, as_of)
    path = out or Path(f"rapport-{found.id}.html")
    try:
        path.write_text(as_html(letter, catalogue, root / "overrides"), "utf-8")
    except OSError as error:
        fail(f"Kunne ikke skrive: {error.strerror or error} ({path}).")
    missing = counted(len(letter.problems), "ting mangler", "ting mangler")
    click.echo(f"{found.name}, {long_date(letter.day)}: {missing}, før siderne kan udgives.")
    click.echo(f"  → {path}")


report.add_command(overview)
report.add_command(was)
report.add_command(readability)


def _known_region(catalogue: "Catalogue", name: str, as_of: date) -> "Region":
    found = catalogue.regions.get(name)
    if found is None:
        near = did_you_mean(name, catalogue.regions) or f"vælg en af: {', '.join(catalogue.regions)}"
        raise click.UsageError(f"Regionen »{name}« findes ikke – {near}")
    if found.valid_to and found.valid_to < as_of:
        heirs = " eller ".join(found.successors)
        after = f"spørg {heirs}" if heirs else "vælg en anden, eller en tidligere dag med --as-of"
        raise click.UsageError(f"{found.name} holdt op {long_date(found.valid_to)} – {after}")
    return found


def _for_people(catalogue: "Catalogue", found: Sequence["Carrier"], as_of: date) -> Iterator[str]:
    printed = [one for one in found if one.edition.release]
    drafts = [one for one in found if not one.edition.release]
    in_use = sum(one.edition.status == "current" for one in printed)
    copies = counted(len(printed), "trykt udgave", "trykte udgaver")
    yield f"{long_date(as_of)}: {copies}, heraf {in_use} i brug ifølge registret."
    yield from _table(catalogue, printed, as_of)
    if drafts:
        yield ""
        yield f"Kladder ({len(drafts)}), som ikke er udgivet. Numre og ord er dem, de ville have den dag:"
        yield from _table(catalogue, drafts, as_of)


def _table(catalogue: "Catalogue", found: Sequence["Carrier"], as_of: date) -> Iterator[str]:
    if not found:
        return
    rows = [("KODE", "FOLDER", "AFSENDER", "UDGIVET", "STATUS", "NUMRE"), *(_row(catalogue, one) for one in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for one, row in zip((None, *found), rows, strict=True):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for remark in _remarks(catalogue, one, as_of) if one else ():
            yield f"        {remark}"


def _row(catalogue: "Catalogue", one: "Carrier") -> tuple[str, ...]:
    from generator.codes.standing import KINDS

    edition = one.edition
    released = edition.release.released_on if edition.release else None
    return (
        edition.id,
        f"{edition.leaflet} ({edition.format_family})",
        _sender(catalogue, edition.sender),
        released.isoformat() if released else "nej",
        KINDS[one.standing.kind],
        ", ".join(dict.fromkeys(carried.number for carried in one.load.numbers)) or "ingen",
    )


def _remarks(catalogue: "Catalogue", one: "Carrier", as_of: date) -> Iterator[str]:
    """Yield what no longer holds, and what is not known for certain."""
    from generator.codes.releasing import size_of

    edition, found = one.edition, one.standing
    for wrong in found.wrong_numbers:
        now = f"nu {wrong.now.number}" if wrong.now else "intet nummer nu"
        yield f"{wrong.printed} gælder ikke længere i {wrong.area} ({now})"
    if edition.release and found.changes:
        yield f"siden siger noget andet: {size_of(found.changes, 0)}"
    if edition.withdrawal:
        yield f"kaldt tilbage {_day(edition.withdrawal.day)}: {edition.withdrawal.reason}"
    if edition.replaced_by:
        yield f"afløst af {edition.replaced_by}"
    elif found.kind == "replaced":
        yield f"{_sender(catalogue, edition.sender)} findes ikke længere"
    if edition.release and edition.release.valid_to:
        yield f"gælder til {_day(edition.release.valid_to)}"
    if edition.release and not one.load.is_recorded:
        yield "hvilke tekster den rummer, er ikke skrevet i registret; her efter folderen, som den er nu"


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _sender(catalogue: "Catalogue", name: str) -> str:
    region = catalogue.regions.get(name)
    return region.name if region else name


def _for_machines(
    catalogue: "Catalogue", found: Sequence["Carrier"], as_of: date, asked: dict[str, str]
) -> dict[str, Any]:
    rows = [(one.edition.release is not None, _record(one)) for one in found]
    return {
        "as_of": as_of.isoformat(),
        "asked": asked,
        "editions": [row for released, row in rows if released],
        "drafts": [row for released, row in rows if not released],
    }


def _record(one: "Carrier") -> dict[str, Any]:
    edition, found = one.edition, one.standing
    release = edition.release
    return {
        "code": edition.id,
        "leaflet": edition.leaflet,
        "region": edition.sender,
        "language": edition.language,
        "format_family": edition.format_family,
        "released_on": release.released_on.isoformat() if release and release.released_on else None,
        "standing": found.kind,
        "text_hash": one.load.text_hash,
        "topics": list(one.load.topics),
        "topics_recorded": one.load.is_recorded,
        "numbers": [number.model_dump(mode="json") for number in one.load.numbers],
        "wrong_numbers": [
            {"area": wrong.area, "printed": wrong.printed, "now": wrong.now.number if wrong.now else None}
            for wrong in found.wrong_numbers
        ],
        "changed_signs": len(found.changes.signs),
        "changed_pieces": len(found.changes.words),
        "replaced_by": edition.replaced_by,
        "valid_to": release.valid_to.isoformat() if release and release.valid_to else None,
    }
