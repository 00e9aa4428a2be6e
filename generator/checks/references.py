"""Checks of ids: every one that is mentioned belongs to a record."""

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.addresses import PAPER
from generator.danish import counted, did_you_mean, instead
from generator.model.catalogue import Catalogue
from generator.model.leaflet import Leaflet, LeafletPart
from generator.model.unread import Mention, Unread
from generator.problems import Problem

_KINDS = {
    "region": ("regionen", "data/regions/"),
    "area": ("området", "data/areas.yml"),
    "source": ("kilden", "data/sources.yml"),
    "topic": ("teksten", "content/"),
    "intervention": ("indsatsen", "data/interventions/"),
    "leaflet": ("folderen", "data/leaflets/"),
    "red_flag": ("alarmtegnet", "data/red_flags.yml"),
    "statistic": ("tabellen", "data/statistics/"),
    "pathway": ("beslutningsvejen", "data/pathways/"),
}
"""What each kind of record is called, and where it is written."""


def check_references(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """A reader who follows a reference must arrive somewhere; a fact whose source is gone has no source."""
    for mention in (*_mentions(catalogue), *unread.mentions):
        existing = catalogue.kind(mention.kind)
        if mention.target not in existing and not unread.may_have(mention.kind, mention.target):
            yield Problem(mention.origin.at(*mention.location), *unknown_id(mention.target, mention.kind, existing))


def check_sources_used(catalogue: Catalogue) -> Iterator[Problem]:
    """A list of sources says what the pages rest on; one that nothing rests on says too much."""
    used = {mention.target for mention in _mentions(catalogue) if mention.kind == "source"}
    for source in catalogue.sources.values():
        if source.id not in used:
            yield source.problem(f"intet henviser til kilden »{source.id}«", "henvis til den, eller slet den", "id")


def check_sources_superseded(catalogue: Catalogue) -> Iterator[Problem]:
    """What rests on a source that its publisher has replaced may be out of date, or may be the history of a matter."""
    resting = Counter(mention.target for mention in _mentions(catalogue) if mention.kind == "source")
    for source in catalogue.sources.values():
        if source.status == "superseded" and source.id in resting:
            places = counted(resting[source.id], "sted", "steder")
            message = f"kilden »{source.id}« er afløst, og {places} bygger på den"
            remedy = "se, om det også står i den nye, eller undtag rådet med en grund"
            yield source.problem(message, remedy, "status")


def check_entrances(catalogue: Catalogue, unread: Unread) -> Iterator[Problem]:
    """Every page links to the help text and to the English page, so both are where the links lead."""
    settings = catalogue.settings
    wanted = (("help_topic", settings.help_topic, "emner"), ("english_page", settings.english_page, "sprog"))
    for key, name, section in wanted:
        topic = catalogue.topics.get(name)
        place = f"content/{name}.md" if section == "sprog" else f"content/{section}/{name}.md"
        if topic is not None and topic.section != section:
            message = f"»{name}« ligger i {topic.origin.path.parent}/"
            yield settings.problem(message, f"flyt den til {place}, eller vælg en anden", key)
        elif topic is None and key == "english_page" and name and not unread.may_have("topic", name):
            near = did_you_mean(name, [topic.id for topic in catalogue.topics_in(section)])
            yield settings.problem(f"teksten »{name}« findes ikke", near or f"opret {place}", key)


def check_leaflet_sections(catalogue: Catalogue) -> Iterator[Problem]:
    """A leaflet that asks for a section by a name that no heading has would be printed without it."""
    for leaflet in catalogue.leaflets.values():
        for key, parts in (("parts", leaflet.parts), ("short_parts", leaflet.short_parts or ())):
            for index, part in enumerate(parts):
                yield from _unknown_sections(catalogue, leaflet, part, (key, index, "sections"))


def _unknown_sections(
    catalogue: Catalogue, leaflet: Leaflet, part: LeafletPart, place: tuple[str | int, ...]
) -> Iterator[Problem]:
    topic = catalogue.topics.get(part.topic)
    anchors = [heading.anchor for heading in topic.body.headings] if topic else []
    for index, section in enumerate(part.sections or ()):
        if topic and section not in anchors:
            message = f"»{topic.title}« har ingen overskrift med adressen »{section}«"
            yield leaflet.problem(message, instead(section, anchors, "skriv en af"), *place, index)


def check_paper_has_pages_to_lead_to(catalogue: Catalogue) -> Iterator[Problem]:
    """Texts for paper have no page, so neither a code nor a next step can lead to one."""
    paper = {topic.id for topic in catalogue.topics_in(PAPER)}
    for leaflet in catalogue.leaflets.values():
        if leaflet.landing_topic in paper:
            yield leaflet.problem(*_only_on_paper(leaflet.landing_topic), "landing_topic")
    for topic in catalogue.topics.values():
        for index, name in enumerate(topic.next):
            if name in paper:
                yield topic.problem(*_only_on_paper(name), "next", index)


def _only_on_paper(name: str) -> tuple[str, str]:
    return f"»{name}« findes kun på papir", "vælg en tekst, der har en side"


def unknown_id(target: str, kind: str, existing: Iterable[str]) -> tuple[str, str]:
    """Return what is wrong with an id that leads nowhere, and what to write instead."""
    name, home = _KINDS[kind]
    return f"{name} »{target}« findes ikke", did_you_mean(target, existing) or f"opret den i {home}, eller ret id'et"


def _mentions(catalogue: Catalogue) -> Iterator[Mention]:
    for entity in catalogue.entities():
        for location, kind, target in entity.references():
            yield Mention(entity.origin, location, kind, target)
