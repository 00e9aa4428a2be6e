"""The real site, built once a run for all tests that look at it."""

from datetime import date
from functools import cache
from pathlib import Path

from generator import load
from generator.cache import Cache
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from tests.support import shared
from tests.support.measuring import measured

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
REFORM = date(2027, 1, 1)
CODE_HOST = "https://borgerinfo.example"


@cache
def store() -> Cache:
    """Return what all builds of a run share, so that no leaflet is set twice."""
    return Cache(shared.directory() / "cache")


@cache
def site(day: date = TODAY, region: str | None = None, site_url: str = "") -> Path:
    """Return the directory of a site built for the day; a region gives that region alone."""

    def make(place: Path) -> None:
        request = BuildRequest(ROOT, place / "site", day, site_url=site_url, region=region)
        with measured(True, workers=True):
            build_site(load(ROOT), request, store())

    return shared.once("site", (day, region, site_url), make) / "site"


def page(address: str, day: date = TODAY) -> str:
    """Return the HTML of one page of the built site."""
    return (site(day) / address / "index.html").read_text("utf-8")
