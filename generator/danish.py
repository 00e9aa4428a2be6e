"""Dates, lists, numbers and words as a Dane writes them; and the one way from Danish to a slug."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_FUNCTION_WORDS = """
    ad af alle alt altid and andre at bare blev blive bliver bør da
    de dem den denne der deres derfor det dette dig din dine disse dit du efter eller en end er et fik for fra få
    får før gang gerne gik giver god godt gør gøre ham han har havde have hel hele hen hende her hos hun hvad
    hvem hver hvilke hvis hvor hvordan hvorfor hvornår i ikke ind ingen jeg jer kan kom komme kommer kun kunne
    lad lidt lige man mange med meget mellem men mens mere mig min mine mit må ned net noget nogle nok nu nået når
    og også om op os over på samme se selv siden sig sin sine sit skal skulle som så sådan tag tager tid til tit to
    tre ud uden under var ved vi vil ville vis vær være været
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that tell nothing of what a text is about."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae"})


def slug(text: str) -> str:
    """Return the text as an address writes it: lower case, æ→ae, ø→oe, å→aa, all else hyphens.

    >>> slug("Røde hunde – og sår på Ærø?")
    'roede-hunde-og-saar-paa-aeroe'
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    bare = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", lowered))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def today() -> date:
    """Return the day in Copenhagen, for a command or a plain build that was not told one; nobody else asks."""
    return datetime.now(ZoneInfo("Europe/Copenhagen")).date()


def long_date(day: date) -> str:
    """Return the day in words: 1. januar 2027."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def joined(words: Iterable[str], conjunction: str = "og") -> str:
    """Return the words as a list in a sentence: a, b og c."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def headed(text: str) -> str:
    """Return the text as it begins a line: with a capital first letter, and all others as they are."""
    return text[:1].upper() + text[1:]


def counted(number: int, singular: str, plural: str) -> str:
    """Return the number with the right form of the noun: 1 side, 2 sider."""
    return f"{number} {singular if number == 1 else plural}"


def decimal(number: float) -> str:
    """Return the number with a decimal comma, a point between thousands, and no needless digits: 67.500; 14,1."""
    text = f"{number:,.10g}" if number != int(number) else f"{int(number):,}"
    return text.translate(str.maketrans(",.", ".,"))


def as_printed(number: float) -> str:
    """Return the number as its source prints it: 12,7 and 13,0, but 15 and 67.500 where it was written whole."""
    return decimal(number) if isinstance(number, int) or number != int(number) else f"{decimal(number)},0"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that the writer most likely meant, or None where nothing is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return “mente du »x«?” for a near miss, or nothing."""
    near = nearest(word, known)
    return f"mente du »{near}«?" if near else ""


def instead(word: str, known: Iterable[str], ask: str = "vælg en af") -> str:
    """Return “mente du »x«?” for a near miss, or else all that there is to choose from."""
    known = list(known)
    return did_you_mean(word, known) or f"{ask}: {', '.join(known)}"


def alphabetical(word: str) -> str:
    """Return a key that sorts as a Danish dictionary does: æ, ø and å last, aa as å."""
    lowered = word.lower().replace("aa", "å")
    return lowered.translate(str.maketrans("æøå", "{|}"))


def iso_day(text: str) -> date:
    """Return the day that is written as 2027-01-01; raises ValueError, in Danish, for anything else."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError(f"»{text}« er ikke en dato – skriv år-måned-dag, fx 2027-01-01")
