"""A signature stands under words, and under no others: what is signed, what a change asks for, how it is written."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import generator
from generator import Catalogue
from generator.authoring.yaml_edits import EditError, with_list
from generator.checks import check_publication
from generator.cli import main
from generator.commands import sign
from generator.model import signing
from generator.model.signing import kind_of, parts, signables, signatures
from generator.model.topic import Topic
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from generator.sender.context import Context
from generator.sender.senders import past_sender
from tests.support.built import store
from tests.support.complete import SIGNED_ON, write_complete
from tests.support.example import write_example

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return generator.load(write_complete(tmp_path_factory.mktemp("godkendt")))


def run(root: Path, *words: str, typed: str = "") -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, ["sign", *words], input=typed)


def test_everything_that_is_signed_is_signed_in_all_its_parts(complete: Catalogue) -> None:
    signed = list(signables(complete))
    assert {kind_of(entity) for entity in signed} == {
        "topic", "sign", "region", "figure", "comparison", "pathway", "standard-text", "leaflet",
    }  # fmt: skip
    assert [entity.id for entity in signed if signatures(complete, entity, TODAY).approval is None] == []


def test_a_signature_counts_from_its_day_to_its_last(complete: Catalogue) -> None:
    flag = next(iter(complete.red_flags.values()))
    assert flag.approved_by is not None
    short = flag.model_copy(update={"approved_by": (flag.approved_by[0].model_copy(update={"until": TODAY}),)})
    for day, counts in (
        (SIGNED_ON - timedelta(days=1), False), (SIGNED_ON, True), (TODAY, True), (TODAY + timedelta(days=1), False),
    ):  # fmt: skip
        assert (signatures(complete, short, day).approval is not None) == counts, day


def test_the_oldest_signature_of_a_text_is_the_one_that_is_shown(complete: Catalogue) -> None:
    topic = complete.topics["oem-skulder"]
    assert topic.approved_by is not None
    newer = topic.approved_by[0].model_copy(update={"on": TODAY, "role": "Sygeplejerske"})
    both = topic.model_copy(update={"approved_by": (newer, *topic.approved_by[1:])})
    shown = signatures(complete, both, TODAY).approval
    assert shown is not None
    assert (shown.on, shown.role) == (SIGNED_ON, "Ledende overlæge")


def test_a_region_signs_the_numbers_of_the_day(complete: Catalogue) -> None:
    """A number that is known to change has its signature before it does."""
    area = complete.areas["vest"]
    old = area.phones[1].model_copy(update={"valid_to": TODAY})
    new = area.phones[1].model_copy(update={"valid_from": TODAY + timedelta(days=1), "number": "70 00 00 02"})
    renewed = replace(
        complete, areas={**complete.areas, "vest": area.model_copy(update={"phones": (area.phones[0], old, new)})}
    )
    before, after = (parts(renewed, renewed.regions["vest"], day)[0] for day in (TODAY, TODAY + timedelta(days=1)))
    assert before.fingerprint != after.fingerprint
    assert ("70 00 00 01" in before.words, "70 00 00 02" in before.words) == (True, False)
    assert ("70 00 00 01" in after.words, "70 00 00 02" in after.words) == (False, True)


# ── The command ──


def test_the_command_takes_every_kind_that_is_signed() -> None:
    assert tuple(signing.SIGNED_KINDS) == sign.SIGNABLE


def test_without_words_it_tells_what_lacks_a_signature(tmp_path: Path) -> None:
    result = run(write_example(tmp_path), "--as-of", "2026-11-22")
    assert result.exit_code == 0
    assert "topic oem-skulder (4 afsnit): Din skulder" in result.output.splitlines()
    assert "sign roed-og-varm: skulderen er blevet rød og varm" in result.output.splitlines()
    assert result.output.splitlines()[-1].endswith("mangler en underskrift.")


def test_the_words_are_shown_and_asked_about_and_one_text_changes(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    path = root / "content/emner/oem-skulder.md"
    before = path.read_text("utf-8")
    words = ("topic", "oem-skulder", "--role", 'Overlæge, "Skulder"', "--until", "2028-11-30", "--as-of", "2026-11-22")

    refused = run(root, *words, typed="nej\n")
    assert refused.exit_code == 1
    assert "Tag det roligt i begyndelsen." in refused.output
    assert path.read_text("utf-8") == before

    accepted = run(root, *words, typed="måske\nja\n")
    assert accepted.exit_code == 0, accepted.output
    assert "4 underskrifter er skrevet i content/emner/oem-skulder.md." in accepted.output
    after = path.read_text("utf-8").split("\n")
    signed = [line for line in after if line.startswith("- {part: ")]
    assert len(signed) == 4
    assert "\n".join(line for line in after if line not in signed) == before.replace(
        "approved_by: null", "approved_by:"
    )
    catalogue, topic = _topic(root)
    approval = signatures(catalogue, topic, TODAY).approval
    assert approval is not None
    assert (approval.role, approval.until) == ('Overlæge, "Skulder"', date(2028, 11, 30))


def test_a_changed_sentence_asks_for_its_part_and_leaves_the_other_signatures(tmp_path: Path) -> None:
    root = write_complete(tmp_path)
    path = root / "content/emner/oem-skulder.md"
    path.write_text(path.read_text("utf-8").replace("i begyndelsen.", "hele tiden."), "utf-8")
    catalogue, topic = _topic(root)
    assert [missing.part.name for missing in signatures(catalogue, topic, TODAY).missing] == ["hvad-kan-du-goere"]

    result = run(root, "topic", "oem-skulder", "--role", "Overlæge", "--yes", "--as-of", "2026-11-22")
    assert "1 underskrift er skrevet" in result.output
    catalogue, topic = _topic(root)
    assert [(approval.part, approval.role) for approval in topic.approved_by or ()] == [
        ("begyndelsen", "Ledende overlæge"), ("hvad-goer-ondt", "Ledende overlæge"),
        ("hvad-hvis-det-bliver-ved", "Ledende overlæge"), ("hvad-kan-du-goere", "Overlæge"),
    ]  # fmt: skip
    assert signatures(catalogue, topic, TODAY).approval is not None
    again = run(root, "topic", "oem-skulder", "--role", "Overlæge", "--yes", "--as-of", "2026-11-22")
    assert "Der er skrevet under på det hele" in again.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("topic", "oem-skuldre", "--role", "x"), "mente du »oem-skulder«?"),
        (("topic", "oem-skulder"), "Skriv rollen"),
        (("topic", "oem-skulder", "--role", "x", "--part", "hvad-kan-du-gore"), "mente du »hvad-kan-du-goere«?"),
        (("topic", "oem-skulder", "--role", "x", "--until", "2026-11-21"), "allerede være udløbet"),
        (("text", "oem-skulder"), "'text' is not one of"),
    ],
)
def test_a_slip_changes_nothing(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    root = write_example(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    result = run(root, *words, "--as-of", "2026-11-22", typed="j\n")
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "Læge &amp; leder"), "--role: »role«: HTML-koder som &nbsp; kan ikke stå i teksten"),
        (("--role", "Over\u00adlæge"), "--role: her står et usynligt tegn (U+00AD) – slet det, og skriv stedet igen"),
        (("--role", "Overlæge, tlf. 70 10 20 30"), "--role: "),
        (("--role", " "), "--role: »role«: teksten er tom – skriv en tekst"),
        (("--role", "Læge", "--name", "Bo\u200b"), "--name: her står et usynligt tegn (U+200B)"),
        (("--role", "Læge", "--name", "<i>Bo</i>"), "--name: »name«: HTML kan ikke stå i teksten"),
    ],
)
@pytest.mark.parametrize("what", [("topic", "oem-skulder"), ("region", "vest"), ("sign", "roed-og-varm")], ids="".join)
def test_a_signature_that_could_not_be_read_again_is_not_written(
    tmp_path: Path, what: tuple[str, str], words: tuple[str, ...], said: str
) -> None:
    root = write_example(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    result = run(root, *what, *words, "--yes", "--as-of", "2026-11-22")
    assert result.exit_code == 2, result.output
    assert said in " ".join(result.output.split())
    assert {path: path.read_bytes() for path in before} == before


def test_a_text_that_lies_elsewhere_in_the_project_is_signed_where_it_lies(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    path = root / "content/emner/oem-skulder.md"
    (root / "tekster").mkdir()
    path.rename(root / "tekster/skulder.md")
    path.symlink_to("../../tekster/skulder.md")
    result = run(root, "topic", "oem-skulder", "--role", "Overlæge", "--yes", "--as-of", "2026-11-22")
    assert result.exit_code == 0, result.output
    assert path.is_symlink()
    assert 'role: "Overlæge"' in (root / "tekster/skulder.md").read_text("utf-8")


def _topic(root: Path) -> tuple[Catalogue, Topic]:
    catalogue = generator.load(root)
    return catalogue, catalogue.topics["oem-skulder"]


def test_a_region_signs_what_its_numbers_will_be_too(tmp_path: Path) -> None:
    """A change that is known today asks nobody to sign at midnight, and stops no publication in the night."""
    old = '"70 00 00 01", verified_on: 2026-11-01,'
    new = (
        '"70 00 00 01", verified_on: 2026-11-01, valid_to: 2026-12-31, hours: alle andre tider, hours_in_english: x}\n'
        '  - {purpose: out-of-hours, name: lægevagten, number: "70 00 00 02", verified_on: 2026-11-01, '
        "valid_from: 2027-01-01,"
    )
    root = write_complete(tmp_path)
    path = root / "data/areas.yml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    words = ("region", "vest", "--role", "Overlæge", "--yes", "--as-of", "2026-11-22")
    assert "2 underskrifter er skrevet" in run(root, *words).output
    catalogue = generator.load(root)
    for day in (TODAY, date(2026, 12, 31), date(2027, 1, 1)):
        assert signatures(catalogue, catalogue.regions["vest"], day).approval is not None, day
        assert [p for p in generator.check(catalogue, day, "publish") if "vest" in str(p.position.path)] == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/areas.yml", "  text_route: Skriv i appen.\n", "  text_route: Skriv.\n"),
        ("data/areas.yml", "  name: Vest\n", "  name: Vest\n  without_gp: Ring 70 00 00 07.\n"),
        ("data/regions/vest.yml", "short_name:", "crisis_route: Ring 70 00 00 08.\nshort_name:"),
        ("data/site.yml", "first_answer: ", "first_answer: Aldrig. "),
    ],
)
def test_whatever_stands_beside_the_signs_is_signed_with_them(tmp_path: Path, name: str, old: str, new: str) -> None:
    root = write_complete(tmp_path)
    path = root / name
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    catalogue = generator.load(root)
    assert [one.why for one in signatures(catalogue, catalogue.regions["vest"], TODAY).missing] == ["changed"]


@pytest.mark.parametrize(
    ("old", "new", "asks_again"),
    [
        ("title: Din skulder", "title: Din ømme skulder", True),
        ("promise: Hvad der gør ondt", "promise: Hvorfor det gør ondt", True),
        ("- {topic: oem-skulder}", "- {topic: oem-skulder, sections: [hvad-goer-ondt]}", True),
        ("origin_notice: Opdigtet", "signs: [emergency]\norigin_notice: Opdigtet", True),
        ("origin_notice: Opdigtet", "short_parts: []\norigin_notice: Opdigtet", True),
        ("formats: [a4]", "formats: [a4, fold]", False),
        ("senders: [vest, oest, nyland]", "senders: [vest]", False),
        ("audience: citizens", "audience: citizens\norder: 3", False),
    ],
)  # fmt: skip
def test_a_leaflet_is_signed_for_what_it_says_and_leaves_out(
    tmp_path: Path, old: str, new: str, asks_again: bool
) -> None:
    root = write_complete(tmp_path)
    path = root / "data/leaflets/din-skulder.yml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    catalogue = generator.load(root)
    found = [one.why for one in signatures(catalogue, catalogue.leaflets["din-skulder"], TODAY).missing]
    assert found == (["changed"] if asks_again else [])


def test_a_leaflet_that_nobody_here_hands_out_keeps_no_region_from_publishing(tmp_path: Path) -> None:
    unsigned = {"data/leaflets/din-skulder.yml": {"replace": [["senders: [vest, oest, nyland]", "senders: [oest]"]]}}
    root = write_complete(tmp_path, unsigned)
    path = root / "data/leaflets/din-skulder.yml"
    path.write_text(path.read_text("utf-8").replace("title: Din", "title: Min"), "utf-8")
    catalogue = generator.load(root)

    def told(region: str | None) -> list[str]:
        return [problem.message for problem in check_publication(catalogue, TODAY, region)]

    assert told("vest") == []
    assert told("oest") == told(None) == ["»Min skulder« er ændret efter godkendelsen den 1. november 2026"]


def test_a_signature_is_renewed_before_it_runs_out_and_others_stay(tmp_path: Path) -> None:
    root = write_complete(tmp_path)
    words = ("sign", "roed-og-varm", "--role", "Sygeplejerske", "--until", "2027-01-31", "--as-of", "2026-11-22")
    assert "Der er skrevet under på det hele" in run(root, *words, "--yes").output
    assert "1 underskrift er skrevet" in run(root, *words, "--yes", "--renew").output
    assert "1 underskrift er skrevet" in run(root, *words, "--yes", "--renew").output
    flag = generator.load(root).red_flags["roed-og-varm"]
    assert [one.role for one in flag.approved_by or ()] == ["Ledende overlæge", "Sygeplejerske"]


def test_nobody_signs_on_a_day_to_come_and_the_file_keeps_its_line_ends(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    path = root / "content/emner/oem-skulder.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    path.chmod(0o644)
    words = ("topic", "oem-skulder", "--role", "Overlæge", "--yes", "--as-of")
    assert run(root, *words, "2126-11-22").exit_code == 2
    assert run(root, *words, "2026-11-22").exit_code == 0
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")
    assert path.stat().st_mode & 0o777 == 0o644


# ── On the page ──


@pytest.mark.whole
def test_the_page_shows_the_role_and_the_name_only_where_the_region_says_so(tmp_path: Path) -> None:
    root = write_complete(
        tmp_path,
        {"data/regions/vest.yml": {"replace": ["short_name:", "shows_names: true\nshort_name:"]}},
        templates=True,
    )
    path = root / "content/emner/oem-skulder.md"
    path.write_text(
        path.read_text("utf-8").replace('role: "Ledende overlæge", ', 'role: "Overlæge", name: "N. N.", '), "utf-8"
    )
    catalogue = generator.load(root)
    topic = catalogue.topics["oem-skulder"]
    first, *rest = topic.approved_by or ()
    several = topic.model_copy(update={"approved_by": (first.model_copy(update={"role": "Sygeplejerske"}), *rest)})
    shown_to = Context(catalogue, past_sender(catalogue, catalogue.regions["vest"]), TODAY)
    both = shown_to.approval_of(several)
    assert both is not None
    assert (both.role, both.name) == ("Sygeplejerske og Overlæge", None)
    build_site(catalogue, BuildRequest(root, root / "site", TODAY), store())
    vest, oest = ((root / f"site/{name}/oem-skulder/index.html").read_text("utf-8") for name in ("vest", "oest"))
    assert "1. november 2026 af N. N., Overlæge" in vest
    assert "1. november 2026 af Overlæge" in oest
    assert "N. N." not in oest


# ── One list in a file, and every other character as it was ──

KEYS = st.sampled_from(["approved_by", "b", "c"])
VALUES = st.sampled_from(
    ["null", "", "x", "[1, 2]", "{a: 1}", "|\n    to\n    linjer", "\n  - 1\n  - 2", "\n    a: 1", '"# nej"']
)
ENDS = st.sampled_from(["", "  # en bemærkning", "\n  # på sin egen linje", "\n"])


@pytest.mark.whole
@given(st.lists(st.tuples(KEYS, VALUES, ENDS), unique_by=lambda entry: entry[0], min_size=1), st.booleans())
def test_a_list_is_renewed_and_nothing_else(entries: list[tuple[str, str, str]], in_list: bool) -> None:
    body = "\n  ".join(
        f"{key}: {value}{end if not value.startswith(('|', chr(10))) else ''}" for key, value, end in entries
    )
    text = f"# først\nliste:\n- {body}\n- c: sidst  # bemærkning\n" if in_list else f"ting:\n  {body}\nsidst: 1\n"
    way = ("liste", 0) if in_list else ("ting",)
    before = yaml.safe_load(text)
    new = with_list(text, way, "approved_by", ("{role: en}", "{role: to}"))
    inside = before[way[0]][0] if in_list else before[way[0]]
    inside["approved_by"] = [{"role": "en"}, {"role": "to"}]
    assert yaml.safe_load(new) == before
    kept = [line for line in text.splitlines() if "#" in line and "approved_by" not in line]
    assert [line for line in kept if line.strip() and line not in new] == []


@pytest.mark.parametrize("way", [("ting",), ("liste", 3), ("liste", 0), ("liste", 0, "b")])
def test_where_there_is_no_mapping_nothing_is_written(way: tuple[str | int, ...]) -> None:
    with pytest.raises(EditError):
        with_list("liste:\n- {b: 1}\n", way, "approved_by", ("{}",))
