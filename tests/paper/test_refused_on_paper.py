"""Every format refuses what it cannot show, for the right reason, and a file that lost its tags is found out."""

import io
import re
from dataclasses import replace
from datetime import date

import page
import pikepdf
import pytest
import typst

from generator import load
from generator.model.paper_format import FORMATS
from generator.model.sheet import PaperError, PaperHeading, Paragraph, Run, Sheet
from generator.paper.fixed_words import PLACES
from generator.paper.leaflets import prints
from generator.paper.print_files import make
from generator.paper.typesetting import render_leaflet
from generator.problems import ContentError
from generator.sender.context import Context
from generator.sender.senders import senders
from tests.paper.test_pictures import short
from tests.support.built import ROOT
from tests.support.leaflet_example import example_sheet

pytestmark = pytest.mark.whole

every_format = pytest.mark.parametrize("name", FORMATS)


def sheet_for(name: str) -> Sheet:
    return short(example_sheet()) if FORMATS[name].template in ("card", "poster", "screen") else example_sheet()


def refusal(sheet: Sheet, name: str) -> str:
    with pytest.raises(PaperError) as error:
        render_leaflet(sheet, name)
    return error.value.message


def saying(words: str) -> tuple[PaperHeading, Paragraph]:
    return (PaperHeading(level=2, content=(Run(text="Kort"),)), Paragraph(content=(Run(text=words),)))


@every_format
def test_a_missing_character_is_refused(name: str) -> None:
    sheet = replace(sheet_for(name), promise="Hvad du kan gøre 漢")
    assert refusal(sheet, name) == "Folderens skrift har ikke tegnet “漢”"


@every_format
def test_a_word_wider_than_its_column_is_refused(name: str) -> None:
    word = 3 * "strømforsyningsvirksomhedsbestyrelsesformandsvalg"
    assert refusal(replace(sheet_for(name), blocks=saying(word)), name) == f"Ordet “{word}” er bredere end sin spalte"


@every_format
def test_a_skipped_heading_is_refused(name: str) -> None:
    sheet = replace(sheet_for(name), blocks=(replace(saying("Ord.")[0], level=3), saying("Ord.")[1]))
    assert refusal(sheet, name) == "Folderens første overskrift er en underoverskrift"


@every_format
def test_too_much_text_is_refused_with_place_and_millimetres(name: str) -> None:
    sheet = replace(sheet_for(name), blocks=60 * saying("Helt almindelige ord, der fylder noget på papiret. " * 5))
    template = FORMATS[name].template
    if template == "pages":  # pages are added for a text, but not for a block that is taller than a page
        sheet = replace(sheet, blocks=saying("Helt almindelige ord, der fylder noget på papiret. " * 200))
    if template == "screen":
        assert re.fullmatch(r"Skærmbilledet “Kort” har \d+ ord, og på otte sekunder når man 24", refusal(sheet, name))
        return
    places = "|".join(re.escape(said) for (found, _), (said, _) in PLACES.items() if found == template)
    assert re.fullmatch(
        rf"({places}) er \d+ mm \(cirka \d+ linjer\) for lang til tekst på [\d.]+ punkt", refusal(sheet, name)
    )


def test_too_much_text_is_told_with_leaflet_format_and_region() -> None:
    catalogue, day = load(ROOT), date(2026, 11, 22)
    sender = next(found for found in senders(catalogue, day) if found.id == "nordjylland")
    item = next(item for item in prints(Context(catalogue, sender, day)) if item.paper_format == "fold")
    long = replace(item, sheet=replace(item.sheet, blocks=4 * item.sheet.blocks))
    with pytest.raises(ContentError) as error:
        make(long)
    [problem] = error.value.problems
    assert str(problem.position.path) == f"data/leaflets/{item.leaflet.id}.yml"
    assert re.match(r"fold til Region Nordjylland: Teksten på de tre paneler indeni er \d+ mm ", problem.message)


@pytest.mark.parametrize("name", ["a4", "fold", "a5", "poster", "screen"])
def test_a_broken_mark_of_the_sender_stops_the_build(name: str) -> None:
    with pytest.raises(typst.TypstError, match="SVG"):
        render_leaflet(replace(sheet_for(name), logo="<svg"), name)


@pytest.mark.parametrize("name", ["fold", "a5booklet", "a4bleed", "card", "screen"])
@pytest.mark.parametrize("lost", ["Alt", "StructTreeRoot", "MarkInfo"])
def test_what_a_reader_aloud_needs_is_missed(name: str, lost: str) -> None:
    made = render_leaflet(sheet_for(name), name)
    assert page.validate_pdf_bytes(made, profile="ua1").is_compliant
    with pikepdf.open(io.BytesIO(made)) as pdf:
        if lost != "Alt":
            del pdf.Root[f"/{lost}"]
        for item in pdf.objects if lost == "Alt" else ():
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure":
                del item["/Alt"]
        file = io.BytesIO()
        pdf.save(file)
    said = " ".join(
        f"{found.rule_id} {found.message}" for found in page.validate_pdf_bytes(file.getvalue(), profile="ua1").failures
    )
    assert REASONS[lost] in said, said


REASONS = {"Alt": "FIGURE-ALTERNATIVE-TEXT", "StructTreeRoot": "StructTreeRoot", "MarkInfo": "Mark"}
