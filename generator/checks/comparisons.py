"""Checks of comparisons: the lists that worksheets ask about exist, and pages have addresses of their own."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.addresses import CLINICIANS_RESERVED
from generator.checks.places import name_is_taken
from generator.danish import instead
from generator.model.catalogue import Catalogue
from generator.problems import Problem


def check_worksheets(catalogue: Catalogue) -> Iterator[Problem]:
    """A sheet whose questions were moved would be printed with lines and nothing to answer."""
    for comparison in catalogue.comparisons.values():
        exercises = comparison.worksheet.exercises if comparison.worksheet else ()
        for place, exercise in enumerate(exercises):
            topic = catalogue.topics.get(exercise.topic)
            if topic is None:
                continue
            location = ("worksheet", "exercises", place, "section")
            lists = _lists(topic.body.tree)
            if exercise.section not in lists:
                message = f"»{topic.title}« har ingen overskrift med adressen »{exercise.section}«"
                yield comparison.problem(message, instead(exercise.section, lists, "skriv en af"), *location)
            elif not lists[exercise.section]:
                message = "der er ingen liste med tal under overskriften"
                yield comparison.problem(message, "skriv punkterne som 1. 2. 3. i teksten", *location)


def check_addresses(catalogue: Catalogue) -> Iterator[Problem]:
    """Two pages cannot lie at one address."""
    for comparison in catalogue.comparisons.values():
        if comparison.id in CLINICIANS_RESERVED:
            yield name_is_taken(comparison)
    taken = {*CLINICIANS_RESERVED, *catalogue.comparisons}
    for topic in catalogue.topics_in("fagfolk"):
        if topic.id in taken:
            yield name_is_taken(topic)


def _lists(tree: Element) -> dict[str, bool]:
    """Return the anchor of every heading, with whether a numbered list stands under it."""
    found: dict[str, bool] = {}
    heading = ""
    for element in tree:
        if element.tag == "h2":
            heading = element.get("id") or ""
            found[heading] = False
        elif element.tag == "ol" and heading:
            found[heading] = True
    return found
