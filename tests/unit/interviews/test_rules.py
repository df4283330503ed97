"""The plan's rules: what is proposed, how entries change places, what is warned of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from recruit.candidates.rules import CLEAR, NOT_RECORDED, OUT, OUT_FOR_CANDIDATE
from recruit.errors import RuleBroken
from recruit.interviews.rules import (
    CLOSED,
    HOURS,
    NO_PAUSE,
    OVERLAP,
    SHORT,
    Entry,
    Frame,
    Warned,
    attends,
    check_day,
    check_within_day,
    drawn,
    exchanged,
    is_lunch,
    moment_of,
    propose,
    warnings,
)
from recruit.recruitments.workdays import is_working_day

ZONE = ZoneInfo("Europe/Copenhagen")
TUESDAY = date(2026, 5, 12)
FRAME = Frame(TUESDAY, time(9), time(16), 60, 15, time(11, 30), 30)


@pytest.fixture(autouse=True, scope="module")
def words() -> Iterator[None]:
    """Sentences are translated, so there must be somebody to ask."""
    app = Flask(__name__)
    Babel(app)
    with app.app_context():
        yield


def at(clock: str, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC)


def entry(clock: str, minutes: int = 60, candidate: int | None = 1, day: date = TUESDAY) -> Entry:
    return Entry(candidate, at(clock, day), minutes)


def shown(entries: list[Entry]) -> list[str]:
    """”12 09:00 1” for the 12th at nine with candidate 1; a break is a dash."""
    return [f"{item.starts_at.astimezone(ZONE):%d %H:%M} {item.candidate or '-'}" for item in entries]


# Proposing


def test_day_is_filled_with_pauses_and_lunch() -> None:
    assert shown(propose([1, 2, 3, 4, 5, 6], FRAME, ZONE)) == [
        "12 09:00 1",
        "12 10:15 2",
        "12 11:30 -",
        "12 12:00 3",
        "12 13:15 4",
        "12 14:30 5",
        "13 09:00 6",
    ]


def test_nobody_gives_no_plan_and_one_needs_no_lunch() -> None:
    assert propose([], FRAME, ZONE) == []
    assert shown(propose([7], FRAME, ZONE)) == ["12 09:00 7"]


def test_holidays_and_weekends_are_passed_over() -> None:
    """13 May 2026 is a Wednesday, the 14th Ascension Day, the 15th a Friday."""
    one_a_day = Frame(date(2026, 5, 13), time(9), time(10), 60, 15)
    assert shown(propose([1, 2, 3], one_a_day, ZONE)) == ["13 09:00 1", "15 09:00 2", "18 09:00 3"]


def test_interview_may_end_at_the_latest_moment_and_not_after() -> None:
    fits = Frame(TUESDAY, time(9), time(10), 60, 0)
    assert shown(propose([1], fits, ZONE)) == ["12 09:00 1"]
    with pytest.raises(RuleBroken, match="60 minutter"):
        propose([1], Frame(TUESDAY, time(9), time(9, 59), 60, 0), ZONE)
    with pytest.raises(RuleBroken):
        propose([1], Frame(TUESDAY, time(16), time(9), 60, 0), ZONE)


def test_plan_keeps_clear_of_what_members_sit_in() -> None:
    busy = [(at("09:30"), at("10:22")), (at("12:00"), at("15:30"))]
    assert shown(propose([1, 2], FRAME, ZONE, busy=busy)) == ["12 10:25 1", "13 09:00 2"]


def test_lunch_is_not_put_before_the_first_interview_or_after_the_last() -> None:
    busy = [(at("09:00"), at("12:10"))]
    assert shown(propose([1], FRAME, ZONE, busy=busy)) == ["12 12:10 1"]
    afternoon = Frame(TUESDAY, time(13), time(16), 60, 15, time(11, 30), 30)
    assert "-" not in " ".join(shown(propose([1, 2], afternoon, ZONE)))


def test_panel_that_is_never_free_gets_no_plan() -> None:
    with pytest.raises(RuleBroken, match="ikke plads"):
        propose([1], FRAME, ZONE, busy=[(at("00:00"), at("00:00") + timedelta(days=400))])


def test_hours_stay_the_same_on_both_sides_of_a_change_of_clocks() -> None:
    """Clocks go forward on Sunday 29 March 2026."""
    friday = Frame(date(2026, 3, 27), time(9), time(10), 60, 0)
    first, second = propose([1, 2], friday, ZONE)
    assert (first.starts_at.hour, second.starts_at.hour) == (8, 7)
    assert shown([first, second]) == ["27 09:00 1", "30 09:00 2"]


def test_minutes_are_real_ones_on_a_day_that_loses_an_hour() -> None:
    night = Frame(date(2026, 3, 29), time(1), time(6), 60, 0)
    entries = propose([1, 2, 3], night, ZONE, works_on=lambda day: True)
    assert shown(entries) == ["29 01:00 1", "29 03:00 2", "29 04:00 3"]


FRAMES = st.builds(
    Frame,
    first_day=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    starts=st.sampled_from([time(7), time(8, 30), time(9), time(12)]),
    latest=st.sampled_from([time(15), time(16, 10), time(20)]),
    minutes=st.integers(10, 180),
    pause=st.integers(0, 60),
    lunch_from=st.none() | st.sampled_from([time(11), time(12, 15)]),
    lunch_minutes=st.integers(5, 90),
)


@st.composite
def busy_times(draw: st.DrawFn) -> tuple[Frame, list[tuple[datetime, datetime]]]:
    frame = draw(FRAMES)
    midnight = datetime.combine(frame.first_day, time(), UTC)
    found = []
    for _number in range(draw(st.integers(0, 6))):
        begins = midnight + timedelta(minutes=draw(st.integers(0, 10_000)))
        found.append((begins, begins + timedelta(minutes=draw(st.integers(1, 600)))))
    return frame, found


@given(busy_times(), st.integers(0, 30))
def test_proposal_holds_everybody_once_in_order_and_inside_its_frame(
    given_: tuple[Frame, list[tuple[datetime, datetime]]], count: int
) -> None:
    frame, busy = given_
    candidates = list(range(count, 0, -1))
    entries = propose(candidates, frame, ZONE, busy=busy)
    interviews = [item for item in entries if item.candidate]
    assert [item.candidate for item in interviews] == candidates
    assert entries == sorted(entries, key=lambda item: item.starts_at)
    for before, after in pairwise(entries):
        assert before.ends_at <= after.starts_at
    for before, after in pairwise(interviews):
        if before.starts_at.astimezone(ZONE).date() == after.starts_at.astimezone(ZONE).date():
            assert after.starts_at - before.ends_at >= timedelta(minutes=frame.pause)
    for item in interviews:
        begins, ends = item.starts_at.astimezone(ZONE), item.ends_at.astimezone(ZONE)
        assert begins.date() == ends.date() >= frame.first_day
        assert is_working_day(begins.date())
        assert frame.starts <= begins.time() and ends.time() <= frame.latest
        assert item.minutes == frame.minutes
        assert not any(item.meets(*span) for span in busy)
    breaks = [item for item in entries if item.candidate is None]
    days = [item.starts_at.astimezone(ZONE).date() for item in breaks]
    assert len(days) == len(set(days))
    for item in breaks:
        assert frame.lunch_from and item.starts_at.astimezone(ZONE).time() >= frame.lunch_from
        place = entries.index(item)
        assert {
            entries[place - 1].starts_at.astimezone(ZONE).date(),
            entries[place + 1].starts_at.astimezone(ZONE).date(),
        } == {item.starts_at.astimezone(ZONE).date()}


@given(busy_times(), st.integers(0, 8), st.randoms())
def test_proposal_is_the_same_whatever_the_order_of_what_is_busy(
    given_: tuple[Frame, list[tuple[datetime, datetime]]], count: int, random: object
) -> None:
    frame, busy = given_
    other = list(busy)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert propose(range(count), frame, ZONE, busy=busy) == propose(range(count), frame, ZONE, busy=other)


# Drawing lots


@given(st.sets(st.integers(1, 999), min_size=1), st.integers(0, 999_999))
def test_lot_orders_everybody_and_leaves_the_others_when_one_leaves(numbers: set[int], lot: int) -> None:
    refs = [f"K{number}" for number in sorted(numbers)]
    order = drawn(refs, lot, str)
    assert sorted(order) == sorted(refs)
    assert drawn(reversed(refs), lot, str) == order
    assert drawn(refs[1:], lot, str) == [ref for ref in order if ref != refs[0]]


def test_lots_differ() -> None:
    refs = [f"K{number}" for number in range(1, 7)]
    firsts = [drawn(refs, lot, str)[0] for lot in range(600)]
    assert all(60 <= firsts.count(ref) <= 140 for ref in refs)


# Times


def test_time_that_is_skipped_is_refused_and_one_that_comes_twice_is_the_first() -> None:
    with pytest.raises(RuleBroken, match="findes ikke"):
        moment_of(date(2026, 3, 29), time(2, 30), ZONE)
    assert moment_of(date(2026, 10, 25), time(2, 30), ZONE) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_past_midnight_is_refused_and_until_midnight_is_not() -> None:
    check_within_day(at("23:00"), 60, ZONE)
    with pytest.raises(RuleBroken, match="midnat"):
        check_within_day(at("23:00"), 61, ZONE)


def test_day_long_ago_or_far_ahead_is_refused() -> None:
    check_day(TUESDAY, TUESDAY)
    for day in (date(1, 1, 1), date(2024, 1, 1), date(2029, 1, 1), date(9999, 12, 31)):
        with pytest.raises(RuleBroken):
            check_day(day, TUESDAY)


@pytest.mark.parametrize(
    ("clock", "minutes", "called"),
    [("11:30", 30, True), ("13:30", 20, True), ("10:00", 45, False), ("12:00", 15, False)],
)
def test_long_break_at_midday_is_lunch(clock: str, minutes: int, called: bool) -> None:
    assert is_lunch(at(clock), minutes, ZONE) is called


# Changing places


def test_interview_and_break_change_places_inside_the_time_they_take() -> None:
    interview, lunch = entry("10:15"), entry("11:30", 30, None)
    starts = exchanged(interview, lunch, ZONE)
    assert starts == (at("11:00"), at("10:15"))


def test_interviews_of_one_length_change_times() -> None:
    assert exchanged(entry("09:00"), entry("13:15"), ZONE) == (at("13:15"), at("09:00"))


def test_over_two_days_each_takes_the_others_beginning() -> None:
    later = entry("13:15", 45, day=date(2026, 5, 13))
    assert exchanged(entry("09:00"), later, ZONE) == (later.starts_at, at("09:00"))


@given(st.integers(10, 240), st.integers(10, 240), st.integers(0, 60))
def test_neighbours_that_change_places_keep_span_and_gap(first: int, second: int, gap: int) -> None:
    one = entry("09:00", first)
    two = Entry(2, one.ends_at + timedelta(minutes=gap), second)
    starts = exchanged(one, two, ZONE)
    one_after, two_after = Entry(1, starts[0], first), Entry(2, starts[1], second)
    assert two_after.starts_at == one.starts_at
    assert one_after.ends_at == two.ends_at
    assert one_after.starts_at - two_after.ends_at == timedelta(minutes=gap)


# Warnings


def test_good_plan_is_not_warned_of() -> None:
    assert warnings(propose(list(range(1, 31)), FRAME, ZONE), 60, ZONE) == []


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([entry("09:00"), entry("09:59", candidate=2)], [Warned(OVERLAP, 1, 0)]),
        ([entry("09:00"), entry("09:30", 15, None)], [Warned(OVERLAP, 1, 0)]),
        (
            [entry("09:00", 240), entry("10:00", candidate=2), entry("12:00", candidate=3)],
            [Warned(OVERLAP, 1, 0), Warned(OVERLAP, 2, 0)],
        ),
        ([entry("09:00"), entry("10:04", candidate=2)], [Warned(NO_PAUSE, 1, 0)]),
        ([entry("09:00"), entry("10:05", candidate=2)], []),
        ([entry("09:00"), entry("10:00", 30, None), entry("10:30", candidate=2)], []),
        ([entry("09:00", 45)], [Warned(SHORT, 0)]),
        ([entry("06:59", 90)], [Warned(HOURS, 0)]),
        ([entry("17:30")], [Warned(HOURS, 0)]),
        ([entry("23:00")], [Warned(HOURS, 0)]),
        ([entry("09:00", day=date(2026, 5, 14))], [Warned(CLOSED, 0)]),
        ([entry("09:00", day=date(2026, 5, 16))], [Warned(CLOSED, 0)]),
    ],
)
def test_what_is_odd_is_warned_of(entries: list[Entry], found: list[Warned]) -> None:
    assert warnings(entries, 60, ZONE) == found


@pytest.mark.parametrize(
    ("standings", "sits"),
    [
        ({1: CLEAR}, True),
        ({}, True),
        ({1: NOT_RECORDED}, True),
        ({1: OUT_FOR_CANDIDATE, 2: CLEAR}, False),
        ({1: CLEAR, 2: OUT_FOR_CANDIDATE}, True),
        ({1: CLEAR, 2: OUT}, False),
    ],
)
def test_member_sits_in_an_interview_unless_a_conflict_stands_in_the_way(standings: dict[int, str], sits: bool) -> None:
    assert attends(standings, 1) is sits
