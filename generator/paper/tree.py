"""From the element tree of a text to paper blocks.

The tree is what Python-Markdown builds: a root `<div>` with headings, paragraphs, lists and tables, in which
`<insertion name="…" args="…|…"/>` stands for a fact that is filled in for one sender.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Literal, cast
from xml.etree.ElementTree import Element

from generator.model.sheet import (
    Break,
    Listing,
    PaperBlock,
    PaperError,
    PaperHeading,
    PaperInline,
    Paragraph,
    Run,
    Table,
)

Resolve = Callable[[str, tuple[str, ...]], tuple[PaperInline | PaperBlock, ...]]
"""Gives what an insertion with that name and those arguments looks like on paper; nothing is an empty tuple."""

LONGEST_READABLE_ADDRESS = 48
"""Nobody types more than a line of a column by hand: of longer addresses only the site's name is printed."""

TICK_BOX = "[ ] "
"""What every item of a list begins with where it is to have a box to tick."""

_STYLES = {"strong": "strong", "em": "emphasis"}
_HEADINGS = {"h2": 2, "h3": 3}


def sheet_blocks(tree: Element, resolve: Resolve) -> tuple[PaperBlock, ...]:
    """Return the text as paper blocks, or raise PaperError for a heading that is too deep for paper.

    All else that paper cannot show, the dialect and the checks have refused for every text. An insertion alone in its
    paragraph may become blocks; among words it becomes words. A link to another site becomes its words and the address
    in brackets, without https://. A link within the site, to an e-mail address or to a number becomes its words alone:
    the code on the leaflet leads to the page where it works.
    """
    return tuple(block for element in tree for block in _blocks(element, resolve))


def printed_address(address: str) -> str:
    """Return a web address as written on paper: no https://, no slash at the end, and no more than fits a line."""
    short = re.sub(r"^https?://", "", address).rstrip("/")
    return short if len(short) <= LONGEST_READABLE_ADDRESS else short.split("/")[0]


def _blocks(element: Element, resolve: Resolve) -> tuple[PaperBlock, ...]:
    if element.tag in _HEADINGS:
        level = cast(Literal[2, 3], _HEADINGS[element.tag])
        return (PaperHeading(level=level, content=_words(element, resolve)),)
    if element.tag in ("p", "insertion"):
        return _paragraph(element, resolve)
    if element.tag in ("ul", "ol"):
        return (_listing(element, resolve),)
    if element.tag == "table":
        return (_table(element, resolve),)
    assert element.tag == "h4", f"the dialect makes no <{element.tag}>"
    raise PaperError("En folder kan ikke vise en overskrift på niveau 4", "brug ## eller ###")


def _paragraph(element: Element, resolve: Resolve) -> tuple[PaperBlock, ...]:
    parts = _resolved(element, resolve) if element.tag == "insertion" else tuple(_content(element, resolve))
    blocks = tuple(part for part in parts if isinstance(part, PaperBlock))
    content = _tidy(part for part in parts if isinstance(part, Run | Break))
    assert not (blocks and content), "a block stands alone in its paragraph"
    return blocks or ((Paragraph(content=content),) if content else ())


def _listing(element: Element, resolve: Resolve) -> Listing:
    items = tuple(_item(item, resolve) for item in element)
    boxed = all(_first_words(item).startswith(TICK_BOX) for item in items)
    if boxed:
        items = tuple(_without_box(item) for item in items)
    return Listing(items=items, ordered=element.tag == "ol", start=int(element.get("start", "1")), boxed=boxed)


def _first_words(item: tuple[PaperBlock, ...]) -> str:
    first = item[0].content[0] if item and isinstance(item[0], Paragraph) else None
    return first.text if isinstance(first, Run) else ""


def _without_box(item: tuple[PaperBlock, ...]) -> tuple[PaperBlock, ...]:
    first = cast(Paragraph, item[0])
    run = cast(Run, first.content[0])
    rest = replace(run, text=run.text.removeprefix(TICK_BOX))
    return (replace(first, content=((rest, *first.content[1:]) if rest.text else first.content[1:])), *item[1:])


def _item(item: Element, resolve: Resolve) -> tuple[PaperBlock, ...]:
    """Return an item's blocks; its words may stand bare, before and between the blocks."""
    blocks: list[PaperBlock] = []
    loose = Element("p")
    loose.text = item.text
    for child in item:
        if child.tag in ("p", "ul", "ol", "table"):
            blocks += _paragraph(loose, resolve) + _blocks(child, resolve)
            loose = Element("p")
            loose.text = child.tail
        else:
            loose.append(child)
    return (*blocks, *_paragraph(loose, resolve))


def _table(element: Element, resolve: Resolve) -> Table:
    rows = [tuple(_words(cell, resolve) for cell in row) for row in element.iter("tr")]
    return Table(head=rows[0], rows=tuple(rows[1:]))


def _words(element: Element, resolve: Resolve) -> tuple[PaperInline, ...]:
    parts = tuple(_content(element, resolve))
    assert not any(isinstance(part, PaperBlock) for part in parts), "a block stands in no heading and no table"
    return _tidy(part for part in parts if isinstance(part, Run | Break))


def _content(
    element: Element, resolve: Resolve, styles: frozenset[str] = frozenset()
) -> Iterable[PaperInline | PaperBlock]:
    yield from _text(element.text, styles)
    for child in element:
        if child.tag == "insertion":
            resolved = _resolved(child, resolve)
            yield from _apart(element, child, resolved)
        elif child.tag == "br":
            yield Break()
        elif child.tag in _STYLES:
            yield from _content(child, resolve, styles | {_STYLES[child.tag]})
        else:
            assert child.tag == "a", f"the dialect makes no <{child.tag}>"
            yield from _link(child, resolve, styles)
        yield from _text(child.tail, styles)


def _apart(
    parent: Element, child: Element, resolved: tuple[PaperInline | PaperBlock, ...]
) -> Iterable[PaperInline | PaperBlock]:
    """Yield note numbers with a comma before one that follows another, so that 5 and 6 do not read as 56."""
    place = list(parent).index(child)
    before = parent[place - 1] if place else None
    follows = before is not None and before.tag == "insertion" and not (before.tail or "").strip()
    first = resolved[0] if resolved else None
    if follows and isinstance(first, Run) and first.raised:
        yield Run(text=",", raised=True)
    yield from resolved


def _link(element: Element, resolve: Resolve, styles: frozenset[str]) -> Iterable[PaperInline | PaperBlock]:
    target = element.get("href", "")
    yield from _content(element, resolve, styles)
    short = printed_address(target)
    if re.match(r"https?://", target) and short not in "".join(element.itertext()):
        yield from _text(" (", styles)
        yield Run(text=short, address=target)
        yield from _text(")", styles)


def _resolved(element: Element, resolve: Resolve) -> tuple[PaperInline | PaperBlock, ...]:
    arguments = element.get("args", "")
    return resolve(element.get("name", ""), tuple(arguments.split("|")) if arguments else ())


def _text(text: str | None, styles: frozenset[str]) -> Iterable[Run]:
    if text:
        yield Run(text=re.sub(r"[ \t\r\n]+", " ", text), strong="strong" in styles, emphasis="emphasis" in styles)


def _tidy(parts: Iterable[PaperInline]) -> tuple[PaperInline, ...]:
    """Return the words without space at either end or beside a break, and without empty lines at the ends."""
    lines: list[list[Run]] = [[]]
    for part in parts:
        if isinstance(part, Break):
            lines.append([])
        else:
            lines[-1].append(part)
    content: list[PaperInline] = []
    for line in lines:
        content += [*_trimmed(line), Break()]
    while content and isinstance(content[0], Break):
        content.pop(0)
    while content and isinstance(content[-1], Break):
        content.pop()
    return tuple(content)


def _trimmed(line: list[Run]) -> list[Run]:
    while line and not line[0].text.strip(" "):
        line = line[1:]
    while line and not line[-1].text.strip(" "):
        line = line[:-1]
    if line:
        line[0] = replace(line[0], text=line[0].text.lstrip(" "))
        line[-1] = replace(line[-1], text=line[-1].text.rstrip(" "))
    return line
