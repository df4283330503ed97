"""Members who came in while a round was going on: they are excused from the interviews that they were not at."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from recruit.accounts.models import Person
from recruit.candidates.models import Candidate
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import hold
from recruit.scoring.models import Scorecard
from recruit.scoring.progress import Progress, progress, write_excuse
from recruit.scoring.rules import MISSING


def missed_interviews(round_: Round, found: Progress) -> dict[int, list[Candidate]]:
    """Whom a member is to rate though they were interviewed before the member came; by member id, in two queries.

    When an interview was is what the plan says; without a time in it, that somebody had handed in a scorecard on it.
    """
    held = _first_by_candidate(
        select(Scorecard.candidate_id, func.min(Scorecard.submitted_at)).where(Scorecard.round_id == round_.id)
    ) | _first_by_candidate(
        select(InterviewSlot.candidate_id, func.min(InterviewSlot.starts_at)).where(InterviewSlot.round_id == round_.id)
    )
    missed = {
        member.id: [
            candidate
            for candidate in found.candidates
            if found.states[member.id, candidate.id] == MISSING
            and member.joined_at is not None
            and candidate.id in held
            and held[candidate.id] < member.joined_at
        ]
        for member in found.members
    }
    return {member: candidates for member, candidates in missed.items() if candidates}


def _first_by_candidate(query: Select[int | None, datetime | None]) -> dict[int, datetime]:
    rows = db.session.execute(query.group_by(query.selected_columns[0]))
    return {candidate: moment for candidate, moment in rows if candidate is not None and moment is not None}


def excuse_missed(recruitment: Recruitment, round_: Round, member_id: int, *, actor: Person) -> list[Candidate]:
    """Excuses a member, as absent, from every interview before they came. Raises RuleBroken when there is none.

    Returns whom they were with.
    """
    hold(round_)
    if round_.revealed_at:
        raise RuleBroken(_("Runden er afsløret."))
    missed = missed_interviews(round_, progress(recruitment, round_)).get(member_id, [])
    if not missed:
        raise RuleBroken(_("Der er ingen samtaler at undskylde medlemmet for."))
    for candidate in missed:
        write_excuse(recruitment, round_, member_id, candidate.id, code="absent", note="", actor=actor)
    return missed
