"""A leaflet to print in tests, about a power cut: no test says a thing about health, and the paper knows no topic."""

from datetime import date
from xml.etree.ElementTree import Element, fromstring

from generator.codes.alphabet import check_character
from generator.model.sheet import Card, PaperBlock, PaperInline, PhoneRow, Run, Sheet, SheetPalette
from generator.paper.tree import sheet_blocks

TEXT = """<div>
<h2>Hvorfor forsvinder strømmen?</h2>
<p>Et strømsvigt varer sjældent længe. Som regel er det en sikring i dit eget hus, der er slået fra, og så kan du
selv rette det på få minutter.<insertion name="kilde" args="elnet|side 4"/> Er hele gaden mørk, ligger fejlen i nettet,
og så arbejder nogen allerede på den.</p>
<p>Begynd med at se ud ad vinduet:</p>
<ul>
<li>Er der lys hos naboen, ligger fejlen hos dig.</li>
<li>Er der mørkt overalt, ligger den i nettet.</li>
<li>Er kun ét rum mørkt, er det én gruppe i din tavle.</li>
</ul>
<h2>Det kan du selv gøre</h2>
<p>Tag det roligt, og find en lommelygte, før du går hen til tavlen. <strong>Rør aldrig ved tavlen med våde
hænder.</strong> Gør så sådan her:</p>
<ol>
<li>Sluk for komfur, strygejern og andet, der bliver varmt.</li>
<li>Se efter, om en kontakt i tavlen er vippet ned.</li>
<li>Vip den op igen, én gang.</li>
<li>Vipper den ned igen, så træk stikkene ud ét for ét, til du finder det apparat, der giver fejlen.</li>
</ol>
<p>Bliver kontakten ikke oppe, skal du lade den være. Så er der en fejl, som en elinstallatør skal finde for
dig.<insertion name="kilde" args="tavle"/></p>
<h3>Mad og varme</h3>
<p>Lad køleskab og fryser være lukket. En fuld fryser holder kulden i op mod et døgn, når lågen ikke bliver åbnet.
Tag tøj på i lag, og saml jer i ét rum, hvis det er vinter.</p>
<h3>Lys og telefon</h3>
<p>Brug hellere en lommelygte end levende lys. Skru ned for lyset på telefonens skærm, og sluk for det, du ikke bruger,
så batteriet holder længere. Et skriftligt råd om nødforsyning ligger på <a href="https://www.example.dk/raad/">Raadets
hjemmeside</a>, og <a href="../tavlen.md">siden om tavlen</a> har tegninger.</p>
<h2>Hvad skal du have liggende?</h2>
<table>
<thead><tr><th>Ting</th><th>Hvor mange</th></tr></thead>
<tbody>
<tr><td>Lommelygte</td><td>Én til hver i huset</td></tr>
<tr><td>Batterier</td><td>To sæt</td></tr>
<tr><td>Drikkevand</td><td>Ni liter til hver</td></tr>
</tbody>
</table>
<p>Skriv numrene på bagsiden af denne folder op et sted, hvor du kan finde dem i mørke. Bor du alene, så lav en aftale
med en nabo om, at I ser til hinanden, når strømmen har været væk i nogle timer.</p>
<h2>Når strømmen kommer igen</h2>
<p>Tænd for én ting ad gangen, så tavlen ikke bliver overbelastet. Se så efter:</p>
<ul>
<li>om fryseren går, og om maden stadig er frossen</li>
<li>om røgalarmen blinker, som den skal<br/>(tryk på knappen, så den hyler)</li>
<li>om ure og vækkeure går rigtigt.</li>
</ul>
<p>Er maden tøet op, skal du <em>ikke</em> fryse den igen. Spis den samme dag, eller smid den ud. Er du i tvivl
om noget, må du altid ringe og spørge. Der er ingen dumme spørgsmål, når der er strøm med i spillet.</p>
</div>"""

SOURCES = (
    "Elnettets årsrapport om strømsvigt, Nettet, 2024",
    "Vejledning til din eltavle, Tavlefabrikken, 2021",
    "Råd om forsyning i hjemmet, Raadet, 2023",
    "Mad og køl, Forbrugerne, (2019)",
)

BODY = "7kq3m"
CODE = BODY + check_character(BODY)

CARDS = (
    Card(
        level="emergency",
        heading="Ring 112, hvis",
        lines=("der er ild eller røg fra tavlen", "nogen har fået stød og er bevidstløs", "en ledning gnistrer i vand"),
        action="Gå ud af huset, og ring fra gaden.",
        phones=(PhoneRow(who="Alarmcentralen", hours="hele døgnet, gratis", number="112"),),
    ),
    Card(
        level="now",
        heading="Ring nu – også om natten – hvis",
        lines=(
            "en ledning er faldet ned på jorden, også når den ikke gnistrer",
            "tavlen er varm, eller der lugter brændt",
            "der er vand i det rum, hvor tavlen hænger",
            "nogen i huset bruger et apparat, som de ikke kan undvære",
            "du har fået stød og har det skidt",
        ),
        action="Hvem du ringer til, kommer an på, hvad klokken er.",
        phones=(
            PhoneRow(who="Din egen elektriker", hours="hverdage kl. 8-16", number=None),
            PhoneRow(who="Elvagten", hours="alle andre tider", number="70 00 00 00", status="ikke bekræftet"),
        ),
        closing="Kommer du ikke igennem, og bliver det værre, så ring 112.",
    ),
    Card(
        level="soon",
        heading="Kontakt din elektriker i de næste dage, hvis",
        lines=(
            "den samme kontakt er slået fra flere gange",
            "lyset blinker uden grund",
            "du skal have flyttet en stikkontakt",
        ),
        action="Ring i åbningstiden, og fortæl, hvad du har prøvet. Nummeret står på din regning.",
    ),
)


def resolve(name: str, arguments: tuple[str, ...]) -> tuple[PaperInline | PaperBlock, ...]:
    """Return a note number for a source, and nothing for any other insertion."""
    notes = {"elnet": "1", "tavle": "2"}
    return (Run(text=notes[arguments[0]], raised=True),) if name == "kilde" else ()


def example_tree() -> Element:
    """Return the text as an element tree."""
    return fromstring(TEXT)


def example_sheet() -> Sheet:
    """Return a draft of some 400 words, three cards, a table and four sources."""
    return Sheet(
        title="Til dig, der sidder i mørke",
        promise="Hvad du selv kan gøre, når strømmen går, og hvornår du skal ringe efter hjælp.",
        sender_name="Region Eksempel",
        palette=SheetPalette(ink="#0B4F6C", tint="#E6F1F5"),
        blocks=sheet_blocks(example_tree(), resolve),
        help_heading="Hvornår skal du søge hjælp?",
        cards=CARDS,
        code=CODE,
        code_address=f"https://koder.example.dk/q/{CODE}/",
        readable_address=f"koder.example.dk/q/{CODE}",
        edition=("Til dig, der sidder i mørke", "15. november 2026", f"kode {CODE}"),
        origin_notice="Teksten er skrevet til prøve, og ingen har godkendt den.",
        sources=SOURCES,
        draft=True,
        as_of=date(2026, 11, 15),
    )
