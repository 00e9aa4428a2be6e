"""Projects to be built: the real material, and as many pages of Danish-like words as wanted, both without leaflets."""

import random
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS_ON_A_PAGE = 400
SENDERS = 6
"""Five regions and the nation: each has a page for every topic."""
EMPTIED = {
    "editions.yml": "editions",
    "videos.yml": "videos",
    "search_words.yml": "search_words",
    "interventions/*.yml": "interventions",
}
"""Facts that a generated project goes without: they would make the small site mostly pages of another kind."""


def whole(directory: Path) -> Path:
    """Copy the real material, hidden files and all."""
    for name in ("content", "data", "overrides"):
        shutil.copytree(ROOT / name, directory / name)
    shutil.copy(ROOT / "mkdocs.yml", directory)
    return directory


def real(directory: Path) -> Path:
    """Copy the real material without its leaflets: what pages cost by themselves."""
    whole(directory)
    shutil.rmtree(directory / "data" / "leaflets")
    _empty(directory, "editions.yml")
    (directory / "data" / "seal.yml").unlink()
    for path in (directory / "data" / "frozen").glob("*.yml"):
        path.unlink()
    for path in (directory / "content").rglob("*.md"):
        path.write_text(re.sub(r"\{\{ folder: .*?\}\}\n", "", path.read_text("utf-8")), "utf-8")
    return directory


def generated(directory: Path, pages: int) -> Path:
    """Write a project of about as many pages: the real facts and looks, with texts about nothing."""
    real(directory)
    vocabulary = _vocabulary(directory)
    for pattern in EMPTIED:
        _empty(directory, pattern)
    for name in (
        "content/fagfolk",
        "content/foldere",
        "data/pathways",
        "data/standard_texts",
        "data/figures",
        "data/comparisons",
    ):
        shutil.rmtree(directory / name)
    _keep_only_the_help_topic(directory / "content" / "emner")
    fixed = SENDERS * (len(list((directory / "content").rglob("*.md"))) + 2) + 4 * (SENDERS - 1) + 1
    count = max(4, round((pages - fixed) / SENDERS))
    chance = random.Random(count)
    for number in range(count):
        path = directory / "content" / "emner" / f"{_name(number)}.md"
        path.write_text(_text(number, count, vocabulary, chance), "utf-8")
    return directory


def change_a_sentence(project: Path, number: int) -> None:
    """Add a sentence to one text, as an author would."""
    path = sorted((project / "content" / "emner").glob("*.md"))[1]
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nDet her er sætning nummer {number}, som ikke stod her før.\n")


def change_a_printed_sentence(project: Path, number: int) -> None:
    """Change a sentence of the text that stands on most sheets, as an author would."""
    sheets: dict[str, int] = {}
    for leaflet in (project / "data" / "leaflets").glob("*.yml"):
        words = leaflet.read_text("utf-8")
        for name in re.findall(r"topic: ([a-z-]+)", words):
            sheets[name] = sheets.get(name, 0) + words.count(",", words.index("formats:"), words.index("origin_notice"))
    (path,) = (project / "content").rglob(f"{max(sheets, key=lambda name: sheets[name])}.md")
    head, mark, body = path.read_text("utf-8").partition("\n---\n")
    sentence = re.compile(r"^(\w[^\n{\[*]*?)\.( |$)", re.MULTILINE)
    path.write_text(head + mark + sentence.sub(rf"\1, nr. {number}.\2", body, count=1), "utf-8")


def change_a_number(project: Path, number: int) -> None:
    """Give one area another number to call when the doctor is closed."""
    path = project / "data" / "areas.yml"
    found = re.compile(r'(number: ")[0-9 ]{11}(")')
    path.write_text(found.sub(rf"\g<1>70 00 00 {number:02}\2", path.read_text("utf-8"), count=1), "utf-8")


def _empty(directory: Path, pattern: str) -> None:
    for path in (directory / "data").glob(pattern):
        path.write_text(f"{EMPTIED[pattern]}: []\n", "utf-8")


def _vocabulary(directory: Path) -> list[str]:
    words: set[str] = set()
    for path in (directory / "content" / "emner").glob("*.md"):
        body = path.read_text("utf-8").split("\n---\n", 1)[1]
        words |= set(re.findall(r"\b[a-zæøå]{2,14}\b", re.sub(r"\{\{.*?\}\}|\(.*?\)", "", body)))
    return sorted(words)


def _keep_only_the_help_topic(directory: Path) -> None:
    for path in directory.glob("*.md"):
        if path.stem != "hvornaar-skal-du-soege-hjaelp":
            path.unlink()
            continue
        text = re.sub(r"^next: .*$", "next: []", path.read_text("utf-8"), flags=re.MULTILINE)
        path.write_text(re.sub(r"\[([^\]]*)\]\([a-z-]+\.md[^)]*\)", r"\1", text), "utf-8")


def _name(number: int) -> str:
    return f"emne-{number:04}"


def _text(number: int, count: int, vocabulary: list[str], chance: random.Random) -> str:
    """Return a text shaped like the real ones: front matter, four sections with a list, links and citations."""
    questions = [f"{_sentence(vocabulary, chance)[:-1]} {number}-{section}?" for section in range(4)]
    others = [_name((number + step) % count) for step in (1, 2, 3)]
    body = "\n\n".join(
        _section(q, vocabulary, chance, other) for q, other in zip(questions, [*others, others[0]], strict=True)
    )
    listed = "\n".join(f"- {question}" for question in questions)
    return (
        f"---\ntitle: Emne {number}\npromise: {_sentence(vocabulary, chance)[:-1]}\n"
        f"summary: {_sentence(vocabulary, chance)}\noverview:\n- {_sentence(vocabulary, chance)}\n"
        f"- {_sentence(vocabulary, chance)}\naudience: citizens\nlanguage: da\norder: {100 + number}\n"
        f"questions:\n{listed}\nowner: null\nsources: [sst-2025, nice-ng59]\nnext: [{', '.join(others)}]\n"
        f"touches_mood: false\nlast_reviewed: null\nreview_due: null\napproved_by: null\n---\n{body}\n"
    )


def _section(question: str, vocabulary: list[str], chance: random.Random, other: str) -> str:
    def sentences(number: int) -> str:
        return " ".join(_sentence(vocabulary, chance) for _ in range(number))

    items = "\n".join(f"- **{chance.choice(vocabulary)}:** {sentences(1)}" for _ in range(3))
    return (
        f"## {question}\n\n{sentences(3)}{{{{ kilde: sst-2025 }}}} [{chance.choice(vocabulary)}]({other}.md)\n\n"
        f"{items}\n\n{sentences(2)}{{{{ kilde: nice-ng59 }}}}"
    )


def _sentence(vocabulary: list[str], chance: random.Random) -> str:
    words = chance.choices(vocabulary, k=WORDS_ON_A_PAGE // 42 + chance.randint(-3, 3))
    return f"{' '.join(words).capitalize()}."
