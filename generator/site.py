"""One build of the whole site: every sender in worker processes, checked as a whole, put in place at once."""

import gc
import hashlib
import json
import multiprocessing
import os
import pickle
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator import api, leaflets, links, sheets
from generator.addresses import leaflet_file
from generator.cache import Cache, key
from generator.model.catalogue import Catalogue
from generator.pages import common, pages
from generator.placing import put_in_place, recover
from generator.plan import Plan
from generator.plugin import Rendering, build_pages, prepared_config
from generator.senders import NATIONAL, Sender, past_regions, senders

Progress = Callable[[str], None]
MANIFEST = "manifest.json"


class BuildError(Exception):
    """The pages could be made but do not hang together; ours to fix. The message lists what is wrong."""


@dataclass(frozen=True)
class Order:
    """What to build, from where, and where to."""

    root: Path
    out: Path
    plan: Plan
    site_url: str = ""
    region: str | None = None
    """One region alone, at the root of the tree; None is the whole site."""
    workers: int = 0
    """0 is one for each core."""


@dataclass(frozen=True)
class Built:
    """What a build made; `reused` is true where nothing had changed since the last one."""

    pages: int
    leaflets: int
    codes: int
    files: int
    bytes: int
    senders: tuple[str, ...]
    reused: bool = False


@dataclass(frozen=True)
class Piece:
    """What one worker made of one sender: its files with their hashes, and its pages' links."""

    sender: str
    files: tuple[tuple[str, int, str], ...]
    anatomies: dict[str, links.Anatomy]
    leaflets: int


@dataclass(frozen=True)
class _Work:
    """What the workers inherit when they are forked; nothing is copied or sent."""

    order: Order
    catalogue: Catalogue
    senders: dict[str, Sender]
    staging: Path
    config: Any
    store: Cache


_work: _Work | None = None


def build_site(catalogue: Catalogue, order: Order, store: Cache, progress: Progress = lambda line: None) -> Built:
    """Build into `order.out`, which stays as it was until everything is made and found whole.

    Raises ContentError for what an author can correct and BuildError where pages do not hang together.
    """
    recover(order.out)
    fingerprint = _fingerprint(catalogue, order)
    if earlier := _unchanged(order.out, fingerprint):
        return earlier
    staging = order.out.parent / f".{order.out.name}.new-{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        pieces = _make_pieces(catalogue, order, staging, store, progress)
        built = _assemble(catalogue, order, staging, pieces, fingerprint)
        put_in_place(staging, order.out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return built


def speakers(catalogue: Catalogue, order: Order) -> dict[str, Sender]:
    """Return the senders of an order by id; raises KeyError for a region that does not exist on the day."""
    found = {sender.id: sender for sender in senders(catalogue, order.plan.as_of)}
    return found if order.region is None else {order.region: found[order.region]}


def _make_pieces(catalogue: Catalogue, order: Order, staging: Path, store: Cache, progress: Progress) -> list[Piece]:
    global _work
    chosen = speakers(catalogue, order)
    config = prepared_config(order.root / "mkdocs.yml")
    _work = _Work(order, catalogue, chosen, staging, config, store)
    if leaflets.has_started():
        _typeset_here(_work)
    gc.freeze()  # so that collection in the workers does not copy the pages of memory they share
    pieces: dict[str, Piece] = {}
    try:
        with _workers(order.workers or os.cpu_count() or 1) as pool:
            for future in as_completed([pool.submit(_make_piece, name) for name in chosen]):
                piece = future.result()
                pieces[piece.sender] = piece
                progress(_told(len(pieces), len(chosen), chosen[piece.sender], piece))
    finally:
        gc.unfreeze()
        _work = None
    return [pieces[name] for name in chosen]


@contextmanager
def _workers(number: int) -> Iterator[ProcessPoolExecutor]:
    """Give forked workers that leave an interruption to their parent, and start nothing new after a mistake."""
    quiet = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(number, multiprocessing.get_context("fork"), quiet)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _typeset_here(work: _Work) -> None:
    """Put every leaflet into the cache before forking; workers forked from a process with Typst's threads cannot."""
    for sender in work.senders.values():
        for item in sheets.prints(work.catalogue, sender, work.order.plan) if sender.region else ():
            work.store.get(key("leaflet", item.sheet), partial(_printed, item))


def _told(number: int, of: int, sender: Sender, piece: Piece) -> str:
    return f"  [{number}/{of}] {sender.name}: {len(piece.anatomies)} sider, {piece.leaflets} foldere"


def _make_piece(name: str) -> Piece:
    """Make one sender's pages and leaflets; runs in a worker, which owns its directory and its copy of the config."""
    work = _work
    assert work is not None
    sender, plan = work.senders[name], work.order.plan
    prefix = "" if work.order.region else sender.prefix
    directory = work.staging / (prefix or NATIONAL)
    made = pages(work.catalogue, sender, plan)
    rendering = Rendering(made, common(work.catalogue, sender, plan), _base(work.order) + prefix)
    site_url = f"{work.order.site_url.rstrip('/')}/{prefix}" if work.order.site_url else ""
    build_pages(work.order.root / "mkdocs.yml", directory, site_url, rendering, work.config)
    (directory / "sitemap.xml.gz").unlink(missing_ok=True)
    if prefix:
        (directory / "404.html").unlink()  # hosts show the one at the root of the tree
    printed = _make_leaflets(work, sender, directory)
    files, anatomies = _read_back(directory, prefix, _base(work.order))
    return Piece(name, files, anatomies, printed)


def _make_leaflets(work: _Work, sender: Sender, directory: Path) -> int:
    """Write the sender's leaflets and their pictures; what was set before from the same words is not set again."""
    made = list(sheets.prints(work.catalogue, sender, work.order.plan)) if sender.region else []
    for item in made:
        kept = work.store.get(key("leaflet", item.sheet), partial(_printed, item))
        pdf, picture = pickle.loads(kept)  # written by this program, below the project's own directory
        (directory / item.address).parent.mkdir(parents=True, exist_ok=True)
        (directory / item.address).write_bytes(pdf)
        (directory / item.picture_address).write_bytes(picture)
    return len(made)


def _printed(item: sheets.Print) -> bytes:
    return pickle.dumps(sheets.render(item))


def _base(order: Order) -> str:
    """Return the path of the tree's root on its host."""
    return urlsplit(order.site_url).path.rstrip("/") + "/"


def _read_back(
    directory: Path, prefix: str, base: str
) -> tuple[tuple[tuple[str, int, str], ...], dict[str, links.Anatomy]]:
    files, anatomies = [], {}
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            name = prefix + path.relative_to(directory).as_posix()
            data = path.read_bytes()
            files.append((name, len(data), hashlib.sha256(data).hexdigest()))
            if name.endswith(".html"):
                anatomies[name] = links.anatomy(name, data.decode(), base)
    return tuple(files), anatomies


def _assemble(catalogue: Catalogue, order: Order, staging: Path, pieces: Iterable[Piece], fingerprint: str) -> Built:
    pieces = list(pieces)
    _lift(staging / (NATIONAL if order.region is None else order.region), staging, order.region is not None)
    only = speakers(catalogue, order)[order.region] if order.region else None
    files = {name: (size, digest) for piece in pieces for name, size, digest in piece.files}
    for address, data in [*api.documents(catalogue, order.plan, only).items(), *_inherited(catalogue, order, staging)]:
        (staging / address).parent.mkdir(parents=True, exist_ok=True)
        (staging / address).write_bytes(data)
        files[address] = (len(data), hashlib.sha256(data).hexdigest())
    (staging / ".nojekyll").write_bytes(b"")  # GitHub Pages would otherwise leave some files out
    anatomies = {name: parts for piece in pieces for name, parts in piece.anatomies.items()}
    _refuse_broken(anatomies, files, order)
    built = Built(
        pages=len(anatomies), leaflets=sum(p.leaflets for p in pieces), codes=len(catalogue.editions),
        files=len(files) + 1, bytes=sum(size for size, _ in files.values()),
        senders=tuple(speakers(catalogue, order)),
    )  # fmt: skip
    (staging / MANIFEST).write_bytes(api.manifest(catalogue, order.plan, files, fingerprint, vars(built)))
    return built


def _lift(directory: Path, staging: Path, alone: bool) -> None:
    """Move the front page's files, or those of a region alone, up to the root of the tree."""
    if alone and not directory.exists():
        directory = staging / NATIONAL
    for path in sorted(directory.iterdir()):
        target = staging / path.name
        if target.exists():
            raise BuildError(f"»{path.name}« er både en region og en side")
        path.rename(target)
    directory.rmdir()


def _inherited(catalogue: Catalogue, order: Order, staging: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the leaflet files of regions that have ceased to be: at the old address lies the successor's leaflet."""
    if order.region is not None:
        return
    for region, heir in past_regions(catalogue, order.plan.as_of):
        for leaflet in catalogue.leaflets.values():
            for name in leaflet.formats if heir and {region.id, heir.id} <= set(leaflet.senders) else ():
                address = leaflet_file(leaflet.id, name)
                assert heir is not None
                yield f"{region.id}/{address}", (staging / heir.id / address).read_bytes()


def _refuse_broken(anatomies: dict[str, links.Anatomy], files: Iterable[str], order: Order) -> None:
    wrong = [f"{page}: linket til »{target}« {what}" for page, target, what in links.broken(anatomies, files)]
    entrances = [name for name in anatomies if _is_entrance(name)]
    wrong += [f"{page}: ingen side fører hertil" for page in links.orphans(anatomies, entrances)]
    if wrong:
        raise BuildError("\n".join(wrong))


def _is_entrance(name: str) -> bool:
    """Say whether a page is reached from outside: the first page, error pages, printed codes, old addresses."""
    return name == "index.html" or name.endswith("404.html") or name.lower().startswith("q/")


def _fingerprint(catalogue: Catalogue, order: Order) -> str:
    looks = [
        (path.relative_to(order.root).as_posix(), path.read_bytes())
        for path in [order.root / "mkdocs.yml", *sorted((order.root / "overrides").rglob("*"))]
        if path.is_file()
    ]
    facts = sorted(catalogue.hashes.items())
    return key("site", facts, looks, order.plan, order.site_url, order.region)


def _unchanged(out: Path, fingerprint: str) -> Built | None:
    """Return what an earlier build made, if it was of the same things and every file of it is still there."""
    try:
        kept = json.loads((out / MANIFEST).read_bytes())
        if kept["fingerprint"] != fingerprint:
            return None
        if any((out / file["path"]).stat().st_size != file["bytes"] for file in kept["files"]):
            return None
        return Built(**{**kept["built"], "senders": tuple(kept["built"]["senders"]), "reused": True})
    except (OSError, ValueError, KeyError, TypeError):
        return None
