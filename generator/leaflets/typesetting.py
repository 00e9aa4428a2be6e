"""Typesetting: a sheet as PDF or picture, through Typst, from data alone and without touching any file.

Text reaches Typst as JSON, never as markup, so that no word can become a command. One font family is loaded, which
makes a character that it lacks an error instead of a blank box.
"""

import json
import os
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from generator import qr
from generator.leaflets.sheet import Heading, PaperError, Sheet
from generator.leaflets.words import WORDS

LOOKS = ((13.0, 1.3), (13.0, 1.15), (12.75, 1.15), (12.5, 1.15), (12.5, 1.0), (12.25, 1.0), (12.0, 1.0))
"""Sizes of the text in points, and how airily it is set, the best first. Under 12 pt it is too small for many."""

QR_MM = 29.0
"""Width of the code with its quiet zone: modules of about 0.7 mm for an address of 40 characters."""

MOST_CARDS = 3
"""More levels of urgency than three, and a worried reader can no longer tell them apart."""

_DIRECTORY = Path(__file__).parent


def render_leaflet(sheet: Sheet) -> bytes:
    """Return the sheet as an A4 PDF of one or two pages, tagged after PDF/UA-1; the same sheet gives the same bytes.

    The text is set in the best of `LOOKS` that fits. Raises PaperError for what the author can correct: text
    that does not fit, characters that the font lacks, words wider than a column, skipped headings, too many cards,
    or an address too long for its code.
    """
    midnight = datetime.combine(sheet.as_of, time(), UTC)
    return _compile(sheet, format="pdf", pdf_standards=["ua-1"], timestamp=midnight)[0]


def render_picture(sheet: Sheet, ppi: float = 96) -> bytes:
    """Return the sheet's first page as PNG, for the card that leads to the PDF.

    Refuses what `render_leaflet` refuses, save a missing character, which Typst looks for in PDF files alone.
    """
    return _compile(sheet, format="png", ppi=ppi)[0]


def has_started() -> bool:
    """Say whether this process has typeset: Typst then has threads, and a process forked from this one has not."""
    return _state["started"]


_state = {"started": False, "orphaned": False}
os.register_at_fork(after_in_child=lambda: _state.update(orphaned=_state["started"]))


def _compile(sheet: Sheet, **export: Any) -> list[bytes]:
    _check(sheet)
    try:
        return compiled(_files(sheet), **export)
    except typst.TypstError as error:
        raise _paper_error(error) from error


def compiled(files: dict[str, bytes], **export: Any) -> list[bytes]:
    """Return what Typst makes of a project in memory whose first file is `main.typ`; raises typst.TypstError."""
    if _state["orphaned"]:
        raise RuntimeError("Typst was used before this process was forked, and would wait for its threads for ever")
    _state["started"] = True
    project: Any = files  # the library takes a mapping, but its annotations do not say so
    compiler = typst.Compiler(project, font_paths=_fonts(), ignore_system_fonts=True)
    output, warnings = compiler.compile_with_warnings(**export)
    if warnings or output is None:
        raise RuntimeError(f"Typst warned: {'; '.join(warning.message for warning in warnings)}")
    return output if isinstance(output, list) else [output]


def _check(sheet: Sheet) -> None:
    """Refuse what Typst would print without complaint, or refuse in words that no author understands."""
    if not all(sheet.code in address for address in (sheet.code_address, sheet.readable_address)):
        raise ValueError(f"the addresses of {sheet.code} do not hold it")
    if len(sheet.cards) > MOST_CARDS:
        raise PaperError(
            f"Folderen har {len(sheet.cards)} kort med tegn, og der er plads til {MOST_CARDS}",
            "saml tegnene på færre kort",
        )
    levels = [block.level for block in sheet.blocks if isinstance(block, Heading)]
    if levels[:1] == [3]:
        raise PaperError("Folderens første overskrift er en underoverskrift", "begynd med en overskrift på niveau 2")
    try:
        qr.check_print_width(sheet.code_address, QR_MM)
    except qr.AddressTooLongError as error:
        raise PaperError(str(error), "brug et kortere domæne til de trykte koder") from error


def _files(sheet: Sheet) -> dict[str, bytes]:
    """Return the project that Typst compiles: templates, data and the code, all in memory."""
    quiet = QR_MM * qr.QUIET_ZONE / len(qr.matrix(sheet.code_address))
    data = {"sheet": plain(sheet), "words": WORDS, "qr": {"width": QR_MM, "quiet": quiet}}
    data["looks"] = [{"size": size, "air": air} for size, air in LOOKS]
    return {
        **_templates(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        "qr.svg": qr.svg(sheet.code_address).encode(),
    }


@cache
def _templates() -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in sorted((_DIRECTORY / "templates").glob("*.typ"))}
    return {"main.typ": files.pop("a4.typ"), **files}


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


def _paper_error(error: typst.TypstError) -> Exception:
    """Return the fault as an author can correct it, or the error itself where it is ours."""
    if found := re.search(r"text-too-long: (\d+) mm, (\d+) lines", error.message):
        return PaperError(
            f"Folderen er {found[1]} mm (cirka {found[2]} linjer) for lang til to A4-sider med tekst på 12 punkt",
            "kort teksten ned, eller tag et afsnit ud af folderen",
        )
    if found := re.search(r"back-too-long: (\d+) mm, (\d+) lines", error.message):
        return PaperError(
            f"Folderens bagside er {found[1]} mm (cirka {found[2]} linjer) for fuld med tekst på 12 punkt",
            "sæt færre eller kortere tegn på kortene",
        )
    if found := re.search(r'too-wide: (.+?)"?$', error.message):
        return PaperError(f"Ordet “{found[1]}” er bredere end sin spalte", "del det med bindestreg, eller skriv det om")
    if found := re.search(r'the text `"(.+)"` could not be displayed', error.message):
        return PaperError(f"Folderens skrift har ikke tegnet “{found[1]}”", "skriv det med ord eller et andet tegn")
    return error
