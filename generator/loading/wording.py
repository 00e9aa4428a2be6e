"""What pydantic found wrong with a value, in an author's words, with what to write instead."""

import re
from datetime import date

from pydantic_core import ErrorDetails

from generator.danish import MONTHS, instead, slug
from generator.model.record import SLUG

_LONGEST_SHOWN = 60
_TYPES = {
    "string_type": ("her ventes en tekst", 'skriv én tekst, med anførselstegn om, hvis den har : eller #: "…"'),
    "string_too_short": ("teksten er tom", "skriv en tekst"),
    "too_short": ("listen er tom", "skriv mindst ét punkt"),
    "tuple_type": ("her ventes en liste", "skriv hvert punkt på sin linje med - foran, eller [a, b]"),
    "model_type": ("her ventes linjer med nøgle: værdi", "se et eksempel i VEJLEDNING.md"),
    "model_attributes_type": ("her ventes linjer med nøgle: værdi", "se et eksempel i VEJLEDNING.md"),
    "bool_parsing": ("her ventes ja eller nej", "skriv true eller false"),
    "bool_type": ("her ventes ja eller nej", "skriv true eller false"),
    "int_parsing": ("her ventes et helt tal", "skriv fx 20"),
    "int_parsing_size": ("tallet er for stort", "skriv fx 20"),
    "int_type": ("her ventes et helt tal", "skriv fx 20"),
    "float_parsing": ("her ventes et tal", "skriv decimaler med punktum, fx 12.7"),
    "float_type": ("her ventes et tal", "skriv decimaler med punktum, fx 12.7"),
    "finite_number": ("her ventes et tal", "skriv null, hvor kilden ikke har noget tal"),
}
_A_LIST = "skriv hvert punkt på sin linje med - foran"
_REASONS = {
    "year": ("dagen er for længe siden", "ret årstallet"),
    "markup": ("HTML kan ikke stå i teksten", "skriv almindelig tekst uden < og >"),
    "entity": ("HTML-koder som &nbsp; kan ikke stå i teksten", "skriv selve tegnet"),
    "insertion": ("indsættelser med {{ }} kan kun bruges i selve teksten", "skriv almindelig tekst"),
    "address": ("adressen fører ikke til et websted", "skriv den, som den står i browseren, uden @ og [ ] i navnet"),
    "control": ("her står et usynligt tegn", "slet det, og skriv stedet igen"),
}
_EXAMPLES = {
    SLUG: "brug små bogstaver a-z, tal og bindestreg, fx skal-du-scannes",
    r"^https://[^\s<>\"]+$": "skriv hele adressen med https://",
    r"^https://[^\s/?#@]+$": "skriv kun https:// og værtens navn, uden skråstreg og mere efter",
    r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$": "skriv én mailadresse, fx kontakt@region.dk",
    r"^#[0-9A-Fa-f]{6}$": 'skriv farven som "#0B4F6C"',
    r"^(\d{4}|\d{2} \d{2} \d{2} \d{2})$": 'skriv nummeret som "70 11 31 31" eller "1813"',
    r"^\d{2} \d{2} \d{2} \d{2}$": 'skriv nummeret som "70 11 31 31"',
    r"^\+45( \d{2}){4}$": 'skriv nummeret som "+45 70 11 31 31"',
    r"^@[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)?$": 'skriv navnet på GitHub i anførselstegn, fx "@region/hold"',
    r"^\d{4}$": 'skriv fire cifre, fx "0101"',
    r"^\d+(-\d+)?(, \d+(-\d+)?)*$": 'skriv linjerne som "1732-1748, 1833"',
}


def wording(details: ErrorDetails, *, is_optional: bool) -> tuple[str, str]:
    """Return what is wrong and what to write instead; `is_optional` tells whether leaving the key out is a way."""
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    reason = str(context.get("error", ""))
    if value is None:
        wanted = f"{_A_LIST}, eller [], hvor der ingen er" if kind == "tuple_type" else "skriv en værdi"
        return "her mangler noget", wanted + (", eller slet linjen" if is_optional else "")
    if reason == "date" or kind.startswith("date"):
        return _about_date(value)
    if reason in _REASONS:
        return _REASONS[reason]
    if kind == "literal_error":
        return _about_choice(value, str(context["expected"]))
    if kind == "string_pattern_mismatch":
        return _about_pattern(str(value), str(context["pattern"]))
    if kind == "string_too_long":
        return "teksten er for lang", f"brug højst {context['max_length']} tegn"
    if kind == "too_long":
        return "listen er for lang", f"skriv højst {context['max_length']} punkter"
    message, remedy = _TYPES.get(kind, (f"{_shown(value)} passer ikke her", "se VEJLEDNING.md"))
    return message, remedy + (", eller slet linjen" if is_optional and "er tom" in message else "")


def _about_pattern(value: str, pattern: str) -> tuple[str, str]:
    if re.search(r"[\u00a0\u2007\u202f]", value):
        return f"{_shown(value)} har hårde mellemrum", "slet dem, og tryk på mellemrum igen"
    meant = slug(value) if pattern == SLUG else ""
    return f"{_shown(value)} er ikke skrevet rigtigt", f"skriv {meant}" if meant else example(pattern)


def _about_choice(value: object, expected: str) -> tuple[str, str]:
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    written = value if isinstance(value, str) else ""
    remedy = instead(written, choices, "skriv et af") if len(choices) > 1 else f"skriv {choices[0]}"
    return f"{_shown(value)} er ikke et af valgene", remedy


def _about_date(value: object) -> tuple[str, str]:
    text = value if isinstance(value, str) else ""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return f"»{text}« findes ikke i kalenderen", "ret dagen eller måneden"
    meant = _day_meant(text)
    remedy = f"skriv {meant}" if meant else "skriv år-måned-dag, fx 2026-12-31"
    return f"{_shown(value)} er ikke en dato", remedy


def _day_meant(text: str) -> date | None:
    """Return the day of a date as people write it: 31/12-2026, 31.12.2026, 31. december 2026, 2026/12/31."""
    names = "|".join(MONTHS)
    if found := re.fullmatch(rf"(\d{{1,2}})\W+(\d{{1,2}}|{names})\W+(\d{{4}})", text.strip().lower()):
        day, month, year = found.groups()
    elif found := re.fullmatch(r"(\d{4})\W+(\d{1,2})\W+(\d{1,2})", text.strip()):
        year, month, day = found.groups()
    else:
        return None
    try:
        return date(int(year), MONTHS.index(month) + 1 if month in MONTHS else int(month), int(day))
    except ValueError:
        return None


def _shown(value: object) -> str:
    if not isinstance(value, str):
        return "en liste" if isinstance(value, list) else "en gruppe af linjer"
    text = " ".join(value.split())
    return f"»{text}«" if len(text) <= _LONGEST_SHOWN else f"»{text[: _LONGEST_SHOWN - 1]}…«"


def example(pattern: str) -> str:
    """Return what to write where a value does not fit the pattern."""
    return _EXAMPLES.get(pattern, f"skriv det efter mønstret {pattern}")


def no_markup() -> tuple[str, str]:
    """Return the pattern of plain text for schemas, and what is said where it does not fit."""
    message = "HTML, koder som &nbsp; og {{ }} kan ikke stå i teksten – skriv almindelig tekst"
    return r"^(?![\s\S]*(?:<[A-Za-z/!?]|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);|\{\{|\{%))[\s\S]*\S", message
