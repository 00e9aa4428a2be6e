"""What the service knows of the pages: the file that a build writes for it, and nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.feedback.settings import SettingError, Settings

_THANKS = "feedback/tak/"
"""Below a region's first page; the same address that the build gives it."""
LOCAL = "http://localhost:8000/"


@dataclass(frozen=True)
class PhoneLine:
    """One line of whom to call: who, the number as read aloud, when, and whether the region has confirmed it."""

    name: str
    number: str | None
    hours: str
    confirmed: bool


@dataclass(frozen=True)
class Region:
    """A region as its readers' answers need it."""

    id: str
    name: str
    ink: str
    address: str
    """Of its first page."""
    lines: tuple[PhoneLine, ...]
    includes: frozenset[str]
    """Its own id and those of the regions that were merged into it; their messages are its own."""
    pages: Mapping[str, str]
    """Titles by address."""
    leaflets: Mapping[str, str]
    """Titles by the code on the paper."""

    @property
    def thanks(self) -> str:
        """Where a reader is sent when the message is kept."""
        return f"{self.address}{_THANKS}"


@dataclass(frozen=True)
class Site:
    """All regions of one site, and the origin its pages send from."""

    title: str
    regions: Mapping[str, Region]
    origins: frozenset[str]
    public_numbers: frozenset[str]
    """Numbers printed on the pages themselves, digits only; writing them gives nobody away."""


def read_site(settings: Settings) -> Site:
    """Read what a build has told; raises SettingError, in Danish, where the file is missing or is not one of ours."""
    try:
        told = json.loads(Path(settings.site).read_text("utf-8"))
    except FileNotFoundError:
        raise SettingError(
            f"FEEDBACK_SITE: filen {settings.site} findes ikke – byg siderne først (make site), eller skriv stien til "
            "api/v1/feedback.json"
        ) from None
    except (OSError, ValueError) as error:
        raise SettingError(f"FEEDBACK_SITE: {settings.site} kan ikke læses ({type(error).__name__})") from None
    try:
        return _site(told, settings.site_url or told["site_url"] or LOCAL)
    except (KeyError, TypeError, AttributeError) as error:
        raise SettingError(
            f"FEEDBACK_SITE: {settings.site} er ikke skrevet af borgerinfo build ({type(error).__name__})"
        ) from None


def _site(told: Mapping[str, Any], base: str) -> Site:
    base = base.rstrip("/") + "/"
    regions = {one["id"]: _region(one, base) for one in told["regions"]}
    parts = urlsplit(base)
    numbers = {line.number for region in regions.values() for line in region.lines if line.number}
    return Site(
        told["title"], regions, _origins(f"{parts.scheme}://{parts.netloc}"),
        frozenset("".join(filter(str.isdigit, number)) for number in numbers),
    )  # fmt: skip


def _origins(origin: str) -> frozenset[str]:
    """Return the origins that pages may send from; one's own machine has two names."""
    names = {origin, origin.replace("//localhost", "//127.0.0.1"), origin.replace("//127.0.0.1", "//localhost")}
    return frozenset(names)


def _region(told: Mapping[str, Any], base: str) -> Region:
    return Region(
        told["id"], told["name"], told["ink"], base + told["address"],
        tuple(PhoneLine(**line) for line in told["lines"]), frozenset(told["includes"]),
        dict(told["pages"]), dict(told["leaflets"]),
    )  # fmt: skip
