"""One build of the whole site: every sender in worker processes, checked as a whole, put in place at once."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from generator.addresses import REGION_SHEET, THANKS, leaflet_file
from generator.cache import Cache
from generator.danish import counted
from generator.model.catalogue import Catalogue
from generator.model.place import Region
from generator.problems import Problem
from generator.publish import links
from generator.publish.build_request import BuildRequest
from generator.publish.host_files import root_files
from generator.publish.last_build import MANIFEST, Built, fingerprint, remember, unchanged
from generator.publish.swap import put_in_place, recover, refuse_mount
from generator.publish.workers import SenderBuild, build_senders, write
from generator.sender.senders import NATIONAL, Sender, past_regions, senders
from generator.web import api, figures
from generator.web.feedback_form import service_file
from generator.writing import behind_links

Progress = Callable[[str], None]


class BuildError(Exception):
    """The pages could be made but do not hang together; ours to fix. The message lists what is wrong."""


def build_site(
    catalogue: Catalogue,
    request: BuildRequest,
    store: Cache,
    progress: Progress = lambda line: None,
    spoiled: list[Problem] | None = None,
) -> Built:
    """Build into `request.out`, which stays as it was until everything is made and found whole.

    Where that is a link, the directory behind it is swapped, and the link stays. Raises ContentError for what an
    author can correct, BuildError where pages do not hang together, and OSError where the directory cannot be swapped.
    Where `spoiled` is given, a sheet that cannot be made stays as it was, and the mistake is put there.
    """
    request = replace(request, out=behind_links(request.out))
    recover(request.out)
    now = fingerprint(catalogue.hashes, request)
    if built := unchanged(request, now):
        return built
    refuse_mount(request.out)
    staging = request.out.parent / f".{request.out.name}.new-{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        builds = _build_senders(catalogue, request, staging, store, progress, spoiled)
        if spoiled:
            now += " spoiled"  # so that it is made again, and told of again, the next time
        built = _assemble(catalogue, request, staging, builds, now)
        put_in_place(staging, request.out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    for build in builds:
        remember(now, request.out, build.sender, build.pages, store)
    store.prune()
    return built


def speakers(catalogue: Catalogue, request: BuildRequest) -> dict[str, Sender]:
    """Return the senders of a request by id; raises KeyError for a region that does not exist on the day."""
    found = {sender.id: sender for sender in senders(catalogue, request.day)}
    return found if request.region is None else {request.region: found[request.region]}


def _build_senders(
    catalogue: Catalogue,
    request: BuildRequest,
    staging: Path,
    store: Cache,
    progress: Progress,
    spoiled: list[Problem] | None,
) -> list[SenderBuild]:
    chosen = speakers(catalogue, request)
    builds: dict[str, SenderBuild] = {}
    for build in build_senders(catalogue, request, chosen, staging, store, progress, spoiled):
        builds[build.sender] = build
        what = f"{len(build.pages)} sider, {counted(build.leaflets, 'folder', 'foldere')}"
        progress(f"  [{len(builds)}/{len(chosen)}] {chosen[build.sender].name}: {what}")
    return [builds[name] for name in chosen]


def _assemble(catalogue: Catalogue, request: BuildRequest, staging: Path, builds: list[SenderBuild], now: str) -> Built:
    _lift(staging / (NATIONAL if request.region is None else request.region), staging, request.region is not None)
    chosen = speakers(catalogue, request)
    only = chosen[request.region] if request.region else None
    made = {name: page for build in builds for name, page in build.pages.items()}
    files = {name: (page.size, page.digest) for name, page in made.items()}
    if faults := [fault for build in builds for fault in build.faults]:
        raise BuildError("\n".join(faults))
    found = [file for build in builds for file in build.others]
    documents = api.api_files(catalogue, request.day, request.profile, only)
    documents |= service_file(catalogue, request.day, request.site_url, only)
    prefixes = [""] if only else [sender.prefix for sender in chosen.values()]
    documents |= _inherited(catalogue, request, staging)
    documents |= root_files(request.site_url, request.profile == "draft", prefixes)
    found += [write(staging, address, data) for address, data in documents.items()]
    files |= {name: (size, digest) for name, size, digest in found}
    _refuse_broken(catalogue, request, {name: page.anatomy for name, page in made.items()}, files)
    built = Built(
        pages=len(made), leaflets=sum(p.leaflets for p in builds),
        codes=sum(fnmatchcase(name, "q/*/index.html") for name in made),
        files=len(files) + 1, bytes=sum(size for size, _ in files.values()),
        senders=tuple(chosen),
    )  # fmt: skip
    manifest = api.manifest(catalogue, request.day, request.profile, files, now, vars(built))
    (staging / MANIFEST).write_bytes(manifest)
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


def _inherited(catalogue: Catalogue, request: BuildRequest, staging: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of regions that have ceased to be: at the old address of each lies the successor's own."""
    past = past_regions(catalogue, request.day) if request.region is None else ()
    for region, heir in ((region, heir) for region, heir in past if heir):
        for address in _files_of_both(catalogue, region, heir):
            yield f"{region.id}/{address}", (staging / heir.id / address).read_bytes()


def _files_of_both(catalogue: Catalogue, region: Region, heir: Region) -> Iterator[str]:
    """Yield the addresses that people may have kept of a region, and that its successor has too."""
    yield REGION_SHEET
    yield from figures.table_addresses(catalogue)
    for leaflet in catalogue.leaflets.values():
        if {region.id, heir.id} <= set(leaflet.senders):
            yield from (leaflet_file(leaflet.id, name) for name in leaflet.formats)


def _refuse_broken(
    catalogue: Catalogue, request: BuildRequest, anatomies: Mapping[str, links.Anatomy], files: Iterable[str]
) -> None:
    wrong = [f"{page}: linket til »{target}« {what}" for page, target, what in links.broken(anatomies, files)]
    outside = ("q/", "Q/", *(f"{region.id}/" for region, _ in past_regions(catalogue, request.day)))
    led_to = ("index.html", "404.html")  # by hosts; to a page of thanks the feedback service leads
    entrances = [name for name in anatomies if name in led_to or name.startswith(outside) or f"{THANKS}index" in name]
    wrong += [f"{page}: ingen side fører hertil" for page in links.orphans(anatomies, entrances)]
    if wrong:
        raise BuildError("\n".join(wrong))
