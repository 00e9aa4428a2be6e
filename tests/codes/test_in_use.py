"""Paper, pages and data say on every day which edition is in use then: until a release, the one before it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.codes.short_links import short_link
from generator.paper.leaflets import prints
from generator.sender.context import Context
from generator.sender.senders import senders
from generator.web.api import api_files
from generator.web.codes_to_print import printed_codes
from generator.web.leaflet_gallery import gallery
from tests.support.example import write_example
from tests.support.releases import release

FIRST, SECOND = date(2026, 11, 23), date(2026, 12, 15)


@pytest.mark.parametrize("day", [FIRST, SECOND - timedelta(1), SECOND])
def test_the_edition_of_the_day_stands_everywhere(tmp_path: Path, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_example(tmp_path)
    release(root, "din-skulder", ["vest"], FIRST)
    flags = root / "data/red_flags.yml"
    flags.write_text(flags.read_text("utf-8").replace("rød og varm", "rød, varm og hævet"), "utf-8")
    catalogue = release(root, "din-skulder", ["vest"], SECOND, seed=2)
    found = {edition.status: edition for edition in catalogue.editions.values() if edition.sender == "vest"}
    wanted = found["current" if day >= SECOND else "replaced"].id
    context = Context(catalogue, next(one for one in senders(catalogue, day) if one.id == "vest"), day)
    assert [found.edition.id for found in prints(context)] == [wanted]
    link = short_link(context)
    assert link is not None
    assert link.address.endswith(f"/q/{wanted}/")
    assert [code.code for code in printed_codes(context)] == [wanted]
    (card,) = gallery(context).values["cards"]
    assert [edition.id for edition, _ in card["editions"]] == [wanted]
    assert f'"{wanted}"' in api_files(catalogue, day, "draft", context.sender)["api/v1/leaflets.json"].decode()
    monkeypatch.chdir(root)
    listed = CliRunner().invoke(main, ["leaflets", "--list", "--as-of", day.isoformat()]).output
    assert f"vest          a4 {wanted}" in listed
