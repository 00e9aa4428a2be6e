"""Reading a PDF as people and machines do: its words page by page, and its pages as pictures."""

import re
from typing import Any

import pypdfium2
from PIL import Image


def opened(pdf: bytes) -> Any:
    """Return the document as the reader library, which has no types, gives it."""
    return pypdfium2.PdfDocument(pdf)


def text_of(pdf: bytes) -> list[str]:
    """Return the words of every page without any white space or hyphen, as line ends may have changed both."""
    pages = opened(pdf)
    return [squeezed(pages[number].get_textpage().get_text_range()) for number in range(len(pages))]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0\u00ad\ufffe\x02-]+", "", text)


def pictures(pdf: bytes, dpi: int) -> list[Image.Image]:
    return [sheet.render(scale=dpi / 72).to_pil() for sheet in opened(pdf)]
