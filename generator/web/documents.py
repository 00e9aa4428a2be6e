"""Files of a sender beside its pages: what pages fetch, and what others fetch about them."""

from collections.abc import Sequence

from generator import addresses
from generator.model.catalogue import Catalogue
from generator.sender.plan import Plan
from generator.sender.senders import Sender
from generator.web import search_index as search
from generator.web import share_picture as sharing
from generator.web.page import Page

NOTICES = {"draft": "Udkast – ikke fagligt godkendt", "publish": "Generel information, ens for alle"}


def documents(catalogue: Catalogue, sender: Sender, plan: Plan, pages: Sequence[Page]) -> dict[str, str | bytes]:
    """Return the files by address below the sender's root."""
    return {
        f"{addresses.SEARCH}ord.json": search.index(catalogue, pages),
        addresses.PICTURE: sharing.picture(catalogue.settings.title, sender, NOTICES[plan.profile]),
    }
