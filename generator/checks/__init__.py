"""What must be true of a Catalogue; each check is a pure generator of Problems, with the reason in its docstring."""

from collections.abc import Mapping
from datetime import date

from generator.checks import lifetimes, places, publication, references, safety, texts
from generator.model.catalogue import Catalogue
from generator.problems import Problem

Known = Mapping[str, frozenset[str]]


def check_structure(catalogue: Catalogue, known: Known | None = None) -> list[Problem]:
    """Return what stops any build: broken references, links, lifetimes and places.

    `known` names records that exist but could not be read, so that one mistake is not reported twice.
    """
    return sorted({
        *references.check_references(catalogue, known or {}),
        *texts.check_insertions(catalogue, known or {}),
        *texts.check_links(catalogue, known or {}),
        *texts.check_questions(catalogue),
        *texts.check_citations(catalogue),
        *texts.check_typed_phones(catalogue),
        *lifetimes.check_lifetimes(catalogue),
        *places.check_reserved_names(catalogue),
        *places.check_palettes(catalogue),
        *places.check_file_matches_region(catalogue),
        *safety.check_levels(catalogue),
    })  # fmt: skip


def check(catalogue: Catalogue, as_of: date, profile: str) -> list[Problem]:
    """Return every problem on the day: those of a draft, and for `publish` all that stands in the way of it."""
    problems = {
        *check_structure(catalogue),
        *places.check_numbers(catalogue, as_of),
        *safety.check_help_topic(catalogue),
        *safety.check_leaflets_carry_red_flags(catalogue),
    }
    if profile == "publish":
        problems |= {*publication.check_publication(catalogue, as_of)}
    return sorted(problems)
