"""Checks of warning signs: what a person in trouble relies on is there, on every page and every sheet."""

from collections.abc import Iterator

from generator.danish import instead, nearest
from generator.model.catalogue import Catalogue
from generator.model.red_flag import LEVELS
from generator.model.unread import Unread
from generator.problems import Problem


def check_levels(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """Every level that a sign can have must say what to do; a sign without an action frightens and helps nobody."""
    misspelt = {nearest(level, LEVELS) for level in catalogue.urgency_levels}
    for flag in catalogue.red_flags.values():
        wanted = flag.proposed_level
        is_known = wanted in catalogue.urgency_levels or wanted in misspelt
        if not is_known and not unread.may_have("urgency_level", wanted):
            message = f"niveauet »{wanted}« har ingen overskrift"
            yield flag.problem(message, "tilføj det under urgency_levels", "proposed_level")
    for level in catalogue.urgency_levels.values():
        if level.id not in LEVELS:
            yield level.problem(f"»{level.id}« er ikke et niveau", instead(level.id, LEVELS, "brug et af"), "id")
    if (now := catalogue.urgency_levels.get("now")) and (now.closing is None or "112" not in now.closing):
        remedy = "skriv closing: Får du ikke fat i nogen med det samme, så ring 112."
        yield now.problem("blokken siger ikke, hvad man gør, når ingen svarer", remedy, "closing")


def check_paper_lines(catalogue: Catalogue) -> Iterator[Problem]:
    """Paper may tell a level's signs in fewer lines, but it may neither lose a sign nor lend one another urgency."""
    for level in catalogue.urgency_levels.values():
        wanted = {flag.id: flag for flag in catalogue.red_flags_at(level.id) if flag.on_paper}
        for index, line in enumerate(level.paper_lines):
            for place, name in enumerate(line.signs):
                if name in catalogue.red_flags and name not in wanted:
                    message = f"»{name}« er ikke et tegn til papir på niveauet »{level.id}«"
                    remedy = "slet det her, og skriv det i en linje på dets eget niveau"
                    yield level.problem(message, remedy, "paper_lines", index, "signs", place)
        carried = {name for line in level.paper_lines for name in line.signs}
        for flag in wanted.values() if level.paper_lines else ():
            if flag.id not in carried:
                message = "tegnet skal med på papir, men står ikke i nogen linje dér"
                remedy = f"skriv {flag.id} under signs i en linje i paper_lines"
                yield flag.problem(message, remedy, "on_paper")


def check_help_topic(catalogue: Catalogue) -> Iterator[Problem]:
    """Every page leads to one text that shows all signs and whom to call; without it no page may be built."""
    topic = catalogue.topics.get(catalogue.settings.help_topic)
    if topic is None:
        return
    names = {insertion.name for insertion in topic.body.insertions if insertion.arguments != ("kort",)}
    for needed in ("alarmtegn", "hvem-ringer-du-til"):
        if needed not in names:
            yield topic.problem(f"siden mangler {{{{ {needed} }}}}", "sæt den ind i sit eget afsnit")
    for level in ("emergency", "now"):
        if not any(flag.proposed_level == level for flag in catalogue.red_flags.values()):
            yield topic.problem(f"ingen alarmtegn har niveauet »{level}«", "tilføj dem i data/red_flags.yml")


def check_leaflets_carry_red_flags(catalogue: Catalogue) -> Iterator[Problem]:
    """Patients act on the leaflet alone, so one for citizens always has signs to print on it."""
    if not any(flag.on_paper for flag in catalogue.red_flags.values()):
        for leaflet in catalogue.leaflets.values():
            yield leaflet.problem("ingen alarmtegn er markeret til papir", "sæt on_paper: true i data/red_flags.yml")
