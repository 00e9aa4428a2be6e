"""A slip in a template is told as the author's own: on its line, without a traceback, on pages and in reports alike."""

import re
from datetime import date
from pathlib import Path

import pytest

from generator import ContentError, load
from generator.cache import Cache
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from generator.web import templates
from tests.support.example import OVERRIDES, write_example

SLIPS = {
    "{{ no_such_name }}": "overrides/ark.html:2:1: skabelonen kan ikke vises ('no_such_name' is undefined)",
    "{% if %}": "overrides/ark.html:2:1: skabelonen kan ikke vises (Expected an expression",
    '{% include "blocks/none.html" %}': "overrides/blocks/none.html:1:1: skabelonen findes ikke – hent den frem",
}


@pytest.mark.parametrize(("slip", "told"), SLIPS.items())
def test_a_slip_in_a_template_is_told_on_its_line(tmp_path: Path, slip: str, told: str) -> None:
    directory = tmp_path / "overrides"
    directory.mkdir()
    (directory / "ark.html").write_text(f"<p>\n{slip}", "utf-8")
    with pytest.raises(ContentError) as caught:
        templates.render(directory, "ark.html")
    assert str(caught.value).startswith(told)


@pytest.mark.whole
def test_a_slip_in_a_pages_template_stops_the_build_on_its_line(tmp_path: Path) -> None:
    root = write_example(tmp_path, templates=True)
    (root / "overrides" / "topic.html").write_text("{{ no_such_name }}", "utf-8")
    request = BuildRequest(root, root / "site", date(2026, 11, 22))
    with pytest.raises(ContentError, match=r"overrides/topic\.html:1:1: skabelonen kan ikke vises"):
        build_site(load(root), request, Cache(tmp_path / ".cache"))
    assert not (root / "site").exists()


def test_values_are_escaped_and_read_as_a_dane_writes_them(tmp_path: Path) -> None:
    (tmp_path / "ark.html").write_text("{{ day|long_date }}: {{ names|joined }}", "utf-8")
    told = templates.render(tmp_path, "ark.html", day=date(2027, 1, 1), names=(name for name in ("<a>", "b", "c")))
    assert told == "1. januar 2027: &lt;a&gt;, b og c\n"


def test_no_template_types_an_address_of_the_site() -> None:
    typed = [
        f"{path.name}: {found}"
        for path in OVERRIDES.rglob("*.html")
        for found in re.findall(r'\{\{ (?:root|up) }}[^{<"]\S*', path.read_text("utf-8"))
        if "#" not in found
    ]
    assert typed == []
