"""The map of printed codes: loaded by the servers it is for, and asked for every code as people may type it."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from urllib.parse import urljoin, urlsplit

import pytest
from click.testing import CliRunner

from generator.cache import Cache
from generator.cli import main
from generator.codes.alphabet import is_valid, new_code
from generator.codes.server_maps import SERVERS, Lead, leads
from generator.publish.build_request import BuildRequest
from generator.publish.site import build_site
from tests.support import servers
from tests.support.history_example import AFTER, BEFORE, history, history_site

Serve = Callable[[str, Path, Path], AbstractContextManager[int]]
SERVING: dict[str, Serve] = {"nginx": servers.nginx, "apache": servers.apache}
UNKNOWN = "234567"


def targets(day: date, site_url: str = "") -> dict[str, Lead]:
    return {lead.code: lead for lead in leads(history().catalogue, day, site_url)}


def spellings(code: str) -> Iterator[str]:
    mixed = "".join(letter.upper() if place % 2 else letter for place, letter in enumerate(code))
    for typed in (code, code.upper(), mixed):
        yield from (f"/q/{typed}/", f"/q/{typed}", f"/Q/{typed}/", f"/Q/{typed}")


class TestWhereACodeLeads:
    def test_paper_that_holds_leads_to_its_page_and_no_other_does(self) -> None:
        codes = history().codes
        straight = {lead.code: lead.target for lead in targets(AFTER).values() if lead.at_once}
        assert straight == {
            codes["current"]: "/vest/oem-skulder/", codes["newest"]: "/vest/hvornaar-skal-du-ringe/",
        }  # fmt: skip
        others = [lead for lead in targets(AFTER).values() if not lead.at_once]
        assert {lead.target for lead in others} == {f"/q/{lead.code}/" for lead in others}

    def test_every_code_ever_issued_is_there_on_every_day(self) -> None:
        for day in (date(2020, 1, 1), BEFORE, AFTER, date(2050, 1, 1)):
            assert list(targets(day)) == list(history().catalogue.editions)

    @pytest.mark.whole
    @pytest.mark.parametrize("day", [BEFORE, AFTER])
    def test_every_target_is_a_page_that_is_built(self, day: date) -> None:
        for lead in targets(day).values():
            assert (history_site(day) / lead.target.strip("/") / "index.html").is_file(), lead

    def test_a_region_with_its_own_site_gets_whole_addresses(self) -> None:
        catalogue = history().catalogue
        own = catalogue.regions["vest"].model_copy(update={"own_site": "https://ryg.vest.dk/"})
        moved = replace(catalogue, regions={**catalogue.regions, "vest": own})
        found = {lead.code: lead.target for lead in leads(moved, AFTER, "https://skulder.dk/")}
        assert found[history().codes["current"]] == "https://ryg.vest.dk/oem-skulder/"
        assert found[history().codes["draft"]] == f"https://skulder.dk/q/{history().codes['draft']}/"

    def test_the_address_of_the_site_may_hold_a_path(self) -> None:
        found = targets(AFTER, "https://Region.dk/ryg/")[history().codes["current"]]
        assert found.target == "https://region.dk/ryg/vest/oem-skulder/"


@pytest.mark.parametrize("server", SERVING)
class TestOnRealServers:
    @pytest.mark.whole
    @pytest.mark.parametrize("day", [BEFORE, AFTER])
    def test_every_code_in_every_spelling_comes_where_it_should_in_one_hop(
        self, server: str, day: date, tmp_path: Path
    ) -> None:
        found = targets(day)
        exported = SERVERS[server](list(found.values()), day)
        with SERVING[server](exported, history_site(day), tmp_path) as port:
            for code, lead in found.items():
                for path in spellings(code):
                    status, location = servers.ask(port, path)
                    if path == lead.target:
                        assert (status, location) == (200, None), path
                        continue
                    assert (status, urlsplit(location or "").path) == (302, lead.target), path
                assert servers.ask(port, lead.target)[0] == 200

    @pytest.mark.whole
    def test_a_code_that_was_never_issued_is_not_found(self, server: str, tmp_path: Path) -> None:
        exported = SERVERS[server](list(targets(AFTER).values()), AFTER)
        with SERVING[server](exported, history_site(AFTER), tmp_path) as port:
            for path in (*spellings(UNKNOWN), "/q/c6ep3", "/q/c6ep3f/x/", "/q/%00/", "/q/c6ep3f%20/"):
                assert servers.ask(port, path)[0] in (400, 404), path
            assert servers.ask(port, "/q/")[0] == 200
            assert servers.ask(port, "/vest/")[0] == 200

    @pytest.mark.whole
    def test_nobody_goes_in_circles_where_the_codes_and_the_site_share_a_host(
        self, server: str, tmp_path: Path
    ) -> None:
        found = targets(AFTER, "https://koder.sundhed.dk/")
        exported = SERVERS[server](list(found.values()), AFTER)
        draft, host = history().codes["draft"], "koder.sundhed.dk"
        with SERVING[server](exported, history_site(AFTER), tmp_path) as port:
            assert servers.ask(port, f"/q/{draft}/", host) == (200, None)
            assert servers.ask(port, f"/Q/{draft}/", host) == (302, f"https://{host}/q/{draft}/")
            current = history().codes["current"].upper()
            assert servers.ask(port, f"/q/{current}", host) == (302, f"https://{host}/vest/oem-skulder/")

    @pytest.mark.whole
    def test_ten_thousand_codes_are_loaded(self, server: str, tmp_path: Path) -> None:
        random, taken = Random(7), set[str]()
        while len(taken) < 10_000:
            taken.add(new_code(taken, random))
        many = [Lead(code, f"/en-region/et-langt-emne-{code}/", True) for code in sorted(taken)]
        with SERVING[server](SERVERS[server](many, AFTER), history_site(AFTER), tmp_path) as port:
            for lead in many[::500]:
                status, location = servers.ask(port, f"/Q/{lead.code.upper()}")
                assert (status, urlsplit(urljoin("http://x/", location)).path) == (302, lead.target)


class TestNetlify:
    """It cannot be installed. Its documented rules are few: first match, case counts, a closing slash does not."""

    @staticmethod
    def rules(day: date, site_url: str = "") -> dict[str, tuple[str, str]]:
        text = SERVERS["netlify"](list(targets(day, site_url).values()), day)
        lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
        assert all(len(line) == 3 for line in lines)
        found = {start: (target, status) for start, target, status in lines}
        assert len(found) == len(lines)
        return found

    @pytest.mark.parametrize("day", [BEFORE, AFTER])
    @pytest.mark.parametrize("site_url", ["", "https://skulder.dk/"])
    def test_rules_are_forced_since_pages_lie_at_the_same_addresses(self, day: date, site_url: str) -> None:
        assert {status for _, status in self.rules(day, site_url).values()} == {"302!"}

    @pytest.mark.parametrize("day", [BEFORE, AFTER])
    @pytest.mark.parametrize("site_url", ["", "https://skulder.dk/"])
    def test_both_spellings_lead_right_and_none_to_itself(self, day: date, site_url: str) -> None:
        rules = self.rules(day, site_url)
        for code, lead in targets(day, site_url).items():
            assert rules[f"/Q/{code.upper()}"][0] == lead.target
            if lead.at_once:
                assert rules[f"/q/{code}"][0] == lead.target
            else:
                assert f"/q/{code}" not in rules
        assert not any(urlsplit(target).path.rstrip("/") == start for start, (target, _) in rules.items())

    def test_the_codes_are_written_as_they_are_printed(self) -> None:
        assert all(is_valid(start.rpartition("/")[2].lower()) for start in self.rules(AFTER))


class TestTheCommand:
    @staticmethod
    def run(*words: str) -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(history().root)
            result = CliRunner().invoke(main, ["codes", "map", *words])
        assert result.exit_code == 0, result.output
        return result.output

    @pytest.mark.parametrize("server", SERVERS)
    def test_it_shows_the_map_with_where_it_belongs(self, server: str) -> None:
        shown = self.run("--server", server, "--as-of", "2027-03-15")
        assert shown == SERVERS[server](list(targets(AFTER).values()), AFTER)
        assert re.match(r"# Hvor koderne på papir fører hen 15\. marts 2027\. .+ ret ikke i filen\.\n", shown)
        assert "301" in shown.partition("\n")[2][:300]

    @pytest.mark.whole
    def test_a_region_published_alone_has_its_own_codes_and_its_pages_at_the_root(self, tmp_path: Path) -> None:
        catalogue, site = history().catalogue, tmp_path / "site"
        build_site(catalogue, BuildRequest(history().root, site, AFTER, region="vest"), Cache(tmp_path / "cache"))
        shown = self.run("--server", "apache", "--region", "vest", "--as-of", "2027-03-15")
        rows = dict(line.split() for line in shown.splitlines() if not line.startswith("#"))
        assert set(rows) == {edition.id for edition in catalogue.editions.values() if edition.sender == "vest"}
        assert rows[history().codes["current"]] == "/oem-skulder/"
        for target in rows.values():
            assert (site / target.strip("/") / "index.html").is_file(), target

    def test_it_writes_a_file_that_the_server_may_read(self, tmp_path: Path) -> None:
        out = tmp_path / "koder.conf"
        said = self.run("--server", "nginx", "--as-of", "2027-03-15", "--out", str(out))
        assert said == f"8 koder i {out}; 2 fører lige til deres side.\n"
        assert out.read_text("utf-8") == SERVERS["nginx"](list(targets(AFTER).values()), AFTER)
        assert out.stat().st_mode & 0o777 == 0o644
