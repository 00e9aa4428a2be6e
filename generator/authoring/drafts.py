"""Answers → the files of a draft that says what is known and leaves the rest open."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from generator.authoring.forms import Answers
from generator.authoring.yaml_edits import EditError, with_item, with_value
from generator.model.catalogue import Catalogue

NEUTRAL = {"ink": "#0B4F6C", "tint": "#E6F1F5", "dark_ink": "#8CCBE6"}
"""Colours that are nobody's own and that people with low vision can read; a region puts in its own."""
UNWRITTEN = "Teksten er ikke skrevet endnu."
_PLAIN = re.compile(r"[A-Za-zÆØÅæøå0-9][^:#\[\]{},\"'|>&*!%@`\\]*[^\s:#\[\]{},\"'|>&*!%@`\\]|[A-Za-zÆØÅæøå]")
_NOT_TEXT = re.compile(r"[-+]?[\d. ]+(?:[eE][-+]?\d+)?|0[xo].*|null|true|false|yes|no|on|off|y|n", re.IGNORECASE)
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Draft:
    """What is to be written, whole files by their paths, and what an author does next."""

    new: Mapping[str, str]
    changed: Mapping[str, str] = field(default_factory=dict)
    next: tuple[str, ...] = ()


def region(answers: Answers, catalogue: Catalogue, texts: Mapping[str, str]) -> Draft:
    """Return a region; those that it replaces get their last day and a successor."""
    begins = str(answers["valid-from"])
    last = str(date.fromisoformat(begins) - timedelta(days=1)) if begins else "null"
    changed = {}
    for name in answers["replaces"]:
        path = f"data/regions/{name}.yml"
        ended = with_value(texts[path], (), "valid_to", last)
        heirs = [*catalogue.regions[name].successors, answers["id"]]
        changed[path] = with_value(ended, (), "successors", _inline(heirs))
    record = {
        "name": answers["name"], "short_name": answers["short-name"], "areas": list(answers["area"]),
        "valid_from": begins or None, "valid_to": None, "successors": [], "palette": NEUTRAL,
        "contact": {"email": None, "phone": None}, "accessibility_statement": None, "crisis_route": None,
        "publisher_mandate": None, "citations": [],
    }  # fmt: skip
    following = ("Ret farverne under palette, når regionen har oplyst sine egne.",
                 "Skal den dele foldere ud, så skriv dens id under senders i folderens fil.")  # fmt: skip
    return Draft({f"data/regions/{answers['id']}.yml": block(record)}, changed, following)


def topic(answers: Answers, catalogue: Catalogue, texts: Mapping[str, str]) -> Draft:
    """Return a text with its questions as headings and nothing under them that anybody could take for an answer."""
    record = {
        "title": answers["title"], "promise": answers["promise"], "summary": answers["summary"],
        "audience": answers["audience"], "language": "da", "order": int(str(answers["order"])),
        "questions": list(answers["question"]), "owner": None, "sources": [], "next": [], "touches_mood": False,
        "last_reviewed": None, "review_due": None, "approved_by": None,
    }  # fmt: skip
    body = "\n".join(f"## {question}\n\n{UNWRITTEN}\n" for question in answers["question"]) or f"{UNWRITTEN}\n"
    following = (f"Skriv afsnittene. Der står »{UNWRITTEN}«, hvor der mangler noget.",
                 "Skriv kilderne under sources, og henvis til dem i teksten: {{ kilde: … }}")  # fmt: skip
    path = f"content/{answers['section']}/{answers['id']}.md"
    return Draft({path: f"---\n{block(record)}---\n{body}"}, next=following)


def intervention(answers: Answers, catalogue: Catalogue, texts: Mapping[str, str]) -> Draft:
    """Return an initiative at the end of its region's file."""
    citation = {"source": answers["source"], "place": answers["place"]}
    record = {
        "id": answers["id"], "region": answers["region"], "audience": answers["audience"], "kind": answers["kind"],
        "scope": answers["scope"], "site": answers["site"], "status": answers["status"], "counted": False,
        "title": answers["title"], "title_is_official": answers["official"] == "true", "summary": answers["summary"],
        "urls": list(answers["url"]),
        "citations": [{key: value for key, value in citation.items() if value}],
        "verified_on": None,
    }  # fmt: skip
    known = (i.origin.path for i in catalogue.interventions.values() if i.region == answers["region"])
    path = str(next(known, f"data/interventions/{answers['region']}.yml"))
    item = block({key: value for key, value in record.items() if value not in ("", [])})
    following = ("Skriv det, kilden siger, under facts, duration og availability. Udelad resten.",)
    if path not in texts:
        return Draft({path: with_item("interventions:\n", ("interventions",), item)}, next=following)
    return Draft({}, {path: with_item(texts[path], ("interventions",), item)}, following)


def leaflet(answers: Answers, catalogue: Catalogue, texts: Mapping[str, str]) -> Draft:
    """Return a leaflet of whole texts; one for clinicians carries no signs."""
    record = {
        "title": answers["title"], "promise": answers["promise"], "audience": answers["audience"],
        "parts": [{"topic": name} for name in answers["topic"]], "landing_topic": answers["landing-topic"],
        "formats": list(answers["format"]), "senders": list(answers["sender"]),
        "origin_notice": answers["origin-notice"], "title_permission": None, "approved_by": None,
    }  # fmt: skip
    if answers["audience"] == "clinicians":
        record["signs"] = []
    following = ("Giv folderen dens koder: .venv/bin/borgerinfo release --draft",
                 "Er titlen jeres egen, så skriv det i title_permission. Ellers skal ejeren give lov.")  # fmt: skip
    return Draft({f"data/leaflets/{answers['id']}.yml": block(record)}, next=following)


def phone(answers: Answers, catalogue: Catalogue, texts: Mapping[str, str]) -> Draft:
    """Return a number at the end of its area's; the one that it replaces gets its last day.

    It ends itself before one that is known to come after it. Raises EditError where there would be two at a time.
    """
    path, begins = "data/areas.yml", str(answers["valid-from"])
    place = list(catalogue.areas).index(str(answers["area"]))
    text = texts[path]
    phones = catalogue.areas[str(answers["area"])].phones
    others = [other for other in phones if other.purpose == answers["purpose"]]
    if not begins and others:
        raise EditError("området har et nummer til det samme – skriv den dag, det nye gælder fra (--valid-from)")
    if any(str(other.valid_from) == begins for other in others):
        raise EditError("området har et nummer til det samme, der gælder fra den dag – ret det, som står der")
    for index, earlier in enumerate(phones):
        if begins and earlier.purpose == answers["purpose"] and earlier.is_valid_on(date.fromisoformat(begins)):
            last = date.fromisoformat(begins) - timedelta(days=1)
            text = with_value(text, ("areas", place, "phones", index), "valid_to", str(last))
    record = {
        "purpose": answers["purpose"], "name": answers["name"], "number": answers["number"] or None,
        "hours": answers["hours"], "hours_in_english": answers["hours-in-english"], "number_abroad": None,
        "citations": [{"source": answers["source"]}] if answers["source"] else [], "verified_on": None,
        "valid_from": begins or None,
    }  # fmt: skip
    if later := [other.valid_from for other in others if other.valid_from and str(other.valid_from) > begins]:
        record["valid_to"] = str(min(later) - timedelta(days=1))
    following = ("Bed regionen bekræfte nummeret skriftligt, og skriv datoen i verified_on.",
                 "Papir, der er trykt, har det gamle nummer: se »Når et nummer ændres« i VEJLEDNING.md.")  # fmt: skip
    return Draft({}, {path: with_item(text, ("areas", place, "phones"), block(record))}, following)


DRAFTS = {"region": region, "topic": topic, "intervention": intervention, "leaflet": leaflet, "phone": phone}


def block(record: Mapping[str, Any]) -> str:
    """Return a record as an author would write it: a key on each line, and lists of records an item on each."""
    lines = []
    for key, value in record.items():
        if isinstance(value, list) and value and not all(_is_word(item) for item in value):
            lines += [f"{key}:", *(f"- {item if _is_address(item) else _inline(item)}" for item in value)]
        else:
            lines.append(f"{key}: {_inline(value)}")
    return "\n".join(lines) + "\n"


def _is_word(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9-]+", value) is not None


def _is_address(value: object) -> bool:
    """Say whether it is an address that needs no quotation marks where it has a line of its own."""
    return isinstance(value, str) and re.fullmatch(r"https://[\w./%?=&~+-]*[\w/]", value) is not None


def _inline(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, str):
        is_plain = _A_DAY.fullmatch(value) or (_PLAIN.fullmatch(value) and not _NOT_TEXT.fullmatch(value))
        return value if is_plain else json.dumps(value, ensure_ascii=False)
    return "null" if value is None else str(value).lower()
