"""What the discussion arrives at after the reveal, kept beside the first ratings."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.candidates.models import Candidate
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.service import hold
from recruit.scoring.models import Consensus
from recruit.scoring.rules import Entered
from recruit.scoring.service import check_entry
from recruit.web.forms import digest


def load_consensus(round_: Round) -> Sequence[Consensus]:
    return db.session.scalars(select(Consensus).where(Consensus.round_id == round_.id)).all()


def find_consensus(round_: Round, candidate: Candidate, criterion: Criterion) -> Consensus | None:
    """What stands in the database now, whatever was read from it before."""
    return db.session.scalar(
        select(Consensus)
        .where(
            Consensus.round_id == round_.id,
            Consensus.candidate_id == candidate.id,
            Consensus.criterion_id == criterion.id,
        )
        .execution_options(populate_existing=True)
    )


def fingerprint(row: Consensus | None) -> str:
    """With which a page remembers the consensus that it showed; "" for none.

    Not the row's version: a consensus that was removed and written anew begins at the first version again.
    """
    return digest(f"{row.score} {row.reason}") if row else ""


def set_consensus(
    recruitment: Recruitment,
    round_: Round,
    candidate: Candidate,
    criterion: Criterion,
    *,
    score: int,
    reason: str,
    shown: str,
    rated: bool,
    actor: Person,
) -> None:
    """What the discussion arrived at (rule 3). `rated`: whether anybody's first rating counts in the cell.

    `shown` is the `fingerprint` that the page was opened with. Raises EditedMeanwhile when another window has changed
    the consensus since.
    """
    _check_revealed(round_)
    if not rated:
        raise RuleBroken(_("Ingen har vurderet kriteriet, så der er intet at blive enige om."))
    check_entry(Entered(score=score, evidence=reason))
    reason = reason.strip()
    if not reason:
        raise RuleBroken(_("Skriv, hvad drøftelsen bygger på."))
    row = find_consensus(round_, candidate, criterion)
    if row is not None and (row.score, row.reason) == (score, reason):
        return  # a double click, or a request whose answer was lost, sent again
    _check_shown(row, shown)
    if row is None:
        row = Consensus(round_id=round_.id, candidate_id=candidate.id, criterion_id=criterion.id)
        db.session.add(row)
    row.score, row.reason = score, reason
    _record("consensus.set", recruitment, round_, candidate, criterion, actor)


def remove_consensus(
    recruitment: Recruitment, round_: Round, candidate: Candidate, criterion: Criterion, *, shown: str, actor: Person
) -> None:
    """The first ratings count again. Raises EditedMeanwhile as `set_consensus` does."""
    _check_revealed(round_)
    row = find_consensus(round_, candidate, criterion)
    if row is None:
        return
    _check_shown(row, shown)
    db.session.delete(row)
    _record("consensus.removed", recruitment, round_, candidate, criterion, actor)


def _check_revealed(round_: Round) -> None:
    hold(round_)
    if not round_.revealed_at:
        raise RuleBroken(_("Runden er ikke afsløret endnu."))


def _check_shown(row: Consensus | None, shown: str) -> None:
    if fingerprint(row) != shown:
        raise EditedMeanwhile(_("Konsensus er ændret i et andet vindue, siden siden blev åbnet. Intet er overskrevet."))


def _record(
    event: str, recruitment: Recruitment, round_: Round, candidate: Candidate, criterion: Criterion, actor: Person
) -> None:
    record(event, actor.id, recruitment.id, round=round_.number, candidate=candidate.id, criterion=criterion.key)
