"""The running service held to its own OpenAPI description: schemathesis sends what it allows, and what it does not."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode

from tests.support.feedback_service import NORTH, Running, running

pytestmark = pytest.mark.whole

FEW, MANY = 25, 500
JSON = "application/json"
OPERATIONS = {
    "/v1/feedback": "POST", "/v1/token": "GET", "/health/live": "GET", "/health/ready": "GET", "/metrics": "GET",
}  # fmt: skip
BY_HAND = "positive_data_acceptance"
"""The one check done here instead: a schema cannot tell which words look like a CPR number, nor count only what can be
seen, so that for the words alone 422 is right."""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Any]]:
    with running(tmp_path_factory.mktemp("described")) as service:
        yield service, schemathesis.openapi.from_url(f"{service.url}/v1/openapi.json")


def fuzz(described: tuple[Running, Any], path: str, mode: GenerationMode, examples: int) -> set[int]:
    """Send what the description allows, or does not, and hold every answer to it; return the statuses seen."""
    _, schema = described
    seen = set()

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=schema[path][OPERATIONS[path]].as_strategy(generation_mode=mode), accept=st.sampled_from(["*/*", JSON]))
    def hold(case: Any, accept: str) -> None:
        answer = case.call(headers={"Accept": accept}, allow_redirects=False, timeout=10)
        seen.add(answer.status_code)
        case.validate_response(answer, excluded_checks=CHECKS.get_by_names([BY_HAND]))
        if mode is GenerationMode.POSITIVE and answer.status_code == 422 and accept == JSON:
            problems = [(problem["field"], problem["says"]) for problem in answer.json()["problems"]]
            assert all(field == "text" or (field == "found" and "tom" in says) for field, says in problems), problems

    hold()
    return seen


def test_the_description_is_one(described: tuple[Running, Any]) -> None:
    _, schema = described
    schema.validate()
    assert {operation.ok().path for operation in schema.get_all_operations()} >= OPERATIONS.keys()


@pytest.mark.parametrize("path", OPERATIONS)
def test_what_is_described_is_answered_as_described(described: tuple[Running, Any], path: str) -> None:
    seen = fuzz(described, path, GenerationMode.POSITIVE, FEW)
    assert seen & {200, 201, 303}
    assert not seen & {404, 413, 415, 503}


@pytest.mark.parametrize("path", ["/v1/feedback", "/v1/token"])
def test_what_is_not_described_is_refused(described: tuple[Running, Any], path: str) -> None:
    assert fuzz(described, path, GenerationMode.NEGATIVE, FEW) & {404, 422}


@pytest.mark.long
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("path", ["/v1/feedback", "/v1/token"])
def test_description_and_service_agree_at_length(
    described: tuple[Running, Any], path: str, mode: GenerationMode
) -> None:
    fuzz(described, path, mode, MANY)
    service, _ = described
    assert requests.get(f"{service.url}/health/ready", timeout=10).json()["status"] == "ready"
    assert '"error"' not in service.log.read_text()


def test_a_service_that_breaks_its_word_would_be_found(described: tuple[Running, Any]) -> None:
    _, schema = described
    case = schema["/v1/feedback"]["POST"].Case(
        body={"region": NORTH, "found": "maybe"}, media_type="application/x-www-form-urlencoded"
    )
    answer = case.call(allow_redirects=False, timeout=10)
    assert answer.status_code == 422
    answer.status_code = 500
    with pytest.raises(FailureGroup):
        case.validate_response(answer)
