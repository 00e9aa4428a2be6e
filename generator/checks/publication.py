"""All that stands between a draft and a page that a region can put its name to."""

from collections.abc import Container, Iterator
from datetime import date

from generator.addresses import code_address
from generator.danish import long_date
from generator.hosts import why_unfit
from generator.model.catalogue import Catalogue
from generator.model.leaflet import Leaflet
from generator.model.pathway import Pathway
from generator.model.place import Region
from generator.model.record import Entity
from generator.model.standard_text import StandardText
from generator.model.topic import Topic
from generator.problems import Problem


def check_publication(catalogue: Catalogue, as_of: date, only: str | None = None) -> Iterator[Problem]:
    """Only what is approved, confirmed and unexpired is published; everything missing is named where it is missing.

    Where one region is published alone, what only other regions have to supply does not stand in its way.
    """
    yield from _code_host(catalogue)
    yield from _sources(catalogue, as_of)
    regions = [region for region in catalogue.regions_on(as_of) if only in (None, region.id)]
    for region in regions:
        yield from _region(catalogue, region)
    for text in _texts(catalogue, only):
        yield from _text(text, as_of)
    yield from _unsigned(catalogue)
    areas = catalogue.areas if only is None else {name for region in regions for name in region.areas}
    yield from _phones(catalogue, as_of, areas)
    for leaflet in catalogue.leaflets.values():
        if only is None or only in leaflet.senders:
            yield from _leaflet(leaflet)


def _unsigned(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what says something beside the texts that nobody has put a role and a day to."""
    found: list[tuple[Entity, str]] = []
    for flag in catalogue.red_flags.values():
        differing = " (kilderne er uenige: se disagreements)" if flag.disagreements else ""
        if flag.approved_by is None:
            found.append((flag, f"alarmtegnet og dets hastegrad er ikke fagligt godkendt{differing}"))
    said = "figuren og det, den siger, er ikke fagligt godkendt"
    found += [(figure, said) for figure in catalogue.figures.values() if figure.approved_by is None]
    said = "sammenligningen er ikke fagligt godkendt"
    found += [(comparison, said) for comparison in catalogue.comparisons.values() if comparison.approved_by is None]
    for entity, message in found:
        yield entity.problem(message, "udfyld approved_by: {role: …, on: …}", "approved_by")
    for level in catalogue.urgency_levels.values():
        for index, line in enumerate(level.paper_lines):
            if line.approved_by is None:
                message, way = "alarmtegnenes linje på papir er ikke fagligt godkendt", ("paper_lines", index)
                yield level.problem(message, "udfyld approved_by: {role: …, on: …}", *way, "approved_by")


def _code_host(catalogue: Catalogue) -> Iterator[Problem]:
    """Codes on paper lead to the host they were printed with, and to one that will be there for years."""
    settings = catalogue.settings
    for entry in catalogue.entries.values():
        address = code_address(settings.code_host, entry.id)
        if entry.address is not None and entry.address != address:
            message = f"koden er trykt med adressen {entry.address}, men ville nu ligge på {address}"
            yield settings.problem(message, "skriv den adresse, som koderne blev trykt med", "code_host")
            return
    if reason := why_unfit(settings.code_host):
        message = f"koderne på papir peger på »{settings.code_host}«, som {reason}"
        yield settings.problem(message, "skriv den adresse, som koderne skal pege på for altid", "code_host")


def _sources(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Yield the sources that something rests on, and that do not hold on the day."""
    cited = {target for entity in catalogue.entities() for _, kind, target in entity.references() if kind == "source"}
    for source in catalogue.sources.values():
        if source.id in cited and not source.is_valid_on(as_of):
            ended = source.valid_to is not None and source.valid_to < as_of
            day = source.valid_to if ended else source.valid_from
            assert day is not None, "what is open at both ends is always valid"
            message = f"kilden »{source.id}« {'gjaldt kun til' if ended else 'gælder først fra'} {long_date(day)}"
            remedy = "find den kilde, der gælder nu, eller ret datoen"
            yield source.problem(message, remedy, "valid_to" if ended else "valid_from")


def _region(catalogue: Catalogue, region: Region) -> Iterator[Problem]:
    needs = (
        ("publisher_mandate", region.publisher_mandate, "ingen i regionen har besluttet at udgive siderne",
         "skriv, hvem der har besluttet det"),
        ("accessibility_statement", region.accessibility_statement, "tilgængelighedserklæringen mangler",
         "lav den i WAS-Tool, og skriv adressen"),
        ("contact", region.contact.email and region.contact.phone,
         "loven kræver både en skriftlig og en telefonisk kontakt", "udfyld contact: {email: …, phone: …}"),
    )  # fmt: skip
    for key, value, message, remedy in needs:
        if not value:
            yield region.problem(message, remedy, key)
    if region.own_site and (reason := why_unfit(region.own_site)):
        message = f"regionens koder fører til »{region.own_site}«, som {reason}"
        yield region.problem(message, "skriv den adresse, hvor regionen udgiver siderne", "own_site")
    if region.crisis_route is None and any(topic.touches_mood for topic in catalogue.topics.values()):
        message = "ingen har oplyst, hvor man henvender sig i en psykisk krise"
        yield region.problem(message, "udfyld crisis_route", "crisis_route")


def _texts(catalogue: Catalogue, only: str | None) -> Iterator[Topic | Pathway | StandardText]:
    """Yield all words that somebody must have signed; a text whose wording is not published has none."""
    yield from catalogue.topics.values()
    worded = [text for text in catalogue.standard_texts.values() if text.wording]
    several: list[Pathway | StandardText] = [*catalogue.pathways.values(), *worded]
    for text in several:
        if only in (None, text.region) or text.region == "national":
            yield text


def _text(text: Topic | Pathway | StandardText, as_of: date) -> Iterator[Problem]:
    if text.approved_by is None:
        yield text.problem("teksten er ikke fagligt godkendt", "udfyld approved_by: {role: …, on: …}", "approved_by")
    if text.owner is None:
        yield text.problem("ingen er ansvarlig for teksten", "skriv rollen i owner", "owner")
    if text.last_reviewed is None:
        yield text.problem("teksten er aldrig gennemgået", "skriv datoen i last_reviewed", "last_reviewed")
    if text.review_due is None:
        yield text.problem("næste gennemgang er ikke aftalt", "skriv datoen i review_due", "review_due")
    elif text.review_due < as_of:
        message = f"teksten skulle være gennemgået den {long_date(text.review_due)}"
        yield text.problem(message, "gennemgå den, og skriv en ny dato", "review_due")


def _phones(catalogue: Catalogue, as_of: date, names: Container[str]) -> Iterator[Problem]:
    for area in (area for area in catalogue.areas.values() if area.id in names):
        for index, phone in enumerate(area.phones):
            if phone.is_valid_on(as_of) and not phone.is_confirmed:
                yield area.problem(
                    f"nummeret {phone.number} er ikke bekræftet af regionen",
                    "skriv datoen for regionens svar i verified_on",
                    *("phones", index, "number"),
                )
        if area.text_route is None:
            yield area.problem(
                "ingen har oplyst, hvordan døve får hjælp uden at ringe", "udfyld text_route", "text_route"
            )


def _leaflet(leaflet: Leaflet) -> Iterator[Problem]:
    if leaflet.title_permission is None:
        message = f"ingen har givet lov til at bruge titlen »{leaflet.title}«"
        yield leaflet.problem(message, "skriv hvem og hvornår i title_permission", "title_permission")
