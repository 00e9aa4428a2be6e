"""Pages that only lead on, from the addresses of regions that have ceased to be."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from generator.model.place import Region
from generator.sender.context import Context
from generator.sender.numbers import whom_to_call
from generator.sender.senders import past_regions, past_sender
from generator.web.page import Page

Pages = Callable[[Context], tuple[Page, ...]]
"""What makes the pages of a sender."""


def moved(context: Context, pages: Pages) -> Iterator[Page]:
    """Yield a page at every address of a region that has ceased to be, leading to the same page where it is now."""
    for region, heir in past_regions(context.catalogue, context.day):
        last_day = region.valid_to or context.day
        old = past_sender(context.catalogue, region)
        new = {page.address for page in pages(_context_of(context, heir))} if heir else set()
        for page in pages(replace(context, sender=old, day=last_day)):
            address = page.address if page.address in new else ""
            target = f"{heir.id}/{address}" if heir else ""
            values = {"target": target, "old": region, "heir": heir, "calls": whom_to_call(_context_of(context, heir))}
            yield Page(
                f"{region.id}/{page.address}", "moved.html", page.title, page.description, partial(dict, values),
                page.source, listed=False,
            )  # fmt: skip


def _context_of(context: Context, region: Region | None) -> Context:
    if region is None or context.sender.region is not None:
        return context
    return replace(context, sender=past_sender(context.catalogue, region))
