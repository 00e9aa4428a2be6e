"""Checks that only publication asks for: what stands between a draft and a page a region can put its name to.

Where one region is published alone, what only other regions have to supply does not stand in its way.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from generator.danish import long_date
from generator.hosts import why_unfit
from generator.model.catalogue import Catalogue
from generator.model.pathway import Pathway
from generator.model.place import Area, Region
from generator.model.record import Entity
from generator.model.standard_text import StandardText
from generator.model.topic import Topic
from generator.problems import Problem

STATEMENT_LASTS = timedelta(days=365)
"""How long an accessibility statement may stand: it is revised at least once a year (Order 904 of 22 August 2019)."""

_LONGEST = timedelta(days=3 * 366)
"""Between two reviews of a text; what nobody looks at for longer is not looked after. Our own rule."""


def check_code_host(catalogue: Catalogue) -> Iterator[Problem]:
    """Codes on paper lead to the host they were printed with, and to one that will be there for years."""
    settings = catalogue.settings
    for entry in catalogue.entries.values():
        address = settings.code_address(entry.id)
        if entry.address is not None and entry.address != address:
            message = f"koden er trykt med adressen {entry.address}, men ville nu ligge på {address}"
            yield settings.problem(message, "skriv den adresse, som koderne blev trykt med", "code_host")
            return
    if reason := why_unfit(settings.code_host):
        message = f"koderne på papir peger på »{settings.code_host}«, som {reason}"
        yield settings.problem(message, "skriv den adresse, som koderne skal pege på for altid", "code_host")


def check_sources(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """What rests on a source that no longer holds, or does not hold yet, is not known to be true on the day."""
    cited = {target for entity in catalogue.entities() for _, kind, target in entity.references() if kind == "source"}
    for source in catalogue.sources.values():
        if source.id in cited and not source.is_valid_on(as_of):
            ended = source.valid_to is not None and source.valid_to < as_of
            day = source.valid_to if ended else source.valid_from
            assert day is not None, "what is open at both ends is always valid"
            message = f"kilden »{source.id}« {'gjaldt kun til' if ended else 'gælder først fra'} {long_date(day)}"
            remedy = "find den kilde, der gælder nu, eller ret datoen"
            yield source.problem(message, remedy, "valid_to" if ended else "valid_from")


def check_mandates(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """Pages under a region's name are the region's only where somebody there has decided so."""
    message, remedy = "ingen i regionen har besluttet at udgive siderne", "skriv, hvem der har besluttet det"
    yield from _lacking(publishers(catalogue, as_of, region), "publisher_mandate", message, remedy)


def check_accessibility_statements(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """The law on accessible websites asks every public publisher for a statement of its own."""
    message, remedy = "tilgængelighedserklæringen mangler", "lav den i WAS-Tool, og skriv adressen"
    yield from _lacking(publishers(catalogue, as_of, region), "accessibility_statement", message, remedy)


def check_statement_dates(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """A statement is revised at least once a year; an outdated one is what authorities are most often ordered to mend.

    Digitaliseringsstyrelsen's supervision of 2023: 101 of its orders were about a statement that was not up to date.
    """
    key = "accessibility_statement_updated"
    for publisher in publishers(catalogue, as_of, region):
        updated = publisher.accessibility_statement_updated
        if updated is None and publisher.accessibility_statement:  # without a statement, that is the one mistake
            message = "ingen har oplyst, hvornår tilgængelighedserklæringen sidst er rettet"
            yield publisher.problem(message, f"skriv dagen i {key}", key)
        elif updated is not None and as_of > updated + STATEMENT_LASTS:
            day = long_date(updated)
            message = f"tilgængelighedserklæringen er fra {day}, og den skal rettes mindst én gang om året"
            yield publisher.problem(message, f"ret den i WAS-Tool, og skriv den nye dag i {key}", key)


def check_hosting(catalogue: Catalogue) -> Iterator[Problem]:
    """Readers are told whose server the pages lie on and what it keeps about them; nobody can guess that for them."""
    message = "ingen har oplyst, hvem der driver serveren, og hvad den gemmer om læserne"
    yield from _lacking((catalogue.settings,), "hosting", message, "udfyld hosting: {operator: …, logs: …}")


def check_contacts(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """Whoever cannot use the pages must be able to say so, in writing and by phone."""
    for publisher in publishers(catalogue, as_of, region):
        if not (publisher.contact.email and publisher.contact.phone):
            message = "loven kræver både en skriftlig og en telefonisk kontakt"
            yield publisher.problem(message, "udfyld contact: {email: …, phone: …}", "contact")


def check_own_sites(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """Codes of a region that publishes by itself lead to its own host, which must be one that everybody can open."""
    for publisher in publishers(catalogue, as_of, region):
        if publisher.own_site and (reason := why_unfit(publisher.own_site)):
            message = f"regionens koder fører til »{publisher.own_site}«, som {reason}"
            yield publisher.problem(message, "skriv den adresse, hvor regionen udgiver siderne", "own_site")


def check_crisis_routes(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """Where a text touches on mood, a reader in a crisis must learn whom to turn to here."""
    if any(topic.touches_mood for topic in catalogue.topics.values()):
        message = "ingen har oplyst, hvor man henvender sig i en psykisk krise"
        yield from _lacking(publishers(catalogue, as_of, region), "crisis_route", message, "udfyld crisis_route")


def check_confirmed_phones(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """A number that the region itself has not confirmed is not printed as if it had."""
    for area in areas_of(catalogue, as_of, region):
        for index, phone in enumerate(area.phones):
            if phone.is_valid_on(as_of) and not phone.is_confirmed:
                message, way = f"nummeret {phone.number} er ikke bekræftet af regionen", ("phones", index, "number")
                yield area.problem(message, "skriv datoen for regionens svar i verified_on", *way)


def check_text_routes(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """A number to call helps nobody who cannot hear."""
    message = "ingen har oplyst, hvordan døve får hjælp uden at ringe"
    yield from _lacking(areas_of(catalogue, as_of, region), "text_route", message, "udfyld text_route")


def check_title_permissions(catalogue: Catalogue, region: str | None) -> Iterator[Problem]:
    """A title that belongs to somebody else is used with leave only."""
    for leaflet in catalogue.leaflets.values():
        if leaflet.title_permission is None and (region is None or region in leaflet.senders):
            message = f"ingen har givet lov til at bruge titlen »{leaflet.title}«"
            yield leaflet.problem(message, "skriv hvem og hvornår i title_permission", "title_permission")


def check_owners(catalogue: Catalogue, region: str | None) -> Iterator[Problem]:
    """A text without an owner is a text that nobody mends."""
    yield from _lacking(texts_of(catalogue, region), "owner", "ingen er ansvarlig for teksten", "skriv rollen i owner")


def check_reviews_held(catalogue: Catalogue, region: str | None) -> Iterator[Problem]:
    """Health texts grow old unseen: each was read through on a day, and will be again on another."""
    for text in texts_of(catalogue, region):
        if text.last_reviewed is None:
            yield text.problem("teksten er aldrig gennemgået", "skriv datoen i last_reviewed", "last_reviewed")
        if text.review_due is None:
            yield text.problem("næste gennemgang er ikke aftalt", "skriv datoen i review_due", "review_due")
        elif text.last_reviewed and text.review_due - text.last_reviewed > _LONGEST:
            message = f"der er mere end tre år mellem gennemgangene (næste er den {long_date(text.review_due)})"
            yield text.problem(message, "aftal en gennemgang inden for tre år", "review_due")


def _lacking(entities: Iterable[Entity], key: str, message: str, remedy: str) -> Iterator[Problem]:
    for entity in entities:
        if getattr(entity, key) is None:
            yield entity.problem(message, remedy, key)


def texts_of(catalogue: Catalogue, region: str | None) -> Iterator[Topic | Pathway | StandardText]:
    """Yield all texts that somebody must have signed; one whose wording is not published has none to sign."""
    yield from catalogue.topics.values()
    worded = [text for text in catalogue.standard_texts.values() if text.wording]
    several: list[Pathway | StandardText] = [*catalogue.pathways.values(), *worded]
    for text in several:
        if region in (None, text.region) or text.region == "national":
            yield text


def publishers(catalogue: Catalogue, as_of: date, region: str | None) -> list[Region]:
    """Return the regions whose pages are published on the day: that one, or all."""
    return [publisher for publisher in catalogue.regions_on(as_of) if region in (None, publisher.id)]


def areas_of(catalogue: Catalogue, as_of: date, region: str | None) -> list[Area]:
    """Return the areas whose readers are told of; a region published alone answers for its own."""
    if region is None:
        return list(catalogue.areas.values())
    own = {name for publisher in publishers(catalogue, as_of, region) for name in publisher.areas}
    return [area for area in catalogue.areas.values() if area.id in own]
