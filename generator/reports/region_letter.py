"""What one region must supply or confirm before its pages are published, as a letter that can be answered by hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator.checks import check_publication
from generator.checks.upcoming import Coming, upcoming
from generator.codes.standing import KIND_NAMES, Standing, standing
from generator.danish import headed
from generator.model import signing
from generator.model.catalogue import Catalogue
from generator.model.place import Area, Phone, Region
from generator.model.red_flag import RedFlag
from generator.problems import Position, Problem
from generator.sender.senders import past_sender
from generator.web import templates

AREAS, LEAFLETS = "data/areas.yml", "data/leaflets/"
A_YEAR = timedelta(days=365)
"""How far ahead the letter looks: agreements with printers and suppliers are made by the year."""

BESIDE = {
    "without_gp": "Hvad gør den, der ingen egen læge har, om dagen?",
    "exceptions": "Er der øer eller andre steder med et andet nummer?",
}
"""What is asked of an area that says nothing of it, though no check does."""


@dataclass(frozen=True)
class Ask:
    """One thing that the region is asked for, and the place in the files that the answer goes into."""

    words: str
    place: str


@dataclass(frozen=True)
class NumberAsk:
    """A number to confirm or correct, with where it was found."""

    area: Area
    phone: Phone
    sources: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class AreaAsks:
    """All that is asked about one area: its numbers, and what else its people need."""

    area: Area
    numbers: tuple[NumberAsk, ...]
    missing: tuple[Ask, ...]


@dataclass(frozen=True)
class TextAsk:
    """A text that somebody must read and sign, and what it lacks."""

    title: str
    lacks: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class SignAsk:
    """A warning sign whose urgency sources disagree about, and which of them say something else than is proposed."""

    flag: RedFlag
    publishers: tuple[str, ...]


@dataclass(frozen=True)
class LeafletCodes:
    """The codes of one leaflet of one sender that stand alike."""

    title: str
    sender: str
    kind: str
    released_on: date | None
    numbers: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    """Each code with its family of formats."""


@dataclass(frozen=True)
class RegionReport:
    """The letter's contents, built from what stands in the way of publication and from nothing else."""

    region: Region
    day: date
    predecessors: tuple[Region, ...]
    problems: tuple[Problem, ...]
    areas: tuple[AreaAsks, ...]
    own: tuple[Ask, ...]
    texts: tuple[TextAsk, ...]
    signs: int
    """All there are."""
    unsigned: tuple[RedFlag, ...]
    differing: tuple[SignAsk, ...]
    leaflets: tuple[Ask, ...]
    others: tuple[Ask, ...]
    coming: tuple[Coming, ...]
    printed: tuple[LeafletCodes, ...]
    """Every code with the region's own name on it."""
    inherited: tuple[LeafletCodes, ...]
    """Every code of the regions that were merged into it."""

    @property
    def common_lacks(self) -> tuple[str, ...]:
        """What every one of the texts lacks, to be said once."""
        lacks = [text.lacks for text in self.texts]
        return tuple(lack for lack in lacks[0] if all(lack in others for others in lacks)) if lacks else ()


def region_report(catalogue: Catalogue, region: Region, as_of: date) -> RegionReport:
    """Return what the region must supply or confirm; of one that has not begun, on its first day.

    What no part of the letter is about stands at its end, so that a check made later is not forgotten here.
    """
    day = max(as_of, region.valid_from or as_of)
    sender = past_sender(catalogue, region)
    problems = tuple(check_publication(catalogue, day, region.id))
    own, signs = str(region.origin.path), {flag.origin.at("approved_by") for flag in catalogue.red_flags.values()}
    elsewhere = (AREAS, own, LEAFLETS, "content/")
    editions = [standing(catalogue, edition, day) for edition in catalogue.editions_on(day).values()]
    return RegionReport(
        region=region,
        day=day,
        predecessors=tuple(r for r in catalogue.regions.values() if r.id in sender.heritage and r is not region),
        problems=problems,
        areas=tuple(_area(catalogue, area, day, _within(problems, AREAS)) for area in sender.areas),
        own=_asks(_within(problems, own)),
        texts=tuple(_texts(catalogue, problems)),
        signs=len(catalogue.red_flags),
        unsigned=tuple(f for f in catalogue.red_flags.values() if signing.signatures(catalogue, f, day).missing),
        differing=tuple(_differing(catalogue, day)),
        leaflets=_asks(_within(problems, LEAFLETS)),
        others=_asks(p for p in problems if p.position not in signs and not _within([p], elsewhere)),
        coming=tuple(i for i in upcoming(catalogue, as_of, A_YEAR) if i.regions is None or i.regions & sender.heritage),
        printed=_papers(catalogue, [found for found in editions if found.edition.sender == region.id]),
        inherited=_papers(catalogue, [f for f in editions if f.edition.sender in sender.heritage - {region.id}]),
    )


def letter_html(report: RegionReport, catalogue: Catalogue, directory: Path) -> str:
    """Return the letter as one page that needs nothing beside it, for screen and A4."""
    return templates.render(directory, "report.html", **_shown(report, catalogue))


def _shown(report: RegionReport, catalogue: Catalogue) -> dict[str, Any]:
    numbers = [number for found in report.areas for number in found.numbers]
    return {
        "report": report,
        "title": catalogue.settings.title,
        "start": report.region.valid_from,
        "end": report.region.valid_to,
        "heirs": [catalogue.regions[name].name for name in report.region.successors],
        "unconfirmed": sum(not number.phone.is_confirmed for number in numbers),
        "levels": [
            (level, [ask for ask in report.differing if ask.flag.proposed_level == level.id])
            for level in catalogue.urgency_levels.values()
        ],
        "own_lacks": [[lack for lack in text.lacks if lack not in report.common_lacks] for text in report.texts],
        "kinds": KIND_NAMES,
    }


def _within(problems: Iterable[Problem], places: str | tuple[str, ...]) -> list[Problem]:
    return [problem for problem in problems if str(problem.position.path).startswith(places)]


def _asks(problems: Iterable[Problem]) -> tuple[Ask, ...]:
    return tuple(Ask(f"{headed(p.message)}.", f"{_line(p.position)}: {p.remedy}") for p in problems)


def _area(catalogue: Catalogue, area: Area, day: date, problems: list[Problem]) -> AreaAsks:
    positions = {area.origin.at("phones", index, "number"): index for index in range(len(area.phones))}
    numbers = tuple(_number(catalogue, area, index) for index in _phones(area, day))
    last = max((position.line for position in positions), default=0)
    own = [p for p in problems if p.position not in positions and _is_of(area, p.position, last)]
    beside = (Ask(asks, f"{_line(area.origin.at(k))}: {k}") for k, asks in BESIDE.items() if not getattr(area, k))
    return AreaAsks(area, numbers, (*_asks(own), *beside))


def _is_of(area: Area, position: Position, last: int) -> bool:
    """Say whether a position lies within the area's own lines."""
    fields = {area.origin.at(name) for name in type(area).model_fields if name not in ("origin", "phones")}
    return position in fields or area.origin.at().line <= position.line <= last


def _phones(area: Area, day: date) -> Iterator[int]:
    """Yield the places of the numbers that are, or will be, called: of an earlier one there is nothing to confirm."""
    for index, phone in enumerate(area.phones):
        if phone.number and (phone.valid_to is None or phone.valid_to >= day):
            yield index


def _number(catalogue: Catalogue, area: Area, index: int) -> NumberAsk:
    phone = area.phones[index]
    cited = (catalogue.sources[citation.source].bare for citation in phone.citations)
    sources = tuple(f"{source.publisher}: {source.title}" for source in cited)
    return NumberAsk(area, phone, sources, f"{_line(area.origin.at('phones', index, 'number'))}: verified_on")


def _texts(catalogue: Catalogue, problems: tuple[Problem, ...]) -> Iterator[TextAsk]:
    for topic in catalogue.topics.values():
        if lacks := tuple(problem.message for problem in problems if problem.position.path == topic.origin.path):
            yield TextAsk(topic.title, lacks, str(topic.origin.path))


def _differing(catalogue: Catalogue, day: date) -> Iterator[SignAsk]:
    for flag in catalogue.red_flags.values():
        if flag.disagreements and signing.signatures(catalogue, flag, day).missing:
            cited = (catalogue.sources[other.citation.source] for other in flag.disagreements)
            yield SignAsk(flag, tuple(dict.fromkeys(source.bare.publisher for source in cited)))


def _papers(catalogue: Catalogue, editions: Iterable[Standing]) -> tuple[LeafletCodes, ...]:
    """Return the editions with those that differ by their format alone in one row."""
    groups: dict[LeafletCodes, list[tuple[str, str]]] = {}
    for found in editions:
        edition = found.edition
        title = found.leaflet.title if found.leaflet else edition.leaflet
        released_on = edition.release.released_on if edition.release else None
        numbers = tuple(carried.number for carried in edition.numbers)
        row = LeafletCodes(title, catalogue.region_name(edition.sender), found.kind, released_on, numbers, ())
        groups.setdefault(row, []).append((edition.id, edition.format_family))
    return tuple(replace(row, codes=tuple(codes)) for row, codes in groups.items())


def _line(position: Position) -> str:
    return f"{position.path}:{position.line}"
