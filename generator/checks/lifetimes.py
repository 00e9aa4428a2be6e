"""Checks of dates: a beginning comes before its end, and nothing is confirmed before it happens."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from generator.danish import long_date
from generator.model.catalogue import Catalogue
from generator.model.place import LocalException, Phone, Region
from generator.model.record import Lasting
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


def check_overlaps(catalogue: Catalogue) -> Iterator[Problem]:
    """Of two numbers to the same, or two words about one island, only one is right on a day, and both hold on paper.

    The older of two numbers is the one that would be shown, and nobody would notice that the new one is not.
    """
    for area in catalogue.areas.values():
        numbers = [(("phones", index), phone.purpose, phone) for index, phone in enumerate(area.phones)]
        exceptions = enumerate(area.exceptions)
        places = [(("exceptions", index), " ".join(one.place.casefold().split()), one) for index, one in exceptions]
        for one, other in (*combinations(numbers, 2), *combinations(places, 2)):
            (_, what, first), (way, other_what, second) = sorted((one, other), key=lambda found: _begins(found[2]))
            if what == other_what and _overlap(first, second):
                yield area.problem(_at_once(first, second), _remedy(first, second), *way, "valid_from")


def check_shared_areas(catalogue: Catalogue) -> Iterator[Problem]:
    """A place that two regions have on one day has two senders of the same number, and neither answers for it."""
    for one, other in combinations(catalogue.regions.values(), 2):
        first, second = sorted((one, other), key=_begins)
        for index, area in enumerate(second.areas):
            if area in first.areas and _overlap(first, second):
                lives = f"{second.name} er der {_how_long(second)}, men {first.name} er der {_how_long(first)}"
                message = f"to regioner har området »{area}« på samme tid: {lives}"
                yield second.problem(message, _remedy(first, second), "areas", index)


def _at_once(first: Lasting, second: Lasting) -> str:
    if isinstance(first, Phone) and isinstance(second, Phone):
        later, earlier = _called(second), f"{_called(first)} til det samme"
    else:
        assert isinstance(second, LocalException), "what is no number is about a place"
        later, earlier = f"oplysningen om {second.place}", "en anden om samme sted"
    return f"{later} gælder {_how_long(second)}, men {earlier} gælder {_how_long(first)}"


def _called(phone: Phone) -> str:
    return f"nummeret {phone.number}" if phone.number else phone.name


def _begins(record: Lasting) -> date:
    return record.valid_from or date.min


def _overlap(one: Lasting, other: Lasting) -> bool:
    begins = max(_begins(one), _begins(other))
    return one.is_valid_on(begins) and other.is_valid_on(begins)


def _how_long(record: Lasting) -> str:
    ends = f"til {long_date(record.valid_to)}" if record.valid_to else "uden slutdag"
    return f"fra {long_date(record.valid_from)} {ends}" if record.valid_from else ends


def _remedy(first: Lasting, second: Lasting) -> str:
    """Return what to write: the earlier one ends the day before the later begins, where one is earlier."""
    if second.valid_from and second.valid_from > _begins(first):
        return f"skriv valid_to: {second.valid_from - timedelta(days=1)} ved det, der gælder først, eller ret datoerne"
    return "slet det ene, eller ret valid_from og valid_to, så kun ét af dem gælder ad gangen"


def check_reviews(catalogue: Catalogue) -> Iterator[Problem]:
    """A text whose next review lies before its last has one of the two dates wrong."""
    for text in (*catalogue.topics.values(), *catalogue.pathways.values(), *catalogue.standard_texts.values()):
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
