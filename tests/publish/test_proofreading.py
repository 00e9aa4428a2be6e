"""The made text is read back: a sign that a template, a sheet or a careless hand drops is never handed over."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import generator
from generator.model.sheet import Card
from generator.paper import leaflets
from generator.publish.build_request import BuildRequest
from generator.publish.proofreading import Said, missing, printed_text, squeezed, visible, widgets
from generator.publish.site import BuildError, build_site
from tests.support.built import store
from tests.support.complete import write_complete

TODAY = date(2026, 11, 22)
CARDS = "overrides/blocks/alarmtegn.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_complete(tmp_path, templates=True)


def build(root: Path, region: str | None = None) -> Path:
    request = BuildRequest(root, root / "site", TODAY, "publish", "https://skulder.sundhed.dk/", region)
    build_site(generator.load(root), request, store())
    return root / "site"


@pytest.mark.whole
def test_a_complete_project_is_published_with_every_sign_on_every_page_and_sheet(project: Path) -> None:
    assert generator.check(generator.load(project), TODAY, "publish") == []
    site = build(project)
    sheets_made = sorted(site.rglob("*.pdf"))
    assert {path.name for path in sheets_made} == {"din-skulder-a4.pdf", "regionsark.pdf"}
    for region, number in (("vest", "70 00 00 01"), ("oest", "1899")):
        page = visible((site / region / "hvornaar-skal-du-ringe/index.html").read_text("utf-8"))
        assert "skulderen ser ud til at være gået af led" in page
        assert number in page
        leaflet = squeezed(printed_text(site / region / "foldere/din-skulder-a4.pdf"))
        assert squeezed("skulderen er blevet rød og varm") in leaflet
        assert squeezed(number) in leaflet


@pytest.mark.whole
def test_a_region_alone_is_published_too(project: Path) -> None:
    assert (build(project, "vest") / "hvornaar-skal-du-ringe/index.html").is_file()


LED, VARM = "tegnet »skulderen ser ud til at være gået af led«", "tegnet »skulderen er blevet rød og varm«"
EACH = "{% for card in block.cards %}"
BOX = '<input type="checkbox">'


@pytest.mark.whole
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{% for flag in flags %}", "{% for flag in flags[1:] %}", f"{LED} mangler under »Ring nu, hvis«"),
        ("{{ flag.text }}", "{{ flag.text|replace('rød og ', '') }}", f"{VARM} mangler under »Kontakt"),
        ("{{ whom(block.calls) }}", "", "nummeret 70 00 00 01 mangler under »Ring nu, hvis«"),
        ("<span>{{ card.level.heading }}</span>", "", "overskriften »Ring 112, hvis« mangler"),
        ("<li>{{ flag.text }}", "<li hidden>{{ flag.text }}", f"{LED} mangler under »Ring nu, hvis«"),
        ("<li>{{ flag.text }}", "<li class='print'>{{ flag.text }}", f"{LED} mangler under »Ring nu, hvis«"),
        ("<ul>", "<details><summary>Se tegnene</summary><ul>", f"{LED} mangler under »Ring nu, hvis«"),
        (EACH, f"<meter value=3></meter>{EACH}", "<meter value=3> måler eller vurderer læseren"),
        (EACH, f"<label>{BOX} Feber</label>{EACH}", f"{BOX} spørger læseren om noget"),
    ],
)
def test_a_template_that_loses_a_sign_or_asks_the_reader_is_refused(
    project: Path, old: str, new: str, said: str
) -> None:
    path = project / CARDS
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(BuildError) as error:
        build(project)
    assert f"hvornaar-skal-du-ringe/index.html: {said}" in str(error.value)
    assert not (project / "site").exists()


@pytest.mark.whole
def test_a_sign_under_the_wrong_heading_is_refused(project: Path) -> None:
    path = project / CARDS
    text = path.read_text("utf-8")
    path.write_text(text.replace("{% for card in block.cards %}", "{% for card in block.cards|reverse %}"), "utf-8")
    build(project)  # another order is no lie
    heading = "<span>{{ card.level.heading }}</span>"
    swapped = text.replace(heading, heading.replace("card", "block.cards[loop.revindex0]"))
    path.write_text(swapped, "utf-8")
    with pytest.raises(BuildError) as error:
        build(project)
    assert f"{VARM} står ikke under »Kontakt" in str(error.value)


@pytest.mark.whole
def test_a_sheet_that_loses_a_sign_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(**values: Any) -> Card:
        return Card(**{**values, "lines": ("noget andet",) if values["level"] == "soon" else values["lines"]})

    monkeypatch.setattr(leaflets, "Card", careless)
    with pytest.raises(BuildError) as error:
        build(project)
    lines = str(error.value).splitlines()
    assert {line.partition(": ")[2].partition(" mangler")[0] for line in lines} == {VARM}
    assert any(line.startswith("foldere/din-skulder-a4.pdf: ") for line in lines)


# ── The judgement itself ──

WANTED = (
    Said("Ring 112, hvis", ("du falder om",)),
    Said("Ring nu, hvis", ("du har feber", "du er bleg"), (), ("70 00 00 01",)),
)
HEADLESS = "overskriften »Ring 112, hvis« mangler"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Ring 112, hvis du falder om. Ring nu, hvis du har feber, du er bleg: 70 00 00 01", []),
        ("Ring nu, hvis du har feber, du er bleg: 70\u00a000 00 01 Ring 112, hvis du fal-\nder om.", []),
        (
            "Ring 112, hvis du falder om. Ring nu, hvis du har feber: 70 00 00 01",
            ["tegnet »du er bleg« mangler under »Ring nu, hvis«"],
        ),
        (
            "Ring 112, hvis du falder om, du er bleg. Ring nu, hvis du har feber: 70 00 00 01",
            [
                "tegnet »du er bleg« står også under »Ring 112, hvis«",
                "tegnet »du er bleg« står ikke under »Ring nu, hvis«",
            ],
        ),
        (
            "Ring 112, hvis du falder om. Ring nu, hvis du har feber, du falder om, du er bleg: 70 00 00 01",
            ["tegnet »du falder om« står også under »Ring nu, hvis«"],
        ),
        (
            "Ring 112, hvis du er bleg, du falder om. Ring nu, hvis du har feber, du er bleg: 70 00 00 01",
            ["tegnet »du er bleg« står også under »Ring 112, hvis«"],
        ),
        ("Ring 112, hvis du falder om. Ring nu, hvis du har feber, du er bleg: 70 00 00 01. Om at du falder om", []),
        (
            "Ring nu, hvis du har feber, du er bleg: 70 00 00 01. Ring nu. Du falder om. Ring 112, hvis du falder om",
            [],
        ),
        (
            "Ring nu, hvis du har feber, du er bleg: 70 00 00 01. Ring nu. du falder om. Ring 112, hvis du falder om",
            ["tegnet »du falder om« står også under »Ring nu, hvis«"],
        ),
        (
            "Ring 112, hvis du falder om: 70 00 00 01. Ring nu, hvis du har feber, du er bleg",
            ["nummeret 70 00 00 01 mangler under »Ring nu, hvis«"],
        ),
        ("Ring nu, hvis du har feber, du er bleg: 70 00 00 01", [HEADLESS]),
        ("", [HEADLESS, "overskriften »Ring nu, hvis« mangler"]),
    ],
)
def test_every_sign_stands_under_its_own_heading(text: str, faults: list[str]) -> None:
    assert list(missing(squeezed(text), WANTED)) == faults


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>du har <b>feber</b></p>", "du har feber"),
        ("<p>du har<br>feber &amp; ondt</p>", "du har feber & ondt"),
        ("<style>.a{color:red}</style><script>du()</script><title>Ring</title><!-- du --><p class=a>Ja</p>", "Ja"),
        ("<p hidden>du <b>har</b></p>feber", "feber"),
        ("<p style='color:red;display: none'>du</p><p style='opacity:0'>har</p>feber", "feber"),
        ("<p style='opacity:0.5'>feber</p>", "feber"),
        ("<style>.b{display:none}</style><p class='a b'>du</p><p class=a>feber</p>", "feber"),
        ("<details><summary>Se <b>mere</b></summary>du har</details>feber", "Se mere feber"),
        ("<details open><summary>Se</summary>du har</details>", "Se du har"),
        ("<details hidden><summary>Se</summary>du har</details>feber", "feber"),
        ("<details>ude<details><summary>inde</summary></details></details>feber", "feber"),
        ("<div popover><p>du</p></div><p aria-hidden=true>har</p><template>x</template>feber", "feber"),
        ("<ul><li>du<li>har</ul>feber</p>", "du har feber"),
    ],
)
def test_only_what_is_on_the_screen_counts_as_seen(html: str, seen: str) -> None:
    assert " ".join(visible(html).split()) == seen


FORMS: Mapping[str, tuple[str, bool, bool]] = {
    "search": ('<form id="soeg" role="search"><input type="search"></form>', True, True),
    "a code": ('<form id="kode"><input name="kode"></form>', True, False),
    "an answer about the page": ('<form class="ask"><input type="radio"><textarea></textarea></form>', True, False),
    "a score": ('<form class="ask"><meter value="3"></meter></form>', False, False),
    "a scale": ('<form class="ask"><input name="smerte" type="range" min="0"></form>', False, False),
    "a form of one's own": ("<form><p>Har du feber?</p></form>", False, False),
    "a box to tick": ('<input type="checkbox">', False, False),
    "words alone": ("<p>Har du feber, så ring.</p>", True, True),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_only_the_projects_own_forms_ask_anything_and_none_beside_the_signs(name: str) -> None:
    html, elsewhere, beside_signs = FORMS[name]
    found = (not list(widgets(html, has_signs=False)), not list(widgets(html, has_signs=True)))
    assert found == (elsewhere, beside_signs)
