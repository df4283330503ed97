"""Interviews as calendar files (RFC 5545). Events name the ref, never the candidate: calendars are shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.interviews.bookings import Mine, Seat
from recruit.interviews.models import InterviewSlot
from recruit.interviews.plans import Plan, last_changes, local_zone
from recruit.recruitments.models import Recruitment, Round
from recruit.web.addresses import whole_address

PRODUCT = "-//recruit//interviews//DA"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def plan_calendar(recruitment: Recruitment, plan: Plan, seat: Seat | None = None) -> str:
    """The interviews of a round, all of them or those that one member sits in, as the text of an .ics file."""
    sequence = last_changes([recruitment.id]).get(recruitment.id, 0)
    events = []
    for slot in plan.slots:
        if slot.candidate_id and (seat is None or seat.attends(slot.candidate_id)):
            candidate = plan.candidates[slot.candidate_id]
            events.append(_event(recruitment, plan.round, slot, candidate, plan.takes_place(slot), sequence))
    return _text(events)


def my_calendar(interviews: Sequence[Mine]) -> str:
    """A person's own interviews, in every recruitment, as the text of an .ics file."""
    sequences = last_changes({item.recruitment.id for item in interviews})
    return _text(
        [
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
    )


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
    event.add("uid", f"round-{round_.id}-candidate-{candidate.id}@{_host()}")
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


def _host() -> str:
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"


def _text(events: Sequence[Event]) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    moments = [event.decoded("dtstart") for event in events] or [now()]
    calendar.add_component(_time_zone(local_zone(), min(moments), max(moments)))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical().decode()


def _time_zone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """The zone's offsets from the year of one moment to that of another."""
    component = Timezone()
    component.add("tzid", zone.key)
    begin, end = datetime(first.year, 1, 1, tzinfo=UTC), datetime(last.year + 1, 1, 1, tzinfo=UTC)
    for moment in [begin, *_changes(zone, begin, end)]:
        before, after = (moment - HOUR).astimezone(zone), moment.astimezone(zone)
        observance = TimezoneDaylight() if after.dst() else TimezoneStandard()
        # RFC 5545, section 3.6.5: the local time at which it begins, by the offset that it takes over from.
        observance.add("dtstart", (moment + (before.utcoffset() or timedelta())).replace(tzinfo=None))
        observance.add("tzoffsetfrom", before.utcoffset())
        observance.add("tzoffsetto", after.utcoffset())
        observance.add("tzname", after.tzname())
        component.add_component(observance)
    return component


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The hours at which the clocks are changed."""
    while begin < end:
        if begin.astimezone(zone).utcoffset() != (begin + DAY).astimezone(zone).utcoffset():
            hours = [begin + HOUR * hour for hour in range(1, 25)]
            yield next(
                at for at in hours if at.astimezone(zone).utcoffset() != (at - HOUR).astimezone(zone).utcoffset()
            )
        begin += DAY
