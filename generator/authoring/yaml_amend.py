"""One list in a source file renewed, and every other character left as its author wrote it."""

from typing import Any

import yaml

from generator.model.record import Location


class NotFoundError(Exception):
    """The file has no mapping at that place."""


def amended(text: str, location: Location, key: str, items: tuple[str, ...]) -> str:
    """Return the YAML with the key of the mapping at `location` set to a list, one item a line.

    Comments and layout elsewhere stay as they are. Raises NotFoundError where there is no such mapping.
    """
    mapping = _at(yaml.compose(text, Loader=yaml.SafeLoader), location)
    if not isinstance(mapping, yaml.MappingNode) or not mapping.value or mapping.flow_style:
        raise NotFoundError(location)
    indent = " " * mapping.value[0][0].start_mark.column
    block = "".join(f"\n{indent}- {item}" for item in items)
    value = next((node for name, node in mapping.value if name.value == key), None)
    if value is None:
        end = text.find("\n", _end(text, mapping))  # a comment on the last line stays with what it is about
        end = len(text) if end < 0 else end
        return f"{text[:end]}\n{indent}{key}:{block}{text[end:]}"
    return text[: value.start_mark.index].rstrip() + block + text[_end(text, value) :]


def _at(node: Any, location: Location) -> Any:
    for step in location:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
    return node


def _end(text: str, node: Any) -> int:
    """Return the index after a node's last character; the parser ends blocks where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    start: int = node.start_mark.index
    return max(len(text[: node.end_mark.index].rstrip()), start)
