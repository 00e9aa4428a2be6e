"""One thing removed or altered in a project that is fit to be published, and publication refuses exactly that thing.

The mutations are drawn with a seed. Each says where the refusal has to stand, and nothing else may be said.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pytest

import generator
from generator import Catalogue, ContentError
from generator.model.place import Region
from generator.model.signing import Signable, signables
from generator.problems import Problem
from tests.support.complete import write_complete

TODAY = date(2026, 11, 22)
NUMBER = 240
"""Mutations in the default run, the kinds in turn; `make test-long` draws five times as many."""
AREAS, SIGNS = "data/areas.yml", "data/red_flags.yml"


@dataclass(frozen=True)
class Mutation:
    """A file's new text, and all that publication has to say of it: (file, line, words), each found at least once."""

    path: str
    text: str
    told: tuple[tuple[str, int | None, str], ...]


Mutate = Callable[[Path, Catalogue, Random], Mutation]


def line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def replaced(root: Path, path: str, match: re.Match[str], new: str, *told: tuple[str, int | None, str]) -> Mutation:
    text = (root / path).read_text("utf-8")
    return Mutation(path, text[: match.start()] + new + text[match.end() :], told)


def pick(root: Path, path: str, pattern: str, random: Random) -> re.Match[str]:
    return random.choice(list(re.finditer(pattern, (root / path).read_text("utf-8"), re.MULTILINE)))


def blocks(catalogue: Catalogue, area: str | None = None) -> Iterator[tuple[str, int | None, str]]:
    """Yield what is said of each region whose readers see the signs, or an area's number, otherwise than signed."""
    for region in catalogue.regions_on(TODAY):
        if area is None or area in region.areas:
            place = region.origin.at("signs_approved_by", 0)
            yield str(place.path), place.line, "»alarmtegnene med regionens numre« er ændret efter godkendelsen"


def signed(catalogue: Catalogue) -> list[Signable]:
    """Return what must be signed on the day; a region that begins later has its signatures, but nobody asks yet."""
    return [one for one in signables(catalogue) if not isinstance(one, Region) or one.is_valid_on(TODAY)]


def a_sign_is_removed(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    match = pick(root, SIGNS, r"^- id: \S+\n  group: .*\n(?:  .*\n)*", random)
    gone = re.search(r"proposed_level: (\w+)", match[0])
    told = list(blocks(catalogue))
    if gone and gone[1] in ("emergency", "now"):  # the only one of its level
        told.append(("content/emner/hvornaar-skal-du-ringe.md", None, f"ingen alarmtegn har niveauet »{gone[1]}«"))
    return replaced(root, SIGNS, match, "", *told)


def a_sign_is_reworded(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    flag = random.choice(list(catalogue.red_flags.values()))
    words = flag.text.split()
    words[random.randrange(len(words))] = random.choice(["måske", "aldrig", "let", "måske ikke"])
    text = (root / SIGNS).read_text("utf-8")
    match = re.search(re.escape(flag.text), text)
    assert match
    place = flag.origin.at("approved_by", 0)
    return replaced(
        root, SIGNS, match, " ".join(words), (SIGNS, place.line, "er ændret efter godkendelsen"), *blocks(catalogue)
    )


def a_sign_is_made_less_urgent(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    flag = random.choice([flag for flag in catalogue.red_flags.values() if flag.proposed_level in ("emergency", "now")])
    text = (root / SIGNS).read_text("utf-8")
    match = re.compile(rf"proposed_level: {flag.proposed_level}").search(text, text.index(f"id: {flag.id}\n"))
    assert match
    empty = ("content/emner/hvornaar-skal-du-ringe.md", None, f"ingen alarmtegn har niveauet »{flag.proposed_level}«")
    told = ((SIGNS, flag.origin.at("approved_by", 0).line, "er ændret efter godkendelsen"), empty, *blocks(catalogue))
    return replaced(root, SIGNS, match, "proposed_level: soon", *told)


def an_action_is_changed(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    match = pick(root, SIGNS, r"(?<=  action: ).*", random)
    return replaced(root, SIGNS, match, random.choice(["Vent og se.", "Ring i morgen."]), *blocks(catalogue))


def a_number_is_altered(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    match = pick(root, AREAS, r'(?<=number: ")[\d ]+(?=")', random)
    digits = [place for place, character in enumerate(match[0]) if character.isdigit()]
    place = random.choice(digits)
    digit = random.choice([d for d in "0123456789" if d != match[0][place]])
    new = match[0][:place] + digit + match[0][place + 1 :]
    area = next(a.id for a in catalogue.areas.values() if any(phone.number == match[0] for phone in a.phones))
    return replaced(root, AREAS, match, new, *blocks(catalogue, area))


def a_number_is_not_confirmed(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    match = pick(root, AREAS, r" verified_on: [\d-]+,", random)
    text = (root / AREAS).read_text("utf-8")
    return replaced(root, AREAS, match, "", (AREAS, line_of(text, match.start()), "er ikke bekræftet af regionen"))


def a_number_was_confirmed_long_ago(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    match = pick(root, AREAS, r"(?<=verified_on: )[\d-]+", random)
    text = (root / AREAS).read_text("utf-8")
    told = (AREAS, line_of(text, match.start()), "blev sidst bekræftet")
    return replaced(root, AREAS, match, f"202{random.randrange(5)}-0{random.randint(1, 9)}-11", told)


def a_number_has_ended(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    match = pick(root, AREAS, r"(?<=verified_on: )[\d-]+", random)
    text = (root / AREAS).read_text("utf-8")
    area = [a for a in catalogue.areas.values() if a.origin.at().line < line_of(text, match.start())][-1]
    told = (AREAS, None, "området har den 22. november 2026 intet at ringe til")
    ended = f"{match[0]}, valid_to: 2026-11-{random.randint(2, 21):02}"
    return replaced(root, AREAS, match, ended, told, *blocks(catalogue, area.id))


def deaf_readers_are_forgotten(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    match = pick(root, AREAS, r"^  text_route: .*\n", random)
    text = (root / AREAS).read_text("utf-8")
    area = [a for a in catalogue.areas.values() if a.origin.at().line < line_of(text, match.start())][-1]
    return replaced(root, AREAS, match, "", (AREAS, None, "døve"), *blocks(catalogue, area.id))


def a_source_is_removed(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    match = pick(root, "data/sources.yml", r"^- id: (\S+)\n(?:  .*\n)*", random)
    users = {
        (str(place.path), place.line)
        for entity in catalogue.entities()
        for location, kind, target in entity.references()
        if (kind, target) == ("source", match[1])
        for place in [entity.origin.at(*location)]
    }
    told = [(path, line, f"kilden »{match[1]}« findes ikke") for path, line in users]
    for topic in catalogue.topics.values():
        for insertion in topic.body.insertions:
            if insertion.name == "kilde" and insertion.arguments[0] == match[1]:
                told.append((str(topic.origin.path), insertion.line, match[1]))
    return replaced(root, "data/sources.yml", match, "", *told)


def a_source_no_longer_holds(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    used = {target for e in catalogue.entities() for _, kind, target in e.references() if kind == "source"}
    match = pick(root, "data/sources.yml", rf"^- id: ({'|'.join(sorted(used))})\n", random)
    ended = f"{match[0]}  valid_to: 2026-{random.randint(1, 10):02}-14\n"
    text = (root / "data/sources.yml").read_text("utf-8")
    told = ("data/sources.yml", line_of(text, match.end()), f"kilden »{match[1]}« gjaldt kun til")
    return replaced(root, "data/sources.yml", match, ended, told)


def a_sentence_loses_its_source(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    topic = random.choice([t for t in catalogue.topics.values() if t.body.cited])
    path = str(topic.origin.path)
    match = pick(root, path, r"\{\{ kilde: ([\w-]+)[^}]*\}\}", random)
    text = (root / path).read_text("utf-8")
    above = text.rfind("\n## ", 0, match.start())
    heading = line_of(text, above + 1) if above >= 0 else topic.origin.at("approved_by", 0).line
    if text.count(f"kilde: {match[1]}") > 1:
        return replaced(root, path, match, "", (path, heading, "er ændret efter godkendelsen"))
    place = topic.origin.at("sources", topic.sources.index(match[1]))
    return replaced(root, path, match, "", (path, place.line, "bruges ikke i teksten"))


def a_sentence_is_changed(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    path = str(random.choice([t for t in catalogue.topics.values() if "\n## " in f"\n{t.body.source}"]).origin.path)
    text = (root / path).read_text("utf-8")
    start = text.index("\n## ")
    match = random.choice([m for m in re.finditer(r"(?<=[a-zæøå])\.(?=\s|\{\{)", text) if m.start() > start])
    heading = line_of(text, text.rindex("\n## ", 0, match.start()) + 1)
    return replaced(root, path, match, " som regel.", (path, heading, "er ændret efter godkendelsen"))


def a_lead_is_changed(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    topic = random.choice(list(catalogue.topics.values()))
    path = str(topic.origin.path)
    match = pick(root, path, r"(?<=^summary: ).*", random)
    told = (path, topic.origin.at("approved_by", 0).line, "»begyndelsen« er ændret")
    return replaced(root, path, match, "Det går altid over.", told)


def _of_a_text(key: str, new: str, said: str) -> Mutate:
    def mutate(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
        path = str(random.choice([text for text in signed(catalogue) if hasattr(text, "review_due")]).origin.path)
        match = pick(root, path, rf"(?<=^{key}: ).*", random)
        text = (root / path).read_text("utf-8")
        day = f"202{random.randrange(6)}-{random.randint(1, 12):02}-0{random.randint(1, 9)}"
        return replaced(root, path, match, new or day, (path, line_of(text, match.start()), said))

    return mutate


def an_approval_is_removed(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    path = str(random.choice(signed(catalogue)).origin.path)
    match = pick(root, path, r"^ *(?:signs_)?approved_by:\n(?: *- \{.*\}\n)+", random)
    key = match[0].partition(":")[0]
    return replaced(root, path, match, f"{key}: null\n", (path, None, "godkendt"))


def an_approval_of_other_words(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    path = str(random.choice(signed(catalogue)).origin.path)
    match = pick(root, path, r'(?<=text: ")[0-9a-f]{16}(?="\})', random)
    return replaced(root, path, match, f"{random.getrandbits(64):016x}", (path, None, "er ændret efter godkendelsen"))


def an_approval_that_has_run_out(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
    path = str(random.choice(signed(catalogue)).origin.path)
    match = pick(root, path, r'on: 2026-11-01(?=, text: ")', random)
    until = f"{match[0]}, until: 2026-11-{random.randint(2, 21):02}"
    return replaced(root, path, match, until, (path, None, "gjaldt kun til den"))


def a_region_lacks(key: str, said: str) -> Mutate:
    def mutate(root: Path, catalogue: Catalogue, random: Random) -> Mutation:
        path = str(random.choice(catalogue.regions_on(TODAY)).origin.path)
        return replaced(root, path, pick(root, path, rf"^{key}: .*\n", random), "", (path, None, said))

    return mutate


KINDS: dict[str, Mutate] = {
    "sign removed": a_sign_is_removed,
    "sign reworded": a_sign_is_reworded,
    "sign made less urgent": a_sign_is_made_less_urgent,
    "action changed": an_action_is_changed,
    "number altered": a_number_is_altered,
    "number not confirmed": a_number_is_not_confirmed,
    "number confirmed long ago": a_number_was_confirmed_long_ago,
    "number ended": a_number_has_ended,
    "deaf readers forgotten": deaf_readers_are_forgotten,
    "source removed": a_source_is_removed,
    "source no longer holds": a_source_no_longer_holds,
    "sentence without its source": a_sentence_loses_its_source,
    "sentence changed": a_sentence_is_changed,
    "lead changed": a_lead_is_changed,
    "review before the last": _of_a_text("review_due", "", "ligger før den sidste"),
    "next review gone": _of_a_text("review_due", "null", "næste gennemgang er ikke aftalt"),
    "last review gone": _of_a_text("last_reviewed", "null", "teksten er aldrig gennemgået"),
    "owner gone": _of_a_text("owner", "null", "ingen er ansvarlig for teksten"),
    "approval removed": an_approval_is_removed,
    "approval of other words": an_approval_of_other_words,
    "approval run out": an_approval_that_has_run_out,
    "mandate gone": a_region_lacks("publisher_mandate", "ingen i regionen har besluttet"),
    "statement gone": a_region_lacks("accessibility_statement", "tilgængelighedserklæringen mangler"),
    "contact gone": a_region_lacks("contact", "loven kræver både en skriftlig og en telefonisk kontakt"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_complete(tmp_path_factory.mktemp("komplet"))


@pytest.fixture(scope="module")
def complete(project: Path) -> Catalogue:
    return generator.load(project)


def refusals(root: Path) -> list[Problem]:
    try:
        return generator.check(generator.load(root), TODAY, "publish")
    except ContentError as error:
        return list(error.problems)


def tried(project: Path, complete: Catalogue, kind: str, seed: int) -> None:
    mutation = KINDS[kind](project, complete, Random(f"{kind} {seed}"))
    path = project / mutation.path
    before = path.read_text("utf-8")
    assert mutation.text != before
    try:
        path.write_text(mutation.text, "utf-8")
        said = refusals(project)
    finally:
        path.write_text(before, "utf-8")
    assert said, f"{kind} {seed} would have been published"
    for place, line, words in mutation.told:
        assert any(_is(problem, place, line, words) for problem in said), (kind, seed, place, line, words, said)
    strange = [problem for problem in said if not any(_is(problem, *told) for told in mutation.told)]
    assert strange == [], (kind, seed)


def _is(problem: Problem, path: str, line: int | None, words: str) -> bool:
    position = problem.position
    return str(position.path) == path and line in (None, position.line) and words in problem.message


def test_nothing_stands_in_the_way_of_the_project_as_it_is(project: Path) -> None:
    assert refusals(project) == []


@pytest.mark.whole
@pytest.mark.parametrize("kind", KINDS)
def test_publication_refuses_what_was_removed_or_altered(project: Path, complete: Catalogue, kind: str) -> None:
    for seed in range(NUMBER // len(KINDS)):
        tried(project, complete, kind, seed)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_publication_refuses_five_times_as_many(project: Path, complete: Catalogue, kind: str) -> None:
    for seed in range(NUMBER // len(KINDS), 6 * NUMBER // len(KINDS)):
        tried(project, complete, kind, seed)


def test_there_are_enough_of_them() -> None:
    assert NUMBER // len(KINDS) * len(KINDS) >= 200
