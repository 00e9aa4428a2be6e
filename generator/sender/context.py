"""What a page or a sheet is made in: from what, by whom, for which day, and whether it is to be published."""

from dataclasses import dataclass
from datetime import date

from generator import addresses
from generator.danish import joined
from generator.model.approval import Approval, Reviewed
from generator.model.catalogue import Catalogue
from generator.model.intervention import Intervention
from generator.model.signing import Signable, signatures
from generator.sender.profiles import refuse_unknown_profile
from generator.sender.senders import Sender, interventions_of


@dataclass(frozen=True)
class Context:
    """Whose words are made, for which day and which profile.

    Raises ValueError for a profile that does not exist, since a slip must never look like something published.
    """

    catalogue: Catalogue
    sender: Sender
    day: date
    profile: str = "draft"
    alone: bool = False
    """Whether the sender's pages are a tree of their own."""
    feedback: str = ""
    """Where forms send to, instead of the address in the data; for the preview on one's own machine."""

    def __post_init__(self) -> None:
        refuse_unknown_profile(self.profile)

    @property
    def help_address(self) -> str:
        """The address of the page that tells when to seek help."""
        return addresses.topic_page("emner", self.catalogue.settings.help_topic)

    def offered(self) -> tuple[Intervention, ...]:
        """Return what the sender's pages and paper tell of: its own and its predecessors', and what is national."""
        return interventions_of(self.catalogue, self.sender, self.day)

    def offered_to(self, audience: str) -> list[Intervention]:
        """Return what they tell that audience of."""
        return [item for item in self.offered() if item.audience in (audience, "both")]

    def is_overdue(self, text: Reviewed) -> bool:
        """Say whether the day by which a text was to be read through again has passed."""
        return text.review_due is not None and text.review_due < self.day

    def approval_of(self, record: Signable) -> Approval | None:
        """Return the signature to show under a record; None where a part of it is not signed as it stands today.

        Where several have signed parts of it, all their roles stand there, with the oldest day. The name is left out
        unless one alone has signed and the sender has said that names may be shown.
        """
        found = signatures(self.catalogue, record, self.day)
        if found.approval is None or len(found.roles) > 1:
            roles = {"role": joined(found.roles), "name": None}
            return found.approval and found.approval.model_copy(update=roles)
        shows_name = self.sender.region is not None and self.sender.region.shows_names
        return found.approval if shows_name else found.approval.model_copy(update={"name": None})
