"""The measurements still begin, whatever has been moved or renamed: `make bench` runs too seldom to tell in time."""

import sys
from pathlib import Path

import pytest

from generator import load
from tests.bench import codes, measure
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
