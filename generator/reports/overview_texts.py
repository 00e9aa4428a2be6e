"""The texts by the role that answers for them, each with what somebody who steers asks about it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.addresses import PAPER, pathway_page, topic_page
from generator.checks.publication import texts_of
from generator.codes.recall import Carrier
from generator.danish import alphabetical
from generator.model.catalogue import Catalogue
from generator.model.pathway import Pathway
from generator.model.signing import kind_of, signatures
from generator.model.standard_text import StandardText
from generator.model.topic import Topic
from generator.problems import Problem
from generator.reports.overview_charts import AFFECTED, paper_state, review_state
from generator.reports.readability_facts import PageFacts
from generator.reports.reader_counts import AnswerCounts, ReaderCounts


@dataclass(frozen=True)
class TextRow:
    """One text on the day."""

    kind: str
    id: str
    title: str
    path: str
    review_line: int
    review_due: date | None
    review: str
    """Which of `REVIEWS` that is."""
    parts: int
    missing: int
    """Parts that nobody stands behind; those that were changed or lapsed after a signature are told beside."""
    changed: int
    lapsed: int
    lix: float | None
    """None of a text for clinicians or in another language, which no figure is reckoned for."""
    lix_without_unavoidable: float | None
    advice: int
    editions: int
    """Printed editions in use that carry the text."""
    editions_affected: int
    """Those of them that say something else than their page, in this text or another, or hold a wrong number."""
    readers: AnswerCounts | None
    """None where no file of answers was given, or the text has no page of its own to answer about."""


@dataclass(frozen=True)
class Owner:
    """A role and its texts; None: nobody answers for them."""

    role: str | None
    texts: tuple[TextRow, ...]


class Known:
    """What was looked up once for all texts: by id their readings and editions, by path how much advice they have."""

    def __init__(
        self, catalogue: Catalogue, as_of: date, facts: Iterable[PageFacts], advice: Iterable[Problem],
        printed: Iterable[Carrier], counts: ReaderCounts | None,
    ) -> None:  # fmt: skip
        in_use = [one for one in printed if one.edition.status == "current"]
        affected = [one for one in in_use if paper_state(catalogue, one, as_of) in AFFECTED]
        self.readings = {found.topic.id: found.reading for found in facts}
        self.advice = Counter(str(problem.position.path) for problem in advice)
        self.editions = Counter(topic for one in in_use for topic in one.load.topics)
        self.affected = Counter(topic for one in affected for topic in one.load.topics)
        self.counts = counts


def owners(catalogue: Catalogue, as_of: date, known: Known) -> tuple[Owner, ...]:
    """Return every role with its texts, those that nobody answers for first, and its most urgent texts first."""
    found: dict[str | None, list[TextRow]] = {}
    for text in texts_of(catalogue, None):
        found.setdefault(text.owner, []).append(_row(catalogue, text, as_of, known))
    roles = sorted(found, key=lambda role: (role is not None, alphabetical(role or "")))
    return tuple(Owner(role, tuple(sorted(found[role], key=_urgency))) for role in roles)


def address_of(text: Topic | Pathway | StandardText) -> str | None:
    """Return the page that readers answer about, or None for what has none of its own."""
    if isinstance(text, Topic):
        return None if text.section in (PAPER, "front") else topic_page(text.section, text.id)
    return pathway_page(text.id) if isinstance(text, Pathway) else None


def answers_about(counts: ReaderCounts, key: Literal["page", "edition"], names: Iterable[str]) -> AnswerCounts:
    """Return what readers of all regions answered about some pages or some codes."""
    wanted = set(names)
    return sum((row for row in counts.counts if getattr(row, key) in wanted), AnswerCounts())


def unread_pages(catalogue: Catalogue, counts: ReaderCounts) -> Iterator[tuple[str, AnswerCounts]]:
    """Yield pages and codes that readers answered about and that no row shows, so that no answer is lost."""
    pages = {address_of(text) for text in texts_of(catalogue, None)}
    for row in counts.counts:
        if row.edition and row.edition not in catalogue.editions:
            yield row.edition, AnswerCounts() + row
        elif row.page and not row.edition and row.page not in pages:
            yield row.page, AnswerCounts() + row


def _row(catalogue: Catalogue, text: Topic | Pathway | StandardText, as_of: date, known: Known) -> TextRow:
    stands = signatures(catalogue, text, as_of)
    why = Counter(part.why for part in stands.missing)
    topic = text.id if isinstance(text, Topic) else ""
    reading = known.readings.get(topic)
    address = address_of(text)
    return TextRow(
        kind_of(text), text.id, text.title, str(text.origin.path),
        review_line=text.origin.at("review_due").line,
        review_due=text.review_due,
        review=review_state(text.review_due, as_of),
        parts=len(stands.valid) + len(stands.missing),
        missing=len(stands.missing), changed=why["changed"], lapsed=why["lapsed"],
        lix=reading.lix if reading else None,
        lix_without_unavoidable=reading.spared_lix if reading else None,
        advice=known.advice[str(text.origin.path)],
        editions=known.editions[topic],
        editions_affected=known.affected[topic],
        readers=answers_about(known.counts, "page", [address]) if known.counts and address else None,
    )  # fmt: skip


def _urgency(row: TextRow) -> tuple[int, date, str]:
    order = {"overdue": 0, "soon": 1, "not-agreed": 2, "in-time": 3}
    return order[row.review], row.review_due or date.max, row.path
