"""Waivers and the check of them: what has been accepted for a time, and what can never be."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from generator.danish import did_you_mean, long_date
from generator.model.catalogue import Catalogue
from generator.model.waiver import Waiver
from generator.problems import Problem

_LONGEST = timedelta(days=366)
"""What is still true after a year is looked at again; our own rule."""

SortedOut = tuple[list[Problem], tuple[tuple[Problem, Waiver], ...], list[Problem]]


def check_waivers(catalogue: Catalogue, as_of: date, waivable: Mapping[str, bool]) -> Iterator[Problem]:
    """A waiver without an end is forgotten, and one for the wrong thing hides a danger."""
    for waiver in catalogue.waivers.values():
        if waiver.check not in waivable:
            near = did_you_mean(waiver.check, list(waivable)) or "se navnene i VEJLEDNING.md"
            yield waiver.problem(f"»{waiver.check}« er ikke et eftersyn", near, "check")
        elif not waivable[waiver.check]:
            message = f"»{waiver.check}« kan ikke undtages: det handler om, hvad læseren kan komme til skade ved"
            yield waiver.problem(message, "ret det, eftersynet peger på, og slet undtagelsen", "check")
        if waiver.until < as_of:
            message = f"undtagelsen gjaldt til {long_date(waiver.until)}"
            yield waiver.problem(message, "ret det, eller tag stilling igen, og skriv en ny dato", "until")
        elif waiver.until > as_of + _LONGEST:
            yield waiver.problem("en undtagelse gælder højst et år", "skriv en dag inden for et år", "until")


def sorted_out(
    found: Iterable[Problem], waivers: Collection[Waiver], waivable: Collection[str], as_of: date
) -> SortedOut:
    """Return the problems that stand, those that are waived on the day, and one for each waiver that waives nothing.

    `waivable` are the ids of the checks that were asked and accept waivers; only their waivers can be found idle.
    """
    standing, waived, used = [], [], set()
    for problem in found:
        waiver = next((w for w in waivers if problem.check in waivable and _covers(w, problem, as_of)), None)
        if waiver is None:
            standing.append(problem)
        else:
            waived.append((problem, waiver))
            used.add(waiver.id)
    idle = [w for w in waivers if w.check in waivable and w.until >= as_of and w.id not in used]
    message = "undtagelsen dækker ikke noget mere"
    return standing, tuple(waived), [replace(w.problem(message, "slet den", "file"), check="waivers") for w in idle]


def _covers(waiver: Waiver, problem: Problem, as_of: date) -> bool:
    is_there = waiver.check == problem.check and waiver.file == str(problem.position.path)
    return is_there and waiver.until >= as_of and (waiver.quote is None or waiver.quote in problem.message)
