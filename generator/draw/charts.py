"""Charts as accessible SVG for a phone's screen, from lines with numbers; knows no table and no region.

A trial of what is there (2026-11, the same ten numbers as bars): Matplotlib and plotnine write fixed colours and
neither title nor description, plotnine other bytes each time; Pygal adds scripts and the day; Vega (through vl-convert)
lets CSS variables through and is small, but brings a browser's engine of 84 MB and 200 MB of memory, and puts labels
beside bars, where a phone has no room for them. svg.py only spells elements. So the few forms needed are drawn here.

Rules of the drawings: 360 units wide, so that a letter is as large on a phone as in the text around it; labels above
their bars; every bar from zero; meaning by shape, fill and place, never by colour alone. Colours are classes, which
`overrides/figures.css` gives the page's own variables: light, dark, paper and high contrast follow by themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from generator.danish import decimal

_WIDTH = 360
"""Units; a phone of 390 pixels leaves 372 between the margins."""
LETTER = 9.6
"""Units that a letter takes on average at 17 units, in the widest of the common system fonts."""
_LINE = 22
_BAR = 18
VALUE_ROOM = 78
"""Units to the right of the longest bar, where its number stands: seven digits and a point."""
_MARGIN = 12
"""Units on both sides of a scale, so that a mark at its end is whole."""


@dataclass(frozen=True)
class Mark:
    """One number: how much it is, how it is printed, and whether it is the reader's own."""

    value: float | None
    printed: str
    own: bool = False


@dataclass(frozen=True)
class Line:
    """What has a label of its own: one bar, one row of marks, one change."""

    label: str
    marks: tuple[Mark, ...]
    remark: str = ""
    """A number that goes with the label, such as the change in per cent."""
    own: bool = False
    start: float = 0
    """Where a bar begins that continues the one before it."""
    depth: int = 0


@dataclass(frozen=True)
class ChartPanel:
    """One drawing: what it is called, what it counts, what its marks stand for, and its lines."""

    id: str
    title: str
    description: str
    unit: str
    lines: tuple[Line, ...]
    largest: float
    """The end of the scale; the same for panels that are to be compared."""
    heading: str = ""
    """What sets it apart from the other panels beside it."""
    standardised: bool | None = None
    key: tuple[tuple[str, bool], ...] = ()
    """What each mark of a line is, and whether it is the reader's own."""
    missing: str = ""
    """The words that stand where the source has no number."""


def bars(panel: ChartPanel) -> str:
    """Draw a bar for every line, from zero, with its number at the end."""
    sheet = _Sheet(panel)
    scale, any_own = (_WIDTH - VALUE_ROOM) / panel.largest, any(line.own for line in panel.lines)
    for line in panel.lines:
        sheet.label(line.label, bold=line.own)
        mark = line.marks[0]
        if mark.value is None:
            sheet.words(0, sheet.y + 14, panel.missing, "s")
        else:
            length = mark.value * scale
            sheet.add(f'<rect class="{_fill(line.own or not any_own)}" y="{sheet.y}" '
                      f'width="{_number(length)}" height="{_BAR}"/>')  # fmt: skip
            sheet.words(length + 8, sheet.y + 15, mark.printed, "n")
        sheet.y += _BAR + 12
    return sheet.svg()


def dots(panel: ChartPanel) -> str:
    """Draw a scale for every line with a mark of its own shape for each number; the reader's own is filled."""
    sheet = _Sheet(panel)
    sheet.legend()
    scale, top = (_WIDTH - 2 * _MARGIN) / panel.largest, sheet.y
    told = [place for place, (_, own) in enumerate(panel.key) if own] or range(len(panel.key))
    for line in panel.lines:
        numbers = " · ".join(line.marks[place].printed or "–" for place in told)
        sheet.words(_WIDTH, sheet.y + 16, numbers, "n e")
        sheet.label(line.label, room=_WIDTH - len(numbers) * (LETTER + 1) - 8)
        known = [(mark, place) for place, mark in enumerate(line.marks) if mark.value is not None]
        places = [_MARGIN + (mark.value or 0) * scale for mark, _ in known]
        if places:
            sheet.add(f'<path class="r" d="M{_number(min(places))} {sheet.y + 8}H{_number(max(places))}"/>')
        else:
            sheet.words(0, sheet.y + 14, panel.missing, "s")
        for mark, place in sorted(known, key=lambda item: panel.key[item[1]][1]):
            sheet.shape(place, _MARGIN + (mark.value or 0) * scale, sheet.y + 8, own=panel.key[place][1])
        sheet.y += 26
    sheet.grid(top, scale)
    return sheet.svg()


def change(panel: ChartPanel) -> str:
    """Draw where each line was and where it is: an open ring, an arrow and a filled dot, with both numbers."""
    sheet = _Sheet(panel)
    sheet.legend(one_shape=True)
    scale, top = (_WIDTH - _MARGIN - VALUE_ROOM) / panel.largest, sheet.y
    for line in panel.lines:
        if line.own:
            sheet.add(f'<path class="h" d="M-6 {sheet.y - 1}V{sheet.y + 46}"/>')
        sheet.words(_WIDTH, sheet.y + 16, line.remark, "n e")
        sheet.label(line.label, bold=line.own, room=_WIDTH - 90)
        _draw_change(sheet, line, scale)
        sheet.y += 30
    sheet.grid(top, scale)
    return sheet.svg()


def _draw_change(sheet: "_Sheet", line: Line, scale: float) -> None:
    first, last = line.marks
    if first.value is None or last.value is None:
        sheet.words(0, sheet.y + 14, sheet.panel.missing, "s")
        return
    before, after, y = _MARGIN + first.value * scale, _MARGIN + last.value * scale, sheet.y + 9
    sheet.add(f'<path class="a" d="M{_number(before)} {y}H{_number(after)}"/>')
    sheet.shape(0, before, y)
    sheet.shape(0, after, y, own=True)
    left, right = sorted([(before, first), (after, last)], key=lambda pair: (pair[0], pair[1] is last))
    sheet.words(left[0] - 11, y + 6, left[1].printed, "n e")
    sheet.words(right[0] + 11, y + 6, right[1].printed, "n")


def flow(panel: ChartPanel) -> str:
    """Draw a whole and its parts as bars, each part beginning where the one before it ended."""
    sheet = _Sheet(panel)
    scale = _WIDTH / panel.largest
    for line in panel.lines:
        mark, left = line.marks[0], 16 * line.depth
        if line.depth:
            sheet.add(f'<path class="g" d="M{left - 11} {sheet.y - 6}V{sheet.y + 11}H{left - 3}"/>')
        words = len(mark.printed) * (LETTER + 1.2) + 10
        sheet.words(left, sheet.y + 16, mark.printed, "n")
        sheet.label(line.label + (f" ({line.remark})" if line.remark else ""), left + words, _WIDTH - left - words)
        width, start = (mark.value or 0) * scale, line.start * scale
        sheet.add(f'<rect class="t" y="{sheet.y}" width="{_WIDTH}" height="{_BAR}"/>'
                  f'<rect class="w" x="{_number(start)}" y="{sheet.y}" width="{_number(width)}" '
                  f'height="{_BAR}"/>')  # fmt: skip
        sheet.y += _BAR + 14
    return sheet.svg()


DRAW: dict[str, Callable[[ChartPanel], str]] = {
    "bars": bars, "small-multiples": dots, "dots": dots, "change": change, "flow": flow,
}  # fmt: skip
"""What draws each form."""


class _Sheet:
    """One drawing while it grows downwards."""

    def __init__(self, panel: ChartPanel) -> None:
        self.panel, self.y, self.parts = panel, 0, [""]
        self.label(panel.unit, soft=True)
        self.y += 4

    def add(self, element: str) -> None:
        self.parts.append(element)

    def words(self, x: float, y: float, text: str, kind: str = "") -> None:
        """Put words where they belong; kind `e` ends at x, `m` is centred on it."""
        if text:
            self.add(f'<text{f" class={chr(34)}{kind}{chr(34)}" if kind else ""} x="{_number(x)}" y="{_number(y)}">'
                     f"{_escaped(text)}</text>")  # fmt: skip

    def label(self, text: str, x: float = 0, room: float = _WIDTH, *, bold: bool = False, soft: bool = False) -> None:
        """Put a label at the left, over as many lines as it takes."""
        for piece in wrap(text, max(8, int(room / LETTER))):
            self.words(x, self.y + 16, piece, "b" if bold else "s" if soft else "")
            self.y += _LINE

    def legend(self, *, one_shape: bool = False) -> None:
        """Say what each mark is, in the order in which they stand; with one shape, filled or not is all that tells."""
        x = 0.0
        for place, (name, own) in enumerate(self.panel.key):
            needed = 26 + len(name) * (LETTER + own) + 14
            if x and x + needed > _WIDTH:
                x, self.y = 0, self.y + _LINE + 4
            self.shape(0 if one_shape else place, x + 8, self.y + 10, own)
            for number, piece in enumerate(wrap(name, int((_WIDTH - 22) / (LETTER + own)))):
                self.y += _LINE if number else 0
                self.words(x + 22, self.y + 16, piece, "b" if own else "")
            x += needed
        self.y += _LINE + 10

    def shape(self, place: int, x: float, y: float, own: bool = False) -> None:
        """Put a mark of the shape that belongs to its place among the marks."""
        size = 8 if own else 6
        ways = (
            f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{size - 1}" class="{_fill(own)}"/>',
            _polygon(x, y, size - 1, ((-1, -1), (1, -1), (1, 1), (-1, 1)), own),
            _polygon(x, y, size, ((0, -1), (1, 0), (0, 1), (-1, 0)), own),
            _polygon(x, y, size, ((0, -1), (1, 0.8), (-1, 0.8)), own),
            _polygon(x, y, size, ((-1, -0.8), (1, -0.8), (0, 1)), own),
        )
        self.add(ways[place % len(ways)])

    def grid(self, top: int, scale: float) -> None:
        """Put a scale behind the marks, with its numbers below."""
        lines = "".join(f"M{_number(_MARGIN + tick * scale)} {top}V{self.y}" for tick in ticks(self.panel.largest))
        self.parts[0] = f'<path class="g" d="{lines}"/>'
        for tick in ticks(self.panel.largest):
            self.words(_MARGIN + tick * scale, self.y + 18, decimal(tick), "k m")
        self.y += 24

    def svg(self) -> str:
        """Return the drawing with its title and description; the table beside it has the numbers for who cannot see."""
        title, description = f"{self.panel.id}-t", f"{self.panel.id}-d"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="-8 0 {_WIDTH + 16} {self.y}" role="img" '
            f'aria-labelledby="{title} {description}"><title id="{title}">{_escaped(self.panel.title)}</title>'
            f'<desc id="{description}">{_escaped(self.panel.description)}</desc>'
            f'<g aria-hidden="true">{"".join(self.parts)}</g></svg>'
        )


def ticks(largest: float) -> tuple[int, ...]:
    """Return round numbers from zero to at most the end of the scale, five at most beside zero."""
    step = next(step for power in range(9) for unit in (1, 2, 5) if largest / (step := unit * 10**power) <= 5)
    return tuple(range(0, int(largest) + 1, step))


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _fill(own: bool) -> str:
    return "w" if own else "o"


def _polygon(x: float, y: float, size: float, corners: Sequence[tuple[float, float]], own: bool) -> str:
    points = " ".join(f"{_number(x + size * dx)} {_number(y + size * dy)}" for dx, dy in corners)
    return f'<polygon points="{points}" class="{_fill(own)}"/>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
