"""How easy the texts are to read: an overview, what to look at again, and a half-filled sheet per page for a person."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.checks import find
from generator.checks.readability import HARDEST_PAGE, HARDEST_SIGNS, signs, unavoidable
from generator.checks.spelling import missing_dictionary
from generator.model.catalogue import Catalogue
from generator.model.red_flag import UrgencyLevel
from generator.reports.overview_hindrances import Objection
from generator.reports.readability_facts import PageFacts, page_facts
from generator.reports.readability_sheets import INSTRUMENTS, OPEN_QUESTIONS, PERSON, FilledItem, Instrument
from generator.text.lix import Readability, readability
from generator.web import templates

ADVICE = (
    "lix", "sentence-length", "paragraph-length", "passives", "heavy-nouns",
    "hard-words", "terms", "shares", "spelling",
)  # fmt: skip
"""The checks whose advice is about how a text is written."""


@dataclass(frozen=True)
class PageSheets:
    """One page's half-filled sheets."""

    facts: PageFacts
    filled: tuple[tuple[Instrument, tuple[FilledItem, ...]], ...]

    @property
    def open(self) -> int:
        """How many questions wait for a person."""
        return sum(line.answer is None for _, lines in self.filled for line in lines)


@dataclass(frozen=True)
class ReadabilityReport:
    """All that was read on a day."""

    day: date
    texts: tuple[PageFacts, ...]
    levels: tuple[tuple[UrgencyLevel, Readability], ...]
    sheets: tuple[PageSheets, ...]
    not_spelled: str | None
    """What to tell where spelling could not be checked."""


def readability_report(catalogue: Catalogue, as_of: date) -> ReadabilityReport:
    """Return the report; a total score is never in it, since only people can answer most of what it would rest on."""
    advice = tuple(problem for problem in find(catalogue, as_of, "draft").advice if problem.check in ADVICE)
    texts = tuple(page_facts(catalogue, advice))
    spared = unavoidable(catalogue)
    levels = tuple((level, readability(signs(catalogue, level), spared)) for level in catalogue.urgency_levels.values())
    return ReadabilityReport(as_of, texts, levels, tuple(_sheets(texts)), missing_dictionary())


def readability_html(report: ReadabilityReport, title: str, directory: Path) -> str:
    """Return the report as one page that needs nothing beside it, for screen and A4."""
    known = {"hardest_page": HARDEST_PAGE, "hardest_signs": HARDEST_SIGNS, "open_questions": OPEN_QUESTIONS}
    return templates.render(directory, "readability.html", report=report, title=title, person=PERSON, **known)


def readability_data(report: ReadabilityReport) -> dict[str, Any]:
    """Return the same for other programs; an answer that waits for a person is null."""
    return {
        "as_of": report.day.isoformat(),
        "limits": {"page": HARDEST_PAGE, "signs": HARDEST_SIGNS},
        "spelling_checked": report.not_spelled is None,
        "texts": [_text(facts) for facts in report.texts],
        "signs": [{"level": level.id, **_figures(reading)} for level, reading in report.levels],
        "sheets": [_sheet(sheet) for sheet in report.sheets],
    }


def _sheets(texts: tuple[PageFacts, ...]) -> Iterator[PageSheets]:
    """Yield a sheet per page; what stands on paper alone is read, but has no page to judge."""
    for facts in texts:
        if facts.topic.section != "foldere":
            yield PageSheets(facts, tuple((instrument, instrument.lines(facts)) for instrument in INSTRUMENTS))


def _sheet(sheet: PageSheets) -> dict[str, Any]:
    answers = {instrument.id: [asdict(line) for line in lines] for instrument, lines in sheet.filled}
    return {"id": sheet.facts.topic.id, **answers}


def _text(facts: PageFacts) -> dict[str, Any]:
    return {
        "id": facts.topic.id,
        "path": str(facts.topic.origin.path),
        **_figures(facts.reading),
        "advice": [asdict(Objection.of(problem)) for problem in facts.advice],
    }


def _figures(reading: Readability) -> dict[str, Any]:
    return {
        "lix": reading.lix,
        "lix_without_unavoidable": reading.spared_lix,
        "sentences": reading.sentences,
        "words": reading.words,
        "long_words": reading.long_words,
        "unavoidable": reading.spared,
    }
