"""Links between pages lead where they should, from anywhere to anywhere."""

from pathlib import PurePosixPath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import addresses
from generator.addresses import relative, topic_in

parts = st.lists(st.from_regex(r"[a-z0-9]{1,5}", fullmatch=True), max_size=4)
directories = parts.map(lambda names: "".join(f"{name}/" for name in names))
files = st.tuples(directories, st.sampled_from(["x.pdf", "q", "sitemap.xml"])).map("".join)


@given(target=directories | files, page=directories | files)
def test_a_relative_link_leads_to_its_target(target: str, page: str) -> None:
    """As a browser reads it (RFC 3986), wherever the site lies."""
    for root in ("https://x.example/", "https://x.example/a/b/"):
        assert urljoin(root + page, relative(target, page)) == root + target


@given(target=directories | files, page=directories | files)
def test_a_relative_link_never_begins_at_the_root(target: str, page: str) -> None:
    assert relative(target, page)
    assert not relative(target, page).startswith("/")


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("", "", "./"),
        ("emne/", "", "emne/"),
        ("", "emne/", "../"),
        ("emne/", "emne/", "./"),
        ("fagfolk/a/", "b/", "../fagfolk/a/"),
        ("foldere/a.pdf", "b/", "../foldere/a.pdf"),
        ("a.pdf", "", "a.pdf"),
        ("q/x/", "q/y/", "../x/"),
    ],
)
def test_relative(target: str, page: str, link: str) -> None:
    assert relative(target, page) == link


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("content/emner/a.md", "b.md", ("emner", "b", "")),
        ("content/emner/a.md", "b.md#hvad", ("emner", "b", "hvad")),
        ("content/emner/a.md", "#hvad", ("emner", "a", "hvad")),
        ("content/emner/a.md", "../om/b.md", ("om", "b", "")),
        ("content/emner/a.md", "../index.md", ("front", "index", "")),
        ("content/index.md", "emner/b.md", ("emner", "b", "")),
        ("content/index.md", "english.md", ("sprog", "english", "")),
        ("content/emner/a.md", "./x/../b.md", ("emner", "b", "")),
        ("content/emner/a.md", "../../data/b.md", None),
        ("content/emner/a.md", "../../../content/emner/b.md", None),
        ("content/emner/a.md", "/content/emner/b.md", None),
        ("content/emner/a.md", "b", None),
        ("content/emner/a.md", "b.pdf", None),
        ("content/emner/a.md", "../andet/b.md", None),
        ("content/emner/a.md", "x/b.md", None),
    ],
)
def test_a_link_stays_in_the_content_or_leads_nowhere(
    source: str, target: str, found: tuple[str, str, str] | None
) -> None:
    assert topic_in(PurePosixPath(source), target) == found


@given(st.text())
def test_any_link_is_a_text_of_a_known_section_or_nothing(target: str) -> None:
    found = topic_in(PurePosixPath("content/emner/a.md"), target)
    assert found is None or found[0] in addresses.SECTIONS


def test_addresses_of_pages() -> None:
    assert addresses.topic_page("emner", "skulder") == "skulder/"
    assert addresses.topic_page("fagfolk", "skulder") == "fagfolk/skulder/"
    assert addresses.topic_page("front", "index") == ""
    assert addresses.leaflet_file("skulder", "a4") == "foldere/skulder-a4.pdf"
    assert addresses.code_pages("ab2") == ("q/ab2/", "Q/AB2/")
    assert addresses.counterpart("tilbud/x/") == "tilbud/"
    assert addresses.counterpart("skulder/") == "skulder/"
    assert addresses.readable("https://x.example/q/ab2/") == "x.example/q/ab2"


def test_a_long_address_breaks_after_a_slash_and_nowhere_else() -> None:
    assert addresses.breakable("Læs <her>: https://x.example/q/ab2/") == (
        "Læs &lt;her&gt;: https://x.example/<wbr>q/<wbr>ab2/"
    )
