"""What the program rests on: a bill of materials of the lock file, its licences, and what is known against it.

`python -m tests.support.supply bill` writes sbom.json (CycloneDX 1.6); `… audit` asks a database of known
vulnerabilities and ends with 0 where it knows of none, 1 where it knows of some, 2 where it could not be asked.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tests.support.built import ROOT

LOCK = ROOT / "requirements.lock"
BILL = ROOT / "sbom.json"
_ENTRY = re.compile(r"^([a-z0-9.-]+)==([^\s;\\]+)((?:.*\\\n)(?: +--hash=.*\n)+)", re.MULTILINE)
_SPDX = {
    "MIT License": "MIT", "Apache Software License": "Apache-2.0", "BSD License": "BSD",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}  # fmt: skip
"""What classifiers call licences, and what others do. »BSD« is as much as some packages say: two clauses or three."""


@dataclass(frozen=True)
class Part:
    """One thing that the program is made with, or that lies in what it makes."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...] = ()
    is_ours_to_pass_on: bool = False
    """Whether it lies in the site or in leaflets, so that whoever publishes them passes it on."""


def parts() -> Iterator[Part]:
    """Yield every package of the lock file, and the typeface, which is the one thing of others' that ships."""
    for name, version, rest in _ENTRY.findall(LOCK.read_text("utf-8")):
        yield Part(name, version, _licence(name), tuple(re.findall("sha256:([0-9a-f]{64})", rest)))
    faces = sorted((ROOT / "generator" / "leaflets" / "fonts").glob("*.ttf"))
    digests = tuple(hashlib.sha256(face.read_bytes()).hexdigest() for face in faces)
    yield Part("source-sans-3", "3.052", "OFL-1.1", digests, is_ours_to_pass_on=True)


def _licence(name: str) -> str:
    """Return the licence that the package declares; nothing where it is not for this machine, or declares none."""
    try:
        said: PackageMetadata = metadata(name)
    except PackageNotFoundError:
        return ""
    named = [said[key] for key in ("License-Expression", "License") if key in said]
    if found := next((text for text in named if text and text != "UNKNOWN" and len(text) < 60), ""):
        return _SPDX.get(found, found)
    classified = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License")]
    return next((_SPDX[name] for name in classified if name in _SPDX), "")


def bill() -> dict[str, Any]:
    """Return the bill of materials as CycloneDX has it; the same for the same lock file, so without a time."""
    made = json.loads(JsonV1Dot6(Bom(components=map(_component, parts()))).output_as_string())
    del made["metadata"]["timestamp"]
    made["metadata"]["component"] = {"type": "application", "name": "borgerinfo", "licenses": [_OURS]}
    made["serialNumber"] = f"urn:uuid:{uuid5(NAMESPACE_URL, LOCK.read_text('utf-8'))}"
    assert isinstance(made, dict)
    return made


_OURS = {"license": {"id": "EUPL-1.2"}}


def _component(part: Part) -> Component:
    declared = LicenseAcknowledgement.DECLARED
    licences = (
        [LicenseFactory().make_from_string(part.licence, license_acknowledgement=declared)] if part.licence else ()
    )
    purl = None if part.is_ours_to_pass_on else PackageURL("pypi", None, part.name, part.version)
    return Component(
        name=part.name, version=part.version, bom_ref=f"{part.name}@{part.version}", purl=purl, licenses=licences,
        type=ComponentType.FILE if part.is_ours_to_pass_on else ComponentType.LIBRARY,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in part.hashes],
    )  # fmt: skip


def audit(*options: str) -> tuple[int, str]:
    """Ask what is known against the packages of the lock file; return how it ends, and what there is to say."""
    tool = [str(Path(sys.executable).with_name("pip-audit")), "--requirement", str(LOCK), "--require-hashes"]
    with TemporaryDirectory() as directory:
        out = Path(directory, "fundet.json")
        words = ["--disable-pip", "--progress-spinner", "off", "--format", "json", "--output", str(out), *options]
        done = subprocess.run([*tool, *words], capture_output=True, text=True, check=False)
        if not out.exists():
            why = (done.stderr.strip().splitlines() or ["intet svar"])[-1]
            return 2, f"Ikke undersøgt: databasen over kendte sårbarheder kan ikke nås herfra.\n  {why[:300]}"
        asked = json.loads(out.read_text("utf-8"))["dependencies"]
    known = [(one["name"], one["version"], bug["id"], bug["fix_versions"]) for one in asked for bug in one["vulns"]]
    if not known:
        return 0, f"Ingen kendte sårbarheder i {len(asked)} pakker."
    rows = [f"  {name} {version}: {bug} – rettet i {', '.join(fixed) or 'ingen udgave endnu'}"
            for name, version, bug, fixed in known]  # fmt: skip
    return 1, "\n".join([f"Kendte sårbarheder ({len(known)}):", *rows, "Ret pyproject.toml, og kør »make lock«."])


def main(word: str) -> int:
    """Do what the word says, and say what came of it."""
    if word == "bill":
        BILL.write_text(json.dumps(bill(), ensure_ascii=False, indent=1) + "\n", "utf-8")
        print(f"{len(list(parts()))} dele med licens og fingeraftryk i {BILL.name}")
        return 0
    there = os.environ.get("OSV_URL")  # a mirror, where the database itself cannot be reached
    ended, said = audit("--vulnerability-service", "osv", *(("--osv-url", there) if there else ()))
    print(said)
    return ended


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
