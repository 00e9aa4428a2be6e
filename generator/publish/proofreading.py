"""What a reader sees of the warning signs, judged on pages and sheets as they were made and not on what they came from.

A template that drops a sign, a style sheet's author who adds a score, a typesetter that loses a line: each would pass
every check of the data. So the made text is read back, and whatever is not there as signed is never handed over.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

from generator import addresses
from generator.model.leaflet import SHORT_FAMILIES, Leaflet, family
from generator.sender.context import Context

_GAPS = re.compile(r"[\s\u00a0\u00ad\u2010\u2011\ufffe\x02-]+")
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_ASKING = re.compile(r"<(?:form|input|select|textarea|meter|progress|output)\b[^>]*>")
_SCORING = re.compile(r"<(?:meter|progress|output)\b[^>]*>|<input\b[^>]*\btype=\"(?:range|number|date)\"[^>]*>")
_SEARCH, _CODE, _FEEDBACK = 'role="search"', 'id="kode"', 'class="ask"'
"""What the project's own forms are known by: looking for a word, typing a code, saying what one thinks of a page."""
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_NO_WORDS = frozenset(("script", "style", "template", "title", "noscript", "datalist", "option", "dialog"))
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d]*[1-9])")
_State = Literal["seen", "folded", "unseen"]
"""Of an element: its words are seen, only its summary's are, or none."""
_HIDDEN_CLASS = re.compile(r"\.([\w-]+)\{display:none\}")


@dataclass(frozen=True)
class Said:
    """What must stand under one level's heading, each in its own words."""

    heading: str
    signs: tuple[str, ...]
    advice: tuple[str, ...] = ()
    """What to do, and what to do where nobody answers."""
    numbers: tuple[str, ...] = ()


def proofread(context: Context, root: Path, made: Iterable[str]) -> Iterator[str]:
    """Yield what is missing or out of place in the sender's tree.

    Signs and numbers are looked for on the help page, in the edition in one file, and for `publish` on every leaflet;
    questions and scores on the pages that were `made` anew.
    """
    catalogue, sender = context.catalogue, context.sender
    help_page = f"{context.help_address}index.html"
    wanted = tuple(_on_pages(context))
    for name in (help_page, f"{addresses.OFFLINE}index.html") if sender.region else (help_page,):
        text = squeezed(visible((root / name).read_text("utf-8")))
        yield from (f"{name}: {fault}" for fault in missing(text, wanted))
    for name in made:
        html = (root / name).read_text("utf-8")
        yield from (f"{name}: {fault}" for fault in widgets(html, has_signs=name == help_page))
    for leaflet in catalogue.leaflets.values() if context.profile == "publish" else ():
        if sender.id in leaflet.senders and leaflet.signs:
            yield from _on_paper(context, leaflet, root)


def widgets(html: str, has_signs: bool) -> Iterator[str]:
    """Yield what would assess the reader: scores, scales, and questions outside the forms that the project has.

    The pages are for reading. Where the warning signs stand, not even an answer about the page is asked for.
    """
    allowed = (_SEARCH,) if has_signs else (_SEARCH, _CODE, _FEEDBACK)
    yield from (f"{found} måler eller vurderer læseren" for found in _SCORING.findall(html))
    rest = _FORM.sub(lambda form: "" if any(mark in form[1] for mark in allowed) else form[0], html)
    yield from (f"{found} spørger læseren om noget" for found in _ASKING.findall(rest))


def missing(text: str, wanted: Iterable[Said]) -> Iterator[str]:
    """Yield each sign and number that does not stand under its own heading in a text without white space.

    A sign that also stands under another heading is two answers to one question, and a fault as well.
    """
    wanted = tuple(wanted)
    stretches = _stretches(text, [squeezed(said.heading) for said in wanted])
    for said in wanted:
        parts = [part for part in stretches if part.heading == squeezed(said.heading)]
        own = "\n".join(part.words for part in parts)
        if not parts:
            yield f"overskriften »{said.heading}« mangler"
            continue
        for sign in said.signs:
            if squeezed(sign) not in own:
                where = "står ikke under" if squeezed(sign) in text else "mangler under"
                yield f"tegnet »{sign}« {where} »{said.heading}«"
        named = [f"rådet »{words}«" for words in said.advice if squeezed(words) not in own]
        named += [f"nummeret {number}" for number in said.numbers if squeezed(number) not in own]
        yield from (f"{name} mangler under »{said.heading}«" for name in named)
        rest = "\n".join(_beside(part, said) for part in parts)
        others = (sign for other in wanted if other is not said for sign in other.signs)
        yield from (f"tegnet »{sign}« står også under »{said.heading}«" for sign in others if squeezed(sign) in rest)


def visible(html: str) -> str:
    """Return the words of a page that are seen as it opens, with a space wherever an element begins or ends.

    Folded, hidden and spare words are in the file and on nobody's screen; where a sign must be seen, they do not count.
    Left out is what `hidden`, `popover`, `aria-hidden`, a style of the element or a class that the page's own style
    sheet gives no display holds back, and all of a folded `<details>` but its summary. Style sheets are not read
    beyond that: whether a rule hides a sign in another way is what the tests see in a browser.
    """
    reader = _Reader(frozenset(_HIDDEN_CLASS.findall(html)))
    reader.feed(html)
    reader.close()
    return "".join(reader.words)


def printed_text(pdf: Path) -> str:
    """Return the words of a sheet, page by page."""
    import pypdfium2  # only who publishes waits for it

    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Return a text without white space and hyphens, since line ends change both."""
    return _GAPS.sub("", text)


@dataclass(frozen=True)
class _Stretch:
    """What follows a heading up to the next one; the last one runs on to the end of the text."""

    heading: str
    words: str
    is_last: bool


def _beside(stretch: _Stretch, said: Said) -> str:
    """Return what stands under a heading beside the words that belong there; of the last one, up to those words."""
    own = sorted(map(squeezed, (*said.signs, *said.advice, *said.numbers)), key=len, reverse=True)
    rest = stretch.words
    if stretch.is_last:
        rest = rest[: max((rest.rfind(words) + len(words) for words in own if words in rest), default=0)]
    for words in own:
        rest = rest.replace(words, "\n")
    return rest


def _stretches(text: str, headings: list[str]) -> list[_Stretch]:
    """Return what follows each heading, wherever and however often it stands."""
    places = sorted((match.start(), heading) for heading in headings for match in re.finditer(re.escape(heading), text))
    ends = [place for place, _ in places[1:]] + [len(text)]
    pairs = zip(places, ends, strict=False)
    return [_Stretch(heading, text[start:end], end == len(text)) for (start, heading), end in pairs]


def _on_pages(context: Context) -> Iterator[Said]:
    for level in context.catalogue.urgency_levels.values():
        if signs := tuple(flag.text for flag in context.catalogue.red_flags_at(level.id)):
            advice = tuple(filter(None, (level.action, level.closing)))
            yield Said(level.heading, signs, advice, _numbers(context) if level.id == "now" else ())


def _on_paper(context: Context, leaflet: Leaflet, root: Path) -> Iterator[str]:
    levels = [context.catalogue.urgency_levels[level] for level in leaflet.signs]
    for name in leaflet.formats:
        file, wanted = addresses.leaflet_file(leaflet.id, name), []
        for level in levels:
            if lines := context.catalogue.paper_lines(level.id, short=family(name) in SHORT_FAMILIES):
                advice = tuple(filter(None, (level.paper_action or level.action, level.closing)))
                wanted.append(Said(level.heading, lines, advice, _numbers(context) if level.id == "now" else ()))
        text = squeezed(printed_text(root / file))
        yield from (f"{file}: {fault}" for fault in missing(text, wanted))


def _numbers(context: Context) -> tuple[str, ...]:
    if context.sender.region is None:
        return ()  # the national pages lead to the list of municipalities
    phones = (area.out_of_hours(context.day) for area in context.sender.areas)
    return tuple(phone.number for phone in phones if phone and phone.number)


class _Reader(HTMLParser):
    """Reads a page once, remembering under which open elements nothing is seen."""

    def __init__(self, hidden_classes: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden_classes = hidden_classes
        self._open: list[tuple[str, _State]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words.append(" ")
        if tag not in _VOID:
            self._open.append((tag, self._state(tag, dict(attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.words.append(" ")
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._around == "seen":
            self.words.append(data)

    @property
    def _around(self) -> _State:
        return self._open[-1][1] if self._open else "seen"

    def _state(self, tag: str, attrs: dict[str, str | None]) -> _State:
        if self._around == "unseen" or (self._around == "folded" and tag != "summary") or self._is_hidden(tag, attrs):
            return "unseen"
        return "folded" if tag == "details" and "open" not in attrs else "seen"

    def _is_hidden(self, tag: str, attrs: dict[str, str | None]) -> bool:
        return (
            tag in _NO_WORDS
            or not {"hidden", "popover"}.isdisjoint(attrs)
            or attrs.get("aria-hidden") == "true"
            or _HIDING_STYLE.search(attrs.get("style") or "") is not None
            or not self._hidden_classes.isdisjoint((attrs.get("class") or "").split())
        )
