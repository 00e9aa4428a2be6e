"""The bibliography that every fact cites, and the videos that pages lead out to."""

from typing import Literal, NamedTuple

from generator.model.record import Citation, Day, Entity, InterventionId, Lasting, NumberedText, RegionId, Text, Url

INFERRED = {"publisher": "udgiver", "title": "titel", "year": "årstal"}
_UNBRACKETED = str.maketrans("", "", "[]")


class Bare(NamedTuple):
    """What a source is called, in words that can be said."""

    publisher: str
    title: str
    year: str


class Source(Entity, Lasting):
    """A document or page that facts rest on, for as long as it is known to hold."""

    title: NumberedText
    """As the source has it, even where a phone number is part of it."""
    publisher: Text
    language: Literal["da", "en"] = "da"
    """What the title is written in; a screen reader says it in that language."""
    year: Text | None = None
    """As far as known; a year that is inferred stands in brackets, as in bibliographies, as do publisher and title."""
    url: Url | None = None
    kind: Literal["report", "recommendation", "guideline", "note", "audit", "law", "article", "website", "list"]
    extract: NumberedText | None = None
    """Name of the text extract that line numbers in citations count in."""
    status: Literal["current", "superseded", "unknown"] = "unknown"
    seen: Literal["read", "second-hand"]
    """Whether the source itself was read, or only an account of it."""
    retrieved_on: Day | None = None
    note: Text | None = None

    @property
    def bare(self) -> Bare:
        """Return publisher, title and year without the brackets, as they are said."""
        return Bare(*(str(said or "").translate(_UNBRACKETED) for said in (self.publisher, self.title, self.year)))

    @property
    def inferred(self) -> tuple[str, ...]:
        """Return what the document itself does not say: those of publisher, title and year that stand in brackets."""
        return tuple(name for name in ("publisher", "title", "year") if "[" in (getattr(self, name) or ""))

    @property
    def dated(self) -> str:
        """Its year, and what of publisher, title and year is inferred, in Danish; nothing where neither is known."""
        inferred = f"{' og '.join(INFERRED[name] for name in self.inferred)} udledt" if self.inferred else ""
        return ", ".join(filter(None, (self.bare.year, inferred)))

    @property
    def reservations(self) -> tuple[str, ...]:
        """What a reader must know before leaning on it, in Danish."""
        second_hand, superseded = self.seen == "second-hand", self.status == "superseded"
        return (*(("kun læst i omtale",) if second_hand else ()), *(("afløst",) if superseded else ()))


class Video(Entity, Lasting):
    """A film somewhere else, shown while it is there as a card that says where it opens and in what language."""

    title: Text
    title_is_official: bool
    """False where the source describes the film without naming it."""
    sender: Text
    region: RegionId | None = None
    audience: Literal["citizens", "clinicians"]
    language: Text
    opens_at: Text
    """The service that the link leads to, as a reader would name it."""
    url: Url
    about: Text
    intervention: InterventionId
    citations: tuple[Citation, ...]
