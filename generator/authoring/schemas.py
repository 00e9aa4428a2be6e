"""JSON Schemas of the files in `data/` and of what stands above the texts, for completion and checking in editors.

They follow from the models alone. What an editor refuses, the loader refuses in the same words; what takes more than
one file to know, such as a reference, is left to `borgerinfo check`.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

from generator.loading.kinds import FILE_KINDS, FileKind
from generator.loading.wording import example, no_markup
from generator.model.record import Entity
from generator.model.topic import Topic

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest that the YAML extension of VS Code understands in full."""
REFERENCE = "#/definitions/{model}"
SCHEMA_DIRECTORY = PurePosixPath(".vscode/schemas")
EDITOR_SETTINGS = PurePosixPath(".vscode/settings.json")
CONTENT = "content/**/*.md"
A_DAY = r"^\d{4}-\d{2}-\d{2}$"
_FROM_THE_NAME = ("id", "section", "body", "origin")
"""Fields that the place of a file decides, so that they may not be written in it."""


def schemas() -> dict[str, str]:
    """Return every schema as text, by its path below the project root."""
    found = {_name(kind.pattern): _of_kind(kind) for kind in FILE_KINDS}
    found["content"] = _of_record(Topic, CONTENT)
    return {str(SCHEMA_DIRECTORY / f"{name}.json"): _written(schema) for name, schema in found.items()}


def associations() -> dict[str, str]:
    """Return which files each schema is for, as the settings of VS Code name them."""
    return {f"./{SCHEMA_DIRECTORY / _name(kind.pattern)}.json": kind.pattern for kind in FILE_KINDS}


def settings(text: str) -> str:
    """Return the editor's settings with the schemas' files in them, and all else as it was.

    Raises ValueError where they are not JSON.
    """
    return _written({**json.loads(text or "{}"), "yaml.schemas": associations()})


@cache
def guidance() -> Mapping[str, Mapping[str, str]]:
    """Return what each field is for, in Danish, by model and field; `_` is the record itself."""
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        files("generator.authoring").joinpath("guidance.yml").read_text("utf-8")
    )
    return found


def purpose(model: type[BaseModel], field: str) -> str:
    """Return what a field of a model is for, in Danish; nothing where nobody has written it."""
    homes = (f"{model.__module__.rpartition('.')[2]}.{model.__name__}", model.__name__, "Alle")
    return next((guidance()[home][field] for home in homes if field in guidance().get(home, {})), "")


def _name(pattern: str) -> str:
    path = PurePosixPath(pattern)
    return path.parent.name if "*" in path.name else path.stem


class _Schema(GenerateJsonSchema):
    """What may be written in a file, instead of what a model holds once it is read."""

    def str_schema(self, schema: Any) -> JsonSchemaValue:
        """A number or a yes without quotation marks is read as the text that was written."""
        made = super().str_schema(schema)
        pattern = made.get("pattern", "")
        if pattern:
            made["patternErrorMessage"] = f"ikke skrevet rigtigt – {example(pattern)}"
        if any(re.search(pattern, number) for number in ("12", "1234")):
            made["type"] = ["string", "number", "boolean"] if not pattern else ["string", "number"]
        return made

    def date_schema(self, schema: Any) -> JsonSchemaValue:
        """A day is written in one way."""
        made = super().date_schema(schema)
        return made | {"pattern": A_DAY, "patternErrorMessage": "ikke en dato – skriv år-måned-dag, fx 2026-12-31"}

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        """Let null be one more type, where that says the same: an editor's messages are then about the value."""
        made = super().nullable_schema(schema)
        inner: JsonSchemaValue = next((option for option in made.get("anyOf", ()) if option != {"type": "null"}), {})
        if "type" not in inner:
            return made
        types = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        choices = {"enum": [*inner["enum"], None]} if "enum" in inner else {}
        return {**inner, "type": [*types, "null"], **choices}

    def literal_schema(self, schema: Any) -> JsonSchemaValue:
        """One choice is a list of choices too."""
        return {"type": "string", "enum": list(schema["expected"])}

    def function_after_schema(self, schema: Any) -> JsonSchemaValue:
        """Say what plain text may not hold."""
        made = super().function_after_schema(schema)
        if schema["function"]["function"].__name__ == "_refuse_markup":
            pattern, message = no_markup()
            made |= {"pattern": pattern, "patternErrorMessage": message}
        return made

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        """Leave defaults out: an editor would write them into files, where leaving a key out says the same."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Keep the titles out that are only the key again."""
        return False

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        """Tell what the record and each of its fields are for."""
        made = super().model_schema(schema)
        model = schema["cls"]
        made.pop("description", None)
        for name, value in made["properties"].items():
            made["properties"][name] = _described(_bare(value), purpose(model, name))
        del made["title"]
        return _described(made, purpose(model, "_"))


def _bare(value: JsonSchemaValue) -> JsonSchemaValue:
    """Return a schema that may have words beside it; beside a reference they would not be seen."""
    return {"allOf": [value]} if "$ref" in value else value


def _described(schema: JsonSchemaValue, words: str) -> JsonSchemaValue:
    return {"description": words, **schema} if words else schema


def _of_kind(kind: FileKind) -> JsonSchemaValue:
    if kind.record:
        return _of_record(kind.record, kind.pattern)
    items = {key: {"$ref": REFERENCE.format(model=record.__name__)} for key, record in kind.lists.items()}
    schema = {
        "type": "object",
        "properties": {
            key: _described({"type": ["array", "null"], "items": items[key]}, purpose(record, "_"))
            for key, record in kind.lists.items()
        },
        "required": list(kind.lists),
        "additionalProperties": False,
        "definitions": _definitions(*kind.records),
    }
    return _headed(schema, kind.pattern)


def _of_record(record: type[Entity], pattern: str) -> JsonSchemaValue:
    definitions = _definitions(record)
    schema = definitions.pop(record.__name__) | {"definitions": definitions}
    for name in _FROM_THE_NAME:
        schema["properties"].pop(name, None)
    schema["required"] = [name for name in schema["required"] if name not in _FROM_THE_NAME]
    return _headed(schema, pattern)


def _definitions(*models: type[BaseModel]) -> dict[str, JsonSchemaValue]:
    """Return the schemas of the models and of all that they hold, by name."""
    _, made = models_json_schema(
        [(model, "validation") for model in models], ref_template=REFERENCE, schema_generator=_Schema
    )
    return dict(made["$defs"])


def _headed(schema: JsonSchemaValue, pattern: str) -> JsonSchemaValue:
    return {"$schema": DIALECT, **schema, "title": pattern}


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
