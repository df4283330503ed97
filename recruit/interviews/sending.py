"""The plan to the panel, when HR or the chair says so: never by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.accounts.sign_in_links import mailed_address
from recruit.audit import record
from recruit.errors import RuleBroken
from recruit.interviews import mails
from recruit.interviews.bookings import Seat, seats
from recruit.interviews.calendars import plan_calendar
from recruit.interviews.plans import SENT, last_events, load_plan
from recruit.interviews.presentation import Day, days, sending
from recruit.mail.service import is_configured, queue
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import hold

PLAN = "plan"  # the kind of message


def receivers(sitting: Iterable[Seat]) -> tuple[list[Seat], list[Seat], list[Seat]]:
    """Who gets the plan, and who does not: whoever's impartiality is not settled, and whoever is shut out."""
    found: tuple[list[Seat], list[Seat], list[Seat]] = ([], [], [])
    for seat in sitting:
        found[2 if not seat.member.person.active else 1 if seat.waits else 0].append(seat)
    return found


def send_plan(recruitment: Recruitment, round_: Round, *, actor: Person) -> int:
    """Queues the plan as it is now, with a calendar file of each member's own interviews. Returns to how many.

    Raises RuleBroken where there is no mail, no plan, or nobody who may have it.
    """
    hold(round_)
    if not is_configured():
        raise RuleBroken(_("Der er ikke sat en mailserver op. Hent kalenderfilen, og giv den videre."))
    plan = load_plan(recruitment, round_)
    if not any(slot.candidate_id for slot in plan.slots):
        raise RuleBroken(_("Der er ingen plan at sende endnu."))
    changed = sending(last_events(recruitment, round_)).stale
    told, _waiting, _shut_out = receivers(seats(recruitment, plan.candidates.values()))
    if not told:
        raise RuleBroken(_("Ingen i udvalget kan få planen, før de har taget stilling til deres habilitet."))
    for seat in told:
        person = seat.member.person
        with force_locale(person.language or recruitment.language):
            address = mailed_address(person, "interviews.plan", recruitment_id=recruitment.id, number=round_.number)
            shown = [own_day(day, seat) for day in days(plan, names=False)]
            subject, text = mails.plan(recruitment, person, address, shown, changed=changed)
            calendar = plan_calendar(recruitment, plan, seat)
        queue(PLAN, person.email, subject, text, recruitment_id=recruitment.id, calendar=calendar)
    record(SENT, actor.id, recruitment.id, round=round_.number, count=len(told))
    return len(told)


def own_day(day: Day, seat: Seat) -> Day:
    """The day without the interviews that a member does not sit in."""
    rows = [
        row
        for row in day.rows
        if row.slot is None or row.slot.candidate_id is None or seat.attends(row.slot.candidate_id)
    ]
    return replace(day, rows=rows, count=sum(bool(row.ref) and not row.gone for row in rows))
