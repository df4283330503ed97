"""The comparison of a round: what counts is gathered in a fixed number of queries, then computed; nothing is stored."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.candidates.models import Candidate
from recruit.comparison.rules import Comparison, CriterionInput, RatingInput, RoundInput, compare
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.service import round_criteria
from recruit.scoring.consensus import load_consensus
from recruit.scoring.models import Consensus, Rating, Scorecard
from recruit.scoring.progress import Progress, progress
from recruit.scoring.rules import SUBMITTED


@dataclass(frozen=True)
class Given:
    """One member's first rating of a candidate on a criterion. `score` None is *not evidenced*."""

    member: PanelMember
    candidate_id: int
    criterion_id: int
    score: int | None
    evidence: str


@dataclass(frozen=True)
class RevealedRound:
    """Everything of a revealed round that a page or a document may show."""

    recruitment: Recruitment
    round: Round
    criteria: list[Criterion]
    candidates: list[Candidate]
    progress: Progress
    given: list[Given]
    overall: dict[tuple[int, int], str]
    consensus: Sequence[Consensus]
    comparison: Comparison

    def candidate(self, ref: str) -> Candidate:
        return next(item for item in self.candidates if item.ref == ref)


def load_revealed(recruitment: Recruitment, round_: Round) -> RevealedRound:
    """Raises RuleBroken before the reveal: then nothing computed from a rating may leave (rule 1)."""
    if not round_.revealed_at:
        raise RuleBroken(_("Runden er ikke afsløret endnu. Sammenligningen åbner, når forpersonen afslører den."))
    found = progress(recruitment, round_)
    candidates = [item for item in found.candidates if item.status == "active"]
    active = {item.id for item in candidates}
    members = {member.id: member for member in found.members}
    criteria = round_criteria(recruitment, round_)
    rated_here = {criterion.id for criterion in criteria}
    given: list[Given] = []
    overall: dict[tuple[int, int], str] = {}
    rows = db.session.execute(
        select(
            Scorecard.member_id,
            Scorecard.candidate_id,
            Scorecard.overall,
            Rating.criterion_id,
            Rating.score,
            Rating.evidence,
        )
        .outerjoin(Rating, Rating.scorecard_id == Scorecard.id)
        .where(Scorecard.round_id == round_.id, Scorecard.submitted_at.is_not(None))
        .order_by(Rating.id)
    )
    for member_id, candidate_id, impression, criterion_id, score, evidence in rows:
        if found.states.get((member_id, candidate_id)) != SUBMITTED or candidate_id not in active:
            continue
        if impression:
            overall[member_id, candidate_id] = impression
        if criterion_id in rated_here:
            given.append(Given(members[member_id], candidate_id, criterion_id, score, evidence))
    consensus = [row for row in load_consensus(round_) if row.candidate_id in active]
    data = round_input(found, candidates, criteria, given, consensus)
    return RevealedRound(
        recruitment, round_, criteria, candidates, found, given, overall, consensus, remembered_comparison(data)
    )


def round_input(
    found: Progress,
    candidates: Sequence[Candidate],
    criteria: Sequence[Criterion],
    given: Sequence[Given],
    consensus: Sequence[Consensus],
) -> RoundInput:
    """The round as the pure rules take it: e-mails, refs and keys instead of ids."""
    refs = {item.id: item.ref for item in candidates}
    keys = {item.id: item.key for item in criteria}
    emails = {member.id: member.person.email for member in found.members}
    cards = [card for card, state in found.states.items() if state == SUBMITTED and card[1] in refs]
    return RoundInput(
        members=tuple(sorted({emails[member] for member, _candidate in cards})),
        candidates=tuple(refs.values()),
        criteria=tuple(CriterionInput(item.key, item.weight, item.minimum) for item in criteria),
        ratings=tuple(
            RatingInput(row.member.person.email, refs[row.candidate_id], keys[row.criterion_id], row.score)
            for row in given
        ),
        scorecards={ref: sum(card[1] == candidate for card in cards) for candidate, ref in refs.items()},
        consensus={(refs[row.candidate_id], keys[row.criterion_id]): row.score for row in consensus},
    )


# Ten thousand draws are the same for the same data: the last few results are remembered by the data itself, in this
# process only. What is remembered is never stored and holds no names or evidence, only e-mails, refs and scores.
_REMEMBERED: OrderedDict[tuple[object, ...], Comparison] = OrderedDict()
_LOCK = threading.Lock()
REMEMBER = 16


def remembered_comparison(data: RoundInput) -> Comparison:
    key = (
        data.members,
        data.candidates,
        data.criteria,
        data.ratings,
        tuple(data.scorecards.items()),
        tuple(sorted(data.consensus.items())),
    )
    with _LOCK:
        if key in _REMEMBERED:
            _REMEMBERED.move_to_end(key)
            return _REMEMBERED[key]
    found = compare(data)
    with _LOCK:
        _REMEMBERED[key] = found
        while len(_REMEMBERED) > REMEMBER:
            _REMEMBERED.popitem(last=False)
    return found


def forget_comparisons() -> None:
    """Empties the memory, for measurements that must not profit from it."""
    with _LOCK:
        _REMEMBERED.clear()
