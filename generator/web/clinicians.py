"""The clinicians' side of a region: what one needs while the patient is there, and where to read on."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from generator import addresses
from generator.codes.short_links import short_link
from generator.draw.flowchart import draw
from generator.model.catalogue import Catalogue
from generator.model.intervention import Intervention
from generator.model.pathway import Pathway
from generator.sender.context import Context
from generator.web import comparisons, figures
from generator.web.leaflet_gallery import cards
from generator.web.page import Page
from generator.web.standard_texts import standard_texts_of, standard_texts_page, worded

PARTS = ("patient", "guidance", "referral", "hotlines", "programme")
"""What the first page is made of, in the order of a visit."""
GUIDELINES = ("guideline", "flowchart", "recommendation")
PROGRAMMES = ("pathway-programme", "summary", "slide-deck", "training")
REFERRALS = ("referral-practice", "standard-text")
FILMS = ("video", "animation", "exercise-video")


def clinician_pages(context: Context) -> Iterator[Page]:
    """Yield a region's pages for clinicians, except the texts."""
    yield _front(context)
    yield standard_texts_page(context)
    for pathway in pathways_of(context):
        yield _pathway(context, pathway)
    if context.profile == "draft":
        yield _for_approvers(context)


def pathways_of(context: Context) -> list[Pathway]:
    """Return the decision paths of the whole country and of the region and its predecessors, in their order."""
    wanted = context.sender.heritage | {"national"}
    found = [pathway for pathway in context.catalogue.pathways.values() if pathway.region in wanted]
    return sorted(found, key=lambda pathway: (pathway.order, pathway.id))


def _front(context: Context) -> Page:
    return Page(
        addresses.CLINICIANS, "clinicians.html", "For fagfolk",
        "Det, du skal bruge, mens patienten er hos dig.",
        partial(_front_values, context), "content/fagfolk", searchable=True,
    )  # fmt: skip


def _front_values(context: Context) -> dict[str, Any]:
    films = _own(context, FILMS)
    explaining = [film for film in films if _explains_a_leaflet(context.catalogue, film)]
    link = short_link(context)
    texts = context.catalogue.topics_in("fagfolk")
    messages = [text for text in standard_texts_of(context) if text.audience == "patients" and text.wording]
    beside = (*figures.figure_pages(context), *comparisons.comparison_pages(context))
    compared = [page for page in beside if page.address.count("/") == 2]  # the lists, not what stands in them
    return {
        "at_hand": {part: [text for text in texts if text.at_hand == part] for part in PARTS},
        "more": [text for text in texts if text.at_hand is None],
        "for_patients": [card for card in cards(context) if card["record"].audience == "citizens"],
        "pathways": pathways_of(context),
        "drawings": [item for item in _own(context, ("flowchart",)) if item.kind == "flowchart"],
        "hotlines": _own(context, ("hotline",)),
        "guidelines": _own(context, GUIDELINES, without="flowchart"),
        "referrals": _own(context, REFERRALS),
        "programmes": [*_own(context, PROGRAMMES), *(f for f in films if f not in explaining)],
        "explaining": explaining,
        "link": link,
        "messages": [(text, worded(text, link)) for text in messages],
        "compared": compared,
        "replies": [text for text in standard_texts_of(context) if text.audience == "colleagues"],
    }


def _explains_a_leaflet(catalogue: Catalogue, film: Intervention) -> bool:
    about = [catalogue.interventions[r.intervention] for r in film.related if r.intervention and r.relation == "about"]
    return any(item.kind == "leaflet" for item in about)


def _own(context: Context, kinds: Sequence[str], without: str = "") -> list[Intervention]:
    """Return what the region itself, or one merged into it, has reported to clinicians of those kinds."""
    return [
        item
        for item in context.offered_to("clinicians")
        if item.region in context.sender.heritage and item.kind in kinds and item.kind != without
    ]


def _pathway(context: Context, pathway: Pathway) -> Page:
    return Page(
        addresses.pathway_page(pathway.id), "pathway.html", pathway.title, pathway.summary,
        partial(_pathway_values, context, pathway), str(pathway.origin.path),
    )  # fmt: skip


def _pathway_values(context: Context, pathway: Pathway) -> dict[str, Any]:
    catalogue = context.catalogue
    steps = list(pathway.in_order())
    cited = list(dict.fromkeys(citation.source for step in steps for citation in step.citations))
    return {
        "pathway": pathway,
        "steps": steps,
        "numbers": {step.id: number for number, step in enumerate(steps, 1)},
        "drawing": draw(pathway),
        "onward": {name: catalogue.pathways[name] for step in steps if (name := step.onward)},
        "places": {step.id: catalogue.cited(step.citations) for step in steps},
        "source_numbers": {name: number for number, name in enumerate(cited, 1)},
        "cited": [catalogue.sources[name] for name in cited],
        "own_drawing": catalogue.interventions[pathway.own_drawing] if pathway.own_drawing else None,
        "topic": pathway,
    }


def _for_approvers(context: Context) -> Page:
    """Return the page on which whoever signs sees what each sign's urgency rests on, and where sources disagree."""
    catalogue = context.catalogue
    levels = [(level, catalogue.red_flags_at(level.id)) for level in catalogue.urgency_levels.values()]
    description = "Hvert tegn med den foreslåede hastegrad, begrundelsen og det, kilderne er uenige om."
    return Page(
        addresses.FOR_APPROVERS, "approvers.html", "Alarmtegn til godkendelse", description,
        lambda: {"levels": levels, "sources": catalogue.sources}, "data/red_flags.yml",
    )  # fmt: skip
