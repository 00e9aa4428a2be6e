"""The register of printed codes may grow, and shows every other change."""

from hypothesis import given
from hypothesis import strategies as st

from generator import Catalogue
from generator.register import extended, first_fault

HEAD = "# Koder på papir\n\neditions:\n"


def register(count: int) -> str:
    text = HEAD
    for number in range(count):
        text = extended(text, {"id": f'"kode{number}"', "leaflet": "en-folder", "status": "draft"})
    return text


def test_a_register_that_only_grew_is_sound() -> None:
    for count in range(1, 6):
        assert first_fault(register(count)) is None
    assert register(5).startswith(register(4))


def test_the_real_register_is_sound(catalogue: Catalogue) -> None:
    assert first_fault(catalogue.register) is None


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_no_changed_byte_goes_unseen(place: int, change: int) -> None:
    sound = register(4).encode("latin-1", "replace")
    at = place % len(sound)
    changed = bytes([*sound[:at], sound[at] ^ change, *sound[at + 1 :]]).decode("latin-1")
    assert first_fault(changed) is not None


def test_no_removed_moved_or_repeated_line_goes_unseen() -> None:
    lines = register(4).splitlines(keepends=True)
    for index in range(len(lines) - 1):
        assert first_fault("".join(lines[:index] + lines[index + 1 :])) is not None
        assert first_fault("".join([*lines[:index], lines[index + 1], lines[index], *lines[index + 2 :]])) is not None
        assert first_fault("".join([*lines[: index + 1], lines[index], *lines[index + 1 :]])) is not None


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
