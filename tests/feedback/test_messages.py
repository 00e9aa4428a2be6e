"""What a reader sends is kept before it is thanked for, or comes back with what to change."""

import asyncio
import json
import re
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.support.feedback_service import NORTH, ORIGIN, PEER, SOUTH, THANKS, Service, settings_for, started

pytestmark = pytest.mark.whole


def trying(directory: Path, story: Any, **given: Any) -> Any:
    """Run a story against a started service."""

    async def told() -> Any:
        async with started(settings_for(directory, **given)) as service:
            return await story(service)

    coroutine: Coroutine[Any, Any, Any] = told()
    return asyncio.run(coroutine)


def test_a_message_is_kept_and_thanked_for_on_the_pages_own_site(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        said = {"found": "yes", "clear": "partly", "call": "no", "text": "Skriv mere om søvn."}
        answer = await service.post(None, PEER, about="page:medicin/", **said)
        assert (answer.status, answer.location) == (303, THANKS)
        assert await service.rows() == [(NORTH, "medicin/", "", "yes", "partly", "no", "Skriv mere om søvn.")]

    trying(tmp_path, story)


def test_a_leaflet_is_known_by_the_code_on_it(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        assert (await service.post(about="leaflet:5HD3CG", found="no")).status == 303
        assert await service.rows("page, edition") == [("", "5hd3cg")]
        assert (await service.post(about="leaflet:27x48y", found="no")).status == 422

    trying(tmp_path, story)


def test_only_the_day_is_kept_and_nothing_about_who_wrote(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        await service.post({"user-agent": "Kanariebrowser", "referer": "https://kanarie.example/"}, found="yes")
        (columns,) = await service.store.read("SELECT group_concat(name) FROM pragma_table_info('messages')")
        assert columns == ("id,receipt,day,region,page,edition,found,clear,call,text,handled",)
        ((day,),) = await service.rows("day")
        assert len(day) == len("2026-11-22")

    trying(tmp_path, story)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("messages.db*"))
    assert b"Kanarie" not in kept
    assert b"192.0.2.7" not in kept


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Formularen er tom."),
        ({"text": "x" * 501}, "Teksten er på 501 tegn. Skriv højst 500."),
        ({"found": "maybe"}, "Vælg et af svarene"),
        ({"about": "page:findes-ikke/", "found": "yes"}, "Formularen passer ikke til siden."),
        ({"region": "andeby", "found": "yes"}, "Formularen passer ikke til siden."),
        ({"text": "hej", "mail": "x"}, "Formularen passer ikke til siden."),
        ({"text": "Jeg hedder 010190-1234"}, "Det ligner et CPR-nummer."),
        ({"text": "Skriv til mig på a@b.dk"}, "Der står en e-mail eller et telefonnummer."),
        ({"text": "Ring på 22 33 44 55"}, "Der står en e-mail eller et telefonnummer."),
    ],
)
def test_what_must_be_changed_is_said_and_the_text_is_kept_in_the_box(
    tmp_path: Path, fields: dict[str, str], says: str
) -> None:
    async def story(service: Service) -> None:
        answer = await service.post(None, PEER, **fields)
        assert answer.status == 422
        assert says in answer.text
        assert 'href="tel:112"' in answer.text
        if fields.get("region") is None and set(fields) <= {"text"}:
            assert "70 15 03 00" in answer.text
            assert fields.get("text", "") in answer.text
        assert await service.rows() == []

    trying(tmp_path, story)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("messages.db*") if path.suffix != ".ballast")
    assert b"010190" not in kept


def test_500_characters_with_line_breaks_as_browsers_send_them_are_not_too_many(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        assert (await service.post(text="linje\r\n" * 83 + "æ")).status == 303
        ((text,),) = await service.rows("text")
        assert text == "linje\n" * 83 + "æ"

    trying(tmp_path, story)


def test_numbers_of_the_pages_own_may_be_written(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        assert (await service.post(text="Jeg ringede til 70150300 og 1813, men 112 var nemmere.")).status == 303

    trying(tmp_path, story)


def test_a_region_may_choose_to_mask_instead(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        assert (await service.post(text="Ring 22 33 44 55 eller skriv: å.b@c.dk!")).status == 303
        assert await service.rows("text") == [("Ring [telefonnummer] eller skriv: [e-mail]!",)]
        assert (await service.post(region=SOUTH, text="Ring 22 33 44 55")).status == 422
        assert (await service.post(text="010190-1234")).status == 422

    trying(tmp_path, story, contact_data={NORTH: "mask"})


def test_a_double_click_is_one_message_and_an_afterthought_is_another(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        for _ in range(2):
            assert (await service.post(id="0123456789abcdef", text="Hej")).status == 303
        assert (await service.post(id="0123456789abcdef", text="Hej igen")).status == 303
        assert (await service.post(_peer="192.0.2.8", id="0123456789abcdef", text="Hej")).status == 303
        assert await service.rows("text") == [("Hej",), ("Hej igen",)]

    trying(tmp_path, story)


def test_readers_behind_one_address_with_the_same_answer_are_all_kept(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        for number in range(20):
            assert (await service.post(id=f"reader{number:04}", found="yes")).status == 303
        assert await service.rows("found") == [("yes",)] * 20

    trying(tmp_path, story)


def test_without_a_number_the_token_tells_a_second_press_from_a_second_reader(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        tokens = [service.app.signer.make("form", NORTH) for _ in range(2)]
        for token in (*tokens, *tokens):
            assert (await service.post(token=token, found="yes")).status == 303
        assert await service.rows("found") == [("yes",)] * 2

    trying(tmp_path, story)


def test_without_either_the_same_again_is_asked_about_and_not_thanked_for(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        assert (await service.post(found="yes")).status == 303
        asked = await service.post(found="yes")
        assert asked.status == 200
        assert "Er det et nyt svar?" in asked.text
        assert await service.rows("found") == [("yes",)]
        (number,) = re.findall(r'name="id" value="([^"]+)"', asked.text)
        assert (await service.post(id=number, found="yes")).status == 303
        assert (await service.post(_peer="192.0.2.8", found="yes")).status == 303
        assert await service.rows("found") == [("yes",)] * 3

    trying(tmp_path, story)


def test_scripts_that_ask_for_json_get_it(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        wants = {"accept": "application/json", "origin": ORIGIN}
        kept = await service.post(wants, found="yes")
        assert (kept.status, json.loads(kept.body)) == (201, {"status": "kept", "thanks": THANKS})
        assert kept.headers["access-control-allow-origin"] == ORIGIN
        refused = await service.post(wants, text="010190-1234")
        assert refused.status == 422
        assert json.loads(refused.body)["problems"][0]["field"] == "text"
        assert "010190" not in refused.text

    trying(tmp_path, story)


@pytest.mark.parametrize("origin", ["https://ond.example", "null", "http://localhost:8000.ond.example"])
def test_a_form_from_elsewhere_is_refused_with_a_way_on(tmp_path: Path, origin: str) -> None:
    async def story(service: Service) -> None:
        answer = await service.post({"origin": origin}, text="Hej")
        assert answer.status == 422
        assert "access-control-allow-origin" not in answer.headers
        assert ">Hej</textarea>" in answer.text
        assert (await service.post({"origin": "https://svar.example"}, text="Hej")).status == 303

    trying(tmp_path, story)


def test_nothing_in_the_request_decides_where_the_reader_is_sent(tmp_path: Path) -> None:
    async def story(service: Service) -> None:
        wild = {"host": "ond.example", "x-forwarded-host": "ond.example", "referer": "https://ond.example/"}
        assert (await service.post(wild, found="yes", about="page:medicin/")).location == THANKS
        for about in ("page://ond.example/", "page:medicin/\r\nSet-Cookie: a=b", "page:../../ond"):
            assert (await service.post(found="yes", about=about)).status == 422

    trying(tmp_path, story)
