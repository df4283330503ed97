"""Finding CPR numbers in text, so that a file that holds one is never taken in.

What counts as one: six digits that are a date (day, month, year), then four more, with nothing else that belongs to the
number. With a hyphen between the six and the four that is enough. Ten digits that stand together, or with a space
between, may also be a moment (ddmmyyhhmm): when the last four can be a time of day, they are a CPR number only if the
year of birth, which the seventh digit tells, is that of somebody of working age. Numbers of cases and seconds since
1970 are seldom dates; eight digits are a telephone number, and a plus begins one.

A spreadsheet that takes the number for one to calculate with drops its first zero: see `lost_its_zero`.
"""

from __future__ import annotations

import re
from datetime import date

YOUNGEST, OLDEST = 15, 90  # years

# Not after or before what makes it a part of a longer number, such as 12-010170-1234 or +45 0101701234.
NUMBER = re.compile(
    r"(?<![\w+])(?<!\d[-–./])(?<!\+\d )(?<!\+\d\d )([0-9]{6})( ?[-‐‑–—−] ?| ?)([0-9]{4})(?!\w)(?![-–./][0-9])"
)
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def holds_cpr(text: str, today: date) -> bool:
    """Whether a CPR number stands anywhere in the text."""
    return any(_is_cpr(found[1], found[2], found[3], today) for found in NUMBER.finditer(text))


def lost_its_zero(text: str, today: date) -> bool:
    """Whether the nine digits of a cell are a CPR number without its first zero.

    Many numbers have nine digits, so it must also fit the age and the modulus 11 that all CPR numbers had until 2007
    (Personnummeret i CPR-systemet, CPR-kontoret).
    """
    if not re.fullmatch("[0-9]{9}", text):
        return False
    digits = f"0{text}"
    if sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11:
        return False
    return _is_cpr(digits[:6], "", digits[6:], today) and _is_of_age(digits, today)


def _is_of_age(digits: str, today: date) -> bool:
    """Whether the ten digits are of somebody of working age."""
    return today.year - OLDEST <= birth_year(int(digits[4:6]), int(digits[6])) <= today.year - YOUNGEST


def _is_cpr(six: str, between: str, four: str, today: date) -> bool:
    day, month, short_year = int(six[:2]), int(six[2:4]), int(six[4:])
    if not any(_is_date(century + short_year, month, day) for century in (1900, 2000)):
        return False
    if between.strip() or not _is_time(four):
        return True
    return _is_of_age(six + four, today)


def _is_time(four: str) -> bool:
    """Whether the digits can be hours and minutes."""
    return int(four[:2]) < 24 and int(four[2:]) < 60


def birth_year(short_year: int, seventh: int) -> int:
    """The year of birth from the fifth to seventh digit (Personnummeret i CPR-systemet, CPR-kontoret)."""
    if seventh <= 3:
        return 1900 + short_year
    if seventh in (4, 9):
        return (2000 if short_year <= 36 else 1900) + short_year
    return (2000 if short_year <= 57 else 1800) + short_year


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
