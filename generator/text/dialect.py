"""What an author may write in a text: how an insertion is spelt, and what the dialect refuses, with the remedy."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from generator.problems import Position, Problem
from generator.text.tables_and_lists import LineFault, broken_tables, glued_lists, numbers_that_begin_a_list

INSERTION = re.compile(r"\{\{[^\S\n]*([^{}|\n]*?)[^\S\n]*\}\}")
_ADDRESS = re.compile(r"(?<=\]\()[^()\s]*(?:\([^()\s]*\)[^()\s]*)*")
_TICK_BOX = re.compile(r" *[-*+] +(\[ \])")
_FORBIDDEN = tuple(
    (re.compile(pattern), message, remedy)
    for pattern, message, remedy in (
        (r"<[A-Za-z/!?]", "HTML kan ikke stå i teksten", "skriv almindelig tekst; links skrives [ord](adresse)"),
        (r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);", "HTML-koder kan ikke stå i teksten", "skriv selve tegnet"),
        (r"\{%|\{#", "her står et skabelonudtryk", "skriv en indsættelse som {{ telefon: vagt }}, eller fjern det"),
        (r"\{\{\{|\}\}\}", "her er en { eller } for meget", "skriv {{ navn: værdi }}"),
        (r"\]\([^()]*\{\{", "indsættelser kan ikke stå i en adresse", "skriv hele adressen"),
        (
            r"\]\((?=[^)]*[\"'\[\]\s])",
            "adressen rummer et mellemrum eller et af tegnene \" ' [ ]",
            "skriv kun selve adressen mellem ( og )",
        ),
        (r"`", "kode (`) kan ikke vises på papir", "fjern tegnet `"),
        (r"!\[", "billeder kan ikke stå i teksten", "fjern billedet, eller skriv et link uden !"),
        (r"^\s*>", "citatblokke (>) kan ikke vises på papir", "skriv afsnittet uden >"),
        (r"^ *(?:[-*+]|\d+\.) +#", "en overskrift kan ikke stå i en liste", "begynd linjen med ##, uden - foran"),
        (r"^#(?!#)", "siden har allerede sin overskrift fra title", "begynd med ## for en underoverskrift"),
        (r"^#{5,}", "overskriften er for dyb", "brug ##, ### eller ####"),
        (r"^ {1,3}#{2,4}\s", "overskriften er rykket ind", "begynd linjen med ##"),
        (r"^(?:=+|-+) *$", "en linje med kun streger bruges ikke", "skriv ## foran en overskrift, eller slet linjen"),
        (r"^ {0,3}(?:\*[ *]*\*|_[ _]*_|-[ -]*-) *$", "vandrette streger bruges ikke", "slet linjen"),
        (r"^ {0,3}\[[^\]]+\]:", "linkdefinitioner bruges ikke her", "skriv linket direkte: [ord](adresse)"),
        (r"^(?: {1,3}| {5,7})(?:[-*+]|\d+\.)\s", "punktet er rykket skævt ind", "ryk underpunkter fire mellemrum ind"),
        (r"^ *\d+\)\s", "1) giver ikke en liste", "skriv 1. med punktum"),
        (r"^ *(?:[•·▪●○■□◦‣⁃►▸✓✔☐☑]|[–—]\s)", "punkttegnet giver ikke en liste", "skriv - foran punktet"),
        (
            r"^ *(?:[-*+]|\d+[.)])[\u00a0\u2007\u202f]",
            "efter punkttegnet står et hårdt mellemrum",
            "slet det, og tryk på mellemrum igen",
        ),
        (r"^ *[-*+] +\[[xX]\]", "et felt kan ikke være krydset af på forhånd", "skriv - [ ]"),
        (
            r"^ *(?:[-*+]|\d+\.) +(?:[-*+]|\d+\.)(?:\s|$)",
            "punktet begynder med endnu et punkt",
            "begynd det med et ord",
        ),
        (r"^ *(?:[-+]|[*_][*_ ]*|\d+[.)])\s*$", "linjen er et punkt uden ord", "skriv punktet, eller slet linjen"),
        (r"\[\^", "fodnoter bruges ikke", "skriv det i teksten, eller vis kilden med {{ kilde: navn }}"),
        (r"^ *(?:!!!|\?\?\?)|:::", "bokse bruges ikke", "skriv et afsnit med en overskrift i stedet"),
        (r"^ *(?:: +\S|\[TOC\]|\*\[[^\]]+\]:)", "den slags Markdown bruges ikke her", "skriv almindelig tekst"),
        (r"~~|==", "tekst kan ikke stå overstreget eller farvet", "slet tegnene"),
        (r"\[\s*\]\(", "linket har ingen ord", "skriv mellem [ og ], hvor det fører hen"),
        (r"\[[^\]]+\][^\S\n]+\((?=https?:|\.\.?/|[\w-]+\.md)", "der er mellemrum mellem ] og (", "slet mellemrummet"),
        (r"\([^()]+\)\[(?=https?:|\.\.?/|[\w-]+\.md)", "linket er skrevet omvendt", "skriv [ord](adresse)"),
        (r"\]\[", "linket peger på en definition", "skriv adressen lige efter: [ord](adresse)"),
        (r"(?<=\])\((?=[^()]*(?:\([^()]*\)[^()]*)*$)", "linket bliver ikke lukket", "sæt ) efter adressen"),
        (r"\t", "her står et tabulatortegn", "brug mellemrum"),
    )
)


_LONGEST = 4_000
"""Characters of a line; a long paragraph has a quarter of it."""
MOST_BRACKETS = 300
"""Of a paragraph or a table; the converter looks for the end of each from the beginning."""
_RUN = re.compile(r"([*_\[\](){}!#~`\\<>|+])\1{10}")
_DEPTH = re.compile(r" {40}| *(?:(?:[-*+]|\d+[.)]) +){6}")


def unbearable(body: str, path: PurePosixPath, first_line: int) -> Iterator[Problem]:
    """Yield what would take the converter hours or break it; nobody writes it on purpose."""
    brackets = 0
    for number, line in enumerate(body.split("\n"), first_line):
        before, brackets = brackets, brackets + line.count("[") if line.strip() else 0
        run, indented = _RUN.search(line), _DEPTH.match(line)
        if len(line) > _LONGEST:
            message = f"linjen har flere end {_LONGEST} tegn"
            yield Problem(Position(path, number), message, "del den i afsnit med en tom linje imellem")
        elif run:
            message = f"tegnet »{run[1]}« står mere end ti gange i træk"
            yield Problem(Position(path, number, run.start() + 1), message, "slet dem, der er for mange")
        elif before <= MOST_BRACKETS < brackets:
            message = f"afsnittet har flere end {MOST_BRACKETS} ["
            yield Problem(Position(path, number), message, "del det med tomme linjer, eller slet dem, der er for mange")
        elif indented and line.strip():
            yield Problem(Position(path, number), "linjen er rykket for langt ind", "brug højst to niveauer i en liste")


def faults(body: str, path: PurePosixPath, first_line: int) -> Iterator[Problem]:
    """Yield what the dialect does not allow, each on its line."""
    if broken := tuple(unbearable(body, path, first_line)):
        yield from broken
        return
    lines = body.split("\n")
    if path.parts[:2] != ("content", "foldere"):  # what is only printed may have boxes to tick
        for line, text in enumerate(lines):
            if box := _TICK_BOX.match(text):
                place = Position(path, first_line + line, box.start(1) + 1)
                yield Problem(place, "felter til afkrydsning er kun til papir", "skriv punktet uden [ ]")
    for find in (_forbidden_things, glued_lists, numbers_that_begin_a_list, broken_tables, _loose_braces):
        for line, column, message, remedy in find(lines):
            yield Problem(Position(path, first_line + line, column + 1), message, remedy)


def without_insertions_and_addresses(text: str) -> str:
    """Return the text with spaces for what is not prose, every other character in its place."""
    return _ADDRESS.sub(_blank, INSERTION.sub(_blank, text))


def _forbidden_things(lines: Sequence[str]) -> Iterator[LineFault]:
    """Yield each kind once a line, and of several at one place only the first."""
    for number, line in enumerate(lines):
        seen: set[int] = set()
        for pattern, message, remedy in _FORBIDDEN:
            match = pattern.search(line)
            if match and match.start() not in seen:
                seen.add(match.start())
                yield number, match.start(), message, remedy


def _loose_braces(lines: Sequence[str]) -> Iterator[LineFault]:
    """Yield halves of insertions; one that goes on in the next line is one mistake, told where it begins."""
    is_open = False
    for number, line in enumerate(lines):
        is_open = is_open and bool(line.strip())
        prose = INSERTION.sub(_blank, line)
        for match in re.finditer(r"\{\{|\}\}", prose):
            is_rest, is_open = match[0] == "}}" and is_open, match[0] == "{{"
            if not is_rest:
                message = f"»{match[0]}« hører ikke til en hel indsættelse"
                yield number, match.start(), message, "skriv {{ navn: værdi }} på én linje, uden | og flere { }"
        lone = re.search(r"[{}]", prose)
        if lone and not re.search(r"\{\{|\}\}|\{%|\{#", prose) and not re.search(r"\{{3}|\}{3}", line):
            message = f"her står en enlig {lone[0]}, som bliver vist for læseren"
            yield number, lone.start(), message, "skriv {{ navn: værdi }} med to på hver side, eller slet tegnet"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
