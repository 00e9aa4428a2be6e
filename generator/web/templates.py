"""The environment that all templates share, those of pages and of reports, and how a fault in one is told."""

import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

import jinja2
import jinja2.bccache

from generator import addresses, danish
from generator.addresses import breakable, legible
from generator.problems import ContentError, Position, Problem
from generator.web.all_in_one_file import inside
from generator.web.content_policy import policy
from generator.web.minified import minified_style
from generator.web.structured_data import medical_page

FILTERS: Mapping[str, Callable[..., Any]] = {
    "address": legible,
    "breakable": breakable,
    "counted": danish.counted,
    "decimal": danish.decimal,
    "headed": danish.headed,
    "inside": inside,
    "joined": danish.joined,
    "long_date": danish.long_date,
    "medical_page": medical_page,
    "minified": minified_style,
    "policy": policy,
    "printed": danish.as_printed,
}


class _CompiledTemplates(jinja2.BytecodeCache):
    """Keeps compiled templates as long as the process lives; on a disk they would be code that may come from elsewhere.

    Compiling them takes longer than filling a hundred pages, and a process makes the pages of several senders.
    """

    kept: ClassVar[dict[tuple[str, str], bytes]] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if compiled := self.kept.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def prepare(environment: jinja2.Environment) -> jinja2.Environment:
    """Have an environment escape every value, and know where pages live and how Danes write."""
    environment.autoescape = True
    environment.undefined = jinja2.StrictUndefined  # a slip in a template must not become a gap on a page
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters |= FILTERS
    environment.globals["addresses"] = addresses
    environment.bytecode_cache = _CompiledTemplates()
    return environment


def render(directory: Path, name: str, **values: Any) -> str:
    """Return one template of the directory with its values; raises ContentError where that cannot be done."""
    environment = prepare(jinja2.Environment(loader=jinja2.FileSystemLoader(directory)))
    try:
        return environment.get_template(name).render(values) + "\n"
    except jinja2.TemplateError as error:
        raise fault(directory, error) from error


def fault(directory: Path, error: jinja2.TemplateError) -> ContentError:
    """Return what is wrong with a template of the directory, on the line of it where it showed.

    Raises OSError for one that is there and may not be read.
    """
    if isinstance(error, jinja2.TemplateNotFound):
        with suppress(FileNotFoundError):
            (directory / (error.name or "")).stat()
        place, remedy = PurePosixPath(directory.name, error.name or ""), "hent den frem"
        return ContentError([Problem(Position(place), "skabelonen findes ikke", remedy)])
    frames = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, jinja2.TemplateSyntaxError):
        frames.append((error.filename or "", error.lineno))
    own = [(Path(name), line) for name, line in frames if name and Path(name).is_relative_to(directory)]
    path, line = own[-1] if own else (directory, 1)
    position = Position(PurePosixPath(path.relative_to(directory.parent).as_posix()), line)
    message = f"skabelonen kan ikke vises ({error.message})"
    return ContentError([Problem(position, message, "ret den, eller fortryd ændringen")])
