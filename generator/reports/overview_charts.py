"""How the whole project stands on a day, as small charts: counted, never weighed together into one figure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.checks.publication import areas_of, texts_of
from generator.checks.readability import HARDEST_PAGE, HARDEST_SIGNS, signs, unavoidable
from generator.checks.upcoming import HORIZON
from generator.codes.recall import Carrier
from generator.codes.releasing import size_of
from generator.codes.standing import numbers_differ
from generator.model.catalogue import Catalogue
from generator.model.place import CONFIRMATION_LASTS, CONFIRMED_FOR, Phone, Region
from generator.model.signing import signables, standing
from generator.reports.readability_facts import PageFacts
from generator.text.lix import read

Tone = Literal["good", "wait", "bad", "past"]
"""As it should be, waiting for somebody, wrong, or over."""
Paper = Literal["same", "differs", "wrong-number", "sender-gone", "replaced", "withdrawn", "reserved"]
REVIEWS: Mapping[str, str] = {
    "in-time": "i god tid",
    "soon": f"inden for {HORIZON.days} dage",
    "overdue": "overskredet",
    "not-agreed": "ikke aftalt",
}
PAPER: Mapping[Paper, str] = {
    "same": "siger det samme som siden",
    "differs": "siger noget andet end siden",
    "wrong-number": "bærer et nummer, der ikke gælder",
    "sender-gone": "har en afsender, der ikke findes mere",
    "replaced": "afløst",
    "withdrawn": "kaldt tilbage",
    "reserved": "kun reserverede koder",
}
"""How a code stands, in Danish; the first four are in use by the register."""
AFFECTED: tuple[Paper, ...] = ("differs", "wrong-number", "sender-gone")


@dataclass(frozen=True)
class Bar:
    """One figure of a chart, with its words and its length in per cent of all."""

    id: str
    label: str
    count: int
    tone: Tone
    length: float


@dataclass(frozen=True)
class Chart:
    """Some figures that together are all there is of something."""

    id: str
    title: str
    bars: tuple[Bar, ...]
    note: str

    @property
    def sum(self) -> int:
        """All there are."""
        return sum(bar.count for bar in self.bars)


def charts(
    catalogue: Catalogue, as_of: date, facts: Iterable[PageFacts], printed: Iterable[Carrier]
) -> tuple[Chart, ...]:
    """Return the charts: signatures, reviews, numbers, how easy texts and signs are to read, and paper."""
    counted = [facts.reading.spared_lix <= HARDEST_PAGE for facts in facts]
    return (
        _signatures(catalogue, as_of),
        _reviews(catalogue, as_of),
        _numbers(catalogue, as_of),
        _aim("readability", "Tekster til borgere og målet for læsbarhed", HARDEST_PAGE, counted),
        _aim("sign-readability", "Alarmtegnenes hastegrader og målet", HARDEST_SIGNS, list(_levels(catalogue))),
        _paper(catalogue, as_of, printed),
    )


def review_state(due: date | None, as_of: date) -> str:
    """Return which of `REVIEWS` a text belongs to."""
    if due is None:
        return "not-agreed"
    if due < as_of:
        return "overdue"
    return "soon" if due <= as_of + HORIZON else "in-time"


def paper_state(catalogue: Catalogue, found: Carrier, as_of: date) -> Paper:
    """Return how a code stands on the day; what is in use and differs in several ways has the gravest."""
    edition = found.edition
    if edition.status in ("withdrawn", "replaced"):
        return "withdrawn" if edition.status == "withdrawn" else "replaced"
    if edition.status == "draft":
        return "reserved"
    if found.standing.kind == "replaced":
        return "sender-gone"
    if found.standing.kind == "outdated":
        return "wrong-number"
    return "differs" if difference(catalogue, found, as_of) else "same"


def difference(catalogue: Catalogue, found: Carrier, as_of: date) -> str:
    """Return in words how much paper differs from its page; nothing where it does not."""
    return size_of(found.standing.changes, numbers_differ(catalogue, found.edition, as_of))


def _chart(id: str, title: str, rows: Iterable[tuple[str, str, int, Tone]], note: str) -> Chart:
    told = list(rows)
    whole = sum(count for _, _, count, _ in told) or 1
    bars = (Bar(id, label, count, tone, round(100 * count / whole, 2)) for id, label, count, tone in told)
    return Chart(id, title, tuple(bars), note)


def _signatures(catalogue: Catalogue, as_of: date) -> Chart:
    found: Counter[str] = Counter()
    for entity in signables(catalogue):
        if isinstance(entity, Region) and not entity.is_valid_on(as_of):
            continue  # whoever does not publish on the day has nothing to sign that day
        stands = standing(catalogue, entity, as_of)
        found["signed"] += len(stands.valid)
        found.update(missing.why for missing in stands.missing)
    rows: tuple[tuple[str, str, Tone], ...] = (
        ("signed", "underskrevet", "good"), ("changed", "ændret efter underskriften", "bad"),
        ("lapsed", "underskriften gælder ikke den dag", "bad"), ("unsigned", "aldrig underskrevet", "wait"),
    )  # fmt: skip
    note = "Afsnit i tekster, alarmtegn, figurer, foldere og regionernes samlede alarmtegn."
    return _chart("signatures", "Underskrifter", ((id, label, found[id], tone) for id, label, tone in rows), note)


def _reviews(catalogue: Catalogue, as_of: date) -> Chart:
    found = Counter(review_state(text.review_due, as_of) for text in texts_of(catalogue, None))
    tones: dict[str, Tone] = {"in-time": "good", "soon": "wait", "overdue": "bad", "not-agreed": "wait"}
    rows = ((id, label, found[id], tones[id]) for id, label in REVIEWS.items())
    return _chart("reviews", "Næste gennemgang", rows, "Tekster, beslutningsveje og standardtekster.")


def _numbers(catalogue: Catalogue, as_of: date) -> Chart:
    phones = (phone for area in areas_of(catalogue, as_of, None) for phone in area.phones)
    found = Counter(_confirmation(phone, as_of) for phone in phones if phone.number and phone.is_valid_on(as_of))
    rows: tuple[tuple[str, str, Tone], ...] = (
        ("confirmed", "bekræftet inden for et år", "good"), ("ageing", "bekræftet for over et år siden", "wait"),
        ("expired", "bekræftelsen er for gammel", "bad"), ("unconfirmed", "ikke bekræftet", "bad"),
    )  # fmt: skip
    note = "Områdernes numre, som de gælder den dag. 112 er ikke med."
    return _chart("numbers", "Numre at ringe til", ((id, label, found[id], tone) for id, label, tone in rows), note)


def _confirmation(phone: Phone, as_of: date) -> str:
    if phone.verified_on is None:
        return "unconfirmed"
    age = as_of - phone.verified_on
    if age > CONFIRMATION_LASTS:
        return "expired"
    return "ageing" if age > CONFIRMED_FOR else "confirmed"


def _aim(id: str, title: str, limit: int, reached: list[bool]) -> Chart:
    within = sum(reached)
    rows: tuple[tuple[str, str, int, Tone], ...] = (
        ("within", f"LIX {limit} eller derunder", within, "good"),
        ("over", f"LIX over {limit}", len(reached) - within, "wait"),
    )
    return _chart(id, title, rows, "Regnet uden de lange ord, som ikke kan undgås. Målet er vores eget.")


def _levels(catalogue: Catalogue) -> Iterator[bool]:
    spared = unavoidable(catalogue)
    for level in catalogue.urgency_levels.values():
        yield read(signs(catalogue, level), spared).spared_lix <= HARDEST_SIGNS


def _paper(catalogue: Catalogue, as_of: date, printed: Iterable[Carrier]) -> Chart:
    found = Counter(paper_state(catalogue, one, as_of) for one in printed)
    tones: dict[Paper, Tone] = {
        "same": "good", "differs": "wait", "wrong-number": "bad", "sender-gone": "bad",
        "replaced": "past", "withdrawn": "past", "reserved": "past",
    }  # fmt: skip
    rows = ((id, label, found[id], tones[id]) for id, label in PAPER.items())
    return _chart(
        "paper", "Koder og trykte udgaver", rows, "Efter registret. Hvor mange der ligger fremme, ved det ikke."
    )
