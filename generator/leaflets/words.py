"""The Danish words that are the same on every leaflet; the templates hold none of their own."""

WORDS = {
    "draft": "KLADDE",
    "draft_notice": "KLADDE – ikke fagligt godkendt",
    "see_back": "Vend arket",
    "sources": "Kilder",
    "scan": "Scan koden, eller skriv adressen",
    "online": "Her er den nyeste udgave og hele listen over tegn.",
    "from": "Folderen kommer fra",
    "stamp": "Klinikkens stempel",
    "page": "Side",
    "of": "af",
}
