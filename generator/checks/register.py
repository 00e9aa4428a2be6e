"""The register of printed codes can be trusted."""

from collections.abc import Iterator

from generator.codes import ALPHABET, is_valid
from generator.model.catalogue import Catalogue
from generator.problems import Problem


def check_register(catalogue: Catalogue) -> Iterator[Problem]:
    """A code that its own check character denies would send a reader who typed it right to somewhere else."""
    in_use: dict[tuple[str, str, str, str], str] = {}
    for edition in catalogue.editions.values():
        if not is_valid(edition.id):
            message = f"»{edition.id}« er ikke en gyldig kode"
            remedy = f"træk en ny; en kode har seks tegn af {ALPHABET}, og det sidste er et kontroltegn"
            yield edition.problem(message, remedy, "id")
        place = (edition.leaflet, edition.sender, edition.language, edition.format_family)
        if edition.status in ("draft", "current") and in_use.setdefault(place, edition.id) != edition.id:
            message = f"»{edition.id}« og »{in_use[place]}« er til den samme folder fra den samme afsender"
            yield edition.problem(message, "kun én kode ad gangen kan være i brug", "status")
