"""What can be set by environment variables, and what is wrong with a setting, told in Danish to whoever runs it."""

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from generator.feedback.reader_address import Network

DEFAULT_DATABASE = "sqlite:///feedback/messages.sqlite3"
DEFAULT_RETENTION = 90
"""Days; long enough for a working group that meets every quarter. The region decides, and in `publish` must say so."""
MINIMUM_SECRET = 32
SSL_MODES = ("verify-full", "verify-ca", "require", "prefer", "allow", "disable")
"""Of PostgreSQL's sslmode, the safest first."""
_ENCODE = "kan ikke læses – skriv tegn som / # @ : i adgangskoden som %2F %23 %40 %3A"
SCHEMES = ("sqlite://", "postgresql://", "postgres://")


class SettingError(Exception):
    """One or more settings are wrong; the message has a line for each, with what to write instead."""


@dataclass(frozen=True)
class Settings:
    """How the service is run; every value has a default that works on one's own machine."""

    database: str = DEFAULT_DATABASE
    site: str = "site/api/v1/feedback.json"
    """The file, written by a build, that tells which regions, pages and leaflets there are."""
    site_url: str = ""
    """Where the pages live, with which the thank-you addresses begin; empty: as the build was told."""
    host: str = "127.0.0.1"
    port: int = 8001
    workers: int = 1
    profile: str = "draft"
    retention_days: int = DEFAULT_RETENTION
    retention_decision: str = ""
    """Who decided how long messages are kept, and when."""
    secret: str = field(default="", repr=False)
    editors: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """SHA-256 of the access tokens, by region."""
    contact_data: Mapping[str, str] = field(default_factory=dict)
    """By region, what becomes of e-mail addresses and phone numbers: `refuse` or `mask`."""
    proof_of_work: frozenset[str] = frozenset()
    """Regions whose readers' machines do a little sum before they send."""
    proxies: tuple[Network, ...] = ()
    """Addresses and networks of the proxies whose word about the reader's address is taken."""
    address_rate: int = 10
    """Messages from one address in ten minutes; 0 is no limit. A hospital's readers share one address."""
    region_rate: int = 300
    """Messages to one region in a minute before each must be confirmed; 0 is no limit."""

    @property
    def is_published(self) -> bool:
        """Say whether real readers write here, so that nothing may be left to a default."""
        return self.profile == "publish"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment gives; raises SettingError with every mistake at once."""
    given = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name, (attribute, parse) in VARIABLES.items():
        text = given.get(name, "").strip()
        if text:
            try:
                values[attribute] = parse(text)
            except ValueError as error:
                wrong.append(f"{name}: {error}")
    wrong += [
        f"{name}: indstillingen findes ikke – se listen i VEJLEDNING.md"
        for name in sorted(given)
        if name.startswith("FEEDBACK_") and name not in VARIABLES
    ]
    if not wrong:
        wrong += _contradictions(settings := Settings(**values))
    if wrong:
        raise SettingError("\n".join(wrong))
    return settings


def refuse_unknown_regions(settings: Settings, known: Collection[str]) -> None:
    """Raise SettingError where a setting names a region that the pages do not have."""
    named = {
        "FEEDBACK_EDITORS": settings.editors, "FEEDBACK_CONTACT_DATA": settings.contact_data,
        "FEEDBACK_PROOF_OF_WORK": settings.proof_of_work,
    }  # fmt: skip
    wrong = [
        f"{name}: regionen »{region[:40]}« findes ikke – siderne har {', '.join(sorted(known))}"
        for name, regions in named.items()
        for region in sorted(regions)
        if region not in known
    ]
    if wrong:
        raise SettingError("\n".join(wrong))


def _contradictions(settings: Settings) -> Iterator[str]:
    if settings.workers > 1 and settings.database.startswith("sqlite"):
        yield "FEEDBACK_WORKERS: SQLite tåler kun én proces – skriv 1, eller brug PostgreSQL i DATABASE_URL"
    if settings.workers > 1 and not settings.secret:
        yield f"FEEDBACK_SECRET: flere processer skal dele en hemmelighed – skriv mindst {MINIMUM_SECRET} tegn"
    if settings.is_published:
        yield from _missing_when_published(settings)


def _missing_when_published(settings: Settings) -> Iterator[str]:
    if not settings.retention_decision:
        yield (
            "FEEDBACK_RETENTION_DECISION: mangler – skriv, hvem der har besluttet, hvor længe beskeder gemmes, og "
            "hvornår (spørg arkivet: journalisering og aktindsigt kan kræve mere)"
        )
    if not settings.secret:
        yield f"FEEDBACK_SECRET: mangler – skriv mindst {MINIMUM_SECRET} tilfældige tegn"
    if not settings.site_url.startswith("https://"):
        yield "FEEDBACK_SITE_URL: mangler – skriv sidernes adresse, fx https://ryg.example.dk/"
    if not settings.editors:
        yield "FEEDBACK_EDITORS: mangler, så ingen kan læse beskederne – kør: borgerinfo feedback token REGION"


def _database(text: str) -> str:
    if not text.startswith(SCHEMES):
        raise ValueError("skal begynde med sqlite:/// eller postgresql:// – fx sqlite:////var/lib/feedback/beskeder.db")
    if text.startswith("sqlite://") and (not text.startswith("sqlite:///") or len(text) == len("sqlite:///")):
        raise ValueError("der skal være tre skråstreger før stien (fire, når den begynder ved roden)")
    if text.startswith("sqlite://"):
        if ":memory:" in text or database_path(text).is_dir():
            raise ValueError("skal være en fil – skriv fx sqlite:////var/lib/feedback/beskeder.db")
    else:
        _refuse_unreadable(text)
    return text


def _refuse_unreadable(address: str) -> None:
    """Refuse an address of PostgreSQL's that the library would read otherwise than it was meant."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise ValueError(_ENCODE) from None
    if parts.fragment or "/" in parts.path.removeprefix("/"):
        raise ValueError(_ENCODE)
    mode = dict(parse_qsl(parts.query)).get("sslmode", SSL_MODES[0])
    if mode not in SSL_MODES:
        raise ValueError(f"sslmode={mode[:20]} findes ikke – skriv {' eller '.join(SSL_MODES)}")


def database_path(url: str) -> Path:
    """Return the file of a SQLite address: after three slashes relative, after four from the root."""
    return Path(url.removeprefix("sqlite:///"))


def _web_address(text: str) -> str:
    if not text.isascii():
        raise ValueError(f"æ, ø og å skal skrives med procent – skriv {quote(text, safe=':/')[:80]}")
    if not re.fullmatch(r"https://[a-z0-9.-]+(:\d{1,5})?(/[\w./~%-]*)?", text) and not re.fullmatch(
        r"http://(localhost|127\.0\.0\.1)(:\d{1,5})?/?", text
    ):
        raise ValueError("er ikke en adresse – skriv fx https://ryg.example.dk/ (http kun på localhost)")
    return text.rstrip("/") + "/"


def _number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"\d{1,7}", text) or not low <= int(text) <= high:
            raise ValueError(f"»{text[:20]}« er ikke et tal fra {low} til {high}")
        return int(text)

    return parse


def _profile(text: str) -> str:
    if text not in ("draft", "publish"):
        raise ValueError(f"»{text[:20]}« findes ikke – skriv draft eller publish")
    return text


def _secret(text: str) -> str:
    if len(text) < MINIMUM_SECRET:
        raise ValueError(f"er for kort – skriv mindst {MINIMUM_SECRET} tilfældige tegn")
    return text


def _editors(text: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for part in _parts(text):
        region, _, digest = part.partition(":")
        if not region or not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise ValueError(f"»{region[:40]}« har ikke formen region:kode – kør: borgerinfo feedback token REGION")
        found[region] = (*found.get(region, ()), digest)
    return found


def _contact_data(text: str) -> Mapping[str, str]:
    pairs = (part.partition("=") for part in _parts(text))
    found = {region: choice for region, _, choice in pairs}
    for region, choice in found.items():
        if choice not in ("refuse", "mask"):
            raise ValueError(f"»{region[:40]}« skal have refuse eller mask – skriv fx min-region=mask")
    return found


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def networks(text: str) -> tuple[Network, ...]:
    """Return the addresses and networks in a list with commas; raises ValueError for what is neither."""
    return tuple(map(_network, _parts(text)))


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        raise ValueError(
            f"»{text[:60]}« er hverken en adresse eller et net – skriv fx 10.0.0.1 eller 10.0.0.0/24"
        ) from None


def _set(text: str) -> frozenset[str]:
    return frozenset(_parts(text))


VARIABLES: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "DATABASE_URL": ("database", _database),
    "FEEDBACK_SITE": ("site", str),
    "FEEDBACK_SITE_URL": ("site_url", _web_address),
    "FEEDBACK_HOST": ("host", str),
    "FEEDBACK_PORT": ("port", _number(1, 65535)),
    "FEEDBACK_WORKERS": ("workers", _number(1, 64)),
    "FEEDBACK_PROFILE": ("profile", _profile),
    "FEEDBACK_RETENTION_DAYS": ("retention_days", _number(1, 3650)),
    "FEEDBACK_RETENTION_DECISION": ("retention_decision", str),
    "FEEDBACK_SECRET": ("secret", _secret),
    "FEEDBACK_EDITORS": ("editors", _editors),
    "FEEDBACK_CONTACT_DATA": ("contact_data", _contact_data),
    "FEEDBACK_PROOF_OF_WORK": ("proof_of_work", _set),
    "FEEDBACK_PROXIES": ("proxies", networks),
    "FEEDBACK_ADDRESS_RATE": ("address_rate", _number(0, 1_000_000)),
    "FEEDBACK_REGION_RATE": ("region_rate", _number(0, 1_000_000)),
}
"""Every variable that is read, the setting it gives, and how its text is understood."""
