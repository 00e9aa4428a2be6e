"""The dialect: what it makes of a text, that page and paper get the same words, and that nothing slips through it."""

import inspect
import re
import sys
from collections import Counter
from html import unescape
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.topic import Body, Heading, Insertion
from generator.problems import ContentError
from generator.text.dialect import faults, unbearable, without_insertions_and_addresses
from generator.text.markdown import convert, insertion_elements, split

HERE = PurePosixPath("content/emner/a.md")


def html(text: str) -> str:
    """Return the HTML of a text, with its insertions as they are written."""
    return "".join(
        part if isinstance(part, str) else f"[{part.name}{''.join(f'|{a}' for a in part.arguments)}]"
        for part in convert(text, HERE).segments
    )


def words_on_paper(element: Element) -> str:
    """Return the words that a leaflet is set from, insertions left out."""
    inside = "" if element.tag == "insertion" else element.text or ""
    return inside + "".join(words_on_paper(child) + (child.tail or "") for child in element)


def words_on_screen(body: Body) -> str:
    return unescape(re.sub(r"<[^>]*>", "", "".join(part for part in body.segments if isinstance(part, str))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ja & nej, 5 < 6 > 4", "<p>Ja &amp; nej, 5 &lt; 6 &gt; 4</p>"),
        ('Han sagde "nej"', '<p>Han sagde "nej"</p>'),
        ("R&D, a&b;", "<p>R&amp;D, a&amp;b;</p>"),
        ("&amp; &nbsp; &#38;", "<p>&amp;amp; &amp;nbsp; &amp;#38;</p>"),
        (r"\*ikke kursiv\* og 1\. ikke en liste", "<p>*ikke kursiv* og 1. ikke en liste</p>"),
        (r"to\_ord, \[ikke et link\]", "<p>to_ord, [ikke et link]</p>"),
        ("**fed** og *kursiv*", "<p><strong>fed</strong> og <em>kursiv</em></p>"),
        ("***begge***", "<p><strong><em>begge</em></strong></p>"),
        ("en_lille_ting", "<p>en_lille_ting</p>"),
        ("én linje  \ntil", "<p>én linje<br>\ntil</p>"),
        ("[x](https://a.example/?a=1&b=2)", '<p><a href="https://a.example/?a=1&amp;b=2">x</a></p>'),
        ("[x](b.md#hvad)", '<p><a href="../b/#hvad">x</a></p>'),
        ("[x](#hvad)", '<p><a href="#hvad">x</a></p>'),
        ("[x](../fagfolk/b.md)", '<p><a href="../fagfolk/b/">x</a></p>'),
        ("[x](../index.md)", '<p><a href="../">x</a></p>'),
        ("[x](a.md)", '<p><a href="./">x</a></p>'),
        ("## Hvad gør *ondt*?", '<h2 id="hvad-goer-ondt">Hvad gør <em>ondt</em>?</h2>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<https://a.example> `kode`", "<p>&lt;https://a.example&gt; `kode`</p>"),
        ("[y]: https://a.example", "<p>[y]: https://a.example</p>"),
        ("Titel\n---", "<p>Titel\n---</p>"),
        ("    indrykket", "<p>indrykket</p>"),
    ],
)  # fmt: skip
def test_html(text: str, expected: str) -> None:
    assert re.sub(r"(?<=>)\n(?=<[/a-z])|\n$", "", html(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ afsender }}", "<p>[afsender]</p>"),
        ("Ring {{ telefon: 112 }}.", "<p>Ring [telefon|112].</p>"),
        ("{{kilde:a}}", "<p>[kilde|a]</p>"),
        ("Sandt.{{ kilde: a, side 4, l. 2 & 3 }}", "<p>Sandt.[kilde|a|side 4, l. 2 & 3]</p>"),
        ('{{ kilde: a, "citat" <5 }}', '<p>[kilde|a|"citat" <5]</p>'),
        ("{{ alarmtegn }}", "[alarmtegn]"),
        ("{{ hvem-ringer-du-til }}\n\nOg så.", "[hvem-ringer-du-til]<p>Og så.</p>"),
        ("[{{ afsender }}](b.md)", '<p><a href="../b/">[afsender]</a></p>'),
        ("**{{ afsender }}**", "<p><strong>[afsender]</strong></p>"),
        ("{{ telefon:\n112 }}", "<p>{{ telefon:\n112 }}</p>"),
    ],
)
def test_insertions(text: str, expected: str) -> None:
    assert re.sub(r"(?<=[>\]])\n(?=<)|\n$", "", html(text)) == expected


def test_nested_lists_and_numbers() -> None:
    text = "- a\n    - b\n    - c\n\n        Afsnit i c.\n\n- d\n\n3. tre\n4. fire"
    made = re.sub(r"\s+", " ", html(text)).replace("> <", "><")
    items = "<ul><li><p>a</p><ul><li>b</li><li><p>c</p><p>Afsnit i c.</p></li></ul></li><li><p>d</p></li></ul>"
    assert made == items + '<ol start="3"><li>tre</li><li>fire</li></ol>'


def test_a_table_has_a_head() -> None:
    made = html("| Ting | Antal |\n|---|---|\n| A & B | {{ kilde: a }} |")
    assert "<th>Ting</th>" in made
    assert "<td>A &amp; B</td>" in made
    assert "<td>[kilde|a]</td>" in made


def test_headings_insertions_and_links_know_where_they_stand() -> None:
    body = convert("## Hvad?\n\nSe [her](b.md) og\n[der](c.md).{{ kilde: x, side 2 }}\n\n### Så\n", HERE, first_line=12)
    assert body.headings == (Heading(2, "Hvad?", "hvad"), Heading(3, "Så", "saa"))
    assert body.insertions == (Insertion("kilde", ("x", "side 2"), 15, 13),)
    assert [(link.target, link.line, link.column) for link in body.links] == [("b.md", 14, 10), ("c.md", 15, 7)]
    assert body.cited == ("x",)


def test_every_insertion_is_found_in_the_tree_in_order() -> None:
    body = convert(
        "{{ alarmtegn }}\n\n- {{ afsender }} og **{{ kilde: a }}**\n\n| x |\n|---|\n| {{ telefon: 112 }} |", HERE
    )
    found = sorted((index, parent.tag) for parent, index in insertion_elements(body.tree))
    assert found == [(0, "p"), (1, "li"), (2, "strong"), (3, "td")]


@pytest.mark.parametrize(
    ("text", "front_matter", "body", "line"),
    [
        ("---\na: b\n---\nx\n", "a: b\n", "x\n", 4),
        ("---\n---\nx", "", "x", 3),
        ("--- \na: b\n---", "a: b\n", "", 3),
        ("---\na: b\n---\nx\n---\n", "a: b\n", "x\n---\n", 4),
        ("x\n", None, "x\n", 1),
        ("---\na: b\n", None, "", 1),
        ("", None, "", 1),
    ],
)
def test_a_file_is_taken_apart(text: str, front_matter: str | None, body: str, line: int) -> None:
    source = split(text)
    assert (source.front_matter, source.body, source.body_line) == (front_matter, body, line)


def test_a_text_that_the_converter_cannot_bear_is_a_problem_and_spoils_no_other() -> None:
    def at_depth(depth: int) -> Body:
        return at_depth(depth - 1) if depth else convert("- - - - - a", HERE)

    with pytest.raises(ContentError, match="for dybt ind i sig selv"):
        at_depth(sys.getrecursionlimit() - len(inspect.stack(0)) - 25)
    assert html("**a**") == "<p><strong>a</strong></p>"


MARKS = [
    "\n", "\n\n", "- ", "1. ", "    ", "## ", "**", "*", "_", "[", "](", ")", "](b.md)", "](https://a.example)", "|",
    "|---|", "{{ ", " }}", "{{ afsender }}", "{{ kilde: a }}", "{{ alarmtegn }}", "\\", "&", "&amp;", "&nbsp;", "<",
    ">", "<b>", "`", "![", '"', "'", "æøå", "ord ", "  \n", "#", "===", "---", "> ", "[a]: b", "<!--", "-->", ":", "$",
    "https://a.example", "[^1]", ":::", "!!!", "~~", "24. maj", "| a | b |\n|---|---|\n| 1 | 2 |", "- [ ] ", "–\u00a0",
]  # fmt: skip
texts = st.lists(st.sampled_from(MARKS) | st.text(st.characters(codec="utf-8"), max_size=4), max_size=25).map("".join)
texts = texts.filter(lambda text: not list(unbearable(text, HERE, 1)))


@given(texts)
def test_page_and_paper_carry_the_same_words(text: str) -> None:
    body = convert(text, HERE)
    assert words_on_screen(body).strip() == words_on_paper(body.tree).strip()


@given(texts)
def test_nothing_of_an_author_becomes_markup_of_its_own(text: str) -> None:
    """Only what the dialect makes is markup, and no placeholder of the parser is left."""
    body = convert(text, HERE)
    made = "".join(part for part in body.segments if isinstance(part, str))
    allowed = r"/?(p|h[1-6]|ul|ol|li|strong|em|a|br|table|thead|tbody|tr|th|td|img|div)"
    assert all(re.match(rf"<{allowed}[\s>]", tag) for tag in re.findall(r"<[^>]*>?", made))
    if not list(faults(text, HERE, 1)):
        assert "wzxhzdk" not in made
        assert "klzzwxh" not in made
        assert "<img" not in made


@given(texts)
def test_every_link_that_a_reader_meets_is_checked(text: str) -> None:
    body = convert(text, HERE)
    links = [element for element in body.tree.iter("a") if not element.get("href", "").startswith("\x02")]
    if not list(faults(text, HERE, 1)):
        assert len(body.links) == len(links)


def letters(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]", text))


@given(texts)
def test_every_letter_that_is_written_is_shown_and_no_mark_is(text: str) -> None:
    """What is not shown as it was meant is refused: on its line by the dialect, or as a mark without its partner."""
    body = convert(text, HERE)
    if list(faults(text, HERE, 1)) or body.strays or r"\]" in text:  # which is no link's end, as the author says
        return
    shown = words_on_screen(body)
    written = without_insertions_and_addresses(text)
    unnumbered = without_insertions_and_addresses(re.sub(r"^ *\d+\.(?=\s)", "", text, flags=re.MULTILINE))
    assert letters(unnumbered) <= letters(shown) <= letters(written)  # the browser numbers the points of a list
    if "\\" not in text:  # what is escaped is meant to be seen
        assert not re.search(r"\]\(|\[\^|\*|:::|\||~~", shown)


@given(texts, st.integers(1, 30))
def test_every_fault_is_in_the_text(text: str, first_line: int) -> None:
    lines = text.split("\n")
    for problem in faults(text, HERE, first_line):
        line = lines[problem.position.line - first_line]
        assert 1 <= problem.position.column <= max(len(line), 1)
