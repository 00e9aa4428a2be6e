"""Who is asked when a file changes: the roles that answer for what stands in it, by their names on GitHub."""

from collections.abc import Iterator

from generator.model.approval import Approval
from generator.model.catalogue import Catalogue
from generator.model.record import Entity

FILE = ".github/CODEOWNERS"
NOTE = """\
# Hvem GitHub spørger, når en fil ændres. Skrives af: .venv/bin/borgerinfo codeowners
# Rollerne står under owner og approved_by i filerne, deres navne på GitHub under reviewers i data/site.yml.
# Filer, som ingen har ansvaret for endnu (owner: null), står her ikke.
"""


def codeowners(catalogue: Catalogue) -> str:
    """Return the file: a line for each file that somebody answers for, a comment where a role has no name yet."""
    handles = {reviewer.role: reviewer.handle for reviewer in catalogue.settings.reviewers}
    roles = _roles(catalogue)
    lines = [line for path in sorted(roles) for line in _lines(path, roles[path], handles)]
    return NOTE + "".join(f"{line}\n" for line in lines)


def _roles(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the roles that answer for something in each file, in the order of the file, each once."""
    found: dict[str, dict[str, None]] = {}
    for entity in catalogue.entities():
        for role in _roles_of(entity):
            found.setdefault(str(entity.origin.path), {})[role] = None
    return {path: list(roles) for path, roles in found.items()}


def _roles_of(entity: Entity) -> Iterator[str]:
    if owner := getattr(entity, "owner", None):
        yield owner
    for _, record in entity.within():
        if isinstance(record, Approval):
            yield record.role


def _lines(path: str, roles: list[str], handles: dict[str, str]) -> Iterator[str]:
    for role in roles:
        if role not in handles:
            yield f"# /{path}: »{' '.join(role.split())}« har intet navn på GitHub endnu"
    if known := dict.fromkeys(handles[role] for role in roles if role in handles):
        yield f"/{path} {' '.join(known)}"
