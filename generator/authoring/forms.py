"""What is asked when something new is begun, in which order, and what stands there where nobody knows.

Only what no draft can do without is asked. What nobody has told stays null: it is looked for before publication, not
invented to get on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.danish import slug

if TYPE_CHECKING:
    from generator.model.catalogue import Catalogue

Answers = Mapping[str, "str | tuple[str, ...]"]
"""By question; a missing answer is an empty text, or an empty tuple where there may be several."""
Suggest = Callable[[Answers, "Catalogue", date], tuple[str, ...]]
"""From the answers before it and from what is there already to what an answer most likely is."""


@dataclass(frozen=True)
class Question:
    """One question: the option that answers it too, the words of the prompt, and the key that it fills."""

    name: str
    asks: str
    field: str = ""
    """The key of the model that says what is valid; empty: the same as the name. A path, such as `citations.place`."""
    of: str = ""
    """The model that has the key, where it is not that of the form."""
    default: str = ""
    suggest: Suggest | None = None
    optional: bool = False
    many: bool = False
    says_all: bool = False
    """Whether the words of the key would mislead: it is filled in the files of others."""
    choices: tuple[str, ...] = ()
    """Where only some of what the key may hold can be begun here."""
    skip: Callable[[Answers], bool] = lambda _: False
    """Whether the answers before it make it pointless."""

    @property
    def key(self) -> str:
        """The key that the answer fills."""
        return self.field or self.name

    def suggested(self, answers: Answers, catalogue: "Catalogue", day: date) -> tuple[str, ...]:
        """Return what to propose; nothing where nothing is more likely than anything else."""
        found = self.suggest(answers, catalogue, day) if self.suggest else (self.default,)
        return tuple(filter(None, found))


@dataclass(frozen=True)
class Form:
    """Everything that is asked about one kind of thing."""

    what: str
    """In Danish, with its article."""
    questions: tuple[Question, ...]


_SECTIONS = ("emner", "fagfolk", "om", "foldere")
"""The directories of `content/` that hold more than one text."""
YES_OR_NO = ("true", "false")
STEP = 5
"""Between two places on a list, so that something can come in between."""


def _id(*names: str, asks: str = "Id (filens navn; det bliver til adressen)") -> Question:
    """Ask for an id, which most likely follows from some answers."""

    def suggest(answers: Answers, catalogue: "Catalogue", day: date) -> tuple[str, ...]:
        return (slug(" ".join(str(answers[name]) for name in names))[:80].strip("-"),)

    return Question("id", asks, suggest=suggest)


def _areas(answers: Answers, catalogue: "Catalogue", day: date) -> tuple[str, ...]:
    replaced = (catalogue.regions[name] for name in answers["replaces"])
    return tuple(dict.fromkeys(area for region in replaced for area in region.areas))


def _order(answers: Answers, catalogue: "Catalogue", day: date) -> tuple[str, ...]:
    last = max((topic.order for topic in catalogue.topics_in(str(answers["section"]))), default=0)
    return (str(last + STEP),)


def _name_of_phone(answers: Answers, catalogue: "Catalogue", day: date) -> tuple[str, ...]:
    earlier = catalogue.areas[str(answers["area"])].phone(str(answers["purpose"]), day)
    return (earlier.name,) if earlier else ()


FORMS: Mapping[str, Form] = {
    "region": Form("en region", (
        Question("name", "Hvad hedder regionen helt ud?"),
        Question("short-name", "Hvad hedder den i kort form?", "short_name",
                 suggest=lambda answers, *_: (str(answers["name"]).removeprefix("Region "),)),
        _id("short-name"),
        Question("valid-from", "Hvilken dag begynder den?", "valid_from", optional=True),
        Question("replaces", "Hvilke regioner afløser den?", "successors", optional=True, many=True, says_all=True),
        Question("area", "Hvilke områder driver den?", "areas", suggest=_areas, many=True),
    )),
    "topic": Form("et emne", (
        Question("section", "Hvor hører teksten til?", default="emner", choices=_SECTIONS),
        Question("title", "Hvad er sidens overskrift?"),
        _id("title"),
        Question("promise", "Hvad får læseren? Én kort linje"),
        Question("summary", "Hvad er svaret i en eller to sætninger?"),
        Question("audience", "Hvem er den til?", default="citizens"),
        Question("question", "Hvilke spørgsmål svarer den på? Tre til seks", "questions", many=True),
        Question("order", "Hvilken plads skal den have på listen?", suggest=_order),
    )),
    "intervention": Form("en indsats", (
        Question("region", "Hvilken region? Eller national eller multiple"),
        Question("title", "Hvad hedder den?"),
        _id("region", "title", asks="Id"),
        Question("official", "Kalder kilden den selv det?", "title_is_official", default="false", choices=YES_OR_NO),
        Question("summary", "Hvad er den, med vores egne ord? Ikke mere, end kilden siger"),
        Question("audience", "Hvem er den til?", default="citizens"),
        Question("kind", "Hvad er det for noget?"),
        Question("scope", "Hvor gælder den?", default="region"),
        Question("site", "Hvilket sted?", skip=lambda answers: answers["scope"] != "site"),
        Question("status", "Hvordan står det til med den?", default="unknown"),
        Question("url", "Hvad er adressen?", "urls", optional=True, many=True),
        Question("source", "Hvilken kilde har du det fra?", "citations.source"),
        Question("place", "Hvor i kilden? Kapitel, tabel eller side", "citations.place", optional=True),
    )),
    "leaflet": Form("en folder", (
        Question("title", "Hvad hedder folderen?"),
        _id("title"),
        Question("promise", "Hvad får læseren? Én linje under titlen"),
        Question("audience", "Hvem er den til?", default="citizens"),
        Question("topic", "Hvilke tekster skal den rumme?", "parts.topic", many=True),
        Question("landing-topic", "Hvilken side skal koden føre til?", "landing_topic",
                 suggest=lambda answers, *_: tuple(answers["topic"][:1])),
        Question("format", "Hvilke formater?", "formats", default="a4", many=True),
        Question("sender", "Hvilke regioner skal dele den ud?", "senders", many=True,
                 suggest=lambda _, catalogue, day: tuple(region.id for region in catalogue.regions_on(day))),
        Question("origin-notice", "Hvis ord er det?", "origin_notice", default="Nyskrevet udkast."),
    )),
    "phone": Form("et nummer at ringe til", (
        Question("area", "Hvilket område?", of="Municipality"),
        Question("purpose", "Egen læge om dagen (own-gp), eller når lægen har lukket (out-of-hours)?"),
        Question("name", "Hvad kalder man det midt i en sætning?", suggest=_name_of_phone),
        Question("number", "Hvad er nummeret?", skip=lambda answers: answers["purpose"] == "own-gp"),
        Question("hours", "Hvornår svarer nogen?", default="ikke oplyst"),
        Question("hours-in-english", "Det samme på engelsk?", "hours_in_english", default="not stated"),
        Question("source", "Hvilken kilde har du det fra?", "citations.source", optional=True),
        Question("valid-from", "Hvilken dag gælder det fra?", "valid_from", optional=True),
    )),
}  # fmt: skip
