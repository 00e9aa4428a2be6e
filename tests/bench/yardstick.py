"""The yardstick: every page's words through plain Python-Markdown, one after the other in one process.

`write` collects the words of a built project; `python -m tests.bench.yardstick FILE` converts them and prints what
that took, the start of Python and the reading of the file left out.
"""

import json
import re
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

_TOPIC = re.compile(r"<h1>(.*?)</h1>")
_MARKS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- "}


def write(project: Path, file: Path) -> int:
    """Write the words of every built page as Markdown and return the number of pages.

    A page made from a text counts with that text's body, once for each sender; any other page with what is visible
    in its main part. Menus, heads and footers count for nothing.
    """
    bodies = dict(_body(path) for path in sorted((project / "content").rglob("*.md")) if path.name != "index.md")
    words = []
    for page in sorted((project / "site").rglob("*.html")):
        main = page.read_text("utf-8").partition("<main")[2].partition("</main>")[0]
        title = _TOPIC.search(main)
        name = page.parent.name
        is_text = name in bodies and title is not None and "Om denne tekst" in main
        words.append(bodies[name] if is_text else _as_markdown(f"<main{main}</main>"))
    file.write_text(json.dumps(words), "utf-8")
    return len(words)


def _body(path: Path) -> tuple[str, str]:
    return path.stem, path.read_text("utf-8").split("\n---\n", 1)[1]


class _Words(HTMLParser):
    """Writes HTML down again as the Markdown it could have come from."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.address: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "section", "div", "dt", "dd", "ul", "ol", *_MARKS):
            self.text += ("\n" if tag == "li" else "\n\n") + _MARKS.get(tag, "")
        elif tag == "b":
            self.text += "**"
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""
            self.text += "["

    def handle_endtag(self, tag: str) -> None:
        if tag == "b":
            self.text += "**"
        elif tag == "a":
            self.text += f"]({self.address})"

    def handle_data(self, data: str) -> None:
        self.text += re.sub(r"\s+", " ", data)


def _as_markdown(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    return parser.text.strip()


def _convert(texts: list[str]) -> tuple[float, float]:
    from markdown import Markdown

    converter = Markdown(extensions=["tables", "sane_lists"])
    wall, cpu = time.perf_counter(), time.process_time()
    for text in texts:
        converter.reset()
        converter.convert(text)
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    print(*_convert(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
