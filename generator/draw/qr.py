"""QR codes: an address as SVG or PNG, and how small it may be printed."""

import io
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby
from math import ceil

import qrcode
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from qrcode.constants import ERROR_CORRECT_Q

from generator.danish import decimal

QUIET_ZONE = 4
"""Modules of white on every side; the standard's minimum, without which readers do not find the code."""

MIN_MODULE_MM = 0.5
"""The smallest module on paper. Printers manage 0.17 mm (four dots at 600 dpi), but the reader is a shaking phone in
poor light, and the leaflet has been folded in a pocket: three times that is the margin."""

MM_PER_INCH = 25.4

MASK_PATTERN = 3

Matrix = tuple[tuple[bool, ...], ...]


class AddressTooLongError(ValueError):
    """An address that makes the code too fine for the size it is to be printed in; says both sizes, in Danish."""


@lru_cache(maxsize=256)
def matrix(address: str) -> Matrix:
    """Return the code's modules row by row, True for dark, quiet zone included; the same address, the same modules."""
    code = qrcode.QRCode(
        # Level Q is still read with a coffee stain over a twelfth of the code, where M fails now and then and L always;
        # it makes an address of 40 characters 33 modules wide instead of 29.
        error_correction=ERROR_CORRECT_Q,
        border=QUIET_ZONE,
        # The library else draws and scores all eight masks, which is most of the time. Every mask is valid to a
        # reader, so one is fixed, and the code also stays the same should the library's scoring change.
        mask_pattern=MASK_PATTERN,
    )
    code.add_data(address)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def svg(address: str) -> str:
    """Return the code as a square SVG drawing of one filled path on white, one unit a module.

    It has its own white ground, so that it can be read on a tint and in a dark colour scheme. It has no title:
    whoever shows it gives it the alternative text that fits the place.
    """
    return f"<svg {_square(address)}>{_paths(address)}</svg>\n"


def drawing(address: str, module_mm: float, title: str, description: str) -> str:
    """Return the same drawing for a designer: with its size in millimetres, and with words about what it is."""
    width = f"{print_width_mm(address, module_mm):g}mm"
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'<svg width="{width}" height="{width}" role="img" {_square(address)}>{words}{_paths(address)}</svg>\n'


def png(address: str, pixels_per_module: int = 8) -> bytes:
    """Return the code as a black and white PNG with whole pixels, quiet zone included."""
    rows = matrix(address)
    image = Image.new("1", (len(rows), len(rows)), 1)
    image.putdata([0 if module else 1 for row in rows for module in row])
    width = len(rows) * pixels_per_module
    file = io.BytesIO()
    image.resize((width, width), Image.Resampling.NEAREST).save(file, "PNG", optimize=True)
    return file.getvalue()


def picture(address: str, module_mm: float, dpi: int, title: str, description: str) -> bytes:
    """Return a PNG for a designer that holds its size in millimetres, at no less than `dpi` dots an inch.

    A module gets whole dots, so that no edge is blurred; the density that the file tells of makes the size exact.
    """
    print_width_mm(address, module_mm)
    dots = ceil(module_mm * dpi / MM_PER_INCH)
    words = PngInfo()
    words.add_itxt("Title", title)
    words.add_itxt("Description", description)
    density = dots / module_mm * MM_PER_INCH
    file = io.BytesIO()
    with Image.open(io.BytesIO(png(address, dots))) as image:
        image.save(file, "PNG", optimize=True, dpi=(density, density), pnginfo=words)
    return file.getvalue()


def print_width_mm(address: str, module_mm: float = 0.6) -> float:
    """Return the printed width, quiet zone included, at which a module has the size; refuses one below the least."""
    if module_mm < MIN_MODULE_MM:
        raise ValueError(f"a module of {module_mm} mm is less than the {MIN_MODULE_MM} mm that phones read safely")
    return round(len(matrix(address)) * module_mm, 2)


def check_print_width(address: str, width_mm: float) -> None:
    """Raise AddressTooLongError where the code needs more width than it gets; otherwise do nothing."""
    needed = print_width_mm(address, MIN_MODULE_MM)
    if needed > width_mm:
        raise AddressTooLongError(
            f"QR-koden til {address} skal være mindst {decimal(needed)} mm bred for at kunne læses, "
            f"men der er kun {decimal(width_mm)} mm til den"
        )


def _square(address: str) -> str:
    size = len(matrix(address))
    return f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"'


def _paths(address: str) -> str:
    rows = matrix(address)
    size = len(rows)
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
    return f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/>'


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Yield (start, length) of every run of dark modules."""
    x = 0
    for dark, modules in groupby(row):
        length = len(tuple(modules))
        if dark:
            yield x, length
        x += length
