"""Which answer a candidate gets, and what a letter must have before it is ready. Pure.

Everybody who applied gets an answer in writing with the main reasons, fuller after an interview (forvaltningsloven
sections 22 to 24).
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

TEXT_LIMIT = 8_000
REASON_LIMIT = 2_000
PHRASE_LIMIT, PHRASES_LIMIT = 500, 100

# The answers that there are, by how far the candidate came; and waiting, which is none yet.
APPLICATION, INTERVIEW, HIRED, WITHDRAWN, CANCELLED, WAITING = (
    "application",
    "interview",
    "hired",
    "withdrawn",
    "cancelled",
    "waiting",
)
STAGES = {
    APPLICATION: _l("Afslag på ansøgningen"),
    INTERVIEW: _l("Afslag efter samtale"),
    HIRED: _l("Ansættelse"),
    WITHDRAWN: _l("Har trukket sig"),
    CANCELLED: _l("Forløbet er aflyst"),
    WAITING: _l("Venter"),
}
# Those whose letters rest on what was said at an interview.
HEARD = frozenset({INTERVIEW, HIRED})
# Those that are alike for everybody, so that one person can answer for all of them at once.
SHORT = frozenset({APPLICATION, WITHDRAWN, CANCELLED})

UNDECIDED, UNREVEALED, NOT_CHOSEN = "undecided", "unrevealed", "not_chosen"
WAITS_FOR = {
    UNDECIDED: _l("Afgørelsen er ikke registreret endnu."),
    UNREVEALED: _l("Runden er ikke afsløret endnu."),
    NOT_CHOSEN: _l("Det er ikke besluttet, hvem der skal til samtale."),
}

NONE, DRAFT, READY, OUTDATED = "none", "draft", "ready", "outdated"
STATES = {
    NONE: _l("Ikke skrevet"),
    DRAFT: _l("Udkast"),
    READY: _l("Klar"),
    OUTDATED: _l("Skal skrives om"),
}

LETTER, OPENING, GOALS = "letter", "opening", "goals"
# What became of a text in its history.
WRITTEN_BY_HAND, DRAFTED, RESTORED = "written", "drafted", "restored"
WHAT = {
    WRITTEN_BY_HAND: _l("Skrevet"),
    DRAFTED: _l("Udkast lavet af belægget"),
    RESTORED: _l("Taget frem igen"),
}


@dataclass(frozen=True)
class Way:
    """How far one candidate came. `number` is that of the last round they are in, None for none of them; `chosen` says
    whether anybody has chosen who is in the rounds."""

    withdrawn: bool
    number: int | None
    revealed: bool
    chosen: bool


@dataclass(frozen=True)
class Ended:
    """What is known of how the recruitment ends: `decided` that it was decided whom to hire, or nobody; `hired` says
    whether this candidate is; `cancelled` that it was called off; `last` is the number of its last round with
    candidates."""

    decided: bool
    hired: bool
    cancelled: bool
    last: int | None


def stage_of(way: Way, ended: Ended) -> tuple[str, str]:
    """The answer that a candidate gets; for `waiting` also what it waits for, as a code of WAITS_FOR, else ""."""
    if way.withdrawn:
        return WITHDRAWN, ""
    if ended.cancelled:
        return CANCELLED, ""
    if way.number is None:
        return APPLICATION, ""
    if not ended.decided and (ended.last is None or way.number >= ended.last):
        return WAITING, UNDECIDED if way.chosen or way.revealed else NOT_CHOSEN
    if not way.revealed:
        return (APPLICATION, "") if ended.decided and not ended.hired else (WAITING, UNREVEALED)
    return (HIRED if ended.hired else INTERVIEW), ""


def state_of(stage: str, text: str, ready_as: str) -> str:
    """Where a letter stands. One that was ready as another answer than the candidate now gets is out of date."""
    if ready_as:
        return READY if ready_as == stage else OUTDATED
    return DRAFT if text.strip() else NONE


def cleaned_phrases(text: str) -> list[str]:
    """The phrases to leave out that were written one a line: trimmed, each once."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line[:PHRASE_LIMIT] for line in lines if line))[:PHRASES_LIMIT]
