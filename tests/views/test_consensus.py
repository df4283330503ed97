"""What the discussion arrives at: by the chair, after the reveal, where somebody rated; two windows overwrite nothing."""

from __future__ import annotations

import re
import threading

import pytest
from flask import Flask
from room import SCORES, Room, cards
from support import KEYS, declared

from recruit.audit import AuditEvent
from recruit.extensions import db


def test_consensus_is_logged_by_ids(app: Flask) -> None:
    room = Room(app)
    room.agree(5, "HEMMELIG GRUND")
    room.remove(room.shown())
    events = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.event.like("consensus.%")).order_by(AuditEvent.id)
    )
    assert [(row.event, row.subject) for row in events] == [
        (event, {"round": 1, "candidate": room.candidates["K1"], "criterion": KEYS[0]})
        for event in ("consensus.set", "consensus.removed")
    ]


# Refused


def test_consensus_before_the_reveal_is_refused_with_a_sentence(app: Flask) -> None:
    room = Room(app, revealed=[])
    for answer in (room.agree(), room.remove("")):
        assert answer.status_code == 400
        assert "Runden er ikke afsløret endnu." in answer.get_data(as_text=True)
    assert room.stored() == []
    assert room.as_("chair").get(room.point()).status_code == 400
    page = room.text("chair", f"{room.base}/discussion")
    assert "sagde noget" not in page
    assert "data-point" not in page


def test_consensus_where_nobody_rated_is_refused_with_a_sentence(app: Flask) -> None:
    room = Room(app, scorecards=cards(SCORES | {"K1": ((None, 3, 4),) * 3}))
    answer = room.agree()
    assert answer.status_code == 400
    assert "Ingen har vurderet kriteriet, så der er intet at blive enige om." in answer.get_data(as_text=True)
    assert room.stored() == []
    page = room.text("chair", room.point())
    assert "data-agree" not in page
    assert "intet at blive enige om" in page


@pytest.mark.parametrize("name", ["anna", "hr"])
def test_consensus_by_anybody_but_the_chair_is_refused_with_a_sentence(app: Flask, name: str) -> None:
    room = Room(app)
    answer = room.agree(name=name)
    assert answer.status_code == 403
    assert "Det har du ikke adgang til" in answer.get_data(as_text=True)
    as_script = room.as_(name).post(room.point(), json={}, headers={"Accept": "application/json"})
    assert as_script.status_code == 403
    assert as_script.json["error"].endswith(".")
    assert room.stored() == []


def test_chair_who_must_not_judge_a_candidate_writes_no_consensus_on_them(app: Flask) -> None:
    rows = [row for row in declared() if (row["panelist"], row["candidate"]) != ("chair@example.org", "K1")]
    out = {"panelist": "chair@example.org", "candidate": "K1", "conflict": True, "scope": "candidate", "reason": "x"}
    given = [row for row in cards(SCORES) if (row["panelist"], row["candidate"]) != ("chair@example.org", "K1")]
    room = Room(app, impartiality=[*rows, out], scorecards=given)
    path = f"{room.base}/comparison/candidates/{room.candidates['K1']}"
    other = room.as_("chair").post(f"{path}/consensus/{room.criteria[KEYS[0]]}", data={})
    for answer in (room.agree(), room.remove(""), other):
        assert answer.status_code == 400
        assert "Du er inhabil over for kandidaten." in answer.get_data(as_text=True)
    assert "data-agree" not in room.text("chair", room.point())
    assert "Gem konsensus" not in room.text("chair", path)
    assert room.agree(ref="K2").status_code == 302
    assert len(room.stored()) == 1


def test_former_chair_no_longer_leads(app: Flask) -> None:
    room = Room(app)
    anna = db.session.execute(
        db.text(
            "SELECT m.id FROM panel_member m JOIN person p ON p.id = m.person_id WHERE p.email = 'anna@example.org'"
        )
    ).scalar()
    path = f"/recruitments/{room.recruitment.id}/panel/{anna}/chair"
    assert room.as_("chair").post(path).status_code == 302
    assert room.agree().status_code == 403
    assert room.agree(name="anna").status_code == 302


@pytest.mark.parametrize(
    ("score", "reason"), [("", "grund"), ("6", "grund"), ("0", "x"), ("4", "  "), ("4", "x" * 4_001)]
)
def test_consensus_that_cannot_be_stays_on_the_page_as_it_was_typed(app: Flask, score: str, reason: str) -> None:
    room = Room(app)
    answer = room.agree(score, reason)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "data-error-summary" in page
    assert reason.strip() in page
    assert room.stored() == []


# Two windows


def test_second_window_gets_both_texts_and_overwrites_nothing(app: Flask) -> None:
    room = Room(app)
    assert room.agree(2, "Skrevet i den første fane.").status_code == 302
    answer = room.agree(5, "Skrevet i den anden fane.")
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "2: Skrevet i den første fane." in page
    assert "Skrevet i den anden fane.</textarea>" in page
    assert 'value="5" checked' in page
    assert "Intet er overskrevet." in page
    assert room.stored() == [(2, "Skrevet i den første fane.")]
    moved_on = re.search(r'name="\d+-shown"[^>]*value="([^"]*)"', page)
    assert moved_on
    assert room.agree(5, "Skrevet i den anden fane.", shown=moved_on[1]).status_code == 302
    assert room.stored() == [(5, "Skrevet i den anden fane.")]


def test_consensus_written_anew_does_not_pass_for_the_old_one(app: Flask) -> None:
    """Removed and set again it has the first version again, but not the old content."""
    room = Room(app)
    room.agree(2, "Den gamle.")
    old = room.shown()
    room.remove(old)
    room.agree(3, "Den nye.")
    assert room.agree(5, "Fra en gammel fane.", shown=old).status_code == 409
    assert room.stored() == [(3, "Den nye.")]


def test_old_window_does_not_remove_a_newer_consensus(app: Flask) -> None:
    room = Room(app)
    room.agree(2, "Den gamle.")
    old = room.shown()
    room.agree(3, "Den nye.", shown=old)
    answer = room.remove(old)
    assert answer.status_code == 409
    assert "Den nye." in answer.get_data(as_text=True)
    assert room.stored() == [(3, "Den nye.")]


def test_window_that_changes_what_another_removed_is_told(app: Flask) -> None:
    room = Room(app)
    room.agree(2, "Den gamle.")
    old = room.shown()
    room.remove(old)
    answer = room.agree(3, "Rettet.", shown=old)
    assert answer.status_code == 409
    assert "(tomt)" in answer.get_data(as_text=True)
    assert room.stored() == []


def test_double_click_is_one_consensus(app: Flask) -> None:
    room = Room(app)
    assert [room.agree().status_code for _click in range(2)] == [302, 302]
    assert room.stored() == [(4, "Vi hørte det samme.")]
    count = db.session.scalar(db.select(db.func.count(AuditEvent.id)).where(AuditEvent.event == "consensus.set"))
    assert count == 1


def test_candidates_page_and_discussion_are_the_same_door(app: Flask) -> None:
    room = Room(app)
    room.agree(2, "Fra drøftelsen.")
    prefix = f"{room.criteria[KEYS[0]]}-"
    path = f"{room.base}/comparison/candidates/{room.candidates['K1']}/consensus/{room.criteria[KEYS[0]]}"
    values = {f"{prefix}score": "5", f"{prefix}reason": "Fra kandidatens side.", f"{prefix}shown": ""}
    answer = room.as_("chair").post(path, data=values)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "2: Fra drøftelsen." in page
    assert "Fra kandidatens side.</textarea>" in page
    assert room.stored() == [(2, "Fra drøftelsen.")]


def test_of_two_chairs_at_the_same_moment_one_is_told(app: Flask) -> None:
    """Two requests that read before either wrote: the row of the round is held, on both databases."""
    room = Room(app)
    answers: list[int] = []
    together = threading.Barrier(2)

    def press(score: int) -> None:
        with app.app_context():
            client, prefix = room.as_("chair"), f"{room.criteria[KEYS[0]]}-"
            db.session.rollback()
            together.wait(timeout=30)
            values = {f"{prefix}score": str(score), f"{prefix}reason": f"nummer {score}", f"{prefix}shown": ""}
            answers.append(client.post(room.point(), data=values).status_code)
            db.session.remove()

    threads = [threading.Thread(target=press, args=(score,)) for score in (1, 5)]
    db.session.remove()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409]
    assert len(room.stored()) == 1
