"""A recruitment out as a case file."""

from __future__ import annotations

from typing import Any

import yaml

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.candidates.rules import CLEAR, OUT, OUT_FOR_CANDIDATE, standing
from recruit.candidates.service import (
    chosen_candidates,
    load_candidates,
    load_declarations,
)
from recruit.extensions import db
from recruit.interviews.plans import load_plan, local_zone
from recruit.panel.service import load_members
from recruit.profiles.service import load_sections
from recruit.questions.guide import load_guide, wording_of
from recruit.questions.models import GuideQuestion
from recruit.questions.service import bank_of
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.service import amendments
from recruit.scoring.consensus import load_consensus
from recruit.scoring.deviations import load_deviations
from recruit.scoring.dissents import load_dissents
from recruit.scoring.models import Rating, Scorecard
from recruit.scoring.progress import load_excuses, progress
from recruit.scoring.rules import CONFLICT, came_late


def export_case(recruitment: Recruitment, *, actor: Person | None) -> str:
    """The recruitment as YAML. Scorecards of a round that is not revealed are left out (rule 1)."""
    members = {member.id: member for member in load_members(recruitment)}
    candidates = {candidate.id: candidate for candidate in load_candidates(recruitment)}
    emails = {member_id: member.person.email for member_id, member in members.items()}
    askers = {member.person_id: member.person.email for member in members.values()}
    refs = {candidate_id: candidate.ref for candidate_id, candidate in candidates.items()}
    keys = {criterion.id: criterion.key for criterion in recruitment.criteria}
    chosen = chosen_candidates(recruitment)
    case: dict[str, Any] = {
        "case": 1,
        "charter": recruitment.charter,
        "recruitment": {
            "title": recruitment.title,
            "role": recruitment.role,
            "department": recruitment.department,
            "case_number": recruitment.case_number,
            "language": recruitment.language,
            "superior": recruitment.superior,
        },
        "profile": {key: row.text for key, row in load_sections(recruitment).items()},
        "criteria": [_criterion(criterion) for criterion in recruitment.criteria],
        "rounds": [
            {
                "number": round_.number,
                "name": round_.name,
                "minutes": round_.minutes,
                "candidates": [refs[item] for item in refs if item in chosen[round_.id]]
                if round_.id in chosen
                else None,
                "criteria": [criterion.key for criterion in round_.chosen_criteria] or None,
                "questions": [_question(recruitment, row, keys, askers) for row in load_guide(round_)],
                "plan": [
                    {
                        "candidate": refs.get(slot.candidate_id or 0),
                        "starts": slot.starts_at.astimezone(local_zone()).isoformat(),
                        "minutes": slot.minutes,
                        "room": slot.room,
                    }
                    for slot in load_plan(recruitment, round_).slots
                ],
            }
            for round_ in recruitment.rounds
        ],
        "panel": [
            {
                "email": member.person.email,
                "name": member.person.name,
                "role": member.role,
                "side": member.side,
                "came_after": [
                    round_.number for round_ in recruitment.rounds if came_late(member.joined_at, round_.revealed_at)
                ],
            }
            for member in members.values()
        ],
        "candidates": [
            {
                "ref": item.ref,
                "name": item.name,
                "email": item.email,
                "status": item.status,
                "withdrawal": item.withdrawal,
            }
            for item in candidates.values()
        ],
        "scorecards": [],
        "impartiality": _impartiality(recruitment, emails, refs),
        "excused": [],
        "deviations": [],
        "consensus": [],
        "dissents": [],
        "locked": [round_.number for round_ in recruitment.rounds if round_.locked_at],
        "revealed": [round_.number for round_ in recruitment.rounds if round_.revealed_at],
        "amendments": [
            {
                "at": row.at.isoformat(),
                "by": db.session.get_one(Person, row.person_id).email if row.person_id else None,
                "part": row.part,
                "subject": row.subject,
                "before": row.before,
                "after": row.after,
                "reason": row.reason,
            }
            for row, _name in amendments(recruitment)
        ],
    }
    for round_ in recruitment.rounds:
        case["excused"] += [
            {
                "panelist": emails[row.member_id],
                "candidate": refs[row.candidate_id],
                "round": round_.number,
                "code": row.code,
                "note": row.note,
            }
            for row in load_excuses(round_)
        ]
        case["deviations"] += _deviations(recruitment, round_)
        if round_.revealed_at:
            case["scorecards"] += _scorecards(recruitment, round_, emails, refs, keys)
            case["consensus"] += [
                {
                    "candidate": refs[row.candidate_id],
                    "round": round_.number,
                    "statement": keys[row.criterion_id],
                    "score": row.score,
                    "reason": row.reason,
                }
                for row in load_consensus(round_)
            ]
            case["dissents"] += [
                {"panelist": member.person.email, "round": round_.number, "text": row.text}
                for member, row in load_dissents(recruitment, round_)
            ]
    record("case.exported", actor.id if actor else None, recruitment.id)
    return yaml.dump(_without_empty(case), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)


def _without_empty(value: Any) -> Any:
    """Optional keys that say nothing are left out, as a person would leave them out."""
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "statement" if "." in criterion.key else "area": criterion.key,
        "weight": criterion.weight,
        "minimum": criterion.minimum,
        "here": criterion.here,
    }


def _question(recruitment: Recruitment, row: GuideQuestion, keys: dict[int, str], askers: dict[int, str]) -> Any:
    """The question's id while its wording is the bank's, else the wording itself; with what else there is to say.

    Whoever has left the panel is nobody that the file could name.
    """
    question = bank_of(recruitment.charter).question(row.source) if row.source else None
    asker = askers.get(row.asker_id) if row.asker_id else None
    more = {key: value for key, value in {"asker": asker, "kept_because": row.kept_because}.items() if value}
    if question is not None and wording_of(question) == row.wording and question.minutes == row.minutes:
        return {"source": row.source, **more} if more else row.source
    wording = {key: value for key, value in row.wording.items() if value}
    return {
        "source": row.source,
        "criterion": keys[row.criterion_id],
        "kind": row.kind,
        "minutes": row.minutes,
        **wording,
        **more,
    }


def _impartiality(recruitment: Recruitment, emails: dict[int, str], refs: dict[int, str]) -> list[dict[str, Any]]:
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
    recruitment: Recruitment, round_: Round, emails: dict[int, str], refs: dict[int, str], keys: dict[int, str]
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
