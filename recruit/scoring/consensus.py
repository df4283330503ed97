"""What the discussion arrives at after the reveal, kept beside the first ratings."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.candidates.models import Candidate
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.scoring.models import Consensus
from recruit.scoring.rules import Entered
from recruit.scoring.service import check_entry


def load_consensus(round_: Round) -> Sequence[Consensus]:
    return db.session.scalars(select(Consensus).where(Consensus.round_id == round_.id)).all()


def set_consensus(
    recruitment: Recruitment,
    round_: Round,
    candidate: Candidate,
    criterion: Criterion,
    *,
    score: int,
    reason: str,
    rated: bool,
    actor: Person | None,
) -> None:
    """What the discussion arrived at (rule 3). `rated`: whether anybody's first rating counts in the cell."""
    if not round_.revealed_at:
        raise RuleBroken(_("Runden er ikke afsløret endnu."))
    if not rated:
        raise RuleBroken(_("Ingen har vurderet kriteriet, så der er intet at blive enige om."))
    check_entry(Entered(score=score))
    if not reason.strip():
        raise RuleBroken(_("Skriv, hvad drøftelsen bygger på."))
    row = _find_consensus(round_, candidate, criterion)
    if row is None:
        row = Consensus(round_id=round_.id, candidate_id=candidate.id, criterion_id=criterion.id)
        db.session.add(row)
    row.score, row.reason = score, reason.strip()
    record(
        "consensus.set",
        actor.id if actor else None,
        recruitment.id,
        round=round_.number,
        candidate=candidate.id,
        criterion=criterion.key,
    )


def remove_consensus(
    recruitment: Recruitment, round_: Round, candidate: Candidate, criterion: Criterion, *, actor: Person
) -> None:
    row = _find_consensus(round_, candidate, criterion)
    if row is not None:
        db.session.delete(row)
        record(
            "consensus.removed",
            actor.id,
            recruitment.id,
            round=round_.number,
            candidate=candidate.id,
            criterion=criterion.key,
        )


def _find_consensus(round_: Round, candidate: Candidate, criterion: Criterion) -> Consensus | None:
    return db.session.scalar(
        select(Consensus).where(
            Consensus.round_id == round_.id,
            Consensus.candidate_id == candidate.id,
            Consensus.criterion_id == criterion.id,
        )
    )
