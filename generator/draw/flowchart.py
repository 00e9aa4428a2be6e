"""A decision path as a drawing: one column of boxes, top to bottom, with the ways that skip a box in lanes at the left.

The layout is our own. Graphviz needs a system package; grandalf, igraph and fast-sugiyama place boxes in wide layers
and know no words; D2's pictures carry their own fonts and colours and are many times the size. None of them draws for
a screen that is 390 pixels wide, where two boxes side by side leave room for neither. In one column every box has the
whole width, no way can cross a box, and the drawing reads in the same order as the list of steps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from generator.draw.text_width import wrapped
from generator.model.pathway import Pathway, Step, Way

WIDTH = 340
"""Units across; a phone shows one unit as a little more than a pixel."""
SIZE = 17
"""Of all words, in units: nothing a reader must see is smaller on a phone."""
_LINE = 22
SHEET = 1020
"""Units that stand on a sheet of A4 where a word is as large as in the text around it."""
EDGE = 2
"""Half the widest border, so that nothing is cut off."""
INSET = 14
LANE = 14
_HEAD = 9
"""Length of an arrow's head."""
MOST_LANES = 6
"""With more ways beside the boxes, no room is left in the boxes, and nobody can follow them."""
LEAD = _HEAD + 5
"""Of an arrow that comes from the sheet before, this much stands over its box."""
_BAR = 6
"""Extra inset of an action, which has a bar along its left side."""


@dataclass(frozen=True)
class Words:
    """Lines of text one under the other; `y` is the base line of the first, and `step` leads to the next."""

    x: float
    y: float
    lines: tuple[str, ...]
    strong: bool = False
    bullet: bool = False
    """Whether a point stands before the first line, to the left of it."""
    step: float = _LINE


@dataclass(frozen=True)
class Box:
    """One step: a question has round corners, an action a bar at its left, and an end a heavy border as well."""

    kind: Literal["question", "action", "end"]
    x: float
    y: float
    width: float
    height: float
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Arrow:
    """A way: where it starts, where it turns, and where its head points to."""

    points: tuple[tuple[float, float], ...]
    label: Words | None

    @property
    def path(self) -> str:
        """The line as SVG writes it."""
        start, *others = self.points
        steps = [f"V{b[1]:g}" if a[0] == b[0] else f"H{b[0]:g}" for a, b in pairwise(self.points)]
        return f"M{start[0]:g} {start[1]:g}{''.join(steps)}" if others else ""

    @property
    def head(self) -> str:
        """The head as SVG writes it; it points down or to the right."""
        (x, y), down = self.points[-1], self.points[-1][0] == self.points[-2][0]
        return f"M{x:g} {y:g}l-5-{_HEAD}h10z" if down else f"M{x:g} {y:g}l-{_HEAD}-5v10z"


@dataclass(frozen=True)
class Drawing:
    """The whole flowchart in units; `step` n of the list is box n."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def sheets(self) -> tuple[tuple[float, float], ...]:
        """Where the drawing is cut for paper, as (top, height): between boxes, and as seldom as sheets allow."""
        cuts = [0.0]
        for box, below in pairwise((*self.boxes, None)):
            bottom = self.height if below is None else below.y - LEAD
            if box and bottom - cuts[-1] > SHEET and box.y - LEAD > cuts[-1]:
                cuts.append(box.y - LEAD)
        return tuple((top, end - top) for top, end in pairwise((*cuts, self.height)))


def draw(pathway: Pathway) -> Drawing:
    """Return the drawing of a path that has been checked: no rings, every way leads to a step, and lanes enough."""
    steps = list(pathway.in_order())
    lanes = lanes_of(steps)
    left = LANE * (max(lanes.values(), default=-1) + 1) + EDGE
    boxes: list[Box] = []
    y = float(EDGE)
    for number, step in enumerate(steps, 1):
        boxes.append(_box(step, number, left, y))
        y += boxes[-1].height + _gap(step, steps[number : number + 1], boxes[-1].width)
    arrows = tuple(_arrows(steps, boxes, lanes, left))
    return Drawing(WIDTH, boxes[-1].y + boxes[-1].height + EDGE, tuple(boxes), arrows)


def lanes_of(steps: Sequence[Step]) -> dict[str, int]:
    """Give each step that is reached past others a lane, the innermost that is free from its first source to it."""
    places = {step.id: place for place, step in enumerate(steps)}
    spans: dict[str, tuple[int, int]] = {}
    for place, step in enumerate(steps):
        for way in step.ways:
            if places[way.to] != place + 1:
                spans.setdefault(way.to, (place, places[way.to]))
    lanes: dict[str, int] = {}
    for target, (start, end) in sorted(spans.items(), key=lambda item: item[1][1] - item[1][0]):
        taken = {lanes[other] for other in lanes if spans[other][0] < end and start < spans[other][1]}
        lanes[target] = next(lane for lane in range(len(spans)) if lane not in taken)
    return lanes


def _box(step: Step, number: int, x: float, y: float) -> Box:
    kind: Literal["question", "action", "end"] = "question" if step.question else "end" if step.ends else "action"
    start = x + INSET + (0 if step.question else _BAR)
    width = WIDTH - x - EDGE
    room = x + width - INSET - start
    words = [Words(start, y + INSET + SIZE - 3, tuple(wrapped(f"{number}. {step.words}", room, SIZE)), strong=True)]
    base = words[0].y + _LINE * (len(words[0].lines) - 1)
    for point in step.points:
        lines = tuple(wrapped(point, room - INSET, SIZE, strong=False))
        words.append(Words(start + INSET, base + _LINE + 4, lines, bullet=True))
        base += 4 + _LINE * len(lines)
    return Box(kind, x, y, width, base + INSET + 3 - y, tuple(words))


def _columns(step: Step, following: Sequence[Step], width: float) -> tuple[list[tuple[Way, list[str]]], float]:
    """Return the ways from left to right, the one to the next box last, each with its label, and their width."""
    ways = sorted(step.ways, key=lambda way: bool(following) and way.to == following[0].id)
    column = width / max(len(ways), 1)
    room = column - 2 * INSET
    return [(way, wrapped(way.answer, room, SIZE)) for way in ways], column


def _label_height(columns: Sequence[tuple[Way, list[str]]]) -> float:
    most = max((len(lines) for _, lines in columns), default=0)
    return 8 + _LINE * most if most else 4


def _gap(step: Step, following: Sequence[Step], width: float) -> float:
    columns, _ = _columns(step, following, width)
    passing = sum(1 for way, _ in columns if not following or way.to != following[0].id)
    return _label_height(columns) + 10 * max(0, passing - 1) + _HEAD + 9


def _arrows(steps: Sequence[Step], boxes: Sequence[Box], lanes: dict[str, int], left: float) -> Iterator[Arrow]:
    box_of = {step.id: box for step, box in zip(steps, boxes, strict=True)}
    for place, step in enumerate(steps):
        box, following = boxes[place], steps[place + 1 : place + 2]
        columns, column = _columns(step, following, box.width)
        bottom, height = box.y + box.height, _label_height(columns)
        for number, (way, lines) in enumerate(columns):
            x, target = box.x + number * column + INSET + 2, box_of[way.to]
            label = Words(x + 10, bottom + _LINE - 1, tuple(lines), strong=True) if lines else None
            if following and way.to == following[0].id:
                yield Arrow(((x, bottom), (x, target.y)), label)
                continue
            turn = bottom + (10 if number == 0 else height + 10 * (number - 1) + 4)
            lane = left - LANE * (lanes[way.to] + 1) + EDGE
            entry = target.y + INSET + SIZE / 2
            yield Arrow(((x, bottom), (x, turn), (lane, turn), (lane, entry), (target.x, entry)), label)
