"""The page that somebody is looking at, made before all the others: nobody waits for a whole site to see a sentence."""

import tempfile
from pathlib import Path
from typing import Any

from generator.cache import Cache
from generator.model.catalogue import Catalogue
from generator.publish.build_request import BuildRequest
from generator.publish.mkdocs_plugin import build_pages, prepared_config
from generator.publish.rendering import Rendering
from generator.publish.site import speakers
from generator.publish.workers import last_sizes
from generator.web.pages import common, pages
from generator.writing import write_whole


class QuickLook:
    """Makes single pages of a request in this process, which keeps what the templates were compiled to."""

    def __init__(self, request: BuildRequest, store: Cache) -> None:
        self.request, self.store = request, store
        self._config: Any = None

    def renew(self, catalogue: Catalogue, page: str) -> bool:
        """Write one page, an address below the site such as `nordby/medicin/`, anew; the rest of the site stays.

        What it says of leaflets is what their sheets last were. Returns False where there is no such page, or nothing
        was built before. Raises ContentError for a template that cannot be shown.
        """
        chosen = speakers(catalogue, self.request)
        sender = chosen.get(page.partition("/")[0]) or next(iter(chosen.values()))
        prefix = "" if self.request.region else sender.prefix
        file = self.request.out / page / "index.html"
        context = self.request.context(catalogue, sender)
        wanted = pages(context)
        address = page.removeprefix(prefix)
        sizes = last_sizes(self.request, sender.id, self.store)
        if sizes is None or not file.is_file() or address not in {one.address for one in wanted}:
            return False
        rendering = Rendering(
            wanted, common(context) | {"leaflet_files": sizes}, self.request.base + prefix,
            frozenset(one.address for one in wanted if one.address != address),
        )  # fmt: skip
        self._config = self._config or prepared_config(self.request.root / "mkdocs.yml")
        with tempfile.TemporaryDirectory() as directory:
            build_pages(self._config, Path(directory), "", rendering)
            write_whole(file, (Path(directory) / address / "index.html").read_bytes())
        return True
