"""Checks of texts that are copied and sent: each says whose it is, and what is to be filled in."""

import re
from collections.abc import Iterator

from generator.model.catalogue import Catalogue
from generator.problems import Problem


def check_wordings(catalogue: Catalogue) -> Iterator[Problem]:
    """Where a wording is not published, only its structure is offered: a page with neither would be empty."""
    for text in catalogue.standard_texts.values():
        if bool(text.wording) == bool(text.structure):
            found = "både en ordlyd og en opbygning" if text.wording else "hverken en ordlyd eller en opbygning"
            remedy = "skriv enten wording (den offentliggjorte ordlyd) eller structure (det, kilden siger om den)"
            yield text.problem(f"standardteksten har {found}", remedy, "structure" if text.wording else "title")
        if text.region != "national" and not text.citations:
            yield text.problem("standardteksten er fra en region og har ingen kilde", "udfyld citations", "citations")


def check_placeholders(catalogue: Catalogue) -> Iterator[Problem]:
    """Whoever copies in a hurry must see what is to be filled in, and a bracket that is not closed hides it."""
    for text in catalogue.standard_texts.values():
        for index, paragraph in enumerate(text.wording):
            if re.search(r"[\[\]]", re.sub(r"\[[^\[\]]+\]", "", paragraph)):
                yield text.problem("en klamme mangler sin makker", "skriv det, der skal udfyldes, sådan: [dato]",
                                   "wording", index)  # fmt: skip
