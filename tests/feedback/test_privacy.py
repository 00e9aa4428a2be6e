"""What gives a person away is found however it is written, and ordinary sentences pass."""

import hashlib
import importlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import pytest

from generator import Catalogue
from generator.feedback import appearance, privacy
from generator.feedback.privacy import CPR, EMAIL, NEAR_CPR, PHONE, findings, masked
from generator.feedback.sites import read_site
from generator.feedback.submission import read_submission
from tests.support.built import ROOT
from tests.support.cpr_numbers import WAYS, near_misses, numbers
from tests.support.feedback_service import settings_for

Record = Callable[[str, object], None]
EACH = 1000
"""Numbers tried in every way of writing."""


def kinds(text: str) -> set[str]:
    return {finding.kind for finding in findings(text, frozenset({"70150300"}))}


@pytest.mark.parametrize("way", WAYS)
def test_no_cpr_number_is_missed(way: str) -> None:
    written = [WAYS[way](number) for number in numbers(EACH, seed=len(way))]
    assert [text for text in written if CPR not in kinds(text)] == []


def sentences(catalogue: Catalogue) -> list[str]:
    """Return the sentences of the pages, the front matter and the facts, as people might write them back."""
    texts = [
        path.read_text("utf-8")
        for directory in ("content", "data")
        for path in sorted((ROOT / directory).rglob("*.*"))
        if path.name != "editions.yml"
    ]
    found = (re.sub(r"\s+", " ", part).strip() for text in texts for part in re.split(r"(?<=[.!?:])\s|\n", text))
    return sorted({part for part in found if len(part.split()) > 2 and "http" not in part and "doi" not in part})


def test_the_sites_own_sentences_give_nobody_away(
    catalogue: Catalogue, record_property: Callable[[str, object], None]
) -> None:
    own = sentences(catalogue)
    public = {"".join(filter(str.isdecimal, p.number)) for a in catalogue.areas.values() for p in a.phones if p.number}
    false_cpr = [text for text in own if CPR in kinds(text)]
    false_any = [text for text in own if findings(text, frozenset(public))]
    record_property("sentences", len(own))
    assert len(own) >= 1000
    assert len(false_cpr) <= len(own) / 100, false_cpr
    assert len(false_any) <= len(own) / 100, false_any


def labelled() -> list[tuple[str, bool]]:
    """Return at least 300 texts, each with whether a CPR number stands in it."""
    true = [(way(number), True) for way in WAYS.values() for number in numbers(6, seed=len(way("0101011234")))]
    false = [(text, False) for text in near_misses(196, seed=7)]
    cases = true + false
    Random(5).shuffle(cases)
    return cases


def test_precision_and_recall_on_the_labelled_set(record_property: Record) -> None:
    cases = labelled()
    told = [(CPR in kinds(text), label) for text, label in cases]
    hits = told.count((True, True))
    recall = hits / sum(label for _, label in told)
    precision = hits / sum(found for found, _ in told)
    record_property("labelled", len(cases))
    record_property("precision", round(precision, 3))
    record_property("recall", round(recall, 3))
    print(f"{len(cases)} tekster: præcision {precision:.3f}, genfinding {recall:.3f}")
    assert len(cases) >= 300
    assert recall == 1
    assert precision >= 0.97, [
        text for (text, _), (found, label) in zip(cases, told, strict=True) if found and not label
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a@b.dk", "Skriv til hans.jensen+ryg@regionh.example.dk i dag", "ole (at) mail.dk", "ole [at] mail (dot) dk",
        "ole＠mail.dk", "ole snabel-a mail.dk", "ole&#64;mail.dk", "o\u200ble@mail.dk",
    ],
)  # fmt: skip
def test_email_addresses_are_found(text: str) -> None:
    assert EMAIL in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "22334455", "22 33 44 55", "2233 4455", "223 34 455", "22-33-44-55", "22.33.44.55", "+4522334455",
        "+45 22 33 44 55",
        "0045 2233 4455", "(+45) 22334455", "tlf. 22334455.", "２２３３４４５５",
        "22\u00a033\u00a044\u00a055", "+46 70 123 45 67",
    ],
)  # fmt: skip
def test_phone_numbers_are_found(text: str) -> None:
    assert PHONE in kinds(f"Ring på {text}, tak.") or PHONE in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ring 112 eller 1813.", "Lægevagten har 70 15 03 00 og 70150300.", "Fra 2019 2020 og 2019-2020.",
        "Den 24.12.2024.",
        "Det står på side 12-14.", "Jeg er 47 år og har haft ondt i 3-4 uger.", "@redaktionen: godt skrevet",
    ],
)  # fmt: skip
def test_what_gives_nobody_away_passes(text: str) -> None:
    assert kinds(text) == set()


def test_masking_takes_the_whole_and_leaves_the_rest() -> None:
    text = "Ærlig talt: skriv ole&#64;mail.dk – eller ring +45 22\u200b334455 (efter kl. 16)!"
    assert masked(text, findings(text)) == "Ærlig talt: skriv [e-mail] – eller ring [telefonnummer] (efter kl. 16)!"


def gathered(name: str) -> list[str]:
    return (ROOT / "tests" / "feedback" / name).read_text("utf-8").splitlines()


def is_set_aside(text: str) -> bool:
    """Say which half a text is in: the rules were written against the other half, and this one was only counted."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


@pytest.mark.parametrize("set_aside", [False, True])
def test_ordinary_sentences_give_nobody_away(set_aside: bool, record_property: Record) -> None:
    """Sentences as readers and clinicians write them: dates, years, prices, steps, case, CVR and code numbers."""
    ordinary = [text for text in gathered("ordinary_sentences.txt") if is_set_aside(text) is set_aside]
    alarms = sum(bool(findings(text)) for text in ordinary)
    record_property("false alarms", f"{alarms} of {len(ordinary)}")
    assert len(ordinary) >= 250
    assert alarms <= len(ordinary) / 100


@pytest.mark.parametrize("set_aside", [False, True])
@pytest.mark.parametrize(("kind", "least"), [(CPR, 0.98), (EMAIL, 1), (PHONE, 0.9)])
def test_numbers_and_addresses_are_found_as_people_write_them(
    kind: str, least: float, set_aside: bool, record_property: Record
) -> None:
    """The CPR numbers are of 30 and 31 February or of people born in 2054: nobody has them."""
    lines = [line.split("\t", 1) for line in gathered("disguised_contacts.txt")]
    texts = [
        text.replace("\\n", "\n").replace("\\t", "\t")
        for what, text in lines
        if what == kind and is_set_aside(text) is set_aside
    ]
    hits = sum(kind in kinds(text) for text in texts)
    record_property("found", f"{hits} of {len(texts)}")
    assert hits >= least * len(texts)


@pytest.mark.parametrize("text", ["CPR 300276-123", "mit cpr er 300276", "cpr-nr. 300276-12399", "CPR: 3002761"])
def test_nearly_a_cpr_number_is_told_apart_from_one(text: str) -> None:
    assert kinds(text) == {NEAR_CPR}


def test_nearly_a_cpr_number_asks_the_writer_and_loses_nothing(tmp_path: Path) -> None:
    site = read_site(settings_for(tmp_path))
    sent = {"region": next(iter(site.regions)), "text": "Tak for siden. CPR 300276-123"}
    submission, faults = read_submission(sent, site, {})
    assert [fault.says for fault in faults] == [
        "Er det et CPR-nummer, der mangler et ciffer? Slet det, eller skriv det om, og send igen."
    ]
    assert submission is not None
    assert submission.text == sent["text"]


@pytest.mark.parametrize(
    "text",
    [
        "10.10.2025 1015", "5.8.1976 5239", "20240512_1015", "Den 30.02.76 kl. 1239", "30.02.76 1239 kr.",
        "2009, 2014, 2018 og 2022",
    ],
)  # fmt: skip
def test_no_number_is_made_of_a_date_and_what_cannot_go_with_it(text: str) -> None:
    """The seventh digit tells the century, and a time or an amount is no number."""
    assert kinds(text) == set()


@pytest.mark.parametrize("text", ["20304050", "25041976", "2000 3000", "2030 4050"])
def test_a_telephone_number_is_no_date_and_no_span(text: str) -> None:
    assert kinds(f"Ring {text}") == {PHONE}


HOSTILE = {
    "digits": "1", "pairs": "11 ", "dates": "01.01.", "ats": "a@", "dots": "a.", "mail": "a.a@a.", "plus": "+4",
    "dash": "-", "zero": "\u200b", "entity": "&#4", "entities": "&amp;", "cpr": "cpr ", "cpr and date": "cpr 010101",
    "O": "O0", "combining": "a\u0301", "brackets": "(at)", "ligature": "\ufdfa", "words": "et to ", "og": "en og ",
    "large": "niogtredive ", "last": "sidste fire 1234 ", "link": "010101 og ", "gap": "010101" + " " * 11,
    "singles": "1 ", "months": "1 jan 20 ", "providers": " at gmail", "contacts": "a@gmail.com 22334455 ",
}  # fmt: skip


def steps(text: str) -> int:
    """Return how many lines of the rules run, and how many times they call a pattern."""
    count = 0

    def step(frame: FrameType, _event: str, _argument: object) -> Any:
        nonlocal count
        count += 1
        return step if "feedback" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(step)
    try:
        findings(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_no_faster_than_the_text(name: str) -> None:
    """Four times the text takes at most four times the steps, and a few."""
    short, long = (steps((HOSTILE[name] * size)[:size]) for size in (500, 2000))
    assert long <= 4.2 * short + 100


def operations(parsed: Any) -> Iterator[tuple[str, Any]]:
    """Yield each operation of a parsed pattern, with what it holds."""
    if isinstance(parsed, tuple) and len(parsed) == 2 and hasattr(parsed[0], "name"):
        yield parsed[0].name, parsed[1]
    if isinstance(parsed, (tuple, list)) or hasattr(parsed, "data"):
        for part in parsed.data if hasattr(parsed, "data") else parsed:
            yield from operations(part)


def test_every_repeat_of_a_pattern_is_bounded() -> None:
    """Steps do not show what a pattern does inside. One repeat without end is safe where nothing follows it."""
    parse = importlib.import_module("re._parser").parse
    endless = importlib.import_module("re._constants").MAXREPEAT
    patterns = {
        f"{module.__name__.rpartition('.')[2]}.{name}": value.pattern
        for module in (appearance, privacy)
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and name != "NO_PHONE"  # sees 28 characters and no more
    }  # fmt: skip
    unbounded = {
        name for name, pattern in patterns.items()
        if any("REPEAT" in kind and held[1] == endless for kind, held in operations(parse(pattern)))
    }  # fmt: skip
    assert len(patterns) >= 17
    assert unbounded == {"appearance.SPELLED", "privacy.HARMLESS", "privacy.LETTERS", "privacy.PIECE"}
