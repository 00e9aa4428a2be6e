"""A file is written whole, with the permissions it should have, or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.writing import rewrite, write_whole


@pytest.fixture(params=[0o022, 0o027], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield int(request.param)
    os.umask(before)


def test_a_new_file_may_be_read_by_whom_the_system_says(tmp_path: Path, umask: int) -> None:
    write_whole(tmp_path / "ny.yml", b"a: 1\n")
    assert (tmp_path / "ny.yml").stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_that_was_there_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "editions.yml"
    path.write_bytes(b"a: 1\r\n")
    path.chmod(mode)
    rewrite(path, "a: 2\n")
    write_whole(path, path.read_bytes() + b"b: 3\r\n")
    assert path.read_bytes() == b"a: 2\r\nb: 3\r\n"
    assert path.stat().st_mode & 0o777 == mode


def test_a_write_that_fails_names_the_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "mappe").mkdir()
    with pytest.raises(OSError, match=r"mappe'$"):
        write_whole(tmp_path / "mappe", b"a: 1\n")
    assert [path.name for path in tmp_path.iterdir()] == ["mappe"]
