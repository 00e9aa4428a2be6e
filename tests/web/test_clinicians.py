"""What a clinician finds on the built pages: the way, what is not told, and nothing that nobody has said."""

import gzip
import re
from datetime import date
from html import unescape
from pathlib import Path

import page as pdf_ua
import pytest
import zxingcpp

from generator import Catalogue
from generator.web.offers import THERE_AND_BACK, ties
from tests.support.built import REFORM, TODAY, page, site
from tests.support.paper import pictures, squeezed, text_of

pytestmark = pytest.mark.whole

REGIONS = ("nordjylland", "midtjylland", "syddanmark", "hovedstaden", "sjaelland")
LARGEST_PAGE = 14_000
"""Bytes, compressed: what a first answer of a server holds (ten packets of some 1,400)."""
LARGEST_DRAWING = 8_000
PATHWAY = "fagfolk/beslutningsveje"

REASONS = (
    "Mistanke om underliggende ikke-muskuloskeletal lidelse",
    "Progredierende neurologiske udfald",
    "Nyopstået (inden for 48 timer) nedsat kraft, grad 3 eller derunder",
    "Mistanke om inflammatorisk gigtsygdom",
    "Betydelig skoliose",
    "Mistanke om nytilkommet sammenfald af ryghvirvler",
    "Traume",
)
"""Typed by hand from box 2 of the printed note: the reasons that have no condition of their own."""


def words(html: str) -> str:
    """Return what a reader sees of a page's main part."""
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))


def clinicians_pages() -> list[Path]:
    return [path for region in REGIONS for path in (site() / region / "fagfolk").rglob("index.html")]


class TestDecisionPaths:
    def test_the_reasons_are_those_of_the_source(self, catalogue: Catalogue) -> None:
        steps = {step.id: step for step in catalogue.pathways["grunde-til-billeder"].steps}
        assert steps["mistanke"].points == REASONS
        assert "4–8 uger" in steps["nerverod-bedring"].words
        assert "uger" not in steps["stenose-bedring"].words, "the source names no weeks here"

    def test_each_number_of_weeks_keeps_to_its_own_purpose(self, catalogue: Catalogue) -> None:
        found = {
            (name, weeks)
            for name, pathway in catalogue.pathways.items()
            for step in pathway.steps
            for weeks in re.findall(r"\d+–\d+ uger", step.words)
        }
        assert found == {
            ("grunde-til-billeder", "4–8 uger"),
            ("henvisning-til-sygehus", "6–8 uger"),
            ("nordjylland-almen-praksis", "4–6 uger"),
        }

    def test_every_step_stands_on_the_list_and_in_the_drawing(self, catalogue: Catalogue) -> None:
        for pathway in catalogue.pathways.values():
            html = page(f"nordjylland/{PATHWAY}/{pathway.id}")
            before, drawing = html.split("<figure", 1)
            drawn = words(f"<main{drawing.split('</figure>')[0]}</main>")
            for step in pathway.steps:
                assert squeezed(step.words) in squeezed(unescape(before)), step.id
                assert squeezed(step.words).replace("-", "") in squeezed(drawn).replace("-", ""), step.id

    def test_a_path_has_nothing_to_fill_in_and_no_script(self) -> None:
        for path in (site() / "nordjylland" / PATHWAY).rglob("index.html"):
            html = path.read_text("utf-8")
            assert not re.search(r"<(input|select|textarea|form|script)\b", html)
            assert "<button" not in html.partition("<main")[2].partition("</main>")[0]

    def test_a_path_of_one_region_stands_with_that_region_alone(self) -> None:
        assert (site() / "nordjylland" / PATHWAY / "nordjylland-almen-praksis").is_dir()
        assert not (site() / "syddanmark" / PATHWAY / "nordjylland-almen-praksis").exists()

    def test_a_drawing_that_no_source_shows_has_a_named_empty_place(self) -> None:
        own = words(page(f"nordjylland/{PATHWAY}/nordjylland-almen-praksis"))
        assert "Her er plads til Region Nordjyllands eget flowchart. Det er ikke gengivet" in own
        for region in ("nordjylland", "midtjylland", "syddanmark"):
            assert "Her er plads til regionens eget flowchart. Ingen kilde viser det." in words(
                page(f"{region}/fagfolk")
            )

    def test_drawings_are_small(self) -> None:
        for path in (site() / "nordjylland" / PATHWAY).rglob("index.html"):
            drawing = re.search(r"<figure.*?</figure>", path.read_text("utf-8"), re.DOTALL)
            assert drawing is not None
            assert len(gzip.compress(drawing[0].encode())) <= LARGEST_DRAWING


class TestFirstPage:
    @pytest.mark.parametrize("region", REGIONS)
    def test_what_is_not_told_is_said_not_to_be(self, region: str) -> None:
        shown = words(page(f"{region}/fagfolk"))
        assert "Om trykte kan bestilles, er ikke oplyst." in shown
        has_hotline = region in ("syddanmark", "hovedstaden")
        assert ("Regionen har ikke oplyst en hotline. Der kan godt være en." in shown) != has_hotline
        assert "Adressen virker ikke endnu." in shown

    def test_hotlines_show_what_the_source_has_and_nothing_else(self) -> None:
        shown = words(page("hovedstaden/fagfolk"))
        assert "Nummer Ikke oplyst" in shown
        assert "Åbent Hverdage i dagtimerne; klokkeslæt er ikke oplyst" in shown
        assert "Svarer Speciallæger i reumatologi" in shown
        other = words(page("syddanmark/fagfolk"))
        assert "Åbent Ikke oplyst Svarer Ikke oplyst Til Læger og fysioterapeuter" in other

    def test_pages_are_small(self) -> None:
        sizes = {path: len(gzip.compress(path.read_bytes())) for path in clinicians_pages()}
        assert len(sizes) > 50
        assert {path: size for path, size in sizes.items() if size > LARGEST_PAGE} == {}


class TestTextsToCopy:
    def test_no_region_is_given_a_wording_that_it_has_not_published(self, catalogue: Catalogue) -> None:
        for text in catalogue.standard_texts.values():
            assert text.region == "national" or text.wording == ()
        for region in ("nordjylland", "midtjylland"):
            shown = words(page(f"{region}/fagfolk/standardtekster"))
            assert "Ordlyden er ikke offentliggjort. Vi gengiver den ikke efter gæt." in shown
            assert "Ifølge kilden rummer teksten:" in shown

    def test_the_message_leads_to_the_regions_own_leaflet_and_marks_what_is_to_be_filled_in(self) -> None:
        html = page("midtjylland/fagfolk/standardtekster").replace("<wbr>", "")
        code = re.search(r"https://borgerinfo\.example/q/([2-9a-z]{6})/", html)
        assert code is not None
        assert "midtjylland/" in (site() / "q" / code[1] / "index.html").read_text("utf-8")
        assert "<mark>[klinikkens navn]</mark>" in html


class TestTies:
    def test_what_explains_a_leaflet_is_named_at_both_ends(self, catalogue: Catalogue) -> None:
        film, leaflet = "syddanmark-video-om-folderen", "syddanmark-folder-forstaa-dine-smerter"
        assert "Handler om" in [t.words for t in ties(catalogue, catalogue.interventions[film])]
        named = [(t.words, t.other.id) for t in ties(catalogue, catalogue.interventions[leaflet]) if t.other]
        assert ("Forklares i", film) in named
        assert "Film om folderen" in words(page("syddanmark/fagfolk"))

    def test_every_tie_can_be_followed_back(self, catalogue: Catalogue) -> None:
        ends = {
            (item.id, tie.other.id)
            for item in catalogue.interventions.values()
            for tie in ties(catalogue, item)
            if tie.other
        }
        assert len(ends) > 40
        assert {(there, here) for here, there in ends} == ends

    def test_nothing_is_tied_to_the_same_thing_twice_or_to_itself(self, catalogue: Catalogue) -> None:
        for item in catalogue.interventions.values():
            others = [tie.other.id for tie in ties(catalogue, item) if tie.other]
            assert len(others) == len(set(others))
            assert item.id not in others

    def test_every_relation_has_words_for_both_ends(self, catalogue: Catalogue) -> None:
        written = {r.relation for item in catalogue.interventions.values() for r in item.related}
        assert written <= set(THERE_AND_BACK)


SHEETS = [*((TODAY, region) for region in REGIONS), (REFORM, "oestdanmark")]


@pytest.mark.parametrize(("day", "region"), SHEETS, ids=[region for _, region in SHEETS])
class TestRegionSheet:
    @staticmethod
    def pdf(day: date, region: str) -> bytes:
        return (site(day) / region / "fagfolk" / "regionsark.pdf").read_bytes()

    def test_it_is_one_accessible_page_marked_as_a_draft(self, day: date, region: str) -> None:
        report = pdf_ua.validate_pdf_bytes(self.pdf(day, region), profile="ua1")
        assert [(failure.rule_id, failure.message) for failure in report.failures] == []
        (text,) = text_of(self.pdf(day, region))
        assert "KLADDE" in text

    def test_it_holds_the_regions_own_numbers_and_no_other_regions(
        self, day: date, region: str, catalogue: Catalogue
    ) -> None:
        (text,) = text_of(self.pdf(day, region))
        own = set(catalogue.regions[region].areas)
        for name, area in catalogue.areas.items():
            phone = area.phone("out-of-hours", day)
            assert phone is not None
            assert phone.number is not None
            assert (squeezed(f"{phone.number} (ikke bekræftet)") in text) == (name in own)

    def test_no_telephone_number_on_it_is_another_regions(self, day: date, region: str, catalogue: Catalogue) -> None:
        (text,) = text_of(self.pdf(day, region))
        own = set(catalogue.regions[region].areas)
        heritage = {region, *(r.id for r in catalogue.regions.values() if region in r.successors)}
        numbers = [(name in own, p.number) for name, area in catalogue.areas.items() for p in area.phones]
        numbers += [(item.region in heritage, item.phone) for item in catalogue.interventions.values()]
        ours, theirs = ({number for mine, number in numbers if number and mine is wanted} for wanted in (True, False))
        assert len(theirs - ours) >= 3
        for number in theirs - ours:
            assert not re.search(rf"(?<!\d){squeezed(number)}(?!\d)", text), number

    def test_its_figures_are_the_regions_own_with_period_and_caveats(
        self, day: date, region: str, catalogue: Catalogue
    ) -> None:
        (text,) = text_of(self.pdf(day, region))
        for figure in catalogue.settings.sheet_figures:
            assert re.search(r"20\d\d-20\d\d", figure.says)
            table = catalogue.statistics[figure.statistic]
            row = next(row for row in table.rows if row.label == figure.row)
            merged = {"hovedstaden", "sjaelland"} if region == "oestdanmark" else {region}
            shown = {c.id for c, v in zip(table.columns, row.values, strict=True)
                     if squeezed(f"{v:g}".replace(".", ",").replace("-", "−")) in text}  # fmt: skip
            assert merged <= shown
            assert all(squeezed(caveat) in text for caveat in table.caveats[:3])

    def test_it_tells_what_the_region_reported_and_carries_no_code(
        self, day: date, region: str, catalogue: Catalogue
    ) -> None:
        (text,) = text_of(self.pdf(day, region))
        merged = {"hovedstaden", "sjaelland"} if region == "oestdanmark" else {region}
        for item in catalogue.interventions.values():
            if item.counted and item.is_valid_on(day):
                assert (squeezed(item.title) in text) or item.region not in merged
        assert [c for p in pictures(self.pdf(day, region), 150) for c in zxingcpp.read_barcodes(p)] == []
