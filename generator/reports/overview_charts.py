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
from generator.codes.releases import size_of
from generator.codes.standing import numbers_differ
from generator.model.catalogue import Catalogue
from generator.model.place import CONFIRMATION_LASTS, CONFIRMED_FOR, Region
from generator.model.signing import signables, signatures
from generator.reports.readability_facts import PageFacts
from generator.text.lix import readability

Tone = Literal["good", "wait", "bad", "past"]
"""As it should be, waiting for somebody, wrong, or over."""
PaperState = Literal["same", "differs", "wrong-number", "sender-gone", "replaced", "withdrawn", "reserved"]
Bars = Mapping[str, tuple[str, Tone]]
"""The bars of a chart in their order, each with its words and its tone."""
SIGNATURES: Bars = {
    "signed": ("underskrevet", "good"),
    "changed": ("ændret efter underskriften", "bad"),
    "lapsed": ("underskriften gælder ikke den dag", "bad"),
    "unsigned": ("aldrig underskrevet", "wait"),
}
REVIEWS: Bars = {
    "in-time": ("i god tid", "good"),
    "soon": (f"inden for {HORIZON.days} dage", "wait"),
    "overdue": ("overskredet", "bad"),
    "not-agreed": ("ikke aftalt", "wait"),
}
NUMBERS: Bars = {
    "confirmed": ("bekræftet inden for et år", "good"),
    "ageing": ("bekræftet for over et år siden", "wait"),
    "expired": ("bekræftelsen er for gammel", "bad"),
    "unconfirmed": ("ikke bekræftet", "bad"),
}
PAPER_STATES: Bars = {
    "same": ("siger det samme som siden", "good"),
    "differs": ("siger noget andet end siden", "wait"),
    "wrong-number": ("bærer et nummer, der ikke gælder", "bad"),
    "sender-gone": ("har en afsender, der ikke findes mere", "bad"),
    "replaced": ("afløst", "past"),
    "withdrawn": ("kaldt tilbage", "past"),
    "reserved": ("kun reserverede koder", "past"),
}
"""How a code stands; the first four are in use by the register."""
STATE_WORDS = {
    "reviews": {id: label for id, (label, _) in REVIEWS.items()},
    "paper": {id: label for id, (label, _) in PAPER_STATES.items()},
}
"""How the state of a review and of a code is said beside it."""
AFFECTED: tuple[PaperState, ...] = ("differs", "wrong-number", "sender-gone")


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
    reviews = (review_state(text.review_due, as_of) for text in texts_of(catalogue, None))
    texts = (found.reading.spared_lix <= HARDEST_PAGE for found in facts)
    papers = (paper_state(catalogue, one, as_of) for one in printed)
    signed = "Afsnit i tekster, alarmtegn, figurer, foldere og regionernes samlede alarmtegn."
    registered = "Efter registret. Hvor mange der ligger fremme, ved det ikke."
    valid = "Områdernes numre, som de gælder den dag. 112 er ikke med."
    return (
        _chart("signatures", "Underskrifter", SIGNATURES, _signatures(catalogue, as_of), signed),
        _chart("reviews", "Næste gennemgang", REVIEWS, reviews, "Tekster, beslutningsveje og standardtekster."),
        _chart("numbers", "Numre at ringe til", NUMBERS, _confirmations(catalogue, as_of), valid),
        _aim("readability", "Tekster til borgere og målet for læsbarhed", HARDEST_PAGE, texts),
        _aim("sign-readability", "Alarmtegnenes hastegrader og målet", HARDEST_SIGNS, _levels(catalogue)),
        _chart("paper", "Koder og trykte udgaver", PAPER_STATES, papers, registered),
    )


def review_state(due: date | None, as_of: date) -> str:
    """Return which of `REVIEWS` a text belongs to."""
    if due is None:
        return "not-agreed"
    if due < as_of:
        return "overdue"
    return "soon" if due <= as_of + HORIZON else "in-time"


def paper_state(catalogue: Catalogue, found: Carrier, as_of: date) -> PaperState:
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


def _chart(id: str, title: str, bars: Bars, found: Iterable[str], note: str) -> Chart:
    """Return the chart of what was found, each thing named by the bar that it belongs to."""
    counts = Counter(found)
    whole = counts.total() or 1
    rows = ((id, label, counts[id], tone) for id, (label, tone) in bars.items())
    return Chart(id, title, tuple(Bar(*row, round(100 * row[2] / whole, 2)) for row in rows), note)


def _signatures(catalogue: Catalogue, as_of: date) -> Iterator[str]:
    for entity in signables(catalogue):
        if isinstance(entity, Region) and not entity.is_valid_on(as_of):
            continue  # whoever does not publish on the day has nothing to sign that day
        stands = signatures(catalogue, entity, as_of)
        yield from ("signed" for _ in stands.valid)
        yield from (missing.why for missing in stands.missing)


def _confirmations(catalogue: Catalogue, as_of: date) -> Iterator[str]:
    phones = (phone for area in areas_of(catalogue, as_of, None) for phone in area.phones)
    for phone in (phone for phone in phones if phone.number and phone.is_valid_on(as_of)):
        age = as_of - phone.verified_on if phone.verified_on else None
        if age is None:
            yield "unconfirmed"
        elif age > CONFIRMATION_LASTS:
            yield "expired"
        else:
            yield "ageing" if age > CONFIRMED_FOR else "confirmed"


def _aim(id: str, title: str, limit: int, reached: Iterable[bool]) -> Chart:
    bars: Bars = {"within": (f"LIX {limit} eller derunder", "good"), "over": (f"LIX over {limit}", "wait")}
    note = "Regnet uden de lange ord, som ikke kan undgås. Målet er vores eget."
    return _chart(id, title, bars, ("within" if is_reached else "over" for is_reached in reached), note)


def _levels(catalogue: Catalogue) -> Iterator[bool]:
    spared = unavoidable(catalogue)
    for level in catalogue.urgency_levels.values():
        yield readability(signs(catalogue, level), spared).spared_lix <= HARDEST_SIGNS
