"""The measurements still begin, whatever has been moved or renamed: `make bench` runs too seldom to tell in time."""

import subprocess
import sys
from pathlib import Path

import pytest

from generator import load
from tests.bench import codes, measure, projects, table
from tests.support.built import ROOT

pytestmark = pytest.mark.whole


def test_what_a_build_imports_can_be_imported(tmp_path: Path) -> None:
    assert measure.start(tmp_path).wall > 0


def test_a_project_with_many_codes_can_be_read(tmp_path: Path) -> None:
    assert len(load(codes.write(tmp_path / "project", 20)).editions) == 20


@pytest.mark.parametrize("name", ["lighthouse", "feedback"])
def test_a_measurement_explains_itself(name: str) -> None:
    assert measure.cost_of(sys.executable, "-m", f"tests.bench.{name}", "--help", cwd=ROOT).wall > 0


def test_one_sheet_can_be_measured() -> None:
    assert measure.cost_of(sys.executable, "-m", "tests.bench.sheets", "many", "1", cwd=ROOT).wall > 0


def test_a_figure_that_has_grown_by_more_than_a_fifth_is_told_and_the_others_are_not(tmp_path: Path) -> None:
    path = tmp_path / "maalinger.json"
    table.keep(path, "abc1234", [table.Row("build", 1.5, [1.0, 9.0, 2.0]), table.Row("told", None, [1.0])])
    kept = table.read(path)
    assert kept == {"build": 2.0, "told": 1.0}
    now = [table.Row("build", 1.5, [2.3]), table.Row("build", 1.5, [2.5]), table.Row("told", None, [9.0])]
    assert [table.is_worse(row, kept) for row in now] == [False, True, False]
    assert [line.split()[-1] for line in table.lines(now, kept)][1:] == ["over", "worse", "9.00"]
    assert table.read(tmp_path / "none.json") == {}


def test_the_edits_that_are_measured_change_what_is_printed(tmp_path: Path) -> None:
    before = projects.whole(tmp_path / "before")
    for edit, name in ((projects.change_a_number, "data/areas.yml"), (projects.change_a_printed_sentence, "content")):
        project = projects.whole(tmp_path / edit.__name__)
        edit(project, 1)
        compared = subprocess.run(["diff", "-rq", before, project], capture_output=True, text=True, check=False).stdout
        assert len(compared.splitlines()) == 1
        assert name in compared
