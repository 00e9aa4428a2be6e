"""What the last build left: whether all of it still holds, and if not, which of its pages do.

Kept free of everything that reads, checks or renders, so that a build with nothing to do costs next to nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.cache import Cache, key
from generator.publish.build_request import BuildRequest
from generator.publish.links import Anatomy, Target
from generator.source_files import LEFT_BY_SYSTEMS, source_files, source_hashes

MANIFEST = "manifest.json"


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
class Made:
    """A page as it was made: the hash of all that it shows, of its file, and its links."""

    shows: str
    size: int
    digest: str
    anatomy: Anatomy


def fingerprint(facts: Mapping[str, str], request: BuildRequest) -> str:
    """Return the hash of all that a build is made from; `facts` are the hashes of the source files by path."""
    return key("site", sorted(facts.items()), looks(request.root), request.shows)


def looks(root: Path) -> str:
    """Return the hash of the templates and settings."""
    paths = ["mkdocs.yml", *map(str, source_files(root, "overrides"))]
    return key([(path, (root / path).read_bytes()) for path in paths if (root / path).is_file()])


def unchanged(request: BuildRequest, now: str) -> Built | None:
    """Return what an earlier build made, if it has the fingerprint and every file of it is still there."""
    return _whole(request, _manifest(request.out), now)


def untouched(request: BuildRequest) -> Built | None:
    """Do the same without reading the sources in: their bytes must be those that the earlier build names."""
    manifest = _manifest(request.out)
    try:
        facts = source_hashes(request.root)
        if {row["path"]: row["sha256"] for row in manifest.get("sources", ())} != facts:
            return None
        return _whole(request, manifest, fingerprint(facts, request))
    except OSError:
        return None  # told of when the file is read in earnest


def last_build(out: Path) -> str | None:
    """Return the fingerprint of what lies there now."""
    found: str | None = _manifest(out).get("fingerprint")
    return found


def foreign_files(out: Path) -> list[str]:
    """Return the files in the directory that no build has put there; a build would lose them."""
    if not out.is_dir():
        return []
    manifest = _manifest(out)
    built = {row["path"] for row in manifest["files"]} if "fingerprint" in manifest else set()
    found = (path.relative_to(out).as_posix() for path in sorted(out.rglob("*")) if not path.is_dir())
    own = {*built, *((MANIFEST, ".nojekyll") if built else ())}
    return [name for name in found if name not in own and not LEFT_BY_SYSTEMS.fullmatch(name.rpartition("/")[2])]


def pages_of(build: str | None, out: Path, sender: str, store: Cache) -> Mapping[str, Made]:
    """Return the sender's pages by file name, as `remember` kept them; none if that was of another build."""
    then, rows = json.loads(store.find(_memory(out, sender)) or b"[null, {}]")
    return {name: _made(*row) for name, row in rows.items()} if then == build else {}


def remember(build: str, out: Path, sender: str, made: Mapping[str, Made], store: Cache) -> None:
    """Keep what the build with this fingerprint made of the sender, in place of what was kept before."""
    rows = {
        name: (page.shows, page.size, page.digest, page.anatomy.targets, sorted(page.anatomy.anchors))
        for name, page in made.items()
    }
    store.keep(_memory(out, sender), json.dumps((build, rows)).encode())


def still_there(out: Path, name: str, made: Made) -> bool:
    """Say whether the file is byte for byte what the last build wrote."""
    try:
        return hashlib.sha256((out / name).read_bytes()).hexdigest() == made.digest
    except OSError:
        return False


def _made(shows: str, size: int, digest: str, targets: Iterable[Target], anchors: Iterable[str]) -> Made:
    return Made(shows, size, digest, Anatomy(tuple((path, anchor) for path, anchor in targets), frozenset(anchors)))


def _memory(out: Path, sender: str) -> str:
    return key("pages", str(out), sender)


def _manifest(out: Path) -> dict[str, Any]:
    try:
        found = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _whole(request: BuildRequest, manifest: Mapping[str, Any], now: str) -> Built | None:
    try:
        if manifest["fingerprint"] != now:
            return None
        if any((request.out / file["path"]).stat().st_size != file["bytes"] for file in manifest["files"]):
            return None
        built = Built(**{**manifest["built"], "senders": tuple(manifest["built"]["senders"])})
    except (OSError, KeyError, TypeError):
        return None
    return replace(built, reused=True)
