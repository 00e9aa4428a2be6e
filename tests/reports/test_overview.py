"""The overview says what the checks, the signatures, the register and the readers say, and nothing else."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner, Result

from generator import Catalogue, load
from generator.checks import find
from generator.checks.spelling import missing_dictionary
from generator.cli import main
from generator.danish import as_printed, long_date
from generator.feedback.export import counts_file
from generator.reports.overview import Overview, overview_data, overview_html, overview_report
from generator.reports.reader_counts import NotCountsError, reader_counts
from tests.feedback.test_inbox import exported, filled
from tests.support.browser import DESKTOP, PHONE, chromium
from tests.support.built import TODAY
from tests.support.complete import write_complete
from tests.support.example import OVERRIDES, alter, write_example
from tests.support.feedback_service import write_site
from tests.support.overview_page import Shown, shown

EXPECTED = Path(__file__).parents[1] / "cases/overview"
NOTHING = {"yes": 0, "partly": 0, "no": 0}


def row(page: str = "", edition: str = "", messages: int = 0, region: str = "vest", **answers: Any) -> dict[str, Any]:
    questions = {name: {**NOTHING, **answers.get(name, {})} for name in ("found", "clear", "call")}
    told = {"region": region, "page": page, "edition": edition, "messages": messages, "texts": answers.get("texts", 0)}
    return told | questions


ANSWERED = [
    row("oem-skulder/", messages=5, texts=2, found={"yes": 3, "no": 1}, clear={"yes": 2, "partly": 2, "no": 1}),
    row("oem-skulder/", messages=2, region="oest", clear={"no": 2}, call={"partly": 1}),
    row(edition="c6ep3f", messages=4, found={"yes": 4}),
    row(edition="4xk5dp", messages=1, region="oest", found={"no": 1}),
    row(messages=3, call={"no": 3}),
    row("en-side-der-er-vaek/", messages=1, found={"no": 1}),
]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Overview:
    counts = reader_counts(counts_file(ANSWERED, "2026-11-20"))
    return overview_report(load(write_example(tmp_path_factory.mktemp("udkast"))), TODAY, counts)


@pytest.fixture(scope="module")
def page(plain: Overview) -> Shown:
    return shown(overview_html(plain, OVERRIDES))


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return load(write_complete(tmp_path_factory.mktemp("komplet")))


def run(root: Path, *said: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, ["report", "overview", "--as-of", "2026-11-22", *said])


# ---- what is counted ----


@pytest.mark.whole
@pytest.mark.parametrize("write", [write_complete, write_example], ids=["complete", "plain"])
def test_the_command_writes_exactly_this(
    write: Any, tmp_path: Path, request: pytest.FixtureRequest, pytestconfig: pytest.Config
) -> None:
    root = write(tmp_path, templates=True)
    result = run(root)
    assert result.exit_code == 0, result.output
    missing = "Ja: 0 ting" if write is write_complete else "Nej: 54 ting"
    assert result.output == (
        f"Kan det hele udgives 22. november 2026? {missing} står i vejen.\n  → rapport-overblik/overblik.html\n"
    )
    written = json.loads((root / "rapport-overblik/overblik.json").read_text("utf-8"))
    assert written.pop("spelling_checked") is (missing_dictionary() is None)  # the one thing that is the machine's
    expected = EXPECTED / f"{request.node.callspec.id}.json"
    if pytestconfig.getoption("--update"):
        expected.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert written == json.loads(expected.read_text("utf-8"))


def test_where_spelling_was_not_checked_the_page_says_so(plain: Overview) -> None:
    told = "Stavningen er ikke prøvet."
    assert told in shown(overview_html(replace(plain, not_spelled=told), OVERRIDES)).words
    assert overview_data(replace(plain, not_spelled=told))["spelling_checked"] is False
    assert told not in shown(overview_html(replace(plain, not_spelled=None), OVERRIDES)).words


def test_nothing_that_stops_publication_is_left_out_or_told_twice(tmp_path: Path) -> None:
    change = {"data/pathways/foerste-besoeg.yml": {"replace": ["region: national", "region: nyland"]}}
    catalogue = load(write_example(tmp_path, change))
    errors = find(catalogue, TODAY, "publish").errors
    found = overview_report(catalogue, TODAY).publication
    files = [*found.common, *(file for region in found.regions for file in region.own), *found.rest]
    told = [(file.path, p.line, p.column, p.message, p.check) for file in files for p in file.problems]
    assert sorted(told) == sorted(
        (str(p.position.path), p.position.line, p.position.column, p.message, p.check) for p in errors
    )
    assert {file.path for file in found.rest} == {"data/pathways/foerste-besoeg.yml"}
    for region in found.regions:
        alone = find(catalogue, TODAY, "publish", region.id).errors
        assert (region.problems, region.can_publish) == (len(alone), False)
    assert sum(kind.all for kind in found.kinds) == found.problems == len(errors)


def test_one_region_in_the_way_does_not_stop_the_others(tmp_path: Path) -> None:
    unconfirmed = ['"70 00 00 01", verified_on: 2026-11-01,', '"70 00 00 01",']
    found = overview_report(load(write_complete(tmp_path, {"data/areas.yml": {"replace": unconfirmed}})), TODAY)
    assert [(r.id, r.can_publish, r.problems, r.alone) for r in found.publication.regions] == [
        ("oest", True, 0, 0), ("vest", False, 1, 1),
    ]  # fmt: skip
    (file,) = found.publication.regions[1].own
    assert (file.path, file.problems[0].check, file.problems[0].line) == ("data/areas.yml", "confirmed-phones", 7)
    assert overview_data(found)["charts"]["numbers"] == {"confirmed": 1, "ageing": 0, "expired": 0, "unconfirmed": 1}


@pytest.mark.parametrize(
    ("day", "reviews", "numbers"),
    [
        (date(2026, 11, 22), {"in-time": 8}, {"confirmed": 2}),
        (date(2027, 8, 2), {"in-time": 8}, {"confirmed": 2}),
        (date(2027, 8, 3), {"soon": 8}, {"confirmed": 2}),
        (date(2027, 11, 1), {"soon": 8}, {"confirmed": 2}),
        (date(2027, 11, 2), {"overdue": 8}, {"confirmed": 2}),
        (date(2027, 11, 3), {"overdue": 8}, {"ageing": 2}),
        (date(2028, 1, 31), {"overdue": 8}, {"ageing": 2}),
        (date(2028, 2, 1), {"overdue": 8}, {"expired": 2}),
    ],
    ids=str,
)
def test_dates_act_on_the_day_they_do_in_the_checks(
    complete: Catalogue, day: date, reviews: dict[str, int], numbers: dict[str, int]
) -> None:
    charts = overview_data(overview_report(complete, day))["charts"]
    assert {name: count for name, count in charts["reviews"].items() if count} == reviews
    assert {name: count for name, count in charts["numbers"].items() if count} == numbers


def test_a_sentence_changed_after_signature_and_print_is_seen_everywhere(tmp_path: Path) -> None:
    root = write_complete(tmp_path)
    alter(root / "content/emner/oem-skulder.md", {"replace": ["Det er ofte musklerne.", "Det er næsten altid sener."]})
    found = overview_report(load(root), TODAY)
    assert overview_data(found)["charts"]["signatures"] == {"signed": 26, "changed": 1, "lapsed": 0, "unsigned": 0}
    text = next(text for owner in found.owners for text in owner.texts if text.id == "oem-skulder")
    assert (text.parts, text.missing, text.changed, text.editions, text.editions_affected) == (4, 1, 1, 1, 1)
    (paper,) = found.paper
    assert (paper.code, paper.sender, paper.state, paper.differs) == ("c6ep3f", "Region Vest", "differs", "1 afsnit")
    words = shown(overview_html(found, OVERRIDES)).words
    assert "1 af 4, 1 ændret" in words
    assert "Siger noget andet end siden: 1 afsnit" in words


def test_a_waiver_stands_with_its_reason_and_its_end(tmp_path: Path) -> None:
    waiver = (
        "waivers:\n- {id: kort-tid, check: lix, file: content/om/om-siden.md, reason: Vi venter på juristen., "
        "accepted_by: Redaktør, until: 2026-12-31}\n- {id: forbi, check: lix, file: content/index.md, "
        "reason: Gammel., accepted_by: Redaktør, until: 2026-11-21}\n"
    )
    found = overview_report(load(write_example(tmp_path, {"data/waivers.yml": waiver})), TODAY)
    (told,) = found.waivers
    assert (told.check, told.reason, told.until, told.covers) == (
        "lix",
        "Vi venter på juristen.",
        date(2026, 12, 31),
        0,
    )
    assert shown(overview_html(found, OVERRIDES)).tables["waivers"] == {
        "data/waivers.yml:2": [
            "lix, content/om/om-siden.mddata/waivers.yml:2", "Vi venter på juristen.", "Redaktør", "31. december 2026",
            "0",
        ]
    }  # fmt: skip


# ---- the page ----


def test_every_figure_on_the_page_is_that_of_the_json(plain: Overview, page: Shown) -> None:
    data = overview_data(plain)
    there = data["publication"]
    regions = {r["id"]: [r["name"], "Nej", str(r["problems"]), str(alone(r))] for r in there["regions"]}
    assert page.tables["regioner"] == regions
    assert {check: list(map(int, cells[1:])) for check, cells in page.tables["slags"].items()} == {
        kind["check"]: [kind["all"], *kind["by_region"]] for kind in there["kinds"]
    }
    assert page.charts == data["charts"]
    assert {name: [told(p) for p in found] for name, found in listed(there).items()} == {
        name: [(path, check, words) for path, check, words in found] for name, found in page.problems.items()
    }
    assert page.tables["coming"] == {
        f"{c['path']}:{c['line']}": [
            long_date(date.fromisoformat(c["day"])), f"{c['message']}{c['path']}:{c['line']}", " og ".join(c["regions"])
        ]
        for c in data["coming"]
    }  # fmt: skip
    figures = data["citations"]
    assert (
        f"{figures['texts_without_place']} af {figures['texts']} henvisninger i tekster og "
        f"{figures['facts_without_place']} af {figures['facts']} i fakta"
    ) in page.words


def alone(region: dict[str, Any]) -> int:
    return sum(len(file["problems"]) for file in region["own"])


def listed(there: dict[str, Any]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    found = {"faelles": there["common"], "samlet": there["rest"]} | {r["id"]: r["own"] for r in there["regions"]}
    return {
        name: [(file["path"], p) for file in files for p in file["problems"]] for name, files in found.items() if files
    }


def told(found: tuple[str, dict[str, Any]]) -> tuple[str, str, str]:
    path, problem = found
    remedy = problem["remedy"][:1].upper() + problem["remedy"][1:]
    return path, problem["check"], f"Linje {problem['line']}: {problem['message']}. {remedy}."


def test_every_text_is_shown_with_the_figures_of_the_json(plain: Overview, page: Shown) -> None:
    texts = [text for owner in overview_data(plain)["owners"] for text in owner["texts"]]
    assert len(texts) == 8
    for text in texts:
        due = text["review_due"]
        lix = f"{as_printed(text['lix'])} / {as_printed(text['lix_without_unavoidable'])}" if text["lix"] else "–"
        readers = "–" if text["readers"] is None else str(text["readers"]["messages"])
        assert page.tables["owners"][f"{text['kind']}/{text['id']}"] == [
            f"{text['title']}{text['path']}:{text['review_line']}",
            long_date(date.fromisoformat(due)) if due else "ikke aftalt",
            f"{text['missing']} af {text['parts']}", lix, str(text["advice"]), str(text["editions"]), readers,
        ]  # fmt: skip


def test_bars_are_as_long_as_their_share(plain: Overview, page: Shown) -> None:
    shares = [
        100 * bar.count / chart.sum if chart.sum else 0 for chart in plain.charts for bar in chart.bars
    ]  # fmt: skip
    assert page.widths == pytest.approx(shares, abs=0.01)
    assert max(page.widths) == 100


def test_the_page_needs_nothing_beside_it_and_runs_nothing(plain: Overview, page: Shown) -> None:
    html = overview_html(plain, OVERRIDES)
    assert html.startswith('<!doctype html>\n<html lang="da">')
    assert not page.tags & {"script", "img", "link", "iframe", "form", "input", "object"}
    assert " style=" not in html
    assert 'http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-' in html
    assert "score" not in page.words.lower()


def test_nothing_that_was_written_becomes_markup(plain: Overview) -> None:
    kept = ("state", "review", "id")
    hostile = "\"'><script>alert(1)</script><img src=x>&amp;"

    def spoiled(value: Any, name: str = "") -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: spoiled(getattr(value, f.name), f.name) for f in fields(value)})
        if isinstance(value, tuple):
            return tuple(spoiled(item) for item in value)
        return hostile if isinstance(value, str) and name not in kept else value

    html = overview_html(spoiled(plain), OVERRIDES)
    assert not shown(html).tags & {"script", "img"}
    assert html.count("&lt;script&gt;") > 200


def test_the_same_day_gives_the_same_bytes(plain: Overview, tmp_path: Path) -> None:
    again = overview_report(load(write_example(tmp_path)), TODAY, reader_counts(counts_file(ANSWERED, "2026-11-20")))
    assert overview_html(again, OVERRIDES) == overview_html(plain, OVERRIDES)
    assert json.dumps(overview_data(again)) == json.dumps(overview_data(plain))


# ---- the readers ----


def test_answers_stand_beside_what_they_are_about(page: Shown) -> None:
    assert page.tables["svar-tekster"] == {
        "topic/oem-skulder": [
            "Din skulder", "7", "3 ja, 0 delvist, 1 nej", "2 ja, 2 delvist, 3 nej", "0 ja, 1 delvist, 0 nej", "2",
        ],
        "general": [
            "Forsiden, eller uden side", "3", *["0 ja, 0 delvist, 0 nej"] * 2, "0 ja, 0 delvist, 3 nej", "0",
        ],
        "elsewhere": [
            "Uden tekst her: en-side-der-er-vaek/", "1", "0 ja, 0 delvist, 1 nej", *["0 ja, 0 delvist, 0 nej"] * 2, "0",
        ],
    }  # fmt: skip
    assert page.tables["svar-foldere"] == {
        "din-skulder": ["Din skulder", "5", "4 ja, 0 delvist, 1 nej", *["0 ja, 0 delvist, 0 nej"] * 2, "0"]
    }
    assert "Talt op 20. november 2026: 16 svar, 2 med ord." in page.words
    assert "Få svar siger lidt. De, der svarer, er ikke et udsnit af læserne" in page.words


def test_no_answer_is_lost(plain: Overview) -> None:
    assert plain.readers is not None
    rows = [text.readers for owner in plain.owners for text in owner.texts if text.readers]
    rows += [plain.readers.general, *(told for _, told in plain.readers.elsewhere)]
    rows += [leaflet.readers for leaflet in plain.readers.leaflets]
    assert sum(told.messages for told in rows) == plain.readers.all.messages == 16


def test_the_file_is_the_one_that_the_service_writes(tmp_path: Path) -> None:
    write_site(tmp_path)
    filled(tmp_path / "messages.db", 7)
    (found,) = reader_counts(exported(tmp_path, "export", "--format", "counts").encode()).counts
    assert (found.page, found.messages, found.found.yes) == ("medicin/", 7, 7)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", ""),
        (b"\xff\xfe", ""),
        (b"[" * 100_000, ""),
        (b'[{"id": 1, "text": "hej"}]', ""),
        (counts_file([{**row(), "text": "hej"}], "2026-11-20"), "counts.0.text"),
        (counts_file([row("<script>", messages=1)], "2026-11-20"), "counts.0.page"),
        (counts_file([row(messages=-1)], "2026-11-20"), "counts.0.messages"),
        (counts_file([{**row(), "messages": True}], "2026-11-20"), "counts.0.messages"),
        (counts_file([{**row(), "messages": "3"}], "2026-11-20"), "counts.0.messages"),
        (counts_file([row(messages=1, found={"yes": 2})], "2026-11-20"), "counts.0"),
        (counts_file([row(messages=1), row(messages=1)], "2026-11-20"), ""),
        (counts_file([], "i går"), "counted_on"),
        (counts_file([], "2026-11-20").replace(b'"version": 1', b'"version": 2'), "version"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused_whole(content: bytes, place: str) -> None:
    with pytest.raises(NotCountsError) as refused:
        reader_counts(content)
    where = f" (ved {place})" if place else ""
    again = "lav den med »borgerinfo feedback export --format counts --out FIL«"
    assert str(refused.value) == f"det er ikke en fil med tal for læsernes svar{where} – {again}"


# ---- the command ----


def test_the_command_ends_as_it_should(tmp_path: Path) -> None:
    root = write_example(tmp_path, templates=True)
    (root / "svar.json").write_bytes(counts_file(ANSWERED, "2026-11-20"))
    (root / "alt.json").write_text('[{"id": 1}]', "utf-8")
    assert run(root, "--feedback", "svar.json", "--out", "her").exit_code == 0
    assert json.loads((root / "her/overblik.json").read_text("utf-8"))["readers"]["all"]["messages"] == 16
    wrong = run(root, "--feedback", "alt.json")
    assert wrong.exit_code == 2
    assert "alt.json: det er ikke en fil med tal for læsernes svar – lav den med" in " ".join(wrong.output.split())
    assert run(root, "--feedback", "findes-ikke.json").exit_code == 2
    nowhere = run(root, "--out", "svar.json/under")
    assert nowhere.exit_code == 1
    assert nowhere.output.startswith("Kunne ikke læse eller skrive: ")
    alter(root / "data/areas.yml", "areas: 7\n")
    assert run(root).exit_code == 1


@pytest.mark.whole
def test_axe_finds_nothing_and_nothing_runs_out_of_a_phone(plain: Overview, tmp_path: Path) -> None:
    path = tmp_path / "overblik.html"
    path.write_text(overview_html(plain, OVERRIDES), "utf-8")
    with chromium() as browser:
        for size, scheme in ((PHONE, "light"), (DESKTOP, "dark")):
            context = browser.new_context(viewport=size, color_scheme="dark" if scheme == "dark" else "light")
            opened = context.new_page()
            opened.goto(path.as_uri())
            opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert opened.evaluate("document.documentElement.scrollWidth") <= size["width"]
            styled = "getComputedStyle(document.querySelector('.answer')).borderTopWidth"
            assert opened.evaluate(styled) == "2px", "the page's own policy must let its style through"
            results = Axe().run(opened)
            assert results.violations_count == 0, results.generate_report()
