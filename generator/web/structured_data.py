"""What a text says of itself to machines, in the words of schema.org."""

import json
from typing import Any

from markupsafe import Markup

from generator.model.approval import Approval
from generator.model.topic import Topic
from generator.sender.senders import Sender


def medical_page(topic: Topic, sender: Sender, address: str | None, approval: Approval | None) -> Markup:
    """Return the text's `MedicalWebPage` as JSON that may stand in a script element.

    A review is told of only where one has taken place, an approval only where somebody has signed, and a region as
    publisher only where it has decided to be one. `address` is the page's own, where it is known.
    """
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": topic.title,
        "description": topic.summary,
        "inLanguage": topic.language,
        "isAccessibleForFree": True,
        "medicalAudience": [{"@type": "MedicalAudience", "audienceType": kind} for kind in _AUDIENCES[topic.audience]],
    }
    if address:
        said["url"] = address
    if topic.last_reviewed:
        said["lastReviewed"] = topic.last_reviewed.isoformat()
    if approval:
        said["reviewedBy"] = {"@type": "Person", "jobTitle": approval.role} | (
            {"name": approval.name} if approval.name else {}
        )
    if sender.region and sender.region.publisher_mandate:
        said["publisher"] = {"@type": "GovernmentOrganization", "name": sender.name}
    return _script(said)


_AUDIENCES = {"citizens": ["Patient"], "clinicians": ["Clinician"], "both": ["Patient", "Clinician"]}


def _script(said: dict[str, Any]) -> Markup:
    """Return JSON in which no text can end the script element it stands in."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))
