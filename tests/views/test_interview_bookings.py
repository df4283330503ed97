"""Nobody sits in two interviews at once, across recruitments; and no more is told than the time."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from planning import (
    FORM,
    edited,
    path,
    planned,
    prepared,
    propose,
    seen,
    slot_of,
)
from support import Client, case, declared, make_person, signed_in

from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.recruitments.models import Recruitment


@pytest.fixture
def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


SECRET_TITLE = "Hemmelig direktør"
SHARED = [
    {"email": "boss@example.org", "name": "Bodil Boss", "role": "chair", "side": "chief"},
    {"email": "anna@example.org", "name": "Anna Andersen", "role": "member", "side": "employee"},
]


def with_another(hr: Client, **changes: Any) -> tuple[Recruitment, Recruitment]:
    """Two recruitments with Anna on both panels; the other one has K1 at nine."""
    values = {**case()["recruitment"], "title": SECRET_TITLE}
    other = prepared(
        1,
        **{
            "recruitment": values,
            "panel": SHARED,
            "impartiality": declared(("boss@example.org", "anna@example.org"), ("K1",)),
        }
        | changes,
    )
    propose(hr, other, room="")
    return prepared(2), other


def test_proposal_keeps_clear_of_a_members_other_interviews(hr: Client) -> None:
    mine, _other = with_another(hr)
    propose(hr, mine, lunch_from="")
    rows = [(ref, at) for ref, at, *_rest in planned()]
    assert rows == [("K1", "09:00"), ("K1", "10:00"), ("K2", "11:15")]


def test_saving_a_double_booking_is_refused_with_name_and_time_and_no_more(app: Flask, hr: Client) -> None:
    mine, _other = with_another(hr)
    propose(hr, mine, lunch_from="")
    before = planned()
    slot = slot_of("K2")
    chair = signed_in(app, "chair@example.org")
    answer = chair.post(path(mine, f"/{slot.id}"), data=edited(slot, starts="09:30"))
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "Anna Andersen er optaget af et andet forløb" in page
    assert "kl. 09.00–10.00" in page
    assert "suppleant" in page
    assert SECRET_TITLE not in page and "Bodil" not in page
    assert planned() == before
    # Next to each other is no overlap, and a change of room alone is not a new booking.
    assert chair.post(path(mine, f"/{slot.id}"), data=edited(slot, starts="08:00")).status_code == 302


def test_moving_the_rest_of_the_day_and_a_break_are_checked_too(hr: Client) -> None:
    mine, _other = with_another(hr)
    propose(hr, mine, starts="07:00", latest="09:15", pause="0", lunch_from="")
    slots = list(db.session.scalars(db.select(InterviewSlot).order_by(InterviewSlot.starts_at)))
    first, second = slots[0], slots[1]
    assert first.round_id == second.round_id
    shift = edited(first, starts="07:30", shifts="y")
    assert hr.post(path(mine, f"/{first.id}"), data=shift).status_code == 400
    assert hr.post(path(mine, "/break"), data={"after": first.id, "minutes": "30"}).status_code == 400
    assert db.session.query(InterviewSlot).count() == 3


@pytest.mark.parametrize("why", ["withdrawn", "substitute", "disqualified", "candidate", "revealed"])
def test_who_does_not_sit_in_the_other_interview_is_free(hr: Client, why: str) -> None:
    """A candidate who withdrew, a substitute, a conflict, and a round that is over book nobody."""
    changes: dict[str, Any] = {}
    if why == "substitute":
        changes["panel"] = [SHARED[0], SHARED[1] | {"role": "substitute"}]
    if why in ("disqualified", "candidate"):
        conflict = {"panelist": "anna@example.org", "candidate": "K1", "conflict": True}
        if why == "candidate":
            conflict |= {"scope": "candidate", "reason": "aftalt"}
        changes["impartiality"] = [*declared(("boss@example.org",), ("K1",)), conflict]
    mine, other = with_another(hr, **changes)
    if why == "withdrawn":
        db.session.execute(db.update(Candidate).where(Candidate.recruitment_id == other.id).values(status="withdrawn"))
    if why == "revealed":
        db.session.get_one(Recruitment, other.id).rounds[0].revealed_at = now()
    db.session.commit()
    propose(hr, mine)
    mine_at = [at for ref, at, _minutes, room in planned() if room == "Lokale 2"]
    assert mine_at[0] == "09:00"


def test_two_rounds_of_one_recruitment_book_the_panel_once(hr: Client) -> None:
    rounds = [{"number": number, "name": f"{number}. samtale", "minutes": 60} for number in (1, 2)]
    recruitment = prepared(1, rounds=rounds)
    propose(hr, recruitment)
    where = f"/recruitments/{recruitment.id}/rounds/2/interviews"
    hr.post(where + "/propose", data=FORM | {"seen": seen(hr, where)})
    assert [at for _ref, at, *_rest in planned()] == ["09:00", "10:00"]
    second = db.session.scalars(db.select(InterviewSlot).order_by(InterviewSlot.starts_at.desc())).first()
    assert second is not None
    page = hr.post(f"{where}/{second.id}", data=edited(second, starts="09:30")).get_data(as_text=True)
    assert "sidder i en samtale i en anden runde" in page


def test_member_who_comes_in_after_the_plan_was_made_is_warned_of(app: Flask, hr: Client) -> None:
    mine, _other = with_another(hr, panel=[SHARED[0]], impartiality=declared(("boss@example.org",), ("K1",)))
    propose(hr, mine)
    hr.post(
        f"/recruitments/{mine.id}/panel",
        data={"name": "Bodil Boss", "email": "boss@example.org", "role": "member", "side": "peer"},
    )
    page = hr.get(path(mine)).get_data(as_text=True)
    assert "Bodil Boss er optaget af et andet forløb" in page
    front = hr.get(f"/recruitments/{mine.id}").get_data(as_text=True)
    assert "1 medlem er optaget andetsteds" in front
    assert "optaget" not in signed_in(app, "anna@example.org").get(path(mine)).get_data(as_text=True)


def test_two_plans_made_at_once_do_not_book_a_member_twice(app: Flask, hr: Client) -> None:
    """Both chairs press at the same moment; Anna sits on both panels."""
    recruitments = [
        prepared(
            2,
            panel=[
                {"email": f"chair{number}@example.org", "name": "Chef", "role": "chair", "side": "chief"},
                {"email": "anna@example.org", "name": "Anna", "role": "member", "side": "peer"},
            ],
            impartiality=declared((f"chair{number}@example.org", "anna@example.org")),
        ).id
        for number in range(3)
    ]
    browsers = [signed_in(app, f"chair{number}@example.org") for number in range(3)]
    forms = [FORM | {"seen": seen(browser, path(id_))} for browser, id_ in zip(browsers, recruitments, strict=True)]
    db.session.remove()
    ready, statuses = threading.Barrier(3), []

    def press(number: int) -> None:
        ready.wait(timeout=20)
        with app.app_context():
            statuses.append(
                browsers[number].post(path(recruitments[number], "/propose"), data=forms[number]).status_code
            )

    threads = [threading.Thread(target=press, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert statuses == [302, 302, 302]
    slots = list(
        db.session.scalars(
            db.select(InterviewSlot).where(InterviewSlot.candidate_id.is_not(None)).order_by(InterviewSlot.starts_at)
        )
    )
    assert len(slots) == 6
    for before, after in pairwise(slots):
        assert before.starts_at + timedelta(minutes=before.minutes) <= after.starts_at
