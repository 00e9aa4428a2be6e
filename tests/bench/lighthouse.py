"""`make lighthouse`: Lighthouse's slow telephone on each kind of page, in the material and in a published site.

The material is a draft, and a draft asks search engines to stay away, for which Lighthouse takes points. So an invented
project with every signature is published too. Both are served as a region would: by the nginx configuration in
`docs/udgiv`, encrypted and compressed.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from generator import load
from generator.codes.server_maps import leads, nginx
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from tests.bench.auditing import CATEGORIES, LIGHTHOUSE, MEASURES, NODE, Answer, MissingError, audited, installed
from tests.support import servers
from tests.support.approved import DAY, write_approved
from tests.support.built import ROOT, store

HOST = "ryg.region.dk"
"""Only this machine answers to it while Lighthouse runs. `publish` refuses names that others cannot look up."""
RUNS = 3
EXPLANATION = """\
Sådan er der målt: {runs} gange pr. side; tallet er medianen. Lighthouse {lighthouse} i Node {node} med Chromium
{browser}: mobil, 4 gange langsommere processor, 150 ms og 1,6 Mbit/s (Lighthouse regner forsinkelsen ud). Siderne
kommer fra nginx på samme maskine med opsætningen i docs/udgiv: https og gzip. »Hentet« er det, der gik over linjen, med
hoveder. Point går fra 0 til 100; LCP og TBT er i millisekunder. Bemærket er det, som de fleste gange har sagt.
Maskinens fart i Lighthouses eget tal: {middle}, lavest {slowest}. Har andre travlt på den, stiger TBT, og
ydeevnen falder, også på sider helt uden script."""


@dataclass(frozen=True)
class Site:
    """A project's pages to be tried: which texts stand for all, and in which regions."""

    name: str
    project: Path
    profile: str
    help_topic: str
    topics: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A page and the medians of what Lighthouse said about it, with the remarks that fell in most of its answers."""

    page: str
    points: dict[str, float]
    measures: dict[str, float]
    remarks: dict[str, str]


def sites(directory: Path) -> tuple[Site, Site]:
    """Return the real material, and an invented project that may be published, written below the directory."""
    senders = ("nordjylland", "syddanmark")
    real = Site("materialet, udkast", ROOT, "draft", "hvornaar-skal-du-soege-hjaelp", ("skal-du-scannes",), senders)
    project = write_approved(directory)
    texts = ("hvornaar-skal-du-ringe", ("oem-skulder",))
    return real, Site("opdigtet eksempel, udgivet", project, "publish", *texts, ("vest", "oest"))


def pages(site: Site, built: Path) -> Iterator[str]:
    """Yield the addresses of one page of each kind; offers and a gallery are what only regions have."""
    texts = [f"{name}/" for name in (site.help_topic, *site.topics)]
    yield from ("", *texts)
    for region in site.regions:
        offers = sorted(path.parent for path in (built / region / "tilbud").glob("*/index.html"))
        first = [f"{path.relative_to(built / region).as_posix()}/" for path in offers[:1]]
        yield from (f"{region}/{name}" for name in ("", *texts, *first, "foldere/"))


@contextmanager
def hosted(site: Site, directory: Path) -> Iterator[tuple[str, Path]]:
    """Build a site and serve it as the guide tells a region to; yield its address and where it lies."""
    built, catalogue = directory / "site", load(site.project)
    build_site(catalogue, BuildRequest(site.project, built, DAY, site.profile, f"https://{HOST}/"), store())
    exported = nginx(leads(catalogue, DAY), DAY)
    with servers.published(ROOT / "docs/udgiv/nginx.conf", exported, built, directory, HOST) as (secure, _):
        yield f"https://{HOST}:{secure}/", built


def measured(home: Path, site: Site, directory: Path, runs: int) -> Iterator[tuple[Row, Answer]]:
    """Yield what Lighthouse says about each page, with one whole answer for what it says of the machine."""
    with hosted(site, directory) as (address, built):
        listed = tuple(pages(site, built))
        for number, page in enumerate(listed, 1):
            tell(f"  [{number}/{len(listed)}] {site.name}: /{page}")
            answers = [audited(home, address + page, HOST) for _ in range(runs)]
            yield row(f"/{page}", answers), answers[0]


def row(page: str, answers: Sequence[Answer]) -> Row:
    """Return the medians of several answers; what only a busy machine brings up once is no remark."""
    points = {name: median(one.points[name] for one in answers) for name in CATEGORIES}
    measures = {name: median(one.measures[name] for one in answers) for name in MEASURES}
    said = {audit: text for one in answers for audit, text in one.remarks.items()}
    often = {audit for audit in said if sum(audit in one.remarks for one in answers) > len(answers) / 2}
    return Row(page, points, measures, {audit: text for audit, text in said.items() if audit in often})


def table(name: str, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of a site's table, and below it every audit that was not passed, with its pages."""
    heads = ("ydeevne", "tilgængelighed", "god skik", "søgning", "LCP", "TBT", "CLS", "hentet")
    yield f"{name[0].upper()}{name[1:]}"
    yield f"{'side':<62}" + "".join(f"{head:>{max(8, len(head) + 2)}}" for head in heads)
    for one in rows:
        seen = one.measures
        shown = [f"{points:.0f}" for points in one.points.values()]
        shown += [f"{seen['lcp']:.0f}", f"{seen['tbt']:.0f}", f"{seen['cls']:.3f}", f"{seen['bytes'] / 1024:.1f} KB"]
        columns = zip(heads, shown, strict=True)
        yield f"{one.page:<62}" + "".join(f"{value:>{max(8, len(head) + 2)}}" for head, value in columns)
    yield from ("", "Ikke bestået, eller bemærket:")
    for audit in sorted({audit for one in rows for audit in one.remarks}):
        met = [one for one in rows if audit in one.remarks]
        yield f"  {audit} ({len(met)} af {len(rows)} sider): {met[0].remarks[audit]}"
        yield f"    {', '.join(one.page for one in met)}"


def tell(line: str) -> None:
    """Tell how far it has come, where results are not written."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Measure and print; ends with 1 where Lighthouse cannot be had, and with 0 whatever it says."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lighthouse", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one run a page instead of three")
    runs, heard = 1 if parser.parse_args().quick else RUNS, list[Answer]()
    try:
        tell(f"Henter Lighthouse {LIGHTHOUSE} med npm, første gang …")
        home = installed(ROOT / ".cache")
    except MissingError as error:
        sys.exit(str(error))
    with TemporaryDirectory(prefix="lighthouse-") as directory:
        for number, site in enumerate(sites(Path(directory))):
            place = Path(directory) / str(number)
            place.mkdir()
            found = list(measured(home, site, place, runs))
            heard += [one for _, one in found]
            print(*table(site.name, [one for one, _ in found]), "", sep="\n", flush=True)
    speeds = sorted(round(one.machine) for one in heard)
    about = {"runs": runs, "lighthouse": LIGHTHOUSE, "node": NODE, "browser": heard[0].browser}
    print(EXPLANATION.format(**about, slowest=speeds[0], middle=round(median(speeds))))


if __name__ == "__main__":
    main()
