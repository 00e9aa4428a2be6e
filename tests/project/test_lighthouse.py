"""What `make lighthouse` makes of Lighthouse's answers, and what it says where Lighthouse cannot be had."""

from pathlib import Path
from typing import Any

import pytest

from tests.bench.auditing import CATEGORIES, MEASURES, MissingError, answer, installed
from tests.bench.lighthouse import row, table

AUDIT = {"score": 1, "scoreDisplayMode": "binary", "title": "Fine"}
BLOCKED = {
    "score": 0, "scoreDisplayMode": "binary", "title": "Page is blocked from indexing",
    "details": {"items": [{"source": {"type": "node", "snippet": '<meta name="robots">'}}]},
}  # fmt: skip


def report(points: float = 1, lcp: float = 800, **audits: dict[str, Any]) -> dict[str, Any]:
    """Return as much of Lighthouse's JSON as is read, with some audits in the category of search."""
    measured = {name: AUDIT | {"id": name, "numericValue": lcp} for name in MEASURES.values()}
    refs = [{"id": name} for name in audits]
    return {
        "categories": {
            name: {"score": points, "auditRefs": refs if name == "seo" else [{"id": "cumulative-layout-shift"}]}
            for name in CATEGORIES
        },
        "audits": measured | {name: {"id": name, **audit} for name, audit in audits.items()},
        "environment": {"hostUserAgent": "Mozilla/5.0 Chrome/150.0.1.2 Safari/537.36", "benchmarkIndex": 1500.5},
    }


def test_an_audit_that_was_not_passed_is_told_with_what_it_is_about() -> None:
    said = answer(report(blocked=BLOCKED, fine=AUDIT))
    assert said.remarks == {"blocked": 'Page is blocked from indexing · <meta name="robots">'}
    assert (said.points["seo"], said.measures["lcp"]) == (100, 800)
    assert (said.browser, said.machine) == ("150.0.1.2", 1500.5)


def test_an_audit_that_broke_is_told_and_one_that_does_not_apply_is_not() -> None:
    broken = {"score": None, "scoreDisplayMode": "error", "title": "Broken", "errorMessage": "why"}
    absent = {"score": None, "scoreDisplayMode": "notApplicable", "title": "Absent"}
    assert answer(report(broken=broken, absent=absent)).remarks == {"broken": "Broken · why"}


def test_a_page_that_could_not_be_judged_is_no_answer() -> None:
    with pytest.raises(RuntimeError, match="no page"):
        answer({"runtimeError": {"message": "no page"}, "requestedUrl": "/"})


def test_the_table_shows_medians_and_what_most_answers_remark() -> None:
    answers = [
        answer(report(0.66, 900, blocked=BLOCKED)), answer(report(0.7, 1100, blocked=BLOCKED)), answer(report(1, 700)),
    ]  # fmt: skip
    assert row("/", answers).remarks == {"blocked": 'Page is blocked from indexing · <meta name="robots">'}
    once = [answer(report(blocked=BLOCKED)), answer(report()), answer(report())]
    assert row("/", once).remarks == {}
    lines = list(table("udkast", [row("/vest/", answers)]))
    assert lines[0] == "Udkast"
    assert lines[2].split() == ["/vest/", "70", "70", "70", "70", "900", "900", "900.000", "0.9", "KB"]
    assert lines[-2:] == [
        '  blocked (1 af 1 sider): Page is blocked from indexing · <meta name="robots">',
        "    /vest/",
    ]


def test_where_npm_is_missing_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match=r"^Programmet npm mangler; .* apt-get install npm$"):
        installed(tmp_path)
