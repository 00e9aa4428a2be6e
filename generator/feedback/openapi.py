"""The service's own description of what may be sent to it, as OpenAPI."""

from typing import Any

from generator.feedback.sites import Site
from generator.feedback.submission import ANSWERS, QUESTIONS, TEXT_LIMIT, TRAP

REFUSALS = {
    "200": "Send igen med den nye formular", "408": "For langsomt", "413": "For langt", "415": "Ikke en formular",
    "422": "Ret og send igen; intet er gemt", "429": "For mange fra samme sted", "503": "Kan ikke gemmes nu",
}  # fmt: skip


def description(site: Site) -> dict[str, Any]:
    """Return the description; the regions are those of the site."""
    choice = {"type": "string", "enum": ["", *ANSWERS]}
    fields: dict[str, Any] = {
        "region": {"type": "string", "enum": sorted(site.regions)},
        "about": {"type": "string", "maxLength": 200, "description": "page:<adresse>, leaflet:<kode> eller tom"},
        **dict.fromkeys(QUESTIONS, choice),
        "text": {"type": "string", "maxLength": TEXT_LIMIT},
        "token": {"type": "string", "maxLength": 64},
        "id": {"type": "string", "pattern": r"^[A-Za-z0-9_-]{8,64}$"},
        "work": {"type": "string", "maxLength": 20},
        TRAP: {"type": "string", "maxLength": 0, "description": "Skal være tom"},
    }
    body = {"schema": {"type": "object", "required": ["region"], "properties": fields, "additionalProperties": False}}
    answers = {code: {"description": says} for code, says in REFUSALS.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Feedback", "version": "1"},
        "paths": {
            "/v1/feedback": {"post": {
                "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": body}},
                "responses": {
                    "201": {"description": "Gemt (JSON)"}, "303": {"description": "Gemt; til takkesiden"}, **answers,
                },
            }},
            "/v1/token": _simple({"name": "region", "in": "query", "required": True, "schema": fields["region"]}),
            "/v1/openapi.json": _simple(), "/health/live": _simple(), "/health/ready": _simple(), "/metrics": _simple(),
        },
    }  # fmt: skip


def _simple(*parameters: dict[str, Any]) -> dict[str, Any]:
    said = {"200": "OK", "404": "Findes ikke", "422": "Kan ikke læses", "503": "Ikke nu"}
    responses = {code: {"description": words} for code, words in said.items()}
    return {"get": {"parameters": list(parameters), "responses": responses}}
