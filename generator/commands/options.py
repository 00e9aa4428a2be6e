"""The options that several commands have in common."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from generator.danish import iso_day, today
from generator.sender.profiles import PROFILES

if TYPE_CHECKING:
    pass


class _Day(click.ParamType[date]):
    name = "dato"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return iso_day(value)
        except ValueError as error:
            return self.fail(str(error), param, ctx)


DAY = _Day()


class _SiteUrl(click.ParamType[str]):
    name = "adresse"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value and not re.fullmatch(r"https?://[^\s<>\"?#]+", value):
            self.fail(f"»{value}« er ikke en adresse – skriv fx https://ryg.example.dk/", param, ctx)
        return str(value)


as_of_option = click.option(
    "--as-of", type=DAY, default=today, show_default="i dag i København",
    help="Den dag, siderne skal gælde: numre, regioner og tilbud, som de er den dag.",
)  # fmt: skip
profile_option = click.option(
    "--profile", type=click.Choice(PROFILES), default="draft", show_default=True,
    help="draft: alt vises, og det, der ikke er godkendt, er mærket. publish: kun det, der er godkendt og bekræftet.",
)  # fmt: skip
region_option = click.option("--region", metavar="ID", help="Kun denne region. Ved build ligger dens sider i roden.")
site_url_option = click.option(
    "--site-url", type=_SiteUrl(), default="", help="Adressen, siderne skal ligge på; giver kanoniske adresser."
)
