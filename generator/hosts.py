"""Which hosts an address may have that people are to find for years: those that anybody can look up from anywhere."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

NEVER = ("example", "test", "invalid", "onion", "alt")
"""Top-level names that will never be on the open net (RFC 2606, RFC 7686, RFC 9476)."""
EXAMPLES = ("example.com", "example.net", "example.org")
"""Names set aside for examples (RFC 2606)."""
HERE = ("localhost", "local", "internal", "arpa", "lan", "intranet", "corp", "home")
"""Names that mean something on one machine or one net alone (RFC 6761, RFC 6762, ICANN 2024), or are used so."""
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def why_unfit(address: str) -> str | None:
    """Return in Danish why nobody can be sent to the address for years, as the end of »…, som …«, or None."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return "ikke er en adresse"
    if parts.scheme != "https" or not host:
        return "ikke er en adresse, der begynder med https:// og en vært"
    if _is_number(host):
        return "er et nummer (en IP-adresse) og ikke et navn, der kan flyttes til en anden maskine"
    if _ends_with(host, (*NEVER, *EXAMPLES)):
        return "aldrig kan findes på nettet"
    if "." not in host or _ends_with(host, HERE):
        return "kun findes på et lokalt net"
    if not all(map(_LABEL.fullmatch, host.split("."))):
        return "har tegn, som et værtsnavn ikke kan have"
    return "har en port, og den kan en anden vært ikke overtage" if port is not None else None


def _ends_with(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host.replace(".", "").isdigit()
    return True
