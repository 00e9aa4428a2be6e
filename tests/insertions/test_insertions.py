"""An insertion is declared once: its forms on page, on paper and in frozen words stand side by side."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

import generator
from generator.codes.frozen_words import words_of
from generator.insertions import INSERTIONS
from generator.insertions.declaration import (
    Argument,
    Arguments,
    BlockInsertion,
    Declared,
    Frozen,
    InlineInsertion,
    OffPaper,
    OnPaper,
    Use,
)
from generator.insertions.parts import Shown, fill
from generator.model.catalogue import Catalogue
from generator.model.sheet import Paragraph, Run
from generator.paper.leaflets import prints
from generator.sender.context import Context
from generator.sender.senders import senders
from tests.support.built import ROOT, TODAY
from tests.support.example import OVERRIDES, write_example


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return generator.load(ROOT)


def written(declared: Declared, catalogue: Catalogue) -> Iterator[Arguments]:
    """Yield every way in which an insertion may be written, with one record for each kind that it may name."""
    ways: list[Arguments] = [()]
    for count, argument in enumerate(declared.arguments):
        record = next(iter(catalogue.kind(argument.names))) if argument.names else argument.example
        ways += [(*way, said) for way in ways if len(way) == count for said in argument.choices or (record,)]
    return (way for way in ways if len(way) in declared.counts)


def uses(declared: Declared, catalogue: Catalogue) -> Iterator[Use]:
    """Yield every way in which it may be written, for every sender."""
    for arguments in written(declared, catalogue):
        for sender in senders(catalogue, TODAY):
            yield Use(arguments, Context(catalogue, sender, TODAY), tuple(catalogue.sources), "./")


def untold(declared: Declared, catalogue: Catalogue) -> Iterator[str]:
    """Yield what a sheet shows and its hash does not tell of."""
    if isinstance(declared.paper, OffPaper):
        return
    for use in uses(declared, catalogue):
        runs = [part for part in declared.paper.shown(use) if not hasattr(part, "count")]
        frozen = declared.frozen(use.arguments)
        for run in runs:
            assert isinstance(run, Run), "words in blocks of their own need a rule of their own"
            is_mark = declared.paper.frozen is Frozen.FROM_ORDER and run.raised
            if not is_mark and run.text != frozen and not re.fullmatch(r"\[\w+\]", frozen):
                yield f"{use.arguments}: {run.text}"


@pytest.mark.parametrize("name", INSERTIONS)
def test_words_that_a_sheet_shows_are_in_the_words_that_its_hash_is_taken_of(name: str, catalogue: Catalogue) -> None:
    assert list(untold(INSERTIONS[name], catalogue)) == []


@pytest.mark.parametrize("frozen", [*Frozen, lambda arguments: ""])
def test_an_insertion_whose_words_are_not_frozen_is_noticed(frozen: Any, catalogue: Catalogue) -> None:
    careless = replace(INSERTIONS["afsender"], paper=OnPaper(shown=opening_hours_on_paper, frozen=frozen))
    assert "(): Mandag til fredag kl. 8 til 16" in list(untold(careless, catalogue))


@pytest.mark.parametrize("name", INSERTIONS)
def test_every_way_of_writing_it_can_be_shown_to_every_sender_s_readers(name: str, catalogue: Catalogue) -> None:
    declared = INSERTIONS[name]
    for use in uses(declared, catalogue):
        assert isinstance(
            declared.html(use) if isinstance(declared, InlineInsertion) else declared.values(use), Markup | dict
        )


@pytest.mark.parametrize("name", INSERTIONS)
def test_the_example_in_messages_is_allowed(name: str) -> None:
    declared = INSERTIONS[name]
    given = tuple(filter(None, declared.example.split(", ")))
    assert not declared.counts.start or len(given) in declared.counts
    for said, argument in zip(given, declared.arguments, strict=False):
        assert not argument.choices or said in argument.choices


def test_every_block_has_a_template_of_its_name_and_nothing_else_has() -> None:
    templates = {path.stem for path in (OVERRIDES / "blocks").glob("*.html")}
    assert templates & set(INSERTIONS) == {
        name for name, declared in INSERTIONS.items() if isinstance(declared, BlockInsertion)
    }


@pytest.mark.parametrize(
    ("kind", "forms"),
    [
        (InlineInsertion, {"html": lambda use: Markup("")}),
        (InlineInsertion, {"paper": OffPaper.REFUSED}),
        (BlockInsertion, {"values": lambda use: {}}),
        (BlockInsertion, {"paper": OffPaper.REFUSED}),
        (OnPaper, {"shown": lambda use: ()}),
        (OnPaper, {"frozen": Frozen.WITHOUT_WORDS}),
    ],
)
def test_a_declaration_without_one_of_its_forms_cannot_be_made(kind: Any, forms: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument"):
        kind(**forms)


def opening_hours_on_paper(use: Use) -> tuple[Run, ...]:
    return (Run(text="Mandag til fredag kl. 8 til 16"),)


OPENING_HOURS = InlineInsertion(
    html=lambda use: Markup("<b>Mandag til fredag kl. 8 til 16</b>"),
    paper=OnPaper(shown=opening_hours_on_paper, frozen=lambda arguments: "Mandag til fredag kl. 8 til 16"),
)


def test_one_declaration_is_all_that_a_new_insertion_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(INSERTIONS, "aabningstid", OPENING_HOURS)
    root = write_example(
        tmp_path, {"content/emner/oem-skulder.md": {"replace": ["Tal med", "{{ aabningstid }}\n\nTal med"]}}
    )
    catalogue = generator.load(root)
    [_, *regions] = senders(catalogue, TODAY)
    context = Context(catalogue, regions[0], TODAY)
    shown = "Mandag til fredag kl. 8 til 16"
    page = "".join(str(part) for part in fill(catalogue.topics["oem-skulder"].body, context, "./"))
    assert f"<p><b>{shown}</b></p>" in page
    assert Paragraph(content=(Run(text=shown),)) in next(prints(context)).sheet.blocks
    leaflet = catalogue.leaflets["din-skulder"]
    assert shown in [piece.words for piece in words_of(catalogue, leaflet, "a4")]


def test_a_new_block_stands_between_the_words_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = BlockInsertion(
        arguments=(Argument(choices=("kort", "lang"), optional=True),),
        values=lambda use: {"long": use.arguments != ("kort",)},
        paper=OffPaper.REFUSED,
    )
    monkeypatch.setitem(INSERTIONS, "aabningstid", declared)
    text = {"content/emner/oem-skulder.md": {"replace": ["Tal med", "{{ aabningstid: kort }}\n\nTal med"]}}
    catalogue = generator.load(write_example(tmp_path, text))
    [_, *regions] = senders(catalogue, TODAY)
    context = Context(catalogue, regions[0], TODAY)
    assert Shown("aabningstid", {"long": False}) in fill(catalogue.topics["oem-skulder"].body, context, "./")
    with pytest.raises(generator.ContentError, match=r"\{\{ aabningstid }} kan ikke vises på papir"):
        list(prints(context))
