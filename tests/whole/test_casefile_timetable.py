"""The timetable and the end of a recruitment in the case file: out and in again, and refused with their place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from support import case, load

from recruit import datafiles
from recruit.casefile.export import export_case
from recruit.casefile.service import import_case
from recruit.errors import FaultyFile
from recruit.recruitments.models import Recruitment
from recruit.recruitments.timetable import CHOICES, load_choices, load_timetable

STEPS = [
    {"code": "deadline", "title": "Ansøgningsfrist", "starts": date(2027, 5, 20), "responsible": "HR"},
    {
        "code": "own",
        "title": "Rundvisning & <b>",
        "starts": "2027-05-12",
        "ends": date(2027, 5, 13),
        "note": "Kl. 16",
        "edited": True,
    },
    {"code": "own", "title": "Middag", "starts": date(2027, 6, 1)},
    {"code": "start", "title": "Tiltrædelse", "starts": date(2027, 8, 1)},
]
TIMETABLE = {
    "notice_months": 3,
    "weeks": 4,
    "rounds": 1,
    "tests": False,
    "board": "day_care",
    "children": True,
    "record": False,
    "council": True,
    "steps": STEPS,
}
CLOSED = {"outcome": "hired", "hired": 2, "at": "2027-07-01T10:00:00+00:00"}


def whole(**changes: Any) -> dict[str, Any]:
    recruitment = case()["recruitment"] | {"posts": 2, "starts_on": date(2027, 8, 1)}
    return case(**({"recruitment": recruitment, "timetable": TIMETABLE, "closed": CLOSED} | changes))


def told(recruitment: Recruitment) -> tuple[Any, ...]:
    chosen = load_choices(recruitment)
    return (
        recruitment.starts_on, recruitment.posts, recruitment.outcome, recruitment.hired, recruitment.closed_at,
        [getattr(chosen, name) for name in CHOICES],
        [
            (step.code, step.title, step.starts_on, step.ends_on, step.responsible, step.note, step.edited)
            for step in load_timetable(recruitment)
        ],
    )  # fmt: skip


def test_timetable_comes_in_and_goes_out_unchanged(app: Flask) -> None:
    recruitment = load(whole())
    first = told(recruitment)
    assert first[0] == date(2027, 8, 1) and first[1:4] == (2, "hired", 2)
    assert first[5] == [3, 4, 1, False, "day_care", True, False, True]
    assert [row[1] for row in first[6]] == ["Rundvisning & <b>", "Ansøgningsfrist", "Middag", "Tiltrædelse"]
    assert first[6][0] == ("own", "Rundvisning & <b>", date(2027, 5, 12), date(2027, 5, 13), "", "Kl. 16", True)
    text = export_case(recruitment, actor=None)
    assert "starts_on: 2027-08-01" in text
    assert told(import_case(datafiles.parse(text.encode(), "again.yaml"))) == first


def test_a_case_without_them_is_as_before(app: Flask) -> None:
    recruitment = load(case())
    assert (recruitment.starts_on, recruitment.posts, recruitment.outcome) == (None, 1, "")
    assert load_choices(recruitment) is None and load_timetable(recruitment) == []
    text = export_case(recruitment, actor=None)
    assert "timetable" not in text and "posts" not in text and "closed" not in text and "starts_on" not in text


def step(**changes: Any) -> dict[str, Any]:
    return {"timetable": TIMETABLE | {"steps": [STEPS[0] | changes, *STEPS[1:]]}}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (step(code="dance"), "timetable.steps[1].code: there is no step 'dance'"),
        (step(code="start"), "timetable.steps[4].code: the step start is given twice"),
        (step(ends=date(2027, 5, 19)), "timetable.steps[1].ends: the step ends before it begins"),
        (step(starts="i morgen"), "timetable.steps[1].starts: must be a day (2026-11-27)"),
        (step(starts=20270520), "timetable.steps[1].starts: must be a day"),
        (step(starts=date(1999, 5, 20)), "timetable.steps[1].starts: must be a day"),
        (step(title=" "), "timetable.steps[1].title"),
        (step(until=1), "timetable.steps[1].until: the field is unknown"),
        ({"timetable": TIMETABLE | {"notice_months": 4}}, "timetable.notice_months"),
        ({"timetable": TIMETABLE | {"board": "church"}}, "timetable.board"),
        ({"recruitment": case()["recruitment"] | {"starts_on": "2027-13-01"}}, "recruitment.starts_on: must be a day"),
        ({"recruitment": case()["recruitment"] | {"posts": 0}}, "recruitment.posts"),
        ({"closed": CLOSED | {"hired": 3}}, "closed.hired: must be from 1 to 2"),
        ({"closed": CLOSED | {"outcome": "nobody"}}, "closed.hired: nobody is hired"),
        ({"closed": {"outcome": "cancelled", "at": CLOSED["at"]}}, "closed: needs a reason"),
        ({"closed": CLOSED | {"at": "i går"}}, "closed.at: must be a moment"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_place(app: Flask, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultyFile) as refused:
        load(whole(**changes))
    assert said in str(refused.value)
