"""The interview plan in the case file: out and in again, and refused with its place."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from planning import planned
from support import case, load

from recruit import datafiles
from recruit.casefile.export import export_case
from recruit.casefile.service import import_case
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot

PLAN = [
    {"candidate": "K2", "starts": "2027-01-12T09:00:00+01:00", "minutes": 60, "room": "Salen & <b>"},
    {"starts": "2027-01-12T11:30:00+01:00", "minutes": 30},
    {"candidate": "K1", "starts": "2027-07-13T10:15:00+02:00", "minutes": 45},
]


def with_plan(plan: list[dict[str, Any]]) -> dict[str, Any]:
    return case(rounds=[{"number": 1, "name": "1. samtale", "minutes": 60, "plan": plan}])


def test_plan_comes_in_and_goes_out_unchanged(app: Flask) -> None:
    recruitment = load(with_plan(PLAN))
    shown = [("K2", "09:00", 60, "Salen & <b>"), ("-", "11:30", 30, ""), ("K1", "10:15", 45, "")]
    assert planned() == shown
    text = export_case(recruitment, actor=None)
    assert "plan:" in text and "2027-07-13T10:15:00+02:00" in text
    db.session.execute(db.delete(InterviewSlot))
    import_case(datafiles.parse(text.encode(), "again.yaml"))
    assert planned() == shown


def test_time_without_a_zone_is_what_the_clock_on_the_wall_shows(app: Flask) -> None:
    plan = [("K1", "2027-01-12T09:00"), ("K2", "2027-07-13T09:00")]  # winter and summer
    load(with_plan([{"candidate": ref, "starts": starts, "minutes": 60} for ref, starts in plan]))
    assert planned() == [("K1", "09:00", 60, ""), ("K2", "09:00", 60, "")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"candidate": "K9"}, "rounds[1].plan[1].candidate: there is no candidate 'K9'"),
        ({"candidate": "K1"}, "rounds[1].plan[3].candidate: 'K1' is given twice"),
        ({"starts": "i morgen"}, "rounds[1].plan[1].starts: must be a moment"),
        ({"minutes": 4}, "rounds[1].plan[1].minutes"),
        ({"minutes": 481}, "rounds[1].plan[1].minutes"),
        ({"room": "x" * 201}, "rounds[1].plan[1].room"),
        ({"until": "12.00"}, "rounds[1].plan[1].until: the field is unknown"),
    ],
)
def test_faulty_plan_is_refused_with_its_place(app: Flask, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultyFile) as refused:
        load(with_plan([PLAN[0] | changes, *PLAN[1:]]))
    assert said in str(refused.value)
