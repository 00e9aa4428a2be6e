"""One build as it is asked for: what, from where, and where to."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.sender.profiles import refuse_unknown_profile

if TYPE_CHECKING:
    from generator.model.catalogue import Catalogue
    from generator.sender.context import Context
    from generator.sender.senders import Sender


@dataclass(frozen=True)
class BuildRequest:
    """What to build, from where, and where to. Raises ValueError for a profile that does not exist."""

    root: Path
    out: Path
    day: date
    profile: str = "draft"
    site_url: str = ""
    region: str | None = None
    """One region alone, at the root of the tree; None is the whole site."""
    feedback: str = ""
    """Where forms send to, instead of the address in the data; for the preview on one's own machine."""

    def __post_init__(self) -> None:
        refuse_unknown_profile(self.profile)

    @property
    def shows(self) -> tuple[object, ...]:
        """All of it that changes a byte of what is built."""
        return self.day, self.profile, self.site_url, self.region, self.feedback

    @property
    def base(self) -> str:
        """The path of the tree's root on its host."""
        return urlsplit(self.site_url).path.rstrip("/") + "/"

    def context(self, catalogue: "Catalogue", sender: "Sender") -> "Context":
        """Return what one sender's pages and sheets are made in."""
        from generator.sender.context import Context

        return Context(catalogue, sender, self.day, self.profile, self.region is not None, self.feedback)
