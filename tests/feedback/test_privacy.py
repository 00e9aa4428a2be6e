"""What gives a person away is found however it is written, and ordinary sentences pass."""

import re
from collections.abc import Callable
from random import Random
from time import process_time

import pytest

from generator import Catalogue
from generator.feedback.privacy import CPR, EMAIL, PHONE, findings, masked
from tests.support.built import ROOT
from tests.support.cpr_numbers import WAYS, near_misses, numbers

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


HOSTILE = {
    "digits": "1", "pairs": "11 ", "dates": "01.01.", "ats": "a@", "dots": "a.", "mail": "a.a@a.", "plus": "+4",
    "dash": "-",
    "zero": "\u200b", "entity": "&#4", "entities": "&amp;", "cpr": "cpr ", "O": "O0",
    "combining": "a\u0301", "brackets": "(at)",
    "ligature": "\ufdfa",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_no_faster_than_the_text(name: str) -> None:
    """Eight times the text may cost twenty-four times the work, best of several: a square would be sixty-four."""

    def cost(length: int) -> float:
        text = (HOSTILE[name] * length)[:length]
        best = 9.0
        for _ in range(5):
            began = process_time()
            findings(text)
            best = min(best, process_time() - began)
        return best

    cost(1000)
    assert cost(16_000) <= 8 * 3 * max(cost(2_000), 0.0005)
