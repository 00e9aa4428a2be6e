"""The guide for editors is true: its examples can be followed, and its error messages are those of the program."""

import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator import Catalogue, ContentError, check, load
from generator.cache import Cache
from generator.danish import slug
from generator.loading import Convert
from generator.loading.conversion import converter
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from tests.project.test_docs import GUIDE, between
from tests.support.built import ROOT, TODAY, store

pytestmark = pytest.mark.whole

MERGED = date(2030, 1, 1)
"""The day on which the guide's invented region begins."""


@dataclass(frozen=True)
class Example:
    """A fenced block of the guide that names the file it belongs in."""

    path: str
    text: str

    @property
    def id(self) -> str:
        """The id of the record that the example is about, which a file's name may be."""
        found = re.match(r"- (?:\{)?id: \"?([\w-]+)", self.text)
        return found[1] if found else Path(self.path).stem


def examples() -> list[Example]:
    found = re.findall(r"(?ms)^( *)```(?:yaml|markdown) (\S+)\n(.*?)^ *```$", GUIDE)
    return [Example(path, textwrap.dedent(text)) for _, path, text in found]


def put_in(root: Path, example: Example) -> None:
    """Do as the guide tells an editor: a new file, a record in place of the one of the same id, or at the end."""
    file = root / example.path
    if not file.exists():
        file.write_text(example.text, "utf-8")
        return
    text = file.read_text("utf-8")
    record = re.compile(rf"^- id: {example.id}$.*?(?=^- id: |\Z)", re.MULTILINE | re.DOTALL)
    replaced, times = record.subn(lambda _: example.text, text)
    file.write_text(replaced if times else text.rstrip("\n") + "\n" + example.text, "utf-8")


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    return converter(Cache(tmp_path_factory.mktemp("cache")))


def copy_project(target: Path) -> Path:
    target.mkdir(parents=True)
    for name in ("content", "data", "overrides"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project in which every step of the guide has been taken."""
    root = copy_project(tmp_path_factory.mktemp("guide") / "project")
    for example in examples():
        put_in(root, example)
    assert "   valid_to: 2029-12-31\n   successors: [vestdanmark]\n" in GUIDE
    for region in ("nordjylland", "midtjylland"):
        alter(root / f"data/regions/{region}.yml", "valid_to: null\nsuccessors: []",
              "valid_to: 2029-12-31\nsuccessors: [vestdanmark]")  # fmt: skip
    for command in re.findall(r"^ *\.venv/bin/borgerinfo (release --draft)$", GUIDE, re.MULTILINE):
        subprocess.run([sys.executable, "-m", "generator.cli", *command.split()], cwd=root, check=True)
    return root


def alter(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, f"{file.name} no longer holds {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_guide_has_an_example_of_everything_it_teaches() -> None:
    assert {(e.path, e.id) for e in examples()} == {
        ("content/emner/saadan-bruger-du-siderne.md", "saadan-bruger-du-siderne"),
        ("data/areas.yml", "nordjylland"),
        ("data/interventions/nordjylland.yml", "nordjylland-eksempel-traening"),
        ("data/videos.yml", "nordjylland-eksempel-film"),
        ("data/pathways/eksempel-paa-vej.yml", "eksempel-paa-vej"),
        ("data/standard_texts/eksempel-paa-svar.yml", "eksempel-paa-svar"),
        ("data/sources.yml", "eksempel-rapport-2026"),
        ("data/figures/eksempel-hvem-betaler.yml", "eksempel-hvem-betaler"),
        ("data/search_words.yml", "eksempel-havearbejde"),
        ("data/leaflets/medicin.yml", "medicin"),
        ("data/regions/vestdanmark.yml", "vestdanmark"),
    }


def test_the_steps_of_the_guide_leave_a_project_without_faults(followed: Path, convert: Convert) -> None:
    catalogue = load(followed, convert)
    for day in (TODAY, date(2027, 3, 1), MERGED):
        assert check(catalogue, day, "draft") == []
    area = catalogue.areas["nordjylland"]
    before, after = (area.phone("out-of-hours", day) for day in (date(2027, 2, 28), date(2027, 3, 1)))
    assert before is not None
    assert before.uri == "tel:+4512345678"
    assert after is not None
    assert after.uri is None
    assert [r.id for r in catalogue.regions_on(MERGED)] == ["oestdanmark", "syddanmark", "vestdanmark"]


def test_the_site_of_the_guide_shows_what_was_added(followed: Path, convert: Convert, tmp_path: Path) -> None:
    catalogue = load(followed, convert)
    site = tmp_path / "site"
    build_site(catalogue, BuildRequest(followed, site, TODAY), store())
    texts = (site / "nordjylland/index.html").read_text("utf-8")
    assert 'href="./saadan-bruger-du-siderne/"' in texts or 'href="saadan-bruger-du-siderne/"' in texts
    assert "snerydning" in (site / "nordjylland/soeg/index.html").read_text("utf-8")
    offer = (site / "nordjylland/tilbud/nordjylland-eksempel-traening/index.html").read_text("utf-8")
    assert "https://www.example.org/film" in offer
    assert "Linjer under notes vises aldrig" not in offer
    assert (site / "nordjylland/foldere/medicin-a4.pdf").read_bytes().startswith(b"%PDF")
    assert not (site / "syddanmark/foldere/medicin-a4.pdf").exists()
    path = (site / "nordjylland/fagfolk/beslutningsveje/eksempel-paa-vej/index.html").read_text("utf-8")
    assert "Er I enige om det næste skridt?" in path
    reply = (site / "nordjylland/fagfolk/standardtekster/index.html").read_text("utf-8")
    assert "Vi sender henvisningen af <mark>[dato]</mark> tilbage." in reply
    code = next(edition.id for edition in catalogue.editions.values() if edition.leaflet == "medicin")
    assert "nordjylland/medicin/" in (site / f"q/{code}/index.html").read_text("utf-8")
    assert "betaler for 92 pct." in (site / "syddanmark/fagfolk/tal/eksempel-hvem-betaler/index.html").read_text(
        "utf-8"
    )


def test_the_lines_that_approve_a_text_approve_it(tmp_path: Path, convert: Convert) -> None:
    lines = between(GUIDE, "Så retter du tre linjer\n", "## ").split("```yaml\n")[1].split("```")[0]
    root = copy_project(tmp_path / "project")
    text = root / "content/emner/skal-du-scannes.md"
    for line in lines.splitlines():
        alter(text, f"\n{line.split(':')[0]}: null\n", f"\n{line}\n")
    topic = load(root, convert).topics["skal-du-scannes"]
    assert (topic.last_reviewed, topic.review_due) == (date(2026, 12, 1), date(2027, 12, 1))


def test_the_anchors_that_the_guide_teaches_are_those_of_the_program() -> None:
    assert slug("Hvornår giver et billede mening?") in GUIDE


# ── The guide's error messages are those of the program ──

REGION = "data/regions/sjaelland.yml"
OFFERS = "data/interventions/nordjylland.yml"
AREAS = "data/areas.yml"
MESSAGE = "data/standard_texts/besked-til-patienten.yml"
PATH = "data/pathways/triage-i-praksis.yml"
FIGURE = "data/figures/landstal-omfang.yml"
TOPIC = "content/emner/skal-du-scannes.md"
HELP = "content/emner/hvornaar-skal-du-soege-hjaelp.md"
TITLE = "title: Til dig, der har smerter i lænderyggen"
LINK = "(hvornaar-skal-du-soege-hjaelp.md)"
HEADING = "## Kan en scanning gøre skade?"

Change = tuple[str, str, str]
"""A file, what stands there, and the mistake that takes its place; all of it where nothing is named."""

MISTAKES: dict[str, Change] = {
    "a date": (REGION, "valid_to: 2026-12-31", "valid_to: 31/12-2026"),
    "a key misspelt": (REGION, "short_name:", "shortname:"),
    "a key left out": (REGION, "short_name: Sjælland\n", ""),
    "a choice": (OFFERS, "status: active", "status: aktiv"),
    "a text that is a comment": (OFFERS, TITLE, "title: # folderen"),
    "a colon": (OFFERS, TITLE, "title: Folder: til dig"),
    "no colon": (OFFERS, f"  {TITLE}", "  title Til dig"),
    "indentation": (OFFERS, f"  {TITLE}", f" {TITLE}"),
    "a tab": (REGION, "areas: [sjaelland]", "areas:\n\t- sjaelland"),
    "no list": (OFFERS, "facts:\n    - Folderen", "facts: ingen\n  parts:\n    - Folderen"),
    "an approval in prose": (TOPIC, "approved_by: null", "approved_by: en læge"),
    "an id twice": (OFFERS, "- id: nordjylland-forloebsbeskrivelse", "- id: nordjylland-folder-og-hjemmeside"),
    "an id of nothing": (OFFERS, "source: benchmark-2024", "source: benchmark-2025"),
    "a number": (AREAS, '"70 15 03 00"', '"70150300"'),
    "an address": ("data/videos.yml", "url: https://rn.dk/l%C3%A6nderygsmerter", "url: http://rn.dk"),
    "HTML in a fact": (OFFERS, TITLE, "title: Til <b>dig</b>"),
    "an insertion in a fact": (OFFERS, TITLE, 'title: "Fra {{ afsender }}"'),
    "a lifetime": (AREAS, "verified_on: null", "valid_from: 2027-01-01\n    valid_to: 2026-12-31"),
    "no number": (AREAS, "purpose: out-of-hours", "purpose: out-of-hours\n    valid_to: 2026-10-31"),
    "no region": (REGION, "valid_to: 2026-12-31", "valid_to: 2026-10-31"),
    "two numbers at once": (
        AREAS,
        "  exceptions: []",
        '  - {purpose: out-of-hours, name: lægevagten, number: "70 11 31 31", hours: altid, hours_in_english: always,\n'
        "     valid_from: 2027-03-01, valid_to: 2027-12-31}\n  exceptions: []",
    ),
    "two words about an island": (
        AREAS,
        "  exceptions: []",
        "  exceptions: [{place: Læsø, says: Spørg i havnen., valid_to: 2027-03-28},\n"
        "    {place: Læsø, says: Spørg på apoteket., valid_from: 2027-03-01}]",
    ),
    "two regions at once": (REGION, "valid_to: 2026-12-31", "valid_to: 2027-01-31"),
    "a pale colour": (REGION, 'ink: "#7A1F5C"', 'ink: "#E05CB0"'),
    "a row of a figure": (
        FIGURE,
        "    form: bars\n    title: Hvem",
        "    form: bars\n    rows: [Det offentlige på privathospital]\n    title: Hvem",
    ),
    "a number in a figure's sentence": (FIGURE, "408.300", "402.300"),
    "no last resort": ("data/red_flags.yml", "  closing: Får du ikke fat i nogen med det samme, så ring 112.\n", ""),
    "a path in a ring": (PATH, "then: egenhaandtering", "then: undersoegelse"),
    "a path that ends nowhere": (PATH, "  then: egenhaandtering\n", ""),
    "a path without an answer": (PATH, "  - {answer: Nej, to: uspecifik}\n", ""),
    "a step nobody reaches": (PATH, "to: uspecifik", "to: udred"),
    "a step of nothing": (PATH, "to: udred}", "to: udrede}"),
    "a text with words and parts": (
        MESSAGE,
        "structure: []",
        "structure: [{says: x, citations: [{source: sst-2025}]}]",
    ),
    "a bracket not closed": (MESSAGE, "[klinikkens navn]", "[klinikkens navn"),
    "a row of nothing": ("data/site.yml", 'row: "2021-2023"', 'row: "2021-2024"'),
    "no front matter": (TOPIC, "---\ntitle", "title"),
    "an insertion misspelt": (TOPIC, "{{ alarmtegn: kort }}", "{{ alarmteng: kort }}"),
    "an insertion in a sentence": (TOPIC, "Tit betyder de ikke", "{{ alarmtegn: kort }} Tit betyder de ikke"),
    "an insertion not closed": (TOPIC, "{{ alarmtegn: kort }}", "{{ alarmtegn: kort }"),
    "an insertion without its id": (TOPIC, "{{ alarmtegn: kort }}", "{{ kilde }}"),
    "a source not listed": (TOPIC, ", nice-ng59]", "]"),
    "a source not cited": (TOPIC, "{{ kilde: nice-ng59 }}", ""),
    "a number in prose": (TOPIC, "Spørg din læge, hvad", "Ring 70 15 03 00, og spørg, hvad"),
    "a dead link": (TOPIC, LINK, "(hvornaar-skal-du-soge-hjaelp.md)"),
    "a dead anchor": (TOPIC, LINK, "(hvornaar-skal-du-soege-hjaelp.md#hvem-ringer-man-til)"),
    "an unsafe address": (TOPIC, LINK, "(http://sundhed.dk)"),
    "a link to clinicians' pages": (TOPIC, LINK, "(../fagfolk/hotlines.md)"),
    "a question not answered": (TOPIC, "- Kan en scanning gøre skade?", "- Kan en scanning skade?"),
    "a list without a blank line": (TOPIC, "Det kan fx være:\n\n", "Det kan fx være:\n"),
    "HTML": (TOPIC, HEADING, f"{HEADING}\n\nEt <b>ord</b>"),
    "a second title": (TOPIC, HEADING, HEADING[1:]),
    "a picture": (TOPIC, "Spørg din læge", "![ryg](ryg.png) Spørg din læge"),
    "no signs": (HELP, "{{ alarmtegn }}", ""),
}
BYTES: dict[str, Callable[[str], bytes]] = {
    "Latin-1": lambda text: text.encode("latin-1", "replace"),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
}


def placeless(line: str) -> str:
    """Return the line with its places blotted out: lines move whenever a file is edited."""
    return re.sub(r":\d+:\d+", ":…", line)


def faults(root: Path, convert: Convert) -> list[str]:
    try:
        return [f"{p.message} – {p.remedy}" for p in check(load(root, convert), TODAY, "draft")]
    except ContentError as error:
        return [f"{p.message} – {p.remedy}" for p in error.problems]


Say = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def say(tmp_path_factory: pytest.TempPathFactory, convert: Convert) -> Say:
    """Return a function that makes one mistake in a copy of the project and returns what the program says to it."""
    root = copy_project(tmp_path_factory.mktemp("mistakes") / "project")

    @cache
    def made(name: str) -> list[str]:
        path, old, new = MISTAKES.get(name, (TOPIC, "", ""))
        right = (root / path).read_bytes()
        try:
            alter(root / path, old, new)
            if name in BYTES:
                (root / path).write_bytes(BYTES[name](right.decode()))
            return faults(root, convert)
        finally:
            (root / path).write_bytes(right)

    return made


def explained() -> list[str]:
    section = between(GUIDE, "## Når der er fejl", "\n## ")
    return [row.replace(r"\|", "|") for row in re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE)]


@pytest.mark.parametrize("name", [*MISTAKES, *BYTES])
def test_the_guide_explains_what_the_program_says_to_a_mistake(name: str, say: Say) -> None:
    rows = {placeless(row) for row in explained()}
    assert rows & {placeless(line) for line in say(name)}, say(name)


def test_the_guide_explains_no_message_that_the_program_never_says(say: Say) -> None:
    spoken = {placeless(line) for name in (*MISTAKES, *BYTES) for line in say(name)}
    assert [row for row in explained() if placeless(row) not in spoken] == []


def test_one_mistake_is_told_once(say: Say) -> None:
    """Mistakes that truly have several ends are named with their number."""
    several = {"an id twice": 3, "no front matter": 3, "a second title": 2}
    counts = {name: len(say(name)) for name in (*MISTAKES, *BYTES)}
    assert {name: n for name, n in counts.items() if n != several.get(name, 1)} == {}


def test_the_error_that_the_guide_takes_apart_is_a_real_one(tmp_path: Path, convert: Convert) -> None:
    shown = between(GUIDE, "```text\n", "\n```")
    root = copy_project(tmp_path / "project")
    path, old, new = MISTAKES["a date"]
    alter(root / path, old, new)
    with pytest.raises(ContentError) as refused:
        load(root, convert)
    assert placeless(str(refused.value)) == placeless(shown)


def test_the_guide_explains_everything_that_stops_publication_today(catalogue: Catalogue) -> None:
    section = between(GUIDE, "## Udkast og udgivelse", "\n## ")
    rows = [re.escape(row).replace("…", ".+") for row in re.findall(r"^\| ([a-zæøå][^|`]+) \|", section, re.MULTILINE)]
    assert len(rows) >= 10
    messages = {problem.message for problem in check(catalogue, TODAY, "publish")}
    assert messages
    assert [m for m in sorted(messages) if not any(re.fullmatch(row, m) for row in rows)] == []
