"""Catalogue and pages → what the search of one sender reads: words, the pages they are on, and the list from A to Å.

The page's own script (`overrides/soeg.js`) forgives: inflections, slips and beginnings of words. What takes knowledge
of all texts is done here: weights, and the parts of compound words. Both sides write words as addresses do (`slug`).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from generator import addresses
from generator.danish import FUNCTION_WORDS, alphabetical, slug
from generator.model.catalogue import Catalogue
from generator.model.place import Area
from generator.model.search_word import SearchWord
from generator.model.topic import Topic
from generator.sender.context import Context
from generator.sender.numbers import call
from generator.sender.senders import regions_by_name
from generator.web.page import Page

LISTED, TITLE, HEADING, LEAD, BODY = 12, 8, 4, 3, 1
"""What a word weighs by where it stands: in the list of search words, in a title, in a heading, in a lead, below."""
MOST = 15
"""A page weighs no more than this for a word, however often it says it."""
SHORTEST_PART = 3
OR = "|"
LINKING = ("", "s", "e", "es", "er", "n")
"""What may stand between the parts of a Danish compound: ryg-smerte, arbejd-s-plads, lænd-e-ryg, smert-en-s …"""


@dataclass(frozen=True)
class Entry:
    """One page that can be found, with its words by weight."""

    address: str
    """Below the sender's own root, as a browser there writes it."""
    title: str
    promise: str
    headings: tuple[tuple[str, str], ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Listed:
    """One word in the list from A to Å, and the page it leads to."""

    word: str
    address: str
    title: str


def index(context: Context, pages: Iterable[Page]) -> str:
    """Return the JSON that the search page fetches when somebody types: pages, words with their weights, phrases.

    Only pages for citizens are in it, and the first page of each region under the names of its places. Whoever treats
    patients finds their own pages under *For fagfolk*.
    """
    catalogue = context.catalogue
    texts = list(_entries(catalogue, pages))
    said = {word for entry in texts for word in entry.weights}
    said |= {word for record in catalogue.search_words.values() for text in _spellings(record)
             for word in text.replace(OR, "-").split("-")}  # fmt: skip
    entries = [*texts, *_places(context, said)]
    number = {entry.address: place for place, entry in enumerate(entries)}
    words: dict[str, dict[int, int]] = defaultdict(dict)
    for place, entry in enumerate(entries):
        for word, weight in entry.weights.items():
            words[word][place] = weight
    phrases = _lead(catalogue, number, words)
    _add_parts(words)
    return json.dumps({
        "smaaord": sorted({slug(word) for word in FUNCTION_WORDS}),
        "sider": [[e.address, e.title, e.promise, [list(h) for h in e.headings]] for e in entries],
        "ord": {word: [n for pair in sorted(places.items()) for n in pair] for word, places in sorted(words.items())},
        "fraser": phrases,
        "ligner": [text for r in catalogue.search_words.values() if _only_looks_urgent(r) for text in _spellings(r)],
        "hjaelp": number.get(addresses.topic_page("emner", catalogue.settings.help_topic), 0),
    }, ensure_ascii=False, separators=(",", ":"))  # fmt: skip


def search_page(catalogue: Catalogue, pages: Sequence[Page]) -> Page:
    """Return the page to search on; without JavaScript it is the list from A to Å."""
    description = "Skriv et ord, eller find det på listen fra A til Å."
    return Page(
        addresses.SEARCH, "search.html", "Søg", description, lambda: {"letters": glossary(catalogue, pages)},
        "data/search_words.yml",
    )  # fmt: skip


def glossary(catalogue: Catalogue, pages: Iterable[Page]) -> dict[str, list[Listed]]:
    """Return the words that are listed from A to Å under their letters, each with the page that answers best."""
    titles = {page.address: page.title for page in pages}
    found: dict[str, Listed] = {}
    for record in catalogue.search_words.values():
        best = next((address for address in _leads(catalogue, record) if address in titles), None)
        if best is not None:
            found |= {word.lower(): Listed(word, best, titles[best]) for word in record.words}
    letters: dict[str, list[Listed]] = {}
    for listed in sorted(found.values(), key=lambda item: alphabetical(item.word)):
        letters.setdefault(listed.word[0].upper() if listed.word[0].isalpha() else "0–9", []).append(listed)
    return letters


def _entries(catalogue: Catalogue, pages: Iterable[Page]) -> Iterator[Entry]:
    texts = {topic.address: topic for topic in catalogue.topics.values()}
    help_page = addresses.topic_page("emner", catalogue.settings.help_topic)
    for page in pages:
        if not page.searchable:
            continue
        topic = texts.get(page.address)
        signs = [flag.text for flag in catalogue.red_flags.values()] if page.address == help_page else []
        said = _said(topic) if topic else []
        weights = _weights([(page.title, TITLE), (page.description, LEAD), *said, *((sign, BODY) for sign in signs)])
        headings = tuple((h.anchor, h.text) for h in topic.body.headings if h.level == 2) if topic else ()
        yield Entry(page.address, page.title, topic.promise if topic else page.description, headings, weights)


def _places(context: Context, said: set[str]) -> Iterator[Entry]:
    """Yield, for each area, the first page of its region, with whom one calls there, under the names of its places.

    A name that is a word of the texts too, or begins one, such as Skive, says less.
    """
    catalogue, up = context.catalogue, "" if context.sender.region is None else "../"
    for sender in [context.sender] if context.alone else regions_by_name(catalogue, context.day):
        address = "" if sender == context.sender else f"{up}{sender.prefix}"
        for area in sender.areas:
            own = [place.name for place in catalogue.municipalities.values() if place.area == area.id]
            title = sender.name if len(sender.areas) == 1 else f"{sender.name}, {area.name}"
            names = {word for name in (*own, title) for word in slug(name).split("-")} - {"region"}
            shared = {word for word in names if any(other.startswith(word) for other in said)}
            weights = {word: HEADING if word in shared else LISTED for word in sorted(names)}
            yield Entry(address, title, _night_call(area, context.day), weights=weights)


def _night_call(area: Area, day: date) -> str:
    """Return whom one calls in an area when one's own doctor has closed."""
    phone = area.out_of_hours(day)
    if phone is None:
        return "Se, hvem du ringer til her"
    told = call(phone)
    elsewhere = " Enkelte steder er det et andet nummer." if area.exceptions else ""
    return f"Når din egen læge har lukket: {told.spoken}.{elsewhere}"


def _said(topic: Topic) -> list[tuple[str, int]]:
    """Return the texts of a topic with what a word in them weighs."""
    headings = [(heading.text, HEADING) for heading in topic.body.headings]
    body = " ".join(piece for piece in topic.body.tree.itertext())
    return [(topic.promise, LEAD), *((line, LEAD) for line in topic.overview), *headings, (body, BODY)]


def _weights(said: Iterable[tuple[str, int]]) -> dict[str, int]:
    weights: dict[str, int] = defaultdict(int)
    for text, weight in said:
        for word in dict.fromkeys(slug(text).split("-")):
            if word:
                weights[word] = min(MOST, weights[word] + weight)
    return weights


def _lead(
    catalogue: Catalogue, number: Mapping[str, int], words: dict[str, dict[int, int]]
) -> list[tuple[str, list[int], int]]:
    """Add the listed words to those of the pages; return, for each record, its expressions, its pages and its urgency.

    The expressions of an urgent record hold its single words too.
    """
    phrases = []
    for record in catalogue.search_words.values():
        spellings = _spellings(record)
        found = [number[address] for address in _leads(catalogue, record) if address in number]
        listed = [word for spelling in spellings if "-" not in spelling for word in spelling.split(OR)]
        for (rank, place), word in product(enumerate(found), listed):
            words[word][place] = max(words[word].get(place, 0), LISTED - 2 * rank)
        told = [spelling for spelling in spellings if record.urgent or (found and "-" in spelling)]
        if told:
            phrases.append((" ".join(told), found, int(record.urgent)))
    return phrases


def _spellings(record: SearchWord) -> list[str]:
    """Return every word and spelling of a record as the script reads it."""
    return [_written(spelling) for spelling in (*record.words, *record.spellings)]


def _only_looks_urgent(record: SearchWord) -> bool:
    """Say whether a record holds everyday words that are not to be taken for the urgent ones they resemble."""
    return not (record.urgent or record.leads_to or record.also)


def _written(spelling: str) -> str:
    """Return an expression as the script reads it: words with hyphens between, and OR between those that will do.

    >>> _written("fod/knæ virker ikke")
    'fod|knae-virker-ikke'
    """
    return "-".join(OR.join(slug(choice) for choice in word.split("/")) for word in spelling.split())


def _leads(catalogue: Catalogue, record: SearchWord) -> tuple[str, ...]:
    names = (catalogue.settings.help_topic, *record.leads_to) if record.urgent else record.leads_to
    texts = [catalogue.topics[name] for name in dict.fromkeys(names)]
    return (*(topic.address for topic in texts), *(f"{name}/" for name in record.also))


def _add_parts(words: dict[str, dict[int, int]]) -> None:
    """Let each part of a compound find what the whole finds, for half the weight: *ryg* finds *lænderygsmerter*."""
    empty = {slug(word) for word in FUNCTION_WORDS}
    known = {word for word in words if len(word) >= SHORTEST_PART and not word.isdigit()} - empty
    for whole in sorted(words):
        for part in compound_parts(whole, known):
            for place, weight in words[whole].items():
                words[part][place] = max(words[part].get(place, 0), (weight + 1) // 2)


def compound_parts(word: str, known: set[str]) -> Sequence[str]:
    """Return the known words that a compound is made of, or nothing where it is not made of known words.

    >>> compound_parts("laenderygsmerter", {"laende", "ryg", "smerter"})
    ['laende', 'ryg', 'smerter']
    >>> compound_parts("tryg", {"ryg"})
    []
    """
    found = _split(word, known, whole=True)
    return found if len(found) > 1 else []


def _split(word: str, known: set[str], *, whole: bool) -> list[str]:
    """Return the fewest parts, each but the last perhaps with a linking letter after it."""
    if word in known and not whole:
        return [word]
    best: list[str] = []
    for end in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        head = word[:end]
        stem = next((head.removesuffix(link) for link in LINKING if _is_part(head, link, known)), None)
        rest = _split(word[end:], known, whole=False) if stem else []
        if stem and rest and (not best or len(rest) + 1 < len(best)):
            best = [stem, *rest]
    return best


def _is_part(head: str, link: str, known: set[str]) -> bool:
    return head.endswith(link) and head.removesuffix(link) in known
