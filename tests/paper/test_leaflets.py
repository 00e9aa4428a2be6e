"""Leaflets: a PDF that everyone can read, on paper and aloud, or an error that says what to change."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, cast
from xml.etree.ElementTree import fromstring

import page
import pikepdf
import pypdfium2
import pytest
import zxingcpp

from generator.model.sheet import (
    Break,
    Card,
    Listing,
    Panel,
    PaperBlock,
    PaperError,
    PaperHeading,
    PaperInline,
    Paragraph,
    PhoneRow,
    Run,
    Sheet,
    Table,
)
from generator.paper import typesetting
from generator.paper.tree import printed_address, sheet_blocks
from generator.paper.typesetting import render_leaflet
from generator.text.dialect import faults
from generator.text.markdown import convert
from tests.support.leaflet_example import CARDS, SOURCES, example_sheet, example_tree, resolve
from tests.support.paper import opened, pictures, squeezed, text_of

pytestmark = pytest.mark.whole

LOREM = "Et afsnit med helt almindelige ord, der står her for at fylde noget på papiret. "


def paragraphs(count: int, repeats: int = 3) -> tuple[PaperBlock, ...]:
    return tuple(Paragraph(content=(Run(text=(LOREM * repeats).strip()),)) for _ in range(count))


@cache
def example_pdf() -> bytes:
    return render_leaflet(example_sheet())


SHORT = replace(example_sheet(), blocks=paragraphs(2), cards=CARDS[:1])
LONG = replace(example_sheet(), blocks=(*example_sheet().blocks, *paragraphs(2)))
FULL_BACK = replace(
    example_sheet(),
    blocks=example_sheet().blocks[:12],
    cards=tuple(
        replace(card, lines=card.lines + ("en linje om noget andet, som fylder næsten hele kortet",) * 2)
        for card in CARDS
    ),
)
BARE = replace(example_sheet(), blocks=paragraphs(1), cards=(), sources=(), draft=False)
PANELLED = replace(
    SHORT,
    blocks=(
        Panel(title="Kort fortalt", blocks=(Listing(items=((Paragraph(content=(Run(text="Ét punkt"),)),),)),)),
        Listing(items=((Paragraph(content=(Run(text="Ydre"),)), Listing(items=((*paragraphs(1, 1),),))),)),
    ),
    phones=(PhoneRow(who="Vagten", hours="når andre har lukket", number="1234", status="ikke bekræftet"),),
)
ROUTINE = replace(example_sheet(), cards=(*CARDS[:2], replace(CARDS[2], level="routine")))
SHEETS = {
    "example": example_sheet(),
    "one page": SHORT,
    "text goes on at the back": LONG,
    "full back": FULL_BACK,
    "nothing but a paragraph": BARE,
    "panel and nested list": PANELLED,
    "routine": ROUTINE,
}


# ---- the file ----


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_every_leaflet_conforms_to_pdf_ua(sheet: Sheet) -> None:
    report = page.validate_pdf_bytes(render_leaflet(sheet), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_the_validator_sees_a_missing_text_alternative() -> None:
    with pikepdf.open(io.BytesIO(example_pdf())) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure":
                del item["/Alt"]
        file = io.BytesIO()
        pdf.save(file)
    assert not page.validate_pdf_bytes(file.getvalue(), profile="ua1").is_compliant


def test_the_file_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(example_pdf())) as pdf:
        assert str(pdf.Root.Lang) == "da-DK"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == "Til dig, der sidder i mørke"
        assert str(pdf.docinfo["/Author"]) == "Region Eksempel"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261115")


def test_the_headings_are_one_title_and_what_stands_under_it() -> None:
    with pikepdf.open(io.BytesIO(example_pdf())) as pdf:
        found = [tag for tag in tags(pdf.Root.StructTreeRoot.K) if re.fullmatch(r"/H\d", tag)]
    text, cards, sources = ["/H2", "/H2", "/H3", "/H3", "/H2", "/H2"], ["/H2", "/H3", "/H3", "/H3"], ["/H2"]
    assert found == ["/H1", *text, *cards, *sources]


def tags(element: pikepdf.Object) -> Iterator[str]:
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from tags(child)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from tags(element.K)


def test_the_code_s_text_alternative_is_its_whole_address() -> None:
    with pikepdf.open(io.BytesIO(example_pdf())) as pdf:
        figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == [example_sheet().code_address]


def test_every_font_is_embedded_and_of_the_one_family() -> None:
    with pikepdf.open(io.BytesIO(example_pdf())) as pdf:
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
        assert fonts
        for font in fonts:
            assert re.fullmatch(r"/[A-Z]{6}\+SourceSans3.*", str(font.FontName))
            assert "/FontFile2" in font or "/FontFile3" in font


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_no_leaflet_has_more_than_two_a4_pages(sheet: Sheet) -> None:
    pdf = opened(render_leaflet(sheet))
    assert len(pdf) == (1 if sheet in (SHORT, BARE, PANELLED) else 2)
    assert {tuple(round(side / 72 * 25.4) for side in sheet.get_size()) for sheet in pdf} == {(210, 297)}


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render_leaflet(example_sheet()) == example_pdf()


def test_the_day_comes_from_the_sheet() -> None:
    assert render_leaflet(replace(example_sheet(), as_of=date(2027, 1, 1))) != example_pdf()


# ---- what a reader sees ----


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("sheet", [example_sheet(), SHORT], ids=["two pages", "one page"])
def test_there_is_one_code_and_it_leads_to_the_address(sheet: Sheet, dpi: int) -> None:
    codes = [code.text for picture in pictures(render_leaflet(sheet), dpi) for code in zxingcpp.read_barcodes(picture)]
    assert codes == [sheet.code_address]


@pytest.mark.parametrize("sheet", [example_sheet(), LONG], ids=["fits on the front", "goes on at the back"])
def test_every_word_of_the_sheet_is_printed(sheet: Sheet) -> None:
    printed = "".join(text_of(render_leaflet(sheet)))
    for words in words_of(sheet):
        assert squeezed(words) in printed, words


def words_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from words_of(item)
    elif isinstance(value, Run):
        yield value.text
    elif hasattr(value, "__dataclass_fields__"):
        left_out = {"kind", "level", "palette", "code_address", "as_of"}
        for name in set(value.__dataclass_fields__) - left_out:
            yield from words_of(getattr(value, name))


def test_the_words_that_are_the_same_on_every_leaflet() -> None:
    front, back = text_of(example_pdf())
    assert squeezed("Hvornår skal du søge hjælp? Vend arket") in front
    assert squeezed("Scan koden, eller skriv adressen koder.example.dk/q/") in back
    assert squeezed("Her er den nyeste udgave og hele listen over tegn.") in back
    assert squeezed("Folderen kommer fra Region Eksempel.") in back
    assert squeezed("Klinikkens stempel") in back


def test_sender_edition_and_address_stand_on_every_page() -> None:
    sheet = example_sheet()
    for number, words in enumerate(text_of(example_pdf()), 1):
        assert squeezed(f"Region Eksempel · {sheet.readable_address}") in words
        assert squeezed(f"Til dig, der sidder i mørke · 15. november 2026 · kode {sheet.code}") in words
        assert squeezed(f"Side {number} af 2") in words


def test_a_draft_says_so_on_every_page() -> None:
    for words in text_of(example_pdf()):
        assert squeezed("KLADDE – ikke fagligt godkendt") in words
        assert words.count("KLADDE") == 2


def test_what_is_approved_does_not_say_draft() -> None:
    assert not any("KLADDE" in words for words in text_of(render_leaflet(replace(example_sheet(), draft=False))))


def test_a_number_and_its_status_stand_on_one_line() -> None:
    words = opened(example_pdf())[1].get_textpage().get_text_range()
    assert "70 00 00 00 (ikke bekræftet)" in words


@pytest.mark.parametrize("words", ["Et strømsvigt varer", "Er maden tøet op", "tavlen er varm", "ikke bekræftet"])
def test_what_a_reader_needs_is_never_under_12_points(words: str) -> None:
    for sheet in opened(render_leaflet(LONG)):
        text, raw = sheet.get_textpage(), cast(Any, pypdfium2.raw)
        if found := text.search(words).get_next():
            assert raw.FPDFText_GetFontSize(text.raw, found[0]) >= 12
            return
    pytest.fail(f"not printed: {words}")


def test_nothing_stands_in_the_outer_5_millimetres() -> None:
    for picture in pictures(render_leaflet(LONG), 72):
        edge = 5 / 25.4 * 72
        inner = (edge, edge, picture.width - edge, picture.height - edge)
        outside = picture.convert("L").point(lambda level: 255 * (level < 250))
        box = outside.getbbox()
        assert box is not None
        assert box[0] >= inner[0]
        assert box[1] >= inner[1]
        assert box[2] <= inner[2]
        assert box[3] <= inner[3]


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10" fill="#0B4F6C"/></svg>'


@pytest.mark.parametrize("name", ["a4", "fold", "a5", "a4large"])
def test_a_sender_s_own_mark_stands_on_the_front_with_its_name_as_text(name: str) -> None:
    made = render_leaflet(replace(example_sheet(), logo=LOGO), name)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        assert {str(figure.Alt) for figure in figures} == {"Region Eksempel", example_sheet().code_address}
    assert page.validate_pdf_bytes(made, profile="ua1").is_compliant


# ---- what is refused ----


def refusal(sheet: Sheet) -> tuple[str, str]:
    with pytest.raises(PaperError) as error:
        render_leaflet(sheet)
    assert str(error.value) == f"{error.value.message} – {error.value.remedy}"
    return error.value.message, error.value.remedy


def test_too_much_text_is_refused_with_how_much() -> None:
    message, remedy = refusal(replace(example_sheet(), blocks=paragraphs(20)))
    assert re.fullmatch(
        r"Folderens tekst på to A4-sider er \d+ mm \(cirka \d+ linjer\) for lang til tekst på 12 punkt", message
    )
    assert remedy == "kort teksten ned, eller tag et afsnit ud af folderen"


def test_too_many_signs_are_refused_with_how_much() -> None:
    card = replace(CARDS[1], lines=(LOREM.strip(),) * 40)
    message, remedy = refusal(replace(example_sheet(), cards=(card,)))
    assert re.fullmatch(r"Folderens bagside er \d+ mm \(cirka \d+ linjer\) for lang til tekst på 12 punkt", message)
    assert remedy == "sæt færre eller kortere tegn på kortene"


def test_more_text_is_more_too_much() -> None:
    def millimetres(count: int) -> int:
        found = re.search(r"(\d+) mm", refusal(replace(example_sheet(), blocks=paragraphs(count)))[0])
        assert found
        return int(found[1])

    assert millimetres(20) < millimetres(24) < millimetres(30)


def test_a_missing_character_is_refused_and_shown() -> None:
    sheet = replace(example_sheet(), promise="Hvad du kan gøre 漢")
    assert refusal(sheet) == ("Folderens skrift har ikke tegnet “漢”", "skriv det med ord eller et andet tegn")


def test_a_word_wider_than_its_column_is_refused() -> None:
    word = "strømforsyningsvirksomhedsbestyrelsesformandsvalg"
    sheet = replace(example_sheet(), blocks=(Paragraph(content=(Run(text=f"Et {word}."),)),))
    assert refusal(sheet) == (
        f"Ordet “{word}.” er bredere end sin spalte",
        "del det med bindestreg, eller skriv det om",
    )


def test_a_skipped_heading_is_refused() -> None:
    sheet = replace(example_sheet(), blocks=(PaperHeading(level=3, content=(Run(text="Del"),)), *paragraphs(1)))
    assert refusal(sheet) == (
        "Folderens første overskrift er en underoverskrift",
        "begynd med en overskrift på niveau 2",
    )


def test_a_fourth_card_is_refused() -> None:
    assert refusal(replace(example_sheet(), cards=(*CARDS, CARDS[2]))) == (
        "Folderen har 4 kort med tegn, og der er plads til 3",
        "saml tegnene på færre kort",
    )


def test_an_address_too_long_for_the_code_is_refused() -> None:
    code = example_sheet().code
    address = f"https://{'langt-' * 14}navn.example.dk/q/{code}/"
    message, remedy = refusal(replace(example_sheet(), code_address=address))
    assert re.fullmatch(r"QR-koden til \S+ skal være mindst 3\d(,5)? mm bred .* kun 29 mm til den", message)
    assert remedy == "brug et kortere domæne til de trykte koder"


def test_addresses_of_another_code_are_the_program_s_own_fault() -> None:
    with pytest.raises(ValueError, match="the addresses of 222222 do not hold it"):
        render_leaflet(replace(example_sheet(), code="222222"))


# ---- from text to blocks ----


def blocks(inside: str) -> tuple[PaperBlock, ...]:
    return sheet_blocks(fromstring(f"<div>{inside}</div>"), resolve_all)


def resolve_all(name: str, arguments: tuple[str, ...]) -> tuple[PaperInline | PaperBlock, ...]:
    if name == "blok":
        return (Panel(blocks=paragraphs(1)),)
    return (Run(text="|".join((name, *arguments))),) if name != "intet" else ()


def words(*runs: str | Run) -> tuple[Run, ...]:
    return tuple(Run(text=run) if isinstance(run, str) else run for run in runs)


def test_the_example_becomes_blocks() -> None:
    kinds = [type(block).__name__ for block in sheet_blocks(example_tree(), resolve)]
    assert kinds == [
        *("PaperHeading", "Paragraph", "Paragraph", "Listing"),
        *("PaperHeading", "Paragraph", "Listing", "Paragraph"),
        *("PaperHeading", "Paragraph", "PaperHeading", "Paragraph"),
        *("PaperHeading", "Table", "Paragraph", "PaperHeading", "Paragraph", "Listing", "Paragraph"),
    ]


def test_headings_keep_their_level() -> None:
    assert blocks('<h2 id="a">Først</h2><h3>Så</h3>') == (
        PaperHeading(level=2, content=words("Først")),
        PaperHeading(level=3, content=words("Så")),
    )


def test_bold_italic_and_line_breaks_become_runs() -> None:
    assert blocks("<p>\nEn <strong>fed <em>og skrå</em></strong>\ntekst<br/>\n på to linjer\n</p>") == (
        Paragraph(
            content=(
                *words("En ", Run(text="fed ", strong=True), Run(text="og skrå", strong=True, emphasis=True), " tekst"),
                Break(),
                Run(text="på to linjer"),
            )
        ),
    )


def test_lists_keep_order_start_and_nesting() -> None:
    assert blocks("<ol start='3'><li>Et<ul><li>Inde</li></ul></li><li><p>To</p></li></ol>") == (
        Listing(
            ordered=True,
            start=3,
            items=(
                (
                    Paragraph(content=words("Et")),
                    Listing(items=((Paragraph(content=words("Inde")),),)),
                ),
                (Paragraph(content=words("To")),),
            ),
        ),
    )


def test_a_table_has_a_head_and_rows() -> None:
    table = "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table>"
    assert blocks(table) == (Table(head=(words("A"),), rows=((words("1"),), (words("2"),))),)


def test_a_link_to_another_site_shows_its_address() -> None:
    address = "https://www.example.dk/raad/"
    link = Run(text="www.example.dk/raad", address=address)
    assert blocks(f'<p>Se <a href="{address}">rådene</a>.</p>') == (
        Paragraph(content=words("Se ", "rådene", " (", link, ")", ".")),
    )


def test_an_address_that_is_its_own_words_is_not_shown_twice() -> None:
    assert blocks('<p><a href="https://example.dk/">example.dk</a></p>') == (Paragraph(content=words("example.dk")),)


@pytest.mark.parametrize("target", ["../om/", "#del", "mailto:post@example.dk"])
def test_a_link_within_the_site_is_its_words(target: str) -> None:
    assert blocks(f'<p><a href="{target}">Se her</a></p>') == (Paragraph(content=words("Se her")),)


def test_a_long_address_is_shown_as_its_site() -> None:
    assert printed_address("https://www.example.dk/a/") == "www.example.dk/a"
    assert printed_address("https://www.example.dk/" + "lang/" * 10) == "www.example.dk"


def test_an_insertion_among_words_becomes_words() -> None:
    assert blocks('<p>Ring <insertion name="telefon" args="112"/> nu.</p>') == (
        Paragraph(content=words("Ring ", "telefon|112", " nu.")),
    )


def test_an_insertion_gets_its_arguments() -> None:
    assert blocks('<p>A<insertion name="kilde" args="sst-2025|boks 1"/></p>') == (
        Paragraph(content=words("A", "kilde|sst-2025|boks 1")),
    )


@pytest.mark.parametrize("around", ["<p>\n{}\n</p>", "{}"])
def test_an_insertion_alone_may_become_blocks_or_nothing(around: str) -> None:
    assert blocks(around.format('<insertion name="blok" args=""/>')) == (Panel(blocks=paragraphs(1)),)
    assert blocks(around.format('<insertion name="intet" args=""/>')) == ()


def test_a_heading_too_deep_for_paper_is_refused() -> None:
    with pytest.raises(PaperError) as error:
        blocks("<h4>a</h4>")
    assert (error.value.message, error.value.remedy) == (
        "En folder kan ikke vise en overskrift på niveau 4", "brug ## eller ###",
    )  # fmt: skip


REFUSED_BEFORE = ("<img>", "`kode`", "> citat", "---", "# En", "![a](a.png)", "Titel\n===", "<p>a</p>", "    kode")


@pytest.mark.parametrize("written", REFUSED_BEFORE)
def test_what_paper_cannot_show_is_refused_by_the_dialect_or_never_becomes_more_than_words(written: str) -> None:
    path = PurePosixPath("content/emner/a.md")
    tree = convert(written, path, 1).tree
    assert [*faults(written, path, 1)] or {element.tag for element in tree.iter()} <= {"div", "p"}


# ---- the templates ----


def test_the_templates_hold_no_words_for_readers() -> None:
    directory = Path(typesetting.__file__).parent / "templates"
    for path in directory.glob("*.typ"):
        assert not re.search(r"[æøåÆØÅ]", path.read_text("utf-8")), path.name


def test_the_font_comes_with_its_licence() -> None:
    fonts = Path(typesetting.__file__).parent / "fonts"
    assert "SIL Open Font License" in (fonts / "OFL.txt").read_text("utf-8")
    assert len(list(fonts.glob("*.ttf"))) == 2


def test_the_sources_are_numbered_in_their_order() -> None:
    back = text_of(example_pdf())[1]
    for number, source in enumerate(SOURCES, 1):
        assert squeezed(f"{number}. {source}") in back


def test_a_card_needs_no_numbers() -> None:
    card = Card(level="soon", heading="Kontakt os, hvis", lines=("noget er galt",), action="Skriv til os.")
    assert squeezed("Skriv til os.") in "".join(text_of(render_leaflet(replace(SHORT, cards=(card,)))))
