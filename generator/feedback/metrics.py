"""What the service counts about itself, as Prometheus reads it: outcomes and times, never content or senders."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds; 0.05 is what a reader's 99th percentile should stay under."""


class Metrics:
    """Counters of one process."""

    def __init__(self) -> None:
        self.messages: Counter[tuple[str, str]] = Counter()
        """By region and outcome."""
        self.requests: Counter[int] = Counter()
        """By status."""
        self.purged = 0
        self._buckets = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0

    def answered(self, status: int, seconds: float) -> None:
        """Count one answer and the time it took."""
        self.requests[status] += 1
        self._buckets[bisect_left(BOUNDS, seconds)] += 1
        self._seconds += seconds

    def text(self, waiting: int, ready: bool) -> str:
        """Return everything in Prometheus' text format."""
        return "\n".join([*self._lines(waiting, ready), ""])

    def _lines(self, waiting: int, ready: bool) -> Iterator[str]:
        yield "# TYPE feedback_messages_total counter"
        for (region, outcome), number in sorted(self.messages.items()):
            yield f'feedback_messages_total{{region="{region}",outcome="{outcome}"}} {number}'
        yield "# TYPE feedback_requests_total counter"
        for status, number in sorted(self.requests.items()):
            yield f'feedback_requests_total{{status="{status}"}} {number}'
        yield "# TYPE feedback_request_seconds histogram"
        total = 0
        for bound, number in zip((*map(str, BOUNDS), "+Inf"), self._buckets, strict=True):
            total += number
            yield f'feedback_request_seconds_bucket{{le="{bound}"}} {total}'
        yield f"feedback_request_seconds_sum {self._seconds:.6f}"
        yield f"feedback_request_seconds_count {total}"
        yield "# TYPE feedback_purged_total counter"
        yield f"feedback_purged_total {self.purged}"
        yield "# TYPE feedback_waiting gauge"
        yield f"feedback_waiting {waiting}"
        yield "# TYPE feedback_ready gauge"
        yield f"feedback_ready {int(ready)}"
