"""Hearings of a party and requests to see the documents hold decision and letter back, until they end or HR says why."""

from __future__ import annotations

import pytest
from deciders import Deciding
from flask import Flask
from wordfile import WordFile

from recruit.candidates.models import Candidate
from recruit.decisions.hearings import check_may_answer, open_tasks
from recruit.decisions.models import Task
from recruit.errors import RuleBroken
from recruit.extensions import db

WHAT = "En tidligere leder siger, at <budgettet> for 2024 blev overskredet med 2 mio. kr."


def begin(room: Deciding, ref: str = "K1", **changes: str) -> Task:
    values = {
        "kind": "hearing",
        "candidate": str(room.candidates[ref]),
        "what": WHAT,
        "opened_on": "2026-11-23",
        "due_on": "2026-12-23",
    }
    assert room.post("hr", "/hearings/new", **(values | changes)).status_code == 302
    return db.session.scalars(db.select(Task).order_by(Task.id.desc())).first()  # type: ignore[return-value]


def end(room: Deciding, task: Task, ending: str, answer: str = "") -> int:
    values = {"end-ending": ending, "end-answer": answer, "end-closed_on": "2026-11-24"}
    return int(room.post("hr", f"/hearings/{task.id}/end", **values).status_code)


def candidate(room: Deciding, ref: str) -> Candidate:
    return db.session.get_one(Candidate, room.candidates[ref])


def test_open_hearing_holds_the_decision_and_the_candidates_own_letter(app: Flask) -> None:
    room = Deciding(app)
    room.recommend("K1")
    task = begin(room)
    assert [item.id for item in open_tasks(room.recruitment, candidate(room, "K1"))] == [task.id]
    assert open_tasks(room.recruitment, candidate(room, "K2")) == []
    check_may_answer(room.recruitment, candidate(room, "K2"))
    with pytest.raises(RuleBroken, match="K1 Åse Ørsted er åben til 23. december 2026"):
        check_may_answer(room.recruitment, candidate(room, "K1"))
    assert "Partshøringen af K1" in room.decide("K1").get_data(as_text=True)
    assert end(room, task, "silent") == 400  # the deadline is not over
    assert end(room, task, "answered") == 400  # what was answered is not written down
    assert end(room, task, "given") == 400  # how a request ends
    assert end(room, task, "answered", "Overskridelsen var aftalt med direktionen.") == 302
    check_may_answer(room.recruitment)
    assert room.decide("K1").status_code == 302


def test_hearing_that_names_another_candidate_is_not_begun_and_nothing_is_lost(app: Flask) -> None:
    room = Deciding(app)
    values = {"kind": "hearing", "candidate": str(room.candidates["K1"]), "opened_on": "2026-11-23"}
    answer = room.post("hr", "/hearings/new", **values, what="K2 siger det samme.", due_on="2026-12-23")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400 and "”K2” er en anden ansøger" in page and "K2 siger det samme." in page
    assert db.session.scalar(db.select(Task)) is None


def test_hr_goes_on_with_a_reason_that_stands_in_the_decision_note(app: Flask) -> None:
    room = Deciding(app)
    room.recommend("K1")
    task = begin(room, "K2", kind="access")
    assert room.decide("K1").status_code == 400
    page = f"/hearings/{task.id}"
    shown = {f"pass-{name}": room.hidden("hr", page, f"pass-{name}") for name in ("version", "shown")}
    reason = {"pass-passed_because": "Dokumenterne er sendt i dag."}
    assert room.post("chair", page + "/pass", **shown, **reason).status_code == 403
    assert room.post("hr", page + "/pass", **shown, **reason).status_code == 302
    assert room.post("hr", page + "/pass", **shown, **{"pass-passed_because": "Noget andet."}).status_code == 409
    assert room.decide("K1").status_code == 302
    note = WordFile(room.as_("hr").get(room.base + "/decision.docx").data)
    assert "Dokumenterne er sendt i dag." in note.text
    assert room.as_("anna").get(room.base + "/decision.docx").status_code == 403


def test_letter_puts_the_facts_to_the_candidate_and_names_nobody_else(app: Flask) -> None:
    room = Deciding(app)
    task = begin(room)
    letter = WordFile(room.as_("hr").get(f"{room.base}/hearings/{task.id}.docx").data)
    for words in ("Kære Åse Ørsted", WHAT, "senest 23. december 2026", "forvaltningslovens § 19"):
        assert words in letter.text
    assert "Bent" not in letter.raw and "K2" not in letter.raw
    request = begin(room, kind="access")
    assert room.as_("hr").get(f"{room.base}/hearings/{request.id}.docx").status_code == 404


def test_request_to_see_the_documents_can_come_before_any_reveal(app: Flask) -> None:
    room = Deciding(app, revealed=[])
    begin(room, "K2", kind="access")
    assert "Anmodning om aktindsigt: K2" in room.text("chair", "/references")
    assert room.as_("anna").get(room.base + "/references").status_code == 403
    answer = room.post("hr", "/hearings/new", kind="hearing", candidate="", what="", opened_on="i går", due_on="")
    assert answer.status_code == 400
