"""Every id that is mentioned belongs to a record."""

from collections.abc import Iterable, Iterator

from generator.danish import did_you_mean
from generator.model.catalogue import Catalogue
from generator.model.unread import Mention, Unread
from generator.problems import Problem

NAMES = {
    "region": "regionen",
    "area": "området",
    "source": "kilden",
    "topic": "teksten",
    "intervention": "indsatsen",
    "leaflet": "folderen",
    "statistic": "tabellen",
}
HOMES = {
    "region": "data/regions/",
    "area": "data/areas.yml",
    "source": "data/sources.yml",
    "topic": "content/",
    "intervention": "data/interventions/",
    "leaflet": "data/leaflets/",
    "statistic": "data/statistics/",
}


def check_references(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """A reader who follows a reference must arrive somewhere; a fact whose source is gone has no source."""
    for mention in (*_mentions(catalogue), *unread.mentions):
        existing = catalogue.kind(mention.kind)
        if mention.target not in existing and not unread.may_have(mention.kind, mention.target):
            message = f"{NAMES[mention.kind]} »{mention.target}« findes ikke"
            position = mention.origin.at(*mention.location)
            yield Problem(position, message, remedy(mention.target, mention.kind, existing))


def check_entrances(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """Every page links to the help text and to the English page, so both are where the links lead."""
    settings = catalogue.settings
    wanted = (("help_topic", settings.help_topic, "emner"), ("english_page", settings.english_page, "sprog"))
    for key, name, section in wanted:
        topic = catalogue.topics.get(name)
        place = f"content/{name}.md" if section == "sprog" else f"content/{section}/{name}.md"
        if topic is not None and topic.section != section:
            yield settings.problem(
                f"»{name}« ligger i {topic.origin.path.parent}/", f"flyt den til {place}, eller vælg en anden", key
            )
        elif topic is None and key == "english_page" and name and not unread.may_have("topic", name):
            near = did_you_mean(name, [topic.id for topic in catalogue.topics_in(section)])
            yield settings.problem(f"teksten »{name}« findes ikke", near or f"opret {place}", key)


def check_leaflet_sections(catalogue: Catalogue) -> Iterator[Problem]:
    """A leaflet that asks for a section by a name that no heading has would be printed without it."""
    for leaflet in catalogue.leaflets.values():
        for index, part in enumerate(leaflet.parts):
            topic = catalogue.topics.get(part.topic)
            anchors = [heading.anchor for heading in topic.body.headings] if topic else []
            for place, section in enumerate(part.sections or ()):
                if topic and section not in anchors:
                    message = f"»{topic.title}« har ingen overskrift med adressen »{section}«"
                    near = did_you_mean(section, anchors) or f"skriv en af: {', '.join(anchors)}"
                    yield leaflet.problem(message, near, "parts", index, "sections", place)


def remedy(target: str, kind: str, existing: Iterable[str]) -> str:
    """Return what to write instead of an id that leads nowhere."""
    return did_you_mean(target, existing) or f"opret den i {HOMES[kind]}, eller ret id'et"


def _mentions(catalogue: Catalogue) -> Iterator[Mention]:
    for entity in catalogue.entities():
        for location, kind, target in entity.references():
            yield Mention(entity.origin, location, kind, target)
