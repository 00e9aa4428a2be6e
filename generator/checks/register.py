"""The register of printed codes can be trusted, and every leaflet has its codes."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.codes import is_valid
from generator.model.catalogue import Catalogue
from generator.problems import Position, Problem
from generator.register import first_fault, missing_codes

REGISTER = PurePosixPath("data/editions.yml")


def check_chain(catalogue: Catalogue) -> Iterator[Problem]:
    """A code stands on paper in people's homes; the file that says where it leads may grow and nothing else."""
    if catalogue.editions and (fault := first_fault(catalogue.register)):
        line, message, remedy = fault
        yield Problem(Position(REGISTER, line), message, remedy)


def check_codes(catalogue: Catalogue) -> Iterator[Problem]:
    """A code that its own check character denies would send a reader who typed it right to somewhere else."""
    in_use: dict[tuple[str, str, str, str], str] = {}
    for edition in catalogue.editions.values():
        if not is_valid(edition.id):
            remedy = "lav en ny med »borgerinfo new code«; det sidste tegn er et kontroltegn"
            yield edition.problem(f"»{edition.id}« er ikke en gyldig kode", remedy, "id")
        place = (edition.leaflet, edition.sender, edition.language, edition.format_family)
        if edition.status in ("draft", "current") and in_use.setdefault(place, edition.id) != edition.id:
            message = f"»{edition.id}« og »{in_use[place]}« er til den samme folder fra den samme afsender"
            yield edition.problem(message, "kun én kode ad gangen kan være i brug", "status")


def check_every_leaflet_has_codes(catalogue: Catalogue) -> Iterator[Problem]:
    """Paper without a code cannot be called back, and cannot tell its reader that it has grown old."""
    for leaflet in catalogue.leaflets.values():
        for sender, paper_format in missing_codes(catalogue, leaflet):
            message = f"folderen har ingen kode til {sender} ({paper_format})"
            remedy = f"kør: .venv/bin/borgerinfo new code {leaflet.id} --region {sender}"
            yield leaflet.problem(message, remedy, "senders", leaflet.senders.index(sender))
