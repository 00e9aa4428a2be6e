"""What a sender's pages and paper tell of: the interventions of its region and predecessors, and national ones."""

from generator.model.intervention import Intervention
from generator.sender.senders import interventions_of
from generator.sender.setting import Setting


def offered_to(setting: Setting, audience: str) -> list[Intervention]:
    """Return what the sender's pages tell that audience of."""
    found = interventions_of(setting.catalogue, setting.sender, setting.as_of)
    return [item for item in found if item.audience in (audience, "both")]
