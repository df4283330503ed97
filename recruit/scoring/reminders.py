"""Which scorecards it is time to remind of: what `create_app` gives to the panel's reminders."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import select

from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.panel.reminders import local_time
from recruit.recruitments.models import Recruitment, Round
from recruit.scoring.progress import progress

DAYS_AFTER_LOCK = timedelta(days=2)
DAYS_AFTER_INTERVIEW = timedelta(days=1)


def missing_cards(recruitment: Recruitment, on: date | None) -> dict[int, int]:
    """How many scorecards are missing in the rounds that wait, by member id.

    With a day, those that may be reminded of on it: from the day after the interview where one is planned, else from
    two days after the lock.
    """
    found: Counter[int] = Counter()
    for round_ in recruitment.rounds:
        if round_.locked_at and not round_.revealed_at:
            first_days = _first_days(round_)
            otherwise = local_time(round_.locked_at).date() + DAYS_AFTER_LOCK
            found.update(
                member
                for member, candidate in progress(recruitment, round_).missing
                if on is None or first_days.get(candidate, otherwise) <= on
            )
    return dict(found)


def _first_days(round_: Round) -> dict[int, date]:
    """The first day to remind of a card, by candidate id, for those whose interview is planned; one query."""
    rows = db.session.execute(
        select(InterviewSlot.candidate_id, InterviewSlot.starts_at)
        .where(InterviewSlot.round_id == round_.id)
        .order_by(InterviewSlot.starts_at)
    )
    return {candidate: local_time(at).date() + DAYS_AFTER_INTERVIEW for candidate, at in rows if candidate is not None}
