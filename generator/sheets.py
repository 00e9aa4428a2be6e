"""Catalogue → what stands on each leaflet of each sender."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element

from PIL import Image

from generator import addresses, leaflets
from generator.danish import headed, long_date
from generator.insertions import UNCONFIRMED, Setting, whom_to_call
from generator.markdown import plain_text
from generator.model.catalogue import Catalogue
from generator.model.edition import PrintedEdition
from generator.model.leaflet import Family, Leaflet, Part, family
from generator.model.place import Phone
from generator.model.red_flag import PAPER_LEVELS as PAPER_LEVELS
from generator.model.source import Source
from generator.plan import Plan
from generator.problems import ContentError, Position, Problem
from generator.senders import Sender

_UNBRACKETED = str.maketrans("", "", "[]")


@dataclass(frozen=True)
class Print:
    """One leaflet file to be made: its address below the sender's root, and what stands on it."""

    address: str
    picture_address: str
    leaflet: Leaflet
    edition: PrintedEdition
    sheet: leaflets.Sheet


def prints(catalogue: Catalogue, sender: Sender, plan: Plan) -> Iterator[Print]:
    """Yield every leaflet that the sender hands out and that has a code; raises ContentError where one has none."""
    for leaflet in catalogue.leaflets.values():
        if sender.id in leaflet.senders:
            for paper_format in leaflet.formats:
                edition = _edition(catalogue, leaflet, sender, family(paper_format))
                yield Print(
                    addresses.leaflet_file(leaflet.id, paper_format),
                    addresses.leaflet_file(leaflet.id, paper_format, "png"),
                    leaflet,
                    edition,
                    _sheet(catalogue, sender, plan, leaflet, edition),
                )


def render(item: Print) -> tuple[bytes, bytes]:
    """Return the PDF and the picture of its first page; raises ContentError for what the author can correct."""
    try:
        return leaflets.render_leaflet(item.sheet), _small(leaflets.render_picture(item.sheet, ppi=PICTURE_PPI))
    except leaflets.PaperError as error:
        raise ContentError([item.leaflet.problem(f"{item.address}: {error.message}", error.remedy)]) from error


PICTURE_PPI = 26
"""Makes an A4 page 215 pixels wide, twice the width it is shown at."""
PICTURE_COLOURS = 24
"""A page of text in two colours needs no more, and the file is a third of the size."""


def _small(picture: bytes) -> bytes:
    with Image.open(BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(PICTURE_COLOURS, dither=Image.Dither.NONE)
    file = BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def _edition(catalogue: Catalogue, leaflet: Leaflet, sender: Sender, wanted_family: Family) -> PrintedEdition:
    for edition in catalogue.editions.values():
        wanted = (leaflet.id, sender.id, leaflet.language, wanted_family)
        found = (edition.leaflet, edition.sender, edition.language, edition.format_family)
        if found == wanted and edition.status in ("draft", "current"):
            return edition
    message = f"folderen har ingen kode til {sender.name} ({wanted_family})"
    raise ContentError([leaflet.problem(message, "kør: .venv/bin/borgerinfo release --draft", "senders")])


def _sheet(
    catalogue: Catalogue, sender: Sender, plan: Plan, leaflet: Leaflet, edition: PrintedEdition
) -> leaflets.Sheet:
    setting = Setting(catalogue, sender, plan.as_of)
    cited = _cited(catalogue, leaflet.parts)
    host = (plan.code_host or catalogue.settings.code_host).rstrip("/")
    address = f"{host}/{addresses.code_page(edition.id)}"
    day = long_date(plan.as_of)
    return leaflets.Sheet(
        title=leaflet.title,
        promise=leaflet.promise,
        sender_name=sender.name,
        palette=leaflets.Palette(ink=sender.palette.ink, tint=sender.palette.tint),
        blocks=tuple(_blocks(catalogue, setting, leaflet, cited)),
        cards=tuple(_cards(setting)),
        phones=(),
        code=edition.id,
        code_address=address,
        readable_address=addresses.readable(address),
        edition=(leaflet.title, f"kladde {day}" if edition.status == "draft" else day, edition.id),
        origin_notice=leaflet.origin_notice,
        sources=tuple(_source_line(catalogue.sources[name]) for name in cited),
        draft=plan.profile == "draft",
        as_of=plan.as_of,
    )


def _cited(catalogue: Catalogue, parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the sources of the parts in the order of their numbers, those of unused sections left out."""
    names = (
        element.get("args", "").split("|")[0]
        for part in parts
        for top in catalogue.topics[part.topic].body.sections(part.sections)
        for element in top.iter("insertion")
        if element.get("name") == "kilde"
    )
    return tuple(dict.fromkeys(names))


def _blocks(
    catalogue: Catalogue, setting: Setting, leaflet: Leaflet, cited: tuple[str, ...]
) -> Iterator[leaflets.PaperBlock]:
    def resolve(name: str, arguments: tuple[str, ...]) -> tuple[leaflets.PaperInline | leaflets.PaperBlock, ...]:
        return _on_paper(setting, cited, name, arguments)

    for part in leaflet.parts:
        topic = catalogue.topics[part.topic]
        chosen = Element("div")
        chosen.extend(topic.body.sections(part.sections))
        try:
            yield from leaflets.sheet_blocks(chosen, resolve)
        except leaflets.PaperError as error:
            raise ContentError([Problem(Position(topic.origin.path), error.message, error.remedy)]) from error


def _on_paper(
    setting: Setting, cited: tuple[str, ...], name: str, arguments: tuple[str, ...]
) -> tuple[leaflets.PaperInline | leaflets.PaperBlock, ...]:
    """Return what an insertion looks like on paper; cards, numbers and sources stand on the back of every sheet."""
    if name == "kilde":
        return (leaflets.Run(text=str(cited.index(arguments[0]) + 1), raised=True),)
    if name == "telefon" and arguments == ("112",):
        return (leaflets.Run(text="112", strong=True),)
    if name == "telefon":
        phones = [phone for area in setting.sender.areas if (phone := setting.sender.number(area, setting.as_of))]
        return (leaflets.Run(text=" eller ".join(_spoken(phone) for phone in phones)),)
    if name == "afsender":
        return (leaflets.Run(text=setting.sender.name),)
    if name in ("alarmtegn", "hvem-ringer-du-til", "folder"):
        return ()
    message = f"{{{{ {name} }}}} kan ikke vises på papir"
    raise leaflets.PaperError(message, "flyt den til en tekst, der ikke er i folderen")


def _spoken(phone: Phone) -> str:
    status = "" if phone.is_confirmed else f"\u00a0({UNCONFIRMED})".replace(" ", "\u00a0")
    return f"{phone.name} på {(phone.number or '').replace(' ', chr(0xA0))}{status}"


def _cards(setting: Setting) -> Iterator[leaflets.Card]:
    for name in PAPER_LEVELS:
        level = setting.catalogue.urgency_levels.get(name)
        flags = [f for f in setting.catalogue.red_flags_at(name) if f.on_paper]
        if level and flags:
            yield leaflets.Card(
                level=name,
                heading=level.heading,
                lines=tuple(flag.text for flag in flags),
                action=level.action,
                phones=tuple(_phone_rows(setting)) if name == "now" else (),
                closing=level.closing,
            )


def _phone_rows(setting: Setting) -> Iterator[leaflets.PhoneRow]:
    calls = whom_to_call(setting)
    if calls.doctor:
        yield leaflets.PhoneRow(who=headed(calls.doctor["name"]), hours=calls.doctor["hours"], number=None)
    for area, phone in calls.areas:
        who = headed(phone["name"]) + (f", {area.name}" if len(calls.areas) > 1 else "")
        status = None if phone["confirmed"] else UNCONFIRMED
        yield leaflets.PhoneRow(who=who, hours=phone["hours"], number=phone["number"], status=status)


def _source_line(source: Source) -> str:
    """Return the source in one short line; its full title stands under the same number on the page of the text."""
    year = (source.year or "").strip("[]")
    return f"{source.publisher.translate(_UNBRACKETED)}, {year}" if year else source.publisher.translate(_UNBRACKETED)


def sentences_of(leaflet: Leaflet, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the words of every paragraph and list item that the leaflet must carry, without insertions."""
    found = []
    for part in leaflet.parts:
        for element in catalogue.topics[part.topic].body.sections(part.sections):
            found += [plain_text(piece) for piece in element.iter() if piece.tag in ("p", "li", "h2", "h3")]
    return tuple(text.strip() for text in found if text.strip())
