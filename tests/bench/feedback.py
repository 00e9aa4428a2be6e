"""What the feedback service bears: throughput beside keeping nothing, an ORM and PostgreSQL; memory; a flood.

Every ratio is of neighbours in one round; nothing here passes or fails.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import uvloop

from tests.support.feedback_load import Sent, load
from tests.support.feedback_service import Running, environment, running
from tests.support.postgres_server import postgres

CONNECTIONS = 32
OTHER = ("tests.support.hasty_service",)
KINDS = {
    "none": "keeps nothing",
    "sqlite": "SQLite, synced",
    "orm": "SQLAlchemy, commit each",
    "postgres": "PostgreSQL 18",
}


@dataclass(frozen=True)
class Measured:
    """One round of one kind of store."""

    rate: float
    p50: float
    p99: float
    cpu: float
    """Processor time of the service for each message, in microseconds."""
    refused: int


def send(service: Running, **how: int | float | str) -> Sent:
    """Send messages from many connections and return what became of them."""
    log = Sent()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        # `how` holds options of several types, which a mapping's annotation cannot tell apart by name.
        runner.run(load(service.port, log, **how))  # type: ignore[arg-type]
    return log


def cpu_seconds(process: int) -> float:
    """Return the processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> float:
    """Return a process's proportional share of memory in MiB."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def one_round(service: Running, number: int, messages: int) -> Measured:
    began, before = time.perf_counter(), cpu_seconds(service.process.pid)
    log = send(service, connections=CONNECTIONS, prefix=f"r{'abcdefghij'[number % 10]}", messages=messages)
    took, cpu = time.perf_counter() - began, cpu_seconds(service.process.pid) - before
    refused = len(log.sent) - len(log.thanked)
    return Measured(
        len(log.thanked) / took, log.percentile(0.5), log.percentile(0.99), cpu / len(log.sent) * 1e6, refused
    )


def throughput(directory: Path, rounds: int, messages: int) -> Mapping[str, list[Measured]]:
    """Measure all kinds of store in turn, round after round."""
    found: dict[str, list[Measured]] = {kind: [] for kind in KINDS}
    with ExitStack() as stack:
        server = stack.enter_context(postgres())
        services = {}
        for kind in KINDS:
            (directory / kind).mkdir()
            more: dict[str, Any] = {"DATABASE_URL": server.address} if kind == "postgres" else {"STORE": kind}
            command = OTHER if kind in ("none", "orm") else ()
            own = running(directory / kind, command=command, port=0, FEEDBACK_SECRET="s" * 40, **more)
            services[kind] = stack.enter_context(own)
            one_round(services[kind], 9, 300)
        for number in range(rounds):
            for kind, service in services.items():
                few = messages // 5 if kind == "orm" else messages
                found[kind].append(one_round(service, number, few))
    return found


def table(found: Mapping[str, list[Measured]]) -> Iterator[str]:
    yield f"| {CONNECTIONS} connections | messages/s | of keeping nothing | p50 ms | p99 ms | CPU µs | refused |"
    yield "|---|---|---|---|---|---|---|"
    for kind, rounds in found.items():
        share = median(own.rate / none.rate for own, none in zip(rounds, found["none"], strict=True))
        rates = [one.rate for one in rounds]
        yield (
            f"| {KINDS[kind]} | {median(rates):.0f} ({min(rates):.0f}–{max(rates):.0f}) | {share:.2f} "
            f"| {median(one.p50 for one in rounds) * 1e3:.1f} | {median(one.p99 for one in rounds) * 1e3:.1f} "
            f"| {median(one.cpu for one in rounds):.0f} | {sum(one.refused for one in rounds)} |"
        )
    ratio = median(own.rate / orm.rate for own, orm in zip(found["sqlite"], found["orm"], strict=True))
    yield f"SQLite against the ORM: {ratio:.1f} times (goal 5); against keeping nothing: goal 0.75; p99: goal 50 ms."


def memory_lines(directory: Path, many: int) -> Iterator[str]:
    """Measure memory after a tenth and after all, and while all is exported."""
    directory.mkdir()
    with running(directory) as service:
        send(service, connections=CONNECTIONS, prefix="t", messages=many // 10)
        early = memory(service.process.pid)
        peak_early = export_peak(directory)
        send(service, connections=CONNECTIONS, prefix="a", messages=many - many // 10)
        late = memory(service.process.pid)
        peak_late = export_peak(directory)
    growth = (late / early - 1) * 100
    yield f"Memory (PSS): {early:.1f} MiB after {many // 10}, {late:.1f} after {many}: {growth:+.1f} % (goals 60, 10)."
    yield f"Export: at most {peak_early:.1f} MiB resident with {many // 10} messages, {peak_late:.1f} with {many}."


def export_peak(directory: Path) -> float:
    """Return the most memory that an export of everything takes, in MiB."""
    words = "import resource,sys; from generator.cli import main; main(sys.argv[1:], standalone_mode=False); "
    words += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    command = [sys.executable, "-c", words, "feedback", "export", "--out", str(directory / "ud.csv")]
    env = environment(directory, 1)
    said = subprocess.run(command, cwd=directory, env=env, check=True, capture_output=True, text=True).stdout
    return int(said) / 1024


def flood_lines(directory: Path) -> Iterator[str]:
    """Come from three times as many connections as may be inside at once, and see how long it takes to recover."""
    directory.mkdir()
    with running(directory) as service:
        log = send(service, connections=3 * 256, prefix="f", seconds=5)
        began, after = time.perf_counter(), Sent()
        while not after.thanked:
            after = send(service, connections=1, prefix="g", messages=1)
        recovered = time.perf_counter() - began
    yield f"Flood of {3 * 256} connections: {log.statuses}, {len(log.sent) - sum(log.statuses.values())} unanswered;"
    yield f"  p99 {log.percentile(0.99) * 1e3:.0f} ms; the first message afterwards took {recovered * 1e3:.0f} ms."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.feedback", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two short rounds, and a tenth of the messages")
    options = parser.parse_args()
    rounds, messages, many = (2, 1000, 10_000) if options.quick else (5, 5000, 100_000)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        for line in table(throughput(Path(place), rounds, messages)):
            print(line)
        for line in (*flood_lines(Path(place) / "flood"), *memory_lines(Path(place) / "memory", many)):
            print(line, flush=True)
    print(f"Medians of {rounds} rounds in turn; client, services and PostgreSQL share {os.cpu_count()} cores;")
    print(f"the machine's load in the last minutes was {', '.join(f'{load:.1f}' for load in os.getloadavg())}.")


if __name__ == "__main__":
    main()
