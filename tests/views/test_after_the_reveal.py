"""What may still change once a round is revealed: who comes later is in no round that everybody has seen."""

from __future__ import annotations

from typing import Any

from flask import Flask
from support import CASE, full_case, load, make_person, signed_in

from recruit.candidates.models import Candidate, Declaration
from recruit.comparison.service import load_revealed
from recruit.extensions import db
from recruit.recruitments.models import Recruitment
from recruit.scoring.progress import progress

MISSING = "missing"


def revealed_case(**changes: Any) -> Recruitment:
    make_person("hr@example.org", "hr")
    return load(full_case(**({"revealed": [1], "rounds": [*CASE["rounds"], {"number": 2}]} | changes)))


def add_late_candidate(app: Flask, recruitment: Recruitment) -> int:
    values = {"name": "Sen Ansøger", "email": ""}
    answer = signed_in(app, "hr@example.org").post(f"/recruitments/{recruitment.id}/candidates", data=values)
    assert answer.status_code == 302
    return db.session.scalars(db.select(Candidate.id).where(Candidate.ref == "K3")).one()


def test_late_candidate_is_not_in_a_revealed_round(app: Flask) -> None:
    recruitment = revealed_case()
    add_late_candidate(app, recruitment)
    first, second = recruitment.rounds
    assert [item.ref for item in load_revealed(recruitment, first).comparison.candidates] == ["K1", "K2"]
    assert MISSING not in progress(recruitment, first).states.values()
    assert [item.ref for item in progress(recruitment, second).candidates] == ["K1", "K2", "K3"]


def test_late_candidate_is_not_in_a_round_that_the_chair_revealed(app: Flask) -> None:
    recruitment = revealed_case(revealed=[])
    answer = signed_in(app, "chair@example.org").post(f"/recruitments/{recruitment.id}/rounds/1/reveal")
    assert answer.status_code == 302
    add_late_candidate(app, recruitment)
    db.session.expire_all()
    assert [item.ref for item in progress(recruitment, recruitment.rounds[0]).candidates] == ["K1", "K2"]


def test_doubt_about_a_late_candidate_can_be_decided_once(app: Flask) -> None:
    recruitment = revealed_case()
    late = add_late_candidate(app, recruitment)
    base = f"/recruitments/{recruitment.id}/impartiality"
    for name, said in (("anna", "doubt"), ("chair", "none")):
        values = {f"answer-{late}": said, f"kind-{late}": "work"}
        assert signed_in(app, f"{name}@example.org").post(base, data=values).status_code == 302
    row = db.session.scalars(db.select(Declaration.id).where(Declaration.answer == "doubt")).one()
    chair = signed_in(app, "chair@example.org")
    assert f"{base}/{row}" in chair.get(f"{base}/all").get_data(as_text=True)
    decision = {"decision": "none", "reason": "De har siddet i samme netværk for ti år siden."}
    assert chair.post(f"{base}/{row}", data=decision).status_code == 302
    assert signed_in(app, "anna@example.org").get(f"/recruitments/{recruitment.id}").status_code == 200
    assert f"{base}/{row}" not in chair.get(f"{base}/all").get_data(as_text=True)
    assert chair.post(f"{base}/{row}", data=decision | {"decision": "recruitment"}).status_code == 400


def test_card_on_a_late_candidate_is_refused_in_a_revealed_round(app: Flask) -> None:
    recruitment = revealed_case()
    late = add_late_candidate(app, recruitment)
    chair = signed_in(app, "chair@example.org")
    chair.post(f"/recruitments/{recruitment.id}/impartiality", data={f"answer-{late}": "none"})
    place = f"/recruitments/{recruitment.id}/rounds/1/scorecards/{late}"
    assert chair.get(place).status_code == 404
