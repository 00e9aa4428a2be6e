"""What a region's own designers need: each code in use as a drawing, and what it leads to, in a page and in a text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.addresses import CODES_TO_PRINT, code_page, leaflet_file, readable
from generator.codes.register import REGISTER_FILE
from generator.codes.standing import EditionKind, Standing, standing, ways
from generator.danish import decimal, long_date
from generator.draw import qr
from generator.model.leaflet import Family, Leaflet
from generator.sender.context import Context
from generator.web.page import Page

MODULE_MM = 0.6
"""The size that leaflets are set with; a fifth above the least, for paper that is folded and phones that shake."""
DENSITIES = (300, 600)
"""Dots an inch, at the least: what office printers and print shops ask for."""
FAMILIES: Mapping[Family, str] = {
    "a4": "papir med hele teksten", "card": "kort", "poster": "plakat", "screen": "skærm",
}  # fmt: skip
_STATUS: Mapping[EditionKind, str] = {
    "draft": "KLADDE: må ikke trykkes endnu",
    "current": "udgivet {day}",
    "outdated": "udgivet {day}, men et nummer på den gælder ikke længere: tryk den ikke",
}


@dataclass(frozen=True)
class PrintedCode:
    """A code in use, in the size it is to be printed in."""

    code: str
    address: str
    """What is in the drawing."""
    leaflet: Leaflet
    sender: str
    family: str
    leads_to: str
    """The page that readers come to, below the root of the build or with its own host."""
    status: str
    may_be_printed: bool
    module_mm: float

    @property
    def readable(self) -> str:
        """The address as it is printed beside the drawing, for those who type it."""
        return readable(self.address)

    @property
    def size(self) -> str:
        """How wide it is, quiet zone included."""
        return f"{decimal(qr.print_width_mm(self.address, self.module_mm))} mm"

    @property
    def least_size(self) -> str:
        """How wide it must be at the least."""
        return f"{decimal(qr.print_width_mm(self.address, qr.MIN_MODULE_MM))} mm"

    @property
    def modules(self) -> int:
        """How many modules it is wide, quiet zone included."""
        return len(qr.matrix(self.address))


def printed_codes(context: Context, module_mm: float = MODULE_MM) -> tuple[PrintedCode, ...]:
    """Return the codes that the sender's leaflets carry on the day, in the order of the register."""
    catalogue, sender, found = context.catalogue, context.sender, []
    home = sender.region if context.alone else None
    for edition in catalogue.in_use_on(context.day).values():
        leaflet = catalogue.leaflets.get(edition.leaflet)
        if edition.sender == sender.id and leaflet and sender.id in leaflet.senders:
            stands = standing(catalogue, edition, context.day)
            printed = edition.release.address if edition.release else None
            found.append(PrintedCode(
                edition.id, printed or catalogue.settings.code_address(edition.id), leaflet, sender.name,
                FAMILIES[edition.format_family], ways(catalogue, stands, home)[0].page, _status(stands),
                stands.kind == "current", module_mm,
            ))  # fmt: skip
    return tuple(found)


def file_names(item: PrintedCode) -> tuple[str, ...]:
    """Return the names of the code's files, the one to prefer first."""
    return f"{item.code}.svg", *(f"{item.code}-{dpi}dpi.png" for dpi in DENSITIES)


def code_files(item: PrintedCode) -> dict[str, bytes]:
    """Return the code's drawings by address below the sender's root."""
    title = f"QR-kode {item.code}: {item.leaflet.title}, {item.sender}"
    told = f"Fører til {item.address}. {item.size} bred med hvid kant. {item.status[:1].upper()}{item.status[1:]}."
    drawings = [
        qr.drawing(item.address, item.module_mm, title, told).encode(),
        *(qr.picture(item.address, item.module_mm, dpi, title, told) for dpi in DENSITIES),
    ]
    return {f"{CODES_TO_PRINT}{name}": data for name, data in zip(file_names(item), drawings, strict=True)}


def code_overview(found: tuple[PrintedCode, ...]) -> str:
    """Return the sheet that lies beside the files: what each code leads to, and how it is to be printed."""
    rules = "".join(f"- {rule}\n" for rule in _RULES)
    return f"Koder til tryksager\n\n{rules}{''.join(map(_told, found))}"


def codes_to_print(context: Context) -> Page:
    """Return the page with the same for people who look rather than run commands."""
    return Page(
        CODES_TO_PRINT, "designers.html", "Koder til regionens egne tryksager",
        "QR-koderne som filer, og hvad de fører til.", lambda: _values(context), REGISTER_FILE,
    )  # fmt: skip


def _values(context: Context) -> Mapping[str, Any]:
    found = printed_codes(context)
    return {
        "printed_codes": [(item, file_names(item), code_page(item.code)) for item in found],
        "rules": _RULES,
        "sheets": {item.code: leaflet_file(item.leaflet.id, item.leaflet.formats[0]) for item in found},
    }


def _status(found: Standing) -> str:
    released = found.edition.release and found.edition.release.released_on
    return _STATUS[found.kind].format(day=long_date(released) if released else "")


def _told(item: PrintedCode) -> str:
    rows = {
        "Folder": f"{item.leaflet.title} ({item.family})", "Afsender": item.sender, "Udgave": item.status,
        "QR-koden holder": item.address, "Fører til": item.leads_to, "Skriv ved siden af": item.readable,
        "Filernes størrelse": f"{item.size} med hvid kant ({item.modules} moduler à {decimal(item.module_mm)} mm)",
        "Mindste størrelse": item.least_size, "Filer": ", ".join(file_names(item)),
    }  # fmt: skip
    return f"\n{item.code}\n" + "".join(f"  {name}: {value}\n" for name, value in rows.items())


_RULES = (
    "Koden hører til én udgave af én folder. Brug den ikke på andet: Siden bag den fortæller, hvad der er ændret.",
    f"Et modul, den mindste firkant, skal være mindst {decimal(qr.MIN_MODULE_MM)} mm på papiret.",
    f"Den hvide kant er {qr.QUIET_ZONE} moduler bred og en del af koden. Lad den være fri hele vejen rundt.",
    "Tryk den sort på hvid bund, også når papiret har farve. Sæt intet logo i den, og vend ikke farverne om.",
    "Brug SVG-filen, hvor I kan. Den kan gøres større uden at blive uskarp.",
    "Skriv altid adressen og koden ved siden af, til den, der ikke kan scanne.",
    "Prøv et tryk med to forskellige telefoner, før I trykker resten.",
)
