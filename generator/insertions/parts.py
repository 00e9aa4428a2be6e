"""A text as a page shows it: its HTML, cut where a block stands that a template shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.insertions import INSERTIONS
from generator.insertions.declaration import BlockInsertion, InlineInsertion, Use
from generator.model.source import Source
from generator.model.topic import Body
from generator.sender.context import Context


@dataclass(frozen=True)
class Shown:
    """A block as it is shown: the template's name and the values it needs."""

    name: str
    values: Mapping[str, Any]


PagePart = Markup | Shown


def fill(body: Body, context: Context, root: str) -> tuple[PagePart, ...]:
    """Return the text as HTML and blocks, in order; `root` leads from the page to the sender's first page."""
    parts: list[PagePart] = []
    running = Markup("")
    for segment in body.segments:
        if isinstance(segment, str):
            running += Markup(segment)  # made by the dialect from text that may hold no HTML of its own
            continue
        declared, use = INSERTIONS[segment.name], Use(segment.arguments, context, body.cited, root)
        if isinstance(declared, InlineInsertion):
            running += declared.html(use)
        else:
            parts += [running, Shown(segment.name, declared.values(use))]
            running = Markup("")
    return tuple(part for part in (*parts, running) if part)


def without_files(parts: tuple[PagePart, ...]) -> tuple[PagePart, ...]:
    """Return the parts that one file alone can show."""
    return tuple(part for part in parts if isinstance(part, Markup) or not _needs_files(part.name))


def _needs_files(name: str) -> bool:
    declared = INSERTIONS[name]
    return isinstance(declared, BlockInsertion) and declared.needs_files


def citation_list(context: Context, body: Body) -> list[Source]:
    """Return the sources a text cites, in the order of their numbers."""
    return [context.catalogue.sources[source] for source in body.cited]
