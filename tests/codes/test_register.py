"""The register of printed codes may grow, and shows every other change."""

import shutil
import subprocess
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import Catalogue, ContentError, load
from generator.codes.register import broken_seal, extended, first_fault, link, seal
from generator.model.edition import Seal
from generator.model.record import Origin
from tests.support.example import write_example

HEAD = "# Koder på papir\n\neditions:\n"
REGISTER = Path("data/editions.yml")
SEAL = Path("data/seal.yml")


def register(count: int) -> str:
    text = HEAD
    for number in range(count):
        text = extended(text, {"id": f"kode{number}", "leaflet": "en-folder", "status": "draft"})
    return text


def sealed(text: str) -> Seal:
    origin: Any = Origin(PurePosixPath("data/seal.yml"))
    return Seal(id="seal", origin=origin, lines=text.count("\n- "), link=link(text))


def is_sound(text: str, kept: Seal) -> bool:
    return first_fault(text) is None and broken_seal(text, kept) is None


# ---- the chain and the seal ----


def test_a_register_that_only_grew_is_sound() -> None:
    for count in range(1, 6):
        assert is_sound(register(count), sealed(register(count)))
    assert register(5).startswith(register(4))


def test_the_real_register_is_sound(catalogue: Catalogue) -> None:
    assert is_sound(catalogue.register, catalogue.seals["seal"])


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_no_changed_byte_goes_unseen(place: int, change: int) -> None:
    sound = register(4).encode("latin-1", "replace")
    at = place % len(sound)
    changed = bytes([*sound[:at], sound[at] ^ change, *sound[at + 1 :]]).decode("latin-1")
    assert first_fault(changed) is not None


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=400))
def test_no_removed_bytes_go_unseen_wherever_they_stood(place: int, count: int) -> None:
    sound = register(4)
    at = place % len(sound)
    changed = sound[:at] + sound[at + count + 1 :]
    assert not is_sound(changed, sealed(sound))


def test_no_removed_moved_or_repeated_line_goes_unseen() -> None:
    lines = register(4).splitlines(keepends=True)
    kept = sealed(register(4))
    for index in range(len(lines)):
        assert not is_sound("".join(lines[:index] + lines[index + 1 :]), kept)
        assert not is_sound("".join([*lines[: index + 1], lines[index], *lines[index + 1 :]]), kept)
        if index < len(lines) - 1:
            swapped = [*lines[:index], lines[index + 1], lines[index], *lines[index + 2 :]]
            assert not is_sound("".join(swapped), kept)


def test_a_register_cut_short_is_missed_with_how_much() -> None:
    assert broken_seal(register(3), sealed(register(4))) is not None
    for gone, words in ((1, "registret mangler den sidste linje"), (3, "registret mangler de sidste 3 linjer")):
        broken = broken_seal(register(4 - gone), sealed(register(4)))
        assert broken is not None
        assert broken[0] == words


def test_a_register_written_anew_with_a_chain_of_its_own_is_not_the_old_one() -> None:
    other = extended(extended(HEAD, {"id": "kode9"}), {"id": "kode8"})
    assert first_fault(other) is None
    assert broken_seal(other, sealed(register(2))) is not None


def test_a_line_that_was_never_sealed_is_told_from_a_line_that_is_gone() -> None:
    broken = broken_seal(register(3), sealed(register(2)))
    assert broken == (
        "registret har linjer, som programmet ikke har skrevet færdig", "kør: .venv/bin/borgerinfo release --draft",
    )  # fmt: skip


def test_nothing_may_stand_after_the_last_code() -> None:
    for more in ("\n", "# en bemærkning\n", "  mere: x\n", "- {id: ny}\n"):
        assert first_fault(register(2) + more) is not None
    assert first_fault(register(2).rstrip("\n")) is not None


def test_the_line_of_the_first_fault_is_told() -> None:
    changed = register(4).replace("kode1", "kode9")
    fault = first_fault(changed)
    assert fault is not None
    assert fault[0] == 5
    assert "ændret" in fault[1]


def test_what_could_be_read_as_something_else_than_text_is_written_in_quotes() -> None:
    line = extended(
        "", {"a": "to-ord", "b": "5hd3cg", "c": "null", "d": 'sagt "sådan": #1', "e": None, "f": ["x", "1"]}
    )
    assert line.startswith('- {a: to-ord, b: "5hd3cg", c: "null", d: "sagt \\"sådan\\": #1", f: [x, "1"], chain: ')


# ---- in a project, with a history ----


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return an example whose register grew by a line in each of its last two commits."""
    root = write_example(tmp_path)
    text, head = (root / REGISTER).read_text("utf-8"), "editions:\n"
    lines = text.removeprefix(head).splitlines(keepends=True)
    git(root, "init", "-q", "-b", "main")
    for count in range(2, len(lines) + 1):
        kept = head + "".join(lines[:count])
        (root / REGISTER).write_text(kept, "utf-8")
        (root / SEAL).write_text(seal(kept), "utf-8")
        git(root, "add", ".")
        git(root, "commit", "-q", "-m", f"{count} linjer")
    return root


def git(root: Path, *words: str) -> None:
    who = ("-c", "user.name=Prøve", "-c", "user.email=proeve@example.org")
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)


def problems(root: Path) -> list[str]:
    try:
        load(root)
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return []


def cut(root: Path, lines: int) -> None:
    """Cut lines off the end and seal what is left, as whoever wants to hide it would."""
    text = "".join((root / REGISTER).read_text("utf-8").splitlines(keepends=True)[:-lines])
    (root / REGISTER).write_text(text, "utf-8")
    (root / SEAL).write_text(seal(text), "utf-8")


def test_a_register_that_grew_from_commit_to_commit_is_sound(project: Path) -> None:
    assert problems(project) == []


def test_history_tells_of_lines_cut_off_and_sealed_anew(project: Path) -> None:
    cut(project, 1)
    (found,) = problems(project)
    assert found.startswith("data/editions.yml:4:1: her har registret været et andet")


@pytest.mark.whole
def test_history_tells_of_a_cut_that_was_committed(project: Path) -> None:
    cut(project, 2)
    git(project, "commit", "-q", "-a", "-m", "væk")
    assert any("her har registret været et andet" in found for found in problems(project))


def test_history_tells_of_a_register_that_is_gone(project: Path) -> None:
    (project / REGISTER).write_text("editions: []\n", "utf-8")
    (project / SEAL).unlink()
    assert any("her har registret været et andet" in found for found in problems(project))


def test_a_branch_that_reserved_codes_of_its_own_does_not_bind_the_trunk(project: Path) -> None:
    git(project, "checkout", "-q", "-b", "gren", "HEAD~1")
    text = extended((project / REGISTER).read_text("utf-8"), {"id": "zzzzzz", "status": "draft"})
    (project / REGISTER).write_text(text, "utf-8")
    git(project, "commit", "-q", "-a", "-m", "gren")
    git(project, "checkout", "-q", "main")
    git(project, "merge", "-q", "-s", "ours", "gren")
    assert problems(project) == []


def test_without_history_the_chain_and_the_seal_do_the_work(project: Path, tmp_path: Path) -> None:
    shallow = tmp_path / "lav"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{project}", str(shallow))
    assert problems(shallow) == []
    shutil.rmtree(shallow / ".git")
    assert problems(shallow) == []
    text = "".join((shallow / REGISTER).read_text("utf-8").splitlines(keepends=True)[:-1])
    (shallow / REGISTER).write_text(text, "utf-8")
    assert any("registret mangler den sidste linje" in found for found in problems(shallow))
    (shallow / SEAL).unlink()
    assert any("seglet, som viser, hvordan registret slutter, mangler" in found for found in problems(shallow))


def test_words_that_were_printed_cannot_be_changed_or_lost(tmp_path: Path) -> None:
    root = write_example(tmp_path)
    (frozen,) = (root / "data/frozen").iterdir()
    before = frozen.read_text("utf-8")
    frozen.write_text(before.replace("Det er ofte musklerne.", "Det er altid musklerne."), "utf-8")
    (changed,) = problems(root)
    assert "ordene er ændret, efter at de blev trykt – hent filen, som den var (git checkout data/frozen/" in changed
    frozen.unlink()
    (lost,) = problems(root)
    assert "ordene i »c6ep3f« mangler" in lost


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/editions.yml", "draft", "dra\u00adft"),
        ("data/editions.yml", "chain: ", "kaede: "),
        ("data/editions.yml", "status: draft", "status: kladde"),
        ("data/editions.yml", "- {id", "\t- {id"),
        ("data/editions.yml", "editions:", "udgaver:"),
        ("data/seal.yml", "lines: ", "lines: x"),
        ("data/seal.yml", "link: ", "led: "),
        ("data/frozen/", "kind: title", "kind: titel"),
        ("data/frozen/", "pieces:", "pieces: []\nmere:"),
    ],
)
def test_what_only_the_program_writes_is_fetched_again_and_never_mended(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    root = write_example(tmp_path)
    path = root / name if name.endswith(".yml") else next((root / name).glob("*.yml"))
    damaged = path.read_text("utf-8").replace(old, new, 1)
    path.write_text(damaged, "utf-8")
    with pytest.raises(ContentError) as caught:
        load(root)
    told = [
        problem for problem in caught.value.problems if str(problem.position.path) == path.relative_to(root).as_posix()
    ]
    assert told
    for problem in caught.value.problems:
        assert "hent filen, som den var (git checkout data/" in problem.remedy, problem
