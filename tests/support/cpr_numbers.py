"""CPR numbers that can belong to nobody, in every way people write them, and what only looks like them."""

from collections.abc import Callable, Iterator
from random import Random

WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november")


def has_check_digit(number: str) -> bool:
    return sum(w * int(d) for w, d in zip(WEIGHTS, number, strict=True)) % 11 == 0


def numbers(count: int, seed: int) -> Iterator[str]:
    """Yield ten digits each that can belong to nobody, half with a right check digit and half with a wrong one.

    Half are of 30 and 31 February, the others of people born in 2045 to 2057 (a seventh digit from 5 to 8 and a year
    up to 57 is this century). One in four is a replacement number: its day is 60 more.
    """
    random = Random(seed)
    for index in range(count):
        while True:
            unborn = index % 8 < 4
            day = (random.randint(1, 31) if unborn else random.randint(30, 31)) + (60 if index % 4 == 3 else 0)
            month = random.randint(1, 12) if unborn else 2
            year = random.randint(45, 57) if unborn else random.randint(0, 99)
            last = random.randint(5000, 8999) if unborn else random.randint(0, 3999)
            number = f"{day:02}{month:02}{year:02}{last:04}"
            if has_check_digit(number) is (index % 2 == 0):
                break
        yield number


def century(number: str) -> str:
    """Return the century that the seventh digit of a number from `numbers` tells."""
    return "20" if number[6] in "5678" else "19"


def parts(number: str) -> tuple[str, str, str, str]:
    return number[:2], number[2:4], number[4:6], number[6:]


WAYS: dict[str, Callable[[str], str]] = {
    "hyphen": lambda n: f"Mit nummer er {n[:6]}-{n[6:]}.",
    "plain": lambda n: f"mit nummer {n} er gammelt",
    "space": lambda n: f"{n[:6]} {n[6:]}",
    "CPR:": lambda n: f"CPR:{n}",
    "cpr-nr.": lambda n: f"cpr-nr. {n[:6]}-{n[6:]}, tak",
    "brackets": lambda n: f"Jeg ({n[:6]}-{n[6:]}) har ventet.",
    "at the end": lambda n: f"Skriv til {n}.",
    "en dash": lambda n: f"{n[:6]}–{n[6:]}",
    "em dash": lambda n: f"{n[:6]} — {n[6:]}",
    "minus": lambda n: f"{n[:6]}−{n[6:]}",
    "no-break space": lambda n: f"{n[:6]}\u00a0{n[6:]}",
    "no-break hyphen": lambda n: f"{n[:6]}\u2011{n[6:]}",
    "spaced hyphen": lambda n: f"{n[:6]} - {n[6:]}",
    "groups": lambda n: " ".join(parts(n)),
    "dots": lambda n: f"{n[:2]}.{n[2:4]}.{n[4:6]}-{n[6:]}",
    "slashes": lambda n: f"{n[:2]}/{n[2:4]}/{n[4:6]} {n[6:]}",
    "whole year": lambda n: f"{n[:4]}{century(n)}{n[4:6]}-{n[6:]}",
    "whole year in groups": lambda n: f"{n[:2]}.{n[2:4]}.{century(n)}{n[4:6]} {n[6:]}",
    "full width": lambda n: f"{n[:6]}-{n[6:]}".translate(FULL_WIDTH),
    "other digits": lambda n: n.translate(ARABIC),
    "zero width": lambda n: f"{n[:3]}\u200b{n[3:6]}-{n[6:8]}\u2060{n[8:]}",
    "soft hyphen": lambda n: f"{n[:6]}\u00ad{n[6:]}",
    "entity": lambda n: f"{n[:6]}&#45;{n[6:]}",
    "named entity": lambda n: f"{n[:6]}&ndash;{n[6:]}",
    "no-break entity": lambda n: f"{n[:6]}&nbsp;{n[6:]}",
    "letter O": lambda n: f"{n[:6]}-{n[6:]}".replace("0", "O"),
    "letter l": lambda n: f"{n[:6]}-{n[6:]}".replace("1", "l"),
    "underscore": lambda n: f"{n[:6]}_{n[6:]}",
    "in a word": lambda n: f"patient{n}igen",
    "line break": lambda n: f"{n[:6]}\n{n[6:]}",
    "pairs": lambda n: " ".join(n[i : i + 2] for i in range(0, 10, 2)),
    "letter o spelt": lambda n: f"nr {n[:6]}/{n[6:]}",
    "in a sentence": lambda n: f"Jeg blev indkaldt d. 12.11.2024 med {n[:6]}-{n[6:]} og ventede i 3 timer på 1813.",
}
"""Thirty-odd ways to write one; letters stand for digits only where most are digits still."""


def near_misses(count: int, seed: int) -> Iterator[str]:
    """Yield sentences with numbers that are not CPR numbers: dates, prices, years, case and account numbers."""
    random = Random(seed)
    pick = random.randint
    shapes: tuple[Callable[[], str], ...] = (
        lambda: f"Set den {pick(1, 28)}.{pick(1, 12)}.{pick(2019, 2026)} kl. {pick(8, 15)}.{pick(10, 59)}.",
        lambda: f"Min journal har nummer {pick(100000, 999999)}.",
        lambda: f"Prisen var {pick(100, 9999)} kr. for {pick(2, 12)} gange.",
        lambda: f"Fra {pick(1990, 2009)} til {pick(2010, 2026)} havde jeg ondt.",
        lambda: f"Kontoen er {pick(1000, 9999)} {pick(10000000, 99999999)}{pick(10, 99)}.",
        lambda: f"Sagen hedder {pick(10, 99)}/{pick(10000, 99999)}-{pick(1, 9)}.",
        lambda: f"Bogen har ISBN 978-87-{pick(100, 999)}-{pick(1000, 9999)}-{pick(0, 9)}.",
        lambda: f"Det tog {pick(1, 12)} uger, {pick(2, 6)} besøg og {pick(10, 90)} øvelser.",
        lambda: f"Side {pick(1, 40)}, afsnit {pick(1, 9)}.{pick(1, 9)}, linje {pick(1, 60)}.",
        lambda: f"Ordre {pick(32, 60)}{pick(13, 99)}{pick(100000, 999999)} kom ikke.",
        lambda: f"{pick(1, 28)}. {random.choice(MONTHS)} {pick(2020, 2026)} ringede jeg to gange.",
        lambda: f"Jeg bor {pick(1, 99)} km væk, postnummer {pick(1000, 9990)}.",
        lambda: f"Artikel doi 10.{pick(1000, 9999)}/{pick(100000, 999999)}.",
        lambda: f"Jeg gik {pick(1000, 9999)}-{pick(10000, 99999)} skridt om dagen.",
    )
    for index in range(count):
        yield shapes[index % len(shapes)]()
