"""What the holder of a printed leaflet must know: whether it holds, what has changed, and where its code leads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from generator.addresses import leaflet_file
from generator.codes.frozen_words import numbers_of, words_of
from generator.model.catalogue import Catalogue
from generator.model.edition import FrozenPiece, PrintedEdition
from generator.model.leaflet import Format, Leaflet, family
from generator.model.place import Area, Phone, Region
from generator.sender.senders import past_sender

EditionKind = Literal["draft", "current", "replaced", "outdated", "withdrawn"]
"""`outdated` is in use by the register, and yet carries a number that does not hold any more."""
KIND_NAMES: Mapping[EditionKind, str] = {
    "draft": "kladde",
    "current": "i brug",
    "replaced": "afløst",
    "outdated": "et nummer gælder ikke",
    "withdrawn": "kaldt tilbage",
}
"""The same in Danish, for lists."""

ALIKE = 0.5
"""Two pieces that share less than half of their letters are not one piece that was altered."""


@dataclass(frozen=True)
class Change:
    """One thing that differs: what stood there, and what stands there now; None where there is nothing."""

    before: FrozenPiece | None
    now: FrozenPiece | None


@dataclass(frozen=True)
class Changes:
    """What differs between the paper and the words of today; signs first, since they decide what a reader does."""

    signs: tuple[Change, ...] = ()
    words: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.signs or self.words)


@dataclass(frozen=True)
class WrongNumber:
    """A number on the paper that is not the area's any more, and the one that is."""

    area: str
    """The area's name."""
    printed: str
    now: Phone | None


@dataclass(frozen=True)
class Standing:
    """How a printed edition stands on a day."""

    edition: PrintedEdition
    kind: EditionKind
    leaflet: Leaflet | None
    """What it was an edition of, unless that is gone."""
    then: Region | None
    """The region that it was printed for."""
    now: tuple[Region, ...]
    """The regions of the day that have its readers: its own, or those that came after it."""
    areas: tuple[Area, ...]
    """The areas it was printed for: where its readers live, whatever region runs them now."""
    wrong_numbers: tuple[WrongNumber, ...]
    catalogue: Catalogue = field(repr=False, compare=False)

    @cached_property
    def changes(self) -> Changes:
        """What differs between the paper and the words of today; compared when it is asked for, since that is slow."""
        return changes_since(self.catalogue, self.edition, self.leaflet)


@dataclass(frozen=True)
class WayOn:
    """A way on from a code: the page of one region, and its newest sheet of the same leaflet."""

    name: str
    """The region's name; empty for the pages of the whole country."""
    page: str
    """An address below the root of the build, or a whole one where the region publishes its own pages."""
    sheet: str | None = None


def standing(catalogue: Catalogue, edition: PrintedEdition, day: date) -> Standing:
    """Return how an edition, as the register tells of it on the day, stands on that day."""
    then = catalogue.regions.get(edition.sender)
    areas = _areas(catalogue, edition, then)
    wrong = tuple(_wrong_numbers(catalogue, edition, day))
    leaflet = catalogue.leaflets.get(edition.leaflet)
    return Standing(
        edition, _kind(edition, bool(then and then.is_valid_on(day)), bool(wrong)), leaflet, then,
        _regions(catalogue, then, areas, day), areas, wrong, catalogue,
    )  # fmt: skip


def ways(catalogue: Catalogue, found: Standing, home: Region | None = None) -> tuple[WayOn, ...]:
    """Return where the code leads: to the regions that have its readers now, or else to the build's own first pages.

    Never empty. A region built alone (`home`) leads to its own pages, and to those of regions with a site of their own.
    """
    topic = catalogue.topics.get(found.leaflet.landing_topic) if found.leaflet else None
    page = topic.address if topic else ""
    reached = [region for region in found.now if home in (None, region) or region.own_site]
    own = tuple(_way(found, region, page, "" if region == home else None) for region in reached)
    return own if own else (WayOn("", page if topic and topic.section != "fagfolk" else ""),)


def leads_at_once(found: Standing, onward: tuple[WayOn, ...]) -> bool:
    """Say whether the paper holds, so that its code leads straight to its page; else the page about it says more."""
    return found.kind == "current" and len(onward) == 1


def changes_since(catalogue: Catalogue, edition: PrintedEdition, leaflet: Leaflet | None) -> Changes:
    """Return what differs between a released edition and its leaflet of today; nothing where either is unknown."""
    frozen = catalogue.frozen.get((edition.release and edition.release.text_hash) or "")
    if frozen is None or leaflet is None:
        return Changes()
    return differences(frozen.pieces, words_of(catalogue, leaflet, edition.format_family))


def differences(before: Sequence[FrozenPiece], now: Sequence[FrozenPiece]) -> Changes:
    """Return what differs between two versions of the words, in the order of the later one."""
    return Changes(tuple(_signs(before, now)), tuple(_words(before, now)))


def numbers_differ(catalogue: Catalogue, edition: PrintedEdition, day: date) -> int:
    """Return how many of the edition's numbers its sender's paper of the day would not carry, or would carry anew.

    None where there is no such paper any more: where the region or the leaflet is gone.
    """
    region, leaflet = catalogue.regions.get(edition.sender), catalogue.leaflets.get(edition.leaflet)
    if region is None or leaflet is None or not region.is_valid_on(day):
        return 0
    then = {(number.area, number.number) for number in edition.numbers}
    carried = numbers_of(catalogue, leaflet, edition.format_family, past_sender(catalogue, region), day)
    now = {(number.area, number.number) for number in carried}
    return max(len(then - now), len(now - then))


def _kind(edition: PrintedEdition, region_lives: bool, has_wrong_number: bool) -> EditionKind:
    if edition.status in ("draft", "withdrawn"):
        return "draft" if edition.status == "draft" else "withdrawn"
    if edition.status == "replaced" or not region_lives:
        return "replaced"
    return "outdated" if has_wrong_number else "current"


def _areas(catalogue: Catalogue, edition: PrintedEdition, then: Region | None) -> tuple[Area, ...]:
    names = [number.area for number in edition.numbers] or (list(then.areas) if then else [])
    return tuple(catalogue.areas[name] for name in names if name in catalogue.areas)


def _regions(catalogue: Catalogue, then: Region | None, areas: tuple[Area, ...], day: date) -> tuple[Region, ...]:
    """Return the region it was printed for, if it lives, and all that run one of its areas now."""
    own = [then] if then and then.is_valid_on(day) else []
    running = (catalogue.region_of(area.id, day) for area in areas)
    return tuple({region.id: region for region in (*own, *running) if region}.values())


def _wrong_numbers(catalogue: Catalogue, edition: PrintedEdition, day: date) -> Iterator[WrongNumber]:
    for carried in edition.numbers:
        area = catalogue.areas.get(carried.area)
        now = area.out_of_hours(day) if area else None
        if now is None or now.number != carried.number:
            yield WrongNumber(area.name if area else carried.area, carried.number, now)


def _signs(before: Sequence[FrozenPiece], now: Sequence[FrozenPiece]) -> Iterator[Change]:
    """Yield the signs, and what to do about them, that are new, gone, worded anew or of another urgency."""
    old, new = _by_words(before), _by_words(now)
    for words, piece in new.items():
        if words in old and old[words].level != piece.level:
            yield Change(old[words], piece)
    gone = [piece for words, piece in old.items() if words not in new]
    come = [piece for words, piece in new.items() if words not in old]
    yield from _paired(gone, come)


def _by_words(pieces: Sequence[FrozenPiece]) -> Mapping[str, FrozenPiece]:
    return {piece.words: piece for piece in pieces if piece.level}


def _words(before: Sequence[FrozenPiece], now: Sequence[FrozenPiece]) -> Iterator[Change]:
    old = [piece for piece in before if piece.level is None]
    new = [piece for piece in now if piece.level is None]
    matcher = SequenceMatcher(None, [piece.words for piece in old], [piece.words for piece in new], autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what != "equal":
            yield from _paired(old[old_from:old_to], new[new_from:new_to])


def _paired(gone: Sequence[FrozenPiece], come: Sequence[FrozenPiece]) -> Iterator[Change]:
    """Yield what is gone and what has come, as one change where the one was made from the other."""
    left = list(gone)
    for piece in come:
        likest = max(left, key=lambda other: _likeness(other, piece), default=None)
        if likest is not None and _likeness(likest, piece) >= ALIKE:
            left.remove(likest)
            yield Change(likest, piece)
        else:
            yield Change(None, piece)
    for piece in left:
        yield Change(piece, None)


def _likeness(one: FrozenPiece, other: FrozenPiece) -> float:
    return SequenceMatcher(None, one.words, other.words, autojunk=False).ratio() if one.kind == other.kind else 0


def _way(found: Standing, region: Region, page: str, prefix: str | None) -> WayOn:
    if prefix is None:
        prefix = f"{region.own_site.rstrip('/')}/" if region.own_site else f"{region.id}/"
    sheet = _newest(found, region)
    return WayOn(region.name, prefix + page, prefix + sheet if sheet and found.kind != "current" else None)


def _newest(found: Standing, region: Region) -> str | None:
    """Return the address of the sheet that has taken this one's place at the region."""
    leaflet = found.leaflet
    if leaflet is None or region.id not in leaflet.senders:
        return None
    formats: list[Format] = [name for name in leaflet.formats if family(name) == found.edition.format_family]
    return leaflet_file(leaflet.id, formats[0]) if formats else None
