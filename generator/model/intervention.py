"""The regions' existing initiatives (indsatser), as they were reported on a date."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from generator.model.record import (
    Citation,
    Day,
    Entity,
    InterventionId,
    Lasting,
    NumberedText,
    Record,
    RegionId,
    Text,
    Url,
)

Kind = Literal[
    "access-trial", "animation", "audit", "booking", "dialogue", "dissemination", "editorial-group",
    "exercise-video", "flowchart", "guideline", "hospital-service", "hotline", "idea-catalogue", "info-screen",
    "information-package", "leaflet", "municipal-service", "newsletter", "pathway-programme", "patient-association",
    "patient-pathway", "postcard", "recommendation", "referral-practice", "service-package", "slide-deck",
    "social-media", "standard-text", "summary", "theme-site", "training", "video", "website",
]  # fmt: skip
KINDS: Mapping[Kind, str] = {
    "access-trial": "Forsøg med direkte adgang", "animation": "Tegnefilm", "audit": "Gennemgang",
    "booking": "Tidsbestilling", "dialogue": "Drøftelse", "dissemination": "Udbredelse",
    "editorial-group": "Arbejdsgruppe", "exercise-video": "Træningsvideo", "flowchart": "Flowchart",
    "guideline": "Retningslinje", "hospital-service": "Tilbud på sygehuset", "hotline": "Hotline",
    "idea-catalogue": "Idékatalog", "info-screen": "Infoskærm", "information-package": "Informationspakke",
    "leaflet": "Folder", "municipal-service": "Tilbud i kommunen", "newsletter": "Nyhedsbrev",
    "pathway-programme": "Forløbsprogram", "patient-association": "Patientforening",
    "patient-pathway": "Forløb fra læge til kommune", "postcard": "Postkort", "recommendation": "Anbefaling",
    "referral-practice": "Henvisning og visitation", "service-package": "Samlet ydelse", "slide-deck": "Præsentation",
    "social-media": "Sociale medier", "standard-text": "Standardtekst", "summary": "Sammenfatning",
    "theme-site": "Temaside", "training": "Oplæring", "video": "Film", "website": "Hjemmeside",
}  # fmt: skip
Status = Literal["active", "pilot", "planned", "historical", "under-discussion", "time-limited", "unknown"]
TAGS: Mapping[Status, str] = {
    "pilot": "Forsøg", "planned": "Planlagt", "historical": "Tidligere", "under-discussion": "Drøftes",
    "time-limited": "I en periode",
}  # fmt: skip
"""What stands beside the title where it is not simply in use."""
Stated = Literal["yes", "no", "not-stated"]
"""What the source says; `not-stated` is silence, never a no."""


class Duration(Record):
    """How long it had run, in the region's own words, and when that was said; never shown as new."""

    category: Literal["under-1", "1-2", "over-3"]
    """Years."""
    reported: Text
    reported_on: Text
    """When the answer was given, as exactly as the source allows."""


class Availability(Record):
    """In what form it can be had, as far as the source says."""

    physical: Stated = "not-stated"
    online: Stated = "not-stated"
    channels: tuple[Text, ...] = ()
    planned_channels: tuple[Text, ...] = ()
    note: Text | None = None


class Adaptation(Record):
    """What it builds on: another intervention, or something outside this register."""

    relation: Literal["identical-other-colours", "unchanged", "inspired-by", "follows-model"]
    intervention: InterventionId | None = None
    outside: Text | None = None


class Relation(Record):
    """A tie to another intervention, or to something outside this register."""

    relation: Literal[
        "about", "adapted-by", "advice-via", "based-on", "basis-for", "companion", "explained-in", "follows",
        "implemented-through", "links-to", "part-of", "reused-by", "same-address", "same-content", "same-site",
        "shows-videos-from", "sibling", "similar-to", "supplemented-by", "supplements", "supports",
    ]  # fmt: skip
    intervention: InterventionId | None = None
    outside: Text | None = None


class LeadsTo(Record):
    """What a QR code on the region's own material leads to."""

    target: Text


class Intervention(Entity, Lasting):
    """One initiative; `counted` is true for the rows of the report's table, false for what only its prose mentions."""

    region: RegionId | Literal["national", "multiple"]
    audience: Literal["citizens", "clinicians", "both", "governance"]
    secondary_audience: tuple[Text, ...] = ()
    kind: Kind
    kinds: tuple[Kind, ...] = ()
    scope: Literal[
        "region", "site", "national", "municipality", "region-and-municipalities", "region-central", "multiple"
    ]
    site: Text | None = None
    """The one hospital or centre, when the scope is a site."""
    status: Status
    status_note: Text | None = None
    """What is not known about the status, such as an evaluation that is pending."""
    counted: bool
    title: Text
    title_is_official: bool = True
    summary: Text
    """What it is, in one or two plain sentences of our own."""
    facts: tuple[Text, ...] = ()
    parts: tuple[Text, ...] = ()
    """Official titles of its parts, such as single videos."""
    duration: Duration | None = None
    availability: Availability = Availability()
    urls: tuple[Url, ...] = ()
    qr: LeadsTo | None = None
    """Null: the source mentions no code, which is not the same as there being none."""
    feedback: tuple[Literal["leaflet", "page"], ...] = ()
    adapted_from: Adaptation | None = None
    related: tuple[Relation, ...] = ()
    part_of: InterventionId | None = None
    editorial_group: Text | None = None
    evaluation: Text | None = None
    hours: Text | None = None
    """For hotlines: when they are answered, as the source has it; null: not told."""
    staffing: Text | None = None
    """For hotlines: who answers."""
    callers: Text | None = None
    """For hotlines: who may call."""
    phone: Annotated[str, Field(pattern=r"^\d{2} \d{2} \d{2} \d{2}$")] | None = None
    """For hotlines: the number, once the region has supplied it."""
    phone_verified_on: Day | None = None
    verified_on: Day | None = None
    """The day the region confirmed the whole entry; null: as reported, not confirmed."""
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    notes: tuple[NumberedText, ...] = ()
    """For editors: oddities of the source. Never shown to readers."""

    @property
    def what(self) -> str:
        """Its kind in Danish."""
        return KINDS[self.kind]

    @property
    def tag(self) -> str | None:
        """What stands beside its title where it is not simply in use."""
        return TAGS.get(self.status)

    @property
    def has_unconfirmed_phone(self) -> bool:
        """Whether it has a number that the region has not confirmed."""
        return self.phone is not None and self.phone_verified_on is None

    def is_of(self, kind: str) -> bool:
        """Say whether it is of a kind, among others perhaps."""
        return kind in (self.kind, *self.kinds)
