"""Converting many texts at once, one process for each core; the results are met in the cache."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath

from generator import markdown
from generator.cache import Cache, converter, text_key
from generator.loading.files import read_text, source_files
from generator.problems import ContentError

FEW = 12
"""Texts that one process has converted before another has started."""
Text = tuple[str, PurePosixPath, int]


def convert_ahead(root: Path, store: Cache) -> None:
    """Convert the texts that are not in the cache, where they are many; whoever reads them next finds them there."""
    wanted = [text for text in _texts(root) if not store.has(text_key(*text))]
    if len(wanted) <= FEW:
        return
    workers = os.cpu_count() or 1
    chunk = max(1, len(wanted) // (8 * workers))
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        for _ in pool.map(partial(_convert, store), wanted, chunksize=chunk):
            pass


def _texts(root: Path) -> Iterator[Text]:
    for path in source_files(root, "content"):
        try:
            source = markdown.split(read_text(root, path))
        except ContentError:
            continue  # told of when the file is read in earnest
        yield source.body, path, source.body_line


def _convert(store: Cache, text: Text) -> None:
    with suppress(ContentError):  # told of when the file is read in earnest
        converter(store)(*text)
