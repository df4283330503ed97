"""What was rated and said of people, as the values of a case file, as far as it may be known (rule 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recruit.accounts.models import Person
from recruit.candidates.impartiality import load_declarations
from recruit.candidates.rules import CLEAR, OUT, OUT_FOR_CANDIDATE, standing
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.questions.guide import load_guide
from recruit.recruitments.models import Recruitment, Round
from recruit.scoring.consensus import load_consensus
from recruit.scoring.deviations import load_deviations
from recruit.scoring.dissents import load_dissents
from recruit.scoring.models import Rating, Scorecard
from recruit.scoring.progress import load_excuses, progress
from recruit.scoring.rules import CONFLICT


def judged(
    recruitment: Recruitment,
    round_: Round,
    members: Mapping[int, PanelMember],
    refs: Mapping[int, str],
    keys: Mapping[int, str],
) -> dict[str, list[dict[str, Any]]]:
    """Of one round, by key of the case file. `refs` and `keys` by the ids of candidates and criteria."""
    emails = {member_id: member.person.email for member_id, member in members.items()}
    found = {
        "excused": [
            {
                "panelist": emails[row.member_id],
                "candidate": refs[row.candidate_id],
                "round": round_.number,
                "code": row.code,
                "note": row.note,
            }
            for row in load_excuses(round_)
        ],
        "deviations": _deviations(recruitment, round_),
    }
    if round_.revealed_at:
        found["scorecards"] = _scorecards(recruitment, round_, emails, refs, keys)
        found["consensus"] = [
            {
                "candidate": refs[row.candidate_id],
                "round": round_.number,
                "statement": keys[row.criterion_id],
                "score": row.score,
                "reason": row.reason,
            }
            for row in load_consensus(round_)
        ]
        found["dissents"] = [
            {"panelist": member.person.email, "round": round_.number, "text": row.text}
            for member, row in load_dissents(recruitment, round_)
        ]
    return found


def impartiality(recruitment: Recruitment, emails: Mapping[int, str], refs: Mapping[int, str]) -> list[dict[str, Any]]:
    """What is settled. A doubt that nobody has decided is not recorded yet, and so left out."""
    rows = load_declarations(recruitment)
    found = []
    for row in rows:
        settled = standing(row.answer, row.decision)
        if settled not in (CLEAR, OUT, OUT_FOR_CANDIDATE):
            continue
        found.append(
            {
                "panelist": emails[row.member_id],
                "candidate": refs[row.candidate_id],
                "conflict": settled != CLEAR,
                "scope": {OUT: "recruitment", OUT_FOR_CANDIDATE: "candidate"}.get(settled),
                "kind": row.kind,
                "reason": row.reason,
            }
        )
    return found


def _deviations(recruitment: Recruitment, round_: Round) -> list[dict[str, Any]]:
    numbers = {row.id: number for number, row in enumerate(load_guide(round_), 1)}
    return [
        {
            "candidate": noted.candidate.ref,
            "round": round_.number,
            "question": numbers[noted.question.id] if noted.question else None,
            "code": noted.row.code,
            "reason": noted.row.reason,
            "by": db.session.get_one(Person, noted.row.recorded_by_id).email if noted.row.recorded_by_id else None,
            "at": noted.row.recorded_at.isoformat(),
        }
        for noted in load_deviations(recruitment, round_)
    ]


def _scorecards(
    recruitment: Recruitment, round_: Round, emails: Mapping[int, str], refs: Mapping[int, str], keys: Mapping[int, str]
) -> list[dict[str, Any]]:
    """The submitted cards of a revealed round; those of disqualified members count in nothing and stay behind."""
    states = progress(recruitment, round_).states
    rows = db.session.execute(
        db.select(Scorecard, Rating)
        .join(Rating, Rating.scorecard_id == Scorecard.id)
        .where(Scorecard.round_id == round_.id, Scorecard.submitted_at.is_not(None))
        .order_by(Scorecard.id, Rating.id)
    )
    cards: dict[int, dict[str, Any]] = {}
    for card, rating in rows:
        if states[card.member_id, card.candidate_id] == CONFLICT:
            continue
        entry = cards.setdefault(
            card.id,
            {
                "panelist": emails[card.member_id],
                "candidate": refs[card.candidate_id],
                "round": round_.number,
                "submitted": True,
                "overall": card.overall,
                "ratings": {},
            },
        )
        entry["ratings"][keys[rating.criterion_id]] = {
            "score": rating.score,
            "not_evidenced": True if rating.not_evidenced else None,
            "evidence": rating.evidence if rating.evidence.strip() else None,
        }
    return list(cards.values())
