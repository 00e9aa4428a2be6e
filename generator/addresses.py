"""Where every page, leaflet and code lives. The only module that knows the shape of an address.

Addresses are paths below the root of a sender's pages, without a leading slash; directories end with one.
"""

import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from markupsafe import Markup, escape

_INNER_SLASH = re.compile(r"(?<=\w)/(?=\w)")
SECTIONS = {"emner": "", "fagfolk": "fagfolk/", "om": "om/", "sprog": "", "front": "", "foldere": ""}
"""The directory of `content/` that a text lies in, and where its page lives."""
PAPER = "foldere"
"""The section of texts that stand on paper alone: they have no page, and nothing may link to them."""
INTERVENTIONS = "tilbud/"
CLINICIANS = "fagfolk/"
TOPICS = "emner/"
ABOUT = "om/"
STANDARD_TEXTS = "fagfolk/standardtekster/"
REGION_SHEET = "fagfolk/regionsark.pdf"
PATHWAYS = "fagfolk/beslutningsveje/"
FOR_APPROVERS = "fagfolk/alarmtegn/"
LEAFLETS = "foldere/"
CODES_TO_PRINT = "foldere/koder/"
FIGURES = "fagfolk/tal/"
ACCESSIBILITY = "was/"
CODES = "q/"
FEEDBACK = "feedback/"
THANKS = "feedback/tak/"
CLINICIANS_RESERVED = ("alarmtegn", "beslutningsveje", "standardtekster", "tal")
"""Names below `fagfolk/` that no text for clinicians and no comparison may take."""
SEARCH = "soeg/"
OFFLINE = "samlet/"
PICTURE = "del.png"
"""The picture that others show beside a shared address."""
RESERVED = ("api", "emner", "fagfolk", "feedback", "foldere", "om", "q", "samlet", "soeg", "tilbud", "was", "assets")
"""First parts of addresses that no region and no topic may take."""


def topic_page(section: str, topic: str) -> str:
    """Return the address of a text's page."""
    return "" if section == "front" else f"{SECTIONS[section]}{topic}/"


def intervention_page(intervention: str) -> str:
    """Return the address of an intervention's page."""
    return f"{INTERVENTIONS}{intervention}/"


def pathway_page(pathway: str) -> str:
    """Return the address of a decision path's page."""
    return f"{PATHWAYS}{pathway}/"


def leaflet_file(leaflet: str, paper_format: str, suffix: str = "pdf") -> str:
    """Return the address of a leaflet's file."""
    return f"{LEAFLETS}{leaflet}-{paper_format}.{suffix}"


def slide_file(leaflet: str, number: int) -> str:
    """Return the address of one picture for an info screen, counted from 1."""
    return leaflet_file(leaflet, "screen" if number == 1 else f"screen{number}", "png")


def leaflet_picture(leaflet: str, paper_format: str) -> str:
    """Return the address of the small picture of a leaflet's first page."""
    return leaflet_file(leaflet, f"{paper_format}small" if paper_format == "screen" else paper_format, "png")


def figure_page(figure: str) -> str:
    """Return the address of a figure's page; its tables lie beside it, under their own ids."""
    return f"{FIGURES}{figure}/"


def table_files(figure: str, statistic: str) -> tuple[str, str]:
    """Return the addresses of a figure's table for spreadsheets and for programs."""
    return f"{figure_page(figure)}{statistic}.csv", f"{figure_page(figure)}{statistic}.json"


def comparison_page(comparison: str) -> str:
    """Return the address of the page that sets regions side by side."""
    return f"{CLINICIANS}{comparison}/"


def worksheet_page(comparison: str) -> str:
    """Return the address of the sheet that goes with it."""
    return f"{comparison_page(comparison)}arbejdsark/"


def code_page(code: str) -> str:
    """Return the address that a printed code leads to, below the code host."""
    return f"{CODES}{code}/"


def code_pages(code: str) -> tuple[str, str]:
    """Return both addresses that are built for a code: as printed, and in capitals as some people type."""
    return code_page(code), code_page(code).upper()


def counterpart(address: str) -> str:
    """Return the address of the same page under another sender, or of the list above it where there may be none."""
    if address.startswith(PATHWAYS):
        return CLINICIANS
    return INTERVENTIONS if address.startswith(INTERVENTIONS) else address


def national_counterpart(address: str) -> str:
    """Return the address of the same page for the whole country, or of its first page where there is none."""
    return "" if address.startswith((INTERVENTIONS, CLINICIANS, LEAFLETS, FEEDBACK)) else address


def readable(address: str) -> str:
    """Return a full address as it is printed for people: without scheme and closing slash."""
    return address.removeprefix("https://").rstrip("/")


def legible(address: str) -> str:
    """Return an address as a link's words: readable, and with its Danish letters instead of their codes."""
    return unquote(readable(address))


def breakable(text: str) -> Markup:
    """Return a text whose addresses break after a slash where a line is short, and never inside a code."""
    return Markup(_INNER_SLASH.sub("/<wbr>", str(escape(text))))


def relative(target: str, page: str) -> str:
    """Return the link from one address to another, both below the same root."""
    start = posixpath.dirname(f"/{page}")
    way = posixpath.relpath(f"/{target}", start)
    if target.endswith("/") or not target:
        way = "./" if way == "." else f"{way}/"
    return way


def topic_in(source: PurePosixPath, target: str) -> tuple[str, str, str] | None:
    """Return (section, topic, anchor) that a Markdown link leads to, or None if it leaves `content/`.

    `source` is the linking file and `target` the link as written, relative to it.
    """
    path, _, anchor = target.partition("#")
    full = PurePosixPath(posixpath.normpath(source.parent / path)) if path else source
    parts = full.parts
    if full.suffix != ".md" or not parts or parts[0] != "content" or ".." in parts:
        return None
    if len(parts) == 2:
        return ("front" if full.stem == "index" else "sprog"), full.stem, anchor
    return (parts[1], full.stem, anchor) if len(parts) == 3 and parts[1] in SECTIONS else None
