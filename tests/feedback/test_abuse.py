"""Machines, floods, slow clients and malformed requests: no 500, no hang, and not a word of it in any log."""

import asyncio
import contextlib
import hashlib
import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.feedback.counts import ProcessCounts
from generator.feedback.limits import Limits
from generator.feedback.reader_address import address_of, reader_address
from generator.feedback.settings import networks
from generator.feedback.sqlite import SqliteStore
from generator.feedback.store import Message, UnavailableError
from generator.feedback.tokens import WORK_BITS, Signer, work_is_done
from tests.feedback.test_messages import trying
from tests.support.feedback_load import Sent, load, request
from tests.support.feedback_service import NORTH, ORIGIN, PEER, Running, Service, running, settings_for, started

CANARY = "kanarieordet"
QUIET = 0.5
"""Seconds after an answer in which a second one would have come."""


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found
    return found.group(1)


def test_a_machine_that_fills_the_hidden_field_is_asked_to_confirm_and_a_person_can(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        clock = Clock()
        service.app.receiver.signer._clock = clock
        asked = await service.post(text="Hej", hjemmeside="https://spam.example")
        assert asked.status == 200
        assert ">Hej</textarea>" in asked.text
        assert 'name="hjemmeside"' not in asked.text
        assert await service.rows() == []
        again = {"text": "Hej", "token": hidden(asked.text, "token"), "id": hidden(asked.text, "id")}
        assert (await service.post(None, PEER, **again, hjemmeside="x")).status == 200
        clock.now += 5
        assert (await service.post(None, PEER, **again)).status == 303

    trying(tmp_path, story)


def test_under_pressure_a_message_without_a_token_must_be_confirmed(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        clock = Clock()
        service.app.receiver.signer._clock = clock
        token = json.loads((await service.ask("GET", f"/v1/token?region={NORTH}")).body)["token"]
        for number in range(2):
            assert (await service.post(text=f"nr {number}")).status == 303
        asked = await service.post(text="en til")
        assert (asked.status, 'name="hjemmeside"' in asked.text) == (200, False)
        clock.now += 4
        assert (await service.post(text="med mærke", token=token)).status == 303
        assert (await service.post(text="mærket igen", token=token)).status == 200
        assert (await service.post(text="en til", token=hidden(asked.text, "token"))).status == 303
        for number in range(4):
            await service.post(text=f"fyld {number}", token=hidden((await service.post(text="x")).text, "token"))

    trying(tmp_path, story, region_rate=2)


def test_one_address_has_its_share_and_mistakes_do_not_count(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        for _ in range(5):
            assert (await service.post(text="010190-1234")).status == 422
        for number in range(3):
            assert (await service.post(text=f"nr {number}")).status == 303
        refused = await service.post(text="nr 4")
        assert (refused.status, refused.headers["retry-after"]) == (429, "600")
        assert ">nr 4</textarea>" in refused.text
        assert (await service.post(None, "192.0.2.8", text="en anden")).status == 303
        forged = {"x-forwarded-for": "192.0.2.99"}
        assert (await service.post(forged, text="forklædt")).status == 429

    trying(tmp_path, story, address_rate=3)


def test_behind_our_own_proxy_the_last_address_counts(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        for last, status in (("192.0.2.1", 303), ("192.0.2.1", 429), ("192.0.2.2", 303)):
            headers = {"x-forwarded-for": f"198.51.100.{status % 200}, {last}"}
            assert (await service.post(headers, "10.0.0.1", text=f"fra {last} {status}")).status == status

    trying(tmp_path, story, address_rate=1, proxies=networks("10.0.0.1"))


def test_addresses_are_only_ever_seen_under_a_key_that_changes() -> None:
    async def story() -> None:
        clock = Clock()
        limits = Limits(3, 3, ProcessCounts(clock))
        reader = address_of("192.0.2.7")
        first = await limits._sender(reader)
        assert reader is not None
        assert reader.packed not in first
        assert await limits._sender(reader) == first
        home = [await limits._sender(address_of(f"2001:db8:1:{n}:3::4")) for n in (2, 2, 3)]
        assert home[0] == home[1] != home[2]
        clock.now += 25 * 3600
        assert await limits._sender(reader) != first
        assert await Limits(3, 3, ProcessCounts(clock))._sender(reader) != await limits._sender(reader)

    asyncio.run(story())


@pytest.mark.parametrize(
    "written",
    ["192.0.2.7", "192.0.2.7:5123", "::ffff:192.0.2.7", "[::ffff:192.0.2.7]:5123", "64:ff9b::192.0.2.7", " 192.0.2.7 "],
)
def test_a_reader_is_one_however_a_proxy_writes_the_address(written: str) -> None:
    found = reader_address("10.0.0.1", f"198.51.100.1, {written}", networks("10.0.0.1"))
    assert str(found) == "192.0.2.7"


def test_the_reader_is_behind_all_proxies_of_ours_and_nobody_elses_word_counts() -> None:
    ours = networks("10.0.0.0/24, 2001:db8::/32")
    chain = "198.51.100.9, 192.0.2.7, 10.0.0.3, [2001:db8::5]:443"
    assert str(reader_address("10.0.0.1", chain, ours)) == "192.0.2.7"
    assert str(reader_address("", chain, ours)) == "192.0.2.7"
    assert str(reader_address("203.0.113.5", chain, ours)) == "203.0.113.5"
    assert str(reader_address("10.0.0.1", "", ours)) == "10.0.0.1"
    assert reader_address("10.0.0.1", "unknown", ours) is None
    assert reader_address("", "", ours) is None


def test_a_limit_holds_for_two_hundred_at_once(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        answers = await asyncio.gather(*(service.post(id=f"reader{n:04}", text=f"nr {n}") for n in range(200)))
        assert sorted(answer.status for answer in answers) == [303] * 10 + [429] * 190
        assert len(await service.rows()) == 10

    trying(tmp_path, story, address_rate=10)


def test_what_could_not_be_kept_is_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(service: Service) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(service.store, "add", unavailable)
            assert (await service.post(text="Hej")).status == 503
        assert (await service.post(text="Hej")).status == 303
        assert (await service.post(text="Hej igen")).status == 429

    trying(tmp_path, story, address_rate=1)


async def unavailable(message: Message) -> None:
    raise UnavailableError("planted")


def test_what_is_remembered_has_an_end_and_a_region_is_not_forgotten() -> None:
    async def story() -> None:
        counts = ProcessCounts()
        limits = Limits(3, 3, counts)
        for number in range(30_000):
            reader = address_of(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
            admission = await limits.admit(reader, NORTH, b"x", is_marked=False)
            assert admission.outcome == ("" if number < 9 else "limited")
        assert len(counts._taken) <= 20_000
        assert sum(map(len, counts._taken.values())) <= 20_009

    asyncio.run(story())


def test_a_region_may_ask_readers_machines_for_a_little_work(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        clock = Clock()
        service.app.receiver.signer._clock = clock
        told = json.loads((await service.ask("GET", f"/v1/token?region={NORTH}")).body)
        assert told["work"] == WORK_BITS
        clock.now += 4
        answer = next(str(n) for n in range(10**7) if work_is_done(told["token"], str(n)))
        assert hashlib.sha256(f"{told['token']}.{answer}".encode()).digest()[0] == 0
        assert (await service.post(text="uden", token=told["token"])).status == 200
        assert (await service.post(text="med", token=told["token"], work=answer)).status == 303
        asked = await service.post(text="uden JavaScript")
        clock.now += 4
        assert (await service.post(text="uden JavaScript", token=hidden(asked.text, "token"))).status == 303

    trying(tmp_path, story, proof_of_work=frozenset({NORTH}))


def test_a_token_is_for_one_purpose_one_region_and_a_day() -> None:
    clock = Clock()
    signer = Signer("hemmelig", clock)
    token = signer.make("form", "a")
    assert not signer.is_fresh(token, "form", "a")
    clock.now += 4
    assert signer.age(token, "form", "b") is None
    assert signer.age(token, "confirm", "a") is None
    assert Signer("en anden", clock).age(token, "form", "a") is None
    assert signer.age(signer.make("for", "ma"), "form", "a") is None
    for bad in ("", "x", token[:-1], f"{token}=", token.replace(token[3], "-"), "æ" * 44, "A" * 44, token + "A"):
        assert signer.age(bad, "form", "a") is None or bad == token
    assert signer.is_fresh(token, "form", "a")
    late = signer.make("form", "a")
    clock.now += 25 * 3600
    assert not signer.is_fresh(late, "form", "a")


HOSTILE_TEXTS = [
    "'; DROP TABLE messages; --", "<script>alert(1)</script>", "</textarea><h1>x", "{{ 7*7 }}", "%s%n%x", "../passwd",
    "\x00", "a\x00b", "\u202eommvendt", "\ud7ff", "\U0001f469\u200d\U0001f4bb", "\\N", "=1+1", "Ａ１", "𝟘" * 20,
    "\r\nSet-Cookie: x=y",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
@pytest.mark.parametrize("name", ["text", "about", "region", "found", "id", "token", "work", "hjemmeside"])
def test_nothing_that_is_written_anywhere_becomes_anything_else(tmp_path: Path, name: str, text: str) -> None:
    async def story(service: Service) -> None:
        answer = await service.post(None, PEER, **{"found": "yes", name: text})
        assert answer.status in (200, 303, 422)
        assert "<script>alert" not in answer.text
        assert "</textarea><h1>" not in answer.text
        assert "49" not in hidden(answer.text, "about") if answer.status == 422 and name == "about" else True
        assert "set-cookie" not in answer.headers
        for row in await service.rows():
            assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", "".join(row))
        assert await service.store.read("SELECT count(*) FROM sqlite_master WHERE name = 'messages'") == [(1,)]

    trying(tmp_path, story)


MALFORMED = {
    "invalid UTF-8": (b"region=nordby&text=%ff%fe", 422),
    "raw bytes": (b"region=nordby&text=\xff\xfe", 422),
    "no equals sign": (b"region", 422),
    "a twin field": (b"region=nordby&text=a&text=b", 422),
    "thousands of fields": (b"&".join(b"f%d=1" % n for n in range(3000)), 413),
    "forty fields": (b"&".join(b"f%d=1" % n for n in range(40)), 422),
    "too long": (b"region=nordby&text=" + b"x" * 20_000, 413),
    "empty": (b"", 422),
    "lone surrogate": (b"region=nordby&text=%ed%a0%80", 422),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_body_that_is_no_form_is_refused(tmp_path: Path, name: str) -> None:
    body, status = MALFORMED[name]

    async def story(service: Service) -> None:
        form = {"content-type": "application/x-www-form-urlencoded"}
        answer = await service.ask("POST", "/v1/feedback", body, form)
        assert answer.status == status
        assert 'href="tel:112"' in answer.text
        for kind in ("multipart/form-data; boundary=x", "text/plain", "application/json", ""):
            assert (await service.ask("POST", "/v1/feedback", body, {"content-type": kind})).status == 415
        packed = {**form, "content-encoding": "gzip"}
        assert (await service.ask("POST", "/v1/feedback", body, packed)).status == 415

    trying(tmp_path, story)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[asyncio.Runner, Service]]:
    directory = tmp_path_factory.mktemp("fuzz")
    with asyncio.Runner() as runner:
        context = started(settings_for(directory), SqliteStore(directory / "messages.db"))
        yield runner, runner.run(context.__aenter__())
        runner.run(context.__aexit__(None, None, None))


def words(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """Return values that the description allows, values near them, and anything at all."""
    allowed = st.sampled_from(schema["enum"]) if "enum" in schema else st.text(max_size=schema.get("maxLength", 100))
    return st.one_of(allowed, st.text(max_size=700), st.from_regex(r"\d{6}[- ]?\d{4}"), st.sampled_from(HOSTILE_TEXTS))


@settings(suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_described_surface_never_breaks(fuzzed: tuple[asyncio.Runner, Service], data: st.DataObject) -> None:
    runner, service = fuzzed
    described = json.loads(runner.run(service.ask("GET", "/v1/openapi.json")).body)
    post = described["paths"]["/v1/feedback"]["post"]
    fields = post["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"]
    names = data.draw(st.lists(st.sampled_from(sorted(fields)), unique=True))
    form = {name: data.draw(words(fields[name])) for name in names}
    headers = data.draw(st.dictionaries(
        st.sampled_from(["accept", "origin", "cookie", "x-forwarded-for", "accept-language"]),
        st.one_of(st.sampled_from(["application/json", ORIGIN, "null"]), st.text("azAZ09:/ ,;=\"'<>%\t", max_size=60)),
    ))  # fmt: skip
    kind = {"content-type": "application/x-www-form-urlencoded"}
    body = urlencode(form, errors="surrogatepass").encode()
    answer = runner.run(service.ask("POST", "/v1/feedback", body, {**kind, **headers}))
    assert str(answer.status) in post["responses"]
    assert answer.status < 500


@settings(suppress_health_check=list(HealthCheck))
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"]),
    path=st.one_of(
        st.sampled_from(["/v1/feedback", "/v1/token", "/indbakke", "/indbakke/slet", "/metrics", "/health/ready", "/"]),
        st.text("/.%2ef\\indbakev1?#&=\0 ", min_size=1, max_size=60).map(lambda text: f"/{text}"),
    ),
    body=st.binary(max_size=300),
    cookie=st.text("indbake=.\";, AZaz09-_", max_size=60),
)  # fmt: skip
def test_no_address_or_body_breaks_it(
    fuzzed: tuple[asyncio.Runner, Service], method: str, path: str, body: bytes, cookie: str
) -> None:
    runner, service = fuzzed
    headers = {"content-type": "application/x-www-form-urlencoded", "cookie": cookie}
    answer = runner.run(service.ask(method, path, body, headers))
    assert answer.status < 500 or answer.status == 503
    assert "Traceback" not in answer.body.decode("utf-8", "replace")
    assert service.app.metrics.requests[503] == 0


SMUGGLED = {
    "length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 0\r\nContent-Length: 5\r\n\r\nabcde",
    "two equal lengths": b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde",
    "a list of lengths": b"Content-Length: 5, 5\r\n\r\nabcde",
    "a signed length": b"Content-Length: +5\r\n\r\nabcde",
    "a negative length": b"Content-Length: -1\r\n\r\n",
    "a folded header": b"X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n",
    "a bare line feed": b"X-A: b\nContent-Length: 0\n\n",
    "a space before the colon": b"Content-Length : 5\r\n\r\nabcde",
    "chunked twice": b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "something chunked": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a bad chunk size": b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
    "a huge chunk size": b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
    "NUL in a header": b"X-A: a\0b\r\nContent-Length: 0\r\n\r\n",
    "no name": b": x\r\nContent-Length: 0\r\n\r\n",
    "a hundred kilobytes": b"X-A: " + b"a" * 100_000 + b"\r\nContent-Length: 0\r\n\r\n",
    "five thousand headers": b"".join(b"X-%d: a\r\n" % n for n in range(5000)) + b"Content-Length: 0\r\n\r\n",
}


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("service")) as service:
        yield service


def talk(port: int, data: bytes) -> bytes:
    """Send bytes, and return all that comes back until nothing more does."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), 10) as connection, contextlib.suppress(OSError):
        connection.sendall(data)
        while piece := connection.recv(65536):
            answer += piece
            connection.settimeout(QUIET)
    return answer


@pytest.mark.whole
@pytest.mark.parametrize("name", SMUGGLED)
def test_one_malformed_request_is_never_taken_for_two(command: Running, name: str) -> None:
    head = b"POST /v1/feedback HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    inner = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = talk(command.port, head + SMUGGLED[name] + inner)
    assert b" 500 " not in answer
    assert b'{"status": "live"}' not in answer or answer.count(b"HTTP/1.1 ") == 2
    if name in REFUSED:
        assert answer.count(b"HTTP/1.1 ") <= 1
        assert b'{"status": "live"}' not in answer


REFUSED = SMUGGLED.keys() - {"a bad chunk size"} - {"chunked twice"} - {"a folded header"}


@pytest.mark.whole
def test_no_content_and_no_sender_in_any_log(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        data = (
            request("m")
            .replace(b"region=nordby", b"region=nordby")
            .replace(b"Host:", b"User-Agent: kanariefugl\r\nHost:")
        )
        bodies = (f"text={CANARY}", f"text={CANARY}+010190-1234", f"text={CANARY}&x=1", f"{CANARY}", f"found={CANARY}")
        for body in bodies:
            own = f"region=nordby&{body}"
            head = data.partition(b"\r\n\r\n")[0]
            head = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % len(own), head)
            assert talk(service.port, head + b"\r\n\r\n" + own.encode())
        talk(service.port, f"GET /{CANARY}?{CANARY} HTTP/1.1\r\nHost: {CANARY}\r\n\r\n".encode())
        talk(service.port, f"{CANARY}\r\n\r\n".encode())
        shown = talk(service.port, b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").decode()
    told = service.log.read_text() + shown
    assert CANARY not in told
    assert "kanariefugl" not in told
    assert "010190" not in told
    assert "127.0.0.1" not in service.log.read_text().partition("\n")[2]
    assert all(json.loads(line) for line in service.log.read_text().splitlines()[1:])


class Trickle:
    """Clients that hold on to connections by sending a byte now and then."""

    def __init__(self, port: int, count: int, start: bytes) -> None:
        self.port, self.count, self.start = port, count, start
        self.writers: list[asyncio.StreamWriter] = []
        self.closed = 0

    async def open(self) -> None:
        for _ in range(self.count):
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(self.start)
            self.writers.append(writer)

    async def drip(self) -> None:
        while True:
            for writer in self.writers:
                if not writer.is_closing():
                    writer.write(b"a")
            await asyncio.sleep(1)

    async def end(self) -> None:
        for writer in self.writers:
            self.closed += writer.is_closing()
            writer.close()


SLOW_HEADER = b"POST /v1/feedback HTTP/1.1\r\nHost: x\r\nX-A: "
SLOW_BODY = (
    b"POST /v1/feedback HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 400\r\n\r\nregion=nordby&text="
)


def siege(service: Running, count: int, wait: float) -> tuple[Sent, Sent, int]:
    """Return an honest client's messages without and with so many slow clients of both kinds, and how many were cut."""

    async def story() -> tuple[Sent, Sent, int]:
        calm, beset = Sent(), Sent()
        await load(service.port, Sent(), connections=2, prefix="w", messages=100)
        await load(service.port, calm, connections=2, prefix="c", messages=400)
        slow = [Trickle(service.port, count, SLOW_HEADER), Trickle(service.port, count, SLOW_BODY)]
        for one in slow:
            await one.open()
        dripping = [asyncio.create_task(one.drip()) for one in slow]
        await load(service.port, beset, connections=2, prefix="b", messages=400)
        await asyncio.sleep(wait)
        for one, task in zip(slow, dripping, strict=True):
            task.cancel()
            await one.end()
        return calm, beset, sum(one.closed for one in slow)

    return asyncio.run(story())


@pytest.mark.whole
def test_slow_clients_do_not_hold_up_an_honest_one(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        calm, beset, _ = siege(service, 60, 0)
    assert calm.statuses == beset.statuses == {303: 400}


@pytest.mark.long
def test_three_hundred_slow_clients_of_both_kinds_are_shown_the_door(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        calm, beset, closed = siege(service, 300, 14)
        rested, harried = calm.percentile(0.99) * 1e3, beset.percentile(0.99) * 1e3
        print(f"p99 roligt {rested:.1f} ms, belejret {harried:.1f} ms, lukket {closed}")
    assert calm.statuses == beset.statuses == {303: 400}
    assert closed == 600


@pytest.mark.whole
def test_who_comes_when_the_house_is_full_is_asked_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.feedback.intake.IN_FLIGHT", 4)

    async def story(service: Service) -> None:
        opened, add = asyncio.Event(), service.store.add

        async def held(message: Message) -> None:
            await opened.wait()
            await add(message)

        monkeypatch.setattr(service.store, "add", held)
        inside = [asyncio.create_task(service.post(id=f"reader{n:04}", text=f"nr {n}")) for n in range(4)]
        while service.app.receiver._inside < 4:
            await asyncio.sleep(0)
        late = await service.post(id="readerlate", text="for sent")
        assert (late.status, late.headers["retry-after"]) == (503, "10")
        assert "Gå tilbage. Din tekst står der endnu." in late.text
        assert 'href="tel:112"' in late.text
        script = await service.post({"accept": "application/json"}, id="readerlate", text="for sent")
        assert (script.status, json.loads(script.body)["status"]) == (503, "shed")
        opened.set()
        assert [answer.status for answer in await asyncio.gather(*inside)] == [303] * 4
        assert len(await service.rows()) == 4

    trying(tmp_path, story)


@pytest.mark.whole
def test_in_a_flood_all_are_answered_and_the_service_is_there_afterwards(tmp_path: Path) -> None:
    """How many are shed is up to the machine; that some can be is held above."""
    log, after = Sent(), Sent()

    async def story(service: Running) -> None:
        await load(service.port, log, connections=700, prefix="f", messages=2100)
        began = time.monotonic()
        while not after.thanked:
            await load(service.port, after, connections=1, prefix="a", messages=1)
        log.seconds.append(time.monotonic() - began)

    with running(tmp_path) as service:
        asyncio.run(story(service))
    assert 303 in log.statuses
    assert log.statuses.keys() <= {303, 503}
    assert sum(log.statuses.values()) == len(log.sent)
    assert after.statuses == {303: 1}
