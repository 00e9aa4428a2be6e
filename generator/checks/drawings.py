"""Checks of figures: their tables can be drawn as they ask, and their words hold no number of their own."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.danish import as_printed, did_you_mean, joined
from generator.model.catalogue import Catalogue
from generator.model.figure import Figure, Part
from generator.model.statistic import Statistic
from generator.problems import Problem

_SHAPES = 5
"""Marks that can be told apart by shape alone, in a line of a drawing."""
_NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")


def check_drawings(catalogue: Catalogue) -> Iterator[Problem]:
    """A drawing of the wrong row looks as right as any other, so what is named must be there, once."""
    for figure in catalogue.figures.values():
        for index, part in enumerate(figure.parts):
            statistic = catalogue.statistics.get(part.statistic)
            if statistic is not None and _is_whole(statistic):
                blame = _blamer(figure, index)
                yield from _names(part, statistic, blame)
                yield from _FORMS[part.form](part, statistic, blame)
                yield from _difference(catalogue, part, blame)


def check_sentences(catalogue: Catalogue) -> Iterator[Problem]:
    """A number that stands in a sentence alone is forgotten when the table is corrected."""
    for figure in catalogue.figures.values():
        names = {part.statistic for part in figure.parts}
        names |= {p.difference.statistic for p in figure.parts if p.difference and p.difference.statistic}
        known = {word for name in names & catalogue.statistics.keys() for word in _said(catalogue.statistics[name])}
        readable = all(name in catalogue.statistics and _is_whole(catalogue.statistics[name]) for name in names)
        strange = [word for word in dict.fromkeys(_NUMBER.findall(figure.see)) if word not in known]
        if strange and readable:
            message = f"{joined(strange)} står ikke i figurens tabeller"
            yield figure.problem(message, "skriv tal, som de står i tabellen, fx 12,7 eller 3.145", "see")


def _is_whole(statistic: Statistic) -> bool:
    """Say whether every row has its numbers; where one has not, that is the one mistake to tell of."""
    return all(len(row.values) == len(statistic.columns) for row in statistic.rows)


Blame = Callable[..., Problem]


def _blamer(figure: Figure, index: int) -> Blame:
    def blame(message: str, remedy: str, *location: str | int) -> Problem:
        return figure.problem(message, remedy, "parts", index, *location)

    return blame


def _names(part: Part, statistic: Statistic, blame: Blame) -> Iterator[Problem]:
    """Every row, group and column that a part names is in the table."""
    labels = [row.label for row in statistic.rows]
    groups = list(dict.fromkeys(row.group for row in statistic.rows if row.group))
    columns = [column.id for column in statistic.columns]
    for key, wanted, existing, what in (
        ("rows", part.rows, labels, "rækken"),
        ("groups", part.groups, groups, "gruppen"),
        ("columns", part.columns, columns, "kolonnen"),
    ):
        for place, name in enumerate(wanted):
            if existing and name not in existing:
                yield blame(f"{what} »{name}« findes ikke i tabellen", _instead(name, existing), key, place)
    chosen = [row for row in statistic.rows if not part.groups or row.group in part.groups]
    for place, name in enumerate(part.rows):
        if name in labels and not any(row.label == name for row in chosen):
            yield blame(f"rækken »{name}« står i en anden gruppe", "ret groups eller rows", "rows", place)
    if part.groups and not groups:
        yield blame("tabellens rækker har ingen grupper", "slet groups", "groups")
    if part.form != "table" and any(value < 0 for value in _drawn(part, statistic)):
        yield blame("tal under nul kan ikke tegnes fra nul", "skriv form: table", "statistic")


def _drawn(part: Part, statistic: Statistic) -> Iterator[float]:
    """Yield the numbers that a part draws on a scale, as far as what it names is there."""
    change = part.form == "change"
    rows = part.between if change and part.lines == "columns" else part.rows
    columns = part.between if change and part.lines == "rows" else part.columns
    for row in statistic.rows:
        if (not rows or row.label in rows) and (not part.groups or row.group in part.groups):
            for column, value in zip(statistic.columns, row.values, strict=True):
                if value is not None and (not columns or column.id in columns):
                    yield value


def _plain(part: Part, statistic: Statistic, blame: Blame) -> Iterator[Problem]:
    yield from _unused(part, blame, "between", "branches", "difference")


def _dots(part: Part, statistic: Statistic, blame: Blame) -> Iterator[Problem]:
    yield from _unused(part, blame, "between", "branches", "difference")
    if len(part.columns or statistic.columns) > _SHAPES:
        remedy = f"vælg højst {_SHAPES} med columns"
        yield blame(f"flere end {_SHAPES} mærker på en linje kan ikke kendes fra hinanden", remedy, "columns")
    if part.form == "small-multiples" and any(row.group is None for row in statistic.rows):
        yield blame("tabellens rækker har ingen grupper", "skriv form: dots", "form")


def _change(part: Part, statistic: Statistic, blame: Blame) -> Iterator[Problem]:
    yield from _unused(part, blame, "branches")
    if len(part.between) != 2:
        yield blame("en ændring går mellem to rækker eller kolonner", "skriv between: [først, sidst]", "between")
    by_columns = part.lines == "columns"
    existing = [row.label for row in statistic.rows] if by_columns else [column.id for column in statistic.columns]
    for place, name in enumerate(part.between):
        if existing.count(name) != 1:
            what = "rækken" if by_columns else "kolonnen"
            yield blame(f"{what} »{name}« findes ikke i tabellen", _instead(name, existing), "between", place)


def _flow(part: Part, statistic: Statistic, blame: Blame) -> Iterator[Problem]:
    yield from _unused(part, blame, "between", "difference")
    if not part.branches:
        yield blame("et forløb skal have trin", "skriv branches: med row og of", "form")
    labels = [row.label for row in statistic.rows]
    ids = [column.id for column in statistic.columns]
    column = ids.index(part.columns[0]) if part.columns and part.columns[0] in ids else 0
    sizes = {row.label: row.values[column] for row in statistic.rows}
    yield from _overflow(part, sizes, blame)
    met: list[str] = []
    astray = False  # then what is a part of the lost step is right for all we know
    for place, branch in enumerate(part.branches):
        size = sizes.get(branch.row)
        if labels.count(branch.row) != 1 or size is None:
            remedy = _instead(branch.row, [label for label in labels if label not in met])
            yield blame(f"rækken »{branch.row}« findes ikke én gang med et tal", remedy, "branches", place, "row")
            astray = True
        elif branch.row in met:
            yield blame(f"trinnet »{branch.row}« står to gange", "slet det ene", "branches", place)
        elif branch.of is not None and branch.of not in met and not astray:
            yield blame(f"trinnet »{branch.of}« står ikke før det her", "flyt det op", "branches", place, "of")
        met.append(branch.row)


def _overflow(part: Part, sizes: Mapping[str, float | None], blame: Blame) -> Iterator[Problem]:
    """Parts that overlap cannot be drawn after each other, and more than all there is cannot be right."""
    used: dict[str, float] = {}
    for place, branch in enumerate(part.branches):
        is_second = any(other.row == branch.row for other in part.branches[:place])
        size, whole = None if is_second else sizes.get(branch.row), sizes.get(branch.of or "")
        if branch.of and size is not None and whole is not None:
            used[branch.of] = used.get(branch.of, 0) + size
            if used[branch.of] > whole:
                message = f"delene er {as_printed(used[branch.of])} tilsammen, men helheden er {as_printed(whole)}"
                yield blame(message, "tag kun dele med, der ikke overlapper", "branches", place)


def _difference(catalogue: Catalogue, part: Part, blame: Blame) -> Iterator[Problem]:
    """The change that a source prints is taken from where it stands."""
    if part.difference is None or part.form != "change":
        return
    own, other = (catalogue.statistics.get(name or "") for name in (part.statistic, part.difference.statistic))
    table = other or own
    if own is None or table is None or (part.difference.statistic and other is None) or not _is_whole(table):
        return
    labels, ids = [row.label for row in table.rows], [column.id for column in table.columns]
    named, lines = (labels, ids) if part.lines == "columns" else (ids, labels)
    if named.count(part.difference.name) != 1:
        message = f"»{part.difference.name}« findes ikke i tabellen med ændringer"
        yield blame(message, _instead(part.difference.name, named), "difference", "name")
    drawn = part.columns if part.lines == "columns" else part.rows
    every = [c.id for c in own.columns] if part.lines == "columns" else [row.label for row in own.rows]
    for name in drawn or every:
        if lines.count(name) != 1:
            yield blame(f"tabellen med ændringer mangler »{name}«", "tilføj den, eller vælg en anden", "difference")


def _unused(part: Part, blame: Blame, *keys: str) -> Iterator[Problem]:
    for key in keys:
        if getattr(part, key):
            yield blame(f"»{key}« hører ikke til {part.form}", "slet det", key)


def _instead(name: str, existing: Iterable[str]) -> str:
    existing = list(dict.fromkeys(existing))
    listed = ", ".join(existing[:6]) + (" …" if len(existing) > 6 else "")
    return did_you_mean(name, existing) or f"skriv et af: {listed}"


def _said(statistic: Statistic) -> Iterator[str]:
    """Yield every number that a table says, in its cells or its words; a fall of 32 per cent stands as −32."""
    for row in statistic.rows:
        yield from (as_printed(abs(value)) for value in row.values if value is not None)
    labels = [text for row in statistic.rows for text in (row.label, row.group or "")]
    labels += [column.label for column in statistic.columns]
    for text in (statistic.title, statistic.unit, statistic.period, statistic.population, *labels):
        yield from _NUMBER.findall(text)


_FORMS: dict[str, Callable[[Part, Statistic, Blame], Iterator[Problem]]] = {
    "bars": _plain, "table": _plain, "dots": _dots, "small-multiples": _dots, "change": _change, "flow": _flow,
}  # fmt: skip
"""What each form asks of its table."""
