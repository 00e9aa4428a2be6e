"""Edits of YAML files: an item, a value or a list is put in, and everything else stays as it was, comments too."""

from collections.abc import Iterable
from typing import Any

import yaml

from generator.model.record import Location

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class EditError(ValueError):
    """The file is written in a way that has no line to put something on; says where and what to write instead."""


def with_item(text: str, way: Location, item: str) -> str:
    """Return the text with the item, a `key: value` block, as the last one of the list at `way`.

    Raises EditError where the list stands on one line between brackets.
    """
    key, found = _at(text, way)
    first, *rest = item.rstrip("\n").split("\n")
    lines = [f"- {first}", *(f"  {line}" if line else "" for line in rest)]
    if isinstance(found, yaml.SequenceNode) and not found.flow_style:
        gap = [""] if _is_spaced(text, found) else []
        return _below(text, _end(text, found), found.start_mark.column, [*gap, *lines])
    if key is None or found.value:
        raise EditError(f"linje {found.start_mark.line + 1}: skriv hvert punkt på sin egen linje med - foran")
    end = _line_end(text, found.end_mark.index)
    emptied = (text[: found.start_mark.index] + text[found.end_mark.index : end]).rstrip()
    return _below(emptied + text[end:], len(emptied), key.start_mark.column, lines)


def with_value(text: str, way: Location, key: str, value: str) -> str:
    """Return the text with the value, as YAML has it, under the key of the record at `way`.

    Raises EditError where what stands under the key goes over several lines.
    """
    record = _at(text, way)[1]
    old = next((node for name, node in record.value if name.value == key), None)
    if old is None and record.flow_style:
        place, comma = record.end_mark.index - 1, ", " if record.value else ""
        return f"{text[:place].rstrip()}{comma}{key}: {value}{text[place:]}"
    if old is None:
        return _below(text, _end(text, record), record.start_mark.column, [f"{key}: {value}"])
    if old.start_mark.line != old.end_mark.line:
        raise EditError(f"linje {old.start_mark.line + 1}: skriv »{key}« på én linje")
    start = old.start_mark.index
    return text[:start] + ("" if text[:start].endswith(" ") else " ") + value + text[old.end_mark.index :]


def with_list(text: str, way: Location, key: str, items: Iterable[str]) -> str:
    """Return the text with the key of the record at `way` set to a list, one item a line.

    Raises EditError where there is no such record, or where it stands on one line.
    """
    record = _at(text, way)[1]
    if not isinstance(record, yaml.MappingNode) or not record.value or record.flow_style:
        raise EditError(f"her er ingen linjer at sætte »{key}« ind mellem")
    column, lines = record.start_mark.column, [f"- {item}" for item in items]
    old = next((node for name, node in record.value if name.value == key), None)
    if old is None:  # a comment on the last line stays with what it is about
        return _below(text, _end(text, record), column, [f"{key}:", *lines])
    return text[: old.start_mark.index].rstrip() + _block(column, lines) + text[_end(text, old) :]


def _at(text: str, way: Location) -> tuple[Any, Any]:
    """Return the key that the node at the end of the way stands under, if it does, and the node."""
    key, node = None, yaml.compose(text, Loader=_LOADER)
    for step in way:
        if isinstance(node, yaml.MappingNode):
            key, node = next(((name, value) for name, value in node.value if name.value == step), (None, None))
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            key, node = None, node.value[step]
        else:
            return None, None
    return key, node


def _below(text: str, index: int, column: int, lines: list[str]) -> str:
    """Return the text with the lines, moved in to the column, under the line that the index lies on."""
    end = _line_end(text, index)
    return text[:end] + _block(column, lines) + (text[end:] or "\n")


def _block(column: int, lines: list[str]) -> str:
    return "".join(f"\n{' ' * column}{line}" if line else "\n" for line in lines)


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _end(text: str, node: yaml.Node) -> int:
    """Return the index after a node's last character; the parser ends blocks where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return max(len(text[: node.end_mark.index].rstrip()), node.start_mark.index)


def _is_spaced(text: str, found: yaml.SequenceNode) -> bool:
    """Say whether the items stand with a line of air between them."""
    if len(found.value) < 2:
        return False
    before, last = found.value[-2:]
    between = text[_end(text, before) : last.start_mark.index].split("\n")[1:-1]
    return any(not line.strip() for line in between)
