"""Half-filled sheets for two ways of judging a text: PEMAT-P and the CDC Clear Communication Index.

PEMAT-P is by Shoemaker, Wolf and Brach (AHRQ, 2014): 17 items on whether a text is understood and 7 on whether it can
be acted upon. The index has 20 items (CDC, 2013). No validated Danish translation of either was found: the words here
are this project's own. A program answers only what it can count; the rest waits for a person, and so does any score.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from generator.danish import counted
from generator.reports.readability_facts import PageFacts, quoted

Verdict = Literal["ja", "nej", "ikke relevant"]
_Seen = tuple[Verdict | None, str]
"""The answer where it can be counted, None where a person must judge; and what was seen."""
PERSON = "udfyldes af en person"
VERY_SHORT = 100
"""Words; PEMAT asks no headings of very short material."""


@dataclass(frozen=True)
class Item:
    """One question of an instrument, and how a program looks at it."""

    number: int
    words: str
    see: Callable[[PageFacts], _Seen] = lambda facts: (None, "")


@dataclass(frozen=True)
class FilledItem:
    """A question with what was seen on one page."""

    number: int
    words: str
    answer: Verdict | None
    evidence: str


@dataclass(frozen=True)
class Instrument:
    """A way of judging a text."""

    id: str
    title: str
    items: tuple[Item, ...]

    def lines(self, facts: PageFacts) -> tuple[FilledItem, ...]:
        """Return the questions with what was seen on a page."""
        return tuple(FilledItem(item.number, item.words, *item.see(facts)) for item in self.items)


def _sentences(texts: tuple[str, ...]) -> str:
    return counted(len(texts), "sætning", "sætninger")


def _opening(facts: PageFacts) -> _Seen:
    return None, f"Titlen er »{facts.topic.title}«, og øverst står: »{facts.topic.summary}«"


def _objections(facts: PageFacts, check: str, otherwise: str) -> _Seen:
    """Answer no where a check objects, in its words."""
    found = "; ".join(problem.message for problem in facts.advised(check))
    return ("nej" if found else None), found or otherwise


def _words(facts: PageFacts) -> _Seen:
    answer, evidence = _objections(facts, "hard-words", "ingen af ordene på listen over svære ord")
    return answer, f"{facts.reading}; {evidence}"


def _terms(facts: PageFacts) -> _Seen:
    return _objections(facts, "terms", "alle fagord på listen er forklaret første gang")


def _voice(facts: PageFacts) -> _Seen:
    found = facts.advised("passives")
    told = f"{len(found)} af {_sentences(facts.sentences)} siger ikke, hvem der gør noget"
    return (None if found else "ja"), told


def _numbers(facts: PageFacts) -> _Seen:
    told = f"{_sentences(facts.numbers)} med tal, ingen med procent alene: {quoted(facts.numbers)}"
    return _objections(facts, "shares", told) if facts.numbers else ("ikke relevant", "ingen tal i teksten")


def _reckoning(facts: PageFacts) -> _Seen:
    return (None, f"{_sentences(facts.numbers)} med tal") if facts.numbers else ("ja", "ingen tal i teksten")


def _reckoned(facts: PageFacts) -> _Seen:
    return (None, _reckoning(facts)[1]) if facts.numbers else ("ikke relevant", "ingen tal i teksten")


def _chunks(facts: PageFacts) -> _Seen:
    long = facts.advised("paragraph-length")
    return ("nej" if long else "ja"), f"det længste afsnit har {counted(facts.longest_paragraph, 'ord', 'ord')}"


def _headings(facts: PageFacts) -> _Seen:
    if not facts.headings:
        return _has_headings(facts)
    asked = sum(heading.endswith("?") for heading in facts.headings)
    return None, f"{_has_headings(facts)[1]}, {asked} som spørgsmål: {quoted(facts.headings)}"


def _has_headings(facts: PageFacts) -> _Seen:
    if not facts.headings and facts.reading.words < VERY_SHORT:
        return "ikke relevant", f"teksten er kort ({facts.reading.words} ord) og har ingen overskrifter"
    return ("ja" if facts.headings else "nej"), counted(len(facts.headings), "overskrift", "overskrifter")


def _summary(facts: PageFacts) -> _Seen:
    lines = len(facts.topic.overview)
    return "ja", "resumé øverst" + (f" og »Kort fortalt« med {counted(lines, 'linje', 'linjer')}" if lines else "")


def _cues(facts: PageFacts) -> _Seen:
    lists, strong, box = facts.count("ul") + facts.count("ol"), facts.count("strong"), facts.has("alarmtegn")
    bold = counted(strong, "sted med fed skrift", "steder med fed skrift")
    told = f"{counted(lists, 'liste', 'lister')}, {bold}{', boks med alarmtegn' if box else ''}"
    return ("ja" if lists or strong or box else "nej"), told


def _pictures(facts: PageFacts) -> _Seen:
    return None, "ingen billeder eller tegninger i teksten"


def _no_pictures(facts: PageFacts) -> _Seen:
    return "ikke relevant", "ingen billeder eller tegninger i teksten"


def _tables(facts: PageFacts) -> _Seen:
    tables = facts.count("table")
    return (None, counted(tables, "tabel", "tabeller")) if tables else ("ikke relevant", "ingen tabeller")


def _action(facts: PageFacts) -> _Seen:
    if not facts.actions:
        return "nej", "ingen sætning beder læseren om at gøre noget"
    return "ja", f"{counted(len(facts.actions), 'opfordring', 'opfordringer')}: {quoted(facts.actions)}"


def _address(facts: PageFacts) -> _Seen:
    told = f"{facts.addressed} af {_sentences(facts.sentences)} taler til »du« eller beder om noget"
    return ("ja" if facts.addressed else "nej"), told


def _steps(facts: PageFacts) -> _Seen:
    steps, bullets = facts.count("ol"), facts.count("ul")
    return None, f"{counted(steps, 'liste', 'lister')} med trin, {counted(bullets, 'punktliste', 'punktlister')}"


def _tool(facts: PageFacts) -> _Seen:
    tools = {"skrivelinjer": "linjer at skrive på", "folder": "en folder"}
    found = [words for insertion, words in tools.items() if facts.has(insertion)]
    return None, " og ".join(found) or "ingen skrivelinjer eller folder i teksten"


def _lists(facts: PageFacts) -> _Seen:
    lists = facts.count("ul") + facts.count("ol") + bool(facts.topic.overview)
    return ("ja" if lists else "nej"), f"{counted(lists, 'liste', 'lister')}, »Kort fortalt« medregnet"


def _front_voice(facts: PageFacts) -> _Seen:
    at, lines = facts.topic.origin.at, range(len(facts.topic.overview))
    front = {at("summary"), *(at("overview", line) for line in lines)}
    found = [problem for problem in facts.advised("passives") if problem.position in front]
    return (None if found else "ja"), f"resumé og »Kort fortalt«: {counted(len(found), 'passiv', 'passiver')}"


def _known(facts: PageFacts) -> _Seen:
    told = f"{counted(facts.cited, 'kilde', 'kilder')}; {_sentences(facts.unsure)} om det usikre"
    return None, f"{told}: {quoted(facts.unsure)}" if facts.unsure else told


def _meaning(facts: PageFacts) -> _Seen:
    return (None, quoted(facts.numbers)) if facts.numbers else ("ikke relevant", "ingen tal i teksten")


def _risk(facts: PageFacts) -> _Seen:
    return None, "teksten viser alarmtegnene" if facts.has("alarmtegn") else ""


PEMAT = Instrument("pemat-p", "PEMAT-P: kan teksten forstås, og kan man handle efter den?", (
    Item(1, "Det er helt tydeligt, hvad teksten er til for", _opening),
    Item(2, "Intet i teksten trækker tankerne væk fra det, den er til for"),
    Item(3, "Ordene er almindelige hverdagsord", _words),
    Item(4, "Fagord står der kun, fordi læseren skal kende dem, og de er forklaret", _terms),
    Item(5, "Sætningerne siger, hvem der gør noget (aktiv form)", _voice),
    Item(6, "Tallene er klare og lette at forstå", _numbers),
    Item(7, "Læseren skal ikke regne noget ud", _reckoning),
    Item(8, "Teksten er delt i korte stykker", _chunks),
    Item(9, "Overskrifterne fortæller, hvad der kommer", _headings),
    Item(10, "Rækkefølgen er logisk"),
    Item(11, "Der er et resumé", _summary),
    Item(12, "Det vigtigste er fremhævet for øjet", _cues),
    Item(15, "Der er billeder eller tegninger, hvor de kunne hjælpe", _pictures),
    Item(16, "Billederne støtter teksten og forstyrrer ikke", _no_pictures),
    Item(17, "Billederne har klare titler eller tekster", _no_pictures),
    Item(18, "Billederne er klare og enkle", _no_pictures),
    Item(19, "Tabeller er enkle, med korte og klare overskrifter", _tables),
    Item(20, "Mindst én ting, læseren kan gøre, er nævnt tydeligt", _action),
    Item(21, "Teksten taler direkte til læseren om det, man kan gøre", _address),
    Item(22, "Det, man kan gøre, er delt i trin, der er til at overkomme", _steps),
    Item(23, "Der er et redskab, fx en huskeliste, hvor det kunne hjælpe", _tool),
    Item(24, "Skal man regne, er det forklaret med et eksempel", _reckoned),
    Item(25, "Det er forklaret, hvordan man bruger tabeller og tegninger til at handle", _tables),
    Item(26, "Billeder gør det lettere at handle, hvor de kunne hjælpe", _pictures),
))  # fmt: skip
CCI = Instrument("cdc-cci", "CDC Clear Communication Index: når budskabet frem?", (
    Item(1, "Teksten har ét hovedbudskab", _opening),
    Item(2, "Hovedbudskabet står øverst", lambda facts: (None, f"øverst står: »{facts.topic.summary}«")),
    Item(3, "Hovedbudskabet er fremhævet for øjet", lambda facts: (None, _summary(facts)[1])),
    Item(4, "Mindst ét billede eller én tegning viser hovedbudskabet", lambda facts: ("nej", _pictures(facts)[1])),
    Item(5, "Læseren bliver opfordret til at gøre noget", _action),
    Item(6, "Hovedbudskab og opfordringer har aktiv form", _front_voice),
    Item(7, "Ordene er dem, læserne selv bruger", _words),
    Item(8, "Der er punktlister eller lister med tal", _lists),
    Item(9, "Teksten er delt i stykker med overskrifter", _has_headings),
    Item(10, "Det vigtigste er sammenfattet i det første afsnit", _opening),
    Item(11, "Teksten siger, hvad man ved, og hvad man ikke ved", _known),
    Item(12, "Der står, hvad læseren bør gøre", _action),
    Item(13, "Der står, hvorfor det er vigtigt for læseren"),
    Item(14, "Der står, hvordan man gør", _steps),
    Item(15, "Tallene er af den slags, læserne bruger", _numbers),
    Item(16, "Det er forklaret, hvad tallene betyder", _meaning),
    Item(17, "Læseren skal ikke regne noget ud", _reckoning),
    Item(18, "Det er forklaret, hvad faren består i", _risk),
    Item(19, "Både fordele og ulemper ved det, man kan gøre, er nævnt"),
    Item(20, "Sandsynligheder i tal er også forklaret med ord eller en tegning", _meaning),
))  # fmt: skip
INSTRUMENTS = (PEMAT, CCI)
OPEN_QUESTIONS = (
    "Hvem er teksten først og fremmest til?",
    "Hvad ved vi om, hvordan de læser og regner, og hvad de ved i forvejen?",
    "Hvad skal de tænke, føle eller gøre, når de har læst den?",
    "Hvad er hovedbudskabet?",
)
"""What the index asks before it is used; only people can answer."""
