"""What is expected of whom before a reveal, when a scorecard is complete, and which answers a panel practises on."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from flask_babel import lazy_gettext as _l

from recruit.candidates.rules import OUT, OUT_FOR_CANDIDATE

EXCUSES = {
    "absent": _l("Fraværende"),
    "left": _l("Udtrådt af udvalget"),
    "conflict": _l("Inhabil"),
    "withdrew": _l("Kandidaten har trukket sig"),
}
DEVIATIONS = {
    "left_out": _l("Et spørgsmål blev ikke stillet"),
    "reworded": _l("Et spørgsmål blev stillet med andre ord"),
    "added": _l("Et ekstra spørgsmål blev stillet"),
    "other": _l("Andet"),
}
SCORES = range(1, 6)
EVIDENCE_LIMIT = 20_000
MOST_PRACTICE_ANSWERS = 3

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


def came_late(joined_at: datetime | None, revealed_at: datetime | None) -> bool:
    """Whether a round was revealed before the member came: they knew the others' ratings, so it is not theirs to rate.

    `joined_at` None is a member who was there from the beginning.
    """
    return joined_at is not None and revealed_at is not None and revealed_at <= joined_at


def card_state(
    *,
    role: str,
    standings: Collection[str],
    standing: str,
    withdrawn: bool,
    submitted: bool | None,
    late: bool,
    excused: bool,
) -> str:
    """Where one card (a member on a candidate) stands before the reveal.

    `standings` are the member's on all candidates, `standing` the one on this candidate. `submitted` None means that
    no card was begun, `late` is `came_late`. A conflict comes before everything: what a disqualified member wrote
    counts in nothing. A substitute is expected to finish only what they have begun.
    """
    if OUT in standings or standing == OUT_FOR_CANDIDATE:
        return CONFLICT
    if withdrawn:
        return WITHDRAWN
    if submitted:
        return SUBMITTED
    if late:
        return NOT_EXPECTED
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


def practice_answers(criteria: Sequence[tuple[str, Sequence[int]]]) -> list[tuple[str, int]]:
    """Up to three answers to practise on, each of another level where there are enough: (key, number from 1).

    `criteria` are (key, the levels that its answers show), the heaviest first. One answer from each in turn, and again
    from the first while there are too few: the one whose level is furthest from those chosen, the first of equals.
    """
    chosen: dict[tuple[str, int], int] = {}
    for key, levels in [*criteria] * MOST_PRACTICE_ANSWERS:
        new = [(number, level) for number, level in enumerate(levels, 1) if level not in chosen.values()]
        if new and len(chosen) < MOST_PRACTICE_ANSWERS:
            number, level = max(
                new, key=lambda item: min((abs(item[1] - other) for other in chosen.values()), default=0)
            )
            chosen[key, number] = level
    return list(chosen)


def shown_spread(others: Sequence[int]) -> dict[int, int]:
    """How many of the other members chose each level 1–5. `others` are their choices, the first one given first.

    They are counted two by two: who sees the figures change, or knows who was the last, cannot tell what that one
    member chose.
    """
    shown = others[: len(others) // 2 * 2]
    return {level: shown.count(level) for level in SCORES}
