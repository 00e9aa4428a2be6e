"""The service's own pages: what they look like, and the headers that keep them harmless."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from rcssmin import cssmin

from generator.feedback.sites import Site
from generator.feedback.submission import ANSWERS, QUESTIONS, TEXT_LIMIT, TRAP
from generator.feedback.web import Response, typed

TEMPLATES = Path(__file__).with_name("templates")
_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


@cache
def environment() -> jinja2.Environment:
    """Return the templates; every value is escaped, and a slip in one is an error rather than a gap."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    found.filters |= {"day": day_in_words, "month": month_in_words}
    return found


def day_in_words(day: str) -> str:
    """Return a day as a person writes it: 1. maj 2026."""
    return f"{int(day[8:10])}. {month_in_words(day)}"


def month_in_words(month: str) -> str:
    """Return a month as a person writes it: maj 2026."""
    return f"{_MONTHS[int(month[5:7]) - 1]} {month[:4]}"


@cache
def style() -> str:
    """Return the one style sheet, without the comments and blanks that make its source readable."""
    return str(cssmin((TEMPLATES / "style.css").read_text("utf-8")))


@cache
def _policy(targets: str) -> bytes:
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self'{targets}; "
        "base-uri 'none'; frame-ancestors 'none'"
    ).encode()


def page(template: str, status: int, site: Site, **values: Any) -> Response:
    """Return a page; forms on it may only be sent to the service, and only our own site may follow."""
    common = {
        "style": style(), "site": site, "questions": QUESTIONS, "answers": ANSWERS, "limit": TEXT_LIMIT, "trap": TRAP,
    }  # fmt: skip
    text = environment().get_template(template).render(common | values)
    targets = "".join(f" {origin}" for origin in sorted(site.origins))
    return Response(status, text.encode("utf-8", "replace"), typed(
        "text/html; charset=utf-8", (b"content-security-policy", _policy(targets)),
    ))  # fmt: skip
