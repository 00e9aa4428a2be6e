"""The circumstances a page is made in: from what, by whom, on which day, and whether it is to be published."""

from dataclasses import dataclass
from datetime import date

from generator import addresses
from generator.danish import joined
from generator.model.approval import Approval
from generator.model.catalogue import Catalogue
from generator.model.signing import Signable, standing
from generator.sender.senders import Sender


@dataclass(frozen=True)
class Setting:
    """What a text is filled in for."""

    catalogue: Catalogue
    sender: Sender
    as_of: date
    profile: str = "draft"

    @property
    def help_address(self) -> str:
        """The address of the page that tells when to seek help."""
        return addresses.topic_page("emner", self.catalogue.settings.help_topic)

    def approval_of(self, record: Signable) -> Approval | None:
        """Return the signature to show under a record; None where a part of it is not signed as it stands today.

        Where several have signed parts of it, all their roles stand there, with the oldest day. The name is left out
        unless one alone has signed and the sender has said that names may be shown.
        """
        found = standing(self.catalogue, record, self.as_of)
        if found.approval is None or len(found.roles) > 1:
            roles = {"role": joined(found.roles), "name": None}
            return found.approval and found.approval.model_copy(update=roles)
        shows_name = self.sender.region is not None and self.sender.region.shows_names
        return found.approval if shows_name else found.approval.model_copy(update={"name": None})
