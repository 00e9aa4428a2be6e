"""Styles and scripts are written to be read, and are sent without what only a reader of the source needs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.feedback.pages import TEMPLATES, style
from generator.web.minified import minified_script, minified_style
from tests.support.built import ROOT, page, site

OVERRIDES = ROOT / "overrides"
STYLES = [*sorted(OVERRIDES.glob("*.css")), TEMPLATES / "style.css"]
SCRIPTS = sorted(OVERRIDES.glob("*.js"))


def rules(sheet: str) -> Iterator[tuple[str, ...]]:
    """Yield each rule's selectors with the at-rules it stands in; refuse a line that is more than one thing."""
    inside: list[str] = []
    head = ""
    for line in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL).splitlines():
        words = line.strip()
        if words.endswith((",", "{")) and words.count("{") <= 1 and ";" not in words:
            head += words.removesuffix("{").strip()
            if words.endswith("{"):
                inside.append(head)
                head = ""
                yield tuple(inside)
        elif words == "}":
            inside.pop()
        elif words:
            assert inside, line
            assert re.fullmatch(r'[\w-]+: (?:[^;{}"]|"[^"]*")+;', words), line
    assert not inside
    assert not head


@pytest.mark.parametrize("path", STYLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_style_sheet_has_one_declaration_a_line_and_each_rule_once(path: Path) -> None:
    found = [rule for rule in rules(path.read_text("utf-8")) if not rule[-1].startswith(("@media", "@supports"))]
    assert [rule for rule in found if found.count(rule) > 1] == []


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_source_can_be_read_without_scrolling_and_opens_with_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [line for line in text.splitlines() if len(line) > 120] == []
    assert text.startswith(("/* ", "// "))


def test_no_template_has_a_style_of_its_own() -> None:
    for path in (*OVERRIDES.rglob("*.html"), *TEMPLATES.glob("*.html")):
        for inline in re.findall(r"<style>(.*?)</style>", path.read_text("utf-8"), re.DOTALL):
            assert re.fullmatch(r"\{.*\}", inline.strip()), path


@pytest.mark.parametrize("address", ["", "nordjylland/fagfolk/regionerne", "nordjylland/fagfolk/tal/audit-faggrupper"])
def test_the_style_in_a_page_is_minified(address: str) -> None:
    (sent,) = re.findall(r"<style>(.*?)</style>", page(address), re.DOTALL)
    assert "\n" not in sent
    assert "/*" not in sent
    assert minified_style(sent) == sent
    assert minified_style((OVERRIDES / "style.css").read_text("utf-8")) in sent


def test_the_style_of_the_feedback_service_is_minified() -> None:
    assert style() == minified_style((TEMPLATES / "style.css").read_text("utf-8"))


@pytest.mark.whole
def test_the_scripts_beside_the_pages_are_minified() -> None:
    for path in site().rglob("*.js"):
        assert path.read_text("utf-8") == minified_script((OVERRIDES / path.name).read_text("utf-8")), path


def test_what_means_something_is_kept() -> None:
    sheet = '.a :is(b, i) + p > b { width: calc(1rem + (2 * 3vw)); content: " (" attr(href) ")" }'
    kept = '.a :is(b,i) + p>b{width:calc(1rem + (2 * 3vw));content:" (" attr(href) ")"}'
    assert minified_style(sheet) == kept
    script = "const a = `x ${y ?? ' // z '} /* w */`; // said\nconst b = a.replace(/\"\\/ +/g, '  ');\n"
    assert minified_script(script) == "const a=`x ${y ?? ' // z '} /* w */`;const b=a.replace(/\"\\/ +/g,'  ');"
