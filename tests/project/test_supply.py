"""What the program rests on is known: every part with its hash and licence, and what ships with whose leave."""

import io
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.support.built import ROOT, site
from tests.support.supply import LOCK, audit, bill, parts

pytestmark = pytest.mark.whole

LICENCES = {
    "MIT", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MPL-2.0", "PSF-2.0",
    "Apache-2.0 OR BSD-2-Clause", "OFL-1.1",
    "BSD-3-Clause, Apache-2.0, dependency licenses",  # PDFium and what it is built from: installed, never passed on
}  # fmt: skip
"""What a part may be under; the EUPL's article 5 and appendix let it be combined with all of them."""


class TestTheBill:
    def test_it_names_every_package_of_the_lock_file_with_every_hash(self) -> None:
        text = LOCK.read_text("utf-8")
        pinned = re.findall(r"^(\S+?)==(\S+)", text, re.MULTILINE)
        named = [(part.name, part.version) for part in parts() if not part.is_ours_to_pass_on]
        assert named == [(name, version.rstrip("\\").strip()) for name, version in pinned]
        packages = [part for part in parts() if not part.is_ours_to_pass_on]
        assert sum(len(part.hashes) for part in packages) == text.count("--hash=sha256:")

    def test_every_part_has_a_licence_that_we_may_build_on(self) -> None:
        assert {part.name: part.licence for part in parts() if part.licence not in LICENCES} == {}

    def test_it_is_of_the_form_that_others_read(self) -> None:
        made = bill()
        assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
        assert made["metadata"]["component"]["name"] == "borgerinfo"
        (jinja,) = (one for one in made["components"] if one["name"] == "jinja2")
        assert jinja["purl"] == f"pkg:pypi/jinja2@{jinja['version']}"
        assert {one["alg"] for one in jinja["hashes"]} == {"SHA-256"}
        assert jinja["licenses"]

    def test_it_is_the_same_every_time(self) -> None:
        assert json.dumps(bill()) == json.dumps(bill())


class TestTheLockFiles:
    @pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
    def test_everything_is_pinned_with_a_hash_and_no_registry_is_named(self, name: str) -> None:
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        assert not re.search(r"^--", text, re.MULTILINE)  # no option of the installer, so no place of its own either
        entries = re.findall(r"^\S.*(?:\n .*)*", text, re.MULTILINE)
        for entry in entries:
            assert re.match(r"[a-z0-9.\[\]-]+==\S+", entry), entry
            assert "--hash=sha256:" in entry, entry


class TestWhatShips:
    """docs/licenser.md lists what lies in the site and in leaflets; whoever publishes passes it on."""

    LISTED = (ROOT / "docs" / "licenser.md").read_text("utf-8")

    def test_every_kind_of_file_is_listed_and_no_other(self) -> None:
        built = {path.suffix for path in site().rglob("*") if path.is_file() and path.suffix}
        listed = set(re.findall(r"`(\.[a-z]+)`", self.LISTED))
        assert listed == built | {".xml"}  # the site map, which needs an address

    def test_every_script_and_style_that_ships_is_our_own(self) -> None:
        own = {path.name for path in (ROOT / "overrides").glob("*.js")}
        assert {path.name for path in site().rglob("*.js")} <= own
        for path in (*(ROOT / "overrides").glob("*.js"), *(ROOT / "overrides").glob("*.css")):
            assert not re.search("licen[sc]e|copyright|©|@license", path.read_text("utf-8"), re.IGNORECASE), path

    def test_no_typeface_but_the_licensed_one_lies_in_any_pdf(self) -> None:
        met = set()
        for path in sorted({path.name: path for path in site().rglob("*.pdf")}.values()):
            met |= typefaces(path)
        assert met
        assert {name for name in met if not name.startswith("SourceSans3")} == set()
        assert "Source Sans 3" in self.LISTED
        assert "SIL Open Font License" in (ROOT / "generator/paper/fonts/OFL.txt").read_text("utf-8")


def typefaces(path: Path) -> set[str]:
    """Return the names of the typefaces embedded in a PDF, without the mark of a subset."""
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        named = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]
        return {str(one.FontName).lstrip("/").rpartition("+")[2] for one in named}


class TestTheAudit:
    def test_it_says_so_where_nothing_is_known(self) -> None:
        with database({}) as address:
            ended, said = audit("--vulnerability-service", "osv", "--osv-url", address)
        assert (ended, bool(re.fullmatch(r"Ingen kendte sårbarheder i \d\d pakker\.", said))) == (0, True), said

    def test_it_names_what_is_known_and_where_it_is_mended(self) -> None:
        with database({"jinja2": _bug("GHSA-opdigtet", "jinja2", "99.0")}) as address:
            ended, said = audit("--vulnerability-service", "osv", "--osv-url", address)
        assert ended == 1
        assert re.search(r"^  jinja2 [\d.]+: GHSA-opdigtet – rettet i 99\.0$", said, re.MULTILINE), said

    def test_it_does_not_pass_for_clean_where_nobody_could_be_asked(self) -> None:
        ended, said = audit("--vulnerability-service", "osv", "--osv-url", "http://127.0.0.1:9/", "--timeout", "2")
        assert ended == 2
        assert said.startswith("Ikke undersøgt: databasen over kendte sårbarheder kan ikke nås herfra.")


def _bug(name: str, package: str, fixed: str) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fixed}]}]
    affected = [{"package": {"name": package, "ecosystem": "PyPI"}, "ranges": ranges}]
    return {"id": name, "summary": "Opdigtet", "aliases": [], "affected": affected, "modified": "2026-11-01T00:00:00Z"}


@contextmanager
def database(known: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    """Answer as a database of vulnerabilities does, of these packages alone."""

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            pass

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            bug = known.get(asked["package"]["name"])
            data = json.dumps({"vulns": [bug]} if bug else {}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
