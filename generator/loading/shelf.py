"""Records and problems, collected while files are read one after the other."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from generator.loading.decode import decode, mentions
from generator.loading.files import read_text, rough_text
from generator.loading.kinds import SITE_FILE, FileKind, collection
from generator.loading.yaml_nodes import Document
from generator.model.catalogue import COLLECTIONS, Catalogue
from generator.model.edition import RegisterEntry
from generator.model.place import Palette, SiteSettings
from generator.model.record import Entity, Origin
from generator.model.topic import Body, Topic
from generator.model.unread import Mention, Unread
from generator.problems import ContentError, Position, Problem
from generator.source_files import source_hash

_SITE = PurePosixPath("data/site.yml")
_WRITTEN_ID = re.compile(r"\bid: *[\"']?([a-z0-9-]+)")
"""Finds the ids in a file that is not YAML, well enough not to call what refers to them wrong."""


class Shelf:
    """What has been read so far, what was wrong, and the traces of what could not be read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.records: dict[str, dict[str, Any]] = {name: {} for name in (*COLLECTIONS.values(), SITE_FILE)}
        self.ids: dict[str, set[str]] = {name: set() for name in self.records}
        self.closed: set[str] = set()
        self.mentions: list[Mention] = []
        self.texts: list[Topic] = []
        self.origins: dict[tuple[str, str], Origin] = {}
        self.problems: list[Problem] = []
        self.hashes: dict[str, str] = {}
        self.register = ""

    @contextmanager
    def keeping_problems(self) -> Iterator[None]:
        """Keep what an author must correct, and go on with the next thing."""
        try:
            yield
        except ContentError as error:
            self.problems += error.problems

    def text(self, path: PurePosixPath, kind: FileKind | None = None) -> str:
        """Return the file's text; remember its hash, and the ids in a file of lists, be it readable or not."""
        lists = kind.lists.values() if kind else ()
        try:
            text = read_text(self.root, path, *((kind.largest,) if kind else ()))
        except ContentError:
            rough = rough_text(self.root, path)
            self.meet_ids(lists, rough)
            self.closed.update(collection(record) for record in lists if not rough)
            raise
        self.meet_ids(lists, text)
        if RegisterEntry in lists:
            self.register = text
        self.hashes[str(path)] = source_hash(text.encode())
        return text

    def meet(self, record: type[Entity], name: str) -> None:
        """Remember that a record with that id is written somewhere, readable or not."""
        self.ids[collection(record)].add(name)

    def meet_ids(self, records: Iterable[type[Entity]], text: str) -> None:
        """Remember the ids that are written in a text, whether or not it turns out to be YAML."""
        for record in records:
            self.ids[collection(record)].update(_WRITTEN_ID.findall(text))

    def keep_text(self, name: str, section: str, body: Body, path: PurePosixPath) -> None:
        """Keep a text that may lack readable front matter, so that its words are checked all the same."""
        values: dict[str, Any] = {"id": name, "section": section, "body": body, "origin": Origin(path)}
        self.texts.append(Topic.model_construct(None, title=path.name, **values))

    def add(self, record: type[Entity], value: object, document: Document, origin: Origin, **known: object) -> None:
        """Decode a record and put it in its collection, or raise with all that is wrong with it."""
        name, problems = collection(record), []
        identity = _identity(record, value, known)
        if isinstance(identity, str) and (earlier := self.origins.setdefault((name, identity), origin)) is not origin:
            problems.append(_second(identity, origin, earlier, is_file="id" in known))
        try:
            entity = decode(record, value, origin, document, **known)
        except ContentError as error:
            problems += error.problems
        if problems:
            self.mentions += mentions(record, value, origin)
            raise ContentError(problems)
        self.records[name][str(identity)] = entity

    def cleared(self) -> tuple[Catalogue, Unread]:
        """Return the records in a Catalogue, and the traces of those that are missing from it."""
        settings = self.records.pop(SITE_FILE).get("site")
        if settings is None:
            if not any(problem.position.path == _SITE for problem in self.problems):
                self.problems.append(Problem(Position(_SITE), "filen mangler", "se VEJLEDNING.md"))
            settings = _no_settings()
        catalogue = Catalogue(settings=settings, **self.records, register=self.register, hashes=self.hashes)
        ids = {name: frozenset(found) for name, found in self.ids.items()}
        readable = {topic.origin.path for topic in catalogue.topics.values()}
        texts = tuple(text for text in self.texts if text.origin.path not in readable)
        return catalogue, Unread(ids, frozenset(self.closed), tuple(self.mentions), texts)


def _identity(record: type[Entity], value: object, known: Mapping[str, object]) -> object:
    """Return what a record is kept under; the lines of the register that tell of one code differ in its status."""
    given = value if isinstance(value, Mapping) else {}
    identity = known.get("id", given.get("id"))
    return f"{identity} {given.get('status')}" if record is RegisterEntry else identity


def _second(identity: str, origin: Origin, earlier: Origin, *, is_file: bool) -> Problem:
    if is_file:
        message = f"»{origin.path.name}« findes også som {earlier.path}"
        return Problem(Position(origin.path), message, "giv filen et andet navn")
    return Problem(
        origin.at("id"), f"id'et »{identity.partition(' ')[0]}« er allerede brugt i {earlier.at('id')}", "vælg et andet"
    )


def _no_settings() -> SiteSettings:
    """Stand in for settings that cannot be read, so that everything else can be checked in the same run."""
    plain = Palette(ink="#000000", tint="#FFFFFF", dark_ink="#FFFFFF")
    empty: dict[str, Any] = dict.fromkeys(SiteSettings.model_fields)
    return SiteSettings.model_construct(
        None, **{**empty, "id": "site", "origin": Origin(_SITE), "national_palette": plain, "sheet_figures": ()}
    )
