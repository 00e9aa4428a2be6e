"""Checks of reviews and confirmations that grow old: told first, shown to readers next, refused in the end.

A review in sight is told of 90 days ahead (`generator.checks.upcoming`). From the day it is overdue the text says so
where it stands, and `check` advises. After 90 days more nothing is published and no edition is printed that says it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.checks.publication import areas_of, texts_of
from generator.danish import long_date
from generator.model.catalogue import Catalogue
from generator.model.place import CONFIRMATION_LASTS, CONFIRMED_FOR
from generator.problems import Problem

GRACE = timedelta(days=90)
"""As long as the warning before: a reviewer answers within weeks, and holidays lie between; our own rule."""


def check_overdue_reviews(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """A text that was not read through in time may no longer be true, and its readers are told so."""
    for text in texts_of(catalogue, None):
        if text.review_due and timedelta() < as_of - text.review_due <= GRACE:
            message = f"teksten skulle være gennemgået senest den {long_date(text.review_due)}"
            refused = text.review_due + GRACE + timedelta(days=1)
            remedy = f"gennemgå den, og skriv en ny dato; fra den {long_date(refused)} kan den ikke udgives"
            yield text.problem(message, remedy, "review_due")


def check_reviews_in_time(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """Health information that nobody has read through for that long is not given out."""
    for text in texts_of(catalogue, region):
        if text.review_due and as_of - text.review_due > GRACE:
            message = f"teksten skulle være gennemgået den {long_date(text.review_due)}"
            yield text.problem(message, "gennemgå den, og skriv en ny dato", "review_due")


def check_ageing_phones(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """A number that was right a year ago is asked about again before somebody calls it in vain."""
    for area in areas_of(catalogue, as_of, None):
        for index, phone in enumerate(area.phones):
            asked = phone.verified_on
            is_ageing = asked is not None and CONFIRMED_FOR < as_of - asked <= CONFIRMATION_LASTS
            if phone.number and asked and is_ageing and phone.is_valid_on(as_of):
                message = f"nummeret {phone.number} er ikke bekræftet siden den {long_date(asked)}"
                yield area.problem(message, "spørg regionen igen, og skriv datoen", "phones", index, "verified_on")


def check_confirmed_phones_are_fresh(catalogue: Catalogue, as_of: date, region: str | None) -> Iterator[Problem]:
    """A confirmation wears out; after so long nobody knows whether the number is still answered."""
    for area in areas_of(catalogue, as_of, region):
        for index, phone in enumerate(area.phones):
            asked = phone.verified_on
            if asked and phone.is_valid_on(as_of) and not phone.is_answered_for(as_of):
                message = f"nummeret {phone.number} blev sidst bekræftet den {long_date(asked)}"
                yield area.problem(message, "spørg regionen igen, og skriv datoen", "phones", index, "verified_on")
