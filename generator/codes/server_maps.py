"""Where each printed code leads, for web servers that can send a reader on before a page is fetched.

The pages under `q/` do the same without any of this: a server that has the map only saves its readers a step, and
forgives capitals and a missing slash. Every redirect is a 302, never a 301: browsers keep a 301 for ever, and where a
code leads is the one thing that changes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from generator.addresses import code_page, code_pages
from generator.codes.standing import leads_at_once, standing, ways
from generator.danish import long_date
from generator.model.catalogue import Catalogue
from generator.model.place import Region
from generator.sender.senders import past_sender


@dataclass(frozen=True)
class Lead:
    """A code, and where a server sends whoever asks for it: an address with its host, or a path from the root."""

    code: str
    target: str
    at_once: bool
    """Whether the paper holds, so that it leads straight to its page; else it leads to the page about the code."""


def leads(catalogue: Catalogue, day: date, site_url: str = "", home: Region | None = None) -> tuple[Lead, ...]:
    """Return where every code ever issued or reserved leads on the day, in the order of the register.

    `site_url` is where the whole site lies; without it, it lies at the root of the host that is asked. A region
    published alone (`home`) has its pages there, and those of the codes of its own readers.
    """
    found, own = [], past_sender(catalogue, home).heritage if home else None
    for edition in catalogue.editions_on(day).values():
        if own is not None and edition.sender not in own:
            continue
        stands = standing(catalogue, edition, day)
        onward = ways(catalogue, stands, home)
        at_once = leads_at_once(stands, onward)
        page = onward[0].page if at_once else code_page(edition.id)
        found.append(Lead(edition.id, _whole(page, site_url), at_once))
    return tuple(found)


def nginx(found: Sequence[Lead], day: date) -> str:
    """Return the map as a file for nginx's `http` block; its head says what goes into the `server` block."""
    size = str(max(2048, 4 * (1 << len(found).bit_length())))
    return _filled("nginx", day, (f"    {lead.code} {lead.target};\n" for lead in found), size)


def apache(found: Sequence[Lead], day: date) -> str:
    """Return the map as a text file for Apache's RewriteMap; its head says what goes into the configuration."""
    return _filled("apache", day, (f"{lead.code} {lead.target}\n" for lead in found))


def netlify(found: Sequence[Lead], day: date) -> str:
    """Return the map as a file of the form that Netlify gave the name `_redirects`, one rule a line.

    Paths are case-sensitive there, and a closing slash is neither here nor there: each code has a rule as printed and
    one in capitals. A rule that led to itself would go in circles, so none does: that page lies in the tree.
    """
    return _filled("netlify", day, (f"{path} {target} 302!\n" for path, target in _rules(found)))


_MAPS = Path(__file__).parent / "maps"
"""The files as they are without a row: in each stands what goes where."""
SERVERS: Mapping[str, Callable[[Sequence[Lead], date], str]] = {"nginx": nginx, "apache": apache, "netlify": netlify}
"""The servers a map can be written for, by the name people call them."""


def _rules(found: Sequence[Lead]) -> Iterator[tuple[str, str]]:
    for lead in found:
        for path in code_pages(lead.code):
            if urlsplit(lead.target).path != f"/{path}":
                yield f"/{path.rstrip('/')}", lead.target


def _whole(page: str, site_url: str) -> str:
    """Return the address of a page with its host, or as a path from the root where no host is given."""
    if page.startswith("https://"):
        return page
    parts = urlsplit(site_url)
    path = f"{parts.path.rstrip('/')}/{page}"
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, "", ""))


def _filled(server: str, day: date, rows: Iterable[str], size: str = "") -> str:
    text = (_MAPS / f"{server}.txt").read_text("utf-8")
    return text.replace("{day}", long_date(day)).replace("{size}", size).replace("{rows}", "".join(rows))
