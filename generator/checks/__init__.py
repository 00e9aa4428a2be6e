"""What must be true of a Catalogue; each check is a pure generator of Problems, with the reason in its docstring.

Takes a Catalogue, a day and a profile; gives Problems on their lines.
Never mends, and never reads a file. Door: `find`, `check`.
"""

from dataclasses import dataclass
from datetime import date

from generator.checks import (
    answers,
    comparisons,
    drawings,
    figures,
    freshness,
    lifetimes,
    links,
    logos,
    pathways,
    phones,
    places,
    plain_words,
    publication,
    readability,
    references,
    register,
    safety,
    signatures,
    spelling,
    standard_texts,
    texts,
    voice,
    waivers,
)
from generator.checks.registry import Check, Remember, Severity, Subject, advising, afresh, publishing
from generator.model.catalogue import Catalogue
from generator.model.unread import NOTHING, Unread
from generator.model.waiver import Waiver
from generator.problems import Problem

STRUCTURE = (
    Check("references", references.check_references),
    Check("entrances", references.check_entrances),
    Check("leaflet-sections", references.check_leaflet_sections),
    Check("paper-pages", references.check_paper_has_pages_to_lead_to),
    Check("insertions", texts.check_insertions),
    Check("marks", texts.check_marks),
    Check("typed-phones", phones.check_typed_phones),
    Check("links", links.check_links),
    Check("questions", answers.check_questions),
    Check("headings", answers.check_headings),
    Check("sections", answers.check_sections),
    Check("citations", answers.check_citations),
    Check("figures", figures.check_figures),
    Check("sheet-figures", figures.check_sheet_figures),
    Check("pathway-steps", pathways.check_steps),
    Check("pathway-ways", pathways.check_ways),
    Check("pathway-rings", pathways.check_rings),
    Check("pathway-reached", pathways.check_reached),
    Check("pathway-drawing", pathways.check_drawing),
    Check("pathway-onward", pathways.check_onward),
    Check("drawings", drawings.check_drawings),
    Check("drawing-sentences", drawings.check_sentences),
    Check("worksheets", comparisons.check_worksheets),
    Check("comparison-addresses", comparisons.check_addresses),
    Check("lifetimes", lifetimes.check_lifetimes),
    Check("overlaps", lifetimes.check_overlaps),
    Check("shared-areas", lifetimes.check_shared_areas),
    Check("review-dates", lifetimes.check_reviews),
    Check("successors", lifetimes.check_successors),
    Check("register-chain", register.check_chain),
    Check("register-codes", register.check_codes),
    Check("register-course", register.check_course),
    Check("frozen-words", register.check_frozen_words),
    Check("phone-numbers", places.check_phones_have_numbers),
    Check("reserved-names", places.check_reserved_names),
    Check("municipality-codes", places.check_municipality_codes),
    Check("palettes", places.check_palettes),
    Check("logos", logos.check_logos),
    Check("areas-taken", places.check_areas_are_taken),
    Check("patient-messages", standard_texts.check_wordings),
    Check("placeholders", standard_texts.check_placeholders),
    Check("urgency-levels", safety.check_levels),
    Check("paper-lines", safety.check_paper_lines),
)
"""What stops any build: broken references, links, lifetimes and places. Asked when the files are read."""

DAILY = (
    Check("numbers-to-call", places.check_numbers),
    Check("confirmations", lifetimes.check_confirmations),
    Check("help-topic", safety.check_help_topic),
    Check("leaflet-signs", safety.check_leaflets_carry_red_flags),
    Check("leaflet-codes", register.check_every_leaflet_has_codes),
    Check("waivers", waivers.check_waivers),
    advising("sources-used", references.check_sources_used),
    advising("sources-superseded", references.check_sources_superseded),
    advising("lix", readability.check_lix),
    advising("sign-lix", readability.check_red_flag_lix),
    advising("sentence-length", readability.check_sentence_length),
    advising("sign-length", readability.check_sign_length),
    advising("paragraph-length", readability.check_paragraph_length),
    advising("passives", voice.check_passives),
    advising("heavy-nouns", voice.check_nouns),
    advising("hard-words", plain_words.check_hard_words),
    advising("terms", plain_words.check_terms),
    advising("shares", plain_words.check_shares),
    advising("spelling", spelling.check_spelling),
    publishing("code-host", publication.check_code_host),
    publishing("sources-in-force", publication.check_sources),
    publishing("mandates", publication.check_mandates),
    publishing("accessibility-statements", publication.check_accessibility_statements),
    publishing("statement-dates", publication.check_statement_dates),
    publishing("hosting", publication.check_hosting),
    publishing("contacts", publication.check_contacts),
    publishing("own-sites", publication.check_own_sites),
    publishing("crisis-routes", publication.check_crisis_routes),
    publishing("confirmed-phones", publication.check_confirmed_phones),
    publishing("text-routes", publication.check_text_routes),
    publishing("title-permissions", publication.check_title_permissions),
    publishing("owners", publication.check_owners),
    publishing("reviews-held", publication.check_reviews_held),
    Check("reviews-overdue", freshness.check_overdue_reviews, draft="advice", publish="advice"),
    Check("phones-ageing", freshness.check_ageing_phones, draft="advice", publish="advice"),
    publishing("reviews-in-time", freshness.check_reviews_in_time),
    publishing("phones-fresh", freshness.check_confirmed_phones_are_fresh),
    publishing("texts-signed", signatures.check_texts_signed),
    publishing("signs-signed", signatures.check_signs_signed),
    publishing("blocks-signed", signatures.check_blocks_signed),
    publishing("figures-signed", signatures.check_figures_signed),
    publishing("leaflets-signed", signatures.check_leaflets_signed),
)
"""What the day and the profile add."""

CHECKS = STRUCTURE + DAILY


@dataclass(frozen=True)
class Findings:
    """What was found on a day, in the order of files and lines."""

    errors: tuple[Problem, ...]
    advice: tuple[Problem, ...] = ()
    """What is told and stops nothing."""
    waived: tuple[tuple[Problem, Waiver], ...] = ()
    """What somebody has accepted for a time, with the reason."""


def check_structure(catalogue: Catalogue, unread: Unread = NOTHING) -> list[Problem]:
    """Return what stops any build: broken references, links, lifetimes and places.

    `unread` holds the traces of records that could not be read, so that one mistake is not reported twice.
    """
    subject = Subject(catalogue, unread=unread)
    return sorted({problem for check in STRUCTURE for problem in check.problems(subject)})


def check(catalogue: Catalogue, as_of: date, profile: str) -> list[Problem]:
    """Return every problem on the day: those of a draft, and for `publish` all that stands in the way of it."""
    return sorted({*check_structure(catalogue), *check_day(catalogue, as_of, profile)})


def check_day(catalogue: Catalogue, as_of: date, profile: str, region: str | None = None) -> list[Problem]:
    """Return what the day and the profile add, for a Catalogue whose structure `load` has checked.

    A region's id leaves out what only concerns the publication of other regions.
    """
    return list(find(catalogue, as_of, profile, region, ("error",)).errors)


def check_publication(catalogue: Catalogue, as_of: date, region: str | None = None) -> list[Problem]:
    """Return what only publication asks for, of one region or of all."""
    subject = Subject(catalogue, as_of, region)
    asked = [check for check in DAILY if check.severity("draft") == "off"]
    return sorted({problem for check in asked for problem in check.problems(subject)})


def find(
    catalogue: Catalogue, as_of: date, profile: str, region: str | None = None,
    severities: tuple[Severity, ...] = ("error", "advice"), remember: Remember = afresh,
) -> Findings:  # fmt: skip
    """Return all that the day's checks find, advice and what has been waived included.

    `remember` may keep what was found in texts that are unchanged; the answer is the same without it.
    """
    waivable_checks = {check.id: check.waivable for check in CHECKS}
    subject = Subject(catalogue, as_of, region, waivable=waivable_checks, remember=remember)
    asked = [check for check in DAILY if check.severity(profile) in severities]
    found = sorted({problem for check in asked for problem in check.problems(subject)})
    waivable = {check.id for check in asked if check.waivable}
    standing, waived, idle = waivers.sorted_out(found, catalogue.waivers.values(), waivable, as_of)
    advising = {check.id for check in asked if check.severity(profile) == "advice"}
    return Findings(
        errors=tuple(p for p in standing if p.check not in advising),
        advice=tuple(sorted([*(p for p in standing if p.check in advising), *idle])),
        waived=waived,
    )
