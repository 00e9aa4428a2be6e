"""The words of `content/`: front matter, and one parser for page and paper.

A text is converted once: `convert` gives the element tree that leaflets are set from, and the same as HTML cut
at its insertions, so that every sender's page is a matter of joining strings.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, tostring

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from generator.addresses import relative, topic_in, topic_page
from generator.danish import slug
from generator.insertions import INSERTIONS
from generator.insertions.declaration import BlockInsertion
from generator.model.topic import Body, Heading, Insertion, Link, Stray
from generator.problems import ContentError, Position, Problem
from generator.text.dialect import INSERTION, unbearable


@dataclass(frozen=True)
class TextSource:
    """A Markdown file taken apart: the YAML of its front matter, if it has any, and the body with its first line."""

    front_matter: str | None
    body: str
    body_line: int


def split(text: str) -> TextSource:
    """Return the two parts of a file; front matter that is never closed leaves no body."""
    match = re.match(r"---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)", text)
    if match:
        return TextSource(match[1], text[match.end() :], text.count("\n", 0, match.end()) + 1)
    return TextSource(None, "" if text.startswith("---") else text, 1)


def convert(body: str, path: PurePosixPath, first_line: int = 1) -> Body:
    """Convert a body; internal links become relative to the text's own page.

    A body with faults is converted too, so that its links and insertions can be checked in the same run; only one that
    the converter cannot bear raises ContentError.
    """
    if broken := tuple(unbearable(body, path, first_line)):
        raise ContentError(broken)
    try:
        return _converted(body, path, first_line)
    except RecursionError:
        _dialect.cache_clear()  # what was broken off in the middle is not fit for the next text
        message, remedy = "teksten er flettet for dybt ind i sig selv", "brug færre lister i lister og færre * og _"
        raise ContentError([Problem(Position(path, first_line), message, remedy)]) from None


def _converted(body: str, path: PurePosixPath, first_line: int) -> Body:
    tree = _tree(body)
    strays = tuple(_strays(tree, body, first_line))
    for element in tree.iter():
        element.text, element.tail = _unstashed(element.text), _unstashed(element.tail)
        element.attrib.update({name: _CHARACTER.sub(_character, value) for name, value in element.items()})
    headings = []
    for element in tree.iter():
        if element.tag in ("h2", "h3", "h4"):
            words = plain_text(element)
            element.set("id", slug(words))
            headings.append(Heading(int(element.tag[1]), words.strip(), slug(words)))
    links = tuple(_links(tree, body, first_line))
    _link_pages(tree, path)
    return Body(
        tree=tree,
        segments=tuple(_segments(tree)),
        headings=tuple(headings),
        insertions=tuple(_insertions(body, first_line)),
        links=links,
        strays=strays,
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
    return "".join(element.itertext())  # an insertion has no text of its own


class _InsertionPattern(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802 (named and loosely typed by Python-Markdown)
        insertion = _parse(m[1], 1, 1)
        attributes = {"name": insertion.name, "args": "|".join(insertion.arguments)}
        return Element("insertion", attributes), m.start(0), m.end(0)


@cache
def _dialect() -> Markdown:
    dialect = Markdown(extensions=["tables", "sane_lists"])
    dialect.preprocessors.deregister("html_block")
    for name in ("html", "entity", "backtick", "image_reference", "reference", "short_reference",
                 "short_image_ref", "autolink", "automail"):  # fmt: skip
        dialect.inlinePatterns.deregister(name)
    for name in ("code", "quote", "reference", "setextheader", "hr"):
        dialect.parser.blockprocessors.deregister(name)
    dialect.treeprocessors.deregister("unescape")  # `_unstashed` does it, when what is left of * and _ is known
    dialect.inlinePatterns.register(_InsertionPattern(INSERTION.pattern), "insertion", 185)
    return dialect


_CHARACTER = re.compile(r"\x02(\d+)\x03")
"""What Python-Markdown writes for an escaped character until it is done."""
_STRAY = re.compile(r"\]\(|\]\[|\[\^|\||\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|(?<!\w)_+(?!\w)")


def _tree(body: str) -> Element:
    """Do what `Markdown.convert` does, but stop before the tree becomes text and escaped characters are put back."""
    dialect = _dialect()
    dialect.reset()
    lines = body.split("\n")
    for preprocessor in dialect.preprocessors:
        lines = preprocessor.run(lines)
    root = dialect.parser.parseDocument(lines).getroot()
    assert root is not None, "parseDocument makes a tree with a root"
    for treeprocessor in dialect.treeprocessors:
        changed = treeprocessor.run(root)
        root = root if changed is None else changed
    return root


def _unstashed(text: str | None) -> str | None:
    """Put back the ampersands and characters that Python-Markdown hides until it has written HTML."""
    if not text or "\x02" not in text:
        return text
    text = text.replace("\x02amp\x03", "&")
    return _CHARACTER.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1]))


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
        is_word = alone and not isinstance(INSERTIONS.get(insertion.name), BlockInsertion)
        yield html[position : match.start()] + ("<p>" if is_word else "")
        yield insertion
        position = match.end() - (len("</p>") if is_word else 0)
    yield html[position:]


def _unescaped(text: str) -> str:
    return text.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _insertions(body: str, first_line: int) -> Iterator[Insertion]:
    for number, line in enumerate(body.split("\n"), first_line):
        for match in INSERTION.finditer(line):
            yield _parse(match[1], number, match.start() + 1)


def _parse(inside: str, line: int, column: int) -> Insertion:
    name, _, rest = inside.partition(":")
    arguments = tuple(part.strip() for part in rest.split(",", 1) if part.strip())
    return Insertion(name.strip(), arguments, line, column)


def _strays(tree: Element, body: str, first_line: int) -> Iterator[Stray]:
    """Yield the marks that are still there when the converter has taken those that it understands."""
    position = 0
    for text in tree.itertext():
        for match in _STRAY.finditer(text):
            before = text[max(0, match.start() - 8) : match.start()].rpartition("\x03")[2]
            found = body.find(before + match[0], position)
            place = found + len(before) if found >= 0 else max(body.find(match[0], position), position)
            line_start = body.rfind("\n", 0, place) + 1
            if body[line_start:].partition("\n")[0].strip(" *_"):  # a line of nothing else is a fault of its own
                yield Stray(match[0], first_line + body.count("\n", 0, place), place - line_start + 1)
            position = place + len(match[0])


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
