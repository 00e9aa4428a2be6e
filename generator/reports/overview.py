"""All that somebody who steers asks on one day: what can be published, what stands in the way, and who must do what.

It is put together from what the checks, the signatures, the register and the readers say, and adds nothing to it:
no total score, no order of merit, no guess. The same day and the same files give the same page and the same JSON.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.checks import Findings, find
from generator.checks.registry import Remember, afresh
from generator.checks.spelling import missing_dictionary
from generator.checks.upcoming import HORIZON, upcoming
from generator.codes.recall import Carrier, Wanted, carriers
from generator.model.catalogue import Catalogue
from generator.model.record import Citation
from generator.reports.overview_charts import AFFECTED, STATE_WORDS, Chart, charts, difference, paper_state
from generator.reports.overview_hindrances import Hindrances, hindrances
from generator.reports.overview_texts import Known, Owner, answers_about, owners, unread_pages
from generator.reports.readability_facts import page_facts
from generator.reports.reader_counts import AnswerCounts, ReaderCounts
from generator.web import templates


@dataclass(frozen=True)
class PaperRow:
    """One printed edition that somebody may have to collect or print anew."""

    code: str
    leaflet: str
    sender: str
    state: str
    """Which of `PAPER_STATES` it is."""
    differs: str
    path: str
    line: int


@dataclass(frozen=True)
class LeafletRow:
    """What readers answered about a leaflet, all its codes together."""

    id: str
    title: str
    readers: AnswerCounts


@dataclass(frozen=True)
class Readers:
    """What readers answered, beyond what stands beside each text."""

    counted_on: date
    all: AnswerCounts
    general: AnswerCounts
    """About no page in particular, or about the front page."""
    leaflets: tuple[LeafletRow, ...]
    elsewhere: tuple[tuple[str, AnswerCounts], ...]
    """About pages and codes that are not here any more, or that have no text of their own."""


@dataclass(frozen=True)
class WaiverRow:
    """What somebody has accepted for a time."""

    check: str
    file: str
    quote: str | None
    reason: str
    accepted_by: str
    until: date
    covers: int
    """Objections that it keeps quiet on the day."""
    path: str
    line: int


@dataclass(frozen=True)
class ComingRow:
    """What changes of itself."""

    day: date
    message: str
    path: str
    line: int
    regions: tuple[str, ...]
    """Names of the regions that it touches; empty: all."""


@dataclass(frozen=True)
class Citations:
    """References to sources: in facts and in texts, and how many of each do not say where in the source."""

    facts: int
    facts_without_place: int
    texts: int
    texts_without_place: int


@dataclass(frozen=True)
class Overview:
    """The whole report."""

    day: date
    title: str
    publication: Hindrances
    charts: tuple[Chart, ...]
    owners: tuple[Owner, ...]
    editions_in_use: int
    paper: tuple[PaperRow, ...]
    """Those of them that somebody may have to collect or print anew."""
    readers: Readers | None
    waivers: tuple[WaiverRow, ...]
    coming: tuple[ComingRow, ...]
    citations: Citations
    not_spelled: str | None
    """What to tell where spelling could not be checked, so that less advice does not look like better texts."""


def overview_report(
    catalogue: Catalogue, as_of: date, counts: ReaderCounts | None = None, remember: Remember = afresh
) -> Overview:
    """Return how everything stands on the day; `counts` are the readers' answers, `remember` as for `find`."""
    found = find(catalogue, as_of, "publish", remember=remember)
    printed = carriers(catalogue, Wanted(), as_of)
    facts = tuple(page_facts(catalogue, found.advice))
    known = Known(catalogue, as_of, facts, found.advice, printed, counts)
    return Overview(
        day=as_of,
        title=catalogue.settings.title,
        publication=hindrances(catalogue, as_of, found.errors),
        charts=charts(catalogue, as_of, facts, printed),
        owners=owners(catalogue, as_of, known),
        editions_in_use=sum(one.edition.status == "current" for one in printed),
        paper=tuple(_paper(catalogue, as_of, printed)),
        readers=_readers(catalogue, counts) if counts else None,
        waivers=tuple(_waivers(catalogue, as_of, found)),
        coming=tuple(_coming(catalogue, as_of)),
        citations=_citations(catalogue),
        not_spelled=missing_dictionary(),
    )


def overview_html(report: Overview, directory: Path) -> str:
    """Return the report as one page that needs nothing beside it, for phone, desktop and A4; it runs no script."""
    return templates.render(directory, "overview.html", report=report, horizon=HORIZON.days, **STATE_WORDS)


def overview_data(report: Overview) -> dict[str, Any]:
    """Return the same for other programs, days as 2026-12-31."""
    told = asdict(report, dict_factory=lambda fields: {name: _value(value) for name, value in fields})
    told["as_of"] = told.pop("day")
    told["spelling_checked"] = told.pop("not_spelled") is None
    told["charts"] = {chart.id: {bar.id: bar.count for bar in chart.bars} for chart in report.charts}
    return told


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, AnswerCounts):
        return value.model_dump(mode="json")
    return [_value(item) for item in value] if isinstance(value, tuple) else value


def _paper(catalogue: Catalogue, as_of: date, printed: Iterable[Carrier]) -> Iterator[PaperRow]:
    for one in printed:
        state, edition = paper_state(catalogue, one, as_of), one.edition
        if state in AFFECTED:
            title = one.standing.leaflet.title if one.standing.leaflet else edition.leaflet
            differs, place = difference(catalogue, one, as_of), edition.problem("", "").position
            sender = catalogue.region_name(edition.sender)
            yield PaperRow(edition.id, title, sender, state, differs, str(place.path), place.line)


def _readers(catalogue: Catalogue, counts: ReaderCounts) -> Readers:
    codes: dict[str, list[str]] = {}
    for edition in catalogue.editions.values():
        codes.setdefault(edition.leaflet, []).append(edition.id)
    about = {leaflet: answers_about(counts, "edition", own) for leaflet, own in codes.items()}
    titles = {leaflet.id: leaflet.title for leaflet in catalogue.leaflets.values()}
    return Readers(
        counted_on=counts.counted_on,
        all=sum(counts.counts, AnswerCounts()),
        general=sum((row for row in counts.counts if not row.page and not row.edition), AnswerCounts()),
        leaflets=tuple(LeafletRow(id, titles.get(id, id), told) for id, told in about.items() if told.messages),
        elsewhere=tuple(unread_pages(catalogue, counts)),
    )


def _waivers(catalogue: Catalogue, as_of: date, found: Findings) -> Iterator[WaiverRow]:
    covered = [waiver.id for _, waiver in found.waived]
    for waiver in sorted(catalogue.waivers.values(), key=lambda waiver: (waiver.until, waiver.id)):
        if waiver.until >= as_of:
            place = waiver.origin.at()
            yield WaiverRow(
                waiver.check, waiver.file, waiver.quote, waiver.reason, waiver.accepted_by, waiver.until,
                covered.count(waiver.id), str(place.path), place.line,
            )  # fmt: skip


def _coming(catalogue: Catalogue, as_of: date) -> Iterator[ComingRow]:
    for item in upcoming(catalogue, as_of):
        names = tuple(region.name for region in catalogue.regions.values() if region.id in (item.regions or ()))
        yield ComingRow(item.day, item.message, str(item.position.path), item.position.line, names)


def _citations(catalogue: Catalogue) -> Citations:
    records = (record for entity in catalogue.entities() for _, record in entity.within())
    facts = [record for record in records if isinstance(record, Citation)]
    texts = [one for topic in catalogue.topics.values() for one in topic.body.insertions if one.name == "kilde"]
    return Citations(
        len(facts), sum(not (fact.place or fact.lines) for fact in facts),
        len(texts), sum(len(one.arguments) < 2 for one in texts),
    )  # fmt: skip
