"""What an application shows of the criteria, who is waited for, and the pile that the answers point to."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from recruit.candidates.rules import CLEAR, OUT
from recruit.errors import RuleBroken

SHOWN, PARTLY, NOT_SHOWN, NOT_EVIDENCED = "shown", "partly", "not_shown", "not_evidenced"
ANSWERS = {
    SHOWN: _l("Fremgår"),
    PARTLY: _l("Fremgår delvist"),
    NOT_SHOWN: _l("Fremgår ikke"),
    NOT_EVIDENCED: _l("Ikke belyst"),
}
MEANINGS = {
    SHOWN: _l("Ansøgningen viser det med et konkret eksempel."),
    PARTLY: _l("Det nævnes, men uden eksempel, eller kun noget af det."),
    NOT_SHOWN: _l("Ansøgningen er inde på emnet uden at vise det."),
    NOT_EVIDENCED: _l("Ansøgningen siger intet om det. Svaret tæller ikke med som et tal."),
}
VALUES = {SHOWN: Fraction(1), PARTLY: Fraction(1, 2), NOT_SHOWN: Fraction(0)}

A, B, C = "A", "B", "C"
PILES = {A: _l("Til samtale"), B: _l("Måske"), C: _l("Ikke til samtale")}

# The piles are the three thirds of the scale from nothing to everything, so that none of them is favoured, and the
# answer that says least, ”partly” all the way, lies in the middle of B and not at an edge. Where less than half of the
# criteria (by weight) is told of, silence would decide: then the rule proposes B and leaves it to people.
A_FROM, C_BELOW, ENOUGH = Fraction(2, 3), Fraction(1, 3), Fraction(1, 2)

# Why a member is no longer waited for. A withdrawn applicant is simply left out.
EXCUSES = {
    "absent": _l("Fraværende"),
    "left": _l("Udtrådt af udvalget"),
    "conflict": _l("Inhabil"),
}
FEW_READERS = 2
REASON_LIMIT = 2_000

SUBMITTED, MISSING, CONFLICT = "submitted", "missing", "conflict"

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The pile that the answers point to; None when nothing is told of. `share` is of that, `coverage` of all."""

    letter: str | None
    share: Fraction | None
    coverage: Fraction


def propose(weights: Mapping[Key, float], answers: Mapping[Key, Collection[str]]) -> Proposal:
    """The proposal for one applicant: criterion -> weight, criterion -> the members' answers.

    A criterion's value is the mean of its answers (shown 1, partly ½, not shown 0; not evidenced is left out). The
    share is the weighted mean over the criteria that have a value, the coverage their part of all weight. Exact, so
    that no order of entry changes it.
    """
    total = observed = gained = Fraction(0)
    for key, weight in weights.items():
        exact = Fraction(weight)
        total += exact
        values = [VALUES[answer] for answer in answers.get(key, ()) if answer in VALUES]
        if values:
            observed += exact
            gained += exact * sum(values) / len(values)
    if not observed:
        return Proposal(None, None, Fraction(0))
    share, coverage = gained / observed, observed / total
    if coverage < ENOUGH or C_BELOW <= share < A_FROM:
        return Proposal(B, share, coverage)
    return Proposal(A if share >= A_FROM else C, share, coverage)


def check_decision(letter: str, reason: str, proposed: str | None) -> None:
    """Raises RuleBroken: a pile needs a reason when it is C, or not the one that was proposed."""
    if letter not in PILES:
        raise RuleBroken(_("Vælg en bunke."))
    if not reason.strip() and letter == C:
        raise RuleBroken(_("Skriv, hvorfor ansøgeren ikke går videre."))
    if not reason.strip() and letter != proposed:
        raise RuleBroken(_("Skriv, hvorfor bunken ikke er den foreslåede."))


def shuffled(recruitment_id: int, member_id: int, candidate_ids: Collection[int]) -> list[int]:
    """The applicants in a member's own order: the same every time, another for every member, so that nobody is
    always read first. An applicant who comes late changes nothing about the order of the others."""

    def place(candidate_id: int) -> str:
        return sha256(f"{recruitment_id} {member_id} {candidate_id}".encode()).hexdigest()

    return sorted(candidate_ids, key=place)


def reads(standings: Mapping[int, str], active: Collection[int]) -> list[int]:
    """The active applicants whose applications a member with these standings (by candidate id) rates."""
    if OUT in standings.values():
        return []
    return [candidate for candidate in active if standings.get(candidate) == CLEAR]


def reader_state(standings: Collection[str], *, submitted: bool, complete: bool) -> str:
    """Where a sifting member stands. Whoever submitted before an applicant came in is missing again."""
    if OUT in standings:
        return CONFLICT
    return SUBMITTED if submitted and complete else MISSING
