"""My recruitments, and what waits for me in them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.candidates.models import Candidate, Declaration, round_candidate
from recruit.candidates.rules import CLEAR, NOT_RECORDED, is_disqualified, must_declare, standing
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Recruitment, Round
from recruit.scoring.models import Scorecard

@dataclass(frozen=True)
class Mine:
    """One recruitment on the overview: what the person is in it, and what it waits for."""

    recruitment: Recruitment
    role: str | None
    waits: str | None  # declare | score | None
    round_number: int | None
    count: int


def my_recruitments(person: Person) -> list[Mine]:
    """What a person sees: HR all, others those they sit on. Newest first. Seven queries whatever their number.

    A recruitment that the person is disqualified from is left out: they see nothing more of it.
    """
    memberships = {
        row.recruitment_id: row
        for row in db.session.scalars(select(PanelMember).where(PanelMember.person_id == person.id))
    }
    query = select(Recruitment).order_by(Recruitment.id.desc())
    if person.role != "hr":
        query = query.where(Recruitment.id.in_(list(memberships)))
    recruitments = db.session.scalars(query).all()
    ids = [recruitment.id for recruitment in recruitments]
    own_ids = [member.id for member in memberships.values()]
    active = _grouped(
        select(Candidate.recruitment_id, Candidate.id).where(
            Candidate.status == "active", Candidate.recruitment_id.in_(list(memberships))
        )
    )
    declared: dict[int, dict[int, str]] = {}
    for row in db.session.scalars(select(Declaration).where(Declaration.member_id.in_(own_ids))):
        declared.setdefault(row.member_id, {})[row.candidate_id] = standing(row.answer, row.decision)
    rounds: dict[int, list[Round]] = {}
    for round_ in db.session.scalars(select(Round).where(Round.recruitment_id.in_(ids)).order_by(Round.number)):
        rounds.setdefault(round_.recruitment_id, []).append(round_)
    submitted = _grouped(
        select(Scorecard.round_id, Scorecard.candidate_id).where(
            Scorecard.member_id.in_(own_ids), Scorecard.submitted_at.is_not(None)
        )
    )
    chosen = _grouped(select(round_candidate.c.round_id, round_candidate.c.candidate_id))
    found = []
    for recruitment in recruitments:
        member = memberships.get(recruitment.id)
        own = declared.get(member.id, {}) if member else {}
        if is_disqualified(own.values()):
            continue
        waits, number, count = None, None, 0
        if member and must_declare(active.get(recruitment.id, ()), own):
            waits = "declare"
        elif member and member.role != "substitute":
            for round_ in rounds.get(recruitment.id, []):
                if not round_.locked_at or round_.revealed_at:
                    continue
                in_round = [
                    candidate
                    for candidate in active.get(recruitment.id, [])
                    if (round_.id not in chosen or candidate in chosen[round_.id])
                    and own.get(candidate, NOT_RECORDED) == CLEAR
                ]
                left = len([candidate for candidate in in_round if candidate not in submitted.get(round_.id, ())])
                if left:
                    waits, number, count = "score", round_.number, left
                    break
        found.append(Mine(recruitment, member.role if member else None, waits, number, count))
    return found


def _grouped(query: object) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, value in db.session.execute(query):  # type: ignore[call-overload]
        found.setdefault(key, []).append(value)
    return found
