"""The words of `content/`: front matter, and one parser for page and paper.

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
from generator.dialect import INSERTION, INSERTIONS
from generator.model.topic import Body, Heading, Insertion, Link


@dataclass(frozen=True)
class Source:
    """A Markdown file taken apart: the YAML of its front matter, if it has any, and the body with its first line."""

    front_matter: str | None
    body: str
    body_line: int


def split(text: str) -> Source:
    """Return the two parts of a file; front matter that is never closed leaves no body."""
    match = re.match(r"---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)", text)
    if match:
        return Source(match[1], text[match.end() :], text.count("\n", 0, match.end()) + 1)
    return Source(None, "" if text.startswith("---") else text, 1)


def convert(body: str, path: PurePosixPath, first_line: int = 1) -> Body:
    """Convert a body; internal links become relative to the text's own page.

    A body with faults is converted too, so that its links and insertions can be checked in the same run.
    """
    tree = _tree(body)
    links = tuple(_links(tree, body, first_line))
    _link_pages(tree, path)
    return Body(
        tree=tree,
        segments=tuple(_segments(tree)),
        headings=tuple(_headings(tree)),
        insertions=tuple(_insertions(body, first_line)),
        links=links,
        text_hash=hashlib.sha256(body.encode()).hexdigest(),
        source=body,
        first_line=first_line,
    )


def insertion_elements(tree: Element) -> Iterator[tuple[Element, int]]:
    """Yield the element around each insertion, and which of the body's insertions it is."""
    parents = [parent for parent in tree.iter() for child in parent if child.tag == "insertion"]
    places = {id(child): index for index, child in enumerate(tree.iter("insertion"))}
    for parent in dict.fromkeys(parents):
        yield from ((parent, places[id(child)]) for child in parent if child.tag == "insertion")


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
    for name in ("html", "entity", "backtick", "image_reference", "reference", "short_reference",
                 "short_image_ref", "autolink", "automail"):  # fmt: skip
        dialect.inlinePatterns.deregister(name)
    for name in ("code", "quote", "reference", "setextheader", "hr"):
        dialect.parser.blockprocessors.deregister(name)
    dialect.inlinePatterns.register(_InsertionPattern(INSERTION.pattern), "insertion", 185)
    return dialect


_DIALECT = _dialect()


def _tree(body: str) -> Element:
    """Do what `Markdown.convert` does, but stop before the tree becomes text."""
    _DIALECT.reset()
    lines = body.split("\n")
    for preprocessor in _DIALECT.preprocessors:
        lines = preprocessor.run(lines)
    root = _DIALECT.parser.parseDocument(lines).getroot()
    assert root is not None, "parseDocument makes a tree with a root"
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
            is_here = anchor and place[:2] == own[:2]
            address = "" if is_here else relative(topic_page(section, topic), topic_page(own[0], own[1]))
            link.set("href", f"{address}#{anchor}" if anchor else address)


def _segments(tree: Element) -> Iterator[str | Insertion]:
    html = tostring(tree, encoding="unicode", method="html").strip()
    html = html.removeprefix("<div>").removesuffix("</div>").strip()
    mark = r'<insertion name="([^"]*)" args="([^"]*)"></insertion>'
    position = 0
    for match in re.finditer(rf"<p>\s*{mark}\s*</p>|{mark}", html):
        alone = match[1] is not None
        name, arguments = (match[1], match[2]) if alone else (match[3], match[4])
        insertion = Insertion(_unescaped(name), tuple(_unescaped(a) for a in arguments.split("|") if a))
        is_word = alone and not (insertion.name in INSERTIONS and INSERTIONS[insertion.name].block)
        yield html[position : match.start()] + ("<p>" if is_word else "")
        yield insertion
        position = match.end() - (len("</p>") if is_word else 0)
    yield html[position:]


def _unescaped(text: str) -> str:
    return text.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _headings(tree: Element) -> Iterator[Heading]:
    for element in tree.iter():
        if element.tag in ("h2", "h3", "h4"):
            yield Heading(int(element.tag[1]), plain_text(element).strip(), element.get("id", ""))


def _insertions(body: str, first_line: int) -> Iterator[Insertion]:
    for number, line in enumerate(body.split("\n"), first_line):
        for match in INSERTION.finditer(line):
            yield _parse(match[1], number, match.start() + 1)


def _parse(inside: str, line: int, column: int) -> Insertion:
    name, _, rest = inside.partition(":")
    arguments = tuple(part.strip() for part in rest.split(",", 1) if part.strip())
    return Insertion(name.strip(), arguments, line, column)


def _links(tree: Element, body: str, first_line: int) -> Iterator[Link]:
    """Yield the links that a reader will meet, each where it is written."""
    position = 0
    for element in tree.iter("a"):
        target = element.get("href", "")
        position = _address_at(body, target, position)
        if not body.startswith("{{", position):  # an insertion in an address, which is a fault of its own
            line_start = body.rfind("\n", 0, position) + 1
            yield Link(target, first_line + body.count("\n", 0, position), position - line_start + 1)


def _address_at(body: str, target: str, start: int) -> int:
    """Return where an address is written, escaped or not; `start` if it cannot be found."""
    plain = body.find(f"]({target}", start)
    if target and plain >= 0:
        return plain + len("](")
    written = "".join(rf"\\?{re.escape(character)}" for character in target)
    match = re.compile(rf"\]\(\s*(?={written})").search(body, start)
    return match.end() if match else start
