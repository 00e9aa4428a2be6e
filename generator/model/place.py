"""Regions, areas, municipalities and phone numbers: who is sender where, and whom to call."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from generator.addresses import code_page
from generator.model.approval import Approvals
from generator.model.record import (
    AreaId,
    Citation,
    Colour,
    Day,
    Entity,
    Lasting,
    NumberedText,
    Record,
    RegionId,
    Slug,
    StatisticId,
    Text,
    TopicId,
    Url,
)

EMERGENCY_NUMBER = "112"
"""The one number that needs no confirmation: the European emergency number, free and answered day and night."""
NUMBER = r"^(\d{4}|\d{2} \d{2} \d{2} \d{2})$"
"""A Danish number as people read it aloud."""
CONFIRMED_FOR = timedelta(days=366)
"""Numbers to call are asked about every year, as accessibility statements are; our own rule."""
CONFIRMATION_LASTS = CONFIRMED_FOR + timedelta(days=90)
"""A region has as long to answer as a reviewer has; then nobody knows whether the number is still right."""


class Phone(Lasting):
    """A number to call in an area, for a purpose, and when it is answered."""

    purpose: Literal["own-gp", "out-of-hours"]
    name: NumberedText
    """What people call it, in the middle of a sentence: egen læge, lægevagten, Akuttelefonen 1813."""
    number: Annotated[str, Field(pattern=NUMBER)] | None = None
    """As people read it aloud; null for one's own GP, whose number differs from reader to reader."""
    hours: Text
    hours_in_english: Text
    """The same for the English page."""
    number_abroad: Annotated[str, Field(pattern=r"^\+45( \d{2}){4}$")] | None = None
    """A long number that also works from foreign SIM cards; empty until the region supplies it."""
    citations: tuple[Citation, ...] = ()
    verified_on: Day | None = None
    """The day the region confirmed the number in writing; null: not confirmed."""

    @property
    def is_confirmed(self) -> bool:
        """Say whether the region has confirmed it; one's own GP has no number to confirm."""
        return self.number is None or self.verified_on is not None

    def is_answered_for(self, day: date) -> bool:
        """Say whether the region has confirmed it, and not too long ago to be published on the day."""
        return self.number is None or (self.verified_on is not None and day - self.verified_on <= CONFIRMATION_LASTS)

    @property
    def uri(self) -> str | None:
        """The `tel:` address, or None while there is no confirmed number to call."""
        if self.number is None or self.verified_on is None:
            return None
        digits = self.number.replace(" ", "")
        return f"tel:+45{digits}" if len(digits) == 8 else f"tel:{digits}"


class LocalException(Lasting):
    """A part of an area, such as an island, where another number or another way applies."""

    place: Text
    says: NumberedText
    citations: tuple[Citation, ...] = ()


class Area(Entity):
    """A place with its own numbers to call; it outlives the region that runs it."""

    name: Text
    phones: Annotated[tuple[Phone, ...], Field(min_length=1)]
    exceptions: tuple[LocalException, ...] = ()
    without_gp: NumberedText | None = None
    """What people without a GP do by day; empty until the region has told."""
    text_route: NumberedText | None = None
    """How deaf people reach help without calling; empty until the region has told."""

    def phone(self, purpose: str, day: date) -> Phone | None:
        """Return the number for the purpose on that day, if there is one."""
        return next((p for p in self.phones if p.purpose == purpose and p.is_valid_on(day)), None)

    def out_of_hours(self, day: date) -> Phone | None:
        """Return the number to call on that day when one's own GP is closed."""
        return self.phone("out-of-hours", day)

    def exceptions_on(self, day: date) -> tuple[LocalException, ...]:
        """Return the places in the area where something else applies on that day."""
        return tuple(exception for exception in self.exceptions if exception.is_valid_on(day))


class Municipality(Entity):
    """One of the 98 municipalities, and the area it belongs to."""

    code: Annotated[str, Field(pattern=r"^\d{4}$")]
    name: Text
    area: AreaId


class Palette(Record):
    """A sender's two colours: ink for text and lines on white, tint as ground under text."""

    ink: Colour
    tint: Colour
    dark_ink: Colour
    """Stands in for the ink on the dark ground."""


class Contact(Record):
    """How readers reach the publisher; both ways are required by the accessibility law."""

    email: Annotated[str, Field(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")] | None = None
    phone: Annotated[str, Field(pattern=NUMBER)] | None = None


class Region(Entity, Lasting):
    """A publisher with a lifetime, a look, and areas whose numbers it shows."""

    name: Text
    short_name: Text
    areas: Annotated[tuple[AreaId, ...], Field(min_length=1)]
    successors: tuple[RegionId, ...] = ()
    palette: Palette
    logo: Annotated[str, Field(max_length=40_000)] | None = None
    """The region's own mark for paper, as SVG text; empty until the region has supplied it."""
    website: Url | None = None
    own_site: Url | None = None
    """Where the region publishes its pages alone; codes on the shared host then lead there."""
    contact: Contact = Contact()
    accessibility_statement: Url | None = None
    """The statement at was.digst.dk, made by the authority itself."""
    accessibility_statement_updated: Day | None = None
    """The day the authority last revised it; the law asks for at least once a year."""
    feedback_endpoint: Url | None = None
    """Where this region's own feedback service answers; instead of the one for all."""
    crisis_route: NumberedText | None = None
    """Whom to turn to in a mental crisis; empty until the region has told, which blocks publication."""
    signs_approved_by: Approvals | None = None
    """Who has signed the warning signs as this region's readers see them, numbers to call included."""
    shows_names: bool = False
    """Whether pages show the names beside the roles of those who have signed."""
    publisher_mandate: Text | None = None
    """Who in the region has decided that these texts are published in its name."""
    citations: tuple[Citation, ...] = ()


class SheetFigure(Record):
    """One figure on every region's sheet: its own number from one row of a table by region."""

    statistic: StatisticId
    row: Text
    """The row's label, as the table has it."""
    says: Text
    """What the number is, with its period; stands beside it."""


class Reviewer(Record):
    """Who is asked on GitHub when something changes that a role answers for."""

    role: Text
    """As it stands under `owner` and in approvals."""
    handle: Annotated[str, Field(pattern=r"^@[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)?$")]
    """A person or a team on GitHub; a role without one is nobody's, never somebody invented."""


class Hosting(Record):
    """Whose server the pages lie on, and what it keeps about readers; readers are told both."""

    operator: Text
    """Who runs the server."""
    logs: Text
    """What it keeps about a reader and for how long, in whole sentences."""


class SiteSettings(Entity):
    """What the whole site is called, and what it says when no region is chosen."""

    title: Text
    national_name: Text
    national_palette: Palette
    code_host: Annotated[Url, Field(pattern=r"^https://[^\s/?#@]+$")]
    """The host that printed codes point at for ever, whoever publishes the pages."""
    hosting: Hosting | None = None
    """Where the pages lie; null until it is decided, which blocks publication."""
    help_topic: TopicId
    """The topic that tells when to seek help; linked from every page."""
    english_page: Slug
    feedback_endpoint: Url | None = None
    """Where the feedback service answers; null: no form is shown, and the region's contact stands there instead."""
    change_notice: Text | None = None
    """One sentence on the front page about a coming change of regions."""
    first_answer: Text
    """The answer to “is it dangerous?”, in front of the signs on first pages."""
    reported_notice: Text
    """Above what regions have reported: how old it is, and that it may be incomplete."""
    addresses_notice: Text
    """Beside addresses that were reported and never tried."""
    nothing_reported: Text
    """Where a region has reported nothing of a kind."""
    intended_purpose: Text
    long_words: tuple[Text, ...] = ()
    """Compounds with a hyphen wherever they may be divided at the end of a line, such as lænde-ryg-smerter."""
    reviewers: tuple[Reviewer, ...] = ()
    """Which roles have somebody on GitHub; the rest stand in CODEOWNERS as a comment."""
    sheet_figures: Annotated[tuple[SheetFigure, ...], Field(max_length=3)] = ()
    """What stands on a region's sheet for the notice board, where the table has a number for the region."""

    def code_address(self, code: str) -> str:
        """Return the whole address that a code on paper holds."""
        return f"{self.code_host.rstrip('/')}/{code_page(code)}"
