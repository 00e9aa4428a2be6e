"""Faults in YAML as an author knows them, from what the parser says about them.

The parser complains where it gave up, which is often a line below the mistake; the author needs the mistake.
"""

import re
from collections.abc import Sequence

import yaml

YamlFault = tuple[int, int, str, str]
"""Line and column from 1, what is wrong, and what to write instead."""

_QUOTES = 'sæt anførselstegn om hele teksten: "…"'
_AT_THE_PROBLEM = (
    ("mapping keys are not allowed", "en tekst kan ikke begynde med ?", _QUOTES),
    ("block sequence entries are not allowed", "punktet skal stå på sin egen linje", "sæt - under nøglen"),
    ("did not find expected '-'", "linjen passer ikke med listen over den", "begynd hvert punkt med - i samme kolonne"),
    ("did not find expected <document start>", "her slutter dokumentet, men der står mere",
     "begynd alle nøgler i samme kolonne, og slet linjer med kun ..."),
    ("escape", "omvendt skråstreg (\\) har en særlig betydning mellem \" og \"", "brug '…' i stedet for \"…\""),
    ("hexdecimal", "omvendt skråstreg (\\) har en særlig betydning mellem \" og \"", "brug '…' i stedet for \"…\""),
    ("comment or line break", "efter | og > skal teksten begynde på næste linje", "ryk den ind under nøglen"),
    ("incompatible YAML", "linjer med % bruges ikke", "slet linjen"),
    ("node content", "her mangler en værdi", _QUOTES),
)  # fmt: skip
_AT_THE_BEGINNING = (
    ("a quoted scalar", "anførselstegnet bliver ikke lukket", "afslut teksten med samme anførselstegn"),
    ("a flow sequence", "listen [ bliver ikke lukket", "afslut den med ], og sæt \"…\" om tekster med # eller :"),
    ("a flow mapping", "klammen { bliver ikke lukket", "afslut den med }, og sæt \"…\" om tekster med # eller :"),
    ("a simple key", "der mangler et kolon efter nøglen", "skriv nøgle: værdi, eller ryk linjen ind under den over"),
    ("an alias", "en tekst kan ikke begynde med *", _QUOTES),
    ("an anchor", "en tekst kan ikke begynde med &", _QUOTES),
    ("a tag", "en tekst kan ikke begynde med !", _QUOTES),
)  # fmt: skip


def fault_of(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> YamlFault:
    """Return where the author's mistake is, in an author's words."""
    said, context = str(error.problem), str(error.context)
    mark, beginning = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    if mark is None or beginning is None:
        return 1, 1, "filen er ikke YAML", "se VEJLEDNING.md for et eksempel"
    line = lines[mark.line] if mark.line < len(lines) else ""
    if seen := _looks_right(lines, mark.line):
        return seen
    special = _special(said, line, mark.column)
    if special:
        return mark.line + 1, mark.column + 1, *special
    if "mapping values" in said:
        return _misplaced_colon(lines, mark.line, mark.column)
    if "flow" in context and (cut := _cut_short(lines, beginning.line)):
        return cut
    if "node content" in said and not line[mark.column :].strip():
        return _open_bracket(lines, min(mark.line, len(lines) - 1))
    return _listed(said, context, (mark.line + 1, mark.column + 1), (beginning.line + 1, beginning.column + 1))


def _looks_right(lines: Sequence[str], number: int) -> YamlFault | None:
    """Return what an author cannot see: a hard space after a mark, curly quotes, a point without its space."""
    for line in range(number, max(number - 2, -1), -1):
        text = lines[line] if line < len(lines) else ""
        if found := re.search(r"(?:\w:|^ *-)([\u00a0\u2007\u202f])|^([\u00a0\u2007\u202f])", text):
            return line + 1, found.end(), "her står et hårdt mellemrum", "slet det, og tryk på mellemrum igen"
        if found := re.search(r": +([“”„»«])(?=.*:\s)", text):
            return line + 1, found.start(1) + 1, f"{found[1]} er ikke et anførselstegn i YAML", 'skriv "…" i stedet'
        if found := re.match(r" *-(?=[^\W\d_])", text):
            message = "der mangler et mellemrum efter bindestregen"
            return line + 1, found.end(), message, "skriv - foran punktet, med mellemrum"
    return None


def _special(said: str, line: str, column: int) -> tuple[str, str] | None:
    """Return the words for what depends on the character that the parser stopped at."""
    if "tab character" in said or line[column : column + 1] == "\t":
        return "her står et tabulatortegn", "brug mellemrum til indrykning"
    if "cannot start any token" in said:
        return f"en tekst kan ikke begynde med {line[column : column + 1]}", _QUOTES
    if "did not find expected key" in said:
        return _unexpected(line, column)
    return None


def _listed(said: str, context: str, here: tuple[int, int], beginning: tuple[int, int]) -> YamlFault:
    for english, message, remedy in _AT_THE_PROBLEM:
        if english in said:
            return *here, message, remedy
    for english, message, remedy in _AT_THE_BEGINNING:
        if english in context:
            return *beginning, message, remedy
    return *here, "filen er ikke gyldig YAML her", 'se på tegnene : - " og indrykningen her og på linjen over'


def _misplaced_colon(lines: Sequence[str], number: int, column: int) -> YamlFault:
    """Tell a colon inside a text from a slip on the line above, which made the key below it part of its text."""
    if re.search(r":\s", lines[number][:column]):
        return number + 1, column + 1, "her er et kolon for meget", _QUOTES
    above = next(n for n in range(number, -1, -1) if n == 0 or (n < number and lines[n].strip()))
    depth = len(lines[above]) - len(lines[above].lstrip(" ")) + 1
    if re.match(r"\s*-\w", lines[above]):
        return above + 1, depth, "der mangler et mellemrum efter bindestregen", "skriv - foran punktet, med mellemrum"
    if re.match(r"\s*(?:- +)?\w+:\S", lines[above]):
        return above + 1, depth, "der mangler et mellemrum efter kolon", "skriv nøgle: værdi"
    if not re.match(r"\s*(?:- +)?\w+:", lines[above]):
        return above + 1, depth, "der mangler et kolon efter nøglen", "skriv nøgle: værdi"
    own = len(lines[number]) - len(lines[number].lstrip(" ")) + 1
    return number + 1, own, "linjen er rykket for langt ind", "begynd den i samme kolonne som nøglen over"


def _open_bracket(lines: Sequence[str], number: int) -> YamlFault:
    """Return the last bracket or brace before a line where the parser still waited for what is inside it."""
    for line in range(number, -1, -1):
        if (column := max(lines[line].rfind("["), lines[line].rfind("{"))) >= 0:
            message = f"her åbnes med {lines[line][column]} noget, der ikke bliver lukket"
            return line + 1, column + 1, message, "afslut listen med ] eller klammen med }"
    return number + 1, 1, "her mangler en værdi", _QUOTES


def _cut_short(lines: Sequence[str], number: int) -> YamlFault | None:
    """Return the # that made the rest of a list or of values in braces a comment, if it is there."""
    for line in range(number, max(number - 2, -1), -1):
        if line < len(lines) and (found := re.search(r"[\[{,:]\s+(#)\S", lines[line])):
            return line + 1, found.start(1) + 1, "alt efter # bliver ikke læst", 'sæt anførselstegn om teksten: "#…"'
    return None


def _unexpected(line: str, column: int) -> tuple[str, str]:
    """Return the words for something that stands where the parser waited for the next key."""
    if line[column : column + 1] in ("}", "]"):
        return f"her lukkes med {line[column]} noget, der ikke er åbnet", "slet tegnet, eller " + _QUOTES
    if line[:column].strip():
        return "her slutter teksten, men linjen går videre", _QUOTES
    return "linjen passer ikke med indrykningen over den", "ryk den ind som linjerne omkring den"
