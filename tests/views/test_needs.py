"""Before the criteria: the needs clarification, reasons, and what is taken over from an earlier recruitment."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from support import KEYS, MEMBERS, case, declared, full_case, load, make_person, signed_in
from wordfile import WordFile

from recruit.extensions import db
from recruit.profiles.models import Profile, ProfileEarlier
from recruit.recruitments.models import NeedAnswer, Recruitment
from recruit.recruitments.needs import needs_texts
from recruit.recruitments.needs_rules import ANSWER_LIMIT
from recruit.recruitments.service import load_recruitment

SECRET = "Den forrige leder trak sig i utide"
NEEDS = {"change": "Forældrene oplever kendte voksne.", "left": SECRET}


class Desk:
    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        self.id = load(case(**({"impartiality": declared(), "needs": NEEDS} | changes))).id
        self.base = f"/recruitments/{self.id}"
        make_person("hr@example.org", "hr")
        self.hr = signed_in(app, "hr@example.org")

    @property
    def now(self) -> Recruitment:
        db.session.expire_all()
        found = load_recruitment(self.id)
        assert found is not None
        return found

    def put(self, key: str, text: str, version: int) -> Any:
        return self.hr.put(f"{self.base}/needs/answers/{key}", json={"text": text, "version": version})


def test_answer_is_saved_as_typed_and_another_is_not_overwritten(app: Flask) -> None:
    desk = Desk(app)
    assert desk.put("team", "Ro", 0).json["version"] == 1
    assert desk.put("team", "Ro og retning", 1).status_code == 200
    answer = desk.put("team", "Noget andet", 1)
    assert answer.status_code == 409
    assert (answer.json["text"], answer.json["version"]) == ("Ro og retning", 2)
    assert needs_texts(desk.now)["team"] == "Ro og retning"
    for key, text, status in (("made_up", "x", 404), ("team", "x" * (ANSWER_LIMIT + 1), 400), ("team", "\x07", 400)):
        assert desk.put(key, text, 2).status_code == status


def test_form_works_without_a_script_and_may_be_left_empty(app: Flask) -> None:
    desk = Desk(app, needs={})
    assert desk.hr.post(desk.base + "/needs", data={}).status_code == 302
    assert needs_texts(desk.now) == {}
    sent = {"change": "Én", "hardest": "To", "change_version": "0", "hardest_version": "0"}
    assert desk.hr.post(desk.base + "/needs", data=sent).status_code == 302
    assert needs_texts(desk.now) == {"change": "Én", "hardest": "To"}
    answer = desk.hr.post(desk.base + "/needs", data={"change": "Mit", "change_version": "0", "change_shown": "x"})
    assert answer.status_code == 409
    assert "Én" in answer.get_data(as_text=True)


def test_answers_are_for_hr_and_the_chair_and_for_no_member_on_any_page(app: Flask) -> None:
    desk = Desk(app)
    assert SECRET in desk.hr.get(desk.base + "/needs").get_data(as_text=True)
    assert SECRET in signed_in(app, MEMBERS[0]).get(desk.base + "/needs").get_data(as_text=True)
    anna = signed_in(app, "anna@example.org")
    assert anna.get(desk.base + "/needs").status_code == 403
    assert anna.put(desk.base + "/needs/answers/left", json={"text": "x", "version": 1}).status_code == 403
    for path in ("", "/profile"):
        assert SECRET not in anna.get(desk.base + path).get_data(as_text=True)
    assert SECRET.encode() not in anna.get(desk.base + "/profile.docx").data


def test_everything_written_before_the_lock_goes_with_the_recruitment() -> None:
    for model in (NeedAnswer, Profile, ProfileEarlier):
        keys = model.__table__.c.recruitment_id.foreign_keys
        assert {key.ondelete for key in keys} == {"CASCADE"}, model


def test_answers_feed_the_reasons_of_the_criteria_and_the_suggestions(app: Flask) -> None:
    desk = Desk(app)
    for path in ("/criteria", "/profile/edit"):
        assert NEEDS["change"] in desk.hr.get(desk.base + path).get_data(as_text=True), path


# Reasons


def fields(desk: Desk, place: int = 0, **values: str) -> dict[str, str]:
    item = desk.now.criteria[place]
    usual = {"weight": "1", "minimum": "", "here": item.here, "reason": "", "weight_reason": ""} | values
    return {f"{item.id}-{name}": value for name, value in usual.items()}


def test_criterion_carries_its_reason_for_those_who_prepare_and_not_for_applicants(app: Flask) -> None:
    desk = Desk(app)
    sent = fields(desk, weight="2", reason="Huset har savnet retning", weight_reason="")
    assert desk.hr.post(desk.base + "/criteria", data=sent).status_code == 302
    assert desk.now.criteria[0].reason == "Huset har savnet retning"
    assert "Huset har savnet retning" in desk.hr.get(desk.base + "/criteria").get_data(as_text=True)
    word = WordFile(desk.hr.get(desk.base + "/profile.docx").data)
    assert "Huset har savnet retning" not in word.raw


def test_other_weight_needs_a_reason_which_goes_when_it_is_equal_again(app: Flask) -> None:
    desk = Desk(app)
    answer = desk.hr.post(desk.base + "/criteria", data=fields(desk, 1, weight="3"))
    assert answer.status_code == 400
    assert "hvorfor kriteriet skal veje" in answer.get_data(as_text=True)
    assert desk.now.criteria[1].weight == 1.0
    sent = fields(desk, 1, weight="3", weight_reason="Det haster")
    assert desk.hr.post(desk.base + "/criteria", data=sent).status_code == 302
    assert (desk.now.criteria[1].weight, desk.now.criteria[1].weight_reason) == (3.0, "Det haster")
    sent = fields(desk, 1, weight="1", weight_reason="Det haster")
    assert desk.hr.post(desk.base + "/criteria", data=sent).status_code == 302
    assert desk.now.criteria[1].weight_reason == ""


def test_weight_that_stood_without_a_reason_keeps_nobody_from_writing(app: Flask) -> None:
    desk = Desk(app)
    assert desk.hr.post(desk.base + "/criteria", data=fields(desk, weight="2", here="Her")).status_code == 302
    assert (desk.now.criteria[0].weight, desk.now.criteria[0].here) == (2.0, "Her")


def test_reason_of_a_weight_is_printed_where_the_weights_are(app: Flask) -> None:
    criteria = [
        {"statement": "performance.2", "weight": 2, "weight_reason": "Huset har savnet retning"},
        {"statement": "compliance.4"},
        {"area": "resilience", "weight": 0.5},
    ]
    desk = Desk(app, **full_case(criteria=criteria, revealed=[1]))
    words = WordFile(desk.hr.get(f"{desk.base}/rounds/1/comparison.docx").data).text
    assert "Huset har savnet retning" in words
    assert "Ingen begrundelse er skrevet." in words


def test_amendment_of_a_weight_leaves_its_reason_at_the_criterion(app: Flask) -> None:
    desk = Desk(app, locked=[1])
    item = desk.now.criteria[1]
    path = f"{desk.base}/criteria/{item.id}/amend"
    assert desk.hr.post(path, data={"weight": "2", "minimum": "", "here": item.here}).status_code == 400
    sent = {"weight": "2", "minimum": "", "here": item.here, "reason": "Udvalget var enigt"}
    assert desk.hr.post(path, data=sent).status_code == 302
    assert (desk.now.criteria[1].weight, desk.now.criteria[1].weight_reason) == (2.0, "Udvalget var enigt")


# Warnings: never a refusal


def test_many_criteria_and_an_empty_room_are_warned_of_with_the_charters_words(app: Flask) -> None:
    keys = [f"performance.{n}" for n in range(1, 7)] + [f"compliance.{n}" for n in range(1, 4)]
    desk = Desk(app, criteria=[{"statement": key} for key in keys])
    for path in ("/criteria", "/house"):
        page = desk.hr.get(desk.base + path).get_data(as_text=True)
        assert "Det er mange" in page
        assert "Intet valgt fra Emergens, Resiliens" in page
        assert "tænke hele vejen rundt" in page
    assert desk.hr.post(desk.base + "/criteria", data=fields(desk, here="x")).status_code == 302


def test_example_of_the_role_helps_and_is_not_put_in_by_itself(app: Flask) -> None:
    desk = Desk(app)
    page = desk.hr.get(desk.base + "/criteria").get_data(as_text=True)
    assert "Et eksempel for virksomhedsleder" in page
    assert desk.now.criteria[0].here == ""


# From an earlier recruitment


def test_criteria_come_with_their_words_and_overwrite_nothing(app: Flask) -> None:
    desk = Desk(app, criteria=[{"statement": "compliance.4", "here": "Vores egne ord"}])
    criteria = [
        {"statement": "performance.2", "weight": 2, "weight_reason": "Tungest", "reason": "Hvorfor", "here": "Der"},
        {"statement": "compliance.4", "here": "Deres ord"},
        {"area": "resilience", "minimum": 3},
    ]
    source = load(case(criteria=criteria, recruitment=case()["recruitment"] | {"title": "Den forrige"}))
    assert "Den forrige" in desk.hr.get(desk.base + "/criteria/copy").get_data(as_text=True)
    page = desk.hr.get(f"{desk.base}/criteria/copy?from={source.id}").get_data(as_text=True)
    assert "har I allerede" in page
    sent = {"from": str(source.id), "criterion": ["performance.2", "compliance.4", "emergence.1"]}
    assert desk.hr.post(desk.base + "/criteria/copy", data=sent).status_code == 302
    found = {item.key: item for item in desk.now.criteria}
    assert list(found) == ["performance.2", "compliance.4"]
    taken = found["performance.2"]
    assert (taken.weight, taken.weight_reason, taken.reason, taken.here) == (2.0, "Tungest", "Hvorfor", "Der")
    assert found["compliance.4"].here == "Vores egne ord"


@pytest.mark.parametrize("who", ["hr", "chair"])
def test_nothing_comes_from_a_recruitment_that_is_closed_to_the_person(app: Flask, who: str) -> None:
    desk = Desk(app)
    theirs = load(case(panel=[{"email": "other@example.org", "name": "O", "role": "chair", "side": "chief"}]))
    if who == "hr":  # sits on that panel, and is disqualified
        panel = [
            {"email": "other@example.org", "name": "O", "role": "chair", "side": "chief"},
            {"email": "hr@example.org", "name": "H", "role": "member", "side": "hr"},
        ]
        conflict = {"panelist": "hr@example.org", "candidate": "K1", "conflict": True}
        theirs = load(case(panel=panel, impartiality=[conflict]))
    person = desk.hr if who == "hr" else signed_in(app, MEMBERS[0])
    path = f"{desk.base}/criteria/copy"
    assert person.get(f"{path}?from={theirs.id}").status_code == 404
    assert person.post(path, data={"from": str(theirs.id), "criterion": list(KEYS)}).status_code == 404


def test_nothing_is_taken_over_after_the_lock(app: Flask) -> None:
    desk = Desk(app, locked=[1])
    source = load(case(criteria=[{"statement": "emergence.1"}]))
    sent = {"from": str(source.id), "criterion": ["emergence.1"]}
    assert desk.hr.post(desk.base + "/criteria/copy", data=sent).status_code == 400
    assert [item.key for item in desk.now.criteria] == list(KEYS)
