"""An invented project with a past: codes that hold, and codes to which everything has happened that can happen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from generator import Catalogue, load
from generator.codes.releases import Writing, released, reserved, withdrawn
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from tests.support import shared
from tests.support.built import store
from tests.support.example import PROJECT, alter, write_example

BEFORE = date(2026, 12, 15)
"""Region Øst still exists, and all numbers hold."""
AFTER = date(2027, 3, 15)
"""Region Øst has become Region Nyland, and the number in Øst is another."""
REASON = "Et telefonnummer er trykt forkert."
OLD_SIGN = "skulderen er blevet rød og varm"
NEW_SIGN = "skulderen er blevet rød, varm og hævet"

_NUMBER = """{purpose: out-of-hours, name: vagttelefonen, number: "1899", hours: alle andre tider, \
hours_in_english: all other times, citations: [{source: avis}]}"""
_NUMBERS = f"""{_NUMBER[:-1]}, valid_to: 2027-02-28}}
  - {_NUMBER[:-1].replace("1899", "1898")}, valid_from: 2027-03-01, verified_on: 2026-12-01}}"""
_LEAFLET = """title: {title}
promise: Hvornår du skal ringe
audience: citizens
parts:
- {{topic: hvornaar-skal-du-ringe}}
landing_topic: hvornaar-skal-du-ringe
formats: [a4]
senders: [vest]
origin_notice: Opdigtet folder til prøverne.
"""


@dataclass(frozen=True)
class History:
    """The project's root, and each code by what becomes of it."""

    root: Path
    codes: Mapping[str, str]

    @property
    def catalogue(self) -> Catalogue:
        return load(self.root)


@cache
def history() -> History:
    """Return the project: leaflets released, one text changed and released anew, one edition withdrawn."""
    root = write_example(Path(mkdtemp(prefix="historie-", dir=shared.directory())), {
        "data/areas.yml": {"replace": [_NUMBER, _NUMBERS]},
        "content/om/tilgaengelighed.md": (PROJECT / "content/om/om-siden.md").read_text("utf-8"),
        "data/leaflets/afloest.yml": _LEAFLET.format(title="Ring i tide"),
        "data/leaflets/tilbage.yml": _LEAFLET.format(title="Trykt forkert"),
        "data/leaflets/kladde.yml": _LEAFLET.format(title="Ikke færdig"),
    }, templates=True)  # fmt: skip
    _write(root, lambda now: reserved(now, tuple(now.leaflets.values()), None, date(2026, 11, 22), Random(4)))
    for leaflet, region in (("din-skulder", "oest"), ("afloest", "vest"), ("tilbage", "vest")):
        _release(root, leaflet, region, date(2026, 11, 23))
    reason, day = REASON, date(2026, 12, 1)
    _write(root, lambda now: withdrawn(now, now.editions[_code(now, "tilbage", "vest")], reason, day))
    _write(root, lambda now: reserved(now, (now.leaflets["tilbage"],), None, day, Random(5)))
    first = _code(load(root), "afloest", "vest")
    alter(root / "data/red_flags.yml", {"replace": [OLD_SIGN, NEW_SIGN]})
    alter(root / "content/emner/hvornaar-skal-du-ringe.md",
          {"replace": ["Tegnene står i en håndbog.", "Alle tegnene står i en håndbog."]})  # fmt: skip
    _release(root, "afloest", "vest", date(2026, 12, 2))
    _release(root, "din-skulder", "nyland", date(2027, 1, 2))
    catalogue = load(root)
    return History(root, {
        "current": _code(catalogue, "din-skulder", "vest"),
        "merged": _code(catalogue, "din-skulder", "oest"),
        "outdated": _code(catalogue, "din-skulder", "nyland"),
        "replaced": first,
        "newest": _code(catalogue, "afloest", "vest"),
        "withdrawn": _code(catalogue, "tilbage", "vest", "withdrawn"),
        "draft": _code(catalogue, "kladde", "vest", "draft"),
    })  # fmt: skip


@cache
def history_site(day: date) -> Path:
    """Return the directory of the whole site on the day."""

    def make(place: Path) -> None:
        build_site(history().catalogue, BuildRequest(history().root, place / "site", day), store())

    return shared.once("historie-site", day, make) / "site"


def _release(root: Path, leaflet: str, region: str, day: date) -> None:
    _write(root, lambda now: released(now, now.leaflets[leaflet], (now.regions[region],), day, Random(day.toordinal())))


def _write(root: Path, make: Callable[[Catalogue], Writing]) -> None:
    for path, text in make(load(root)).files.items():
        (root / path).write_text(text, "utf-8")


def _code(catalogue: Catalogue, leaflet: str, sender: str, status: str = "current") -> str:
    found = [e.id for e in catalogue.editions.values() if (e.leaflet, e.sender, e.status) == (leaflet, sender, status)]
    assert len(found) == 1, (leaflet, sender, found)
    return found[0]
