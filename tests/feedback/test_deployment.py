"""The files that put the service into the world: no secret leaves with them, and nginx keeps no reader's address."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml

from tests.support.built import ROOT
from tests.support.feedback_service import free_port

DEPLOY = Path("generator/feedback/deploy")
SECRETS = (DEPLOY / "feedback.env", DEPLOY / "tls" / "privkey.pem", DEPLOY / "tls" / "fullchain.pem")


def test_git_takes_no_secret() -> None:
    for path in SECRETS:
        assert subprocess.run(["git", "check-ignore", "-q", str(path)], cwd=ROOT).returncode == 0, path


def test_the_image_is_given_what_it_copies_and_no_secret() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")]
    copied = {
        part
        for line in (ROOT / DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
        if line.startswith("COPY ")
        for part in line.split()[1:-1]
    }
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == copied
    assert {"**/*.env", "**/tls", "**/*.pem", "**/*.key"} <= set(lines[lines.index("!generator") :])


@pytest.mark.whole
def test_no_package_takes_a_secret(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    for path in SECRETS:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("hemmeligt")
    words = [sys.executable, "-c", "import setuptools; setuptools.setup()", "egg_info", "build", "-b", "built"]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    wheel = {str(path.relative_to(tmp_path / "built" / "lib")) for path in (tmp_path / "built" / "lib").rglob("*.*")}
    source = set(next(tmp_path.glob("*.egg-info")).joinpath("SOURCES.txt").read_text("utf-8").splitlines())
    for files in (wheel, source):
        assert f"{DEPLOY}/feedback.env.example" in files
        assert f"{DEPLOY}/feedback-server.conf" in files
        assert files.isdisjoint(map(str, SECRETS))


def test_compose_makes_no_directory_of_what_is_missing_and_lets_nothing_swap() -> None:
    services = yaml.safe_load((ROOT / DEPLOY / "compose.yml").read_text("utf-8"))["services"]
    for service in services.values():
        assert service["memswap_limit"] == service["mem_limit"]
        for volume in service["volumes"]:
            if volume != "messages:/var/lib/feedback":
                assert volume["bind"] == {"create_host_path": False}
                assert volume["read_only"] is True


class Echo(BaseHTTPRequestHandler):
    """Answers with what it was told."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        told = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, format: str, *args: object) -> None: ...


@dataclass
class Proxy:
    """An nginx with one of our files, in front of a port where something may or may not answer."""

    home: Path
    port: int
    behind: int

    def ask(self, path: str = "/", body: bytes | None = None, forwarded: str = "") -> tuple[HTTPResponse, str]:
        asked = HTTPSConnection("127.0.0.1", self.port, timeout=20, context=self.trusting())
        with closing(asked) as connection:
            connection.request(
                "POST" if body else "GET",
                path,
                body,
                {"Host": f"svar.example.dk:{self.port}", "X-Forwarded-For": forwarded},
            )
            answer = connection.getresponse()
            return answer, answer.read().decode()

    def told(self, requests: bytes) -> str:
        """Return all that is answered to bytes of one's own, until it closes."""
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=20) as client,
            self.trusting().wrap_socket(client) as safe,
        ):
            safe.sendall(requests)
            return b"".join(iter(lambda: safe.recv(65536), b"")).decode()

    @staticmethod
    def trusting() -> ssl.SSLContext:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    def logged(self) -> str:
        return "".join(path.read_text("utf-8", "replace") for path in self.home.glob("*.log"))


NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin") or "nginx"
AROUND = (
    "daemon off; worker_processes 1; events {{ worker_connections 8192; }} error_log {home}/main.log info;\nhttp {{\n"
)


@pytest.fixture(params=["nginx.conf", "nginx-systemd.conf"])
def proxy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxy]:
    """Change only what the guide tells people to change, and ports and places, which belong to others here."""
    port, behind = free_port(), free_port()
    own = (ROOT / DEPLOY / request.param).read_text("utf-8")
    server = (ROOT / DEPLOY / "feedback-server.conf").read_text("utf-8")
    if request.param == "nginx.conf":
        own = own.replace("/dev/stderr warn", f"{tmp_path}/main.log info").replace("172.30.0.3", "127.0.0.1")
        own = f"daemon off;\n{own}"
    else:
        own = f"{AROUND.format(home=tmp_path)}access_log off;\n{own}\n}}\n"
    places = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    own = (
        own.replace(":8001", f":{behind}")
        .replace("/etc/nginx", str(tmp_path))
        .replace("http {\n", f"http {{\n{places}")
    )
    server = server.replace("/etc/nginx/tls", str(tmp_path)).replace("listen 443", f"listen 127.0.0.1:{port}")
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/nginx.pid;\n{own}", "utf-8")
    (tmp_path / "feedback-server.conf").write_text(server, "utf-8")
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=svar.example.dk"]
    files = ["-keyout", f"{tmp_path}/privkey.pem", "-out", f"{tmp_path}/fullchain.pem"]
    subprocess.run(["openssl", *made, *files], check=True, capture_output=True)
    words = [NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "start.log")]
    tried = subprocess.run([*words, "-t"], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as running:
        try:
            for _ in range(100):
                with socket.socket() as client:
                    if client.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield Proxy(tmp_path, port, behind)
        finally:
            running.terminate()


@pytest.fixture
def service(proxy: Proxy) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", proxy.behind), Echo)
    Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


def is_our_own(text: str) -> bool:
    return 'lang="da"' in text and "tel:112" in text and "<center>" not in text


@pytest.mark.whole
def test_the_service_is_told_the_name_with_its_port_and_the_readers_own_address(proxy: Proxy, service: None) -> None:
    answer, text = proxy.ask(forwarded="9.9.9.9")
    told = json.loads(text)
    assert answer.status == 200
    assert told["host"] == f"svar.example.dk:{proxy.port}"
    assert told["x-forwarded-for"] == "127.0.0.1"


@pytest.mark.whole
def test_what_nginx_itself_refuses_is_said_in_danish_and_with_112(proxy: Proxy) -> None:
    long, text = proxy.ask(body=b"a" * 17_000)
    assert (long.status, is_our_own(text), "skriv kortere" in text) == (413, True, True)
    nobody, text = proxy.ask()
    assert (nobody.status, is_our_own(text), "ikke gemt" in text) == (502, True, True)
    assert nobody.headers["Content-Type"] == "text/html; charset=utf-8"
    for hosts in (b"", b"Host: a.example\r\nHost: b.example\r\n"):
        refused = proxy.told(b"GET / HTTP/1.1\r\n" + hosts + b"\r\n")
        assert refused.startswith("HTTP/1.1 400 ")
        assert is_our_own(refused)
    figures, text = proxy.ask("/metrics")
    assert (figures.status, is_our_own(text)) == (404, True)
    one = b"GET / HTTP/1.1\r\nHost: svar.example.dk\r\n"
    held = proxy.told((one + b"\r\n") * 160 + one + b"Connection: close\r\n\r\n").split("HTTP/1.1 429 ")[1:]
    assert held
    assert all(map(is_our_own, held))


@pytest.mark.whole
def test_no_log_holds_a_readers_address(proxy: Proxy) -> None:
    """Bad encryption, no encryption, half a request, too much, and nobody behind: each would leave a line by itself."""
    for words in (b"\x16\x03\x01\x00\x05hello", b"GET / HTTP/1.1\r\n\r\n", b"\x00" * 300, b""):
        with socket.create_connection(("127.0.0.1", proxy.port)) as client:
            client.sendall(words)
    proxy.ask()
    proxy.ask(body=b"a" * 17_000)
    assert "client" not in proxy.logged()
    assert "127.0.0.1" not in proxy.logged()
    assert "start worker process" in proxy.logged()


@pytest.mark.whole
def test_slow_connections_lock_nobody_out(proxy: Proxy, service: None) -> None:
    """Each of 2,100 has begun and says no more; nginx has places left, and closes them after 5 seconds."""
    slow = [socket.create_connection(("127.0.0.1", proxy.port)) for _ in range(2100)]
    try:
        for client in slow:
            client.sendall(b"\x16\x03\x01")
        answer, _ = proxy.ask()
        assert answer.status == 200
        slow[0].settimeout(30)
        with suppress(ConnectionResetError):
            assert slow[0].recv(1) == b""
    finally:
        for client in slow:
            client.close()
