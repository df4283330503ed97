"""Answers and brief in the case file: out, in again, out again; and what does not hold together is refused."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from answers import decided_case
from flask import Flask
from support import load

from recruit.casefile.export import export_case
from recruit.errors import FaultyFile
from recruit.extensions import db

LETTERS = [
    {
        "candidate": "K2",
        "text": "Tak for samtalen.\n\n- Et",
        "ready_as": "interview",
        "ready_at": "2026-11-23T10:00:00+00:00",
    },
    {"candidate": "K1", "receipt_at": "2026-10-12T10:00:00+00:00", "left_out": ["hans bror"]},
]
BRIEF = [
    {"candidate": "K1", "told_on": "2026-11-21", "texts": {"opening": "Velkommen.", "performance": "Det stod stærkt."}}
]


def test_letters_and_brief_come_back_as_they_went_out(app: Flask) -> None:
    first = yaml.safe_load(export_case(load(decided_case(letters=LETTERS, brief=BRIEF)), actor=None))
    assert [item["candidate"] for item in first["letters"]] == ["K1", "K2"]
    assert first["letters"][1] == LETTERS[0] and first["letters"][0] == LETTERS[1]
    assert first["brief"][0]["texts"] == BRIEF[0]["texts"]
    second = yaml.safe_load(export_case(load(first), actor=None))
    assert {key: second[key] for key in ("letters", "brief")} == {key: first[key] for key in ("letters", "brief")}


def test_moment_in_another_time_zone_is_the_same_moment_in_the_database(app: Flask) -> None:
    letter = {**LETTERS[0], "ready_at": "2026-11-23T11:00:00+01:00"}
    recruitment = load(decided_case(letters=[letter]))
    db.session.expire_all()
    assert yaml.safe_load(export_case(recruitment, actor=None))["letters"][0]["ready_at"] == LETTERS[0]["ready_at"]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"letters": [{"candidate": "K9", "text": "Tak."}]}, "letters[1].candidate"),
        ({"letters": [LETTERS[0], dict(LETTERS[0])]}, "letters[2].candidate"),
        ({"letters": [{"candidate": "K2", "ready_as": "interview"}]}, "letters[1].ready_as"),
        ({"brief": [{"candidate": "K2", "texts": {"opening": "Hej."}}]}, "brief[1].candidate"),
        ({"brief": [{"candidate": "K1", "texts": {"attic": "Hej."}}]}, "brief[1].texts.attic"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_its_place(app: Flask, changes: dict[str, Any], place: str) -> None:
    with pytest.raises(FaultyFile) as refused:
        load(decided_case(**changes))
    assert place in str(refused.value)
