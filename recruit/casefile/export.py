"""A recruitment out as a case file."""

from __future__ import annotations

from typing import Any

import yaml

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.candidates.service import (
    chosen_candidates,
    load_candidates,
)
from recruit.casefile.ads import ad_values
from recruit.casefile.decisions import decision_values
from recruit.casefile.judged_export import impartiality, judged
from recruit.casefile.letters import letter_values
from recruit.extensions import db
from recruit.interviews.plans import load_plan, local_zone
from recruit.panel.service import load_members
from recruit.profiles.service import load_profile, load_rows, load_sections, standing_of
from recruit.questions.guide import load_guide, wording_of
from recruit.questions.models import GuideQuestion
from recruit.questions.service import bank_of
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.needs import needs_texts
from recruit.recruitments.service import amendments
from recruit.recruitments.timetable import CHOICES, load_choices, load_timetable
from recruit.scoring.rules import came_late


def export_case(recruitment: Recruitment, *, actor: Person | None) -> str:
    """The recruitment as YAML. Scorecards of a round that is not revealed are left out (rule 1)."""
    case = case_values(recruitment)
    record("case.exported", actor.id if actor else None, recruitment.id)
    return yaml.dump(case, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)


def case_values(recruitment: Recruitment) -> dict[str, Any]:
    """The recruitment as the values of a case file, as far as they may be known (rule 1)."""
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
            "posts": recruitment.posts if recruitment.posts > 1 else None,
            "starts_on": recruitment.starts_on,
        },
        "needs": needs_texts(recruitment),
        "profile": {key: row.text for key, row in load_sections(recruitment).items()},
        "profile_state": _profile_state(recruitment),
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
        "impartiality": impartiality(recruitment, emails, refs),
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
        "timetable": _timetable(recruitment),
        "closed": _closed(recruitment),
        "ad": ad_values(recruitment),
        **decision_values(recruitment),
        **letter_values(recruitment),
    }
    for round_ in recruitment.rounds:
        for name, entries in judged(recruitment, round_, members, refs, keys).items():
            case[name] += entries
    return _without_empty(case)


def _timetable(recruitment: Recruitment) -> dict[str, Any] | None:
    chosen = load_choices(recruitment)
    if chosen is None:
        return None
    steps = [
        {
            "code": step.code,
            "title": step.title,
            "starts": step.starts_on,
            "ends": step.ends_on,
            "responsible": step.responsible,
            "note": step.note,
            "edited": step.edited or None,
        }
        for step in load_timetable(recruitment)
    ]
    return {name: getattr(chosen, name) for name in CHOICES} | {"steps": steps}


def _closed(recruitment: Recruitment) -> dict[str, Any] | None:
    if recruitment.closed_at is None:
        return None
    return {
        "outcome": recruitment.outcome,
        "hired": recruitment.hired or None,
        "reason": recruitment.closing_reason,
        "at": recruitment.closed_at.isoformat(),
    }


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
        "reason": criterion.reason,
        "weight_reason": criterion.weight_reason,
    }


def _profile_state(recruitment: Recruitment) -> dict[str, Any] | None:
    """The approval is told as long as what was approved is what stands there."""
    profile = load_profile(recruitment)
    if profile is None:
        return None
    holds = standing_of(recruitment, profile, load_rows(recruitment)).holds
    person = db.session.get(Person, profile.approved_by_id) if profile.approved_by_id and holds else None
    return {
        "order": profile.section_order.split(),
        "approved_at": profile.approved_at.isoformat() if profile.approved_at and holds else None,
        "approved_by": person.email if person else None,
        "kept_because": profile.kept_because if holds else "",
        "locked_at": profile.locked_at.isoformat() if profile.locked_at else None,
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
