"""The overview as a reader meets it: its tables, charts and lists taken out of the HTML, for tests that compare."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Shown:
    """What the page shows: rows by table and id, charts by id and bar, and problems by the list they stand in."""

    tables: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    charts: dict[str, dict[str, int]] = field(default_factory=dict)
    widths: list[float] = field(default_factory=list)
    problems: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """(path, check, words) by the id of the region, or `faelles` or `samlet`."""
    tags: set[str] = field(default_factory=set)
    words: str = ""


def shown(html: str) -> Shown:
    """Return what a page shows."""
    reader = _Reader()
    reader.feed(html)
    reader.found.words = " ".join(reader.found.words.split())
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Shown()
        self.table = self.row = self.chart = self.bar = self.details = self.path = self.check = ""
        self.text: list[str] = []
        self.is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.found.tags.add(tag)
        self.is_style = tag == "style"
        if tag == "table":
            self.table = known.get("id", "owners")
        elif tag == "tr":
            self.row = known.get("data-id", "")
        elif tag == "section":
            self.chart = known["data-id"]
        elif tag == "dd":
            self.bar = known.get("data-id", "")
        elif tag == "details":
            self.details = known.get("data-region") or known["id"]
        elif tag == "li":
            self.check = known.get("data-check", "")
        elif tag == "rect" and known["class"] != "ground":
            self.found.widths.append(float(known["width"]))
        if tag in ("th", "td", "dd", "h4", "li"):
            self.text = []

    def handle_data(self, data: str) -> None:
        if not self.is_style:
            self.found.words += data
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.is_style = False
        said = " ".join("".join(self.text).split())
        if tag in ("th", "td") and self.row:
            self.found.tables.setdefault(self.table, {}).setdefault(self.row, []).append(said)
        elif tag == "dd" and self.bar:
            self.found.charts.setdefault(self.chart, {})[self.bar] = int(said)
        elif tag == "h4":
            self.path = said
        elif tag == "li" and self.check:
            self.found.problems.setdefault(self.details, []).append((self.path, self.check, said))
        elif tag == "tr":
            self.row = ""
