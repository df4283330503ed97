"""Which days a public office works on, in Denmark."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
# The package's names of languages.
LANGUAGES = {"da": "da", "en": "en_US"}
# Days off by law, and the four on which most offices are closed: 1 May, 5 June, 24 and 31 December.
KINDS = ("public", "optional")


@cache
def _names(year: int, language: str) -> dict[date, str]:
    """The holidays of one year. A copy: the package's own mapping would grow by every year it is asked about."""
    return dict(holidays.country_holidays("DK", years=year, language=LANGUAGES[language], categories=KINDS))


def holiday(day: date, language: str = "da") -> str | None:
    """The name of the holiday, in `da` or `en`; None on any other day, Saturdays and Sundays too."""
    return _names(day.year, language).get(day)


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and holiday(day) is None


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_before(day: date, count: int = 1) -> date:
    """The working day that is `count` working days before a day; with 0 the day itself, or the last one before it."""
    while count or not is_working_day(day):
        day -= timedelta(days=1)
        if count and is_working_day(day):
            count -= 1
    return day


def working_day_after(day: date, count: int = 1) -> date:
    """The working day that is `count` working days after a day; with 0 the day itself, or the first one after it."""
    while count or not is_working_day(day):
        day += timedelta(days=1)
        if count and is_working_day(day):
            count -= 1
    return day
