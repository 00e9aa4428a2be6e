"""The MkDocs adapter: hands the pages of one sender to MkDocs. No other module imports mkdocs."""

import logging
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
import jinja2.bccache
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_theme_dir
from mkdocs.utils.templates import TemplateContext

from generator import danish, load
from generator.addresses import CLINICIANS, CODES, SEARCH, THANKS, breakable, counterpart, legible, national_counterpart
from generator.cache import Cache, key
from generator.checks import check_day
from generator.model.catalogue import Catalogue
from generator.problems import ContentError, Position, Problem
from generator.sender.context import Context, refuse_unknown_profile
from generator.sender.numbers import number_html
from generator.sender.senders import NATIONAL, Sender, senders
from generator.web import all_in_one_file as offline
from generator.web.content_policy import policy
from generator.web.documents import documents
from generator.web.pages import Page, common, pages
from generator.web.structured_data import medical_page

SCRIPTS = {"kode.js": CODES, "adresse.js": CODES, "soeg.js": SEARCH, "kopier.js": CLINICIANS, "feedback.js": THANKS}
"""The scripts that ship, and the page that uses each; a script ships where that page does."""


@dataclass(frozen=True)
class Rendering:
    """What one MkDocs run shows: a sender's pages, and what they have in common."""

    pages: tuple[Page, ...]
    common: Mapping[str, Any]
    base: str = "/"
    """The path of the sender's first page on its host; the page for missing pages links from there."""
    kept: frozenset[str] = frozenset()
    """Addresses of pages that need not be made, because an earlier build's are still right."""
    documents: Mapping[str, str | bytes] = field(default_factory=dict)
    """Other files that the pages fetch, by address."""
    store: Cache | None = None
    """Where compiled templates are kept; compiling them takes longer than filling a hundred pages."""


class PluginConfig(Config):
    """Nothing can be set in mkdocs.yml: facts stand in data/, words in content/."""


class BorgerinfoPlugin(BasePlugin[PluginConfig]):
    """Makes every page of one sender from the Catalogue."""

    rendering: Rendering | None = None
    """Set by `build_pages`; a plain `mkdocs build` or `mkdocs serve` reads the sources itself."""
    given: bool = False

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check before MkDocs does any work, so that a mistake fails fast."""
        if not self.given:
            self.rendering = _read_rendering(Path(config.config_file_path).parent)
        config.theme.dirs = [path for path in config.theme.dirs if path != get_theme_dir(config.theme.name or "")]
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace the files of content/ by the pages made from them; nothing of the theme's own assets ships."""
        made = Files([])
        for page in (page for page in self._rendering.pages if page.address not in self._rendering.kept):
            uri = f"{page.address}index.md"
            file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            _CataloguePage(page, file, config)
            made.append(file)
        for address, content in (*self._rendering.documents.items(), *_scripts(config, self._rendering.pages)):
            made.append(File.generated(config, address, content=content))
        return made

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Escape every value, and give the templates the words of a Dane."""
        env.autoescape = True
        env.undefined = jinja2.StrictUndefined  # a slip in a template must not become a gap on a page
        env.trim_blocks = env.lstrip_blocks = True
        env.filters |= FILTERS
        if self._rendering.store:
            env.bytecode_cache = _CompiledTemplates(self._rendering.store)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the template its page and what the sender's pages have in common."""
        assert isinstance(page, _CataloguePage)
        elsewhere: dict[str, Any] = {"same_page": "", "same_national": "", "is_same": False}
        if page.shown.listed:
            same = counterpart(page.shown.address)
            elsewhere = {
                "same_page": same,
                "same_national": national_counterpart(page.shown.address),
                "is_same": bool(same) and same == page.shown.address,
            }
        own = {"view": page.shown, "root": page.shown.root, **elsewhere}
        return _with(context, self._rendering.common, page.shown.values, own)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give 404.html and sitemap.xml the same."""
        listed = [page for page in self._rendering.pages if page.listed]
        own: dict[str, Any] = {"root": self._rendering.base, "listed": listed, "view": None}
        own |= {"same_page": "", "same_national": "", "is_same": False}
        return _with(context, self._rendering.common, own)

    @property
    def _rendering(self) -> Rendering:
        assert self.rendering is not None, "on_config comes first"
        return self.rendering


def _scripts(config: MkDocsConfig, shown: Iterable[Page]) -> Iterator[tuple[str, str]]:
    """Yield address and text of each script that a page shown uses."""
    addresses = {page.address for page in shown}
    for name, address in SCRIPTS.items():
        if address in addresses:
            yield address + name, Path(config.theme.custom_dir or "", name).read_text("utf-8")


class _CompiledTemplates(jinja2.BytecodeCache):
    """Keeps compiled templates, which is safe because the key holds their text and this program's."""

    def __init__(self, store: Cache) -> None:
        self.store = store

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if compiled := self.store.find(self._key(bucket)):
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.store.keep(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: jinja2.bccache.Bucket) -> str:
        return key("template", bucket.key, bucket.checksum)


class _CataloguePage(MkDocsPage):
    """A page whose words are already converted."""

    def __init__(self, shown: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(shown.title, file, config)
        self.shown = shown

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {"template": self.shown.template, "title": self.shown.title}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""
        self.present_anchor_ids = set(self.shown.anchors)
        self.links_to_anchors = {}


def build_pages(
    config_file: Path, site_dir: Path, site_url: str, rendering: Rendering, config: MkDocsConfig | None = None
) -> None:
    """Build one sender's pages into a directory; warnings stop the build, as MkDocs' strict mode has it."""
    if config is None:
        config = prepared_config(config_file)
    config.site_dir, config.site_url = str(site_dir), site_url
    plugin = config.plugins["borgerinfo"]
    assert isinstance(plugin, BorgerinfoPlugin)
    plugin.rendering, plugin.given = rendering, True
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    try:
        mkdocs_build(config)
    except jinja2.TemplateError as error:
        raise ContentError([_template_problem(config_file.parent, error)]) from error


def _template_problem(root: Path, error: jinja2.TemplateError) -> Problem:
    """Return what is wrong with a template, on the line of it where it showed."""
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem(
            Position(PurePosixPath("overrides", error.name or "")), "skabelonen findes ikke", "hent den frem"
        )
    frames = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, jinja2.TemplateSyntaxError):
        frames.append((error.filename or "", error.lineno))
    own = [(Path(name), line) for name, line in frames if name and Path(name).is_relative_to(root / "overrides")]
    path, line = own[-1] if own else (root / "overrides", 1)
    position = Position(PurePosixPath(path.relative_to(root).as_posix()), line)
    return Problem(position, f"skabelonen kan ikke vises ({error.message})", "ret den, eller fortryd ændringen")


def prepared_config(config_file: Path) -> MkDocsConfig:
    """Read mkdocs.yml once; each worker then changes its own copy of it. Raises ContentError for a faulty one."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    place = Position(PurePosixPath(config_file.name))
    remedy = "hent filen, som den var (git checkout mkdocs.yml)"
    try:
        config = load_config(str(config_file))
    except MkDocsException as error:
        raise ContentError([Problem(place, f"MkDocs kan ikke læse den: {error}", remedy)]) from error
    if "borgerinfo" not in config.plugins:
        raise ContentError([Problem(place, "pluginet borgerinfo mangler under plugins", remedy)])
    return config


def today() -> date:
    """Return the day in Copenhagen, for builds that were not told which day they speak for."""
    return datetime.now(ZoneInfo("Europe/Copenhagen")).date()


def _with(context: TemplateContext, *values: Mapping[str, Any]) -> TemplateContext:
    """Return the context with our values; MkDocs types it as a closed dictionary but passes on whatever is in it."""
    for more in values:
        context.update(more)  # type: ignore[typeddict-item]
    return context


def _read_rendering(root: Path) -> Rendering:
    asked = os.environ.get("BORGERINFO_AS_OF")
    try:
        as_of = danish.iso_day(asked) if asked else today()
        profile = os.environ.get("BORGERINFO_PROFILE") or "draft"
        refuse_unknown_profile(profile)
    except ValueError as error:
        raise PluginError(str(error)) from None
    try:
        catalogue = load(root)
        problems = check_day(catalogue, as_of, profile)
        if problems:
            raise ContentError(problems)
    except ContentError as error:
        raise PluginError(f"\n{error}") from None
    sender = _chosen(catalogue, as_of)
    context = Context(catalogue, sender, as_of, profile, alone=bool(os.environ.get("BORGERINFO_REGION")))
    wanted = pages(context)
    return Rendering(wanted, common(context), documents=documents(context, wanted))


def _chosen(catalogue: Catalogue, as_of: date) -> Sender:
    wanted = os.environ.get("BORGERINFO_REGION") or NATIONAL
    found = {sender.id: sender for sender in senders(catalogue, as_of)}
    if wanted not in found:
        near = danish.did_you_mean(wanted, list(found)) or f"vælg en af: {', '.join(found)}"
        raise PluginError(f"BORGERINFO_REGION={wanted} findes ikke den {danish.long_date(as_of)} – {near}")
    return found[wanted]


FILTERS: Mapping[str, Callable[..., Any]] = {
    "long_date": danish.long_date,
    "joined": danish.joined,
    "headed": danish.headed,
    "decimal": danish.decimal,
    "number": number_html,
    "address": legible,
    "breakable": breakable,
    "policy": policy,
    "inside": offline.inside,
    "medical_page": medical_page,
}
