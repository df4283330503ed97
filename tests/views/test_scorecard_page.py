"""The score page: what stands on it and what never does, and what a save answers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from doors import ids_of
from flask import Flask
from support import case, counted_queries, declared, load, signed_in

from recruit.audit import now
from recruit.candidates.models import Attachment, Candidate
from recruit.extensions import READS_FIRST, db
from recruit.panel.service import load_members
from recruit.questions.guide import load_guide
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import load_recruitment
from recruit.scoring import card_views
from recruit.scoring.models import Rating
from recruit.scoring.progress import progress
from recruit.scoring.service import own_state

ANNA = "anna@example.org"


def locked(**changes: Any) -> tuple[Recruitment, str]:
    """A round that is being scored, and the path of a member's card on K1."""
    recruitment = load(case(**({"impartiality": declared(), "locked": [1]} | changes)))
    base = f"/recruitments/{recruitment.id}/rounds/1"
    return recruitment, f"{base}/scorecards/{ids_of(recruitment).values['candidate_id']}"


def test_page_shows_questions_in_the_order_of_the_guide_with_their_minutes(app: Flask) -> None:
    recruitment, path = locked()
    page = signed_in(app, ANNA).get(path).get_data(as_text=True)
    questions = load_guide(recruitment.rounds[0])
    assert len(questions) > 1
    first_of_each = list(dict.fromkeys(row.criterion_id for row in questions))
    assert [int(found) for found in re.findall(r'data-criterion="(\d+)"', page)] == first_of_each
    for criterion in first_of_each:
        minutes = sum(row.minutes for row in questions if row.criterion_id == criterion)
        section = page.partition(f'id="criterion-{criterion}"')[2]
        assert f"{minutes} min." in section.partition("</section>")[0]
    assert 'data-minutes="60"' in page


def test_attached_application_is_never_on_the_score_page(app: Flask) -> None:
    recruitment, path = locked()
    candidate = db.session.get_one(Candidate, ids_of(recruitment).values["candidate_id"])
    db.session.add(
        Attachment(
            candidate_id=candidate.id,
            name="hemmelig-ansoegning.pdf",
            kind="pdf",
            size=9,
            content=b"HEMMELIG!",
            added_at=now(),
        )
    )
    db.session.commit()
    client = signed_in(app, ANNA)
    criterion = recruitment.criteria[0].id
    for step in ("open", "submitted", "revealed"):
        page = client.get(path).get_data(as_text=True)
        for trace in ("hemmelig", "HEMMELIG", ".pdf", "attachment", "application", "bilag", "ansøgning"):
            assert trace not in page, (step, trace)
        if step == "open":
            answer = client.put(f"{path}/ratings/{criterion}", json={"score": 3, "evidence": "x", "version": 0})
            assert "hemmelig" not in answer.get_data(as_text=True)
            for other in recruitment.criteria[1:]:
                client.put(f"{path}/ratings/{other.id}", json={"not_evidenced": True, "version": 0})
            assert client.post(path, data={"action": "submit"}).status_code == 302
        elif step == "submitted":
            db.session.execute(db.text("UPDATE interview_round SET revealed_at = :now"), {"now": now()})
            db.session.commit()


def test_script_is_told_whose_page_it_is(app: Flask) -> None:
    _recruitment, path = locked()
    people = {}
    for email in (ANNA, "bo@example.org"):
        page = signed_in(app, email).get(path).get_data(as_text=True)
        found = re.search(r'<body data-person="(\d+)">', page)
        assert found is not None
        people[email] = found[1]
    assert len(set(people.values())) == 2
    assert "data-person" not in app.test_client().get("/sign-in").get_data(as_text=True)


def test_answer_tells_what_the_server_has(app: Flask) -> None:
    recruitment, path = locked()
    client = signed_in(app, ANNA)
    url = f"{path}/ratings/{recruitment.criteria[0].id}"
    saved = client.put(url, json={"score": 3, "evidence": "først", "version": 0}).json
    assert saved["version"] == 1 and saved["rated"] == 1 and re.fullmatch(r"\d\d\.\d\d", saved["saved"])
    met = client.put(url, json={"score": 4, "evidence": "så", "version": 0})
    assert met.status_code == 409
    assert met.json["evidence"] == "først" and met.json["version"] == 1 and met.json["saved"] == saved["saved"]


def test_text_that_could_not_be_saved_is_marked_for_the_script(app: Flask) -> None:
    """Without a mark the script would take what stands on the page for what the server has, and call it saved."""
    recruitment, path = locked()
    client = signed_in(app, ANNA)
    criterion = recruitment.criteria[0].id
    form = {f"rating-{criterion}": "3", f"evidence-{criterion}": "å" * 20_001, f"version-{criterion}": "0"}
    answer = client.post(path, data=form | {"action": "save"})
    assert answer.status_code == 400
    assert answer.get_data(as_text=True).count("data-unsaved") == 1
    assert "data-unsaved" not in client.get(path).get_data(as_text=True)


def test_save_takes_the_same_queries_whatever_the_size(app: Flask) -> None:
    counts = []
    for candidates, members in ((2, 3), (12, 20)):
        emails = ["chair@example.org", ANNA, *(f"m{number}@example.org" for number in range(members - 2))]
        refs = tuple(f"K{number}" for number in range(1, candidates + 1))
        recruitment, path = locked(
            panel=[
                {"email": email, "name": email, "role": "member" if place else "chair", "side": "peer"}
                for place, email in enumerate(emails)
            ],
            candidates=[{"ref": ref, "name": ref} for ref in refs],
            impartiality=declared(tuple(emails), refs),
        )
        client = signed_in(app, ANNA)
        url = f"{path}/ratings/{recruitment.criteria[0].id}"
        assert client.put(url, json={"evidence": "a", "version": 0}).status_code == 200
        with counted_queries() as statements:
            assert client.put(url, json={"evidence": "b", "version": 1}).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize("round_has_its_own", [False, True])
def test_own_state_is_what_the_progress_says(app: Flask, round_has_its_own: bool) -> None:
    """Every kind of state a card can be in, for every member and candidate."""
    people = ("chair", "anna", "bo", "cia", "dan", "eva")
    emails = tuple(f"{name}@example.org" for name in people)
    refs = ("K1", "K2", "K3")
    rounds: list[dict[str, Any]] = [{"number": 1, "name": "1. samtale", "minutes": 60}]
    if round_has_its_own:
        rounds[0]["candidates"] = ["K1", "K2"]
    answers = declared(emails, refs)
    answers = [
        row for row in answers if (row["panelist"], row["candidate"]) not in {(emails[2], "K1"), (emails[3], "K2")}
    ]
    answers += [
        {"panelist": emails[2], "candidate": "K1", "conflict": True, "reason": "Søskende."},
        {"panelist": emails[3], "candidate": "K2", "conflict": True, "scope": "candidate", "reason": "Kolleger."},
    ]
    submitted = {key: {"not_evidenced": True} for key in ("performance.2", "compliance.4", "resilience")}
    recruitment, _path = locked(
        panel=[
            {"email": email, "name": email, "role": role, "side": "peer"}
            for email, role in zip(emails, ("chair", "member", "member", "member", "substitute", "member"), strict=True)
        ],
        candidates=[
            {"ref": "K1", "name": "A"},
            {"ref": "K2", "name": "B"},
            {"ref": "K3", "name": "C", "status": "withdrawn"},
        ],
        rounds=rounds,
        impartiality=answers,
        scorecards=[
            {"panelist": emails[1], "candidate": "K1", "round": 1, "submitted": True, "ratings": submitted},
            {"panelist": emails[4], "candidate": "K1", "round": 1, "submitted": False, "ratings": {}},
        ],
        excused=[{"panelist": emails[1], "candidate": "K2", "round": 1, "code": "absent"}],
    )
    found = load_recruitment(recruitment.id)
    assert found is not None
    round_ = found.rounds[0]
    candidates = db.session.scalars(db.select(Candidate).where(Candidate.recruitment_id == found.id)).all()
    seen = set()
    for revealed in (None, now()):
        round_.revealed_at = revealed
        member = load_members(found)[-1]
        member.joined_at = now() + timedelta(minutes=1)
        db.session.flush()
        states = progress(found, round_).states
        for one in load_members(found):
            for candidate in candidates:
                state = own_state(found, round_, one, candidate)
                assert state == states.get((one.id, candidate.id)), (one.person.email, candidate.ref)
                seen.add(state)
    expected = {"submitted", "missing", "excused", "conflict", "withdrawn", "not_expected"}
    assert seen == (expected - {"withdrawn"} | {None} if round_has_its_own else expected)


def test_endpoints_that_read_first_are_those_that_save(app: Flask) -> None:
    assert set(app.view_functions) >= READS_FIRST


def test_later_reading_than_the_lock_never_overwrites(app: Flask) -> None:
    """The save reads who asks before it takes SQLite's write lock: what another wrote in between must still be met."""
    recruitment, path = locked()
    client = signed_in(app, ANNA)
    url = f"{path}/ratings/{recruitment.criteria[0].id}"
    assert client.put(url, json={"evidence": "den første", "version": 0}).status_code == 200

    lock = card_views.take_write_lock

    def late_lock() -> None:
        with db.engine.begin() as connection:  # another window, between the reading and the lock
            connection.execute(db.text("UPDATE rating SET evidence = 'en anden', version = 2"))
        lock()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(card_views, "take_write_lock", late_lock)
        assert client.put(url, json={"evidence": "den tredje", "version": 1}).status_code == 409
    assert db.session.scalar(db.select(Rating.evidence)) == "en anden"
