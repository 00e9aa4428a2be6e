"""The panels of a figure: which numbers of its tables are drawn, and which of them are the reader's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator.danish import joined
from generator.draw.charts import ChartPanel, Line, Mark
from generator.draw.tables import NOT_PRINTED, cell, groups
from generator.model.figure import Figure, Part
from generator.model.statistic import Row, Statistic

Statistics = Mapping[str, Statistic]


@dataclass(frozen=True)
class Frame:
    """What a drawing is made in: all tables, the ids that are the reader's own, and the start of its element ids."""

    statistics: Statistics
    own: frozenset[str]
    name: str


def chosen_rows(part: Part, statistic: Statistic) -> tuple[Row, ...]:
    """Return the rows that a part names by label or group; all of them where it names none."""
    rows = (row for row in statistic.rows if not part.groups or row.group in part.groups)
    return tuple(row for row in rows if not part.rows or row.label in part.rows)


def chosen_columns(part: Part, statistic: Statistic) -> tuple[int, ...]:
    """Return the places of the columns that a part names; all of them where it names none."""
    ids = [column.id for column in statistic.columns]
    return tuple(place for place, name in enumerate(ids) if not part.columns or name in part.columns)


def panels(figure: Figure, statistics: Statistics, own: frozenset[str]) -> list[tuple[ChartPanel, ...]]:
    """Return the panels of each part: groups have a scale each, bars of a part one, the whole figure if it says so."""
    made = [_panels(part, Frame(statistics, own, f"f{number}")) for number, part in enumerate(figure.parts, 1)]
    largest = max((panel.largest for panels in made for panel in panels), default=1)
    if figure.one_scale:
        made = [tuple(replace(panel, largest=largest) for panel in panels) for panels in made]
    return made


def _panels(part: Part, frame: Frame) -> tuple[ChartPanel, ...]:
    if part.form == "table":
        return ()
    statistic = frame.statistics[part.statistic]
    made = {"bars": _bars, "small-multiples": _multiples, "dots": _dots, "flow": _flow, "change": _change}[part.form](
        part, statistic, frame
    )
    ends = [max(map(_largest, made)) if part.form == "bars" else _largest(panel) for panel in made]
    return tuple(
        replace(panel, largest=end, id=f"{frame.name}-{number}", missing=NOT_PRINTED)
        for number, (panel, end) in enumerate(zip(made, ends, strict=True), 1)
    )


def _largest(panel: ChartPanel) -> float:
    return max((mark.value or 0 for line in panel.lines for mark in line.marks), default=0) or 1


def _mark(row: Row, place: int, own: bool = False) -> Mark:
    return Mark(row.values[place], cell(row.values[place]), own)


def _panel(
    part: Part, statistic: Statistic, rows: Iterable[Row], lines: tuple[Line, ...], heading: str = ""
) -> ChartPanel:
    """Return a panel whose title and description say what the numbers are of, for who cannot see them."""
    title = f"{part.title}: {heading}" if heading else part.title
    found = {row.standardised for row in rows}
    description = f"{part.unit}. Tallene står i tabellen efter figuren."
    standardised = found.pop() if len(found) == 1 else None
    return ChartPanel("", title, description, part.unit, lines, 1, heading=heading, standardised=standardised)


def _bars(part: Part, statistic: Statistic, frame: Frame) -> list[ChartPanel]:
    """One panel for each column and group, a bar for each row; the other way round where columns have the lines."""
    rows, columns = chosen_rows(part, statistic), chosen_columns(part, statistic)
    if part.lines == "columns":
        return [
            _panel(part, statistic, [row], tuple(
                Line(statistic.columns[place].label, (_mark(row, place),), own=statistic.columns[place].id in frame.own)
                for place in columns
            ), row.label if len(rows) > 1 else "")
            for row in rows
        ]  # fmt: skip
    made = []
    for place in columns:
        for group, found in _grouped(statistic, rows):
            headings = (statistic.columns[place].label if len(columns) > 1 else "", group)
            lines = tuple(Line(row.label, (_mark(row, place),)) for row in found)
            made.append(_panel(part, statistic, found, lines, ": ".join(filter(None, headings))))
    return made


def _dots(part: Part, statistic: Statistic, frame: Frame) -> list[ChartPanel]:
    return [_dotted(part, statistic, frame, chosen_rows(part, statistic), "")]


def _multiples(part: Part, statistic: Statistic, frame: Frame) -> list[ChartPanel]:
    found = _grouped(statistic, chosen_rows(part, statistic))
    return [_dotted(part, statistic, frame, rows, group) for group, rows in found]


def _grouped(statistic: Statistic, rows: tuple[Row, ...]) -> list[tuple[str, tuple[Row, ...]]]:
    """Return the rows by group; a group that stands alone needs no name."""
    found = [(group or "", tuple(row for row in inner if row in rows)) for group, _, inner in groups(statistic)]
    found = [(group, inner) for group, inner in found if inner]
    return found if len(found) > 1 else [("", inner) for _, inner in found]


def _dotted(part: Part, statistic: Statistic, frame: Frame, rows: tuple[Row, ...], heading: str) -> ChartPanel:
    columns = [(place, statistic.columns[place]) for place in chosen_columns(part, statistic)]
    lines = tuple(Line(row.label, tuple(_mark(row, place, c.id in frame.own) for place, c in columns)) for row in rows)
    key = tuple((column.label, column.id in frame.own) for _, column in columns)
    return replace(_panel(part, statistic, rows, lines, heading), key=key)


def _change(part: Part, statistic: Statistic, frame: Frame) -> list[ChartPanel]:
    """One line for each column between two rows, or for each row between two columns."""
    names = [column.id for column in statistic.columns]
    if part.lines == "columns":
        first, last = (next(row for row in statistic.rows if row.label == name) for name in part.between)
        lines = [
            Line(statistic.columns[place].label, (_mark(first, place), _mark(last, place)),
                 _difference(part, frame, names[place]), names[place] in frame.own)
            for place in chosen_columns(part, statistic)
        ]  # fmt: skip
        key = part.between
    else:
        start, end = (names.index(name) for name in part.between)
        lines = [
            Line(row.label, (_mark(row, start), _mark(row, end)), _difference(part, frame, row.label))
            for row in chosen_rows(part, statistic)
        ]
        key = tuple(statistic.columns[place].label for place in (start, end))
    panel = _panel(part, statistic, chosen_rows(part, statistic), tuple(lines))
    return [replace(panel, key=((key[0], False), (key[1], True)))]


def _difference(part: Part, frame: Frame, name: str) -> str:
    """Return the change as the source prints it, with its sign: +39 pct."""
    if part.difference is None:
        return ""
    statistic = frame.statistics[part.difference.statistic or part.statistic]
    ids = [column.id for column in statistic.columns]
    row, column = (part.difference.name, name) if part.lines == "columns" else (name, part.difference.name)
    value = next(r for r in statistic.rows if r.label == row).values[ids.index(column)]
    return "" if value is None else f"{'+' if value > 0 else ''}{cell(value).replace('-', '−')} pct."


def _flow(part: Part, statistic: Statistic, frame: Frame) -> list[ChartPanel]:
    """Each step begins where the one before it ended, or where the whole that it is a part of begins."""
    rows = {row.label: row for row in statistic.rows}
    place, *others = chosen_columns(part, statistic)
    starts: dict[str, float] = {}
    depths: dict[str, int] = {}
    lines = []
    for branch in part.branches:
        row, size = rows[branch.row], rows[branch.row].values[place] or 0
        start = starts.get(f"in {branch.of}", 0.0)
        starts[f"in {branch.row}"], starts[f"in {branch.of}"] = start, start + size
        depths[branch.row] = depths[branch.of] + 1 if branch.of else 0
        remark = joined([f"{cell(row.values[other])}\xa0pct. af\xa0{cell(rows[branch.of].values[place])}"
                         for other in others if row.values[other] is not None and branch.of])  # fmt: skip
        lines.append(Line(branch.row, (_mark(row, place),), remark, start=start, depth=depths[branch.row]))
    return [_panel(part, statistic, rows.values(), tuple(lines))]
