"""What a build is asked for, as far as pages and leaflets show it."""

import re
from dataclasses import dataclass
from datetime import date

PROFILES = ("draft", "publish")


@dataclass(frozen=True)
class Plan:
    """What is built: the day it speaks for, the profile, and whether one sender's pages stand alone.

    Raises ValueError for a profile that does not exist, since a slip must never look like something published.
    """

    as_of: date
    profile: str = "draft"
    alone: bool = False
    code_host: str = ""
    feedback: str = ""
    """Where forms send to, instead of the address in the data; for the preview on one's own machine."""

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            raise ValueError(f"»{self.profile}« er ikke en profil – vælg en af: {', '.join(PROFILES)}")


def day(text: str) -> date:
    """Return the day that is written as 2027-01-01; raises ValueError, in Danish, for anything else."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError(f"»{text}« er ikke en dato – skriv år-måned-dag, fx 2027-01-01")
