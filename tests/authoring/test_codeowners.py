"""GitHub asks the roles that answer for a file, by the names that somebody has given, and by no other."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import generator
from generator.authoring.codeowners import FILE, NOTE, codeowners
from generator.cli import main
from generator.model.catalogue import Catalogue
from tests.support.built import ROOT
from tests.support.example import Change, write_example

OWNED: dict[str, Change] = {
    "content/emner/oem-skulder.md": {
        "replace": [
            ["owner: null", "owner: ledende overlæge"],
            ["approved_by: null", "approved_by:\n- {role: fysioterapeut, on: 2026-11-01, text: 0123456789abcdef}"],
        ]
    },
    "content/fagfolk/til-behandlere.md": {"replace": ["owner: null", "owner: fysioterapeut"]},
}
NAMED: dict[str, Change] = OWNED | {
    "data/site.yml": {"replace": ["title:", 'reviewers:\n- {role: fysioterapeut, handle: "@vest/fys"}\ntitle:']}
}


def test_the_file_follows_the_facts(catalogue: Catalogue) -> None:
    """Mend with `.venv/bin/borgerinfo codeowners`."""
    assert (ROOT / FILE).read_text("utf-8") == codeowners(catalogue)


def test_a_role_without_a_name_is_a_comment(tmp_path: Path) -> None:
    made = codeowners(generator.load(write_example(tmp_path, OWNED)))
    lines = made.removeprefix(NOTE).splitlines()
    assert lines[:3] == [
        "# /content/emner/oem-skulder.md: »ledende overlæge« har intet navn på GitHub endnu",
        "# /content/emner/oem-skulder.md: »fysioterapeut« har intet navn på GitHub endnu",
        "# /content/fagfolk/til-behandlere.md: »fysioterapeut« har intet navn på GitHub endnu",
    ]
    assert "@" not in made


def test_a_role_with_a_name_is_asked_about_its_files(tmp_path: Path) -> None:
    made = codeowners(generator.load(write_example(tmp_path, NAMED)))
    assert [line for line in made.splitlines() if line and not line.startswith("#")] == [
        "/content/emner/oem-skulder.md @vest/fys",
        "/content/fagfolk/til-behandlere.md @vest/fys",
    ]


def test_a_name_that_github_cannot_have_is_refused(tmp_path: Path) -> None:
    change: Change = {"replace": ["title:", "reviewers:\n- {role: fysioterapeut, handle: fys @alle}\ntitle:"]}
    with pytest.raises(generator.ContentError, match='skriv navnet på GitHub i anførselstegn, fx "@region/hold"'):
        generator.load(write_example(tmp_path, {"data/site.yml": change}))


def test_the_command_writes_it_and_says_when_it_is_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_example(tmp_path, NAMED)
    monkeypatch.chdir(root)
    behind = CliRunner().invoke(main, ["codeowners", "--check"])
    assert (behind.exit_code, (root / FILE).exists()) == (1, False)
    assert behind.output == ".github/CODEOWNERS følger ikke med – kør: .venv/bin/borgerinfo codeowners\n"
    assert CliRunner().invoke(main, ["codeowners"]).output == "Skrevet: .github/CODEOWNERS\n"
    assert CliRunner().invoke(main, ["codeowners", "--check"]).exit_code == 0
    assert (root / FILE).read_text("utf-8") == codeowners(generator.load(root))
