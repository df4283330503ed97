"""Reminding of missing scorecards: when it is time, once a day, by one process only, and never on whom."""

from __future__ import annotations

import re
import threading
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from support import KEYS, MEMBERS, card, case, declared, load, make_person, signed_in

from recruit.audit import AuditEvent
from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.mail.models import Message
from recruit.panel.models import PanelMember
from recruit.panel.reminders import queue_due
from recruit.panel.rules import is_reminding_time
from recruit.recruitments.models import Recruitment, Round
from recruit.scoring.reminders import missing_cards

NAMES = ("Åse", "Ørsted", "Bent", "Æbelø")


pytestmark = pytest.mark.usefixtures("with_mail")


def local(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of November 2026 in Denmark, in UTC. The 23rd is a Monday."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


def waiting(locked: datetime, cards: list[dict[str, object]] | None = None) -> Recruitment:
    recruitment = load(case(impartiality=declared(), locked=[1], scorecards=cards or []))
    db.session.execute(db.update(Round).values(locked_at=locked))
    db.session.commit()
    db.session.refresh(recruitment)
    return recruitment


def queued(*ats: datetime) -> list[str]:
    """Whom the job reminds at these moments, in turn."""
    for at in ats:
        queue_due(at)
        db.session.commit()
    found = list(db.session.scalars(select(Message.recipient).order_by(Message.id)))
    db.session.rollback()
    return sorted(found)


def plan(recruitment: Recruitment, **starts: datetime) -> None:
    for ref, at in starts.items():
        candidate = db.session.scalars(select(Candidate).where(Candidate.ref == ref)).one()
        db.session.add(
            InterviewSlot(
                round_id=recruitment.rounds[0].id, candidate_id=candidate.id, starts_at=at, minutes=60, room=""
            )
        )
    db.session.commit()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 23, 9, 0), True),
        (datetime(2026, 11, 27, 16, 59), True),
        (datetime(2026, 11, 27, 17, 0), False),
        (datetime(2026, 11, 23, 8, 59), False),
        (datetime(2026, 11, 28, 10, 0), False),
        (datetime(2026, 11, 29, 10, 0), False),
        (datetime(2026, 12, 25, 10, 0), False),
    ],
)
def test_reminders_go_out_on_working_days_in_working_hours(at: datetime, expected: bool) -> None:
    assert is_reminding_time(at) is expected


def test_without_a_plan_the_first_reminder_comes_two_days_after_the_lock(app: Flask) -> None:
    waiting(local(23, 15))
    assert queued(local(24, 16), local(25, 8, 59)) == []
    assert queued(local(25)) == sorted(MEMBERS)


def test_nobody_is_reminded_of_a_recruitment_that_has_ended(app: Flask) -> None:
    recruitment = waiting(local(23, 15))
    recruitment.closed_at = local(24, 10)
    db.session.commit()
    assert queued(local(25)) == []


def test_with_a_plan_it_comes_the_day_after_the_interview(app: Flask) -> None:
    recruitment = waiting(local(16))
    plan(recruitment, K1=local(24, 10), K2=local(26, 10))
    assert missing_cards(recruitment, date(2026, 11, 24)) == {}
    assert set(missing_cards(recruitment, date(2026, 11, 25)).values()) == {1}
    assert set(missing_cards(recruitment, date(2026, 11, 27)).values()) == {2}
    assert set(missing_cards(recruitment, None).values()) == {2}
    assert queued(local(24, 16)) == []
    assert queued(local(25)) == sorted(MEMBERS)


def test_interview_on_a_friday_is_reminded_of_on_monday(app: Flask) -> None:
    plan(waiting(local(16)), K1=local(20, 10), K2=local(27, 10))
    assert queued(local(21, 10), local(22, 10)) == []
    assert queued(local(23, 10)) == sorted(MEMBERS)


def test_member_is_reminded_once_a_day_until_nothing_is_missing(app: Flask) -> None:
    done = [card("anna@example.org", ref, dict.fromkeys(KEYS, 3)) for ref in ("K1", "K2")]
    half = [card("bo@example.org", "K1", dict.fromkeys(KEYS, 3), submitted=False)]
    waiting(local(16), done + half)
    others = ["bo@example.org", "chair@example.org"]
    assert queued(local(23, 9), local(23, 9, 20), local(23, 16)) == others
    assert queued(local(24, 9)) == sorted(others * 2)


def test_mail_says_how_many_and_never_on_whom(app: Flask) -> None:
    recruitment = waiting(local(16))
    queued(local(23))
    mail = db.session.scalars(select(Message).order_by(Message.id)).first()
    assert mail is not None
    assert mail.subject == "2 skemaer mangler: Leder af Havhuset"
    assert "2 skemaer mangler." in mail.body
    assert (mail.kind, mail.recruitment_id) == ("scorecard", recruitment.id)
    assert not [name for name in NAMES if name in mail.body + mail.subject]
    path = re.search(r"http://127.0.0.1:8000(/link/\S+)", mail.body)
    assert path is not None
    browser = app.test_client()
    assert browser.get(path[1]).status_code == 200
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "member.reminded")).first()
    assert event is not None
    assert (event.actor_id, event.subject["count"]) == (None, 2)


def test_nobody_is_reminded_of_a_round_that_is_revealed_or_not_locked_or_when_shut_out(app: Flask) -> None:
    recruitment = load(case(impartiality=declared()))
    assert queued(local(23)) == []
    other = waiting(local(16))
    db.session.execute(db.update(Round).where(Round.recruitment_id == recruitment.id).values(locked_at=None))
    anna = db.session.scalars(select(PanelMember).where(PanelMember.recruitment_id == other.id)).all()[1].person
    anna.active = False
    db.session.commit()
    assert queued(local(23)) == ["bo@example.org", "chair@example.org"]
    db.session.execute(db.update(Round).values(revealed_at=local(23)))
    db.session.commit()
    assert queued(local(24)) == ["bo@example.org", "chair@example.org"]


def test_two_servers_at_once_remind_once(app: Flask) -> None:
    waiting(local(16))
    db.session.rollback()
    start, faults = threading.Barrier(3), []

    def work() -> None:
        with app.app_context():
            start.wait()
            try:
                queue_due(local(23))
                db.session.commit()
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert queued() == sorted(MEMBERS)


def test_reminder_by_hand_goes_once_a_day_to_whoever_misses_something(app: Flask) -> None:
    done = [card("anna@example.org", ref, dict.fromkeys(KEYS, 3)) for ref in ("K1", "K2")]
    recruitment = waiting(local(16), done)
    make_person("hr@example.org", "hr")
    members = {
        member.person.email: member.id
        for member in db.session.scalars(select(PanelMember).where(PanelMember.recruitment_id == recruitment.id))
    }
    db.session.rollback()
    hr = signed_in(app, "hr@example.org")
    path = f"/recruitments/{recruitment.id}/panel/{{}}/remind"
    answer = hr.post(path.format(members["bo@example.org"]))
    assert answer.location == f"/recruitments/{recruitment.id}/scorecards"
    again = hr.post(path.format(members["bo@example.org"]))
    assert again.status_code == 400
    assert "allerede mindet om det i dag" in again.get_data(as_text=True)
    assert "mangler ingen skemaer" in hr.post(path.format(members["anna@example.org"])).get_data(as_text=True)
    assert signed_in(app, "anna@example.org").post(path.format(members["bo@example.org"])).status_code == 403
    assert signed_in(app, "chair@example.org").post(path.format(members["chair@example.org"])).status_code == 302
    assert queued() == ["bo@example.org", "chair@example.org"]


def test_nothing_is_queued_where_no_mail_is_configured(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    recruitment = waiting(local(16))
    make_person("hr@example.org", "hr")
    monkeypatch.setitem(app.config, "SMTP_HOST", "")
    assert queued(local(23)) == []
    member = db.session.scalars(select(PanelMember)).first()
    assert member is not None
    member_id = member.id
    db.session.rollback()
    refused = signed_in(app, "hr@example.org").post(f"/recruitments/{recruitment.id}/panel/{member_id}/remind")
    assert refused.status_code == 400
    db.session.expire_all()
    reminded = db.session.scalar(select(PanelMember.reminded_at).where(PanelMember.id == member_id))
    assert reminded is None
