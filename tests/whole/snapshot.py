"""What the database holds about one recruitment, and who may what by it.

Nothing here asks the application what is right: it is worked out anew from the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from recruit.candidates.models import Candidate, Declaration, round_candidate
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.questions.models import GuideQuestion
from recruit.recruitments.models import Amendment, Criterion, Round
from recruit.scoring.models import Consensus, Dissent, Excuse, Rating, Scorecard

Card = tuple[int, int, int]  # member, round, candidate
OUTSIDE, DISQUALIFIED, UNDECLARED = "outside", "disqualified", "undeclared"


@dataclass(frozen=True)
class Snapshot:
    """What the database holds about one recruitment, by ids."""

    seats: Mapping[int, tuple[str, str, datetime | None]]  # member -> e-mail, role, joined
    candidates: Mapping[int, str]  # candidate -> status
    declarations: Mapping[tuple[int, int], tuple[str, str | None]]  # member, candidate -> answer, kind
    decisions: Mapping[tuple[int, int], tuple[str, str, int | None]]  # -> decision, reason, by whom
    rounds: Mapping[int, tuple[datetime | None, datetime | None]]  # round -> locked, revealed
    chosen: frozenset[tuple[int, int]]  # round, candidate; none for a round is all
    criteria: Mapping[str, tuple[float, int | None]]  # key -> weight, minimum
    amendments: int
    guide: Mapping[int, tuple[int, int, str | None, str]]  # question -> round, place, source, wording
    cards: Mapping[Card, tuple[bool, str]]  # -> submitted, overall impression
    ratings: Mapping[tuple[Card, int], tuple[int | None, bool, str]]  # -> score, not evidenced, evidence
    excuses: Mapping[Card, str]
    consensus: Mapping[tuple[int, int, int], tuple[int, str]]  # round, candidate, criterion -> score, reason
    dissents: Mapping[tuple[int, int], str]  # round, member -> words

    def revealed(self, round_: int) -> bool:
        return self.rounds[round_][1] is not None

    def member(self, email: str) -> int | None:
        return next((member for member, seat in self.seats.items() if seat[0] == email), None)

    def standing(self, member: int, candidate: int) -> str:
        if (member, candidate) not in self.declarations:
            return "not recorded"
        answer, _kind = self.declarations[member, candidate]
        decided = self.decisions.get((member, candidate))
        return answer if decided is None else decided[0]

    def is_out(self, member: int) -> bool:
        """Rule 7: a conflict with one is a conflict with all, unless a decision says otherwise."""
        return any(self.standing(member, candidate) in ("conflict", "recruitment") for candidate in self.candidates)

    def kind(self, email: str) -> str:
        """Outside, disqualified, undeclared, hr, or the role on the panel."""
        member = self.member(email)
        if member is None:
            return "hr" if email.startswith("hr@") else OUTSIDE
        if self.is_out(member):
            return DISQUALIFIED
        active = [candidate for candidate, status in self.candidates.items() if status == "active"]
        if any(self.standing(member, candidate) in ("not recorded", "doubt") for candidate in active):
            return UNDECLARED
        return self.seats[member][1]

    def in_round(self, round_: int) -> list[int]:
        """The active candidates of a round."""
        chosen = {candidate for of, candidate in self.chosen if of == round_} or set(self.candidates)
        return [candidate for candidate in chosen if self.candidates[candidate] == "active"]

    def counts(self, card: Card) -> bool:
        """Whether what stands on a card counts: by somebody impartial, on somebody who is still in."""
        member, round_, candidate = card
        may = not self.is_out(member) and self.standing(member, candidate) != "candidate"
        return may and candidate in self.in_round(round_) and self.cards.get(card, (False, ""))[0]

    def waits_for(self, round_: int) -> list[Card]:
        """Rule 2: the cards that stand between a round and its reveal."""
        return [
            (member, round_, candidate)
            for member, (_email, role, _joined) in self.seats.items()
            for candidate in self.in_round(round_)
            if not self.is_out(member) and self.standing(member, candidate) != "candidate"
            if role != "substitute" or (member, round_, candidate) in self.cards
            if not self.cards.get((member, round_, candidate), (False, ""))[0]
            if (member, round_, candidate) not in self.excuses
        ]


def take() -> Snapshot:
    """What is committed; the database holds one recruitment."""
    db.session.rollback()
    return take_as_it_stands()


def take_as_it_stands() -> Snapshot:
    """With what is changed and not yet committed."""

    def rows(*columns: Any) -> Any:
        return db.session.execute(db.select(*columns))

    declared = rows(
        Declaration.member_id,
        Declaration.candidate_id,
        Declaration.answer,
        Declaration.kind,
        Declaration.decision,
        Declaration.reason,
        Declaration.decided_by_id,
    ).all()
    cards = {
        row[0]: ((row[1], row[2], row[3]), (row[4] is not None, row[5]))
        for row in rows(
            Scorecard.id,
            Scorecard.member_id,
            Scorecard.round_id,
            Scorecard.candidate_id,
            Scorecard.submitted_at,
            Scorecard.overall,
        )
    }
    return Snapshot(
        seats={
            row.id: (row.person.email, row.role, row.joined_at) for row in db.session.scalars(db.select(PanelMember))
        },
        candidates={row[0]: row[1] for row in rows(Candidate.id, Candidate.status)},
        declarations={(row[0], row[1]): (row[2], row[3]) for row in declared},
        decisions={(row[0], row[1]): (row[4], row[5], row[6]) for row in declared if row[4] is not None},
        rounds={row[0]: (row[1], row[2]) for row in rows(Round.id, Round.locked_at, Round.revealed_at)},
        chosen=frozenset((row[0], row[1]) for row in rows(round_candidate.c.round_id, round_candidate.c.candidate_id)),
        criteria={row[0]: (row[1], row[2]) for row in rows(Criterion.key, Criterion.weight, Criterion.minimum)},
        amendments=rows(db.func.count(Amendment.id)).scalar() or 0,
        guide={
            row.id: (row.round_id, row.position, row.source, str(row.wording))
            for row in db.session.scalars(db.select(GuideQuestion))
        },
        cards=dict(cards.values()),
        ratings={
            (cards[row[0]][0], row[1]): (row[2], row[3], row[4])
            for row in rows(
                Rating.scorecard_id, Rating.criterion_id, Rating.score, Rating.not_evidenced, Rating.evidence
            )
        },
        excuses={
            (row[0], row[1], row[2]): row[3]
            for row in rows(Excuse.member_id, Excuse.round_id, Excuse.candidate_id, Excuse.code)
        },
        consensus={
            (row[0], row[1], row[2]): (row[3], row[4])
            for row in rows(
                Consensus.round_id, Consensus.candidate_id, Consensus.criterion_id, Consensus.score, Consensus.reason
            )
        },
        dissents={(row[0], row[1]): row[2] for row in rows(Dissent.round_id, Dissent.member_id, Dissent.text)},
    )
