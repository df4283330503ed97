"""Impartiality (habilitet): what a declaration and a decision mean together.

Forvaltningsloven section 3(3): a confirmed conflict with one candidate puts the member out of the whole recruitment,
because somebody could otherwise mark down a brother's rivals (PAV 15.9.2). Only a written, reasoned decision limits it.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

ANSWERS = {
    "none": _l("Ingen interessekonflikt"),
    "conflict": _l("Interessekonflikt"),
    "doubt": _l("I tvivl"),
}
# Codes first: free text about a candidate would be one more thing to keep and to purge.
KINDS = {
    "family": _l("Familie eller nært forhold"),
    "friendship": _l("Venskab eller uvenskab"),
    "economic": _l("Fælles økonomisk interesse"),
    "work": _l("Tæt eller nyligt samarbejde"),
    "other": _l("Andet"),
}
DECISIONS = {
    "none": _l("Ikke inhabil"),
    "recruitment": _l("Inhabil i hele forløbet"),
    "candidate": _l("Inhabil kun over for denne kandidat"),
}

# Why a candidate is out, as a code.
WITHDRAWALS = {
    "withdrew": _l("Har trukket sig"),
    "no_show": _l("Mødte ikke op"),
}

MAX_CANDIDATES = 500

NOT_RECORDED, CLEAR, DOUBT, OUT, OUT_FOR_CANDIDATE = "not_recorded", "clear", "doubt", "out", "out_for_candidate"
STANDINGS = {
    NOT_RECORDED: _l("Ikke registreret"),
    CLEAR: _l("Ingen konflikt"),
    DOUBT: _l("Tvivl, ikke afgjort"),
    OUT: _l("Inhabil i hele forløbet"),
    OUT_FOR_CANDIDATE: _l("Inhabil over for kandidaten"),
}


def standing(answer: str | None, decision: str | None) -> str:
    """What a member's declaration on one candidate comes to. `answer` None is a declaration never made."""
    if answer is None:
        return NOT_RECORDED
    if decision is not None:
        return {"none": CLEAR, "recruitment": OUT, "candidate": OUT_FOR_CANDIDATE}[decision]
    return {"none": CLEAR, "conflict": OUT, "doubt": DOUBT}[answer]


def is_disqualified(standings: Iterable[str]) -> bool:
    """Whether a member with these standings is out of the whole recruitment."""
    return OUT in standings


def must_declare(standings: Iterable[str]) -> bool:
    """Whether something waits for the member, or for a decision on the member, before anything else opens.

    `standings` are those on the active candidates, and on others that the member has declared on.
    """
    return any(standing in (NOT_RECORDED, DOUBT) for standing in standings)
