"""Files of a sender beside its pages: what pages fetch, and what others fetch about them."""

from collections.abc import Sequence

from generator import addresses
from generator.sender.context import Context
from generator.web import search_index as search
from generator.web import share_picture as sharing
from generator.web.page import Page

NOTICES = {"draft": "Udkast – ikke fagligt godkendt", "publish": "Generel information, ens for alle"}


def documents(context: Context, pages: Sequence[Page]) -> dict[str, str | bytes]:
    """Return the files by address below the sender's root."""
    return {
        f"{addresses.SEARCH}ord.json": search.index(context.catalogue, pages),
        addresses.PICTURE: sharing.picture(context.catalogue.settings.title, context.sender, NOTICES[context.profile]),
    }
