"""What an author has written wrong, and files that cannot be read or written, end a command with a line in Danish."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.example import write_example

DAY = ["--as-of", "2026-11-22"]
READERS = (
    "check", "build", "leaflets", "report overview", "report was vest", "codes qr", "sign", "release --draft",
    "withdraw 234567 --reason nej", "codeowners", "feedback export", "feedback serve", "new phone --yes --area oest",
)  # fmt: skip
WRITERS = (
    "build --out ude/site", "report overview --out ude/rapport", "codes qr --out ude/qr", "leaflets --out ude/papir",
    "report region vest --out ude/brev.html", "report was vest --out ude/ark.md", "feedback export --out ude/svar.csv",
    "codes map --server nginx --out ude/kort.conf",
)  # fmt: skip
CASES = (
    *(("data/areas.yml", 0, words) for words in READERS),
    *(("ude", 0o555, words) for words in WRITERS),
    *(("overrides", 0, words) for words in ("build", "report region vest")),
    ("content/emner/oem-skulder.md", 0, "build"),
    ("mkdocs.yml", 0, "build"),
    ("data", 0o555, "sign sign bliver-ved --role Overlæge --yes"),
    ("data/editions.yml", 0, "release --draft"),
    (".vscode", 0o555, "schema"),
    (".github", 0o555, "codeowners"),
    (".github/CODEOWNERS", 0, "codeowners"),
)
SCRIPT = """
import json, os, sys, traceback
from click.testing import CliRunner
from generator.cli import main
day, cases = json.loads(sys.argv[1])
for place, mode, words in cases:
    before = os.stat(place).st_mode
    os.chmod(place, mode)
    dated = words.split()[0] not in ("withdraw", "codeowners", "feedback", "schema")
    result = CliRunner().invoke(main, [*words.split(), *(day if dated else [])])
    os.chmod(place, before)
    ours = result.exception is None or isinstance(result.exception, SystemExit)
    said = result.output if ours else "".join(traceback.format_exception(result.exception))
    print(json.dumps([place, words, result.exit_code, said]))
"""


def tried(root: Path, cases: object) -> list[tuple[str, str, int, str]]:
    """Return what came of each command: the place, the words, how it ended, and what it said."""
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    assert not bound or shutil.which(bound[0]), "setpriv is missing; on Debian and Ubuntu it is in util-linux"
    words = [*bound, sys.executable, "-c", SCRIPT, json.dumps([DAY, cases])]
    done = subprocess.run(words, cwd=root, check=True, capture_output=True, text=True)
    return [tuple(json.loads(line)) for line in done.stdout.splitlines() if line.startswith("[")]


@pytest.mark.whole
@pytest.mark.whole
def test_what_cannot_be_read_or_written_ends_every_command_with_a_line(tmp_path: Path) -> None:
    project = write_example(tmp_path, {".github/CODEOWNERS": "*.xyz @ingen\n"}, templates=True)
    for name in ("ude", ".cache", ".vscode"):
        (project / name).mkdir()
    found = tried(project, CASES)
    assert [words for _, _, words in CASES] == [words for _, words, _, _ in found]
    for place, words, code, said in found:
        assert code == 1, (place, words, said)
        assert "Traceback" not in said, (place, words, said)
        assert re.search(r"Kunne ikke læse eller skrive: |filen kan ikke åbnes \(|Her er ingen svar endnu", said), said


@pytest.mark.whole
@pytest.mark.whole
def test_a_cache_that_nobody_may_open_costs_time_and_nothing_else(tmp_path: Path) -> None:
    project = write_example(tmp_path, templates=True)
    (project / ".cache").mkdir()
    found = tried(project, [(".cache", 0, words) for words in ("check", "build", "report overview")])
    assert [code for _, _, code, _ in found] == [0, 0, 0], found


@pytest.mark.whole
@pytest.mark.whole
def test_a_register_saved_in_another_encoding_is_told_by_the_loader(tmp_path: Path) -> None:
    project = write_example(tmp_path)
    register = project / "data/editions.yml"
    register.write_bytes("# kørt\n".encode("latin-1") + register.read_bytes())
    ((_, _, code, said),) = tried(project, [("data", 0o755, "release --draft")])
    assert code == 1
    assert "data/editions.yml:1:4: filen er ikke gemt som UTF-8" in said


@pytest.mark.whole
@pytest.mark.whole
def test_a_record_on_one_line_that_has_no_room_for_a_signature_is_told(tmp_path: Path) -> None:
    flow = (
        "- {id: bliver-ved, group: Sygdom, text: den er øm, proposed_level: routine, basis: Fri, "
        "citations: [{source: haandbog}]}"
    )
    project = write_example(tmp_path)
    flags = project / "data/red_flags.yml"
    flags.write_text(flags.read_text("utf-8").partition("- id: bliver-ved")[0] + flow + "\n", "utf-8")
    ((_, _, code, said),) = tried(project, [("data", 0o755, "sign sign bliver-ved --role Overlæge --yes")])
    assert code == 1
    assert "her er ikke plads til approved_by" in said
