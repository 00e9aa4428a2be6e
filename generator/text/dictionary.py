"""The Danish dictionary of the system, where it has one: hunspell's two files, read without hunspell.

The dictionary is Stavekontrolden's (GPL/LGPL/MPL), in Debian and Ubuntu the package hunspell-da. It is read where it
lies and never copied, so nothing of it is shipped. Only what Danish needs of the format is understood: numbered
suffixes, one upon another, and the flags for the parts of compounds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_PLACES = tuple(map(Path, (
    "/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell", "/Library/Spelling",
    "/opt/homebrew/share/hunspell",
)))  # fmt: skip
"""Where systems keep dictionaries."""
_MARKS = {"FORBIDDENWORD", "NEEDAFFIX", "ONLYINCOMPOUND", "COMPOUNDBEGIN", "COMPOUNDMIDDLE", "COMPOUNDEND"}
_LONGEST = 40
"""Letters; what is longer is an address or a slip of the keyboard."""
_PARTS = 4
"""The most parts of a compound."""

Flags = frozenset[str]


@dataclass(frozen=True)
class Suffix:
    """One ending: what it is called, what it takes away, upon which stems it stands, and what may follow it."""

    flag: str
    strip: str
    stem: re.Pattern[str]
    flags: Flags


@dataclass(frozen=True)
class Dictionary:
    """Stems with their flags, and the endings by their letters."""

    stems: Mapping[str, str] = field(repr=False)
    suffixes: Mapping[str, Sequence[Suffix]] = field(repr=False)
    marks: Mapping[str, str]
    _known: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    def knows(self, word: str) -> bool:
        """Say whether a word is spelled as the dictionary has it, bent as it may be, or made of words it has."""
        if word not in self._known:
            self._known[word] = self.has(word) or self._is_compound(word)
        return self._known[word]

    def has(self, word: str) -> bool:
        """Say whether the dictionary itself has the word, bent as it may be, without making compounds."""
        unfit = {self.marks.get("NEEDAFFIX"), self.marks.get("ONLYINCOMPOUND"), self.marks.get("FORBIDDENWORD")}
        return any(not unfit & flags for depth in range(3) for flags in self._readings(word, depth))

    def _readings(self, word: str, depth: int) -> Iterator[Flags]:
        """Yield the flags of the word as a stem, and as a stem with up to `depth` endings."""
        if word in self.stems:
            yield frozenset(self.stems[word].split(","))
        for cut in range(len(word), 0, -1) if depth else ():
            for suffix in self.suffixes.get(word[cut:], ()):
                stem = word[:cut] + suffix.strip
                may_be = stem != word and (depth > 1 or stem in self.stems) and suffix.stem.search(stem)
                if may_be and any(suffix.flag in flags for flags in self._readings(stem, depth - 1)):
                    yield suffix.flags

    def _is_compound(self, word: str, parts: int = _PARTS) -> bool:
        """Say whether the word is a first part, with or without s or e after it, and a word that may stand last."""
        if len(word) > _LONGEST or parts < 2:
            return False
        return any(
            self._may_begin(word[:cut]) and (self._may_end(word[cut:]) or self._is_compound(word[cut:], parts - 1))
            for cut in range(2, len(word) - 1)
        )

    def _may_begin(self, part: str) -> bool:
        cuts = [(part, ""), (part[:-1], part[-1])] if part[-1] in "se" else [(part, "")]
        return any(self._can(stem, ending, "COMPOUNDBEGIN") for stem, ending in cuts)

    def _may_end(self, part: str) -> bool:
        end = self.marks.get("COMPOUNDEND", "")
        return any(end in flags for flags in self._readings(part, 2)) or self._can(part, "", "COMPOUNDEND")

    def _can(self, stem: str, ending: str, mark: str) -> bool:
        """Say whether the stem takes an ending (or none at all) that makes it such a part of a compound."""
        wanted = {s.flag for s in self.suffixes.get(ending, ()) if self.marks.get(mark, "") in s.flags}
        return bool(wanted) and any(wanted & flags for flags in self._readings(stem, 0))


def parse_dictionary(affixes: str, words: str) -> Dictionary:
    """Return the dictionary of a pair of files; lines that Danish does not need are passed over."""
    suffixes: dict[str, list[Suffix]] = {}
    for flag, strip, added, stem in re.findall(r"^SFX (\S+) (\S+) (\S+) (\S+)", affixes, re.MULTILINE):
        letters, _, flags = added.partition("/")
        taken, ending = ("" if part == "0" else part for part in (strip, letters))
        pattern = re.compile(f"{'' if stem == '.' else stem}$")
        suffixes.setdefault(ending, []).append(Suffix(flag, taken, pattern, frozenset(flags.split(","))))
    stems: dict[str, str] = {}
    for stem, flags in re.findall(r"^([^/\t\n]+?)(?:/([\d,]+))?(?:[ \t]+\w\w:.*)?$", words, re.MULTILINE):
        stems[stem] = f"{stems[stem]},{flags}" if stem in stems else flags
    marks = {name: flag for name, flag in re.findall(r"^([A-Z]+) (\d+)$", affixes, re.MULTILINE) if name in _MARKS}
    return Dictionary(stems, suffixes, marks)


def is_installed() -> bool:
    """Say whether the system has a Danish dictionary, without reading it."""
    return bool(edition())


def edition() -> tuple[tuple[str, int, int], ...]:
    """Return what tells one edition of the dictionary from another, without reading it: files, sizes and times."""
    for place in _PLACES:
        found = [path for name in ("da_DK.aff", "da_DK.dic") if (path := place / name).is_file()]
        if len(found) == 2:
            return tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in found)
    return ()


@cache
def danish_dictionary() -> Dictionary | None:
    """Return the system's Danish dictionary, or None where there is none; read once."""
    for place in _PLACES:
        affixes, words = place / "da_DK.aff", place / "da_DK.dic"
        try:
            return parse_dictionary(affixes.read_text("utf-8"), words.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            continue
    return None
