"""What has a last day or a first day is told of in good time, where it is written."""

from datetime import date, timedelta
from pathlib import Path

import generator
from generator.checks.upcoming import HORIZON, told, upcoming
from tests.support.example import alter, write_example
from tests.support.releases import release

TODAY = date(2026, 11, 22)


def lines(root: Path, day: date = TODAY) -> list[str]:
    return [str(item) for item in upcoming(generator.load(root), day)]


def ending(name: str, day: int) -> dict[str, list[str]]:
    return {"replace": [f"- id: {name}\n", f"- id: {name}\n  valid_to: 2026-12-{day:02}\n"]}


def test_a_merger_is_told_of_with_its_heir(tmp_path: Path) -> None:
    assert lines(write_example(tmp_path)) == [
        "data/regions/nyland.yml:4:13: Region Nyland begynder 1. januar 2027",
        "data/regions/oest.yml:4:11: Region Øst er der til og med 31. december 2026 og bliver til Region Nyland",
    ]


def test_every_kind_of_lifetime_is_told_of(tmp_path: Path) -> None:
    island = "name: Vest\n  exceptions: [{place: Øen, says: Spørg i havnen., valid_to: 2026-12-05}]\n"
    number = ['"70 00 00 01"', '"70 00 00 01", valid_to: 2026-12-06']
    root = write_example(tmp_path, {
        "data/areas.yml": {"replace": [["name: Vest\n", island], number]},
        "data/videos.yml": ending("film-om-skuldre", 7),
        "data/sources.yml": ending("avis", 8),
        "data/interventions/vest.yml": ending("vest-folder", 9),
        "content/emner/oem-skulder.md": {"replace": ["review_due: null", "review_due: 2026-12-10"]},
    })  # fmt: skip
    assert [line.split(": ", 1)[1] for line in lines(root)][:6] == [
        "oplysningen om Øen gælder til 5. december 2026",
        "nummeret 70 00 00 01 (Vest) gælder til 6. december 2026",
        "filmen »Film om skuldre« gælder til 7. december 2026",
        "kilden »Den opdigtede avis om skuldre« gælder til 8. december 2026",
        "indsatsen »Din ømme skulder« gælder til 9. december 2026",
        "teksten »Din skulder« skal være gennemgået senest 10. december 2026",
    ]


def test_a_printed_leaflet_in_use_is_told_of_by_its_last_day(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    release(root, "din-skulder", ["oest"], TODAY)
    assert [line.split(": ", 1)[1] for line in lines(root) if "editions.yml" in line] == [
        "den trykte folder 4xk5dp fra Region Øst gælder til 31. december 2026"
    ]


def test_only_what_lies_ahead_and_within_the_horizon_is_told_of(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    change = date(2027, 1, 1)
    assert len(lines(root, change - HORIZON)) == 2
    assert lines(root, change - HORIZON - timedelta(days=1)) == []
    assert len(lines(root, change - timedelta(days=1))) == 2
    assert lines(root, change) == []


def test_an_open_end_written_as_the_last_day_of_all_is_no_end(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    alter(root / "data/sources.yml", {"replace": ["- id: avis\n", "- id: avis\n  valid_to: 9999-12-31\n"]})
    assert len(lines(root)) == 2


def test_a_long_list_says_how_much_more_there_is(tmp_path: Path) -> None:
    coming = upcoming(generator.load(write_example(tmp_path)), TODAY)
    assert told(coming, most=1) == (str(coming[0]), "og 1 mere")
    assert told(coming) == tuple(map(str, coming))
    assert told(()) == ()


def test_a_review_of_what_is_not_a_page_is_told_of_to_the_region_whose_it_is(tmp_path: Path) -> None:
    due = ["review_due: null", "review_due: 2026-12-10"]
    root = write_example(tmp_path, {
        "data/pathways/foerste-besoeg.yml": {"replace": [due, ["region: national", "region: vest"]]},
        "data/standard_texts/besked.yml": {"replace": due},
    })  # fmt: skip
    found = upcoming(generator.load(root), TODAY)[:2]
    assert [(item.message, item.regions) for item in found] == [
        ("teksten »Det første besøg« skal være gennemgået senest 10. december 2026", frozenset({"vest"})),
        ("teksten »Besked til patienten« skal være gennemgået senest 10. december 2026", None),
    ]
