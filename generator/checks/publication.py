"""All that stands between a draft and a page that a region can put its name to."""

from collections.abc import Container, Iterator
from datetime import date
from urllib.parse import urlsplit

from generator.addresses import code_address
from generator.danish import long_date
from generator.model.catalogue import Catalogue
from generator.model.leaflet import Leaflet
from generator.model.place import Region
from generator.model.record import Entity
from generator.model.topic import Topic
from generator.problems import Problem

RESERVED_HOSTS = ("example", "test", "invalid", "localhost", "local")
"""Top-level names that can never be registered (RFC 2606 and RFC 6762)."""


def check_publication(catalogue: Catalogue, as_of: date, only: str | None = None) -> Iterator[Problem]:
    """Only what is approved, confirmed and unexpired is published; everything missing is named where it is missing.

    Where one region is published alone, what only other regions have to supply does not stand in its way.
    """
    yield from _settings(catalogue)
    yield from _codes(catalogue)
    regions = [region for region in catalogue.regions_on(as_of) if only in (None, region.id)]
    for region in regions:
        yield from _region(catalogue, region)
    for topic in catalogue.topics.values():
        yield from _topic(topic, as_of)
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


def _settings(catalogue: Catalogue) -> Iterator[Problem]:
    host = urlsplit(catalogue.settings.code_host).hostname or ""
    if host.rpartition(".")[2] in RESERVED_HOSTS:
        message = f"koderne på papir peger på »{catalogue.settings.code_host}«, som aldrig kan findes på nettet"
        yield catalogue.settings.problem(message, "skriv den adresse, som koderne skal pege på for altid", "code_host")


def _codes(catalogue: Catalogue) -> Iterator[Problem]:
    for entry in catalogue.entries.values():
        address = code_address(catalogue.settings.code_host, entry.id)
        if entry.address is not None and entry.address != address:
            message = f"koden er trykt med adressen {entry.address}, men ville nu ligge på {address}"
            yield catalogue.settings.problem(message, "skriv den adresse, som koderne blev trykt med", "code_host")
            return


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
    if region.crisis_route is None and any(topic.touches_mood for topic in catalogue.topics.values()):
        message = "ingen har oplyst, hvor man henvender sig i en psykisk krise"
        yield region.problem(message, "udfyld crisis_route", "crisis_route")


def _topic(topic: Topic, as_of: date) -> Iterator[Problem]:
    if topic.approved_by is None:
        yield topic.problem("teksten er ikke fagligt godkendt", "udfyld approved_by: {role: …, on: …}", "approved_by")
    if topic.owner is None:
        yield topic.problem("ingen er ansvarlig for teksten", "skriv rollen i owner", "owner")
    if topic.last_reviewed is None:
        yield topic.problem("teksten er aldrig gennemgået", "skriv datoen i last_reviewed", "last_reviewed")
    if topic.review_due is None:
        yield topic.problem("næste gennemgang er ikke aftalt", "skriv datoen i review_due", "review_due")
    elif topic.review_due < as_of:
        message = f"teksten skulle være gennemgået den {long_date(topic.review_due)}"
        yield topic.problem(message, "gennemgå den, og skriv en ny dato", "review_due")


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
