"""Checks of regions, areas and municipalities: everybody belongs to a region and has a number to call."""

from collections.abc import Iterator
from datetime import date

from generator.addresses import RESERVED
from generator.danish import decimal, long_date
from generator.model.catalogue import Catalogue
from generator.model.place import Municipality
from generator.model.record import Entity
from generator.model.unread import Unread
from generator.problems import Position, Problem

DARK_GROUND = "#232A31"
"""The lighter of the two dark grounds in overrides/style.css."""
NOT_REGIONS = ("national", "multiple")
"""What stands where an intervention's region would, when it has none or several."""
READABLE = 4.5
"""Contrast of text and its ground that WCAG 2.2 AA asks for (success criterion 1.4.3)."""


def check_numbers(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """People act on the page alone, so an area that nobody runs, or that has no number, is never built."""
    for area in catalogue.areas.values():
        for purpose, words in (("own-gp", "egen læge"), ("out-of-hours", "uden for lægens åbningstid")):
            if area.phone(purpose, as_of) is None:
                message = f"området har den {long_date(as_of)} intet at ringe til: {words}"
                yield area.problem(message, f"tilføj purpose: {purpose} under phones, eller ret datoerne", "phones")
        if catalogue.region_of(area.id, as_of) is None:
            remedy = "ret areas, valid_from eller valid_to i data/regions/, så netop én region har det"
            yield area.problem(f"området hører den {long_date(as_of)} til ingen region", remedy)


def check_phones_have_numbers(catalogue: Catalogue) -> Iterator[Problem]:
    """Only one's own GP has no number here; whoever else is to be called must be callable."""
    for area in catalogue.areas.values():
        for index, phone in enumerate(area.phones):
            if phone.number is None and phone.purpose != "own-gp":
                message = f"{phone.name} har intet nummer at ringe til"
                yield area.problem(message, 'skriv nummeret: number: "70 11 31 31"', "phones", index, "number")


def check_reserved_names(catalogue: Catalogue) -> Iterator[Problem]:
    """A region and a text may not take an address, or a name, that belongs to something else."""
    for region in catalogue.regions.values():
        if region.id in (*RESERVED, *NOT_REGIONS) or region.id in catalogue.topics:
            yield name_is_taken(region)
    for topic in catalogue.topics.values():
        if topic.id in RESERVED:
            yield name_is_taken(topic)


def check_municipality_codes(catalogue: Catalogue) -> Iterator[Problem]:
    """A code belongs to one municipality; with two, people are led to the wrong number."""
    first: dict[str, Municipality] = {}
    for municipality in catalogue.municipalities.values():
        earlier = first.setdefault(municipality.code, municipality)
        if earlier is not municipality:
            message = f"koden »{municipality.code}« er allerede brugt i {earlier.origin.at('code')}"
            yield municipality.problem(message, "ret den ene", "code")


def check_palettes(catalogue: Catalogue) -> Iterator[Problem]:
    """Text in a sender's colours must be readable for people with low vision, on paper as on screen."""
    settings, regions = catalogue.settings, catalogue.regions.values()
    owners = ((settings, settings.national_palette, "national_palette"), *((r, r.palette, "palette") for r in regions))
    for entity, palette, key in owners:
        pairs = (
            ("ink", palette.ink, ("#FFFFFF", palette.tint), "mørkere"),
            ("dark_ink", palette.dark_ink, (DARK_GROUND,), "lysere"),
        )
        for name, colour, grounds, better in pairs:
            ratio, ground = min((contrast(colour, ground), ground) for ground in grounds)
            if ratio < READABLE:
                message = f"{name} {colour} på {ground} har kontrasten {decimal(round(ratio, 1))}"
                remedy = f"vælg en {better} farve; kontrasten skal være mindst 4,5"
                yield entity.problem(message, remedy, key, name)


def check_areas_are_taken(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """An area with numbers that no region ever takes care of would never be shown."""
    if unread.lacks_some("regions", catalogue.regions):
        return
    taken = {area for region in catalogue.regions.values() for area in region.areas}
    for area in catalogue.areas.values():
        if area.id not in taken:
            yield area.problem("ingen region har området", "skriv det under areas i en fil i data/regions/", "id")


def name_is_taken(entity: Entity) -> Problem:
    """Return the problem of a file whose name, and so its address, belongs to something else."""
    path = entity.origin.path
    return Problem(Position(path), f"filnavnet »{path.name}« er optaget af noget andet", "giv filen et andet navn")


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #RRGGBB colours, 1 to 21, as WCAG 2.2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
