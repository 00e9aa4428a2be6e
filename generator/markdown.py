"""The Markdown dialect of `content/`: front matter, a closed set of insertions, and one parser for page and paper.

A text is converted once: `convert` gives the element tree that leaflets are set from, and the same as HTML cut
at its insertions, so that every sender's page is a matter of joining strings.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, tostring

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from generator.addresses import relative, topic_in, topic_page
from generator.danish import slug
from generator.model.topic import Body, Heading, Insertion, Link
from generator.problems import Position, Problem


@dataclass(frozen=True)
class Allowed:
    """How an insertion is written: alone in its paragraph or not, with how many arguments, naming what."""

    block: bool = False
    least: int = 0
    most: int = 0
    names: str | None = None
    """The kind of record that the first argument is the id of."""
    choices: tuple[str, ...] = ()


INSERTIONS = {
    "kilde": Allowed(least=1, most=2, names="source"),
    "telefon": Allowed(least=1, most=1, choices=("112", "vagt")),
    "afsender": Allowed(),
    "alarmtegn": Allowed(block=True, most=1, choices=("kort",)),
    "hvem-ringer-du-til": Allowed(block=True),
    "alle-numre": Allowed(block=True),
    "folder": Allowed(block=True, least=1, most=1, names="leaflet"),
    "videoer": Allowed(block=True, least=1, most=1, choices=("borgere", "fagfolk")),
    "indsatser": Allowed(block=True, least=1, most=2, choices=("borgere", "fagfolk")),
    "krisehjaelp": Allowed(block=True),
    "kontakt": Allowed(block=True),
    "kildeliste": Allowed(block=True),
}
_INSERTION = re.compile(r"\{\{\s*([^{}|]*?)\s*\}\}")
_LINK = re.compile(r"(!?)\[(?:[^\[\]]|\\.)*\]\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)[^()]*\)")
_FORBIDDEN = (
    (re.compile(r"<[A-Za-z/!?]"), "HTML kan ikke stå i teksten", "skriv almindelig tekst; links skrives [ord](adresse)"),
    (re.compile(r"\{%|\{#"), "her står et skabelonudtryk", "skriv en indsættelse som {{ telefon: vagt }}, eller fjern det"),
    (re.compile(r"`"), "kode (`) kan ikke vises på papir", "fjern tegnet `"),
    (re.compile(r"^\s*>"), "citatblokke (>) kan ikke vises på papir", "skriv afsnittet uden >"),
    (re.compile(r"^#\s"), "siden har allerede sin overskrift fra title", "begynd med ## for en underoverskrift"),
    (re.compile(r"^#{5,}"), "overskriften er for dyb", "brug ##, ### eller ####"),
    (re.compile(r"^\[[^\]]+\]:\s"), "linkdefinitioner bruges ikke her", "skriv linket direkte: [ord](adresse)"),
    (re.compile(r"\t"), "her står et tabulatortegn", "brug mellemrum"),
)


@dataclass(frozen=True)
class Source:
    """A Markdown file taken apart: the YAML of its front matter, and the body with the line it starts on."""

    front_matter: str
    body: str
    body_line: int


def split(text: str) -> Source | None:
    """Return the two parts of a file, or None if it has no front matter."""
    match = re.match(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if not match:
        return None
    return Source(match[1], text[match.end() :], text.count("\n", 0, match.end()) + 1)


def faults(body: str, path: PurePosixPath, first_line: int) -> Iterator[Problem]:
    """Yield what the dialect does not allow, each on its line."""
    for number, line in enumerate(body.split("\n"), first_line):
        for pattern, message, remedy in _FORBIDDEN:
            if match := pattern.search(line):
                yield Problem(Position(path, number, match.start() + 1), message, remedy)
        for match in _LINK.finditer(line):
            if match[1]:
                position = Position(path, number, match.start() + 1)
                yield Problem(position, "billeder kan ikke stå i teksten", "læg billedet i data, eller fjern det")
        for match in re.finditer(r"\{\{|\}\}", _INSERTION.sub(lambda m: " " * len(m[0]), line)):
            position = Position(path, number, match.start() + 1)
            yield Problem(position, f"»{match[0]}« står alene", "skriv hele indsættelsen på én linje: {{ navn: værdi }}")


def convert(body: str, path: PurePosixPath, first_line: int = 1) -> Body:
    """Convert a body that has no faults; internal links become relative to the text's own page."""
    tree = _tree(body)
    _link_pages(tree, path)
    return Body(
        tree=tree,
        segments=tuple(_segments(tree)),
        headings=tuple(_headings(tree)),
        insertions=tuple(_insertions(body, first_line)),
        links=tuple(_links(body, first_line)),
        text_hash=hashlib.sha256(body.encode()).hexdigest(),
        source=body,
        first_line=first_line,
    )


def plain_text(element: Element) -> str:
    """Return the words of an element, without its insertions."""
    words = element.text or ""
    for child in element:
        words += ("" if child.tag == "insertion" else plain_text(child)) + (child.tail or "")
    return words


class _InsertionPattern(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        insertion = _parse(m[1], 1, 1)
        attributes = {"name": insertion.name, "args": "|".join(insertion.arguments)}
        return Element("insertion", attributes), m.start(0), m.end(0)


def _dialect() -> Markdown:
    dialect = Markdown(extensions=["tables", "sane_lists"])
    for name in ("html_block",):
        dialect.preprocessors.deregister(name)
    for name in ("html", "backtick", "image_link", "image_reference", "reference", "short_reference",
                 "short_image_ref", "autolink", "automail"):  # fmt: skip
        dialect.inlinePatterns.deregister(name)
    dialect.parser.blockprocessors.deregister("code")
    dialect.parser.blockprocessors.deregister("quote")
    dialect.inlinePatterns.register(_InsertionPattern(_INSERTION.pattern), "insertion", 185)
    return dialect


_DIALECT = _dialect()


def _tree(body: str) -> Element:
    """Do what `Markdown.convert` does, but stop before the tree becomes text."""
    _DIALECT.reset()
    lines = body.split("\n")
    for preprocessor in _DIALECT.preprocessors:
        lines = preprocessor.run(lines)
    root = _DIALECT.parser.parseDocument(lines).getroot()
    for treeprocessor in _DIALECT.treeprocessors:
        changed = treeprocessor.run(root)
        root = root if changed is None else changed
    for element in root.iter():
        element.text = _unstashed(element.text)
        element.tail = _unstashed(element.tail)
    for heading in root.iter():
        if heading.tag in ("h2", "h3", "h4"):
            heading.set("id", slug(plain_text(heading)))
    return root


def _unstashed(text: str | None) -> str | None:
    """Put back the ampersands and characters that Python-Markdown hides until it has written HTML."""
    if not text or "\x02" not in text:
        return text
    text = text.replace("\x02amp\x03", "&")
    return re.sub(r"\x02(\d+)\x03", lambda m: chr(int(m[1])), text)


def _link_pages(tree: Element, path: PurePosixPath) -> None:
    own = topic_in(path, "")
    for link in tree.iter("a"):
        target = link.get("href", "")
        place = None if re.match(r"[a-z]+:", target) else topic_in(path, target)
        if place and own:
            section, topic, anchor = place
            address = relative(topic_page(section, topic), topic_page(own[0], own[1]))
            link.set("href", f"#{anchor}" if place[:2] == own[:2] and anchor else address + (f"#{anchor}" if anchor else ""))


def _segments(tree: Element) -> Iterator[str | Insertion]:
    html = tostring(tree, encoding="unicode", method="html").removeprefix("<div>").removesuffix("</div>")
    mark = r'<insertion name="([^"]*)" args="([^"]*)"></insertion>'
    position = 0
    for match in re.finditer(rf"<p>\s*{mark}\s*</p>|{mark}", html):
        yield html[position : match.start()]
        name, arguments = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
        yield Insertion(_unescaped(name), tuple(_unescaped(a) for a in arguments.split("|") if a))
        position = match.end()
    yield html[position:]


def _unescaped(text: str) -> str:
    return text.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _headings(tree: Element) -> Iterator[Heading]:
    for element in tree.iter():
        if element.tag in ("h2", "h3", "h4"):
            yield Heading(int(element.tag[1]), plain_text(element).strip(), element.get("id", ""))


def _insertions(body: str, first_line: int) -> Iterator[Insertion]:
    for number, line in enumerate(body.split("\n"), first_line):
        for match in _INSERTION.finditer(line):
            yield _parse(match[1], number, match.start() + 1)


def _parse(inside: str, line: int, column: int) -> Insertion:
    name, _, rest = inside.partition(":")
    arguments = tuple(part.strip() for part in rest.split(",", 1) if part.strip())
    return Insertion(name.strip(), arguments, line, column)


def _links(body: str, first_line: int) -> Iterator[Link]:
    for number, line in enumerate(body.split("\n"), first_line):
        for match in _LINK.finditer(line):
            if not match[1]:
                yield Link(match[2], number, match.start(2) + 1)
