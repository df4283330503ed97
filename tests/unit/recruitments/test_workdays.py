"""Which days are worked on, in Denmark."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.recruitments.workdays import holiday, is_working_day, next_working_day


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Nytårsdag"),
        (date(2026, 4, 2), "Skærtorsdag"),
        (date(2026, 5, 14), "Kristi himmelfartsdag"),
        (date(2026, 5, 25), "Anden pinsedag"),
        (date(2026, 6, 5), "Grundlovsdag"),
        (date(2026, 12, 24), "Juleaftensdag"),
        (date(2023, 5, 5), "Store bededag"),
    ],
)
def test_holiday_has_its_name(day: date, name: str) -> None:
    assert holiday(day) == name
    assert not is_working_day(day)


def test_store_bededag_is_worked_on_since_2024() -> None:
    assert is_working_day(date(2024, 4, 26))


def test_holiday_is_named_in_english_too() -> None:
    assert holiday(date(2026, 4, 3), "en") == "Good Friday"
    assert holiday(date(2026, 5, 12), "en") is None


def test_weekend_is_not_worked_on() -> None:
    assert not is_working_day(date(2026, 5, 9))
    assert not is_working_day(date(2026, 5, 10))
    assert is_working_day(date(2026, 5, 11))


def test_working_day_after_easter_wednesday_is_six_days_later() -> None:
    assert next_working_day(date(2026, 4, 1)) == date(2026, 4, 7)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_next_working_day_leaves_out_no_working_day(day: date) -> None:
    found = next_working_day(day)
    assert found > day
    assert is_working_day(found)
    between = (found - day).days
    assert not any(is_working_day(day + timedelta(days=later)) for later in range(1, between))
