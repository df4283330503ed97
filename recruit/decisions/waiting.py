"""What recommendation, decision and hearings ask of people, over all their recruitments at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from recruit.candidates.models import Candidate
from recruit.decisions.models import HiringDecision, Recommendation, Task
from recruit.extensions import db


@dataclass(frozen=True)
class Steps:
    """Ids of the recruitments with a final recommendation, and with a decision; open tasks by recruitment id."""

    final: set[int]
    decided: set[int]
    tasks: dict[int, int]


@dataclass(frozen=True)
class Stage:
    """How far one recruitment is: whether a recommendation is written and final, the decision's outcome, open tasks."""

    is_written: bool
    is_final: bool
    outcome: str | None
    tasks: int


def load_stage(recruitment_id: int) -> Stage:
    """One query: every page of a recruitment shows it."""
    written = select(Recommendation.id).where(Recommendation.recruitment_id == recruitment_id)
    final = written.where(Recommendation.final_at.is_not(None))
    outcome = select(HiringDecision.outcome).where(HiringDecision.recruitment_id == recruitment_id)
    tasks = (
        select(func.count(Task.id))
        .join(Candidate, Candidate.id == Task.candidate_id)
        .where(Candidate.recruitment_id == recruitment_id, Task.ending == "", Task.passed_because == "")
    )
    row = db.session.execute(
        select(written.exists(), final.exists(), outcome.scalar_subquery(), tasks.scalar_subquery())
    ).one()
    return Stage(bool(row[0]), bool(row[1]), row[2], row[3])


def load_steps(recruitment_ids: Sequence[int]) -> Steps:
    """Three queries, whatever the number of recruitments."""
    final = select(Recommendation.recruitment_id).where(
        Recommendation.recruitment_id.in_(recruitment_ids), Recommendation.final_at.is_not(None)
    )
    decided = select(HiringDecision.recruitment_id).where(HiringDecision.recruitment_id.in_(recruitment_ids))
    tasks = (
        select(Candidate.recruitment_id, func.count(Task.id))
        .join(Task, Task.candidate_id == Candidate.id)
        .where(Candidate.recruitment_id.in_(recruitment_ids), Task.ending == "", Task.passed_because == "")
        .group_by(Candidate.recruitment_id)
    )
    return Steps(
        set(db.session.scalars(final)),
        set(db.session.scalars(decided)),
        {row[0]: row[1] for row in db.session.execute(tasks)},
    )
