"""The comparison of a round: what counts is gathered in a fixed number of queries, then computed; nothing is stored."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.candidates.models import Candidate
from recruit.comparison.rules import Comparison, CriterionInput, RatingInput, RoundInput, compare
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.service import round_criteria
from recruit.scoring.consensus import load_consensus
from recruit.scoring.models import Consensus, Rating, Scorecard
from recruit.scoring.progress import Progress, progress
from recruit.scoring.rules import SUBMITTED


class Given(NamedTuple):
    """One member's first rating of a candidate on a criterion. `score` None is *not evidenced*."""

    member_id: int
    candidate_id: int
    criterion_id: int
    score: int | None


@dataclass(frozen=True)
class RevealedRound:
    """The numbers of a revealed round that a page or a document may show. The words come by `load_words`."""

    recruitment: Recruitment
    round: Round
    criteria: list[Criterion]
    candidates: list[Candidate]
    progress: Progress
    given: list[Given]
    consensus: Sequence[Consensus]
    comparison: Comparison

    @property
    def member_count(self) -> int:
        """How many members have a scorecard that counts."""
        return len(self.comparison.severity)

    def candidate(self, ref: str) -> Candidate:
        return next(item for item in self.candidates if item.ref == ref)

    def is_rated(self, candidate: Candidate, criterion: Criterion) -> bool:
        """Whether any first rating counts in the cell."""
        place = (candidate.id, criterion.id)
        return any(row.score is not None and (row.candidate_id, row.criterion_id) == place for row in self.given)


@dataclass(frozen=True)
class Words:
    """What members wrote: evidence by (member, candidate, criterion) id, overall impression by (member, candidate)."""

    evidence: dict[tuple[int, int, int], str]
    overall: dict[tuple[int, int], str]


def load_revealed(recruitment: Recruitment, round_: Round) -> RevealedRound:
    """Raises RuleBroken before the reveal: then nothing computed from a rating may leave (rule 1)."""
    if not round_.revealed_at:
        raise RuleBroken(_("Runden er ikke afsløret endnu. Sammenligningen åbner, når forpersonen afslører den."))
    found = progress(recruitment, round_)
    candidates = [item for item in found.candidates if item.status == "active"]
    counting = counting_cards(found, candidates)
    criteria = round_criteria(recruitment, round_)
    rated_here = {criterion.id for criterion in criteria}
    rows = db.session.connection().execute(  # plain rows: tens of thousands of them, and nothing in them is an entity
        select(Scorecard.member_id, Scorecard.candidate_id, Rating.criterion_id, Rating.score)
        .join(Rating, Rating.scorecard_id == Scorecard.id)
        .where(Scorecard.round_id == round_.id, Scorecard.submitted_at.is_not(None))
    )
    given = [Given._make(row) for row in rows if row[:2] in counting and row[2] in rated_here]
    active = {item.id for item in candidates}
    consensus = [row for row in load_consensus(round_) if row.candidate_id in active]
    data = round_input(found, candidates, criteria, given, consensus)
    return RevealedRound(
        recruitment, round_, criteria, candidates, found, given, consensus, remembered_comparison(data)
    )


def load_words(revealed: RevealedRound, *candidates: Candidate) -> Words:
    """The words behind a revealed round's numbers, of some of its candidates or, when none is given, of all; two
    queries."""
    counting = counting_cards(revealed.progress, revealed.candidates)
    cards = select(Scorecard.member_id, Scorecard.candidate_id).where(
        Scorecard.round_id == revealed.round.id, Scorecard.submitted_at.is_not(None)
    )
    if candidates:
        cards = cards.where(Scorecard.candidate_id.in_([item.id for item in candidates]))
    evidence = db.session.execute(
        cards.add_columns(Rating.criterion_id, Rating.evidence).join(Rating, Rating.scorecard_id == Scorecard.id)
    )
    overall = db.session.execute(cards.add_columns(Scorecard.overall).where(Scorecard.overall != ""))
    return Words(
        {(row[0], row[1], row[2]): row[3] for row in evidence if (row[0], row[1]) in counting},
        {(row[0], row[1]): row[2] for row in overall if (row[0], row[1]) in counting},
    )


def counting_cards(found: Progress, candidates: Sequence[Candidate]) -> set[tuple[int, int]]:
    """The cards that count: submitted, by a member who is not disqualified, on a candidate who has not withdrawn."""
    active = {item.id for item in candidates}
    return {card for card, state in found.states.items() if state == SUBMITTED and card[1] in active}


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
    cards = counting_cards(found, candidates)
    scorecards = Counter(refs[candidate] for _member, candidate in cards)
    return RoundInput(
        members=tuple(sorted({emails[member] for member, _candidate in cards})),
        candidates=tuple(refs.values()),
        criteria=tuple(CriterionInput(item.key, item.weight, item.minimum) for item in criteria),
        ratings=tuple(
            RatingInput(emails[member], refs[candidate], keys[criterion], score)
            for member, candidate, criterion, score in given
        ),
        scorecards={ref: scorecards[ref] for ref in refs.values()},
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
