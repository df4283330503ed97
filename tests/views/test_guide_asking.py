"""Who asks the questions of a guide."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from guides import Guide, people
from support import case, declared, full_case, signed_in

from recruit.accounts.service import find_person
from recruit.extensions import db
from recruit.recruitments.models import Amendment


def test_questions_are_shared_out_evenly_the_chair_first(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    ids = people(guide)
    bo = guide.rows()[1]
    guide.hr.post(f"{guide.base}/guide/{bo.id}/asker", data={"asker": str(ids["bo@example.org"])})
    assert guide.hr.post(f"{guide.base}/guide/share").status_code == 302
    asked_by = [row.asker_id for row in guide.rows()]
    assert asked_by[:3] == [ids["chair@example.org"], ids["bo@example.org"], ids["anna@example.org"]]
    assert None not in asked_by
    assert guide.events("guide.asker_set") == [{"round": 1, "question": bo.id, "person": ids["bo@example.org"]}]
    assert guide.events("guide.questions_shared") == [{"round": 1}]
    page = guide.page()
    for email, name in (("chair@example.org", "Carla Chef"), ("anna@example.org", "Anna Andersen")):
        minutes = sum(row.minutes for row in guide.rows() if row.asker_id == ids[email])
        assert re.search(rf"{name}\s*</span>\s*<span class=\"quiet small\">\d spørgsmål · {minutes} min\.", page)


def test_only_active_members_may_ask(app: Flask) -> None:
    panel = [
        *case()["panel"],
        {"email": "sub@example.org", "name": "Sussi Suppleant", "role": "substitute", "side": "peer"},
    ]
    conflict = declared() + declared(("sub@example.org",))
    conflict = [item | {"conflict": True} if item["panelist"] == "bo@example.org" else item for item in conflict]
    guide = Guide(app, panel=panel, impartiality=conflict)
    guide.compose()
    row = guide.rows()[0]
    page = guide.page()
    assert "Anna Andersen</option>" in page
    for email, name in (("sub@example.org", "Sussi Suppleant"), ("bo@example.org", "Bo Berg")):
        person = find_person(email)
        assert person is not None
        assert f"{name}</option>" not in page
        assert guide.hr.post(f"{guide.base}/guide/{row.id}/asker", data={"asker": str(person.id)}).status_code == 400
    guide.hr.post(f"{guide.base}/guide/share")
    seen = unescape(signed_in(app, "anna@example.org").get(f"{guide.base}/guide").get_data(as_text=True))
    assert "Carla Chef" in seen
    assert "Bo Berg" not in seen
    guide.hr.post(f"{guide.base}/guide/{row.id}/asker", data={"asker": ""})
    for nobody in ("x", "0", "999999", "-1"):
        assert guide.hr.post(f"{guide.base}/guide/{row.id}/asker", data={"asker": nobody}).status_code == 400
    assert guide.rows()[0].asker_id is None


def test_somebody_who_has_left_is_shown_as_such_and_replaced(app: Flask) -> None:
    guide = Guide(app, impartiality=[])
    guide.compose()
    ids = people(guide)
    row = guide.rows()[0]
    guide.chair.sign_in("hr@example.org")
    guide.hr.post(f"{guide.base}/guide/{row.id}/asker", data={"asker": str(ids["bo@example.org"])})
    member = next(item for item in guide.members() if item.person_id == ids["bo@example.org"])
    assert guide.hr.post(f"/recruitments/{guide.id}/panel/{member.id}/remove").status_code == 302
    page = guide.page()
    assert "Kan ikke længere spørge" in page
    assert "Bo Berg (kan ikke længere spørge)" in page
    guide.hr.post(f"{guide.base}/guide/share")
    assert ids["bo@example.org"] not in [row.asker_id for row in guide.rows()]
    assert "Bo Berg" not in guide.page()


def test_asker_is_changed_after_the_lock_without_an_amendment_and_not_after_the_reveal(app: Flask) -> None:
    guide = Guide(app, rounds=case()["rounds"], scorecards=full_case()["scorecards"])
    row, ids = guide.rows()[0], people(guide)
    url = f"{guide.base}/guide/{row.id}/asker"
    assert guide.round().locked_at
    answer = guide.hr.post(url, data={"asker": str(ids["bo@example.org"])}, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert "Bo Berg" in answer.json["askers"]
    assert guide.rows()[0].asker_id == ids["bo@example.org"]
    assert db.session.scalar(db.select(Amendment.id)) is None
    assert len(guide.events("guide.asker_set")) == 1
    guide.chair.post(f"{guide.base}/reveal")
    assert guide.round().revealed_at
    assert guide.hr.post(url, data={"asker": ""}).status_code == 400
    assert guide.hr.post(f"{guide.base}/guide/share").status_code == 400
    assert guide.rows()[0].asker_id == ids["bo@example.org"]
    assert "Spørges af Bo Berg" in guide.page()


@pytest.mark.parametrize("path", ["order", "share", "{id}/swap", "{id}/swap-back", "{id}/asker", "add"])
def test_member_reads_the_guide_and_changes_nothing(app: Flask, path: str) -> None:
    guide = Guide(app)
    guide.compose()
    before = [(row.id, row.source, row.asker_id) for row in guide.rows()]
    member = signed_in(app, "anna@example.org")
    page = member.get(f"{guide.base}/guide").get_data(as_text=True)
    assert "data-grip" not in page
    assert "<select" not in page
    assert "Hvem spørger" not in page  # nobody yet: a list of who could would tell who could not
    target = path.format(id=guide.rows()[0].id)
    assert member.post(f"{guide.base}/guide/{target}", json={"order": [], "state": ""}).status_code == 403
    assert [(row.id, row.source, row.asker_id) for row in guide.rows()] == before
