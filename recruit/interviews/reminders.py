"""A reminder of the interviews the working day before them, from 9 o'clock on: one mail to each member."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta

from flask_babel import force_locale
from sqlalchemy import select, update

from recruit.accounts.sign_in_links import mailed_address
from recruit.audit import record
from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.interviews import mails
from recruit.interviews.bookings import Seat, seats
from recruit.interviews.models import InterviewSlot
from recruit.interviews.plans import Plan, load_plan, local_zone
from recruit.interviews.presentation import Day, days
from recruit.interviews.sending import own_day
from recruit.mail.service import is_configured, queue
from recruit.panel.rules import is_reminding_time
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import hold, load_recruitment
from recruit.recruitments.workdays import next_working_day

INTERVIEW = "interview"  # the kind of message


def queue_due(at: datetime) -> None:
    """Queues the reminders of the interviews from tomorrow to the next working day. A job of the server's thread.

    Two workers that do this at once remind each member once. An interview that comes onto the plan, or is moved to
    another day, after its day was reminded of is one more to remind of: the mail then goes out with the day as it is.
    """
    zone = local_zone()
    local = at.astimezone(zone)
    today = local.date()
    if not is_configured() or not is_reminding_time(local):
        return
    begin = datetime.combine(today + timedelta(days=1), time(), zone).astimezone(at.tzinfo)
    end = datetime.combine(next_working_day(today) + timedelta(days=1), time(), zone).astimezone(at.tzinfo)
    due = (
        InterviewSlot.reminded_at.is_(None),
        InterviewSlot.starts_at >= begin,
        InterviewSlot.starts_at < end,
        InterviewSlot.candidate_id.in_(select(Candidate.id).where(Candidate.status == "active")),
    )
    waiting = select(InterviewSlot.round_id).where(*due).distinct().order_by(InterviewSlot.round_id)
    for round_id in list(db.session.scalars(waiting)):
        round_ = db.session.get_one(Round, round_id)
        hold(round_)  # the second of two workers waits here, and then finds nothing left
        marked = db.session.scalars(
            update(InterviewSlot)
            .where(InterviewSlot.round_id == round_id, *due)
            .values(reminded_at=at)
            .returning(InterviewSlot.id)
            .execution_options(synchronize_session=False)
        ).all()
        recruitment = load_recruitment(round_.recruitment_id)
        if recruitment and marked and not (round_.revealed_at or recruitment.closed_at):
            _remind(recruitment, load_plan(recruitment, round_), marked)


def _remind(recruitment: Recruitment, plan: Plan, marked: Collection[int]) -> None:
    told = 0
    for seat in seats(recruitment, plan.candidates.values()):
        if not seat.member.person.active or (seat.waits and not seat.declares):
            continue  # cannot come in, or has declared and waits for somebody's decision
        with force_locale(seat.member.person.language or recruitment.language):
            for day in days(plan, names=False):
                own = own_day(day, seat)
                if own.count and any(row.slot and row.slot.id in marked for row in own.rows):
                    _queue(recruitment, plan, seat, own)
                    told += 1
    if told:
        record("interviews.reminded", None, recruitment.id, round=plan.round.number, count=told)


def _queue(recruitment: Recruitment, plan: Plan, seat: Seat, day: Day) -> None:
    """In the language that is forced. Whoever waits is told no times (rule 7)."""
    person, place = seat.member.person, {"recruitment_id": recruitment.id}
    if seat.waits:
        subject, text = mails.declare_first(
            recruitment, person, mailed_address(person, "candidates.impartiality", **place), day
        )
    else:
        address = mailed_address(person, "interviews.plan", number=plan.round.number, **place)
        subject, text = mails.reminder(recruitment, person, address, day)
    queue(INTERVIEW, person.email, subject, text, recruitment_id=recruitment.id)
