"""The reveal: in one step, logged once, and never taken back."""

from __future__ import annotations

from flask import Flask
from room import SCORES, Room, cards
from support import KEYS

from recruit.audit import AuditEvent
from recruit.extensions import db
from recruit.scoring.models import Rating


def test_reveal_says_what_happens_and_who_is_not_waited_for(app: Flask) -> None:
    excuse = {"panelist": "bo@example.org", "candidate": "K2", "round": 1, "code": "absent", "note": "NOTATET"}
    left = [row for row in cards(SCORES) if (row["panelist"], row["candidate"]) != ("bo@example.org", "K2")]
    room = Room(app, scorecards=left, excused=[excuse], revealed=[])
    reveal = room.text("chair", f"{room.base}/scorecards").partition('id="reveal"')[2].partition("</section>")[0]
    assert "Intet skema kan åbnes igen." in reveal
    assert "Bo Berg · K2" in reveal
    assert "Fraværende" in reveal
    assert "NOTATET" not in reveal
    assert "data-confirm" in reveal
    for name in ("anna", "hr"):
        assert 'id="reveal"' not in room.text(name, f"{room.base}/scorecards")


def test_reveal_leads_to_comparison_and_discussion(app: Flask) -> None:
    room = Room(app, revealed=[])
    chair = room.as_("chair")
    answer = chair.post(f"{room.base}/reveal", follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert answer.request.path == f"{room.base}/comparison"
    assert f'href="{room.base}/discussion"' in page
    assert f'href="{room.base}/discussion"' in room.text("anna", f"{room.base}/scorecards")


def test_doubled_reveal_is_refused_with_a_sentence_and_logged_once(app: Flask) -> None:
    room = Room(app, revealed=[])
    chair = room.as_("chair")
    assert chair.post(f"{room.base}/reveal").status_code == 302
    again = chair.post(f"{room.base}/reveal")
    assert again.status_code == 400
    assert "Runden er allerede afsløret." in again.get_data(as_text=True)
    count = db.session.scalar(db.select(db.func.count(AuditEvent.id)).where(AuditEvent.event == "round.revealed"))
    assert count == 1


def test_card_is_never_opened_again_after_the_reveal(app: Flask) -> None:
    """By form, by JSON, and from a tab that was opened before."""
    room = Room(app, revealed=[])
    anna, chair = room.as_("anna"), room.as_("chair")
    path = f"{room.base}/scorecards/{room.candidates['K1']}"
    criterion = room.criteria[KEYS[0]]
    anna.get(path)
    assert chair.post(f"{room.base}/reveal").status_code == 302
    before = list(
        db.session.execute(db.select(Rating.id, Rating.score, Rating.evidence, Rating.version).order_by(Rating.id))
    )
    refused = [
        anna.post(f"{path}/reopen"),
        anna.post(f"{path}/reopen", json={}, headers={"Accept": "application/json"}),
        anna.put(f"{path}/ratings/{criterion}", json={"score": 1, "evidence": "ny", "version": 1}),
        anna.put(f"{path}/overall", json={"text": "ny", "version": 1}),
        anna.post(path, data={f"rating-{criterion}": "1", f"evidence-{criterion}": "ny", f"version-{criterion}": "1"}),
        chair.post(f"{room.base}/scorecards/{room.candidates['K1']}/reopen"),
    ]
    assert [answer.status_code for answer in refused] == [400] * len(refused)
    for answer in refused:
        assert "afsløret" in answer.get_data(as_text=True) or "afsl\\u00f8ret" in answer.get_data(as_text=True)
    db.session.rollback()
    after = list(
        db.session.execute(db.select(Rating.id, Rating.score, Rating.evidence, Rating.version).order_by(Rating.id))
    )
    assert after == before
    assert "reopen" not in anna.get(path).get_data(as_text=True)
