"""What a new proposal changes on a timetable that is there, and what to be warned of in any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from recruit.recruitments.timetable_rules import (
    ANY_DAY,
    BEFORE_OFFER,
    BUILDS_ON,
    OWN,
    SHORTEST_APPLICATION,
    Planned,
    last_notice,
)
from recruit.recruitments.workdays import holiday, is_working_day

# What a new proposal changes

NEW, MOVED, SAME, GONE = "new", "moved", "same", "gone"


@dataclass(frozen=True)
class Present:
    """A step as it stands on the timetable."""

    code: str
    starts_on: date
    ends_on: date | None
    edited: bool


@dataclass(frozen=True)
class Change:
    """What a proposal does to a step: `before` and `after` are its days, None where it is not on the timetable."""

    kind: str
    code: str
    before: tuple[date, date | None] | None
    after: tuple[date, date | None] | None
    edited: bool = False


def changes(present: Iterable[Present], planned: Sequence[Planned]) -> list[Change]:
    """What the proposal changes, step by step in its order, then what it takes off. Own steps are never touched."""
    stand = {step.code: step for step in present if step.code != OWN}
    found = []
    for step in planned:
        now, after = stand.get(step.code), (step.starts_on, step.ends_on)
        if now is None:
            found.append(Change(NEW, step.code, None, after))
        else:
            before = (now.starts_on, now.ends_on)
            found.append(Change(SAME if before == after else MOVED, step.code, before, after, now.edited))
    left = [step for code, step in stand.items() if all(code != other.code for other in planned)]
    return found + [Change(GONE, step.code, (step.starts_on, step.ends_on), None, step.edited) for step in left]


# Warnings

WEEKEND, HOLIDAY, ORDER_BROKEN, SHORT, LATE, REQUIRED = "weekend", "holiday", "order", "short", "late", "required"


@dataclass(frozen=True)
class Warned:
    """A warning about the step at `place` of the list. `other` is the place of the step it is about too, `day` the day
    that is meant, `days` a number of days."""

    place: int
    code: str
    other: int | None = None
    day: date | None = None
    days: int | None = None


def warnings(steps: Sequence[Planned], months: int) -> list[Warned]:
    """What to be warned of, by step; never a refusal. `months` of notice are as in Frame."""
    places = {step.code: place for place, step in enumerate(steps)}
    found = [warned for place, step in enumerate(steps) for warned in _closed_days(place, step)]
    for place, step in enumerate(steps):
        before = _builds_on(step.code, places)
        if before is not None and step.starts_on < steps[before].last_day:
            found.append(Warned(place, ORDER_BROKEN, other=before))
    offer = places.get("offer")
    for code in BEFORE_OFFER:
        place = places.get(code, -1)
        if offer is not None and place >= 0 and steps[place].last_day > steps[offer].starts_on:
            found.append(Warned(place, REQUIRED, other=offer))
    if "posted" in places and "deadline" in places:
        days = (steps[places["deadline"]].starts_on - steps[places["posted"]].starts_on).days
        if 0 <= days < SHORTEST_APPLICATION:
            found.append(Warned(places["deadline"], SHORT, days=days))
    if offer is not None and "start" in places:
        latest = last_notice(steps[places["start"]].starts_on, months)
        if steps[offer].starts_on > latest:
            found.append(Warned(offer, LATE, day=latest))
    return sorted(found, key=lambda warned: warned.place)


def _closed_days(place: int, step: Planned) -> Iterator[Warned]:
    for day in dict.fromkeys((step.starts_on, step.last_day)):
        if step.code not in ANY_DAY and not is_working_day(day):
            yield Warned(place, HOLIDAY if holiday(day) else WEEKEND, day=day)


def _builds_on(code: str, places: Mapping[str, int]) -> int | None:
    """The place of the nearest step before this one that is on the timetable."""
    before = BUILDS_ON.get(code)
    while before is not None and before not in places:
        before = BUILDS_ON.get(before)
    return places[before] if before is not None else None
