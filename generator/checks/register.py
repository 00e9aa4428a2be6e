"""Checks of the register of printed codes: it can be trusted, and every leaflet has its codes."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from generator.codes.alphabet import is_valid
from generator.codes.register import (
    FROZEN_DIRECTORY,
    REGISTER_FILE,
    SEAL_FILE,
    as_it_was,
    broken_seal,
    first_fault,
    missing_codes,
    text_hash,
)
from generator.model.catalogue import Catalogue
from generator.model.edition import FrozenText, PrintedEdition, RegisterEntry
from generator.problems import Position, Problem

REGISTER = PurePosixPath(REGISTER_FILE)
_AS_IT_WAS = as_it_was(REGISTER_FILE)
_ORDER = {"draft": ("",), "current": ("", "draft"), "withdrawn": ("current", "draft")}
"""The status that a code's line may come after; an empty one stands for no line before it."""
_NEEDED = {"draft": ("reserved_on",), "current": ("released_on", "address", "text_hash"),
           "withdrawn": ("withdrawn_on", "reason")}  # fmt: skip


def check_chain(catalogue: Catalogue) -> Iterator[Problem]:
    """A code stands on paper in people's homes; the file that says where it leads may grow and nothing else."""
    if not catalogue.entries and not catalogue.seals:
        return
    if catalogue.entries and (fault := first_fault(catalogue.register)):
        line, message, remedy = fault
        yield Problem(Position(REGISTER, line), message, remedy)
    elif broken := broken_seal(catalogue.register, catalogue.seals.get("seal")):
        place = REGISTER if catalogue.entries else PurePosixPath(SEAL_FILE)
        yield Problem(Position(place, max(1, catalogue.register.count("\n"))), *broken)


def check_codes(catalogue: Catalogue) -> Iterator[Problem]:
    """A code that its own check character denies would send a reader who typed it right to somewhere else."""
    in_use: dict[tuple[str, str, str, str], str] = {}
    for edition in catalogue.editions.values():
        if not is_valid(edition.id):
            yield edition.problem(f"»{edition.id}« er ikke en gyldig kode", _AS_IT_WAS, "id")
        if edition.in_use and in_use.setdefault(edition.place, edition.id) != edition.id:
            message = f"»{edition.id}« og »{in_use[edition.place]}« er til den samme folder fra den samme afsender"
            yield edition.problem(message, _AS_IT_WAS, "status")


def check_course(catalogue: Catalogue) -> Iterator[Problem]:
    """The page of a code tells what happened to it, so that must have happened in an order, and be told in full."""
    before: dict[str, RegisterEntry] = {}
    for entry in catalogue.entries.values():
        earlier = before.get(entry.id)
        last = earlier.status if earlier else ""
        if last not in _ORDER[entry.status]:
            told = f"efter »{last}« " if last else "som kodens første linje "
            yield entry.problem(f"{told}kan der ikke stå »{entry.status}«", _AS_IT_WAS, "status")
        if earlier and _place(earlier) != _place(entry):
            yield entry.problem(f"»{entry.id}« hører her til noget andet end før", _AS_IT_WAS, "id")
        for name in _NEEDED[entry.status]:
            if getattr(entry, name) is None:
                yield entry.problem(f"nøglen »{name}« mangler", _AS_IT_WAS)
        if entry.replaces and entry.replaces not in before:
            yield entry.problem(f"»{entry.replaces}« findes ikke længere oppe", _AS_IT_WAS, "replaces")
        before[entry.id] = entry


def check_frozen_words(catalogue: Catalogue) -> Iterator[Problem]:
    """Readers of an old leaflet are told what has changed since; for that its words must be kept as they were."""
    for frozen in catalogue.frozen.values():
        if text_hash(frozen.pieces) != frozen.id:
            path = f"{FROZEN_DIRECTORY}/{frozen.id}.yml"
            yield frozen.problem("ordene er ændret, efter at de blev trykt", as_it_was(path))
    for edition in catalogue.editions.values():
        yield from _words_are_kept(edition, catalogue.frozen)


def _words_are_kept(edition: PrintedEdition, frozen: Mapping[str, FrozenText]) -> Iterator[Problem]:
    release = edition.release
    if release and release.text_hash and release.text_hash not in frozen:
        path = f"{FROZEN_DIRECTORY}/{release.text_hash}.yml"
        yield release.problem(f"ordene i »{edition.id}« mangler", as_it_was(path), "text_hash")


def check_every_leaflet_has_codes(catalogue: Catalogue) -> Iterator[Problem]:
    """Paper without a code cannot be called back, and cannot tell its reader that it has grown old."""
    for leaflet in catalogue.leaflets.values():
        for sender, family in missing_codes(catalogue, leaflet):
            message = f"folderen har ingen kode til {sender} ({family})"
            remedy = "kør: .venv/bin/borgerinfo release --draft"
            yield leaflet.problem(message, remedy, "senders", leaflet.senders.index(sender))


def _place(entry: RegisterEntry) -> tuple[str, str, str, str]:
    return entry.leaflet, entry.sender, entry.language, entry.format_family
