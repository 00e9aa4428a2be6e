"""Where something new belongs in a YAML file: lines are put in, and everything else stays as it was, comments too."""

from collections.abc import Iterator
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class InsertionError(ValueError):
    """The file is written in a way that has no line to put something on; says where and what to write instead."""


def with_item(text: str, way: tuple[str | int, ...], item: str) -> str:
    """Return the text with the item, a `key: value` block, as the last one of the list at `way`.

    Raises InsertionError where the list stands on one line between brackets.
    """
    key, found = _at(text, way)
    lines = text.rstrip("\n").split("\n")
    if isinstance(found, yaml.SequenceNode) and not found.flow_style:
        after, column = _last_line(lines, found), found.start_mark.column
        gap = [""] if _is_spaced(lines, found) else []
    elif key is not None and not found.value:
        number, start = found.start_mark.line, found.start_mark.column
        lines[number] = (lines[number][:start] + lines[number][found.end_mark.column :]).rstrip()
        after, column, gap = number, key.start_mark.column, []
    else:
        raise InsertionError(f"linje {found.start_mark.line + 1}: skriv hvert punkt på sin egen linje med - foran")
    first, *rest = item.rstrip("\n").split("\n")
    block = [f"- {first}", *(f"  {line}" if line else "" for line in rest)]
    return _joined(
        [*lines[: after + 1], *gap, *(" " * column + line if line else "" for line in block), *lines[after + 1 :]]
    )


def with_value(text: str, way: tuple[str | int, ...], key: str, value: str) -> str:
    """Return the text with the value, as YAML has it, under the key of the record at `way`.

    Raises InsertionError where what stands under the key goes over several lines.
    """
    record: Any = _at(text, way)[1]
    lines = text.rstrip("\n").split("\n")
    old = next((node for name, node in record.value if name.value == key), None)
    if old is not None:
        return _joined(_replaced(lines, old.start_mark, old.end_mark, value, key))
    if record.flow_style:
        number, place = record.end_mark.line, record.end_mark.column - 1
        comma = ", " if record.value else ""
        lines[number] = f"{lines[number][:place].rstrip()}{comma}{key}: {value}{lines[number][place:]}"
        return _joined(lines)
    number = _last_line(lines, record)
    return _joined([*lines[: number + 1], f"{' ' * record.start_mark.column}{key}: {value}", *lines[number + 1 :]])


def _replaced(lines: list[str], start: yaml.Mark, end: yaml.Mark, value: str, key: str) -> list[str]:
    if start.line != end.line:
        raise InsertionError(f"linje {start.line + 1}: skriv »{key}« på én linje")
    line = lines[start.line]
    space = "" if line[: start.column].endswith(" ") else " "
    return [*lines[: start.line], line[: start.column] + space + value + line[end.column :], *lines[start.line + 1 :]]


def _joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _at(text: str, way: tuple[str | int, ...]) -> tuple[yaml.Node | None, yaml.Node]:
    """Return the node at the end of the way, and the key that it stands under, if it does."""
    key: yaml.Node | None = None
    node: Any = yaml.compose(text, Loader=_LOADER)
    for part in way:
        if isinstance(part, int):
            key, node = None, node.value[part]
        else:
            key, node = next((name, value) for name, value in node.value if name.value == part)
    return key, node


def _last_line(lines: list[str], node: yaml.Node) -> int:
    """Return the number, from 0, of the last line with something of the node; comments after it are not its own."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    if getattr(node, "style", None) not in ("|", ">"):
        return int(node.end_mark.line)
    ends = node.end_mark.line if node.end_mark.column else node.end_mark.line - 1
    return next(number for number in _backwards(min(ends, len(lines) - 1)) if lines[number].strip())


def _backwards(number: int) -> Iterator[int]:
    return iter(range(number, -1, -1))


def _is_spaced(lines: list[str], found: yaml.SequenceNode) -> bool:
    """Say whether the items stand with a line of air between them."""
    if len(found.value) < 2:
        return False
    before, last = found.value[-2:]
    return any(not line.strip() for line in lines[_last_line(lines, before) + 1 : last.start_mark.line])
