"""Regions side by side: reports stand under their regions, silence is never a no, and the sheet can be written on."""

import re
from html import unescape

import pytest

from generator import Catalogue
from generator.web.comparisons import points
from tests.support.built import REFORM, TODAY, page, site

pytestmark = pytest.mark.whole

REPORTED = {
    "nordjylland": (1, 2), "midtjylland": (1, 2), "syddanmark": (2, 4), "hovedstaden": (1, 1), "sjaelland": (3, 1),
}  # fmt: skip
"""Interventions for citizens and for clinicians in the report's table 6.1, counted by hand."""
ADDRESS = "fagfolk/regionerne"


def matrix(region: str, audience: str) -> dict[str, list[list[str]]]:
    """Return what each region has told, by kind, in the order of the columns: the ids that the marks lead to."""
    text = page(f"{region}/{ADDRESS}").split(f"<h2>{audience}</h2>")[1].split("</table>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', text, re.DOTALL)
    return {
        unescape(kind).replace("•\xa0", ""): [
            re.findall(r'href="#([\w-]+)"', cell) for cell in cells.split("</td>")[:-1]
        ]
        for kind, cells in rows
    }


def columns(region: str) -> list[str]:
    return re.findall(r'<th scope="col"[^>]*><span>(.*?)</span>', page(f"{region}/{ADDRESS}").split("</thead>")[0])


@pytest.mark.parametrize("region", REPORTED)
def test_every_report_stands_under_its_region(region: str, catalogue: Catalogue) -> None:
    names = {item.short_name: item.id for item in catalogue.regions.values()}
    order = [names[name] for name in columns(region)]
    assert order[0] == region, "one's own first"
    assert set(order) == set(REPORTED)
    for place, audience in enumerate(("Til borgere", "Til fagfolk")):
        found: dict[str, set[str]] = {name: set() for name in order}
        for cells in matrix(region, audience).values():
            for name, ids in zip(order, cells, strict=True):
                found[name].update(ids)
        assert {name: len(ids) for name, ids in found.items()} == {name: n[place] for name, n in REPORTED.items()}
        assert all(catalogue.interventions[i].region == name for name, ids in found.items() for i in ids)


def test_a_mark_stands_for_every_kind_that_was_reported(catalogue: Catalogue) -> None:
    leaflets = matrix("nordjylland", "Til borgere")["Folder"]
    assert [bool(ids) for ids in leaflets] == [True, True, False, True, True]
    assert columns("nordjylland") == ["Nordjylland", "Hovedstaden", "Midtjylland", "Sjælland", "Syddanmark"]
    hotlines = matrix("nordjylland", "Til fagfolk")["Hotline"]
    assert [ids for ids in hotlines if ids] == [["hovedstaden-hotlines"], ["syddanmark-rygroeret"]]


@pytest.mark.parametrize("region", REPORTED)
def test_silence_is_never_a_no(region: str) -> None:
    text = page(f"{region}/{ADDRESS}")
    assert "En streg betyder: ikke oplyst i 2024-opgørelsen." in text
    assert "ikke nødvendigvis udtømmende" in text
    assert "Region Midtjylland svarede kun for det centrale regionale niveau." in text
    tables = " ".join(re.findall(r"<tbody>.*?</tbody>", text, re.DOTALL))
    assert not re.search(r"\bnej\b|mangler", tables, re.IGNORECASE)


@pytest.mark.parametrize("region", REPORTED)
def test_what_others_have_told_is_there_for_inspiration(region: str) -> None:
    text = page(f"{region}/{ADDRESS}").split("Til inspiration: det, andre har oplyst")[1].split("<h2>")[0]
    listed = {unescape(kind) for kind in re.findall(r"<li><b>(.*?):</b>", text)}
    expected = {
        kind
        for audience in ("Til borgere", "Til fagfolk")
        for kind, cells in matrix(region, audience).items()
        if not cells[0]
    }
    assert listed == expected
    assert listed


@pytest.mark.parametrize("region", REPORTED)
def test_every_intervention_has_its_place_in_the_source(region: str, catalogue: Catalogue) -> None:
    text = page(f"{region}/{ADDRESS}").split("Indsatserne og deres kilder")[1]
    entries = dict(re.findall(r'<li id="([\w-]+)">(.*?)</li>', text, re.DOTALL))
    counted = {i.id for i in catalogue.interventions.values() if i.counted}
    assert set(entries) == counted
    assert all("Tabel 6.1, del" in entry for entry in entries.values())


def test_only_the_one_report_is_compared(catalogue: Catalogue) -> None:
    """The other sources tell of some regions only, and would make these look busier than they are."""
    text = page(f"sjaelland/{ADDRESS}")
    assert "sjaelland-direkte-adgang-fysioterapi" in catalogue.interventions
    assert "direkte-adgang" not in text


def test_a_region_that_came_later_has_its_predecessors_columns() -> None:
    text = page(f"oestdanmark/{ADDRESS}", REFORM)
    assert re.findall(r'<th scope="col" class="own"><span>(.*?)</span>', text)[:2] == ["Hovedstaden", "Sjælland"]
    assert "for Region Hovedstaden og Region Sjælland er ikke oplyst i 2024-opgørelsen" in re.sub(r"\s+", " ", text)


def test_a_region_alone_leads_only_to_its_own_pages() -> None:
    text = (site(TODAY, "syddanmark", "https://ryg.example.org/") / ADDRESS / "index.html").read_text("utf-8")
    entries = text.split("Indsatserne og deres kilder")[1].split("</main>")[0]
    assert set(re.findall(r'href="[./]*tilbud/(\w+?)-', entries)) == {"syddanmark"}


class TestWorksheet:
    def test_it_has_the_eight_areas_and_the_nine_questions(self) -> None:
        text = page(f"hovedstaden/{ADDRESS}/arbejdsark")
        areas, questions = (re.findall(r"<li><b>(.*?)</b>", part) for part in text.split('<ol class="points">')[1:])
        assert areas == [
            "Bedre kommunikation og forståelig information", "Øgede kompetencer hos klinikere",
            "Patienters adgang til faglig vurdering og vejledning",
            "Styrket tværfagligt samarbejde, uddannelse og sparring", "Mere forskning",
            "Eftersyn af økonomiske strukturer", "Tilpasset lovgivning", "Tilbud i det private",
        ]  # fmt: skip
        assert [question.split(":")[0] for question in questions] == [
            "Udvikling", "Fælles forståelse", "Visitation", "Strategi og opfølgning", "Behandlere", "Borgere",
            "Vælg Klogt", "Inspiration", "Overførsel",
        ]  # fmt: skip
        assert all(question.endswith("?") for question in questions)

    def test_every_point_has_lines_to_write_on(self) -> None:
        text = page(f"hovedstaden/{ADDRESS}/arbejdsark")
        for point in re.findall(r"<li><b>.*?</li>", text):
            assert point.count("<i></i>") == 4

    def test_the_words_are_those_of_the_texts(self, catalogue: Catalogue) -> None:
        topic = catalogue.topics["refleksionsspoergsmaal"]
        found = points(topic.body.tree, "hvilke-ni-spoergsmaal-kan-i-stille-jer-selv")
        assert len(found) == 9
        assert found[4] == "Behandlere: Skal der flere indsatser til over for behandlerne?"
        assert points(topic.body.tree, "hvad-er-spoergsmaalene-til") == []
