"""Typesetting: a sheet as PDF or picture, through Typst, from data alone and without touching any file.

Text reaches Typst as JSON, never as markup, so that no word can become a command. One font family is loaded, which
makes a character that it lacks an error instead of a blank box.
"""

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from generator.draw import qr
from generator.model.paper_format import FORMATS, PaperFormat
from generator.model.sheet import PaperError, PaperHeading, Sheet, SheetPalette
from generator.paper.fixed_words import PLACES, WORDS
from generator.paper.imposition import imposed, page_count

FORGOTTEN_AFTER = 5
"""Empty documents, a millisecond each: measured, a process then stays at 130 MB instead of 210."""
MOST_CARDS = 3
"""More levels of urgency than three, and a worried reader can no longer tell them apart."""

BLACK = SheetPalette(ink="#000000", tint="#F0F0F0")
"""Stands in for the sender's colours on a printer that has none."""

_DIRECTORY = Path(__file__).parent


Layout = Mapping[str, Any]
"""What a template found: which looks fit, how many units stand in each box, and as `pages` how many pages there are."""


def render_leaflet(sheet: Sheet, format_id: str = "a4") -> bytes:
    """Return the sheet as a PDF of the format, tagged after PDF/UA-1; the same sheet gives the same bytes.

    The text is set in the best of the format's looks that fits. Raises PaperError for what the author can correct:
    text that does not fit, characters that the font lacks, words wider than a column, skipped headings, too many
    cards, or an address too long for its code.
    """
    return imposed(typeset(sheet, format_id), FORMATS[format_id])


def typeset(sheet: Sheet, format_id: str, layout: Layout | None = None) -> bytes:
    """Return the same with each page by itself, in the order they are read.

    `layout` was found for a sheet with the same text; where this one does not fit it, it is set in its own. Raises
    what `render_leaflet` raises.
    """
    paper_format = FORMATS[format_id]
    _check(sheet, paper_format)
    if layout is not None:
        with suppress(typst.TypstError):
            pdf = _pdf(sheet, paper_format, layout)
            if page_count(pdf) == layout["pages"]:
                return pdf
    try:
        return _pdf(sheet, paper_format)
    except typst.TypstError as error:
        raise _paper_error(error, paper_format) from error


def found_layout(sheet: Sheet, format_id: str) -> Layout | None:
    """Return the layout that the sheet has by itself; None where it cannot be set, and `typeset` says why."""
    compiler = _compiler(files_for(sheet, FORMATS[format_id]))
    try:
        layout: Layout = json.loads(compiler.query("<layout>", field="value", one=True))
    except RuntimeError:  # the library's only word for a file that Typst refuses, where something is asked of it
        return None
    return layout


def forget() -> None:
    """Let Typst drop most of what it remembers of the last sheets: it counts the files it has set since."""
    for _ in range(FORGOTTEN_AFTER):
        _compiler({"main.typ": b""}).compile(format="pdf")


def has_started() -> bool:
    """Say whether this process has typeset: Typst then has threads, and a process forked from this one has not."""
    return _state["started"]


_state = {"started": False, "orphaned": False}
os.register_at_fork(after_in_child=lambda: _state.update(orphaned=_state["started"]))


def compiled(files: Mapping[str, bytes], **export: Any) -> list[bytes]:
    """Return what Typst makes of a project in memory whose first file is `main.typ`; raises typst.TypstError."""
    output, warnings = _compiler(files).compile_with_warnings(**export)
    if warnings or output is None:
        raise RuntimeError(f"Typst warned: {'; '.join(warning.message for warning in warnings)}")
    return output if isinstance(output, list) else [output]


def _pdf(sheet: Sheet, paper_format: PaperFormat, layout: Layout | None = None) -> bytes:
    midnight = datetime.combine(sheet.as_of, time(), UTC)
    files = files_for(sheet, paper_format, layout)
    return compiled(files, format="pdf", pdf_standards=["ua-1"], timestamp=midnight)[0]


def _compiler(files: Mapping[str, bytes]) -> typst.Compiler:
    if _state["orphaned"]:
        raise RuntimeError("Typst was used before this process was forked, and would wait for its threads for ever")
    _state["started"] = True
    project: Any = dict(files)  # the library takes a mapping, but its annotations do not say so
    return typst.Compiler(project, font_paths=_fonts(), ignore_system_fonts=True)


def _check(sheet: Sheet, paper_format: PaperFormat) -> None:
    """Refuse what Typst would print without complaint, or refuse in words that no author understands."""
    if not all(sheet.code in address for address in (sheet.code_address, sheet.readable_address)):
        raise ValueError(f"the addresses of {sheet.code} do not hold it")
    if len(sheet.cards) > MOST_CARDS:
        raise PaperError(
            f"Folderen har {len(sheet.cards)} kort med tegn, og der er plads til {MOST_CARDS}",
            "saml tegnene på færre kort",
        )
    levels = [block.level for block in sheet.blocks if isinstance(block, PaperHeading)]
    if levels[:1] == [3]:
        raise PaperError("Folderens første overskrift er en underoverskrift", "begynd med en overskrift på niveau 2")
    try:
        qr.check_print_width(sheet.code_address, paper_format.qr_mm)
    except qr.AddressTooLongError as error:
        raise PaperError(str(error), "brug et kortere domæne til de trykte koder") from error


def files_for(sheet: Sheet, paper_format: PaperFormat, layout: Layout | None = None) -> dict[str, bytes]:
    """Return the project that Typst compiles: templates, data, the code and the sender's mark, all in memory."""
    if not paper_format.coloured:
        sheet = replace(sheet, palette=BLACK)
    quiet = paper_format.qr_mm * qr.QUIET_ZONE / len(qr.matrix(sheet.code_address))
    data: dict[str, Any] = {"sheet": plain(sheet), "words": WORDS, "qr": {"width": paper_format.qr_mm, "quiet": quiet}}
    looks = [{"size": size, "air": air} for size, air in paper_format.looks]
    data |= {"format": {**plain(paper_format), "looks": looks}, "layout": layout}
    return {
        **_templates(paper_format.template),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        "qr.svg": qr.svg(sheet.code_address).encode(),
        **({"logo.svg": sheet.logo.encode()} if sheet.logo else {}),
    }


@cache
def _templates(name: str) -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in sorted((_DIRECTORY / "templates").glob("*.typ"))}
    return {"main.typ": files.pop(f"{name}.typ"), **files}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_DIRECTORY / "fonts"])


def plain(value: Any) -> Any:
    """Return the value as JSON can hold it; a dataclass becomes its fields and, as `kind`, its name."""
    if is_dataclass(value):
        return {"kind": type(value).__name__, **{f.name: plain(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _paper_error(error: typst.TypstError, paper_format: PaperFormat) -> Exception:
    """Return the fault as an author can correct it, or the error itself where it is ours."""
    if found := re.search(r"too-long: (\w+): (\d+) mm, (\d+) lines", error.message):
        where, remedy = PLACES[paper_format.template, found[1]]
        least = f"{min(size for size, _ in paper_format.looks):g} punkt"
        return PaperError(f"{where} er {found[2]} mm (cirka {found[3]} linjer) for lang til tekst på {least}", remedy)
    if found := re.search(r"too-many-words: (.+): (\d+), (\d+)", error.message):
        return PaperError(
            f"Skærmbilledet “{found[1]}” har {found[2]} ord, og på otte sekunder når man {found[3]}",
            "kort det ned, eller del det i to",
        )
    if found := re.search(r'too-wide: (.+?)"?$', error.message):
        return PaperError(f"Ordet “{found[1]}” er bredere end sin spalte", "del det med bindestreg, eller skriv det om")
    if found := re.search(r'the text `"(.+)"` could not be displayed', error.message):
        return PaperError(f"Folderens skrift har ikke tegnet “{found[1]}”", "skriv det med ord eller et andet tegn")
    return error
