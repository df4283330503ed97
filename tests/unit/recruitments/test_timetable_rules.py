"""Dates reckoned backwards from the first day at work, what a proposal changes, and warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.recruitments.timetable_checks import (
    GONE,
    HOLIDAY,
    LATE,
    MOVED,
    NEW,
    ORDER_BROKEN,
    REQUIRED,
    SAME,
    SHORT,
    WEEKEND,
    Present,
    changes,
    warnings,
)
from recruit.recruitments.timetable_rules import (
    ANY_DAY,
    BOARDS,
    DAY_CARE,
    MAIN_LINE,
    NO_BOARD,
    ORDER,
    OWN,
    SCHOOL,
    STEPS,
    Frame,
    Planned,
    begins,
    earliest_start,
    last_notice,
    notice_months,
    propose,
)
from recruit.recruitments.workdays import holiday, is_working_day, working_day_after, working_day_before

DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
FRAMES = st.builds(
    Frame,
    starts_on=DAYS,
    notice_months=st.sampled_from((1, 2, 3)),
    weeks=st.sampled_from((2, 3, 4, 5, 6)),
    rounds=st.sampled_from((1, 2)),
    tests=st.booleans(),
    board=st.sampled_from((NO_BOARD, SCHOOL, DAY_CARE)),
    children=st.booleans(),
    record=st.booleans(),
    council=st.booleans(),
)
AUGUST = Frame(date(2027, 8, 1))


def by_code(frame: Frame) -> dict[str, Planned]:
    return {step.code: step for step in propose(frame)}


@pytest.mark.parametrize(
    ("starts_on", "months", "latest"),
    [
        (date(2027, 8, 1), 1, date(2027, 6, 30)),
        (date(2027, 8, 15), 1, date(2027, 6, 30)),
        (date(2027, 8, 1), 3, date(2027, 4, 30)),
        (date(2027, 3, 1), 1, date(2027, 1, 31)),
        (date(2028, 4, 1), 1, date(2028, 2, 29)),
        (date(2027, 2, 1), 3, date(2026, 10, 31)),
    ],
)
def test_notice_is_the_running_month_and_whole_months_after_it(starts_on: date, months: int, latest: date) -> None:
    assert last_notice(starts_on, months) == latest


@given(FRAMES)
def test_every_proposed_step_is_on_working_days_in_its_order_and_warns_of_nothing(frame: Frame) -> None:
    steps = propose(frame)
    assert warnings(steps, frame.notice_months) == []
    for step in steps:
        assert step.starts_on <= step.last_day
        if step.code not in ANY_DAY:
            assert is_working_day(step.starts_on) and is_working_day(step.last_day)
    line = [step for step in sorted(steps, key=lambda step: ORDER[step.code]) if step.code in MAIN_LINE]
    assert all(earlier.last_day < later.starts_on for earlier, later in pairwise(line))
    assert [step.starts_on for step in steps] == sorted(step.starts_on for step in steps)


@given(FRAMES)
def test_the_one_hired_has_three_working_days_to_give_notice(frame: Frame) -> None:
    steps = by_code(frame)
    latest = last_notice(frame.starts_on, frame.notice_months)
    assert steps["notice"].starts_on == latest and steps["start"].starts_on == frame.starts_on
    assert working_day_after(steps["offer"].starts_on, 3) <= latest


@given(FRAMES)
def test_applicants_have_the_weeks_that_were_chosen(frame: Frame) -> None:
    steps = by_code(frame)
    days = (steps["deadline"].starts_on - steps["posted"].starts_on).days
    assert frame.weeks * 7 <= days <= frame.weeks * 7 + 10  # no longer than the longest run of days off


@given(FRAMES)
def test_steps_that_the_post_asks_for_are_there_and_no_others(frame: Frame) -> None:
    steps = by_code(frame)
    assert ("opinion" in steps) == (frame.board in BOARDS)
    assert ("child_certificate" in steps) == frame.children
    assert ("criminal_record" in steps) == frame.record
    assert ("council" in steps) == frame.council
    assert ("test" in steps) == frame.tests
    assert ("interviews_2" in steps) == (frame.rounds == 2)
    for code in ("opinion", "child_certificate", "criminal_record"):  # before anybody is hired
        assert code not in steps or steps[code].last_day < steps["offer"].starts_on
    assert set(steps) <= set(STEPS)


@given(FRAMES, DAYS)
def test_earliest_start_leaves_time_and_a_month_less_does_not(frame: Frame, today: date) -> None:
    first = earliest_start(frame, today)
    assert first.day == 1
    assert begins(replace(frame, starts_on=first)) >= today
    before = (first - timedelta(days=1)).replace(day=1)
    assert before <= today or begins(replace(frame, starts_on=before)) < today


def test_first_interviews_are_not_parted_by_a_weekend() -> None:
    for month in range(1, 13):
        step = by_code(Frame(date(2027, month, 1)))["interviews_1"]
        assert (step.last_day - step.starts_on).days == 1


def test_rules_of_law_stand_at_their_steps() -> None:
    named = {code: str(kind.basis) for code, kind in STEPS.items() if str(kind.basis)}
    assert "FOB 2022-1" in named["posted"] and "Jobnet" in str(STEPS["posted"].hint)
    assert "§ 19" in named["hearing"] and "§ 22" in named["rejections"] and "§ 8" in named["criminal_record"]
    assert "børneattest" in named["child_certificate"] and "art. 13" in named["acknowledged"]
    assert "§ 40, stk. 6" in str(BOARDS[SCHOOL]) and "§ 44, stk. 7" in str(BOARDS[SCHOOL])
    assert str(BOARDS[DAY_CARE]) == "Dagtilbudsloven § 15"
    assert "Skriv ikke her" in str(STEPS["preference"].hint)


@pytest.mark.parametrize(
    ("role", "months"), [("director", 3), ("head_of_staff", 3), ("institution_manager", 1), ("something_else", 1)]
)
def test_notice_follows_the_role(role: str, months: int) -> None:
    assert notice_months(role) == months


# What a proposal changes


def present(frame: Frame, **edited: date) -> list[Present]:
    return [
        Present(step.code, edited.get(step.code, step.starts_on), step.ends_on, step.code in edited)
        for step in propose(frame)
    ]


def test_the_same_proposal_changes_nothing() -> None:
    assert {change.kind for change in changes(present(AUGUST), propose(AUGUST))} == {SAME}


def test_changes_tell_what_comes_moves_and_goes() -> None:
    stand = [*present(AUGUST, deadline=date(2027, 5, 17)), Present(OWN, date(2027, 5, 1), None, True)]
    found = {change.code: change for change in changes(stand, propose(replace(AUGUST, tests=False, board=SCHOOL)))}
    assert found["opinion"].kind == NEW and found["opinion"].before is None
    assert found["test"].kind == GONE and found["test"].after is None
    assert found["start"].kind == SAME
    assert found["deadline"].kind == MOVED and found["deadline"].edited
    assert found["deadline"].before == (date(2027, 5, 17), None)
    assert OWN not in found


# Warnings


def moved(code: str, first: date, last: date | None = None) -> list[tuple[str, str]]:
    """(step, code of the warning) after one step of the proposal is moved."""
    steps = [Planned(code, first, last) if step.code == code else step for step in propose(AUGUST)]
    return [(steps[warned.place].code, warned.code) for warned in warnings(steps, 1)]


@pytest.mark.parametrize(
    ("code", "day", "said"),
    [
        ("sift", date(2027, 5, 22), ("sift", WEEKEND)),
        ("deadline", date(2027, 5, 17), ("deadline", HOLIDAY)),  # Whit Monday
        ("posted", date(2027, 5, 10), ("deadline", SHORT)),
        ("interviews_1", date(2027, 5, 18), ("interviews_1", ORDER_BROKEN)),
        ("offer", date(2027, 7, 1), ("offer", LATE)),
    ],
)
def test_warning_says_which_step_and_why(code: str, day: date, said: tuple[str, str]) -> None:
    assert said in moved(code, day)


def test_opinion_after_the_offer_is_warned_of() -> None:
    steps = [
        Planned("opinion", date(2027, 7, 1)) if step.code == "opinion" else step
        for step in propose(replace(AUGUST, board=SCHOOL))
    ]
    assert (REQUIRED, "opinion") in [(warned.code, steps[warned.place].code) for warned in warnings(steps, 1)]


def test_a_removed_step_is_no_excuse_for_the_ones_around_it() -> None:
    steps = [step for step in propose(AUGUST) if step.code not in ("sift", "test")]
    steps = [Planned(step.code, date(2027, 5, 3)) if step.code == "interviews_1" else step for step in steps]
    found = [warned for warned in warnings(steps, 1) if warned.code == ORDER_BROKEN]
    assert [(steps[warned.place].code, steps[warned.other or 0].code) for warned in found] == [
        ("interviews_1", "deadline")
    ]


def test_start_on_a_sunday_is_nothing_to_warn_of() -> None:
    assert date(2027, 8, 1).weekday() == 6
    assert moved("start", date(2027, 8, 1)) == []


# Working days


@given(DAYS, st.integers(0, 15))
def test_working_days_are_counted_both_ways(day: date, count: int) -> None:
    before, after = working_day_before(day, count), working_day_after(day, count)
    assert is_working_day(before) and is_working_day(after)
    span = [day + timedelta(days=place) for place in range((after - day).days + 1)]
    assert sum(map(is_working_day, span[1:])) == count or (count == 0 and not any(map(is_working_day, span[:-1])))
    back = [before + timedelta(days=place) for place in range((day - before).days)]
    assert sum(map(is_working_day, back)) == count or (count == 0 and not any(map(is_working_day, back[1:])))


def test_christmas_is_jumped_over() -> None:
    assert holiday(date(2026, 12, 24)) is not None
    assert working_day_after(date(2026, 12, 23)) == date(2026, 12, 28)
    assert working_day_before(date(2026, 12, 28)) == date(2026, 12, 23)
