"""Which column of a spreadsheet is the name and which the e-mail, and which columns must not be read at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

AGE, GENDER, FAMILY, ORIGIN, HEALTH, UNION = "age", "gender", "family", "origin", "health", "union"

# What an employer may not ask about, and where that stands. A CPR number tells the day of birth and the sex.
WHY_LEFT_OUT = {
    AGE: _l("Alder og cpr-nummer må ikke indhentes (forskelsbehandlingsloven § 5, stk. 2)."),
    GENDER: _l("Køn må ikke have betydning (ligebehandlingsloven § 2)."),
    FAMILY: _l("Familie, graviditet og barsel må ikke have betydning (ligebehandlingsloven §§ 1 og 2)."),
    ORIGIN: _l("Oprindelse, tro, politisk anskuelse og seksualitet må ikke indhentes (forskelsbehandlingsloven § 4)."),
    HEALTH: _l("Helbred må kun indhentes, når det er afgørende for jobbet (helbredsoplysningsloven § 2)."),
    UNION: _l("Medlemskab af en fagforening må ikke have betydning (foreningsfrihedsloven § 1)."),
}
# Beginnings of words in a heading, and whole words ending in $.
SIGNS = {
    AGE: "cpr personnum personnr alder aldersgr age$ født foedt fødsel foedsel birth dob$ årgang$ pensions",
    GENDER: "køn$ koen$ kønnet$ kønsid sex$ gender tiltale$ salutation$",
    FAMILY: "civilst marital ægteskab gift$ børn$ children$ familie gravid barsel pregnan maternity samlev",
    ORIGIN: (
        "national statsborger citizen etni ethni race$ hudfarve oprindelse herkomst fødeland modersmål religi tro$ "
        "trosretning belief politisk parti$ seksu sexual"
    ),
    HEALTH: "helbred health sygdom sygefrav handicap disab diagnos medicin$",
    UNION: "fagforening fagforbund fagforb union$ akasse$ kasse$",
}
CPR_HEADING = re.compile(r"\b(cpr|personnum|personnr)", re.IGNORECASE)

NAMES = ("navn", "fulde navn", "fuldt navn", "ansøger", "ansøgers navn", "ansøgernavn", "kandidat", "name", "full name")
FIRST_NAMES = ("fornavn", "fornavne", "fornavn(e)", "first name", "firstname", "given name")
SURNAMES = ("efternavn", "last name", "lastname", "surname", "family name")


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of columns, from 0. `name` is the whole name, or the first names when there is a `surname`."""

    name: int | None = None
    surname: int | None = None
    email: int | None = None


def left_out(heading: str) -> str | None:
    """Why a column with this heading is not read, as a key of WHY_LEFT_OUT; None when it may be."""
    words = re.findall(r"[^\W\d_]+", heading.casefold())
    for reason, signs in SIGNS.items():
        for sign in signs.split():
            whole = sign.rstrip("$")
            if any(word == whole or (sign == whole and word.startswith(whole)) for word in words):
                return reason
    return None


def names_cpr(heading: str) -> bool:
    """Whether a column with this heading is meant for CPR numbers, so that all that stands in it is taken for one."""
    return CPR_HEADING.search(heading) is not None


def guess(headings: Sequence[str]) -> Columns:
    """The columns by their headings; None where no heading says."""
    plain = [heading.casefold().strip(" :*") for heading in headings]

    def first(wanted: Sequence[str]) -> int | None:
        return next((place for place, heading in enumerate(plain) if heading in wanted), None)

    email = next((place for place, heading in enumerate(plain) if re.search(r"e-?mail|\bmail", heading)), None)
    whole, given, surname = first(NAMES), first(FIRST_NAMES), first(SURNAMES)
    if given is not None and surname is not None:
        return Columns(given, surname, email)
    if whole is not None and surname is not None:  # ”Navn” beside ”Efternavn” is the first names
        return Columns(whole, surname, email)
    return Columns(whole if whole is not None else given, None, email)
