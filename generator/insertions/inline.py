"""The insertions that stand among the words of a sentence."""

from markupsafe import Markup, escape

from generator.insertions.declaration import Argument, Arguments, Frozen, InlineInsertion, OnPaper, PaperParts, Use
from generator.model.place import EMERGENCY_NUMBER
from generator.model.sheet import Run
from generator.sender.numbers import whom_to_call

NUMBER_HERE = "[nummer]"
"""Stands in frozen words where a sheet has the sender's numbers."""


def _citation_html(use: Use) -> Markup:
    source, place = use.context.catalogue.sources[use.arguments[0]], ", ".join(("", *use.arguments[1:]))
    return Markup('<sup><a href="#kilde-{0}" aria-label="Kilde {0}" title="{1}">{0}</a></sup>').format(
        use.cited.index(source.id) + 1, f"{source.bare.publisher}{place}"
    )


def _note_number(use: Use) -> PaperParts:
    return (Run(text=str(use.cited.index(use.arguments[0]) + 1), raised=True),)


def _telephone_html(use: Use) -> Markup:
    context = use.context
    if use.arguments[0] == EMERGENCY_NUMBER:
        return Markup('<a href="tel:{0}">{0}</a>').format(EMERGENCY_NUMBER)
    if len(context.sender.areas) > 1 and context.sender.region is None:
        return Markup('<a href="{}{}">lægevagten der, hvor du bor</a>').format(use.root, context.help_address)
    shown = (
        Markup("{} på {}").format(call.name, call.html) + (f" ({call.place})" if call.place else "")
        for call in whom_to_call(context).areas
    )
    return Markup(" eller ").join(shown)


def _telephone_on_paper(use: Use) -> PaperParts:
    if use.arguments[0] == EMERGENCY_NUMBER:
        return (Run(text=EMERGENCY_NUMBER, strong=True),)
    return (Run(text=" eller ".join(call.spoken for call in whom_to_call(use.context).areas)),)


def _telephone_frozen(arguments: Arguments) -> str:
    return EMERGENCY_NUMBER if arguments == (EMERGENCY_NUMBER,) else NUMBER_HERE


INLINE = {
    "kilde": InlineInsertion(
        arguments=(Argument(example="kildens-id", names="source"), Argument(example="side 4", optional=True)),
        html=_citation_html,
        paper=OnPaper(shown=_note_number, frozen=Frozen.FROM_ORDER),
    ),
    "telefon": InlineInsertion(
        arguments=(Argument(example="vagt", choices=(EMERGENCY_NUMBER, "vagt")),),
        html=_telephone_html,
        paper=OnPaper(shown=_telephone_on_paper, frozen=_telephone_frozen),
    ),
    "afsender": InlineInsertion(
        html=lambda use: escape(use.context.sender.name),
        paper=OnPaper(shown=lambda use: (Run(text=use.context.sender.name),), frozen=lambda _: "[afsender]"),
    ),
}
