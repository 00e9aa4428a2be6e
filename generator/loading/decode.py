"""Plain values → records, with every fault on its line and in Danish."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from generator.danish import did_you_mean, nearest, slug
from generator.loading.files import invisible
from generator.loading.wording import wording
from generator.loading.yaml_nodes import Document
from generator.model.record import SLUG, Entity, Location, Origin, marked
from generator.model.unread import Mention
from generator.problems import ContentError, Position, Problem

SomeEntity = TypeVar("SomeEntity", bound=Entity)


def decode(model: type[SomeEntity], value: object, origin: Origin, document: Document, **known: object) -> SomeEntity:
    """Return the record, or raise with every fault in it; `known` are fields that the file's place decides."""
    if not isinstance(value, Mapping):
        raise ContentError(
            [Problem(origin.at(), "her ventes linjer med nøgle: værdi", "se et eksempel i VEJLEDNING.md")]
        )
    problems = [
        Problem(_key(origin, document, (key,)), f"»{key}« følger af filens navn og mappe", "slet linjen")
        for key in value
        if key in known
    ]
    if "origin" in value:
        problems.append(Problem(_key(origin, document, ("origin",)), "ukendt nøgle »origin«", "slet linjen"))
    given = {**value, **known, "origin": origin}
    try:
        record = model.model_validate(given)
    except ValidationError as error:
        problems += [_problem(model, details, origin, document, known) for details in _distinct(model, error, given)]
        raise ContentError(problems) from None
    if problems:
        raise ContentError(problems)
    return record


def mentions(model: type[BaseModel], value: object, origin: Origin, location: Location = ()) -> Iterator[Mention]:
    """Yield the references in a value that may not have become a record, as far as they can be made out."""
    if not isinstance(value, Mapping):
        return
    for name, hint in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields and name in value:
            yield from _mentions(hint, value[name], origin, (*location, name))


def fault_in(model: type[BaseModel], key: str, value: str, choices: Sequence[str] = ()) -> str | None:
    """Return what is wrong with one value, or one item of a list, before it stands in a file; in the loader's words.

    The key is a path, such as `citations.place`; `choices` narrow what may stand there.
    """
    hint: Any = Literal[tuple(choices)] if choices else hint_of(model, key)
    try:
        TypeAdapter[Any](hint).validate_python(value)
    except ValidationError as error:
        message, remedy = wording(error.errors(include_url=False)[0], is_optional=False)
        return f"{_label(tuple(key.split('.')))}: {message} – {remedy}"
    hidden = next(invisible(PurePosixPath(), value), None)
    return f"{_label(tuple(key.split('.')))}: {hidden.message} – {hidden.remedy}" if hidden else None


def hint_of(model: type[BaseModel], key: str) -> Any:
    """Return the type of one value under a key, or of one item where the key holds a list."""
    *way, name = key.split(".")
    hint = get_type_hints(record_at(model, tuple(way)), include_extras=True)[name]
    inner = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return get_args(inner)[0] if get_origin(inner) is tuple else hint


def _mentions(hint: Any, value: object, origin: Origin, location: Location) -> Iterator[Mention]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _mentions(hint, item, origin, (*location, index))
    elif isinstance(value, Mapping) and (record := _record_in(hint)):
        yield from mentions(record, value, origin, location)
    elif isinstance(value, str) and re.fullmatch(SLUG, value):
        yield from (Mention(origin, location, kind, value) for kind in marked(hint, value))


def _distinct(model: type[BaseModel], error: ValidationError, given: Mapping[str, Any]) -> Iterator[ErrorDetails]:
    """Yield one fault for each mistake.

    A value that fits no member of a union is one, not several; a list whose only item is faulty is not empty as
    well; and a key that is almost the right one is not missing as well.
    """
    found: dict[Location, ErrorDetails] = {}
    for details in error.errors(include_url=False):
        found.setdefault(_written(details, given), details)
    almost = {
        (*location[:-1], nearest(str(location[-1]), _fields_around(model, location)))
        for location, details in found.items()
        if details["type"] == "extra_forbidden"
    }
    for location, details in found.items():
        inside = any(other[: len(location)] == location and other != location for other in found)
        is_echo = (details["type"] == "too_short" and inside) or (details["type"] == "missing" and location in almost)
        if not is_echo:
            yield {**details, "loc": location}


def _written(details: ErrorDetails, given: Any) -> Location:
    """Return the way to a fault as it stands in the file, without the parts that pydantic adds for unions."""
    way: list[str | int] = []
    for part in details["loc"]:
        is_missing = details["type"] == "missing" and part == details["loc"][-1]
        if isinstance(given, Mapping) and (part in given or is_missing):
            way.append(part)
            given = given.get(part)
        elif isinstance(given, list) and isinstance(part, int):
            way.append(part)
            given = given[part] if part < len(given) else None
    return tuple(way)


def _key(origin: Origin, document: Document, location: Location) -> Position:
    line, column = document.keys.get(origin.base + location, (0, 0))
    return Position(origin.path, line, column) if line else origin.at(*location)


def _problem(
    model: type[BaseModel], details: ErrorDetails, origin: Origin, document: Document, known: Mapping[str, object]
) -> Problem:
    location, kind = details["loc"], details["type"]
    name = str(location[-1]) if location else ""
    if location and location[0] in known:
        remedy = f"kald den {slug(origin.path.stem)[:80].strip('-') or 'skal-du-scannes'}{origin.path.suffix}"
        return Problem(Position(origin.path), f"filnavnet »{origin.path.name}« kan ikke bruges", remedy)
    if kind == "extra_forbidden":
        remedy = did_you_mean(name, _fields_around(model, location)) or "slet linjen, eller se VEJLEDNING.md"
        return Problem(_key(origin, document, location), f"ukendt nøgle »{name}«", remedy)
    if kind == "missing":
        return Problem(origin.at(*location[:-1]), f"nøglen »{name}« mangler", f"tilføj {name}: …")
    message, remedy = wording(details, is_optional=_is_optional(model, location))
    if name == "approved_by":
        remedy = "skriv null; den, der godkender, bruger »borgerinfo sign«"
    return Problem(origin.at(*location), f"{_label(location)}: {message}", remedy)


def _label(location: Location) -> str:
    words = [str(part) for part in location if not isinstance(part, int)]
    return f"»{words[-1]}«" if words else "posten"


def _is_optional(model: type[BaseModel], location: Location) -> bool:
    """Say whether the key may be left out; an item of a list may not be empty, but it may be left out too."""
    around = record_at(model, location[:-1])
    field = around.model_fields.get(str(location[-1])) if around and location else None
    return field is None or not field.is_required()


def _fields_around(model: type[BaseModel], location: Location) -> list[str]:
    """Return the keys that are known at the place of an unknown one."""
    record = record_at(model, location[:-1])
    return sorted(set(record.model_fields) - {"origin", "body", "section"}) if record else []


def record_at(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    """Return the model of the record at a place inside another."""
    current: type[BaseModel] | None = model
    for part in location:
        if isinstance(part, str) and current:
            current = _record_in(get_type_hints(current).get(part))
    return current


def _record_in(hint: Any) -> type[BaseModel] | None:
    if get_origin(hint) in (tuple, Union) or get_args(hint):
        return next((found for part in get_args(hint) if (found := _record_in(part))), None)
    return hint if isinstance(hint, type) and issubclass(hint, BaseModel) else None
