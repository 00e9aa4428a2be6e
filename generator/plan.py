"""What a build is asked for, as far as pages and leaflets show it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Plan:
    """What is built: the day it speaks for, the profile, and whether one sender's pages stand alone."""

    as_of: date
    profile: str = "draft"
    alone: bool = False
    code_host: str = ""
