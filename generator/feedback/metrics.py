"""What the service counts about itself, as Prometheus reads it: outcomes and times, never content or senders."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds; 0.05 is what a reader's 99th percentile should stay under."""


class Metrics:
    """Counters of one process, which says which it is where there are several."""

    def __init__(self, worker: str = "") -> None:
        self._labels = {"worker": worker} if worker else {}
        self.messages: Counter[tuple[str, str]] = Counter()
        """By region and outcome."""
        self.requests: Counter[int] = Counter()
        """By status."""
        self.purged = 0
        self.purge_waits = 0
        """Messages past their time that an operator must say may go."""
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
        messages = ((self._named(region=r, outcome=o), n) for (r, o), n in sorted(self.messages.items()))
        yield from _family("feedback_messages_total", "counter", messages)
        requests = ((self._named(status=str(status)), n) for status, n in sorted(self.requests.items()))
        yield from _family("feedback_requests_total", "counter", requests)
        yield from _family("feedback_request_seconds", "histogram", self._histogram())
        own = self._named()
        yield from _family("feedback_purged_total", "counter", [(own, self.purged)])
        yield from _family("feedback_purge_waits", "gauge", [(own, self.purge_waits)])
        yield from _family("feedback_waiting", "gauge", [(own, waiting)])
        yield from _family("feedback_ready", "gauge", [(own, int(ready))])

    def _histogram(self) -> Iterator[tuple[str, float]]:
        total = 0
        for bound, number in zip((*map(str, BOUNDS), "+Inf"), self._buckets, strict=True):
            total += number
            yield f"_bucket{self._named(le=bound)}", total
        yield f"_sum{self._named()}", round(self._seconds, 6)
        yield f"_count{self._named()}", total

    def _named(self, **labels: str) -> str:
        told = ",".join(f'{name}="{value}"' for name, value in {**labels, **self._labels}.items())
        return f"{{{told}}}" if told else ""


def _family(name: str, kind: str, values: Iterable[tuple[str, float]]) -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    for label, value in values:
        yield f"{name}{label} {value}"
