"""What the holder of a printed leaflet is told: what has changed since, and what does not hold any more."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest
from click.testing import CliRunner

from generator import Catalogue, load
from generator.cli import main
from generator.codes.alphabet import is_valid
from generator.codes.releases import released, withdrawn
from generator.codes.standing import Change, differences, standing
from generator.model.edition import FrozenPiece, FrozenText
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from tests.support.built import store
from tests.support.complete import sign_all, write_complete
from tests.support.example import write_example
from tests.support.histories import START, History, beginning


def pieces(*words: str) -> tuple[FrozenPiece, ...]:
    """Return pieces written as `kind: words`, where a sign's kind is its level."""
    found = []
    for text in words:
        kind, _, rest = text.partition(": ")
        is_sign = kind not in ("title", "heading", "text")
        row = {"kind": "sign", "level": kind} if is_sign else {"kind": kind}
        found.append(FrozenPiece.model_validate({**row, "words": rest}))
    return tuple(found)


# ---- differences ----


def test_the_same_words_differ_in_nothing() -> None:
    words = pieces("title: Ryg", "text: Et afsnit.", "now: du har feber")
    assert not differences(words, words)


def test_an_altered_paragraph_is_one_change_and_a_new_one_another() -> None:
    before = pieces("text: Bliv i gang, så godt du kan.", "text: Ring til lægen.")
    now = pieces("text: Bliv i gang, så meget du kan.", "text: Noget helt nyt om vægt.", "text: Ring til lægen.")
    assert differences(before, now).words == (Change(before[0], now[0]), Change(None, now[1]))


def test_a_sign_of_another_urgency_is_told_though_its_words_are_the_same() -> None:
    before, now = pieces("soon: du har feber"), pieces("now: du har feber")
    assert differences(before, now).signs == (Change(before[0], now[0]),)


def test_signs_of_another_urgency_are_told_in_the_order_of_today() -> None:
    before, now = (pieces(*(f"{level}: tegn {number}" for number in range(9))) for level in ("soon", "now"))
    assert differences(before, now).signs == tuple(map(Change, before, now))


def test_signs_that_are_new_or_gone_are_told() -> None:
    before, now = (
        pieces("now: du har feber", "now: benet er lamt"),
        pieces("now: benet er lamt", "now: du ikke kan tisse"),
    )
    assert differences(before, now).signs == (Change(None, now[1]), Change(before[0], None))


def test_words_that_only_moved_are_not_called_signs() -> None:
    before, now = pieces("text: A a a.", "text: B b b."), pieces("text: B b b.", "text: A a a.")
    assert differences(before, now).signs == ()
    assert differences(before, now).words


# ---- how an edition stands ----


@pytest.fixture
def history() -> History:
    history = beginning()
    history.release(0)
    history.later(10)
    return history


def kind(history: History, number: int = 0) -> str:
    edition = list(history.catalogue.editions_on(history.day).values())[number]
    return standing(history.catalogue, edition, history.day).kind


def test_a_released_edition_is_current_until_something_happens(history: History) -> None:
    assert kind(history) == "current"
    history.later(5000)
    assert kind(history) == "current"


def test_an_edition_is_a_draft_until_the_day_it_is_released(history: History) -> None:
    (edition,) = history.catalogue.editions_on(date(2025, 12, 31)).values()
    assert edition.status == "draft"
    (edition,) = history.catalogue.editions_on(START).values()
    assert edition.status == "current"


def test_a_changed_number_makes_it_outdated_on_the_very_day(history: History) -> None:
    history.later(20)
    history.new_number(0, 1234)
    assert kind(history) == "outdated"
    (edition,) = history.catalogue.editions.values()
    found = standing(history.catalogue, edition, history.day)
    (wrong,) = found.wrong_numbers
    assert (wrong.area, wrong.printed) == ("Nord", "70 00 00 10")
    assert wrong.now is not None
    assert wrong.now.number == "70 12 34 00"
    history.later(-1)
    assert kind(history) == "current"


def test_a_number_that_ends_with_none_after_it_is_wrong_too(history: History) -> None:
    area = history.catalogue.areas["nord"]
    ended = area.phones[1].model_copy(update={"valid_to": history.day})
    history._put("areas", {"nord": area.model_copy(update={"phones": (area.phones[0], ended)})})
    history.later(1)
    (edition,) = history.catalogue.editions.values()
    (wrong,) = standing(history.catalogue, edition, history.day).wrong_numbers
    assert wrong.now is None


def test_a_new_edition_replaces_the_old_one_and_only_its_own(history: History) -> None:
    history.release(1)
    history.edit(1)
    history.release(0)
    assert [kind(history, number) for number in range(3)] == ["replaced", "current", "current"]
    old, _, new = history.catalogue.editions.values()
    assert old.replaced_by == new.id
    assert [
        change.now.words for change in standing(history.catalogue, old, history.day).changes.words if change.now
    ] == ["Løfte nummer 1"]


def test_words_are_compared_only_for_those_who_ask_what_has_changed(history: History) -> None:
    (edition,) = history.catalogue.editions.values()
    closed = replace(history.catalogue, frozen=Closed(history.catalogue.frozen))
    found = standing(closed, edition, history.day)
    assert found.kind == "current"
    with pytest.raises(AssertionError):
        assert found.changes


class Closed(dict[str, FrozenText]):
    """Words that nobody may ask for."""

    def get(self, *_: object) -> NoReturn:
        raise AssertionError


def test_what_has_not_changed_is_not_released_again(history: History) -> None:
    history.release(0)
    assert len(history.catalogue.editions) == 1
    assert history.told[-1].endswith("udgivet")


def test_a_reserved_code_becomes_the_code_of_the_edition() -> None:
    history = beginning()
    history.reserve()
    reserved = next(e.id for e in history.catalogue.editions.values() if e.sender == "region-nord")
    history.later(3)
    history.release(0)
    assert history.catalogue.editions[reserved].status == "current"
    assert len(history.catalogue.editions) == 4


def test_a_merged_region_s_editions_are_replaced_and_keep_their_own_area(history: History) -> None:
    history.merge(0, 1)
    (edition,) = history.catalogue.editions.values()
    found = standing(history.catalogue, edition, history.day)
    assert found.kind == "replaced"
    assert [region.areas for region in found.now] == [("nord", "syd")]
    assert [area.id for area in found.areas] == ["nord"]


def test_a_split_region_s_readers_are_shown_the_way_to_each_part() -> None:
    history = beginning()
    history.merge(0, 1)
    history.later(1)
    history.release(2)
    (edition,) = history.catalogue.editions.values()
    history.later(1)
    history.split(2)
    assert [region.areas for region in standing(history.catalogue, edition, history.day).now] == [("nord",), ("syd",)]


def test_a_withdrawn_edition_stays_withdrawn(history: History) -> None:
    history.withdraw(0)
    assert kind(history) == "withdrawn"
    history.release(0)
    assert [kind(history, number) for number in range(2)] == ["withdrawn", "current"]


# ---- the commands ----


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return an example in which all is approved and confirmed, fit to be published."""
    root = write_complete(tmp_path, templates=True)
    (root / "mkdocs.yml").write_text((Path(__file__).parents[2] / "mkdocs.yml").read_text("utf-8"), "utf-8")
    return root


def run(root: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str]:
    monkeypatch.chdir(root)
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.output


@pytest.mark.whole
def test_a_release_freezes_words_numbers_and_address(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = run(project, monkeypatch, "release", "din-skulder", "--region", "oest", "--as-of", "2026-11-22")
    assert (code, said.splitlines()[-2:]) == (
        0, ["1 kode udgivet.", "Gem data/ med git, og send det afsted, før noget bliver trykt."],
    )  # fmt: skip
    edition = load(project).editions["4xk5dp"]
    assert edition.release is not None
    assert edition.status == "current"
    assert [(number.area, number.number) for number in edition.numbers] == [("oest", "1899")]
    assert edition.release.address == "https://koder.sundhed.dk/q/4xk5dp/"
    assert edition.release.valid_to == date(2026, 12, 31)  # the region ends
    assert edition.release.text_hash in load(project).frozen


@pytest.mark.whole
def test_a_dry_run_shows_the_same_and_writes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in project.rglob("data/**/*.yml")}
    words = ("release", "din-skulder", "--region", "oest", "--as-of", "2026-11-22", "--dry-run")
    assert run(project, monkeypatch, *words) == (
        0, "4xk5dp  din-skulder, oest, a4: udgivet\nIntet er skrevet (--dry-run).\n",
    )  # fmt: skip
    assert {path: path.read_bytes() for path in project.rglob("data/**/*.yml")} == before


def test_what_may_not_be_published_is_not_released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_example(tmp_path, templates=True)
    (root / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    before = (root / "data/editions.yml").read_bytes()
    code, said = run(root, monkeypatch, "release", "din-skulder", "--region", "oest", "--as-of", "2026-11-22")
    assert code == 1
    assert "er ikke bekræftet af regionen" in said
    assert "70 00 00 01" not in said, "another region's number does not stand in the way"
    assert (root / "data/editions.yml").read_bytes() == before


@pytest.mark.whole
def test_a_new_edition_says_how_much_is_new_and_a_withdrawal_cannot_be_taken_back(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = project / "content/emner/oem-skulder.md"
    text.write_text(text.read_text("utf-8").replace("Det er ofte musklerne.", "Det er tit musklerne."), "utf-8")
    sign_all(project)
    day = ("--as-of", "2026-11-23")
    code, said = run(project, monkeypatch, "release", "din-skulder", "--region", "vest", *day)
    assert code == 0, said
    new = re.match(r"(\w{6})  din-skulder, vest, a4: ny udgave efter c6ep3f \(1 afsnit\)\n", said)
    assert new
    assert is_valid(new[1])
    assert run(project, monkeypatch, "release", "din-skulder", "--region", "vest", *day)[1].startswith(
        f"{new[1]}  din-skulder, vest, a4: uændret siden 23. november 2026\n0 koder udgivet."
    )
    assert run(project, monkeypatch, "withdraw", new[1], "--reason", "Et tal var forkert.")[0] == 0
    assert load(project).editions[new[1]].status == "withdrawn"
    assert run(project, monkeypatch, "withdraw", new[1], "--reason", "Igen.")[0] == 2


def test_a_release_that_was_cut_off_before_the_seal_is_finished_by_the_next(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = load(project)
    (oest,) = (region for region in catalogue.regions.values() if region.id == "oest")
    writing = released(catalogue, catalogue.leaflets["din-skulder"], (oest,), date(2026, 11, 22), Random(1))
    for path in list(writing.files)[:-1]:
        (project / path).write_text(writing.files[path], "utf-8")
    assert run(project, monkeypatch, "check")[0] == 1
    code, said = run(project, monkeypatch, "release", "--draft")
    assert (code, said.splitlines()[0]) == (0, "Et segl, der ikke blev skrevet færdigt, er på plads igen.")
    assert run(project, monkeypatch, "check")[0] == 0


NOT_READABLE = {
    "&amp;": "Se side 2 &amp; 3.|HTML-koder som &nbsp; kan ikke stå i teksten – skriv selve tegnet",
    "a soft hyphen": "Se lænde\u00adryggen.|her står et usynligt tegn (U+00AD) – slet det, og skriv stedet igen",
    "a zero width space": "Se side\u200b2.|her står et usynligt tegn (U+200B) – slet det, og skriv stedet igen",
    "a bell": "Se side \u00072.|teksten rummer et usynligt tegn",
    "HTML": "Se <b>side 2</b>.|HTML kan ikke stå i teksten – skriv almindelig tekst uden < og >",
    "an insertion": "Ring {{ nummer }}.|indsættelser med {{ }} kan kun bruges i selve teksten – skriv almindelig tekst",
}


@pytest.mark.parametrize("case", NOT_READABLE)
@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["", "dry"])
def test_a_reason_that_could_not_be_read_again_never_gets_into_the_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, dry: tuple[str, ...]
) -> None:
    root = write_example(tmp_path, templates=True)
    before = {path: path.read_bytes() for path in root.rglob("data/**/*.yml")}
    reason, said = NOT_READABLE[case].split("|")
    code, told = run(root, monkeypatch, "withdraw", "c6ep3f", "--reason", reason, *dry)
    assert code == 2, told
    assert "--reason: " in told
    assert said in " ".join(told.split())
    assert {path: path.read_bytes() for path in root.rglob("data/**/*.yml")} == before
    assert run(root, monkeypatch, "withdraw", "c6ep3f", "--reason", 'Se "side" 2 & 3: <1 > 0 # {x} é.')[0] == 0
    assert load(root).entries["c6ep3f withdrawn"].reason == 'Se "side" 2 & 3: <1 > 0 # {x} é.'


def test_a_line_that_cannot_be_read_is_not_sealed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = load(project)
    writing = withdrawn(catalogue, catalogue.editions["c6ep3f"], "Se \u00ad.", date(2026, 11, 22))
    register, before = project / "data/editions.yml", (project / "data/seal.yml").read_bytes()
    sound = register.read_text("utf-8")
    register.write_text(writing.files["data/editions.yml"], "utf-8")
    code, said = run(project, monkeypatch, "release", "--draft")
    assert code == 1
    assert "her står et usynligt tegn (U+00AD)" in said
    assert (project / "data/seal.yml").read_bytes() == before
    register.write_text(sound, "utf-8")
    assert run(project, monkeypatch, "check")[0] == 0


@pytest.mark.whole
def test_what_the_commands_write_keeps_line_ends_permissions_and_links(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = project / "data/editions.yml"
    register.write_bytes(register.read_bytes().replace(b"\n", b"\r\n"))
    register.chmod(0o640)
    (project / "segl.yml").write_bytes((project / "data/seal.yml").read_bytes())
    (project / "data/seal.yml").unlink()
    (project / "data/seal.yml").symlink_to("../segl.yml")
    assert run(project, monkeypatch, "release", "din-skulder", "--region", "oest", "--as-of", "2026-11-22")[0] == 0
    assert register.read_bytes().count(b"\n") == register.read_bytes().count(b"\r\n")
    assert register.stat().st_mode & 0o777 == 0o640
    assert (project / "data/seal.yml").is_symlink()
    assert {path.stat().st_mode & 0o777 for path in (project / "data/frozen").iterdir()} == {0o644}
    assert load(project).editions["4xk5dp"].status == "current"


# ---- a history replayed, from release to five years on ----


def build(root: Path, out: Path, day: date, profile: str = "publish") -> Path:
    build_site(load(root), BuildRequest(root, out, day, profile), store())
    return out / "q"


@pytest.mark.whole
def test_a_five_year_old_code_leads_to_what_is_right_where_its_reader_lives(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(project, monkeypatch, "release", "din-skulder", "--region", "oest", "--as-of", "2026-11-22")
    then = (build(project, tmp_path / "a", date(2026, 11, 22)) / "4xk5dp/index.html").read_text("utf-8")
    assert 'content="0; url=../../oest/oem-skulder/"' in then
    text = project / "content/emner/oem-skulder.md"
    text.write_text(text.read_text("utf-8").replace("Det er ofte musklerne.", "Det er tit musklerne."), "utf-8")
    for path in (text, project / "content/emner/hvornaar-skal-du-ringe.md"):
        renew(path)
    page = (build(project, tmp_path / "b", date(2031, 11, 22), "draft") / "4XK5DP").parent / "4xk5dp/index.html"
    now = page.read_text("utf-8")
    assert "<h1>Din folder er fra 22. november 2026</h1>" in now
    assert "Region Øst findes ikke længere. Du hører nu til Region Nyland." in now
    assert 'href="../../nyland/oem-skulder/"' in now
    assert "Det er tit musklerne." in now
    assert "Det er ofte musklerne." in now
    assert "1899" in now
    assert "70 00 00 01" not in now
    assert 'http-equiv="refresh"' not in now
    assert (tmp_path / "b/nyland/oem-skulder/index.html").is_file()


def renew(path: Path) -> None:
    """Let a text have been reviewed again."""
    path.write_text(re.sub(r"review_due: .*", "review_due: 2035-01-01", path.read_text("utf-8")), "utf-8")


@pytest.mark.whole
def test_every_code_is_in_every_whole_build_under_both_its_addresses(project: Path, tmp_path: Path) -> None:
    catalogue: Catalogue = load(project)
    for number, day in enumerate((date(2020, 1, 1), date(2026, 11, 22), date(2027, 1, 1), date(2040, 1, 1))):
        built = build(project, tmp_path / str(number), day, "draft")
        for code in catalogue.editions:
            assert (built / code / "index.html").is_file()
            assert (built.parent / "Q" / code.upper() / "index.html").is_file()
