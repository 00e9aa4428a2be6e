"""What goes wrong between the lines of a text: lists and tables that Markdown takes for something else."""

import re
from collections.abc import Iterator, Sequence

from generator.danish import MONTHS, counted

LineFault = tuple[int, int, str, str]
"""Line and column from 0, what is wrong, and what to write instead."""
_ITEM = re.compile(r" *(?:[-*+]|\d+[.)])\s")
_NUMBERED = re.compile(r" {0,3}(\d+)\. +(\S+)")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r" {0,3}\|?(?: *:?-+:? *(?:\||$))+")


def glued_lists(lines: Sequence[str]) -> Iterator[LineFault]:
    """Yield lists without an empty line above: Markdown makes one paragraph of it all."""
    is_list, above = False, ""
    for number, line in enumerate(lines):
        if not above.strip():
            is_list = bool(_ITEM.match(line)) or (is_list and line.startswith("    "))
        elif re.match(r"[-*+]\s|\d+\. +[A-ZÆØÅ]", line) and not is_list and not above.startswith("#"):
            yield number, 0, "listen hænger sammen med teksten over", "sæt en tom linje før listen"
            is_list = True
        above = line


def numbers_that_begin_a_list(lines: Sequence[str]) -> Iterator[LineFault]:
    """Yield ordinals that begin a paragraph: »24. december« would be shown as point 24 of a list."""
    items: set[int] = set()
    above = ""
    for number, line in enumerate(lines):
        found = _NUMBERED.match(line)
        begins = found and not above.strip()
        if found and (begins or _ITEM.match(above)):
            follows = bool(items & {int(found[1]), int(found[1]) - 1})
            is_date = found[2].strip(",.;:*_").lower() in MONTHS
            if is_date or (begins and not follows and found[1] != "1"):
                message = f"»{found[1]}.« først på linjen bliver til et punkt på en liste"
                yield number, len(line) - len(line.lstrip()), message, "begynd med et ord, eller begynd listen med 1."
            items.add(int(found[1]))
        elif line.strip() and not line.startswith(" ") and not above.strip():
            items = set()
        above = line


def broken_tables(lines: Sequence[str]) -> Iterator[LineFault]:
    """Yield tables that are no tables to Markdown, or whose rows would lose words."""
    lines = [re.sub(r"\{\{.*?\}\}", lambda match: " " * len(match[0]), line) for line in lines]
    number, was_table = 0, False
    while number < len(lines):
        end = number
        while end < len(lines) and lines[end].strip():
            end += 1
        paragraph = lines[number:end]
        if any(map(_BAR.search, paragraph)):
            yield from _faults_of_table(number, paragraph, was_table)
            was_table = True
        elif paragraph:
            was_table = False
        number = max(end, number + 1)


def _faults_of_table(first: int, rows: Sequence[str], follows_table: bool) -> Iterator[LineFault]:
    barred = [index for index, row in enumerate(rows) if _BAR.search(row)]
    rule = next((index for index, row in enumerate(rows) if _BAR.search(row) and _RULE.fullmatch(row)), None)
    if rule is None and len(barred) == 1 and not follows_table and not rows[barred[0]].lstrip().startswith("|"):
        bar = _BAR.search(rows[barred[0]])
        column = bar.start() if bar else 0
        yield first + barred[0], column, "her står en enlig |, som bliver vist for læseren", "skriv et andet tegn"
    elif rule is None and follows_table:
        yield first, 0, "der er en tom linje inde i tabellen", "slet den tomme linje over rækken"
    elif rule is None:
        message = "tabellen har ingen linje under sin overskrift"
        yield first + barred[0], 0, message, f"skriv |{'---|' * _cells(rows[barred[0]])} på linjen under"
    elif rule == 0:
        yield first, 0, "tabellen har ingen overskrift", "skriv kolonnernes navne på linjen over"
    elif rule > 1:
        yield first + rule - 1, 0, "tabellen hænger sammen med teksten over", "sæt en tom linje før tabellen"
    else:
        width = _cells(rows[rule])
        for index, row in enumerate(rows):
            if (cells := _cells(row)) != width:
                message = f"rækken har {counted(cells, 'felt', 'felter')}, men tabellen har {width}"
                yield first + index, 0, message, "ret antallet af |, eller sæt en tom linje efter tabellen"


def _cells(row: str) -> int:
    bare = re.sub(r"^\||(?<!\\)\|$", "", row.strip())
    return len(_BAR.findall(bare)) + 1
