"""Interviews as calendar files (RFC 5545). Events name the ref, never the candidate: calendars are shared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from icalendar import Event

from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.documents.calendar import calendar_text
from recruit.interviews.bookings import Mine, Seat
from recruit.interviews.models import InterviewSlot
from recruit.interviews.plans import Plan, last_changes, local_zone
from recruit.recruitments.models import Recruitment, Round
from recruit.web.addresses import host, whole_address

PRODUCT = "-//recruit//interviews//DA"


def plan_calendar(recruitment: Recruitment, plan: Plan, seat: Seat | None = None) -> str:
    """The interviews of a round, all of them or those that one member sits in, as the text of an .ics file."""
    sequence = last_changes([recruitment.id]).get(recruitment.id, 0)
    events = []
    for slot in plan.slots:
        if slot.candidate_id and (seat is None or seat.attends(slot.candidate_id)):
            candidate = plan.candidates[slot.candidate_id]
            events.append(_event(recruitment, plan.round, slot, candidate, plan.takes_place(slot), sequence))
    return calendar_text(PRODUCT, events, local_zone())


def my_calendar(interviews: Sequence[Mine]) -> str:
    """A person's own interviews, in every recruitment, as the text of an .ics file."""
    sequences = last_changes({item.recruitment.id for item in interviews})
    events = [
        _event(
            item.recruitment,
            item.round,
            item.slot,
            item.candidate,
            item.takes_place,
            sequences.get(item.recruitment.id, 0),
        )
        for item in interviews
    ]
    return calendar_text(PRODUCT, events, local_zone())


def _event(
    recruitment: Recruitment,
    round_: Round,
    slot: InterviewSlot,
    candidate: Candidate,
    takes_place: bool,
    sequence: int,
) -> Event:
    """The UID belongs to the candidate in the round, so that a moved interview moves in the calendar too.

    `sequence` grows with every change, also when an interview is taken off the plan and put on again: a calendar passes
    over an event whose SEQUENCE is lower than the one it has.
    """
    zone, values = local_zone(), {"ref": candidate.ref, "title": recruitment.title}
    event = Event()
    event.add("uid", f"round-{round_.id}-candidate-{candidate.id}@{host()}")
    event.add("sequence", sequence)
    event.add("dtstamp", now())
    event.add("dtstart", slot.starts_at.astimezone(zone))
    event.add("dtend", (slot.starts_at + timedelta(minutes=slot.minutes)).astimezone(zone))
    event.add("url", whole_address("interviews.plan", recruitment_id=recruitment.id, number=round_.number))
    if slot.room:
        event.add("location", slot.room)
    if takes_place:
        event.add("summary", _("Samtale %(ref)s, %(title)s", **values))
        event.add("status", "CONFIRMED")
    else:
        event.add("summary", _("Aflyst: samtale %(ref)s, %(title)s", **values))
        event.add("status", "CANCELLED")
        event.add("transp", "TRANSPARENT")
    return event
