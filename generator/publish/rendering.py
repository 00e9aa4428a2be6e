"""What one run of MkDocs shows: a sender's pages, the values of their templates, and the files beside them."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import load
from generator.addresses import CLINICIANS, CODES, SEARCH, THANKS, counterpart, national_counterpart
from generator.checks import check_day
from generator.danish import instead, iso_day, long_date, today
from generator.problems import ContentError
from generator.sender.context import Context
from generator.sender.profiles import refuse_unknown_profile
from generator.sender.senders import NATIONAL, senders
from generator.web.minified import minified_script
from generator.web.pages import Page, common, documents, pages

SCRIPTS = {"kode.js": CODES, "adresse.js": CODES, "soeg.js": SEARCH, "kopier.js": CLINICIANS, "feedback.js": THANKS}
"""The scripts that ship, and the page that uses each; a script ships where that page does."""


@dataclass(frozen=True)
class Rendering:
    """What one MkDocs run shows: a sender's pages, and what they have in common."""

    pages: tuple[Page, ...]
    common: Mapping[str, Any]
    base: str = "/"
    """The path of the sender's first page on its host; the page for missing pages links from there."""
    kept: frozenset[str] = frozenset()
    """Addresses of pages that need not be made, because an earlier build's are still right."""
    documents: Mapping[str, str | bytes] = field(default_factory=dict)
    """Other files that the pages fetch, by address."""

    @property
    def wanted(self) -> Iterator[Page]:
        """The pages to be made."""
        return (page for page in self.pages if page.address not in self.kept)

    def files(self, templates: Path) -> Iterator[tuple[str, str | bytes]]:
        """Yield address and content of each document, and of each script, minified, that a page uses."""
        yield from self.documents.items()
        addresses = {page.address for page in self.pages}
        for name, address in SCRIPTS.items():
            if address in addresses:
                yield address + name, minified_script((templates / name).read_text("utf-8"))

    def page_values(self, page: Page) -> dict[str, Any]:
        """Return what the template of a page is given: the page, and what the sender's pages have in common."""
        same = counterpart(page.address) if page.listed else ""
        national = national_counterpart(page.address) if page.listed else ""
        ways = {"same_page": same, "same_national": national, "is_same": bool(same) and same == page.address}
        return {**self.common, **page.values, "view": page, "root": page.root, **ways}

    def site_values(self) -> dict[str, Any]:
        """Return what 404.html and sitemap.xml are given."""
        listed = [page for page in self.pages if page.listed]
        ways = {"same_page": "", "same_national": "", "is_same": False}
        return {**self.common, "view": None, "root": self.base, "listed": listed, **ways}


def from_environment(root: Path) -> Rendering:
    """Return what a plain `mkdocs build` shows: what the variables BORGERINFO_* name, or the front page of today.

    Raises ContentError for what an author must correct, and ValueError for a variable that names nothing.
    """
    asked, wanted = os.environ.get("BORGERINFO_AS_OF"), os.environ.get("BORGERINFO_REGION")
    as_of = iso_day(asked) if asked else today()
    profile = os.environ.get("BORGERINFO_PROFILE") or "draft"
    refuse_unknown_profile(profile)
    catalogue = load(root)
    if problems := check_day(catalogue, as_of, profile):
        raise ContentError(problems)
    found = {sender.id: sender for sender in senders(catalogue, as_of)}
    if wanted and wanted not in found:
        near = instead(wanted, found)
        raise ValueError(f"BORGERINFO_REGION={wanted} findes ikke den {long_date(as_of)} – {near}")
    context = Context(catalogue, found[wanted or NATIONAL], as_of, profile, alone=bool(wanted))
    shown = pages(context)
    return Rendering(shown, common(context), documents=documents(context, shown))
