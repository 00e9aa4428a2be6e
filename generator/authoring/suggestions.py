"""What an answer most likely is, from the answers before it and from what is there already."""

from collections.abc import Callable, Mapping
from datetime import date

from generator.authoring.forms import Answers, Question
from generator.danish import slug
from generator.model.catalogue import Catalogue

STEP = 5
"""Between two places on a list, so that something can come in between."""


def suggested(kind: str, question: Question, answers: Answers, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    """Return what to propose for a question; nothing where nothing is more likely than anything else."""
    if question.default:
        return (question.default,)
    found = _SUGGESTIONS.get((kind, question.name)) or _SUGGESTIONS.get(("", question.name))
    return tuple(text for text in found(answers, catalogue, day) if text) if found else ()


def _short_name(answers: Answers, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    return (str(answers["name"]).removeprefix("Region "),)


def _id_of_region(answers: Answers, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    return (_slug(str(answers["short-name"])),)


def _id(answers: Answers, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    return (_slug(str(answers["title"])),)


def _id_of_intervention(answers: Answers, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    return (_slug(f"{answers['region']} {answers['title']}"),)


def _areas(answers: Answers, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    replaced = (catalogue.regions[name] for name in answers["replaces"])
    return tuple(dict.fromkeys(area for region in replaced for area in region.areas))


def _order(answers: Answers, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    last = max((topic.order for topic in catalogue.topics_in(str(answers["section"]))), default=0)
    return (str(last + STEP),)


def _landing_topic(answers: Answers, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    return tuple(answers["topic"][:1])


def _senders(answers: Answers, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    return tuple(region.id for region in catalogue.regions_on(day))


def _name_of_phone(answers: Answers, catalogue: Catalogue, day: date) -> tuple[str, ...]:
    earlier = catalogue.areas[str(answers["area"])].phone(str(answers["purpose"]), day)
    return (earlier.name,) if earlier else ()


def _slug(text: str) -> str:
    return slug(text)[:80].strip("-")


_SUGGESTIONS: Mapping[tuple[str, str], Callable[[Answers, Catalogue, date], tuple[str, ...]]] = {
    ("region", "short-name"): _short_name,
    ("region", "id"): _id_of_region,
    ("region", "area"): _areas,
    ("topic", "order"): _order,
    ("intervention", "id"): _id_of_intervention,
    ("leaflet", "landing-topic"): _landing_topic,
    ("leaflet", "sender"): _senders,
    ("phone", "name"): _name_of_phone,
    ("", "id"): _id,
}
