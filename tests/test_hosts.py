"""Which hosts people can be sent to for years, and why the others are refused."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.hosts import why_unfit
from tests.support.complete import write_complete

FIT = (
    "https://koder.dk",
    "https://koder.sundhed.dk/",
    "https://ryg.rn.dk/sider/",
    "https://xn--ryg-0na.dk",
    "https://a.b.c.dk",
)
UNFIT = {
    "": "ikke er en adresse, der begynder med https:// og en vært",
    "https://": "ikke er en adresse, der begynder med https:// og en vært",
    "http://koder.dk": "ikke er en adresse, der begynder med https:// og en vært",
    "koder.dk": "ikke er en adresse, der begynder med https:// og en vært",
    "https://[::1": "ikke er en adresse",
    "https://koder.dk:99999": "ikke er en adresse",
    "https://koder.example": "aldrig kan findes på nettet",
    "https://KODER.Example.": "aldrig kan findes på nettet",
    "https://www.example.org/ryg/": "aldrig kan findes på nettet",
    "https://koder.test": "aldrig kan findes på nettet",
    "https://localhost": "kun findes på et lokalt net",
    "https://ryg.localhost": "kun findes på et lokalt net",
    "https://server.local": "kun findes på et lokalt net",
    "https://koder.rn.internal": "kun findes på et lokalt net",
    "https://intranet": "kun findes på et lokalt net",
    "https://127.0.0.1": "er et nummer (en IP-adresse) og ikke et navn, der kan flyttes til en anden maskine",
    "https://10.1.2": "er et nummer (en IP-adresse) og ikke et navn, der kan flyttes til en anden maskine",
    "https://3232235777": "er et nummer (en IP-adresse) og ikke et navn, der kan flyttes til en anden maskine",
    "https://[2001:db8::1]": "er et nummer (en IP-adresse) og ikke et navn, der kan flyttes til en anden maskine",
    "https://koder.dk:8443": "har en port, og den kan en anden vært ikke overtage",
    "https://koder.dk:443": "har en port, og den kan en anden vært ikke overtage",
    "https://koder_.dk": "har tegn, som et værtsnavn ikke kan have",
    "https://-koder.dk": "har tegn, som et værtsnavn ikke kan have",
    "https://kodér.dk": "har tegn, som et værtsnavn ikke kan have",
    "https://ko der.dk": "har tegn, som et værtsnavn ikke kan have",
    "https://koder..dk": "har tegn, som et værtsnavn ikke kan have",
}  # fmt: skip


@pytest.mark.parametrize("address", FIT)
def test_a_host_that_anybody_can_look_up_is_fit(address: str) -> None:
    assert why_unfit(address) is None


@pytest.mark.parametrize("address", UNFIT)
def test_every_other_host_is_refused_with_its_reason(address: str) -> None:
    assert why_unfit(address) == UNFIT[address]


@pytest.mark.parametrize(
    ("site_url", "said"),
    [
        ("", "siderne kan ikke udgives på »«, som ikke er en adresse"),
        ("https://localhost/", "siderne kan ikke udgives på »https://localhost/«, som kun findes på et lokalt net"),
        ("https://10.0.0.1/ryg/", "»https://10.0.0.1/ryg/«, som er et nummer"),
        ("https://ryg.example/", "»https://ryg.example/«, som aldrig kan findes på nettet"),
    ],
)
def test_nothing_is_published_where_nobody_can_find_it(site_url: str, said: str, tmp_path: Path) -> None:
    root = write_complete(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        words = ["build", "--profile", "publish", "--as-of", "2026-11-22", "--site-url", site_url]
        result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert not (root / "site").exists()
