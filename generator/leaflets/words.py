"""The Danish words that are the same on every leaflet; the templates hold none of their own."""

WORDS = {
    "draft": "KLADDE",
    "draft_notice": "KLADDE – ikke fagligt godkendt",
    "see_back": "Se side 2",
    "sources": "Kilder",
    "scan": "Scan koden, eller skriv adressen",
    "online": "Her er den nyeste udgave af teksten og flere tegn at reagere på.",
    "from": "Folderen kommer fra",
    "stamp": "Klinikkens stempel",
    "page": "Side",
    "of": "af",
}
