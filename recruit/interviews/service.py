"""The plan of a round's interviews: proposed and changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from secrets import randbelow

from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.models import Candidate
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.interviews.bookings import check_nobody_is_elsewhere, elsewhere, hold_people, seats
from recruit.interviews.models import InterviewSlot
from recruit.interviews.plans import Plan, entry_of, load_plan, local_zone
from recruit.interviews.rules import (
    BY_LOT,
    BY_REF,
    LOTS,
    Entry,
    Frame,
    check_break,
    check_day,
    check_within_day,
    drawn,
    exchanged,
    moment_of,
    propose,
)
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.rules import check_minutes
from recruit.recruitments.service import hold
from recruit.recruitments.workdays import next_working_day

# What is taken for granted when a candidate is put on a plan that is there already.
USUAL_START, USUAL_END, USUAL_PAUSE = time(9), time(16), 15


def _opened(recruitment: Recruitment, round_: Round, shown: Mapping[InterviewSlot, int] | None = None) -> Plan:
    """The plan, held until the commit: two who change it at once come one after the other. Raises RuleBroken.

    `shown` are entries with the version that the page showed: EditedMeanwhile when there is another one now, or none.
    """
    hold(round_)
    if round_.revealed_at:
        raise RuleBroken(_("Runden er afsløret. Planen ligger fast."))
    plan = load_plan(recruitment, round_)
    for slot, version in (shown or {}).items():
        if slot not in plan.slots or slot.version != version:
            raise EditedMeanwhile(_("Planen er ændret imens. Gå tilbage, og genindlæs den, før du ændrer noget."))
    return plan


# Proposing


def propose_plan(
    recruitment: Recruitment, round_: Round, frame: Frame, *, order: str, room: str, seen: str, actor: Person
) -> None:
    """A new plan for everybody who is to be interviewed, in place of the one that is there (`seen` is its fingerprint).

    Whoever is on the plan keeps their entry, moved: it is the same event in the members' calendars. Raises RuleBroken.
    """
    plan = _opened(recruitment, round_)
    if not plan.active:
        raise RuleBroken(_("Der er ingen kandidater i runden."))
    if plan.fingerprint != seen:
        raise EditedMeanwhile(_("En anden har ændret planen imens. Se den, før du lægger en ny."))
    check_day(frame.first_day, now().astimezone(local_zone()).date())
    lot = randbelow(LOTS)
    candidates = drawn(plan.active, lot, lambda item: item.ref) if order == BY_LOT else plan.active
    sitting = seats(recruitment, plan.candidates.values())
    hold_people(sitting)
    busy = [(booking.starts_at, booking.ends_at) for booking in elsewhere(sitting, round_)]
    entries = propose([item.id for item in candidates], frame, local_zone(), busy=busy)
    kept = {slot.candidate_id: slot for slot in plan.slots if slot.candidate_id}
    for slot in plan.slots:
        if slot.candidate_id is None or not plan.takes_place(slot):
            db.session.delete(slot)
    for entry in entries:
        known = kept.get(entry.candidate) if entry.candidate else None
        slot = known or InterviewSlot(round_id=round_.id, candidate_id=entry.candidate)
        _place(slot, entry.starts_at, entry.minutes, room if entry.candidate else "")
        db.session.add(slot)
    number = lot if order == BY_LOT else None
    order = BY_LOT if order == BY_LOT else BY_REF
    record("interviews.proposed", actor.id, recruitment.id, round=round_.number, order=order, lot=number)


def _place(slot: InterviewSlot, starts_at: datetime, minutes: int, room: str) -> None:
    """Another day is one that the panel has not been reminded of."""
    zone = local_zone()
    if slot.starts_at is not None and slot.starts_at.astimezone(zone).date() != starts_at.astimezone(zone).date():
        slot.reminded_at = None
    if slot.starts_at != starts_at:
        slot.starts_at = starts_at
    slot.minutes, slot.room = minutes, room


# Changing


def change_slot(
    recruitment: Recruitment,
    round_: Round,
    slot: InterviewSlot,
    *,
    day: date,
    starts: time,
    minutes: int,
    room: str,
    shifts: bool,
    version: int,
    actor: Person,
) -> None:
    """Another time, length or room. With `shifts` the rest of the day moves by as much as this ends later, or earlier.

    Raises RuleBroken, also when a member sits somewhere else at the new time.
    """
    plan, zone = _opened(recruitment, round_, {slot: version}), local_zone()
    check_day(day, now().astimezone(zone).date())
    check_break(minutes) if slot.candidate_id is None else check_minutes(minutes)
    starts_at, before = moment_of(day, starts, zone), entry_of(slot)
    moved = {slot: (starts_at, minutes)}
    if shifts and before.starts_at.astimezone(zone).date() == day:
        by = starts_at + timedelta(minutes=minutes) - before.ends_at
        moved |= {later: (later.starts_at + by, later.minutes) for later in _later_that_day(plan, slot)}
    slot.room = room
    _move(recruitment, plan, moved, what="time", actor=actor)


def _later_that_day(plan: Plan, slot: InterviewSlot) -> list[InterviewSlot]:
    """What comes after an entry on its day, by beginning."""
    zone = local_zone()
    day = slot.starts_at.astimezone(zone).date()
    after = plan.slots[plan.slots.index(slot) + 1 :]
    return [item for item in after if item.starts_at.astimezone(zone).date() == day]


def _move(
    recruitment: Recruitment,
    plan: Plan,
    moved: dict[InterviewSlot, tuple[datetime, int]],
    *,
    what: str,
    actor: Person,
) -> None:
    """Gives entries another time. Raises RuleBroken past midnight, and when a member sits somewhere else."""
    zone = local_zone()
    times = {slot: time_ for slot, time_ in moved.items() if (slot.starts_at, slot.minutes) != time_}
    for starts_at, minutes in times.values():
        check_within_day(starts_at, minutes, zone)
    entries = [Entry(slot.candidate_id, *time_) for slot, time_ in times.items() if plan.takes_place(slot)]
    check_nobody_is_elsewhere(recruitment, plan.round, plan.candidates.values(), entries)
    for slot, (starts_at, minutes) in times.items():
        _place(slot, starts_at, minutes, slot.room)
    record("interviews.changed", actor.id, recruitment.id, round=plan.round.number, what=what)


def move_slot(
    recruitment: Recruitment, round_: Round, slot: InterviewSlot, step: int, *, version: int, actor: Person
) -> None:
    """One place up (-1) or down (1): changes places with the neighbour."""
    plan = _opened(recruitment, round_, {slot: version})
    place = plan.slots.index(slot) + step
    if 0 <= place < len(plan.slots):
        _exchange(recruitment, plan, slot, plan.slots[place], actor=actor)


def swap_slots(
    recruitment: Recruitment,
    round_: Round,
    slot: InterviewSlot,
    other: InterviewSlot,
    *,
    version: int,
    actor: Person,
) -> None:
    """Two candidates change places."""
    plan = _opened(recruitment, round_, {slot: version})
    if slot.id == other.id or None in (slot.candidate_id, other.candidate_id):
        raise RuleBroken(_("Vælg en anden kandidat at bytte med."))
    _exchange(recruitment, plan, slot, other, actor=actor)


def _exchange(recruitment: Recruitment, plan: Plan, one: InterviewSlot, two: InterviewSlot, *, actor: Person) -> None:
    first, second = sorted((one, two), key=plan.slots.index)
    starts = exchanged(entry_of(first), entry_of(second), local_zone())
    if None not in (first.candidate_id, second.candidate_id) and first.room != second.room:
        first.room, second.room = second.room, first.room
    moved = {first: (starts[0], first.minutes), second: (starts[1], second.minutes)}
    _move(recruitment, plan, moved, what="order", actor=actor)


def add_break(
    recruitment: Recruitment, round_: Round, after: InterviewSlot, *, minutes: int, version: int, actor: Person
) -> None:
    """A break right after an entry; the rest of the day is moved by as much."""
    plan = _opened(recruitment, round_, {after: version})
    check_break(minutes)
    starts_at, by = entry_of(after).ends_at, timedelta(minutes=minutes)
    check_within_day(starts_at, minutes, local_zone())
    moved = {later: (later.starts_at + by, later.minutes) for later in _later_that_day(plan, after)}
    db.session.add(InterviewSlot(round_id=round_.id, starts_at=starts_at, minutes=minutes, room=""))
    _move(recruitment, plan, moved, what="break", actor=actor)


def add_candidate_to_plan(recruitment: Recruitment, round_: Round, candidate: Candidate, *, actor: Person) -> None:
    """Somebody who came late gets the first free time after the last interview, and not before tomorrow when that one
    is over. Raises RuleBroken.
    """
    plan, zone = _opened(recruitment, round_), local_zone()
    if candidate.id not in {item.id for item in plan.unplanned}:
        raise RuleBroken(_("Kandidaten står allerede på planen eller er ikke med i runden."))
    if not plan.slots:
        raise RuleBroken(_("Lav først et forslag til en plan."))
    last = max(plan.slots, key=lambda slot: entry_of(slot).ends_at)
    sitting = seats(recruitment, plan.candidates.values())
    hold_people(sitting)
    busy = [(booking.starts_at, booking.ends_at) for booking in elsewhere(sitting, round_)]
    free_from = entry_of(last).ends_at + timedelta(minutes=USUAL_PAUSE)
    day = last.starts_at.astimezone(zone).date()
    evening = moment_of(day, USUAL_END, zone)
    if free_from < now() or free_from + timedelta(minutes=round_.minutes) > evening:
        day = next_working_day(max(day, now().astimezone(zone).date()))
    else:
        busy.append((moment_of(day, time(), zone), free_from))
    latest = USUAL_END if round_.minutes <= 7 * 60 else time(23, 59)
    frame = Frame(day, USUAL_START, latest, round_.minutes, USUAL_PAUSE)
    entry = propose([candidate.id], frame, zone, busy=busy)[0]
    slot = InterviewSlot(
        round_id=round_.id,
        candidate_id=candidate.id,
        starts_at=entry.starts_at,
        minutes=entry.minutes,
        room=next((item.room for item in reversed(plan.slots) if item.room), ""),
    )
    db.session.add(slot)
    record("interviews.changed", actor.id, recruitment.id, round=round_.number, what="added", candidate=candidate.id)


def remove_slot(recruitment: Recruitment, round_: Round, slot: InterviewSlot, *, version: int, actor: Person) -> None:
    """An interview or a break leaves the plan; the others keep their time."""
    _opened(recruitment, round_, {slot: version})
    db.session.delete(slot)
    what, candidate = ("break", None) if slot.candidate_id is None else ("removed", slot.candidate_id)
    record("interviews.changed", actor.id, recruitment.id, round=round_.number, what=what, candidate=candidate)
