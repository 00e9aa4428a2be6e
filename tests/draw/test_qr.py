"""QR codes: read back as the address, drawn as one path, never printed too fine."""

import io
from xml.etree.ElementTree import fromstring

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from generator.draw import qr

ADDRESS = "https://koder.example.dk/q/7kq3ms/"
ADDRESSES = [ADDRESS, ADDRESS.upper(), "https://a.dk/q/7kq3ms/", "https://et-meget-langt-navn.example.dk/q/7kq3ms/"]


def decoded(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


def drawn(svg: str) -> Image.Image:
    """Return the drawing as a picture of one pixel a module, made from its path alone."""
    root = fromstring(svg)
    size = int(root.attrib["viewBox"].split()[2])
    image = Image.new("L", (size, size), 255)
    draw = ImageDraw.Draw(image)
    for run in root[1].attrib["d"].strip("M").split("M"):
        start, length, *_ = run.split("h")
        x, y = map(int, start.split())
        draw.line((x, y, x + int(length.split("v")[0]) - 1, y), fill=0)
    return image


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_drawing_is_read_as_the_address(address: str) -> None:
    image = drawn(qr.svg(address))
    assert decoded(image.resize((image.width * 6, image.height * 6), Image.Resampling.NEAREST)) == [address]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_picture_is_read_as_the_address(address: str) -> None:
    image = Image.open(io.BytesIO(qr.png(address)))
    assert image.width == 8 * len(qr.matrix(address))
    assert decoded(image.convert("L")) == [address]


def test_the_drawing_is_white_ground_and_one_path() -> None:
    root = fromstring(qr.svg(ADDRESS))
    assert [child.tag.split("}")[1] for child in root] == ["path", "path"]
    assert root[0].attrib["fill"] == "#fff"


def test_four_modules_stay_white_on_every_side() -> None:
    rows = qr.matrix(ADDRESS)
    sides = [*rows[:4], *rows[-4:], *(row[:4] + row[-4:] for row in rows)]
    assert not any(module for side in sides for module in side)
    assert rows[4][4]
    assert rows[4][-5]


def test_a_stain_over_a_twelfth_of_the_code_does_no_harm() -> None:
    image = Image.open(io.BytesIO(qr.png(ADDRESS))).convert("L")
    corner, side = image.width * 0.45, 33 * 8 / 12**0.5
    ImageDraw.Draw(image).rectangle((corner, corner, corner + side, corner + side), fill=255)
    assert decoded(image) == [ADDRESS]


def test_the_same_address_gives_the_same_bytes() -> None:
    first = (qr.svg(ADDRESS), qr.png(ADDRESS))
    qr.matrix.cache_clear()
    assert (qr.svg(ADDRESS), qr.png(ADDRESS)) == first


def test_the_printed_width_counts_the_white_border() -> None:
    assert len(qr.matrix(ADDRESS)) == 41
    assert qr.print_width_mm(ADDRESS) == pytest.approx(24.6)
    assert qr.print_width_mm(ADDRESS, module_mm=0.5) == pytest.approx(20.5)


def test_a_module_is_never_less_than_half_a_millimetre() -> None:
    with pytest.raises(ValueError, match=r"a module of 0\.4 mm is less than the 0\.5 mm"):
        qr.print_width_mm(ADDRESS, module_mm=0.4)


def test_an_address_that_fits_is_let_through() -> None:
    qr.check_print_width(ADDRESS, 20.5)


def test_an_address_too_long_for_its_width_is_refused_with_both_widths() -> None:
    with pytest.raises(qr.AddressTooLongError) as error:
        qr.check_print_width(ADDRESS, 20)
    assert str(error.value) == (
        f"QR-koden til {ADDRESS} skal være mindst 20,5 mm bred for at kunne læses, men der er kun 20 mm til den"
    )
