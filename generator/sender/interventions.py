"""What a sender's pages and paper tell of: the interventions of its region and predecessors, and national ones."""

from generator.model.intervention import Intervention
from generator.sender.context import Context
from generator.sender.senders import interventions_of


def offered_to(context: Context, audience: str) -> list[Intervention]:
    """Return what the sender's pages tell that audience of."""
    found = interventions_of(context.catalogue, context.sender, context.day)
    return [item for item in found if item.audience in (audience, "both")]
