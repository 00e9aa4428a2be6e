"""Where each printed code leads, for web servers that can send a reader on before a page is fetched.

The pages under `q/` do the same without any of this: a server that has the map only saves its readers a step, and
forgives capitals and a missing slash. Every redirect is a 302, never a 301: browsers keep a 301 for ever, and where a
code leads is the one thing that changes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
    size = max(2048, 4 * (1 << len(found).bit_length()))
    rows = "".join(f"    {lead.code} {lead.target};\n" for lead in found)
    return f"{_head(day, _NGINX_HEAD)}{_NGINX.format(size=size, rows=rows)}"


def apache(found: Sequence[Lead], day: date) -> str:
    """Return the map as a text file for Apache's RewriteMap; its head says what goes into the configuration."""
    return _head(day, _APACHE_HEAD) + "".join(f"{lead.code} {lead.target}\n" for lead in found)


def netlify(found: Sequence[Lead], day: date) -> str:
    """Return the map as a file of the form that Netlify gave the name `_redirects`, one rule a line.

    Paths are case-sensitive there, and a closing slash is neither here nor there: each code has a rule as printed and
    one in capitals. A rule that led to itself would go in circles, so none does: that page lies in the tree.
    """
    return _head(day, _NETLIFY_HEAD) + "".join(f"{path} {target} 302!\n" for path, target in _rules(found))


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


def _head(day: date, how: str) -> str:
    made = f"Hvor koderne på papir fører hen {long_date(day)}. Lavet af »borgerinfo codes map«; ret ikke i filen."
    text = f"{made}\n{_WHY}\n{how}"
    return "".join(f"# {line}".rstrip() + "\n" for line in text.splitlines())


_WHY = """Lav den igen, hver gang siderne bygges. Svaret er altid 302, aldrig 301: Browsere husker en 301 for altid,
og hvor en kode fører hen, er netop det, der kan ændre sig."""
_NGINX_HEAD = """
Denne fil hører til i http { … }, fx som /etc/nginx/conf.d/borgerinfo-koder.conf. I den server { … }, som koderne
peger på, skal der stå:
    absolute_redirect off;
    if ($borgerinfo_til) { return 302 $borgerinfo_til; }
Står map_hash_max_size eller map_hash_bucket_size allerede et sted i jeres http { … }, så fjern dem dér: nginx vil kun
se dem én gang. Prøv med: nginx -t"""
_APACHE_HEAD = r"""
Læg filen, hvor Apache kan læse den, fx som /etc/apache2/borgerinfo-koder.txt. I den <VirtualHost>, som koderne peger
på, skal der stå (med mod_rewrite slået til):
    RewriteEngine On
    RewriteMap borgerinfo_smaa int:tolower
    RewriteMap borgerinfo_koder "txt:/etc/apache2/borgerinfo-koder.txt"
    RewriteCond "${borgerinfo_koder:${borgerinfo_smaa:$1}}" "^(.+)$"
    RewriteCond "%{REQUEST_URI} %1" "!^(\S+) \1$"
    RewriteCond "%{SERVER_NAME}%{REQUEST_URI} ${borgerinfo_koder:${borgerinfo_smaa:$1}}" "!^(\S+) https?://\1$"
    RewriteRule "^/[qQ]/([0-9A-Za-z]+)/?$" "${borgerinfo_koder:${borgerinfo_smaa:$1}}" [R=302,L,NE,QSD]
Apache opdager selv, når filen er ny. Prøv med: apache2ctl configtest"""
_NETLIFY_HEAD = """
Filen hører til i roden af det, der lægges ud, og skal hedde _redirects. Store og små bogstaver er ikke det samme her:
En kode, der er skrevet med begge dele, ender på siden 404.html, som selv finder vej, når der er JavaScript."""
_NGINX = """map_hash_max_size {size};
map_hash_bucket_size 128;

# Koden, som den står i adressen; med og uden skråstreg til sidst.
map $uri $borgerinfo_kode {{
    default "";
    "~*^/q/(?<borgerinfo_skrevet>[0-9a-z]+)/?$" $borgerinfo_skrevet;
}}

# Store og små bogstaver er det samme her.
map $borgerinfo_kode $borgerinfo_maal {{
    default "";
{rows}}}

# Den, der allerede er på den rigtige side, skal ikke sendes videre.
map "$host$uri $borgerinfo_maal" $borgerinfo_til {{
    default $borgerinfo_maal;
    "~^[^/ ]*(?<borgerinfo_sti>/[^ ]*) \\k<borgerinfo_sti>$" "";
    "~^(?<borgerinfo_her>[^ ]+) https?://\\k<borgerinfo_her>$" "";
}}
"""
