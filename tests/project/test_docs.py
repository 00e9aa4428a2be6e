"""The documents are true: what they name exists, what exists is named, and their links lead somewhere."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import generator
from generator.checks import CHECKS
from generator.cli import main
from generator.insertions import INSERTIONS
from generator.insertions.inline import INLINE
from generator.loading import FILE_KINDS
from tests.support.built import ROOT

DOCUMENTS = ("README.md", "VEJLEDNING.md", "CONTRIBUTING.md", "CHANGELOG.md")
README, GUIDE, CONTRIBUTING = ((ROOT / name).read_text("utf-8") for name in DOCUMENTS[:3])


def commands(group: click.Group = main, before: str = "") -> dict[str, list[str]]:
    """Return the options of every command, those of a group under both words."""
    found: dict[str, list[str]] = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
        else:
            found[before + name] = [p.opts[0] for p in command.params if isinstance(p, click.Option)]
    return found


REFERENCE = ROOT / "docs" / "kommandoer.md"


def reference(command: click.Command = main, name: str = "borgerinfo", parent: Any = None) -> Iterator[str]:
    """Yield the help of every command under its name, those of a group after the group's own."""
    context = click.Context(
        command, parent, name, help_option_names=["-h", "--help"], max_content_width=100, terminal_width=100
    )
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    for word, own in sorted(command.commands.items()) if isinstance(command, click.Group) else ():
        yield from reference(own, word, context)


def test_the_reference_holds_the_help_of_every_command(pytestconfig: pytest.Config) -> None:
    head = "# Kommandoer\n\nSkrevet af programmet selv: det samme som `borgerinfo KOMMANDO --help`.\n"
    made = "\n".join([head, *reference()])
    if pytestconfig.getoption("--update"):
        REFERENCE.write_text(made, "utf-8")
    assert REFERENCE.read_text("utf-8") == made


def test_the_guide_gives_the_reason_for_every_check_and_knows_no_other() -> None:
    chapter = GUIDE.split("## Hvad bliver der set efter, og hvorfor?")[1].split("\n## ")[0]
    assert re.findall(r"^\| `([a-z-]+)` \| \S", chapter, re.MULTILINE) == [check.id for check in CHECKS]


@pytest.mark.parametrize("document", [README, GUIDE, CONTRIBUTING], ids=DOCUMENTS[:3])
def test_no_document_shows_an_option_that_the_command_does_not_have(document: str) -> None:
    command = r"borgerinfo ((?:report|codes|feedback|new) \w+|\w+)(?: [a-zA-Z]+)?((?: --[a-z-]+(?: [\w-]+)?)+)"
    shown = re.findall(command, document)
    known = commands()
    assert [(c, o) for c, words in shown for o in re.findall(r"--[a-z-]+", words) if o not in known[c]] == []


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split())


def test_make_help_tells_of_every_target() -> None:
    told = re.findall(r"^([a-z-]+):.*## \S", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(told) == make_targets()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_target_in_a_document_exists(name: str) -> None:
    named = re.findall(r"(?:`|^ {4})make ([a-z-]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    assert set(named) <= make_targets()


def test_the_readme_lists_every_directory_of_the_project() -> None:
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()]
    present = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and path.name != ".git" and not any(path.match(pattern) for pattern in ignored)
        if any(file.is_file() for file in path.rglob("*"))
    }
    rows = re.findall(r"^\| (`[.\w]+/`(?:, `[.\w]+/`)*) \|", README, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([.\w]+)/`", row)} == present


def test_the_readme_lists_every_room() -> None:
    rooms = {path.parent.name for path in (ROOT / "generator").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `generator/(\w+)/` \|", README, re.MULTILINE)) == rooms


def test_the_readme_and_the_contract_show_the_diagram_of_the_package() -> None:
    diagram = re.findall(r"^ {4}.*[─►┐┘].*$", generator.__doc__ or "", re.MULTILINE)
    assert len(diagram) == 3
    for document in (README, CONTRIBUTING):
        assert "\n".join(diagram) in document


def test_the_guide_names_every_variable_that_a_plain_build_reads() -> None:
    files = (ROOT / "mkdocs.yml", *(ROOT / "generator" / "publish").glob("*.py"))
    read = {name for path in files for name in re.findall(r"BORGERINFO_[A-Z_]+", path.read_text("utf-8"))}
    assert set(re.findall(r"^\| `(BORGERINFO_\w+)` \|", GUIDE, re.MULTILINE)) == read


def test_every_insertion_stands_in_the_guide_with_its_choices_and_no_other() -> None:
    section = between(GUIDE, "## Indsættelser", "\n## ")
    written = [tuple(part.strip() for part in inside.partition(":")) for inside in re.findall(r"{{(.+?)}}", section)]
    assert {name for name, _, _ in written} == set(INSERTIONS)
    in_a_sentence = between(section, "det.", "kan stå midt i en sætning")
    assert set(re.findall(r"`([a-z-]+)`", in_a_sentence)) == set(INLINE)
    for name, declared in INSERTIONS.items():
        shown = {rest.partition(",")[0].strip() for own, _, rest in written if own == name}
        assert {choice for argument in declared.arguments[:1] for choice in argument.choices} <= shown, name


def test_the_guide_says_where_every_kind_of_fact_lies() -> None:
    places = {str(Path(kind.pattern).parent) + "/" if "*" in kind.pattern else kind.pattern for kind in FILE_KINDS}
    listed = re.findall(r"^\| `((?:data|content)/[\w./]+)` \|", GUIDE, re.MULTILINE)
    assert places <= set(listed)
    assert [name for name in listed if not (ROOT / name).exists()] == []


def test_every_dependency_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    assert re.findall(r'^  "([^"]+)",  # \S', text, re.MULTILINE) == wanted


def test_every_module_that_the_contract_names_exists() -> None:
    table = between(CONTRIBUTING, "| part of `generator/` |", "\n## ")
    rows = re.findall(r"^\| (`[a-z].+?) \|", table, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([a-z_]+(?:\.py|/))`", row)]
    assert len(named) > 15
    assert [name for name in named if not (ROOT / "generator" / name).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_within_the_project_leads_somewhere(name: str) -> None:
    text = re.sub(r"(?ms)^ *```.*?^ *```$", "", (ROOT / name).read_text("utf-8"))
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\((?!https://)([^()\s]+)\)", text):
        path, _, anchor = target.partition("#")
        file = ROOT / (path or name)
        assert file.exists(), f"{name}: {target}"
        assert not anchor or anchor in anchors(file.read_text("utf-8")), f"{name}: {target}"


def anchors(text: str) -> set[str]:
    """Return the anchors that code hosts give headings: lower case, no punctuation, hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def between(text: str, start: str, end: str) -> str:
    assert start in text, start
    return text.split(start, 1)[1].split(end, 1)[0]


def test_the_licence_is_the_one_that_the_package_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "EUPL-1.2"
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert licence.lstrip().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert re.findall(r"^(\d+)\. ", licence, re.MULTILINE) == [str(number) for number in range(1, 16)]
