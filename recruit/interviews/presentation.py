"""What the page and the documents of a plan show: days with their entries, and everything that is said in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby

import flask_babel
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.audit import AuditEvent
from recruit.candidates.rules import WITHDRAWALS
from recruit.interviews.bookings import Clash
from recruit.interviews.models import InterviewSlot
from recruit.interviews.plans import (
    CHANGES,
    PROPOSED,
    SENT,
    Plan,
    entry_of,
    local_zone,
)
from recruit.interviews.rules import (
    BY_LOT,
    HOURS,
    NO_PAUSE,
    OVERLAP,
    SHORT,
    Warned,
    drawn,
    is_lunch,
    warnings,
)
from recruit.recruitments.workdays import SATURDAY, holiday
from recruit.web.language import clock, language, moment

INTERVIEW, BREAK, PAUSE = "interview", "break", "pause"
# Time between two entries up to this is for rating; what is longer is only free.
LONGEST_PAUSE = timedelta(minutes=60)


@dataclass(frozen=True)
class Row:
    """An interview, a break, or the time between two entries (`slot` None). `gone` says why it does not take place."""

    kind: str
    starts_at: datetime
    minutes: int
    label: str
    slot: InterviewSlot | None = None
    ref: str = ""
    name: str = ""
    room: str = ""
    gone: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def hours(self) -> str:
        """09.00–10.00"""
        return f"{clock(self.starts_at)}–{clock(self.ends_at)}"


@dataclass(frozen=True)
class Day:
    """A day of the plan. `room` is the one that its interviews are in; the rows name only other rooms."""

    date: date
    title: str
    rows: list[Row]
    count: int
    room: str

    @property
    def summary(self) -> str:
        parts = [ngettext("%(num)s samtale", "%(num)s samtaler", self.count)]
        held = [row for row in self.rows if row.slot and not row.gone]
        if held:
            ends = max(row.ends_at for row in held)
            parts.append(_("kl. %(starts)s–%(ends)s", starts=clock(held[0].starts_at), ends=clock(ends)))
        return ", ".join(part for part in [*parts, self.room] if part)


def day_name(day: date) -> str:
    """Tirsdag den 12. maj 2026"""
    pattern = "EEEE 'den' d. MMMM yyyy" if language() == "da" else "EEEE d MMMM yyyy"
    name = flask_babel.format_date(day, pattern)
    return name[:1].upper() + name[1:]


def within_sentence(title: str) -> str:
    """A day's title where it does not begin the sentence: Danish writes days small, English does not."""
    return title[:1].lower() + title[1:] if language() == "da" else title


def short_day(day: date) -> str:
    """12. maj"""
    return str(flask_babel.format_date(day, "d. MMM" if language() == "da" else "d MMM"))


def local_day(at: datetime) -> date:
    return at.astimezone(local_zone()).date()


def minutes_in_words(count: int) -> str:
    return ngettext("%(num)s minut", "%(num)s minutter", count)


def days(plan: Plan, *, names: bool, warned: Mapping[int, Sequence[str]] | None = None) -> list[Day]:
    """The plan by day. Without `names` only refs; `warned` are sentences by slot id."""
    rows = [_row(plan, slot, names, (warned or {}).get(slot.id, ())) for slot in plan.slots]
    found = []
    for day, group in groupby(rows, key=lambda row: local_day(row.starts_at)):
        entries = list(group)
        held = [row for row in entries if row.kind == INTERVIEW and not row.gone]
        room, times = Counter(row.room for row in held).most_common(1)[0] if held else ("", 0)
        if 2 * times <= len(held) or not all(row.room for row in held):
            room = ""
        if room:
            entries = [replace(row, room="" if row.room == room else row.room) for row in entries]
        found.append(Day(day, day_name(day), _with_pauses(entries), len(held), room))
    return found


def headline(found: Sequence[Day]) -> str:
    """How many interviews there are, over how many days, and from when."""
    interviews = sum(day.count for day in found)
    held = [day for day in found if day.count]
    if not held:
        return _("Ingen af samtalerne på planen bliver holdt.")
    count = ngettext("%(num)s samtale", "%(num)s samtaler", interviews)
    pattern = "EEEE 'den' d. MMMM" if language() == "da" else "EEEE d MMMM"
    first = flask_babel.format_date(held[0].date, pattern)
    return ngettext("%(count)s på én dag", "%(count)s på %(num)s dage, fra %(day)s", len(held), count=count, day=first)


def _row(plan: Plan, slot: InterviewSlot, names: bool, warned: Sequence[str]) -> Row:
    if slot.candidate_id is None:
        label = _("Frokost") if is_lunch(slot.starts_at, slot.minutes, local_zone()) else _("Pause")
        return Row(BREAK, slot.starts_at, slot.minutes, label, slot, warnings=list(warned))
    candidate = plan.candidates[slot.candidate_id]
    gone = ""
    if candidate.status == "withdrawn":
        gone = str(WITHDRAWALS.get(candidate.withdrawal or "", _("Har trukket sig")))
    elif not plan.takes_place(slot):
        gone = _("Ikke længere med i runden")
    name = candidate.name if names else ""
    label = _("Samtale")
    return Row(INTERVIEW, slot.starts_at, slot.minutes, label, slot, candidate.ref, name, slot.room, gone, list(warned))


def _with_pauses(rows: Sequence[Row]) -> list[Row]:
    """The time between two entries that take place, as a row of its own."""
    found: list[Row] = []
    for row in rows:
        before = found[-1] if found else None
        if before and not before.gone and not row.gone and row.starts_at > before.ends_at:
            between = row.starts_at - before.ends_at
            rated = before.kind == INTERVIEW and between <= LONGEST_PAUSE
            label = _("Tid til at vurdere") if rated else _("Ledig tid")
            found.append(Row(PAUSE, before.ends_at, int(between.total_seconds()) // 60, label))
        found.append(row)
    return found


# Warnings


def warned_of(plan: Plan, clashes: Sequence[Clash]) -> dict[int, list[str]]:
    """What to be warned of, in sentences by slot id. `clashes` are those of the entries that take place."""
    held = [slot for slot in plan.slots if plan.takes_place(slot)]
    found: dict[int, list[str]] = {}
    for clash in clashes:
        sentences = found.setdefault(held[clash.place].id, [])
        if clash.sentence not in sentences:
            sentences.append(clash.sentence)
    for warning in warnings([entry_of(slot) for slot in held], plan.round.minutes, local_zone()):
        found.setdefault(held[warning.place].id, []).append(_sentence(plan, held, warning))
    return found


def _sentence(plan: Plan, held: Sequence[InterviewSlot], warning: Warned) -> str:
    slot, name = held[warning.place], slot_name(plan, held[warning.place])
    other = slot_name(plan, held[warning.other]) if warning.other is not None else ""
    day = local_day(slot.starts_at)
    if warning.code == OVERLAP:
        return _("%(name)s begynder, før %(other)s er slut.", name=name, other=other)
    if warning.code == NO_PAUSE:
        return _("Der er ingen tid til at vurdere mellem %(other)s og %(name)s.", name=name, other=other)
    if warning.code == SHORT:
        planned, needed = minutes_in_words(slot.minutes), minutes_in_words(plan.round.minutes)
        return _(
            "%(name)s har %(planned)s, men guiden er lagt til %(needed)s.", name=name, planned=planned, needed=needed
        )
    if warning.code == HOURS:
        return _("%(name)s ligger uden for almindelig arbejdstid.", name=name)
    closed = holiday(day, language()) or (_("en lørdag") if day.weekday() == SATURDAY else _("en søndag"))
    return _("%(name)s ligger på en fridag: %(day)s.", name=name, day=closed)


def slot_name(plan: Plan, slot: InterviewSlot) -> str:
    """K3, or what kind of break it is with its time."""
    if slot.candidate_id is not None:
        return plan.candidates[slot.candidate_id].ref
    row = _row(plan, slot, False, ())
    return f"{row.label} {row.hours}"


# How the plan came about


def order_sentence(plan: Plan, events: Mapping[str, AuditEvent]) -> str:
    """How the order of the candidates came about; nothing when the log does not tell."""
    proposed = events.get(PROPOSED)
    how = proposed.subject.get("order") if proposed else None
    if how is None:
        return ""
    planned = [plan.candidates[slot.candidate_id] for slot in plan.slots if slot.candidate_id]
    lot = proposed.subject.get("lot") if proposed else None
    if how == BY_LOT and isinstance(lot, int):
        if planned == drawn(planned, lot, lambda item: item.ref):
            return _(
                "Rækkefølgen er trukket ved lod (lod nr. %(lot)s). Ingen har valgt, hvem der kommer først.", lot=lot
            )
        return _("Rækkefølgen blev trukket ved lod (lod nr. %(lot)s) og er siden ændret i hånden.", lot=lot)
    refs = [item.ref for item in plan.candidates.values() if item in planned]
    if [item.ref for item in planned] == refs:
        return _("Rækkefølgen følger kandidaternes numre.")
    return _("Rækkefølgen fulgte kandidaternes numre og er siden ændret i hånden.")


@dataclass(frozen=True)
class Sending:
    """Whether the panel has the plan as it is now: `sent` when it got one, `stale` when it has changed since."""

    sent: str
    stale: bool


def sending(events: Mapping[str, AuditEvent]) -> Sending:
    sent = events.get(SENT)
    if sent is None:
        return Sending("", False)
    changes = [events[name].number or 0 for name in CHANGES if name in events]
    return Sending(moment(sent.at), max(changes, default=0) > (sent.number or 0))
