"""Pages that only lead on, from the addresses of regions that have ceased to be."""

from collections.abc import Callable, Iterator
from functools import partial

from generator.model.catalogue import Catalogue
from generator.model.place import Region
from generator.sender.numbers import whom_to_call
from generator.sender.plan import Plan
from generator.sender.senders import Sender, past_regions, past_sender
from generator.sender.setting import Setting
from generator.web.page import Page

Pages = Callable[[Catalogue, Sender, Plan], tuple[Page, ...]]
"""What makes the pages of a sender."""


def moved(setting: Setting, plan: Plan, pages: Pages) -> Iterator[Page]:
    """Yield a page at every address of a region that has ceased to be, leading to the same page where it is now."""
    for region, heir in past_regions(setting.catalogue, plan.as_of):
        last_day = region.valid_to or plan.as_of
        old = past_sender(setting.catalogue, region)
        new = (
            {p.address for p in pages(setting.catalogue, past_sender(setting.catalogue, heir), plan)} if heir else set()
        )
        for page in pages(setting.catalogue, old, Plan(last_day, plan.profile)):
            address = page.address if page.address in new else ""
            target = f"{heir.id}/{address}" if heir else ""
            values = {"target": target, "old": region, "heir": heir, "calls": whom_to_call(_setting_of(setting, heir))}
            yield Page(
                f"{region.id}/{page.address}", "moved.html", page.title, page.description, partial(dict, values),
                page.source, listed=False,
            )  # fmt: skip


def _setting_of(setting: Setting, region: Region | None) -> Setting:
    if region is None or setting.sender.region is not None:
        return setting
    return Setting(setting.catalogue, past_sender(setting.catalogue, region), setting.as_of, setting.profile)
