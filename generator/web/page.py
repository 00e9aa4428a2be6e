"""One page to be written: where it lies, which template shows it, and what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.addresses import relative


@dataclass(frozen=True)
class Page:
    """One page to be written; the address is below the sender's own root."""

    address: str
    template: str
    title: str
    description: str
    show: Callable[[], Mapping[str, Any]] = field(repr=False)
    """Makes the values shown on it; called when the page is written, so that no build holds all texts at once."""
    source: str
    """The file an editor would open to change it, relative to the project root."""
    anchors: frozenset[str] = frozenset()
    language: str = "da"
    listed: bool = True
    """Whether it belongs in the sitemap; a page that only leads on does not."""
    searchable: bool = False
    """Whether a citizen who searches may be led to it; pages for clinicians are found in their own list."""
    also: str = ""
    """A second address, as deep as the first, where the same page lies."""
    text_hash: str = ""
    """The hash of its own text, where it has one; all else on a page comes from facts and front matter."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The values shown on it."""
        return self.show()

    @property
    def root(self) -> str:
        """The way from the page to the sender's first page."""
        return relative("", self.address)
