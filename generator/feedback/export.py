"""Messages as files that leave the service: CSV that cannot trick a spreadsheet, and JSON that loses nothing."""

import csv
import io
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from generator.feedback.archive import NAMES

HEADINGS = (
    "nr", "dag", "region", "side", "udgave", "fandt du det", "til at forstå", "hvornår ringe", "tekst", "behandlet",
)  # fmt: skip
_WORDS = {"yes": "ja", "partly": "delvist", "no": "nej"}
DANGEROUS = "=+-@\t\r\n|%＝＋－＠"
"""What makes a spreadsheet take a cell for a formula, full-width twins included; spaces before it do not help."""


def safe_cell(value: object) -> str:
    """Return the value as text that no spreadsheet calculates: an apostrophe goes before what might be a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \xa0\ufeff").startswith(tuple(DANGEROUS)) else text


async def as_csv(messages: AsyncIterator[Mapping[str, Any]]) -> AsyncIterator[bytes]:
    """Yield CSV as Danish Excel opens it: UTF-8 with a mark, semicolons, every cell quoted."""
    yield b"\xef\xbb\xbf" + _row(HEADINGS)
    async for message in messages:
        yield _row([safe_cell(_WORDS.get(message[name], message[name])) for name in NAMES])


def _row(cells: Any) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode()


async def as_json_lines(messages: AsyncIterator[Mapping[str, Any]]) -> AsyncIterator[bytes]:
    """Yield one JSON array, a message a line, every value as it was kept."""
    before = b"["
    async for message in messages:
        yield before + b"\n" + json.dumps(message, ensure_ascii=False).encode()
        before = b","
    yield (b"[" if before == b"[" else b"") + b"\n]\n"


def counts_file(counts: list[dict[str, Any]], day: str) -> bytes:
    """Return the file of figures that goes back to those who write the pages; it holds no texts."""
    return (
        json.dumps({"version": 1, "counted_on": day, "counts": counts}, ensure_ascii=False, indent=1) + "\n"
    ).encode()
