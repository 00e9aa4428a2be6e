"""Real web servers on a free port of this machine, over a built site, for as long as a test needs them."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import gettempdir

APACHE_MODULES = Path("/usr/lib/apache2/modules")
_NGINX = """daemon off;
master_process off;
pid {home}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {home}/koder.conf;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        error_page 404 /404.html;
        {lines}
    }}
}}
"""
_APACHE = """ServerRoot {home}
PidFile {home}/apache.pid
ErrorLog {home}/errors
Mutex file:{home}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
User #65534
Group #65534
{modules}
DocumentRoot {site}
DirectoryIndex index.html
<VirtualHost 127.0.0.1:{port}>
{lines}
</VirtualHost>
"""


def lines_of(text: str) -> str:
    """Return the lines that the head of an exported map tells people to put into their configuration."""
    head = [line.removeprefix("#") for line in text.splitlines() if line.startswith("#")]
    return "\n".join(line.strip() for line in head if line.startswith("     "))


@contextmanager
def nginx(exported: str, site: Path, home: Path) -> Iterator[int]:
    """Serve the site with the exported map and the lines from its head; yield the port."""
    port = _free_port()
    (home / "koder.conf").write_text(exported, "utf-8")
    (home / "nginx.conf").write_text(_NGINX.format(home=home, port=port, site=site, lines=lines_of(exported)), "utf-8")
    words = [_program("nginx"), "-p", str(home), "-c", str(home / "nginx.conf"), "-e", "stderr"]
    _is_content([*words, "-t"])
    with _serving(words, port):
        yield port


@contextmanager
def published(config: Path, exported: str, site: Path, home: Path, host: str) -> Iterator[tuple[int, int]]:
    """Serve the site with a whole configuration as it is handed to people; yield the ports for https and http.

    Only what it tells them to change is changed: the name, the certificate, the directory; and the ports, which
    belong to others here.
    """
    secure, plain = _free_port(), _free_port()
    text = config.read_text("utf-8")
    for old, new in {
        "ryg.region.example": host, "/etc/nginx/tls/fullchain.pem": f"{home}/cert.pem",
        "/etc/nginx/tls/privkey.pem": f"{home}/key.pem", "/var/www/borgerinfo": str(site),
        "listen 443": f"listen 127.0.0.1:{secure}", "listen 80": f"listen 127.0.0.1:{plain}",
        "listen [::]:443 ssl;": "", "listen [::]:80;": "",
    }.items():  # fmt: skip
        assert old in text, old
        text = text.replace(old, new)
    _make_certificate(home, host)
    mime = "types { text/html html; text/xml xml; application/pdf pdf; image/png png; image/svg+xml svg svgz; "
    mime += "application/javascript js; application/json json; text/plain txt; }"
    head = _NGINX.partition("    include")[0].format(home=home)
    body = f"{head}    {mime}\n{exported}\n{text}\n}}\n"
    (home / "nginx.conf").write_text(body, "utf-8")
    words = [_program("nginx"), "-p", str(home), "-c", str(home / "nginx.conf"), "-e", "stderr"]
    _is_content([*words, "-t"])
    with _serving(words, secure):
        yield secure, plain


def _make_certificate(home: Path, host: str) -> None:
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj"]
    asked = [_program("openssl"), *words, f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
    files = ["-keyout", str(home / "key.pem"), "-out", str(home / "cert.pem")]
    subprocess.run([*asked, *files], check=True, capture_output=True)


@contextmanager
def apache(exported: str, site: Path, home: Path) -> Iterator[int]:
    """Serve the site with the exported map and the lines from its head; yield the port."""
    port = _free_port()
    (home / "koder.txt").write_text(exported, "utf-8")
    _open_to_all(home, site)
    names = ("mpm_event", "authz_core", "dir", "mime", "rewrite")
    modules = "\n".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in names)
    lines = lines_of(exported).replace("/etc/apache2/borgerinfo-koder.txt", str(home / "koder.txt"))
    types = f"TypesConfig {home}/types"
    (home / "types").write_text("text/html html\n")
    text = _APACHE.format(home=home, port=port, site=site, modules=f"{modules}\n{types}", lines=lines)
    (home / "apache.conf").write_text(text, "utf-8")
    words = [_program("apache2"), "-f", str(home / "apache.conf")]
    _is_content([*words, "-t"])
    with _serving([*words, "-X"], port):
        yield port


def ask(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str | None]:
    """Return the status of the answer, and where it leads."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location")
    finally:
        connection.close()


def _open_to_all(*directories: Path) -> None:
    """Let Apache in, which serves as nobody where it was started by root; only what tests made is opened."""
    ours = Path(gettempdir()).resolve()
    for path in (each for start in directories for each in (start, *start.parents)):
        if path.resolve().is_relative_to(ours) and path.resolve() != ours:
            path.chmod(path.stat().st_mode | 0o055)


def _is_content(words: list[str]) -> None:
    """Fail where the server has anything to say against its configuration, a warning included."""
    said = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert "warn" not in said.stdout, said.stdout


@contextmanager
def _serving(words: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        while not _answers(port):
            assert process.poll() is None, process.stdout and process.stdout.read()
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.communicate()


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    assert found, f"{name} is missing; tests/run and the packages it installs bring it"
    return found
