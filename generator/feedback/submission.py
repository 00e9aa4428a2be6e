"""What may be sent: three closed questions, a short text, and what page or leaflet it is about."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.feedback import privacy
from generator.feedback.sites import Region, Site

TEXT_LIMIT = 500
"""Characters, a line break counting as one; browsers count it as two, so the page is never the looser of the two."""
QUESTIONS = {
    "found": "Kunne du finde det, du ledte efter?",
    "clear": "Var det til at forstå?",
    "call": "Fandt du, hvornår du skal ringe?",
}
ANSWERS = {"yes": "Ja", "partly": "Delvist", "no": "Nej"}
TRAP = "hjemmeside"
"""A field that people cannot see; what is written in it was written by a machine."""
FIELDS = frozenset({"region", "about", *QUESTIONS, "text", "token", "id", "work", TRAP})
WRONG_PAGE = "Formularen passer ikke til siden. Åbn siden igen, og prøv en gang til."


@dataclass(frozen=True)
class Fault:
    """What the writer must change: which field, and a sentence that says how."""

    field: str
    says: str


@dataclass(frozen=True)
class Submission:
    """A form as it was sent, its text cleaned and, where the region has chosen so, masked."""

    region: Region
    page: str = ""
    edition: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    text: str = field(default="", repr=False)
    token: str = ""
    number: str = ""
    work: str = ""
    trapped: bool = False

    @property
    def mark(self) -> str:
        """What tells this form from every other: the number that a script gave it, or the token it was shown with."""
        return self.number or self.token

    @property
    def content(self) -> bytes:
        """Everything that makes it this message, in bytes that no other message has."""
        parts = (self.region.id, self.page, self.edition, *(self.answers.get(q, "") for q in QUESTIONS), self.text)
        encoded = [part.encode() for part in parts]
        return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)

    @property
    def receipt(self) -> bytes:
        """The same for the same message under the same mark, and for nothing else."""
        return hashlib.blake2b(self.mark.encode() + b"\0" + self.content, digest_size=16).digest()


def read_submission(
    sent: Mapping[str, str], site: Site, contact_data: Mapping[str, str]
) -> tuple[Submission | None, list[Fault]]:
    """Return the submission, or None for a region that is not ours, with everything its writer must change."""
    region = site.regions.get(sent.get("region", ""))
    if region is None or not sent.keys() <= FIELDS:
        return None, [Fault("about", WRONG_PAGE)]
    faults: list[Fault] = []
    page, edition = _subject(sent.get("about", ""), region, faults)
    answers = {q: sent[q] for q in QUESTIONS if sent.get(q) in ANSWERS}
    text = _text(sent.get("text", ""), site, contact_data.get(region.id, "refuse"), faults)
    if any(sent.get(q) and q not in answers for q in QUESTIONS):
        faults.append(Fault("found", "Vælg et af svarene ved hvert spørgsmål."))
    if not faults and not answers and not text:
        faults.append(Fault("found", "Formularen er tom. Svar på mindst ét spørgsmål, eller skriv noget."))
    number = sent.get("id", "")
    return Submission(
        region, page, edition, answers, text, sent.get("token", ""),
        number if re.fullmatch(r"[\w-]{8,64}", number, re.ASCII) else "", sent.get("work", ""),
        trapped=bool(sent.get(TRAP)),
    ), faults  # fmt: skip


def _subject(about: str, region: Region, faults: list[Fault]) -> tuple[str, str]:
    """Return (page, edition): one of the region's pages, one of its leaflets by its code, or neither."""
    kind, _, name = about.partition(":")
    if not about:
        return "", ""
    if kind == "page" and name in region.pages:
        return name, ""
    if kind == "leaflet" and name.lower() in region.leaflets:
        return "", name.lower()
    faults.append(Fault("about", WRONG_PAGE))
    return "", ""


def _text(written: str, site: Site, contact_data: str, faults: list[Fault]) -> str:
    text = clean(written)
    if len(text) > TEXT_LIMIT:
        faults.append(Fault("text", f"Teksten er på {len(text)} tegn. Skriv højst {TEXT_LIMIT}."))
        text = text[: 4 * TEXT_LIMIT]
    found = privacy.findings(text, site.public_numbers)
    kinds = {one.kind for one in found}
    if privacy.CPR in kinds:
        faults.append(Fault(
            "text", "Det ligner et CPR-nummer. Slet det, og send igen. Vi har ikke gemt noget af det, du skrev.",
        ))  # fmt: skip
    elif privacy.NEAR_CPR in kinds:
        faults.append(Fault(
            "text", "Er det et CPR-nummer, der mangler et ciffer? Slet det, eller skriv det om, og send igen.",
        ))  # fmt: skip
    if kinds & privacy.MASKS.keys():
        if contact_data == "mask":
            return privacy.masked(text, found)
        faults.append(Fault(
            "text", "Der står en e-mail eller et telefonnummer. Slet det, og send igen. Vi kan ikke svare dig.",
        ))  # fmt: skip
    return text


def clean(text: str) -> str:
    """Return the text with one kind of line break, and without what cannot be seen or what turns text around."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.replace("\n", "").isprintable():
        text = "".join(c for c in text if c in "\n\t\u200d" or unicodedata.category(c) not in _UNSEEN)
    return text.strip()


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
