"""A decision path as it is drawn: nothing runs out of its box, no way crosses a box, and all that is said is there."""

import re
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import Catalogue
from generator.draw.flowchart import EDGE, MOST_LANES, SHEET, SIZE, WIDTH, Box, Drawing, draw, lanes_of
from generator.draw.text_width import width, wrapped
from generator.model.pathway import Pathway
from generator.model.record import Origin

WORDS = st.text("abdeghmwMWæøåÆ i-.,6–8", min_size=1, max_size=120).map(str.strip).filter(bool)


def made(steps: list[dict[str, Any]]) -> Pathway:
    cited = [{**step, "citations": [{"source": "avis"}]} for step in steps]
    nobody = dict.fromkeys(("owner", "last_reviewed", "review_due", "approved_by"))
    return Pathway.model_validate({
        "id": "vej", "origin": Origin(PurePosixPath("data/pathways/vej.yml")), "title": "Vej", "promise": "Vej",
        "summary": "Vej", "region": "national", "order": 1, "steps": cited, "limits": ["Intet"], **nobody,
    })  # fmt: skip


@st.composite
def paths(draw_from: st.DrawFn) -> Pathway:
    """Any path that has been checked: each step leads to later ones, and each is led to by an earlier one."""
    number = draw_from(st.integers(2, 9))
    leads: list[set[int]] = [set() for _ in range(number)]
    for place in range(1, number):
        leads[draw_from(st.integers(0, place - 1))].add(place)
    for place in range(number - 1):
        leads[place] |= draw_from(st.sets(st.integers(place + 1, number - 1), max_size=2))
    steps: list[dict[str, Any]] = []
    for place, targets in enumerate(leads):
        points = draw_from(st.lists(WORDS, max_size=3))
        step: dict[str, Any] = {"id": f"t{place}", "points": points}
        if len(targets) > 1:
            answers = [{"answer": f"{n} {draw_from(WORDS)[:30]}", "to": f"t{n}"} for n in sorted(targets)[:3]]
            steps.append({**step, "question": draw_from(WORDS), "answers": answers})
        elif targets:
            steps.append({**step, "action": draw_from(WORDS), "then": f"t{targets.pop()}"})
        else:
            steps.append({**step, "action": draw_from(WORDS), "ends": True})
    return made(steps)


def assert_sound(pathway: Pathway, drawing: Drawing) -> None:
    assert len(drawing.boxes) == len(pathway.steps)
    assert len(drawing.arrows) == sum(len(step.ways) for step in pathway.steps)
    for above, below in pairwise(drawing.boxes):
        assert above.y + above.height < below.y
    for box in drawing.boxes:
        assert box.x >= EDGE
        assert box.x + box.width <= WIDTH - EDGE
        assert_words_are_in(box)
    for arrow in drawing.arrows:
        assert all(EDGE / 2 <= x <= WIDTH and 0 <= y <= drawing.height for x, y in arrow.points)
        for start, end in pairwise(arrow.points):
            assert start[0] == end[0] or start[1] == end[1], "a way runs straight down or across"
            assert not any(crosses(start, end, box) for box in drawing.boxes)
        if arrow.label:
            assert_label_is_free(drawing, arrow.label.x, arrow.label.y, arrow.label.lines)


def assert_words_are_in(box: Box) -> None:
    for text in box.words:
        for number, line in enumerate(text.lines):
            assert text.x + width(line, SIZE, strong=text.strong) < box.x + box.width
            assert box.y + SIZE * 0.8 < text.y + number * text.step < box.y + box.height - SIZE * 0.25


def assert_label_is_free(drawing: Drawing, x: float, y: float, lines: tuple[str, ...]) -> None:
    for number, line in enumerate(lines):
        right, base = x + width(line, SIZE), y + number * 22
        assert right <= WIDTH
        for box in drawing.boxes:
            assert base - SIZE * 0.8 >= box.y + box.height or base + SIZE * 0.25 <= box.y
        for arrow in drawing.arrows:
            for start, end in pairwise(arrow.points):
                assert not (
                    min(start[0], end[0]) < right and max(start[0], end[0]) > x
                    and min(start[1], end[1]) < base + 2 and max(start[1], end[1]) > base - SIZE * 0.75
                )  # fmt: skip


def crosses(start: tuple[float, float], end: tuple[float, float], box: Box) -> bool:
    across = min(start[0], end[0]) < box.x + box.width and max(start[0], end[0]) > box.x
    down = min(start[1], end[1]) < box.y + box.height and max(start[1], end[1]) > box.y
    return across and down


@given(pathway=paths())
def test_any_path_can_be_drawn_soundly(pathway: Pathway) -> None:
    assume(max(lanes_of(list(pathway.in_order())).values(), default=0) < MOST_LANES)
    assert_sound(pathway, draw(pathway))


def test_the_projects_own_paths_are_drawn_soundly(catalogue: Catalogue) -> None:
    assert len(catalogue.pathways) >= 4
    for pathway in catalogue.pathways.values():
        assert_sound(pathway, draw(pathway))


@given(pathway=paths())
def test_on_paper_the_drawing_is_cut_between_boxes(pathway: Pathway) -> None:
    assume(max(lanes_of(list(pathway.in_order())).values(), default=0) < MOST_LANES)
    drawing = draw(pathway)
    assert sum(height for _, height in drawing.sheets) == pytest.approx(drawing.height)
    for top, height in drawing.sheets:
        inside = [box for box in drawing.boxes if top <= box.y and box.y + box.height <= top + height]
        assert inside, "no sheet is empty"
        assert height <= SHEET or len(inside) == 1
    assert all(any(top <= box.y < box.y + box.height <= top + height for top, height in drawing.sheets)
               for box in drawing.boxes)  # fmt: skip


def test_every_word_of_a_step_stands_in_its_box(catalogue: Catalogue) -> None:
    for pathway in catalogue.pathways.values():
        for number, (step, box) in enumerate(zip(pathway.in_order(), draw(pathway).boxes, strict=True), 1):
            said = " ".join(line for text in box.words for line in text.lines)
            wanted = " ".join([f"{number}. {step.words}", *step.points])
            assert re.sub(r"[-\s]", "", said) == re.sub(r"[-\s]", "", wanted)


def test_a_step_reached_past_others_has_its_arrow_from_the_left() -> None:
    pathway = made([
        {"id": "a", "question": "A?", "answers": [{"answer": "Ja", "to": "b"}, {"answer": "Nej", "to": "c"}]},
        {"id": "b", "action": "B", "ends": True},
        {"id": "c", "action": "C", "ends": True},
    ])  # fmt: skip
    passing, down = draw(pathway).arrows
    assert (passing.label and passing.label.lines, down.label and down.label.lines) == (("Nej",), ("Ja",))
    boxes = draw(pathway).boxes
    assert passing.points[-1][0] == boxes[2].x
    assert down.points[-1][1] == boxes[1].y
    assert [box.kind for box in boxes] == ["question", "end", "end"]


def test_steps_stand_so_that_every_way_leads_down_however_they_are_written() -> None:
    pathway = made([
        {"id": "a", "question": "A?", "answers": [{"answer": "Ja", "to": "c"}, {"answer": "Nej", "to": "b"}]},
        {"id": "b", "action": "B", "ends": True},
        {"id": "d", "action": "D", "ends": True},
        {"id": "c", "action": "C", "then": "d"},
    ])  # fmt: skip
    assert [step.id for step in pathway.in_order()] == ["a", "b", "c", "d"]
    assert_sound(pathway, draw(pathway))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("kort", ["kort"]),
        ("to korte ord her", ["to korte ord", "her"]),
        ("smerter og/eller funktion", ["smerter og/", "eller", "funktion"]),
        ("underliggende ikke-muskuloskeletal", ["underliggen-", "de ikke-", "muskuloskel-", "etal"]),
        ("6–8 uger", ["6–8 uger"]),
    ],
)  # fmt: skip
def test_words_are_divided_only_where_they_must_be(text: str, lines: list[str]) -> None:
    assert wrapped(text, 140, SIZE) == lines


@given(text=WORDS, room=st.integers(70, 320))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: int) -> None:
    lines = wrapped(text, room, SIZE)
    assert all(width(line, SIZE) <= room for line in lines)
    assert re.sub(r"[-\s]", "", "".join(lines)) == re.sub(r"[-\s]", "", text)


def test_a_room_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        wrapped("ord", 30, SIZE)
