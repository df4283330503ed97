"""What is taken for a CPR number, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.candidates.cpr import birth_year, holds_cpr, lost_its_zero

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "010170-1234",
        "0101701234",
        "010170 1234",
        "010170 - 1234",
        "010170–1234",
        "010170\u20111234",  # a hyphen that does not break, as Word writes it
        "010170—1234",
        "cpr: 311299-4321.",
        "Åse Ørsted (290280-0004), Odder",
        "0506855678;",
        "290200-4123",  # the twenty-ninth of February 2000
        "sag 26/1234, 120566-1111",
        "010100-1234",  # with a hyphen the date is enough
        "1203015678",  # born 2001
        "0101204567",  # 45.67 is no time of day
        "0101001299",
    ],
)
def test_cpr_number_is_found(text: str) -> None:
    assert holds_cpr(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "86 53 11 11",
        "86531111",
        "+45 86531111",
        "+4586531111",
        "004586531111",
        "+46 0701231234",
        "320170-1234",  # no thirty-second
        "011370-1234",  # no thirteenth month
        "290201-1234",  # 2001 and 1901 are no leap years
        "2026-11-24",
        "2026-11-24T11:40:00",
        "20261124",
        "202611241140",
        "20261124114000",
        "2411261140",  # day, month, year, hour, minute
        "2611241140",  # year first
        "241126 1140",
        "1764000000",  # seconds since 1970
        "26/1234",
        "26/123456",
        "2026-123456",
        "2026123456",
        "12-010170-1234",
        "010170-1234-2",
        "010170-12345",
        "1010170-1234",
        "K0101701234",
        "0101701234A",
        "0101151234",  # in 1915: nobody applies at 111
        "0101001234",
        "5790001234567",  # EAN
        "12345678",
        "DK12345678",
        "1234-0101701",
        "8300",
        "010170",
        "01.01.1970",
    ],
)
def test_other_numbers_are_not_taken_for_one(text: str) -> None:
    assert not holds_cpr(text, TODAY)


@given(
    st.dates(date(1940, 1, 1), date(2005, 12, 31)),
    st.integers(0, 999),
    st.sampled_from(["", "-", " "]),
    st.text(alphabet=" ,;:()abcæ\n", max_size=5),
)
def test_every_number_of_somebody_who_could_apply_is_found(born: date, last: int, between: str, around: str) -> None:
    seventh = 1 if born.year < 2000 else 4
    text = f"{around} {born:%d%m%y}{between}{seventh}{last:03d} {around}"
    assert holds_cpr(text, TODAY)


@given(st.text(alphabet="0123456789", min_size=0, max_size=9) | st.text(alphabet="0123456789", min_size=11))
def test_digits_that_are_not_ten_are_never_one(digits: str) -> None:
    assert not holds_cpr(digits, TODAY)


def test_number_whose_first_zero_a_spreadsheet_dropped_is_found() -> None:
    assert lost_its_zero("101701239", TODAY)  # 010170-1239 fits modulus 11
    for other in (
        "101701234",  # does not fit
        "1101701239",
        "01701233",
        "101701239 ",
        "113701234",
        "100000007",
    ):
        assert not lost_its_zero(other, TODAY)


@pytest.mark.parametrize(
    ("short_year", "seventh", "year"),
    [
        (70, 0, 1970),
        (0, 3, 1900),
        (36, 4, 2036),
        (37, 4, 1937),
        (57, 5, 2057),
        (58, 8, 1858),
        (36, 9, 2036),
        (99, 9, 1999),
    ],
)
def test_seventh_digit_tells_the_century(short_year: int, seventh: int, year: int) -> None:
    assert birth_year(short_year, seventh) == year
