"""What was prepared for a post goes out in the case file and comes in as it was."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from flask import Flask
from support import MEMBERS, case, load

from recruit.casefile.export import export_case
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.profiles.service import load_profile, load_rows, standing_of
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import load_recruitment

PREPARED: dict[str, Any] = {
    "needs": {"change": "Kendte voksne", "hardest": "Ombygningen"},
    "criteria": [
        {"statement": "performance.2", "weight": 2.0, "reason": "Retning mangler", "weight_reason": "Det tungeste"},
        {"area": "resilience", "weight": 1.0},
    ],
    "profile": {"background": "Bag", "contact": "Ring"},
    "profile_state": {
        "order": ["contact", "background"],
        "approved_at": "2026-11-20T10:00:00+00:00",
        "approved_by": MEMBERS[0],
        "kept_because": "Citat",
        "locked_at": "2026-11-21T10:00:00+00:00",
    },
}


def exported(recruitment: Recruitment) -> dict[str, Any]:
    found = load_recruitment(recruitment.id)
    assert found is not None
    values: dict[str, Any] = yaml.safe_load(export_case(found, actor=None))
    return values


def test_everything_prepared_comes_back_as_it_went_out(app: Flask) -> None:
    first = exported(load(case(**PREPARED)))
    assert {key: first[key] for key in PREPARED} == PREPARED
    again = exported(load(first))
    assert {key: again[key] for key in PREPARED} == PREPARED


def test_approval_that_no_longer_holds_is_not_exported_as_one(app: Flask) -> None:
    recruitment = load(case(**PREPARED))
    standing = standing_of(recruitment, load_profile(recruitment), load_rows(recruitment))
    assert (standing.holds, standing.state) == (True, "locked")
    load_rows(recruitment)["background"].text = "Ændret siden"
    db.session.commit()
    assert set(exported(recruitment)["profile_state"]) == {"order", "locked_at"}


def test_case_without_any_of_it_has_none_of_its_keys(app: Flask) -> None:
    assert set(exported(load(case()))) & {"needs", "profile_state"} == set()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"needs": {"made_up": "x"}}, "needs.made_up"),
        ({"needs": {"change": "x" * 4_001}}, "needs.change"),
        ({"profile_state": {"order": ["made_up"]}}, "profile_state.order"),
        ({"profile_state": {"approved_at": "i går"}}, "profile_state.approved_at"),
        ({"criteria": [{"statement": "performance.2", "reason": "x" * 2_001}]}, "criteria"),
    ],
    ids=str,
)
def test_faulty_part_is_refused_with_its_place(app: Flask, changes: dict[str, Any], place: str) -> None:
    with pytest.raises(FaultyFile) as caught:
        load(case(**changes))
    assert any(fault.field.startswith(place) for fault in caught.value.faults)
    assert db.session.scalar(db.select(Recruitment.id)) is None
