"""What worker processes make of each sender: pages that changed are rendered, the others taken over; leaflets set."""

import gc
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.cache import Cache, key
from generator.model.catalogue import Catalogue
from generator.paper.board import board_job
from generator.paper.layouts import jobs, prints_alike
from generator.paper.press import Job, Printed, print_all
from generator.problems import Problem
from generator.publish import links, proofreading
from generator.publish.build_request import BuildRequest
from generator.publish.last_build import Made, last_build, looks, pages_of, still_there
from generator.publish.mkdocs_plugin import build_pages, prepared_config
from generator.publish.rendering import Rendering
from generator.sender.context import Context
from generator.sender.senders import NATIONAL, Sender
from generator.web.codes_to_print import code_files, printed_codes
from generator.web.figures import figure_files
from generator.web.pages import common, documents, pages
from generator.workforce import workforce
from generator.writing import link_or_copy

TELL_EVERY = 2.0
"""Seconds between two words about how far the sheets are."""
File = tuple[str, int, str]
"""Path below the root, size and SHA-256."""


@dataclass(frozen=True)
class SenderBuild:
    """What one worker made of one sender: its pages, and its other files."""

    sender: str
    pages: dict[str, Made]
    others: tuple[File, ...]
    leaflets: int
    faults: tuple[str, ...] = ()
    """Where a reader would not see the warning signs as they were signed, or would be assessed."""


@dataclass(frozen=True)
class _Work:
    """What the workers inherit when they are forked; nothing is copied or sent."""

    request: BuildRequest
    catalogue: Catalogue
    senders: Mapping[str, Sender]
    staging: Path
    config: Any
    store: Cache
    printed: Mapping[str, list[Printed]]
    """Each sender's leaflets and, last, its sheet for the notice board."""
    last_build: str | None
    """The fingerprint of the build whose pages may be taken over."""
    shared: str
    """The hash of all that pages show beside their own texts."""


_work: _Work | None = None


def build_senders(
    catalogue: Catalogue,
    request: BuildRequest,
    chosen: Mapping[str, Sender],
    staging: Path,
    store: Cache,
    progress: Callable[[str], None],
    spoiled: list[Problem] | None,
) -> Iterator[SenderBuild]:
    """Have every sender's pages and leaflets made below `staging` by workers; yield the builds as they are finished.

    `progress` hears of the sheets; for `spoiled` see `print_all`.
    """
    global _work
    config = prepared_config(request.root / "mkdocs.yml")
    shared = _shared(catalogue, request)
    printed = _printed(catalogue, request, chosen, store, progress, spoiled)
    _work = _Work(request, catalogue, chosen, staging, config, store, printed, last_build(request.out), shared)
    gc.freeze()  # so that collection in the workers does not copy the pages of memory they share
    try:
        with workforce(os.cpu_count() or 1) as pool:
            for future in as_completed([pool.submit(_build_sender, name) for name in chosen]):
                yield future.result()
    finally:
        gc.unfreeze()
        _work = None


def _printed(
    catalogue: Catalogue,
    request: BuildRequest,
    chosen: Mapping[str, Sender],
    store: Cache,
    progress: Callable[[str], None],
    spoiled: list[Problem] | None,
) -> dict[str, list[Printed]]:
    """Return what is printed for each sender, all of it by one press: its leaflets, and last its sheet."""
    contexts = [request.context(catalogue, sender) for sender in chosen.values()]
    found = prints_alike(contexts)
    boards = [(context.sender.id, board_job(context)) for context in contexts if context.sender.region]
    owners = [*(owner for owner, _ in found), *(owner for owner, _ in boards)]
    wanted = [*jobs([item for _, item in found], store), *(job for _, job in boards)]
    told = [0.0]

    def tell(number: int, job: Job) -> None:
        if time.monotonic() - told[0] > TELL_EVERY:
            told[0] = time.monotonic()
            progress(f"  ark {number} af {len(wanted)}: {job.name}")

    made = print_all(wanted, store, tell, spoiled)
    return {name: [one for owner, one in zip(owners, made, strict=True) if owner == name] for name in chosen}


def _build_sender(name: str) -> SenderBuild:
    """Make one sender's pages and leaflets; runs in a worker, which owns its directory and its copy of the config."""
    work = _work
    assert work is not None
    sender = work.senders[name]
    context = work.request.context(work.catalogue, sender)
    prefix = "" if work.request.region else sender.prefix
    directory = work.staging / (prefix or NATIONAL)
    wanted = pages(context)
    twins = {_file(prefix, page.address): _file(prefix, page.also or page.address) for page in wanted}
    shows = {_file(prefix, page.address): key(work.shared, page.text_hash) for page in wanted}
    shown = shows | {twins[path]: what for path, what in shows.items()}
    kept = _kept(work, name, shown, twins)
    printed = work.printed[name]
    sizes = {made.files[0][0]: (len(made.pdf), made.pages) for made in printed}
    work.store.keep(_sizes_key(work.request, name), json.dumps(sizes).encode())
    rendering = Rendering(
        wanted, common(context) | {"leaflet_files": sizes}, work.request.base + prefix,
        frozenset(name.removeprefix(prefix).removesuffix("index.html") for name in kept),
        documents(context, wanted),
    )  # fmt: skip
    site_url = f"{work.request.site_url.rstrip('/')}/{prefix}" if work.request.site_url else ""
    build_pages(work.config, directory, site_url, rendering)
    (directory / "sitemap.xml.gz").unlink(missing_ok=True)
    if prefix:
        (directory / "404.html").unlink()  # hosts show the one at the root of the tree
    for address, data in (*(file for made in printed for file in made.files), *_other_files(context)):
        write(directory, address, data)
    made, others = _read_back(directory, prefix, work.request.base, shown)
    for path in kept:
        link_or_copy(work.request.out / path, directory / path.removeprefix(prefix))
    faults = proofreading.proofread(context, directory, [path.removeprefix(prefix) for path in made])
    return SenderBuild(name, kept | made, others, max(0, len(printed) - 1), tuple(faults))


def last_sizes(request: BuildRequest, sender: str, store: Cache) -> dict[str, tuple[int, int]] | None:
    """Return by address the bytes and pages of a sender's sheets as they last were; None where nothing was built."""
    kept = store.find(_sizes_key(request, sender))
    return None if kept is None else {address: (size, pages) for address, (size, pages) in json.loads(kept).items()}


def _sizes_key(request: BuildRequest, sender: str) -> str:
    return key("sizes of sheets", str(request.out), sender)


def _shared(catalogue: Catalogue, request: BuildRequest) -> str:
    """Return the hash of all that pages show beside their own texts: facts, front matter, templates, the request."""
    facts = sorted((path, digest) for path, digest in catalogue.hashes.items() if path.startswith("data/"))
    heads = [topic.model_dump_json() for topic in catalogue.topics.values()]
    return key(facts, heads, looks(request.root), request.shows)


def _file(prefix: str, address: str) -> str:
    return f"{prefix}{address}index.html"


def _kept(work: _Work, sender: str, shown: Mapping[str, str], twins: Mapping[str, str]) -> dict[str, Made]:
    """Return the sender's pages of the last build that show the same, and whose files nobody has touched since.

    A page that lies at two addresses, its `twins`, is kept at both or made again.
    """
    out = work.request.out
    earlier = pages_of(work.last_build, out, sender, work.store)
    same = {page: made for page, made in earlier.items() if made.shows == shown.get(page)}
    there = {page: made for page, made in same.items() if still_there(out, page, made)}
    lone = {path for pair in twins.items() if not there.keys() >= {*pair} for path in pair}
    return {page: made for page, made in there.items() if page not in lone}


def _other_files(context: Context) -> Iterator[tuple[str, bytes]]:
    """Yield a region's files beside its pages and paper: its codes as drawings, its figures' tables."""
    if context.sender.region is None:
        return
    for item in printed_codes(context):
        yield from code_files(item).items()
    yield from figure_files(context)


def write(directory: Path, address: str, data: bytes) -> File:
    """Write a file below the directory and return what it is known by."""
    (directory / address).parent.mkdir(parents=True, exist_ok=True)
    (directory / address).write_bytes(data)
    return address, len(data), hashlib.sha256(data).hexdigest()


def _read_back(
    directory: Path, prefix: str, base: str, shown: Mapping[str, str]
) -> tuple[dict[str, Made], tuple[File, ...]]:
    made: dict[str, Made] = {}
    others = []
    met: dict[links.Target, links.Target] = {}
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            name, data = prefix + path.relative_to(directory).as_posix(), path.read_bytes()
            size, digest = len(data), hashlib.sha256(data).hexdigest()
            if name.endswith(".html"):
                anatomy = links.anatomy(name, data.decode(), base, met)
                made[name] = Made(shown.get(name, ""), size, digest, anatomy)
            else:
                others.append((name, size, digest))
    return made, tuple(others)
