"""What has a beginning has it before its end, and nothing is confirmed before it happens."""

from collections.abc import Iterator, Mapping
from datetime import date

from generator.danish import long_date
from generator.model.catalogue import Catalogue
from generator.model.pathway import Pathway
from generator.model.place import Region
from generator.model.record import Lasting
from generator.model.standard_text import StandardText
from generator.model.topic import Topic
from generator.problems import Problem

CONFIRMATIONS = ("verified_on", "phone_verified_on", "on", "last_reviewed", "accessibility_statement_updated")
"""The fields that tell when a person confirmed, signed or reviewed something.

The day a source was fetched is not among them: nobody vouches for a fact with it, and the pages may be built as they
would have been on an earlier day.
"""


def check_lifetimes(catalogue: Catalogue) -> Iterator[Problem]:
    """A lifetime that ends before it starts hides the fact on every day, and nobody would notice."""
    for entity in catalogue.entities():
        for location, lasting in entity.within():
            if not isinstance(lasting, Lasting) or not lasting.valid_from or not lasting.valid_to:
                continue
            if lasting.valid_to < lasting.valid_from:
                message = f"gælder til {lasting.valid_to}, men først fra {lasting.valid_from}"
                yield entity.problem(message, "ret valid_from eller valid_to", *location, "valid_to")


def check_reviews(catalogue: Catalogue) -> Iterator[Problem]:
    """A text whose next review lies before its last has one of the two dates wrong."""
    texts: tuple[Mapping[str, Topic | Pathway | StandardText], ...] = (
        catalogue.topics, catalogue.pathways, catalogue.standard_texts,
    )  # fmt: skip
    for text in (text for kind in texts for text in kind.values()):
        if text.last_reviewed and text.review_due and text.review_due < text.last_reviewed:
            message = f"næste gennemgang den {long_date(text.review_due)} ligger før den sidste"
            yield text.problem(message, "ret last_reviewed eller review_due", "review_due")


def check_confirmations(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """A confirmation of tomorrow is a promise at best; on the page it would pass for a fact."""
    for entity in catalogue.entities():
        for location, record in entity.within():
            for name in CONFIRMATIONS:
                day = getattr(record, name, None)
                if isinstance(day, date) and day > as_of:
                    message = f"»{name}« er den {long_date(day)}, og en bekræftelse kan ikke ligge i fremtiden"
                    yield entity.problem(message, "skriv den dag, det skete, eller null", *location, name)


def check_successors(catalogue: Catalogue) -> Iterator[Problem]:
    """Whoever looks for a region that has ceased to be must arrive at one that came after it."""
    for region in catalogue.regions.values():
        for index, name in enumerate(region.successors):
            heir = catalogue.regions.get(name)
            if heir and (fault := _fault(catalogue, region, heir)):
                yield region.problem(*fault, "successors", index)


def _fault(catalogue: Catalogue, region: Region, heir: Region) -> tuple[str, str] | None:
    if heir is region:
        return "regionen afløser sig selv", "skriv den region, der kommer efter, eller slet linjen"
    if region.id in _after(catalogue, heir):
        return f"»{region.id}« og »{heir.id}« afløser hinanden i ring", "slet den af dem, der ikke kommer efter"
    if region.valid_to and heir.valid_to and heir.valid_to <= region.valid_to:
        message = f"»{heir.id}« holder op den {long_date(heir.valid_to)}, før den kan afløse regionen"
        return message, "skriv en region, der er der bagefter, eller ret valid_to"
    return None


def _after(catalogue: Catalogue, region: Region) -> set[str]:
    """Return every region that is reached by going from successor to successor."""
    found: set[str] = set()
    waiting = [region.id]
    while waiting:
        current = catalogue.regions.get(waiting.pop())
        following = set(current.successors) - found if current else set()
        found |= following
        waiting += following
    return found
