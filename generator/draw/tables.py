"""A table of figures as readers and other systems get it: rows for a page, CSV and JSON, each with every caveat."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from generator.danish import as_printed
from generator.model.catalogue import Catalogue
from generator.model.figure import Figure
from generator.model.statistic import Row, Statistic

NOT_PRINTED = "ikke trykt i kilden"
CALCULATIONS = {True: "køns- og aldersstandardiseret", False: "faktiske tal", None: ""}
"""What a row is, in words that stand beside its numbers."""


def cell(value: float | None) -> str:
    """Return a number as it is printed; where the source has none, nothing is put in its place."""
    return "" if value is None else as_printed(value)


def sources(catalogue: Catalogue, statistic: Statistic) -> list[str]:
    """Return where the numbers come from, a line for each place."""
    found = []
    for citation in statistic.citations:
        source = catalogue.sources[citation.source]
        year = f" ({source.year})" if source.year else ""
        place = f", {citation.place}" if citation.place else ""
        found.append(f"{source.publisher}: {source.title}{year}{place}")
    return found


def as_csv(catalogue: Catalogue, figure: Figure, statistic: Statistic) -> bytes:
    """Return a file for spreadsheets: semicolons and decimal commas, one number a line, what it is first on #-lines."""
    head = [("Tabel", statistic.title), ("Enhed", statistic.unit), ("Periode", statistic.period)]
    head += [("Hvem", statistic.population)]
    head += [("Forbehold", caveat) for caveat in (*statistic.caveats, *figure.caveats)]
    head += [("Bemærk", statistic.note)] if statistic.note else []
    head += [("Kilde", line) for line in sources(catalogue, statistic)]
    out = io.StringIO()
    out.writelines(f"# {name}: {text}\n" for name, text in head)
    sheet = csv.writer(out, delimiter=";", lineterminator="\n")
    sheet.writerow(("Gruppe", "Række", "Kolonne", "Værdi", "Enhed", "Periode", "Beregning"))
    sheet.writerows(_cells(statistic))
    return out.getvalue().encode("utf-8-sig")


def _cells(statistic: Statistic) -> Iterator[tuple[str, ...]]:
    for row in statistic.rows:
        for column, value in zip(statistic.columns, row.values, strict=True):
            number = "" if value is None else str(value).replace(".", ",")
            yield (row.group or "", row.label, column.label, number, statistic.unit, statistic.period,
                   CALCULATIONS[row.standardised])  # fmt: skip


def table_data(catalogue: Catalogue, figure: Figure, statistic: Statistic) -> dict[str, Any]:
    """Return the table for JSON, with all that keeps it from being misread; null is where the source has no number."""
    return {
        "id": statistic.id,
        "title": statistic.title,
        "unit": statistic.unit,
        "period": statistic.period,
        "population": statistic.population,
        "caveats": [*statistic.caveats, *figure.caveats],
        "note": statistic.note,
        "sources": sources(catalogue, statistic),
        "columns": [column.model_dump() for column in statistic.columns],
        "rows": [row.model_dump() for row in statistic.rows],
    }


def groups(statistic: Statistic) -> list[tuple[str | None, bool | None, list[Row]]]:
    """Return the rows by group, each group with whether it is standardised, in the order in which they stand."""
    found: list[tuple[str | None, bool | None, list[Row]]] = []
    for row in statistic.rows:
        if not found or found[-1][0] != row.group:
            found.append((row.group, row.standardised, []))
        found[-1][2].append(row)
    return found
