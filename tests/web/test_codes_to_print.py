"""Codes for a region's own designers: read back from the files as they are drawn, in the size they tell of."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
import zxingcpp
from click.testing import CliRunner, Result
from PIL import Image
from playwright.sync_api import Browser

from generator.cli import main
from generator.draw import qr
from generator.sender.context import Context
from generator.sender.senders import senders
from generator.web.codes_to_print import PrintedCode, code_files, code_overview, printed_codes
from tests.support.history_example import AFTER, BEFORE, history, history_site

SVG = "{http://www.w3.org/2000/svg}"
MODULES = 41
"""As many as an address of this length has, with four on each side that stay white."""


def codes(region: str, module_mm: float = 0.6) -> dict[str, PrintedCode]:
    catalogue = history().catalogue
    sender = next(sender for sender in senders(catalogue, AFTER) if sender.id == region)
    return {item.code: item for item in printed_codes(Context(catalogue, sender, AFTER), module_mm)}


def drawn(code: str, suffix: str, module_mm: float = 0.6) -> bytes:
    made = code_files(codes("vest", module_mm)[code])
    return next(data for name, data in made.items() if name.endswith(suffix))


@pytest.fixture
def current() -> str:
    return history().codes["current"]


def read(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


def svg(code: str, module_mm: float = 0.6) -> Element:
    return fromstring(drawn(code, ".svg", module_mm))


def test_what_is_in_use_is_drawn_and_nothing_else() -> None:
    past = history().codes
    here = set(codes("vest"))
    assert {past["current"], past["newest"], past["draft"]} <= here
    assert not here & {past["replaced"], past["withdrawn"], past["outdated"], past["merged"]}
    assert set(codes("nyland")) == {past["outdated"]}


class TestTheDrawing:
    @pytest.mark.parametrize("module_mm", [0.5, 0.6, 1.0])
    def test_it_has_its_size_in_millimetres_and_one_unit_a_module(self, current: str, module_mm: float) -> None:
        root = svg(current, module_mm)
        assert root.attrib["viewBox"] == f"0 0 {MODULES} {MODULES}"
        for side in ("width", "height"):
            assert float(root.attrib[side].removesuffix("mm")) == pytest.approx(MODULES * module_mm)

    def test_a_browser_shows_it_so_that_it_can_be_read(self, current: str, browser: Browser) -> None:
        page = browser.new_page()
        page.set_content(f'<body style="margin:0;background:#7a1f5c">{drawn(current, ".svg").decode()}')
        picture = page.locator("svg").screenshot()
        box = page.locator("svg").bounding_box()
        page.close()
        assert box is not None
        assert box["width"] == pytest.approx(MODULES * 0.6 / 25.4 * 96, abs=0.5)
        image = Image.open(BytesIO(picture))
        assert read(image.resize((image.width * 4, image.height * 4))) == [codes("vest")[current].address]

    def test_it_says_what_it_leads_to(self, current: str) -> None:
        root = svg(current)
        assert root.findtext(f"{SVG}title") == f"QR-kode {current}: Din skulder, Region Vest"
        told = f"Fører til https://koder.sundhed.dk/q/{current}/. 24,6 mm bred med hvid kant."
        assert root.findtext(f"{SVG}desc") == f"{told} Udgivet 22. november 2026."

    def test_a_draft_says_so_inside_and_not_in_its_name(self) -> None:
        draft = history().codes["draft"]
        assert "KLADDE: må ikke trykkes endnu." in (svg(draft).findtext(f"{SVG}desc") or "")
        assert not any("kladde" in name.lower() for name in code_files(codes("vest")[draft]))


class TestThePicture:
    @pytest.mark.parametrize("module_mm", [0.5, 0.6, 1.0, 1.7])
    @pytest.mark.parametrize("dpi", [300, 600])
    def test_it_is_read_and_its_size_in_millimetres_is_exact(self, current: str, dpi: int, module_mm: float) -> None:
        image = Image.open(BytesIO(drawn(current, f"-{dpi}dpi.png", module_mm)))
        assert read(image) == [codes("vest")[current].address]
        across, down = image.info["dpi"]
        assert across == down >= dpi
        assert image.size == (image.width, image.width)
        assert image.width % MODULES == 0
        assert image.width / across * 25.4 == pytest.approx(MODULES * module_mm, abs=0.005)

    def test_four_modules_stay_white_on_every_side(self, current: str) -> None:
        image = Image.open(BytesIO(drawn(current, "-600dpi.png"))).convert("L")
        edge = image.width // MODULES * qr.QUIET_ZONE
        inner = image.crop((edge, edge, image.width - edge, image.width - edge))
        assert inner.getbbox() == (0, 0, inner.width, inner.width)
        rim = image.copy()
        rim.paste(255, (edge, edge, image.width - edge, image.width - edge))
        assert rim.getextrema() == (255, 255)
        assert {inner.getpixel((0, 0)), inner.getpixel((inner.width - 1, 0))} == {0}

    def test_it_says_what_it_leads_to(self, current: str) -> None:
        image = Image.open(BytesIO(drawn(current, "-300dpi.png")))
        image.load()
        assert image.info["Description"].startswith(f"Fører til https://koder.sundhed.dk/q/{current}/.")


class TestTheSheet:
    def test_it_tells_of_every_code_what_it_leads_to_and_how_small_it_may_be(self) -> None:
        sheet = code_overview(tuple(codes("vest").values()))
        code = history().codes["newest"]
        assert (
            f"""
{code}
  Folder: Ring i tide (papir med hele teksten)
  Afsender: Region Vest
  Udgave: udgivet 2. december 2026
  QR-koden holder: https://koder.example/q/{code}/
  Fører til: vest/hvornaar-skal-du-ringe/
  Skriv ved siden af: koder.example/q/{code}
  Filernes størrelse: 22,2 mm med hvid kant (37 moduler à 0,6 mm)
  Mindste størrelse: 18,5 mm
  Filer: {code}.svg, {code}-300dpi.png, {code}-600dpi.png
"""
            in sheet
        )

    def test_what_must_not_be_printed_says_why(self) -> None:
        draft, outdated = history().codes["draft"], history().codes["outdated"]
        assert codes("vest")[draft].status == "KLADDE: må ikke trykkes endnu"
        assert codes("nyland")[outdated].status.endswith("men et nummer på den gælder ikke længere: tryk den ikke")


class TestThePage:
    @pytest.mark.whole
    @pytest.mark.parametrize("region", ["vest", "nyland"])
    def test_it_shows_every_code_and_all_its_files_are_there(self, region: str) -> None:
        page = history_site(AFTER) / region / "foldere/koder/index.html"
        text = page.read_text("utf-8")
        for item in codes(region).values():
            assert item.address in text
            assert item.status[:1].upper() + item.status[1:] in text
            for name, data in code_files(item).items():
                assert (history_site(AFTER) / region / name).read_bytes() == data
        links = re.findall(r'(?:href|src)="([^"#]+\.(?:svg|png|pdf))"', text.partition("<main")[2])
        assert len(links) >= 4
        assert all((page.parent / link).resolve().is_file() for link in links)

    @pytest.mark.whole
    def test_the_gallery_leads_there_also_from_a_region_that_is_gone(self) -> None:
        gallery = (history_site(AFTER) / "vest/foldere/index.html").read_text("utf-8")
        assert 'href="../foldere/koder/"' in gallery
        gone = (history_site(AFTER) / "oest/foldere/koder/index.html").read_text("utf-8")
        assert "nyland/foldere/koder/" in gone
        assert (history_site(BEFORE) / "oest/foldere/koder" / f"{history().codes['merged']}.svg").is_file()


class TestTheCommand:
    @staticmethod
    def run(*words: str) -> Result:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(history().root)
            return CliRunner().invoke(main, ["codes", "qr", "--as-of", "2027-03-15", *words])

    def test_it_draws_the_codes_of_one_region_with_a_sheet_beside_them(self, tmp_path: Path) -> None:
        result = self.run("--region", "nyland", "--module-mm", "1", "--out", str(tmp_path))
        assert result.exit_code == 0, result.output
        code = history().codes["outdated"]
        assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")) == [
            "nyland/koder.txt", f"nyland/{code}-300dpi.png", f"nyland/{code}-600dpi.png", f"nyland/{code}.svg",
        ]  # fmt: skip
        assert 'width="37mm"' in (tmp_path / f"nyland/{code}.svg").read_text("utf-8")
        assert "37 moduler à 1 mm" in (tmp_path / "nyland/koder.txt").read_text("utf-8")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--module-mm", "0.4"], "skriv mindst 0,5 mm, som telefoner læser sikkert"),
            (["--module-mm", "60"], "højst 5 mm"),
            (["--region", "nylan"], "mente du »nyland«?"),
            (["--region", "oest"], "findes ikke 15. marts 2027"),
        ],
    )
    def test_wrong_use_is_explained_and_writes_nothing(self, words: list[str], said: str, tmp_path: Path) -> None:
        result = self.run(*words, "--out", str(tmp_path / "ud"))
        assert result.exit_code == 2
        assert said in " ".join(result.output.split())
        assert not (tmp_path / "ud").exists()
