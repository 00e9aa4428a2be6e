"""The worksheet for an accessibility statement: what a machine has found, and all that a person has still to try.

The statement itself is made by the authority in the official tool, and by nobody else.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from generator.danish import counted, joined, long_date
from generator.model.place import Region

Outcome = Literal["violations", "incomplete", "passes", "inapplicable"]
SAYS: Mapping[Outcome, str] = {
    "violations": "**Fejl fundet**",
    "incomplete": "Maskinen kunne ikke afgøre det",
    "passes": "Ingen fejl fundet af maskinen, som kun ser en del af kravet",
    "inapplicable": "Maskinen fandt intet at prøve",
}
"""What is said of a criterion, the worst first: the worst that any rule found anywhere counts."""
UNTRIED = (
    "skærmlæser (NVDA, JAWS, VoiceOver, TalkBack)",
    "talestyring, kontaktstyring og skærmforstørrer",
    "rigtige telefoner og tablets, og andre browsere end den nævnte",
    "om alternative tekster, overskrifter og links siger det rigtige",
    "læserækkefølgen i foldere (PDF)",
    "film hos andre, som siderne linker til",
    "mennesker med handicap",
)
"""What no machine has tried here, whatever it found."""
CRITERIA = dict(line.split(" ", 1) for line in Path(__file__).with_name("wcag21.txt").read_text("utf-8").splitlines())
"""The fifty success criteria of WCAG 2.1, levels A and AA, by number: the part of EN 301 549 that web pages answer to.

Names are the standard's own, since no Danish ones are authorised.
"""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(_Frozen):
    """One rule of the machine's, what came of it, and where."""

    id: str
    outcome: Outcome
    tags: tuple[str, ...]
    help: str
    """The tool's own words."""
    pages: tuple[str, ...]


class Results(_Frozen):
    """What a machine tried, with what, and what came of it."""

    tried_on: date
    tools: tuple[str, ...]
    """Each tool with its version."""
    ways: tuple[str, ...]
    """How the pages were shown: sizes and colours."""
    pages: tuple[str, ...]
    rules: tuple[Rule, ...]


def worksheet(region: Region, results: Results | None, as_of: date) -> str:
    """Return the worksheet as Markdown; without results it says that nothing was tried."""
    lines = [*_head(region, as_of), *_method(results)]
    if results:
        lines += [*_found(results, "violations", "Fejl"), *_found(results, "incomplete", "Maskinen kunne ikke afgøre")]
    lines += [*_criteria(results), "", "## Ikke prøvet", "", *(f"- {what}" for what in UNTRIED)]
    if results:
        lines += ["", "## De prøvede sider", "", *(f"- /{page}" for page in results.pages)]
    return "\n".join(lines) + "\n"


def _head(region: Region, as_of: date) -> Iterator[str]:
    updated = region.accessibility_statement_updated
    yield f"# Arbejdsark til tilgængelighedserklæringen: {region.name}"
    yield ""
    yield f"Lavet {long_date(as_of)}. **Arket er ikke erklæringen.** Den laver myndigheden selv i WAS-Tool, og den"
    yield "skal rettes ved ændringer og mindst én gang om året. Læs det hele, prøv det, der mangler, og skriv først da."
    yield ""
    yield "| WAS-Tool spørger om | Svar |"
    yield "|---|---|"
    yield f"| Myndighed | {region.name} |"
    yield f"| Websted | {region.own_site or '*adressen er ikke oplyst*'} |"
    yield f"| Skriftlig kontakt | {region.contact.email or '*mangler*'} |"
    yield f"| Kontakt på telefon | {region.contact.phone or '*mangler*'} |"
    yield f"| Erklæringen sidst rettet | {long_date(updated) if updated else '*ikke oplyst*'} |"
    yield "| Overholder webstedet kravene? | *Afgør I selv.* En maskine finder fejl, men viser ikke, at der ingen er. |"
    yield "| Uforholdsmæssigt stor byrde | *Kræver jeres egen skriftlige vurdering.* |"


def _method(results: Results | None) -> Iterator[str]:
    yield from ("", "## Sådan er der prøvet", "")
    if results is None:
        yield "**Ingen maskine har prøvet siderne til dette ark.** Kør `make was`, og lav arket igen."
        return
    yield (
        f"Den {long_date(results.tried_on)} er {counted(len(results.pages), 'side', 'sider')} prøvet med "
        f"{joined(results.tools)}, vist {joined(results.ways)}."
    )
    yield "Det er en maskines prøve. Den finder kun en del af de fejl, mennesker kan finde."


def _found(results: Results, outcome: Outcome, title: str) -> Iterator[str]:
    rules = [rule for rule in results.rules if rule.outcome == outcome]
    yield from ("", f"## {title}", "")
    if not rules:
        yield "Ingen."
        return
    yield "| Regel | Krav i WCAG 2.1 | Værktøjets egne ord | Sider |"
    yield "|---|---|---|---|"
    for rule in rules:
        met = joined(sorted(filter(None, map(criterion, rule.tags)))) or "god skik"
        shown = ", ".join(f"/{page}" for page in rule.pages[:5])
        more = f" og {len(rule.pages) - 5} til" if len(rule.pages) > 5 else ""
        yield f"| {rule.id} | {met} | {rule.help} | {shown}{more} |"


def _criteria(results: Results | None) -> Iterator[str]:
    yield from ("", "## Krav for krav", "")
    yield "Den sidste kolonne er til jer: hvad I prøvede, hvordan, hvornår, og hvad I fandt."
    yield ""
    yield "| WCAG 2.1, niveau A og AA | Maskinen | Prøvet af et menneske |"
    yield "|---|---|---|"
    worst = _worst(results)
    for number, name in CRITERIA.items():
        outcome = worst.get(number)
        yield f"| {number} {name} | {SAYS[outcome] if outcome else 'Ikke prøvet: maskinen har ingen regel'} | |"


def _worst(results: Results | None) -> dict[str, Outcome]:
    found: dict[str, Outcome] = {}
    order = list(SAYS)
    for rule in results.rules if results else ():
        for number in filter(None, map(criterion, rule.tags)):
            found[number] = min(rule.outcome, found.get(number, rule.outcome), key=order.index)
    return found


def criterion(tag: str) -> str | None:
    """Return the number of the criterion that axe-core's tag stands for (`wcag1410` is 1.4.10), or None."""
    digits = tag.removeprefix("wcag")
    number = f"{digits[:1]}.{digits[1:2]}.{digits[2:]}"
    return number if number in CRITERIA else None
