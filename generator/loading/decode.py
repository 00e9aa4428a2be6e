"""Plain values → records, with every fault on its line and in Danish."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.danish import did_you_mean
from generator.loading.yaml_nodes import Document
from generator.model.record import Entity, Location, Origin
from generator.problems import ContentError, Position, Problem

SomeEntity = TypeVar("SomeEntity", bound=Entity)


def decode(model: type[SomeEntity], value: object, origin: Origin, document: Document, **known: object) -> SomeEntity:
    """Return the record, or raise with every fault in it; `known` are fields that the file's place decides."""
    if not isinstance(value, Mapping):
        raise ContentError([Problem(origin.at(), "her ventes linjer med nøgle: værdi", "se et eksempel i VEJLEDNING.md")])
    given_away = [key for key in value if key in ("origin", *known)]
    problems = [
        Problem(_key(origin, document, (key,)), f"»{key}« følger af filens navn", "slet linjen") for key in given_away
    ]
    try:
        record = model.model_validate({**value, **known, "origin": origin})
    except ValidationError as error:
        problems += [_problem(model, details, origin, document) for details in _distinct(error)]
        raise ContentError(problems) from None
    if problems:
        raise ContentError(problems)
    return record


def _distinct(error: ValidationError) -> Iterator[ErrorDetails]:
    """Yield one fault for each place: a value that fits no member of a union is one mistake, not several.

    A list whose only item is faulty is not reported as empty as well.
    """
    found = {}
    for details in error.errors(include_url=False):
        found.setdefault(_written(details["loc"]), details)
    for location, details in found.items():
        inside = any(other[: len(location)] == location and other != location for other in found)
        if not (details["type"] == "too_short" and inside):
            yield {**details, "loc": location}


def _written(location: Location) -> Location:
    """Drop the parts that pydantic adds for its own union members."""
    return tuple(part for part in location if isinstance(part, int) or not _is_union_part(part))


def _is_union_part(part: str) -> bool:
    return "[" in part or "(" in part or part in ("str", "constrained-str")


def _key(origin: Origin, document: Document, location: Location) -> Position:
    line, column = document.keys.get(origin.base + location, (0, 0))
    return Position(origin.path, line, column) if line else origin.at(*location)


def _problem(model: type[BaseModel], details: ErrorDetails, origin: Origin, document: Document) -> Problem:
    location, kind = details["loc"], details["type"]
    name = str(location[-1]) if location else ""
    if kind == "extra_forbidden":
        remedy = did_you_mean(name, sorted(_fields_around(model, location))) or "slet linjen, eller se VEJLEDNING.md"
        return Problem(_key(origin, document, location), f"ukendt nøgle »{name}«", remedy)
    if kind == "missing":
        return Problem(origin.at(*location[:-1]), f"nøglen »{name}« mangler", f"tilføj {name}: …")
    message, remedy = _wording(details)
    return Problem(origin.at(*location), f"{_label(location)}: {message}", remedy)


def _label(location: Location) -> str:
    words = [str(part) for part in location if not isinstance(part, int)]
    return f"»{words[-1]}«" if words else "posten"


def _wording(details: ErrorDetails) -> tuple[str, str]:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    shown = "ingenting" if value is None else f"»{value}«" if isinstance(value, str) else "noget andet end tekst"
    if len(shown) > 62:
        shown = shown[:60] + "…«"
    reason = str(context.get("error", ""))
    if reason == "date" or kind.startswith("date"):
        return f"{shown} er ikke en dato", "skriv år-måned-dag, fx 2026-12-31"
    if reason == "markup":
        return "HTML kan ikke stå i teksten", "skriv almindelig tekst uden < og >"
    if reason == "insertion":
        return "indsættelser kan kun bruges i content/", "skriv almindelig tekst uden {{ }}"
    if reason == "control":
        return "her står et usynligt styretegn", "slet det, og skriv stedet igen"
    if reason:
        return _reasoned(reason)
    if kind == "literal_error":
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return f"{shown} er ikke et af valgene", did_you_mean(str(value), choices) or f"skriv et af: {', '.join(choices)}"
    if kind == "string_pattern_mismatch":
        return f"{shown} er ikke skrevet rigtigt", _example(str(context["pattern"]))
    return _WORDING.get(kind, (f"{shown} passer ikke her", "se VEJLEDNING.md"))


def _reasoned(reason: str) -> tuple[str, str]:
    message, _, remedy = reason.partition(" – ")
    return message, remedy or "ret værdien"


_WORDING = {
    "string_type": ("her mangler en tekst", "skriv en tekst, eller slet nøglen, hvis den ikke kendes"),
    "string_too_short": ("teksten er tom", "skriv en tekst, eller skriv null"),
    "string_too_long": ("teksten er for lang", "skriv den kortere"),
    "too_short": ("listen er tom", "skriv mindst ét punkt"),
    "tuple_type": ("her ventes en liste", "skriv hvert punkt på sin linje med - foran, eller [a, b]"),
    "model_type": ("her ventes linjer med nøgle: værdi", "se et eksempel i VEJLEDNING.md"),
    "model_attributes_type": ("her ventes linjer med nøgle: værdi", "se et eksempel i VEJLEDNING.md"),
    "bool_parsing": ("her ventes ja eller nej", "skriv true eller false"),
    "bool_type": ("her ventes ja eller nej", "skriv true eller false"),
    "int_parsing": ("her ventes et helt tal", "skriv fx 20"),
    "int_type": ("her ventes et helt tal", "skriv fx 20"),
    "float_parsing": ("her ventes et tal", "skriv decimaler med punktum, fx 12.7"),
    "float_type": ("her ventes et tal", "skriv decimaler med punktum, fx 12.7"),
}
_EXAMPLES = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "brug små bogstaver a-z, tal og bindestreg, fx skal-du-scannes",
    r"^https://[^\s<>\"]+$": "skriv hele adressen med https://",
    r"^#[0-9A-Fa-f]{6}$": "skriv farven som #0B4F6C",
    r"^(\d{4}|\d{2} \d{2} \d{2} \d{2})$": "skriv nummeret som 70 11 31 31 eller 1813",
    r"^\d{2} \d{2} \d{2} \d{2}$": "skriv nummeret som 70 11 31 31",
    r"^\+45( \d{2}){4}$": "skriv nummeret som +45 70 11 31 31",
    r"^\d{4}$": 'skriv fire cifre, fx "0101"',
    r"^\d+(-\d+)?(, \d+(-\d+)?)*$": 'skriv linjerne som "1732-1748, 1833"',
}


def _example(pattern: str) -> str:
    return _EXAMPLES.get(pattern, f"skriv det efter mønstret {pattern}")


def _fields_around(model: type[BaseModel], location: Location) -> set[str]:
    """Return the keys that are known at the place of an unknown one."""
    current: Any = model
    for part in location[:-1]:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            current = _record_in(get_type_hints(current).get(part))
    is_record = isinstance(current, type) and issubclass(current, BaseModel)
    return set(current.model_fields) - {"origin"} if is_record else set()


def _record_in(hint: Any) -> Any:
    if get_origin(hint) in (tuple, Union) or get_args(hint):
        return next((found for part in get_args(hint) if (found := _record_in(part))), None)
    return hint if isinstance(hint, type) and issubclass(hint, BaseModel) else None
