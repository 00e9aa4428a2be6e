"""The passive forms of Danish, and the nouns that a verb was turned into: neither says who does it.

Danish has two passives: »frarådes« and »bliver henvist«. Neither says who acts. They are recognised by their endings
and by lists of what only looks like them; a dictionary would know more, but then two machines might not agree.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_DEPONENTS = """
    kaldes synes findes lykkes lykkedes mislykkes skyldes mindes trives føles kendes behøves mødes enes ældes
    længes slås omgås nøjes skændes færdes væmmes ængstes håbes tykkes fattes skilles følges samles rygtes undres
"""
_NO_VERBS = """
    deres jeres vores fælles alles nogles manges andres dettes ens afsides aldeles ellers særdeles ligeledes således
    anderledes fremdeles menneskes læges næstes sides læseres borgeres cookies
"""
_STATES = """
    bekymret irriteret sygemeldt stresset interesseret overrasket begrænset lammet overbelastet forvirret deprimeret
    udmattet andet noget meget intet bestemt eget lidet
"""
_BETWEEN = """
    ikke også altid aldrig ofte tit du de den det vi i man han hun så først hurtigt kun måske selv straks siden igen
    alle dog lige både nu
"""
"""Words that may stand between »bliver« and what is done."""
_PARTICIPLE = re.compile(
    r"(?:[a-zæøå]{2,}et|\w*(?:meldt|lagt|sagt|vist|søgt|ført|kendt|sendt|brugt|gemt|glemt|stillet|spurgt|valgt"
    r"|solgt|delt|fundet|bedt|gjort|skåret|skrevet|taget|givet|fulgt|hørt|lært|kørt|hjulpet|ramt|fyldt|målt|talt))"
)
_READERS = frozenset({"du", "jeg"})
_NEAR = 4
"""Words between »du« and what is done, as in »du skal sjældent scannes«."""
_BLIVE = frozenset({"blive", "bliver", "blev", "blevet"})
_NOUN = re.compile(r"\w{3,}(?:else|elsen|elser|elserne|ing|ingen|inger|ingerne|hed|heden|heder|hederne)")
_NO_DEED = """
    vejledning vejledninger vejledningen anbefaling anbefalinger følelse følelser mening sundhed forening ledning
    regning mulighed muligheder forskning sikkerhed sætning øvelse øvelser
"""
"""Nouns of that shape that readers say themselves, and that no verb would make plainer."""
_ASKING = """
    ring bliv spørg tal begynd skriv vælg tag læs hold skru stop bed brug se gå find sig vent lav aftal fortæl
    bestil følg prøv husk kom kontakt undgå hvil sov spis drik bevæg træn løft sæt læg hav lad få giv mål tæl klik
    åbn søg vis gør nævn tænk kend mærk hjælp øv send print gem slå mød hent
"""
"""Verbs that a text begins a sentence with when it asks the reader to do something."""
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


_NOT_PASSIVE = frozenset((_DEPONENTS + _NO_VERBS).split())
_NO_DOING, _IN_BETWEEN, _EVERYDAY, _ASKED = (frozenset(text.split()) for text in (_STATES, _BETWEEN, _NO_DEED, _ASKING))


@dataclass(frozen=True)
class Passive:
    """A passive form in a text: its words, where they begin, and the active form where that can be told."""

    words: str
    start: int
    active: str | None


def passives(text: str) -> Iterator[Passive]:
    """Yield the passives of a sentence, in their order.

    »Skal du scannes?« is none: what is done to the reader is told with the reader in front, and who does it is known.
    """
    tokens = list(_TOKEN.finditer(text))
    for index, token in enumerate(tokens):
        word = token[0]
        if _READERS & {near[0].lower() for near in tokens[max(0, index - _NEAR) : index + 2]}:
            continue
        if _is_passive(word):
            yield Passive(word, token.start(), f"{word[:-1]}r")
        elif word.lower() in _BLIVE and (done := _done(tokens[index + 1 : index + 6])):
            yield Passive(f"{word} {done}", token.start(), None)


def _is_passive(word: str) -> bool:
    if not word.islower() or not re.fullmatch(r"[a-zæøå]+(?:es|ås)", word) or len(word) < 4:
        return False
    is_noun = re.search(r"(?:rnes|tets|\w{4}enes)$", word)
    return not is_noun and word not in _NOT_PASSIVE


def _done(following: list[re.Match[str]]) -> str | None:
    """Return what is done, if it stands among the words after »bliver« with nothing else in the way."""
    for token in following:
        word = token[0].lower()
        if _PARTICIPLE.fullmatch(word) and word not in _NO_DOING and not word.endswith("løst"):
            return word
        if word not in _IN_BETWEEN:
            return None
    return None


def deeds(text: str, everyday: Collection[str] = ()) -> list[str]:
    """Return the nouns on -else, -ing and -hed that hide what somebody does, in their order.

    `everyday` are nouns, in lower case, that the readers of such texts say themselves.
    """
    found = (token[0] for token in _TOKEN.finditer(text))
    heavy = (word for word in found if _NOUN.fullmatch(word.lower()) and word.lower() not in _EVERYDAY)
    return [word for word in heavy if word.lower() not in everyday]


def asks_to_act(text: str) -> bool:
    """Say whether a sentence asks the reader to do something: »Ring til lægen«, »Er du i tvivl, så ring«."""
    if text.endswith("?"):
        return False
    first = _TOKEN.search(text)
    return bool(first and first[0].lower() in _ASKED) or any(
        found[1] in _ASKED for found in re.finditer(r"\b(?:så|ellers) (\w+)", text.lower())
    )
