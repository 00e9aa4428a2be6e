"""The clinicians' side of a region: what one needs while the patient is there, and where to read on."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator import addresses
from generator.flowchart import draw
from generator.insertions import Setting
from generator.model.pathway import Pathway, Step
from generator.offers import offered_to
from generator.page import Page
from generator.plan import Plan


def pages(setting: Setting, plan: Plan) -> Iterator[Page]:
    """Yield a region's pages for clinicians, except the texts."""
    yield _front(setting)
    for pathway in pathways_of(setting):
        yield _pathway(setting, pathway)
    if plan.profile == "draft":
        yield _for_approvers(setting)


def pathways_of(setting: Setting) -> list[Pathway]:
    """Return the decision paths of the whole country and of the region and its predecessors, in their order."""
    wanted = setting.sender.heritage | {"national"}
    found = [pathway for pathway in setting.catalogue.pathways.values() if pathway.region in wanted]
    return sorted(found, key=lambda pathway: (pathway.order, pathway.id))


def _front(setting: Setting) -> Page:
    texts = [(t, addresses.topic_page("fagfolk", t.id)) for t in setting.catalogue.topics_in("fagfolk")]
    items = offered_to(setting, "clinicians")
    values = {"texts": texts, "items": items, "pathways": pathways_of(setting)}
    return Page(
        addresses.CLINICIANS, "clinicians.html", "For fagfolk",
        "Foldere, retningslinjer, hotlines og regionens indsatser.",
        lambda: values, "content/fagfolk",
    )  # fmt: skip


def _pathway(setting: Setting, pathway: Pathway) -> Page:
    return Page(
        addresses.pathway_page(pathway.id), "pathway.html", pathway.title, pathway.summary,
        partial(_pathway_values, setting, pathway), str(pathway.origin.path),
    )  # fmt: skip


def _pathway_values(setting: Setting, pathway: Pathway) -> dict[str, Any]:
    catalogue = setting.catalogue
    steps = list(pathway.in_order())
    cited = list(dict.fromkeys(citation.source for step in steps for citation in step.citations))
    return {
        "pathway": pathway,
        "steps": steps,
        "numbers": {step.id: number for number, step in enumerate(steps, 1)},
        "drawing": draw(pathway),
        "onward": {name: catalogue.pathways[name] for step in steps if (name := step.onward)},
        "places": {step.id: _places(step) for step in steps},
        "source_numbers": {name: number for number, name in enumerate(cited, 1)},
        "cited": [catalogue.sources[name] for name in cited],
        "own_drawing": catalogue.interventions[pathway.own_drawing] if pathway.own_drawing else None,
        "topic": pathway,
    }


def _places(step: Step) -> dict[str, str]:
    """Return the sources of a step, each with all the places in it that the step rests on."""
    found: dict[str, list[str]] = {}
    for citation in step.citations:
        place = [citation.place or "", f"l. {citation.lines}" if citation.lines else ""]
        found.setdefault(citation.source, []).append(", ".join(filter(None, place)))
    return {source: "; ".join(filter(None, places)) for source, places in found.items()}


def _for_approvers(setting: Setting) -> Page:
    """Return the page on which whoever signs sees what each sign's urgency rests on, and where sources disagree."""
    catalogue = setting.catalogue
    levels = [(level, catalogue.red_flags_at(level.id)) for level in catalogue.urgency_levels.values()]
    description = "Hvert tegn med den foreslåede hastegrad, begrundelsen og det, kilderne er uenige om."
    return Page(
        addresses.FOR_APPROVERS, "approvers.html", "Alarmtegn til godkendelse", description,
        lambda: {"levels": levels, "sources": catalogue.sources}, "data/red_flags.yml",
    )  # fmt: skip
