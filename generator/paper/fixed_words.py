"""The Danish words that are the same on every leaflet; the templates hold none of their own."""

WORDS = {
    "draft": "KLADDE",
    "draft_notice": "KLADDE – ikke fagligt godkendt",
    "see_back": "Vend arket",
    "sources": "Kilder",
    "scan": "Scan koden, eller skriv adressen",
    "newest": "Her er den nyeste udgave.",
    "notes": "Skriv her",
    "continued": "(fortsat)",
    "online": "Her er den nyeste udgave og hele listen over tegn.",
    "from": "Folderen kommer fra",
    "stamp": "Klinikkens stempel og telefonnummer",
    "page": "Side",
    "of": "af",
}

_SHORTEN = "kort teksten ned, eller tag et afsnit ud af folderen"
_FEWER = "sæt færre eller kortere tegn på kortene"
PLACES = {
    ("a4", "text"): ("Folderens tekst på to A4-sider", _SHORTEN),
    ("a4", "back"): ("Folderens bagside", _FEWER),
    ("fold", "inside"): ("Teksten på de tre paneler indeni", _SHORTEN),
    ("fold", "outside"): ("Det, der står på fligen og bagsiden,", _FEWER),
    ("pages", "page"): ("Et afsnit, der ikke kan deles,", "del kortet eller tabellen i to"),
    ("card", "all"): ("Kortets fire sider", _SHORTEN),
    ("poster", "poster"): ("Plakaten", _SHORTEN),
    ("screen", "slide"): ("Et skærmbillede", "kort det ned, eller del det i to"),
}
"""What is too full, and what to do about it, by template and the place it names."""
