"""The pages on a region's own nginx, with the configuration it is handed: headers, caching, compression, redirects."""

import gzip
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from generator import load
from generator.codes.server_maps import leads, nginx
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from tests.support import servers
from tests.support.approved import DAY, write_approved
from tests.support.built import ROOT, store

pytestmark = pytest.mark.whole

HOST = "skulder.vest.dk"
CONFIG = ROOT / "docs" / "udgiv" / "nginx.conf"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Server:
    secure: int
    plain: int
    site: Path
    code: str

    def ask(self, path: str, headers: Mapping[str, str] | None = None, *, secure: bool = True) -> Answer:
        """Ask as a browser does that trusts the certificate of this test."""
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        connection = (
            HTTPSConnection("127.0.0.1", self.secure, timeout=30, context=trusting)
            if secure
            else HTTPConnection("127.0.0.1", self.plain, timeout=30)
        )
        connection.request("GET", path, headers={"Host": HOST, **(headers or {})})
        answer = connection.getresponse()
        found = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("nginx")
    root, site = write_approved(home), home / "site"
    catalogue = load(root)
    build_site(catalogue, BuildRequest(root, site, DAY, "publish", f"https://{HOST}/", "vest"), store())
    _open(home, site)
    found = leads(catalogue, DAY, home=catalogue.regions["vest"])
    code = next(lead.code for lead in found if (site / "q" / lead.code).is_dir())
    with servers.published(CONFIG, nginx(found, DAY), site, home, HOST) as (secure, plain):
        yield Server(secure, plain, site, code)


def _open(home: Path, site: Path) -> None:
    for path in (home, site, *site.rglob("*")):
        path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))


def test_everything_built_is_served_as_what_it_is(server: Server) -> None:
    kinds = {
        ".html": "text/html; charset=utf-8", ".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml",
        ".csv": "text/csv; charset=utf-8", ".json": "application/json", ".xml": "text/xml; charset=utf-8",
        ".txt": "text/plain; charset=utf-8", ".js": "application/javascript; charset=utf-8",
    }  # fmt: skip
    met = set()
    for path in (path for path in server.site.rglob("*") if path.is_file() and path.suffix):
        name = path.relative_to(server.site).as_posix()
        if name.startswith(("q/", "Q/")) or name == ".nojekyll":
            continue
        answer = server.ask(f"/{name}")
        assert answer.status == 200, name
        assert answer.headers["Content-Type"] == kinds[path.suffix], name
        assert answer.body == path.read_bytes(), name
        met.add(path.suffix)
    assert {".html", ".pdf", ".png", ".svg", ".csv", ".json", ".xml", ".txt", ".js"} == met


@pytest.mark.parametrize("path", ["/", "/oem-skulder/", "/was/", "/findes/ikke/", "/robots.txt", "/api/v1/codes.json"])
def test_every_answer_carries_the_headers(server: Server, path: str) -> None:
    headers = server.ask(path).headers
    assert headers.get_all("Content-Security-Policy") == ["frame-ancestors 'none'; base-uri 'none'; object-src 'none'"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Server"] == "nginx"
    assert "Set-Cookie" not in headers


def test_what_is_unchanged_is_not_sent_again(server: Server) -> None:
    tag = server.ask("/oem-skulder/").headers["ETag"]
    again = server.ask("/oem-skulder/", {"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")


def test_words_travel_compressed(server: Server) -> None:
    plain, packed = server.ask("/"), server.ask("/", {"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2


def test_who_comes_without_encryption_is_sent_to_the_same_page_with_it(server: Server) -> None:
    answer = server.ask("/oem-skulder/?fra=papir", secure=False)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/oem-skulder/?fra=papir")


def test_the_statement_is_found_at_the_address_of_the_law(server: Server) -> None:
    answer = server.ask("/was")
    assert (answer.status, answer.headers["Location"]) == (301, "/was/")
    assert b'content="0; url=https://was.digst.dk/region"' in server.ask("/was/").body


def test_a_code_leads_on_in_one_hop(server: Server) -> None:
    answer = server.ask(f"/Q/{server.code.upper()}")
    assert answer.status == 302
    assert server.ask(answer.headers["Location"]).status == 200


def test_what_is_missing_is_answered_with_the_page_that_says_so(server: Server) -> None:
    for path in ("/findes/ikke/", "/CNAME", "/.nojekyll", "/.git/config"):
        answer = server.ask(path)
        assert answer.status == 404, path
        assert b"<h1>Siden findes ikke</h1>" in answer.body, path


def test_it_says_what_is_to_be_changed_and_logs_nobody() -> None:
    text = CONFIG.read_text("utf-8")
    assert len(re.findall("# RET", text)) == 4
    assert text.count("access_log off;") == text.count("server {") == 2
