"""Numbers, dates and names as Danish and English readers write them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from recruit.config import settings
from recruit.datafiles import Localised
from recruit.extensions import babel
from recruit.web import language

# Not the fixture of the whole application: a property must not empty a database for every example.
APP = Flask(__name__)
APP.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Copenhagen"
babel.init_app(APP, locale_selector=lambda: "da")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    with APP.test_request_context(), force_locale(code):
        yield


@pytest.mark.parametrize(
    ("value", "digits", "danish", "english"),
    [
        (3.75, 2, "3,75", "3.75"),
        (3.745, 2, "3,75", "3.75"),  # half away from zero, as people round
        (2.5, 0, "3", "3"),
        (-2.5, 0, "-3", "-3"),
        (4, 1, "4,0", "4.0"),
        (0.1 + 0.2, 1, "0,3", "0.3"),
        (None, 2, "–", "–"),
    ],
)
def test_number_is_written_by_locale(value: float | None, digits: int, danish: str, english: str) -> None:
    with speaking("da"):
        assert language.number(value, digits) == danish
    with speaking("en"):
        assert language.number(value, digits) == english


@given(st.floats(0, 5, allow_nan=False), st.integers(0, 3))
def test_number_is_never_further_off_than_half_of_its_last_digit(value: float, digits: int) -> None:
    with speaking("da"):
        written = language.number(value, digits)
    assert abs(float(written.replace(",", ".")) - value) <= 0.5 * 10**-digits + 1e-9


@pytest.mark.parametrize(
    ("share", "danish", "english"),
    [
        (0.75, "75\u00a0%", "75%"),
        (0.999, "99\u00a0%", "99%"),
        (1.0, "100\u00a0%", "100%"),
        (0.0, "0\u00a0%", "0%"),
        (None, "–", "–"),
    ],
)
def test_share_under_one_is_not_rounded_up_to_certainty(share: float | None, danish: str, english: str) -> None:
    with speaking("da"):
        assert language.percent(share) == danish
    with speaking("en"):
        assert language.percent(share) == english


def test_dates_and_times_are_written_by_locale() -> None:
    moment = datetime(2026, 11, 27, 13, 30)
    with speaking("da"):
        assert language.day(moment) == "27. november 2026"
        assert language.moment(moment) == "27. november 2026 kl. 14.30"
        assert language.clock(moment) == "14.30"
        assert language.weight(1.5) == "1,5"
    with speaking("en"):
        assert language.day(moment) == "27 November 2026"
        assert language.moment(moment) == "27 November 2026 at 14:30"
        assert language.clock(moment) == "14:30"
        assert language.weight(2.0) == "2"


def test_bilingual_text_follows_the_page() -> None:
    text = Localised(da="Tillid", en="Trust")
    with speaking("da"):
        assert language.localised(text) == "Tillid"
    with speaking("en"):
        assert language.localised(text) == "Trust"


def test_names_sort_as_in_a_danish_list() -> None:
    names = ["Åse", "østen", "Ærø", "bo", "Anna", "Zoe", "Ämir"]
    assert sorted(names, key=language.alphabetical)[:3] == ["Anna", "bo", "Zoe"]
    assert sorted(names, key=language.alphabetical)[-2:] == ["østen", "Åse"]


def test_names_are_listed_with_and_before_the_last() -> None:
    with speaking("da"):
        assert [language.listed(names) for names in ([], ["K1"], ["K1", "K2"], ["K1", "K2", "K3"])] == [
            "",
            "K1",
            "K1 og K2",
            "K1, K2 og K3",
        ]


def test_danish_is_the_language_of_whoever_says_nothing() -> None:
    assert language.choose() == "da"
    assert settings({"RECRUIT_SECRET_KEY": "x"})["BABEL_DEFAULT_LOCALE"] == "da"
