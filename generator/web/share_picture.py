"""The picture that others show beside a shared address: who sends the pages, and what they are about."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from generator.sender.senders import Sender

_SIZE = (1200, 630)
"""What those who show such pictures ask for: wide enough for a large card, 1.91 to 1."""
_MARGIN = 90
COLOURS = 16
"""Two colours and the edges between them; a sixth of the bytes of a picture with all colours."""
_FONT = Path(__file__).parents[1] / "paper" / "fonts" / "SourceSans3.ttf"
_BOLD, _REGULAR = 700, 400


def share_picture(title: str, sender: Sender, notice: str) -> bytes:
    """Return a PNG with the title, the sender's name and a notice, in the sender's colours."""
    image = Image.new("L", _SIZE, 0)  # from the ground, 0, to the ink, 255: nothing else is on it
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _SIZE[0], 40), fill=255)
    y = 130
    for text, size, weight in ((title, 104, _BOLD), (sender.name, 60, _REGULAR)):
        font = _font(size, weight)
        for line in _lines(text, font):
            draw.text((_MARGIN, y), line, fill=255, font=font)
            y += size + 26
    draw.text((_MARGIN, _SIZE[1] - 110), notice, fill=255, font=_font(44, _REGULAR))
    file = BytesIO()
    few = image.point([round(level * (COLOURS - 1) / 255) for level in range(256)])
    few.putpalette(list(_between(sender.palette.tint, sender.palette.ink)))
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def _between(ground: str, ink: str) -> Iterator[int]:
    """Yield the red, green and blue of each colour from the ground to the ink."""
    ends = [(start, end) for start, end in zip(ImageColor.getrgb(ground), ImageColor.getrgb(ink), strict=True)]
    for step in range(COLOURS):
        yield from (round(start + (end - start) * step / (COLOURS - 1)) for start, end in ends)


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(_FONT, size)
    font.set_variation_by_axes([weight])
    return font


def _lines(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Yield the text in lines that fit between the margins."""
    line = ""
    for word in text.split():
        if line and font.getlength(f"{line} {word}") > _SIZE[0] - 2 * _MARGIN:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line
