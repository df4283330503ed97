"""What is expected of whom before a reveal, and when a scorecard is complete."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import lazy_gettext as _l

from recruit.candidates.rules import OUT, OUT_FOR_CANDIDATE

EXCUSES = {
    "absent": _l("Fraværende"),
    "left": _l("Udtrådt af udvalget"),
    "conflict": _l("Inhabil"),
    "withdrew": _l("Kandidaten har trukket sig"),
}
SCORES = range(1, 6)
EVIDENCE_LIMIT = 20_000

SUBMITTED, MISSING, EXCUSED, CONFLICT, WITHDRAWN, NOT_EXPECTED = (
    "submitted",
    "missing",
    "excused",
    "conflict",
    "withdrawn",
    "not_expected",
)

Member = TypeVar("Member", bound=Hashable)
Candidate = TypeVar("Candidate", bound=Hashable)


def card_state(
    *, role: str, standings: Collection[str], standing: str, withdrawn: bool, submitted: bool | None, excused: bool
) -> str:
    """Where one card (a member on a candidate) stands before the reveal.

    `standings` are the member's on all candidates, `standing` the one on this candidate. `submitted` None means that
    no card was begun. A conflict comes before everything: what a disqualified member wrote counts in nothing. A
    substitute is expected to finish only what they have begun.
    """
    if OUT in standings or standing == OUT_FOR_CANDIDATE:
        return CONFLICT
    if withdrawn:
        return WITHDRAWN
    if submitted:
        return SUBMITTED
    if excused:
        return EXCUSED
    if role == "substitute" and submitted is None:
        return NOT_EXPECTED
    return MISSING


def missing(states: Mapping[tuple[Member, Candidate], str]) -> list[tuple[Member, Candidate]]:
    """The cards that stand between a round and its reveal (rule 2)."""
    return [card for card, state in states.items() if state == MISSING]


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands on a card for one criterion."""

    score: int | None = None
    not_evidenced: bool = False
    evidence: str = ""

    @property
    def rated(self) -> bool:
        """Whether the member has taken a position: a score, or *not evidenced*."""
        return self.score is not None or self.not_evidenced

    @property
    def complete(self) -> bool:
        """Rule 6: a score carries evidence in words, or the criterion is not evidenced."""
        return self.not_evidenced or (self.score is not None and bool(self.evidence.strip()))


def lacking(criteria: Collection[int], entered: Mapping[int, Entered]) -> dict[int, str]:
    """What is missing before a card can be submitted: criterion id -> `rating` or `evidence`."""
    found = {}
    for criterion in criteria:
        entry = entered.get(criterion, Entered())
        if not entry.rated:
            found[criterion] = "rating"
        elif not entry.complete:
            found[criterion] = "evidence"
    return found
