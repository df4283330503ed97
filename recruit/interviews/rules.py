"""The plan of a round: proposed, changed, and what to be warned of. Moments are in UTC, durations in minutes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TypeVar
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from recruit.candidates.rules import OUT_FOR_CANDIDATE, is_disqualified
from recruit.errors import RuleBroken
from recruit.recruitments.workdays import is_working_day

MAX_BREAK, MIN_BREAK = 240, 5
MAX_PAUSE = 120
# How far ahead a proposal looks for room, and how far from today a plan may be.
SEARCHED_DAYS, DAYS_BACK, DAYS_AHEAD = 366, 366, 730
STEP = timedelta(minutes=5)  # a proposal begins on these
EARLIEST, LATEST = time(7), time(18)  # outside these hours the page warns
LUNCH_HOURS, LUNCH_MINUTES = (time(11), time(13, 30)), 20  # a break as long as this in these hours is lunch
SHORTEST_PAUSE = timedelta(minutes=5)  # to rate in, before the next interview

BY_LOT, BY_REF = "lot", "ref"  # the order of the candidates
LOTS = 1_000_000

OVERLAP, SHORT, NO_PAUSE, HOURS, CLOSED = "overlap", "short", "no_pause", "hours", "closed"

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Entry:
    """An interview with a candidate (an id), or a break (None)."""

    candidate: int | None
    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether the two have a moment in common; one that begins when the other ends does not."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Frame:
    """What a day may hold. `pause` minutes between interviews, for rating; lunch not before `lunch_from`, if any."""

    first_day: date
    starts: time
    latest: time
    minutes: int
    pause: int
    lunch_from: time | None = None
    lunch_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Warned:
    """What the page warns of. `place` and `other` are places in the list of entries."""

    code: str
    place: int
    other: int | None = None


# Time


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment of a local time; of an hour that comes twice, the first. Raises RuleBroken for one that is skipped."""
    local = datetime.combine(day, at, zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise RuleBroken(_("Det klokkeslæt findes ikke den dag, fordi uret bliver stillet frem."))
    return moment


def check_day(day: date, today: date) -> None:
    if not today - timedelta(days=DAYS_BACK) <= day <= today + timedelta(days=DAYS_AHEAD):
        raise RuleBroken(_("Vælg en dag inden for de næste to år."))


def check_within_day(starts_at: datetime, minutes: int, zone: ZoneInfo) -> None:
    """Raises RuleBroken for what runs past midnight, local time."""
    last = starts_at + timedelta(minutes=minutes) - timedelta(microseconds=1)
    if last.astimezone(zone).date() != starts_at.astimezone(zone).date():
        raise RuleBroken(_("En samtale eller pause kan ikke gå hen over midnat."))


def check_break(minutes: int) -> None:
    if not MIN_BREAK <= minutes <= MAX_BREAK:
        raise RuleBroken(_("En pause varer mellem %(least)s og %(most)s minutter.", least=MIN_BREAK, most=MAX_BREAK))


def is_lunch(starts_at: datetime, minutes: int, zone: ZoneInfo) -> bool:
    """Whether a break is called lunch."""
    return minutes >= LUNCH_MINUTES and LUNCH_HOURS[0] <= starts_at.astimezone(zone).time() <= LUNCH_HOURS[1]


# Order


def drawn(items: Iterable[Item], lot: int, ref: Callable[[Item], str]) -> list[Item]:
    """Drawn by lot: ordered by the hash of the lot's number and the ref.

    Whoever knows the number can draw it again. One who leaves or joins does not move the others about.
    """
    return sorted(items, key=lambda item: sha256(f"{lot}:{ref(item)}".encode()).digest())


# Proposing


def propose(
    candidates: Sequence[int],
    frame: Frame,
    zone: ZoneInfo,
    *,
    busy: Iterable[tuple[datetime, datetime]] = (),
    works_on: Callable[[date], bool] = is_working_day,
) -> list[Entry]:
    """A plan in the order given, filled from the first day on; the same every time.

    Interviews end by `frame.latest`, on working days, and keep clear of `busy`, when somebody sits elsewhere. Lunch is
    put in on days with interviews before and after it. Raises RuleBroken when there is no room.
    """
    day_length = datetime.combine(frame.first_day, frame.latest) - datetime.combine(frame.first_day, frame.starts)
    if day_length < timedelta(minutes=frame.minutes):
        raise RuleBroken(
            _("En samtale på %(minutes)s minutter kan ikke være inden for dagens tid.", minutes=frame.minutes)
        )
    waiting, spans = deque(candidates), sorted(busy)
    entries: list[Entry] = []
    for later in range(SEARCHED_DAYS):
        if not waiting:
            break
        day = frame.first_day + timedelta(days=later)
        if works_on(day):
            entries += _fill(day, waiting, frame, zone, spans)
    if waiting:
        raise RuleBroken(_("Der er ikke plads til alle samtaler inden for et år. Giv dagen mere tid."))
    return entries


def _fill(
    day: date, waiting: deque[int], frame: Frame, zone: ZoneInfo, busy: Sequence[tuple[datetime, datetime]]
) -> Iterator[Entry]:
    """The entries of one day, for as many of those who wait as it holds."""
    at, latest = moment_of(day, frame.starts, zone), moment_of(day, frame.latest, zone)
    length, pause = timedelta(minutes=frame.minutes), timedelta(minutes=frame.pause)
    lunch_from = moment_of(day, frame.lunch_from, zone) if frame.lunch_from and frame.lunch_minutes else latest
    eats, begun = at < lunch_from < latest, False
    while waiting:
        begins, lunch = _free(at, length, busy), None
        if eats and begins >= lunch_from:
            eats = False
            if begun:
                lunch = Entry(None, max(at, lunch_from), frame.lunch_minutes)
                begins = _free(max(begins, lunch.ends_at), length, busy)
        if begins + length > latest:
            return
        if lunch:
            yield lunch
        yield Entry(waiting.popleft(), begins, frame.minutes)
        at, begun = begins + length + pause, True


def _free(at: datetime, length: timedelta, busy: Sequence[tuple[datetime, datetime]]) -> datetime:
    """The first moment from `at` on that leaves room beside what is busy (sorted by beginning)."""
    for starts_at, ends_at in busy:
        if starts_at < at + length and at < ends_at:
            at = ends_at + (datetime.min.replace(tzinfo=UTC) - ends_at) % STEP
    return at


# Changing


def exchanged(first: Entry, second: Entry, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When two entries begin, the first of them earlier, after they have changed places.

    On one day they keep the time that the two take together; over two days each takes the other's beginning.
    """
    if first.starts_at.astimezone(zone).date() != second.starts_at.astimezone(zone).date():
        return second.starts_at, first.starts_at
    return second.ends_at - timedelta(minutes=first.minutes), first.starts_at


# Looking it over


def warnings(entries: Sequence[Entry], minutes: int, zone: ZoneInfo) -> list[Warned]:
    """What a plan (entries that take place, by beginning) should be warned of; `minutes` is what the guide needs."""
    found: list[Warned] = []
    last = 0  # the entry so far that ends last
    for place, entry in enumerate(entries):
        before = entries[last]
        if place and entry.meets(before.starts_at, before.ends_at):
            found.append(Warned(OVERLAP, place, last))
        elif place and entry.candidate and before.candidate and entry.starts_at - before.ends_at < SHORTEST_PAUSE:
            found.append(Warned(NO_PAUSE, place, last))
        if entry.ends_at >= before.ends_at:
            last = place
        if entry.candidate is None:
            continue
        if entry.minutes < minutes:
            found.append(Warned(SHORT, place))
        starts, ends = entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone)
        if not is_working_day(starts.date()):
            found.append(Warned(CLOSED, place))
        elif starts.time() < EARLIEST or ends.time() > LATEST or ends.date() != starts.date():
            found.append(Warned(HOURS, place))
    return found


def attends(standings: Mapping[int, str], candidate: int) -> bool:
    """Whether a member with these standings, by candidate, sits in the interview with a candidate."""
    return not is_disqualified(standings.values()) and standings.get(candidate) != OUT_FOR_CANDIDATE
