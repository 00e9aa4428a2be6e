"""The service's own description of what may be sent to it, as OpenAPI.

It promises in both directions: what it allows is kept, but for words that give somebody away or cannot be seen, which
no schema can tell; what it does not allow is refused.
"""

from typing import Any

from generator.feedback.sites import Region, Site
from generator.feedback.submission import ANSWERS, QUESTIONS, TEXT_LIMIT, TRAP

REFUSALS = {
    "200": "Send igen med den nye formular", "408": "For langsomt", "413": "For langt", "415": "Ikke en formular",
    "422": "Ret og send igen; intet er gemt", "429": "For mange fra samme sted", "503": "Kan ikke gemmes nu",
}  # fmt: skip
JSON, HTML, PLAIN = "application/json", "text/html", "text/plain"
REFUSAL = {
    "type": "object", "required": ["status", "says", "problems"], "properties": {
        "status": {"type": "string"}, "says": {"type": "string"},
        "problems": {"type": "array", "items": {
            "type": "object", "required": ["field", "says"],
            "properties": {"field": {"type": "string"}, "says": {"type": "string"}},
        }},
    },
}  # fmt: skip
_KEPT = {
    "type": "object", "required": ["status", "thanks"],
    "properties": {"status": {"const": "kept"}, "thanks": {"type": "string", "format": "uri"}},
}  # fmt: skip


def description(site: Site) -> dict[str, Any]:
    """Return the description; the regions, pages and leaflets are those of the site."""
    form = {"application/x-www-form-urlencoded": {"schema": _form(site)}}
    answers = {code: _answer(says, {HTML: {}, JSON: {"schema": REFUSAL}}) for code, says in REFUSALS.items()}
    kept = {"201": _answer("Gemt", {JSON: {"schema": _KEPT}}), "303": {"description": "Gemt; til takkesiden"}}
    region = {"name": "region", "in": "query", "required": True, "schema": {"enum": sorted(site.regions)}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Feedback", "version": "1"},
        "paths": {
            "/v1/feedback": {"post": {
                "requestBody": {"required": True, "content": form}, "responses": {**kept, **answers},
            }},
            "/v1/token": _simple(JSON, region),
            **{path: _simple(JSON) for path in ("/v1/openapi.json", "/health/live", "/health/ready")},
            "/metrics": _simple(PLAIN),
        },
    }  # fmt: skip


def _form(site: Site) -> dict[str, Any]:
    """Return the schema of the form: an answer or some words, about something that the region has."""
    fields: dict[str, Any] = {
        "region": {"enum": sorted(site.regions)},
        "about": {"type": "string", "description": "page:<adresse>, leaflet:<kode> eller tom"},
        **{name: {"enum": ["", *ANSWERS], "description": question} for name, question in QUESTIONS.items()},
        "text": {"type": "string", "description": f"Højst {TEXT_LIMIT} tegn; usynlige tegn tæller ikke med"},
        "token": {"type": "string", "description": "Fra /v1/token"},
        "id": {"type": "string", "description": "Tilfældige tegn, 8-64 af A-Z a-z 0-9 _ -; gør to ens til én"},
        "work": {"type": "string", "description": "Svar på det lille regnestykke"},
        TRAP: {"type": "string", "description": "Skal være tom; ellers skal man sende en gang til"},
    }
    said = [{"required": [name], "properties": {name: {"enum": list(ANSWERS)}}} for name in QUESTIONS]
    written = {"required": ["text"], "properties": {"text": {"pattern": r"\S"}}}
    return {
        "type": "object", "required": ["region"], "properties": fields, "additionalProperties": False,
        "allOf": [{"anyOf": [*said, written]}, {"anyOf": [_region(one) for one in site.regions.values()]}],
    }  # fmt: skip


def _region(region: Region) -> dict[str, Any]:
    """Return what may be sent about one region."""
    about = ["", *(f"page:{page}" for page in region.pages), *(f"leaflet:{code}" for code in region.leaflets)]
    return {"properties": {"region": {"const": region.id}, "about": {"enum": about}}}


def _simple(kind: str, *parameters: dict[str, Any]) -> dict[str, Any]:
    refusals = {"404": "Findes ikke", "405": "Kun GET", "422": "Kan ikke læses"}
    kinds: dict[str, Any] = {kind: {}, HTML: {}}
    responses = {
        "200": _answer("OK", {kind: {}}), "503": _answer("Ikke nu", kinds),
        **{code: _answer(words, {HTML: {}}) for code, words in refusals.items()},
    }  # fmt: skip
    return {"get": {"parameters": list(parameters), "responses": responses}}


def _answer(says: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": says, "content": content}
