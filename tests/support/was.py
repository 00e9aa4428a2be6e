"""Tries the pages of a region with axe-core in a real browser, for its accessibility statement; `make was REGION=<id>`.

Every page is opened on a phone's screen and a desktop's, in light colours and dark. Pages that only lead on are left
out: there is nothing to read on them.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize

from generator.cache import Cache
from generator.commands.project import load_catalogue, project_root
from generator.danish import today
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from generator.reports.accessibility import SAYS, Outcome, Results, Rule
from tests.support.browser import DESKTOP, PHONE, chromium, serving

SHOWN: tuple[tuple[str, ViewportSize, Literal["light", "dark"]], ...] = (
    ("på en telefons skærm med lyse farver", PHONE, "light"), ("på en telefons skærm med mørke farver", PHONE, "dark"),
    ("på en computers skærm med lyse farver", DESKTOP, "light"),
    ("på en computers skærm med mørke farver", DESKTOP, "dark"),
)  # fmt: skip


@dataclass
class _Met:
    """A rule as it has been met so far, and the pages of its worst outcome."""

    outcome: Outcome
    tags: tuple[str, ...]
    help: str
    pages: dict[str, None] = field(default_factory=dict)


def tried(browser: Browser, site: Path, pages: Iterable[str]) -> Results:
    """Return what axe-core finds on the pages of a built tree."""
    pages, met, tools = tuple(pages), dict[str, _Met](), dict[str, None]()
    with serving(site) as home:
        for _, size, colours in SHOWN:
            with browser.new_context(viewport=size, color_scheme=colours) as context:
                tab = context.new_page()
                for page in pages:
                    tab.goto(home + page)
                    answer = Axe().run(tab).response
                    tools[f"axe-core {answer['testEngine']['version']}"] = None
                    _note(met, page, answer)
    ways = tuple(name for name, _, _ in SHOWN)
    rules = tuple(
        Rule(id=name, outcome=one.outcome, tags=one.tags, help=one.help, pages=tuple(one.pages))
        for name, one in sorted(met.items())
    )
    tools[f"Chromium {browser.version}"] = None
    return Results(tried_on=today(), tools=tuple(tools), ways=ways, pages=pages, rules=rules)


def _note(met: dict[str, _Met], page: str, answer: dict[str, Any]) -> None:
    order: list[Outcome] = list(SAYS)
    for outcome in order:
        for rule in answer[outcome]:
            known = met.setdefault(rule["id"], _Met(outcome, tuple(rule["tags"]), rule["help"]))
            if order.index(outcome) < order.index(known.outcome):
                known.outcome, known.pages = outcome, {}
            if outcome == known.outcome:
                known.pages[page] = None


def readable(site: Path) -> Iterator[str]:
    """Yield the addresses of all pages in a tree that stay when they are opened."""
    for path in sorted(site.rglob("index.html")):
        if 'http-equiv="refresh"' not in path.read_text("utf-8"):
            page = path.parent.relative_to(site).as_posix()
            yield "" if page == "." else f"{page}/"


def main(region: str) -> None:
    """Build the region alone, try it, and have the worksheet made."""
    root = project_root()
    with TemporaryDirectory() as directory:
        site, found = Path(directory, "site"), Path(directory, "fundet.json")
        print(f"Bygger {region} og prøver hver side på {len(SHOWN)} måder …", flush=True)
        request = BuildRequest(root, site, today(), region=region)
        build_site(load_catalogue(root), request, Cache(root / ".cache"))
        with chromium() as browser:  # after the build, whose workers are forked
            found.write_text(tried(browser, site, readable(site)).model_dump_json(), "utf-8")
        words = [sys.executable, "-m", "generator.cli", "report", "was", region, "--results", str(found)]
        subprocess.run(words, cwd=root, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
