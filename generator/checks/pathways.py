"""Checks of decision paths: each can be walked from its first step to an end, whatever the answers."""

from collections.abc import Iterator
from dataclasses import replace

from generator.danish import instead
from generator.draw.flowchart import MOST_LANES, lanes_of
from generator.model.catalogue import Catalogue
from generator.model.pathway import Pathway, Step, Way
from generator.model.record import Location
from generator.problems import Problem

YES, NO = "ja", "nej"


def check_steps(catalogue: Catalogue) -> Iterator[Problem]:
    """A step asks or tells, not both; a question has answers to choose between, and an action says where it leads."""
    for pathway in catalogue.pathways.values():
        for index, step in enumerate(pathway.steps):
            for message, remedy, *key in _faults(step):
                yield pathway.problem(message, remedy, "steps", index, *key)


def check_ways(catalogue: Catalogue) -> Iterator[Problem]:
    """Whoever follows an answer must arrive at one step, and at no other."""
    for pathway in catalogue.pathways.values():
        yield from _twice(pathway)
        ids = [step.id for step in pathway.steps]
        for at, way in ((at, way) for at, way in _ways(pathway) if way.to not in ids):
            yield pathway.problem(f"trinnet »{way.to}« findes ikke", instead(way.to, ids, "skriv et af"), *at)


def check_rings(catalogue: Catalogue) -> Iterator[Problem]:
    """A path that leads back to where one has been never ends, and cannot be drawn from the top down."""
    for pathway in catalogue.pathways.values():
        for at, way in _backward(pathway):
            message = f"trinnet »{way.to}« er man allerede kommet fra, så vejen går i ring"
            yield pathway.problem(message, "lad det føre til et senere trin, eller skriv ends: true", *at)


def check_onward(catalogue: Catalogue) -> Iterator[Problem]:
    """A path that everybody may read leads on only to such a path, or a reader elsewhere would meet a dead link."""
    for pathway in catalogue.pathways.values():
        for index, step in enumerate(pathway.steps):
            other = catalogue.pathways.get(step.onward or "")
            if other and other.region not in ("national", pathway.region):
                message = f"»{other.title}« vises ikke i alle de regioner, hvor denne vej vises"
                remedy = "slet linjen, eller vælg en vej med region: national"
                yield pathway.problem(message, remedy, "steps", index, "onward")


def check_reached(catalogue: Catalogue) -> Iterator[Problem]:
    """A step that no answer leads to is never read; an action that somebody needed may stand in it.

    Asked only where nothing else is wrong, since a missing answer leaves what it led to unreached as well; and told
    of the first step alone where several follow each other.
    """
    for pathway in catalogue.pathways.values():
        one = replace(catalogue, pathways={pathway.id: pathway})
        if any(True for check in (check_steps, check_ways, check_rings) for _ in check(one)):
            continue
        led_to = {way.to for _, way in _ways(pathway)}
        for index, step in enumerate(pathway.steps[1:], 1):
            if step.id not in led_to:
                message = f"ingen vej fører til trinnet »{step.id}«"
                yield pathway.problem(message, f"skriv to: {step.id} ved et svar, eller slet trinnet", "steps", index)


def check_drawing(catalogue: Catalogue) -> Iterator[Problem]:
    """Every path is drawn, on a screen that may be as narrow as a phone's."""
    for pathway in catalogue.pathways.values():
        known = {step.id for step in pathway.steps}
        is_whole = len(known) == len(pathway.steps) and all(way.to in known for _, way in _ways(pathway))
        if is_whole and max(lanes_of(list(pathway.in_order())).values(), default=0) >= MOST_LANES:
            message = "vejen springer over så mange trin, at den ikke kan tegnes"
            yield pathway.problem(message, "del den i to, og lad den ene føre videre med onward: …", "steps")


_Fault = tuple[str, str, *tuple[str | int, ...]]


def _faults(step: Step) -> Iterator[_Fault]:
    if (step.question is None) == (step.action is None):
        neither, both = "hverken et spørgsmål eller en handling", "både et spørgsmål og en handling"
        found = neither if step.question is None else both
        yield f"trinnet »{step.id}« er {found}", "skriv enten question: … eller action: …"
    elif step.question is not None:
        yield from _faults_of_question(step)
    else:
        yield from _faults_of_action(step)


def _faults_of_question(step: Step) -> Iterator[_Fault]:
    if step.then or step.ends:
        key = "then" if step.then else "ends"
        yield f"»{step.id}« er et spørgsmål og har »{key}«", "slet linjen; svarene siger, hvor vejen går hen", key
    given = [answer.answer.lower() for answer in step.answers]
    if not given:
        yield f"spørgsmålet »{step.id}« har ingen svar", "skriv svarene under answers: {answer: …, to: …}"
    elif missing := _missing(given):
        yield f"spørgsmålet »{step.id}« mangler svaret »{missing}«", "tilføj det under answers", "answers"
    elif len(given) == 1:
        yield f"spørgsmålet »{step.id}« har kun ét svar", "tilføj de andre svar, eller gør det til action: …", "answers"
    for index, answer in enumerate(given):
        if answer in given[:index]:
            yield f"svaret »{step.answers[index].answer}« står to gange", "slet det ene", "answers", index


def _faults_of_action(step: Step) -> Iterator[_Fault]:
    if step.answers:
        yield f"»{step.id}« er en handling og har svar", "skriv question: i stedet for action:", "answers"
    elif step.then and step.ends:
        yield f"»{step.id}« både fører videre og slutter", "slet enten then eller ends", "ends"
    elif not step.then and not step.ends:
        yield f"»{step.id}« fører ingen steder hen", "skriv then: og næste trin, eller ends: true"


def _missing(given: list[str]) -> str | None:
    """Return the other half of a yes or a no that stands alone."""
    alone = given[0].split()[0].strip(",.:") if len(given) == 1 else ""
    return {YES: NO, NO: YES}.get(alone, "").capitalize() or None


def _twice(pathway: Pathway) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, step in enumerate(pathway.steps):
        if first.setdefault(step.id, index) != index:
            message = f"id'et »{step.id}« er allerede brugt i {pathway.origin.at('steps', first[step.id], 'id')}"
            yield pathway.problem(message, "vælg et andet", "steps", index, "id")


def _ways(pathway: Pathway) -> Iterator[tuple[Location, Way]]:
    for index, step in enumerate(pathway.steps):
        for way in step.ways:
            yield ("steps", index, *way.location), way


def _backward(pathway: Pathway) -> Iterator[tuple[Location, Way]]:
    """Yield the ways that lead to a step one has come through, walking from every step in the order written."""
    steps = {step.id: (index, step) for index, step in reversed(list(enumerate(pathway.steps)))}
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> Iterator[tuple[Location, Way]]:
        index, step = steps[name]
        for way in step.ways:
            if way.to in (*trail, name):
                yield ("steps", index, *way.location), way
            elif way.to in steps and way.to not in done:
                yield from walk(way.to, (*trail, name))
        done.add(name)

    for name in dict.fromkeys(step.id for step in pathway.steps):
        if name not in done:
            yield from walk(name, ())
