"""Checks of tables: every row has a number for each column, and sheets ask for rows that exist."""

from collections.abc import Iterator

from generator.danish import counted, instead
from generator.model.catalogue import Catalogue
from generator.problems import Problem


def check_sheet_figures(catalogue: Catalogue) -> Iterator[Problem]:
    """A number without its row would be left out of every region's sheet, and nobody would miss it."""
    for index, figure in enumerate(catalogue.settings.sheet_figures):
        statistic = catalogue.statistics.get(figure.statistic)
        labels = [row.label for row in statistic.rows] if statistic else []
        if statistic and figure.row not in labels:
            message = f"»{statistic.title}« har ingen række »{figure.row}«"
            remedy = instead(figure.row, labels, "skriv en af")
            yield catalogue.settings.problem(message, remedy, "sheet_figures", index, "row")


def check_figures(catalogue: Catalogue) -> Iterator[Problem]:
    """A figure that slips into the next column is a wrong figure, and looks as right as any other."""
    for statistic in catalogue.statistics.values():
        for index, row in enumerate(statistic.rows):
            if len(row.values) != len(statistic.columns):
                columns = counted(len(statistic.columns), "kolonne", "kolonner")
                message = f"»{row.label}« har {counted(len(row.values), 'tal', 'tal')} til {columns}"
                fill, point = "skriv null, hvor kilden ikke har noget tal", "skriv decimaler med punktum, fx 12.7"
                remedy = fill if len(row.values) < len(statistic.columns) else point
                yield statistic.problem(message, remedy, "rows", index, "values")
