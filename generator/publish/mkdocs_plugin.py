"""The MkDocs adapter: hands the pages of one sender to MkDocs. No other module imports mkdocs."""

import logging
from pathlib import Path, PurePosixPath

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator.problems import ContentError, Position, Problem
from generator.publish.rendering import Rendering, from_environment
from generator.web import templates
from generator.web.page import Page
from generator.writing import link_or_copy


class PluginConfig(Config):
    """Nothing can be set in mkdocs.yml: facts stand in data/, words in content/."""


class BorgerinfoPlugin(BasePlugin[PluginConfig]):
    """Makes every page of one sender from the Catalogue."""

    rendering: Rendering
    """Set by `build_pages`; a plain `mkdocs build` or `mkdocs serve` reads the sources itself."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Read and check before MkDocs does any work, so that a mistake fails fast."""
        if not hasattr(self, "rendering"):
            try:
                self.rendering = from_environment(Path(config.config_file_path).parent)
            except (ContentError, ValueError) as error:
                raise PluginError(f"\n{error}") from None

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace the files of content/ by the pages made from them; nothing of the theme's own assets ships."""
        made = [_CataloguePage(page, config).file for page in self.rendering.wanted]
        beside = self.rendering.files(_templates(config))
        return Files([*made, *(File.generated(config, address, content=content) for address, content in beside)])

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Give the templates the environment that they are written for."""
        return templates.prepare(env)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the template its page and what the sender's pages have in common."""
        assert isinstance(page, _CataloguePage)
        context.update(self.rendering.page_values(page.shown))  # type: ignore[typeddict-item]  # it takes any names
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give 404.html and sitemap.xml the same."""
        context.update(self.rendering.site_values())  # type: ignore[typeddict-item]  # it takes any names
        return context

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Lay each page that has a second address there too."""
        for page in (page for page in self.rendering.wanted if page.also):
            link_or_copy(
                Path(config.site_dir) / page.address / "index.html", Path(config.site_dir) / page.also / "index.html"
            )


class _CataloguePage(MkDocsPage):
    """A page whose words are already converted."""

    def __init__(self, shown: Page, config: MkDocsConfig) -> None:
        uri = f"{shown.address}index.md"
        file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        super().__init__(shown.title, file, config)
        self.shown = shown

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {"template": self.shown.template, "title": self.shown.title}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""
        self.present_anchor_ids = set(self.shown.anchors)
        self.links_to_anchors = {}


def build_pages(config: MkDocsConfig, site_dir: Path, site_url: str, rendering: Rendering) -> None:
    """Build one sender's pages into a directory; warnings stop the build, as MkDocs' strict mode has it.

    Raises ContentError for a template that cannot be shown.
    """
    config.site_dir, config.site_url = str(site_dir), site_url
    plugin = config.plugins["borgerinfo"]
    assert isinstance(plugin, BorgerinfoPlugin)
    plugin.rendering = rendering
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    try:
        build(config)
    except jinja2.TemplateError as error:
        raise templates.fault(_templates(config), error) from error


def prepared_config(config_file: Path) -> MkDocsConfig:
    """Read mkdocs.yml once; each worker then changes its own copy of it. Raises ContentError for a faulty one."""
    try:
        config = load_config(str(config_file))
    except MkDocsException as error:
        raise _config_fault(config_file, f"MkDocs kan ikke læse den: {error}") from error
    if "borgerinfo" not in config.plugins:
        raise _config_fault(config_file, "pluginet borgerinfo mangler under plugins")
    return config


def _config_fault(config_file: Path, message: str) -> ContentError:
    remedy = "hent filen, som den var (git checkout mkdocs.yml)"
    return ContentError([Problem(Position(PurePosixPath(config_file.name)), message, remedy)])


def _templates(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent / "overrides"
