"""Editors read, mark, delete and take out their own region's messages, and nobody else's."""

import asyncio
import csv
import hmac
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.feedback import tokens
from generator.feedback.export import DANGEROUS, safe_cell
from generator.feedback.sqlite import SqliteStore
from generator.feedback.tokens import new_access_token, region_of
from generator.feedback.web import has_one_host
from tests.feedback.test_faults import message
from tests.feedback.test_messages import trying
from tests.support.feedback_service import NORTH, SOUTH, Answer, Service, environment, settings_for, started, write_site

pytestmark = pytest.mark.whole

TOKEN, HASH = new_access_token()
OTHER, OTHER_HASH = new_access_token()
EDITORS = {NORTH: (HASH,), SOUTH: (OTHER_HASH,)}
FORM = {"content-type": "application/x-www-form-urlencoded"}


async def send(service: Service, path: str, cookie: str = "", origin: str = "", **fields: str) -> Answer:
    headers = {**FORM, "cookie": cookie, **({"origin": origin} if origin else {})}
    return await service.ask("POST", path, urlencode(fields).encode(), headers)


async def logged_in(service: Service, token: str = TOKEN) -> str:
    answer = await send(service, "/indbakke/log-ind", token=token)
    assert answer.status == 303, answer.text
    assert answer.location == "/indbakke"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    return cookie.partition(";")[0]


async def page(service: Service, cookie: str, path: str = "/indbakke") -> Answer:
    return await service.ask("GET", path, headers={"cookie": cookie})


def csrf(answer: Answer) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', answer.text)
    assert found
    return found.group(1)


def test_an_editor_reads_marks_and_deletes(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        await service.post(text="Godt skrevet <script>alert(1)</script>", about="page:medicin/", clear="no")
        await service.post(found="no", about="leaflet:5hd3cg")
        cookie = await logged_in(service)
        shown = await page(service, cookie)
        assert "Godt skrevet &lt;script&gt;" in shown.text
        assert "<script>" not in shown.text
        assert "default-src 'none'" in shown.headers["content-security-policy"]
        only = await page(service, cookie, "/indbakke?page=medicin%2F")
        assert "Besked 1" in only.text
        assert "Besked 2" not in only.text
        leaflet = await page(service, cookie, "/indbakke?edition=5hd3cg")
        assert "Besked 2" in leaflet.text
        token = csrf(shown)
        assert (await send(service, "/indbakke/behandlet", cookie, csrf=token, message="1")).status == 303
        assert "Besked 1" not in (await page(service, cookie, "/indbakke?open=1")).text
        gone = await send(service, "/indbakke/slet", cookie, csrf=token, message="1", page="medicin/", open="1")
        assert (gone.status, gone.location) == (303, "/indbakke?page=medicin%2F&open=1&done=slet#beskeder")
        again = await page(service, cookie, "/indbakke?page=medicin%2F&open=1&done=slet")
        assert "Beskeden er slettet." in again.text
        assert "Ingen beskeder passer til det, du har valgt." in again.text
        missing = await send(service, "/indbakke/slet", cookie, csrf=token, message="1")
        assert (missing.status, '<a href="/indbakke">' in missing.text) == (404, True)
        assert "Godt skrevet" not in (await page(service, cookie)).text

    trying(tmp_path, story, editors=EDITORS)


@pytest.mark.parametrize("path", ["", "/beskeder.csv", "/beskeder.json", "/tal.json"])
def test_nothing_is_shown_without_the_token(tmp_path: Path, path: str) -> None:
    async def story(service: Service) -> None:
        await service.post(text="Fortroligt")
        own = await logged_in(service)
        for cookie in ("", "indbakke=nordby.AAAA", own.replace(NORTH, SOUTH), f"{own[:-2]}xx"):
            answer = await page(service, cookie, f"/indbakke{path}")
            assert "Fortroligt" not in answer.text
            assert NORTH not in answer.text
            assert answer.status in (200, 401)

    trying(tmp_path, story, editors=EDITORS)


def test_a_session_ends_when_the_editor_logs_out(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        await service.post(text="Fortroligt")
        first, second = await logged_in(service), await logged_in(service)
        token = csrf(await page(service, first))
        assert (await send(service, "/indbakke/log-ud", first, csrf=token)).status == 303
        assert "Fortroligt" not in (await page(service, first)).text
        assert "Fortroligt" in (await page(service, second)).text

    trying(tmp_path, story, editors=EDITORS)


def test_a_session_ends_with_its_access_token(tmp_path: Path) -> None:
    async def story() -> None:
        given = {"secret": "s" * 40}
        async with started(settings_for(tmp_path, editors=EDITORS, **given)) as service:
            await service.post(text="Fortroligt")
            cookie = await logged_in(service)
            assert "Fortroligt" in (await page(service, cookie)).text
        async with started(settings_for(tmp_path, editors={NORTH: ("0" * 64,)}, **given)) as service:
            assert "Fortroligt" not in (await page(service, cookie)).text
        async with started(settings_for(tmp_path, editors=EDITORS, **given)) as service:
            assert "Fortroligt" in (await page(service, cookie)).text

    asyncio.run(story())


def test_other_cookies_of_the_host_lock_nobody_out(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        await service.post(text="Fortroligt")
        cookie = await logged_in(service)
        for beside in ('consent={"a":"b"}; ', "æ=ø; ", "tom; =; ", "xindbakke=nej; "):
            assert "Fortroligt" in (await page(service, f"{beside}{cookie}; mere=1")).text

    trying(tmp_path, story, editors=EDITORS)


@pytest.mark.parametrize("before", ["9" * 20, "-1", "1e3", "٣"])
def test_a_place_in_the_list_that_cannot_be_is_the_beginning(tmp_path: Path, before: str) -> None:
    async def story(service: Service) -> None:
        await service.post(text="Fortroligt")
        shown = await page(service, await logged_in(service), f"/indbakke?{urlencode({'before': before})}")
        assert shown.status == 200
        assert "Fortroligt" in shown.text

    trying(tmp_path, story, editors=EDITORS)


@pytest.mark.parametrize(
    ("version", "hosts", "is_right"),
    [("1.1", 1, True), ("1.1", 0, False), ("1.1", 2, False), ("1.0", 0, True), ("1.0", 2, False)],
)
def test_a_request_names_one_host(version: str, hosts: int, is_right: bool) -> None:
    headers = [(b"host", b"svar.example")] * hosts
    assert has_one_host({"headers": headers, "http_version": version}) is is_right


def test_a_region_never_meets_anothers_messages(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        await service.post(text="Nordens ord")
        await service.post(region=SOUTH, text="Sydens ord")
        cookie = await logged_in(service, OTHER)
        for path in ("", "?page=medicin/", "/beskeder.csv", "/beskeder.json"):
            answer = await page(service, cookie, f"/indbakke{path}")
            assert "Nordens" not in answer.text
        assert "Sydens ord" in (await page(service, cookie)).text
        token = csrf(await page(service, cookie))
        for action in ("behandlet", "aaben", "slet"):
            assert (await send(service, f"/indbakke/{action}", cookie, csrf=token, message="1")).status == 404
        counts = json.loads((await page(service, cookie, "/indbakke/tal.json")).body)
        assert {row["region"] for row in counts["counts"]} == {SOUTH}
        assert len(await service.rows()) == 2

    trying(tmp_path, story, editors=EDITORS)


def test_other_sites_cannot_act_in_an_editors_name(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        await service.post(text="Bliv stående")
        cookie = await logged_in(service)
        token, evil = csrf(await page(service, cookie)), "https://ond.example"
        assert (await send(service, "/indbakke/slet", cookie, evil, csrf=token, message="1")).status == 403
        assert (await send(service, "/indbakke/slet", cookie, message="1")).status == 403
        assert (await send(service, "/indbakke/slet", cookie, csrf=cookie, message="1")).status == 403
        assert (await send(service, "/indbakke/log-ind", "", evil, token=TOKEN)).status == 403
        for number in ("", "x", "-1", "1 OR 1=1", "٣", "9" * 30):
            assert (await send(service, "/indbakke/slet", cookie, csrf=token, message=number)).status in (404, 422)
        assert len(await service.rows()) == 1

    trying(tmp_path, story, editors=EDITORS)


def test_every_known_token_is_compared_whichever_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time a comparison takes tells nothing when all are made, in constant time, on hashes."""
    seen: list[tuple[str, str]] = []

    def counting(left: str, right: str) -> bool:
        seen.append((left, right))
        return hmac.compare_digest(left, right)

    class Counted:
        compare_digest = staticmethod(counting)

    monkeypatch.setattr(tokens, "hmac", Counted)
    for token, region in ((TOKEN, NORTH), (OTHER, SOUTH), ("forkert", None), ("", None), ("æ" * 99999, None)):
        seen.clear()
        assert region_of(token, EDITORS) == region
        assert len(seen) == 2
        assert all(len(left) == len(right) == 64 for left, right in seen)


FORMULAS = [
    "=1+1", "+45", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "  =cmd|' /C calc'!A0", "\ufeff=1",
    "|calc", "\xa0=1", "%0A=1",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_ordinary_cells_are_as_they_were() -> None:
    assert [safe_cell(text) for text in ("Hej", "1. Læs mere", "", "5 = 5")] == ["Hej", "1. Læs mere", "", "5 = 5"]


def filled(path: Path, count: int) -> None:
    async def story() -> None:
        store = SqliteStore(path)
        await store.start()
        for first in range(0, count, 400):
            await asyncio.gather(*(
                store.add(message(n, "2026-11-01" if n % 2 else "2026-10-01", f'=HYPERLINK("x";{n})\næ;"'))
                for n in range(first, min(count, first + 400))
            ))  # fmt: skip
        await store.stop()

    asyncio.run(story())


def exported(directory: Path, *words: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(directory, 1).items():
            if name.startswith(("FEEDBACK_", "DATABASE")):
                patch.setenv(name, value)
        patch.chdir(directory)
        result = CliRunner().invoke(main, ["feedback", *words])
    assert result.exit_code == 0, result.output
    return result.stdout_bytes.decode()


def test_the_command_exports_what_a_spreadsheet_and_a_program_can_read(tmp_path: Path) -> None:
    write_site(tmp_path)
    filled(tmp_path / "messages.db", 1200)
    text = exported(tmp_path, "export")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert len(rows) == 1201
    assert all(len(row) == len(rows[0]) for row in rows)
    assert rows[1][8] == '\'=HYPERLINK("x";0)\næ;"'
    assert not any(cell.startswith(tuple(DANGEROUS)) for row in rows for cell in row)
    messages = json.loads(exported(tmp_path, "export", "--format", "json", "--region", NORTH))
    assert [m["id"] for m in messages] == list(range(1, 1201))
    assert messages[0]["text"] == '=HYPERLINK("x";0)\næ;"'
    assert json.loads(exported(tmp_path, "export", "--format", "json", "--region", SOUTH)) == []
    assert len(json.loads(exported(tmp_path, "export", "--format", "json", "--since", "2026-11-01"))) == 600
    counts = json.loads(exported(tmp_path, "export", "--format", "counts"))["counts"]
    answers = {"yes": 0, "partly": 0, "no": 0}
    assert counts == [{
        "region": NORTH, "page": "medicin/", "edition": "", "messages": 1200, "texts": 1200,
        "found": {**answers, "yes": 1200}, "clear": answers, "call": answers,
    }]  # fmt: skip


def test_the_command_purges_and_says_how_many(tmp_path: Path) -> None:
    write_site(tmp_path)
    assert "Her er ingen svar endnu" in exported(tmp_path, "purge")
    filled(tmp_path / "messages.db", 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.feedback.settings.DEFAULT_RETENTION", 1)
        assert re.match(r"0 svar fra før \d{4}-\d\d-\d\d er slettet\.", exported(tmp_path, "purge"))


def test_months_are_told_with_their_figures(tmp_path: Path) -> None:
    async def story(service: Service) -> Any:
        for number in range(6):
            await service.store.add(message(number, f"2026-{8 + number // 2:02}-01", "x"))
        shown = (await page(service, await logged_in(service))).text
        assert re.findall(r'<th scope="row">(\w+ 2026)<svg.*</svg></th><td>(\d+)</td><td>(\d+)</td>', shown) == [
            ("august 2026", "2", "0"), ("september 2026", "2", "0"), ("oktober 2026", "2", "0"),
        ]  # fmt: skip

    trying(tmp_path, story, editors=EDITORS, retention_days=3650)
