"""What an editor underlines in a file while it is written is what the loader refuses in it."""

import json
import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator
from pydantic import BaseModel

from generator.authoring.schemas import (
    CONTENT,
    EDITOR_SETTINGS,
    SCHEMA_DIRECTORY,
    associations,
    guidance,
    purpose,
    schemas,
)
from generator.cli import main
from generator.loading.kinds import FILE_KINDS
from generator.model.topic import Topic
from generator.text import markdown
from tests.support.built import ROOT
from tests.support.example import PROJECT, alter, write_example

CASES = Path(__file__).parents[1] / "cases"
REFUSED = {
    "data/regions/vest.yml": (["short_name", "short_nam"], "'short_nam' was unexpected"),
    "data/areas.yml": (["purpose: out-of-hours", "purpose: aften"], "'aften' is not one of"),
    "data/sources.yml": (["kind: ", "kind: bog # "], "'bog' is not one of"),
    "data/leaflets/din-skulder.yml": (["formats: [", "formats: [a3, "], "'a3' is not one of"),
    "data/municipalities.yml": (['"0901"', '"12"'], "does not match"),
    "content/emner/oem-skulder.md": (["last_reviewed: ", "last_reviewed: 3/11-2025 # "], "does not match"),
    "data/site.yml": (["title: ", "title: <b>Skulder</b> # "], "does not match"),
    "data/statistics/oemme-skuldre.yml": (["rows:", "rows: []\nraekker:"], "should be non-empty"),
}
"""By file, a slip and how its schema refuses it."""


class AsEditorsRead(yaml.CSafeLoader):
    """YAML 1.2, which the YAML extension reads: `yes` is a word, 0810 a number, and a day a text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  (PyYAML asks for it by that name)


for tag, expression, first in (
    ("null", r"~|null|Null|NULL|", [*"~nN", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    AsEditorsRead.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{expression})$"), first)
AsEditorsRead.add_constructor("tag:yaml.org,2002:int", lambda _, node: float(node.value))


@cache
def validators() -> dict[str, Draft7Validator]:
    """Return a validator for each kind of file, by the pattern of their names."""
    parsed = [json.loads(text) for text in schemas().values()]
    return {schema["title"]: Draft7Validator(schema) for schema in parsed}


def validator(path: str) -> Draft7Validator:
    """Return the validator for a file, by the schema that the editor would choose."""
    return validators()[
        CONTENT if path.endswith(".md") else next(k.pattern for k in FILE_KINDS if fnmatchcase(path, k.pattern))
    ]


def faults(root: Path, path: str) -> list[str]:
    """Return what an editor would underline in a file."""
    text = (root / path).read_text("utf-8")
    read = markdown.split(text).front_matter if path.endswith(".md") else text
    value = yaml.load(read or "", AsEditorsRead)
    return sorted(error.message for error in validator(path).iter_errors(value))


def files(root: Path) -> list[str]:
    found = [*(root / "data").rglob("*.yml"), *(root / "content").rglob("*.md")]
    return sorted(path.relative_to(root).as_posix() for path in found)


def test_the_schemas_follow_the_models() -> None:
    """Mend with `.venv/bin/borgerinfo schema`."""
    assert {str(p.relative_to(ROOT)) for p in (ROOT / SCHEMA_DIRECTORY).iterdir()} == set(schemas())
    for path, text in schemas().items():
        assert (ROOT / path).read_text("utf-8") == text, path
        Draft7Validator.check_schema(json.loads(text))


def test_the_editor_knows_which_schema_is_for_which_file() -> None:
    told_to_the_editor = json.loads((ROOT / EDITOR_SETTINGS).read_text("utf-8"))["yaml.schemas"]
    assert told_to_the_editor == associations()
    assert set(told_to_the_editor.values()) == {kind.pattern for kind in FILE_KINDS}
    assert all((ROOT / path).is_file() for path in told_to_the_editor)
    recommended = json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))["recommendations"]
    assert recommended == ["redhat.vscode-yaml"]


@pytest.mark.parametrize("root", [ROOT, PROJECT], ids=["real", "example"])
def test_no_file_that_is_right_is_underlined(root: Path) -> None:
    found = {path: faults(root, path) for path in files(root)}
    assert len(found) > 20
    assert {path: messages for path, messages in found.items() if messages} == {}


@pytest.mark.parametrize("path", REFUSED)
def test_a_slip_is_underlined_while_it_is_written(tmp_path: Path, path: str) -> None:
    change, said = REFUSED[path]
    root = write_example(tmp_path, {path: {"replace": change}})
    assert any(said in message for message in faults(root, path)), faults(root, path)


def shape_cases() -> list[Path]:
    return sorted(path for area in ("shape", "dates") for path in (CASES / area).glob("*.yml"))


def test_what_the_schema_refuses_the_loader_refuses_too(tmp_path: Path) -> None:
    """The other way round need not hold: some rules take more than one file, or words that no schema has."""
    root = write_example(tmp_path)
    refused = 0
    for case in shape_cases():
        for path, change in yaml.safe_load(case.read_text("utf-8"))["change"].items():
            before = (root / path).read_text("utf-8") if (root / path).is_file() else None
            alter(root / path, change)
            said = yaml.safe_load(case.read_text("utf-8"))["problems"]
            if before is not None and _is_yaml(root / path) and faults(root, path):
                assert path in said, case
                refused += 1
            alter(root / path, before)
    assert refused > len(shape_cases()) / 2


def _is_yaml(path: Path) -> bool:
    try:
        text = path.read_text("utf-8")
        yaml.load((markdown.split(text).front_matter or "") if path.suffix == ".md" else text, AsEditorsRead)
    except (yaml.YAMLError, OSError, UnicodeDecodeError):
        return False
    return True


def models() -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    waiting: list[Any] = [Topic, *(record for kind in FILE_KINDS for record in kind.records)]
    while waiting:
        hint = waiting.pop()
        if isinstance(hint, type) and issubclass(hint, BaseModel) and hint not in found:
            found.add(hint)
            waiting += [field.annotation for field in hint.model_fields.values()]
        waiting += get_args(hint)
    return found


def test_every_key_is_explained_in_danish() -> None:
    untold = [
        f"{model.__name__}.{name}"
        for model in models()
        for name in ("_", *model.model_fields)
        if name not in ("origin", "body", "section") and not purpose(model, name)
    ]
    assert untold == []


def test_nothing_is_explained_that_is_not_there() -> None:
    names = {
        name: model
        for model in models()
        for name in (model.__name__, f"{model.__module__.rpartition('.')[2]}.{model.__name__}")
    }
    known = {name for model in models() for name in model.model_fields}
    for home, fields in guidance().items():
        keys = known if home == "Alle" else {"_", *names[home].model_fields}
        assert set(fields) <= keys, home
        assert all(
            words[0].isupper() or words.startswith(("own-gp", "true", "current", "read", "citizens", "patients"))
            for words in fields.values()
        ), home


def test_the_command_writes_what_is_missing_and_leaves_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / ".vscode").mkdir()
    (tmp_path / EDITOR_SETTINGS).write_text('{"editor.fontSize": 20}')
    missing = CliRunner().invoke(main, ["schema", "--check"])
    assert missing.exit_code == 1
    assert missing.output.endswith("følger ikke med – kør: .venv/bin/borgerinfo schema\n")
    assert not (tmp_path / SCHEMA_DIRECTORY).exists()
    assert CliRunner().invoke(main, ["schema"]).exit_code == 0
    assert json.loads((tmp_path / EDITOR_SETTINGS).read_text("utf-8")) == {
        "editor.fontSize": 20,
        "yaml.schemas": associations(),
    }
    assert (
        CliRunner().invoke(main, ["schema", "--check"]).output
        == f"Alt følger med: {len(schemas()) + 1} filer i .vscode/.\n"
    )
    (tmp_path / EDITOR_SETTINGS).write_text("{ // min egen")
    assert CliRunner().invoke(main, ["schema"]).exit_code == 1
