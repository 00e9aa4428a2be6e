"""What must be true of a Catalogue; each check is a pure generator of Problems, with the reason in its docstring."""

from datetime import date

from generator.checks import (
    answers,
    comparisons,
    drawings,
    figures,
    lifetimes,
    links,
    logos,
    pathways,
    phones,
    places,
    publication,
    references,
    register,
    safety,
    sending,
    texts,
)
from generator.model.catalogue import Catalogue
from generator.model.unread import NOTHING, Unread
from generator.problems import Problem


def check_structure(catalogue: Catalogue, unread: Unread = NOTHING) -> list[Problem]:
    """Return what stops any build: broken references, links, lifetimes and places.

    `unread` holds the traces of records that could not be read, so that one mistake is not reported twice.
    """
    return sorted({
        *references.check_references(catalogue, unread),
        *references.check_entrances(catalogue, unread),
        *references.check_leaflet_sections(catalogue),
        *references.check_paper_has_pages_to_lead_to(catalogue),
        *texts.check_insertions(catalogue, unread),
        *texts.check_marks(catalogue, unread),
        *phones.check_typed_phones(catalogue, unread),
        *links.check_links(catalogue, unread),
        *answers.check_questions(catalogue),
        *answers.check_headings(catalogue),
        *answers.check_sections(catalogue),
        *answers.check_citations(catalogue),
        *figures.check_figures(catalogue),
        *figures.check_sheet_figures(catalogue),
        *pathways.check_steps(catalogue),
        *pathways.check_ways(catalogue),
        *pathways.check_rings(catalogue),
        *pathways.check_reached(catalogue),
        *pathways.check_drawing(catalogue),
        *pathways.check_onward(catalogue),
        *drawings.check_drawings(catalogue),
        *drawings.check_sentences(catalogue),
        *comparisons.check_worksheets(catalogue),
        *comparisons.check_addresses(catalogue),
        *lifetimes.check_lifetimes(catalogue),
        *lifetimes.check_reviews(catalogue),
        *lifetimes.check_successors(catalogue),
        *register.check_chain(catalogue),
        *register.check_codes(catalogue),
        *register.check_course(catalogue),
        *register.check_frozen_words(catalogue),
        *places.check_phones_have_numbers(catalogue),
        *places.check_reserved_names(catalogue),
        *places.check_municipality_codes(catalogue),
        *places.check_palettes(catalogue),
        *logos.check_logos(catalogue),
        *places.check_areas_are_taken(catalogue, unread),
        *sending.check_wordings(catalogue),
        *sending.check_placeholders(catalogue),
        *safety.check_levels(catalogue, unread),
        *safety.check_paper_lines(catalogue),
    })  # fmt: skip


def check(catalogue: Catalogue, as_of: date, profile: str) -> list[Problem]:
    """Return every problem on the day: those of a draft, and for `publish` all that stands in the way of it."""
    return sorted({*check_structure(catalogue), *check_day(catalogue, as_of, profile)})


def check_day(catalogue: Catalogue, as_of: date, profile: str, region: str | None = None) -> list[Problem]:
    """Return what the day and the profile add, for a Catalogue whose structure `load` has checked.

    A region's id leaves out what only concerns the publication of other regions.
    """
    problems = {
        *places.check_numbers(catalogue, as_of),
        *lifetimes.check_confirmations(catalogue, as_of),
        *safety.check_help_topic(catalogue),
        *safety.check_leaflets_carry_red_flags(catalogue),
        *register.check_every_leaflet_has_codes(catalogue),
    }
    if profile == "publish":
        problems |= {*publication.check_publication(catalogue, as_of, region)}
    return sorted(problems)
