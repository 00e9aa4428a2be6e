"""Prompts for what no option tells, repeated until every answer can stand in a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, get_args

import click

from generator.authoring.forms import FORMS, Answers, Question

if TYPE_CHECKING:
    from pydantic import BaseModel

    from generator.model.catalogue import Catalogue

Given = Mapping[str, str | Sequence[str] | None]
_FEW = 12
"""Ids that are shown to choose from; more are not read."""


@dataclass(frozen=True)
class Prompts:
    """One form that is being filled in: options first, then suggestions or questions."""

    kind: str
    catalogue: "Catalogue"
    day: date
    quick: bool
    """Ask nothing: what no option tells is as suggested."""

    def answers(self, given: Given) -> Answers:
        """Return every answer; ends the command with 2 where an option is wrong, or missing when nothing is asked."""
        found: dict[str, str | tuple[str, ...]] = {}
        for question in FORMS[self.kind].questions:
            told = given.get(question.name.replace("-", "_"))
            values = tuple(told) if isinstance(told, list | tuple) else (told,) if isinstance(told, str) else ()
            chosen = () if question.skip(found) else self._answer(question, values, found)
            found[question.name] = chosen if question.many else "".join(chosen)
        return found

    def _answer(self, question: Question, values: tuple[str, ...], before: Answers) -> tuple[str, ...]:
        found = values or question.suggested(before, self.catalogue, self.day)
        if not values and not self.quick:
            return self._asked(question, found)
        if not found and not question.optional:
            raise click.UsageError(f"--{question.name} mangler – {question.asks}")
        if fault := self._fault(question, found):
            raise click.UsageError(f"--{question.name}: {fault}")
        return found

    def _asked(self, question: Question, proposal: tuple[str, ...]) -> tuple[str, ...]:
        """Ask until the answer can be used; several answers are given one after the other."""
        self._explain(question, proposal)
        found: list[str] = []
        while True:
            number = str(len(found) + 1) if question.many else ""
            said = str(click.prompt(f"  {number}>", "", show_default=False, prompt_suffix=" "))
            values = (said.strip(),) if said.strip() else () if found else proposal
            if fault := self._fault(question, values):
                click.echo(f"  {fault}")
                continue
            found += values
            is_last = not question.many or not said.strip()
            if is_last and (found or question.optional):
                return tuple(found)
            if is_last:
                click.echo("  Her skal stå noget.")

    def _explain(self, question: Question, proposal: tuple[str, ...]) -> None:
        from generator.authoring.schemas import purpose
        from generator.loading.decode import record_at

        click.echo(f"\n{question.asks}")
        *way, key = question.key.split(".")
        record = record_at(self._model(question), tuple(way))
        if record and not question.says_all:
            click.echo(f"  {purpose(record, key)}")
        if choices := self._choices(question):
            click.echo(f"  Vælg: {', '.join(choices)}")
        ways = [f"Enter: {', '.join(proposal)}"] if proposal else ["Enter: intet"] if question.optional else []
        if question.many:
            ways.append("Ét svar ad gangen; en tom linje, når der ikke er flere")
        if ways:
            click.echo(f"  {'. '.join(ways)}.")

    def _choices(self, question: Question) -> tuple[str, ...]:
        from generator.loading.decode import hint_of
        from generator.model.record import marked

        hint = hint_of(self._model(question), question.key)
        if question.choices or all(isinstance(choice, str) for choice in get_args(hint)):
            return question.choices or get_args(hint)
        ids = [name for kind in marked(hint, "") for name in self.catalogue.kind(kind)]
        return tuple(ids) if len(ids) <= _FEW else ()

    def _fault(self, question: Question, values: tuple[str, ...]) -> str | None:
        """Return what is wrong with the first value that cannot stand in a file, in the loader's own words."""
        from generator.loading.decode import fault_in

        for value in values:
            fault = fault_in(self._model(question), question.key, value, question.choices)
            if fault := fault or self._misled(question, value):
                return fault
        return None

    def _misled(self, question: Question, value: str) -> str | None:
        """Return what is wrong with an id that leads nowhere, or that is taken."""
        from generator.checks.references import unknown_id
        from generator.loading.decode import hint_of
        from generator.model.record import marked

        if question.name == "id" and (earlier := self.catalogue.kind(self.kind).get(value)):
            return f"id'et »{value}« er allerede brugt i {earlier.origin.at('id')} – vælg et andet"
        for kind in marked(hint_of(self._model(question), question.key), value):
            if value not in (existing := self.catalogue.kind(kind)):
                return " – ".join(unknown_id(value, kind, existing))
        return None

    def _model(self, question: Question) -> type["BaseModel"]:
        from generator.model.intervention import Intervention
        from generator.model.leaflet import Leaflet
        from generator.model.place import Municipality, Phone, Region
        from generator.model.topic import Topic

        models = (Intervention, Leaflet, Municipality, Phone, Region, Topic)
        return next(model for model in models if model.__name__ == (question.of or self.kind.capitalize()))
