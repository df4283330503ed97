"""The plan by mail when somebody says so, and the reminder the working day before."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from mailserver import nowhere
from planning import (
    DAY,
    ZONE,
    edited,
    events,
    mixed,
    path,
    prepared,
    prepared_with_anna_out_for_the_first,
    propose,
    slot_of,
)
from support import Client, declared, make_person, mentions, signed_in

from recruit.accounts.models import Person
from recruit.audit import AuditEvent
from recruit.candidates.models import Candidate, Declaration
from recruit.extensions import db
from recruit.interviews.reminders import queue_due
from recruit.mail.models import Message
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Recruitment
from recruit.recruitments.workdays import is_working_day, next_working_day


@pytest.fixture
def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


@pytest.fixture
def mailed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in nowhere().items():
        monkeypatch.setitem(app.config, name, value)


# To the panel


def messages(kind: str) -> list[Message]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(db.select(Message).where(Message.kind == kind).order_by(Message.id)))


def test_plan_is_sent_to_those_who_may_have_it_and_never_by_itself(app: Flask, hr: Client, mailed: None) -> None:
    recruitment = mixed()
    propose(hr, recruitment)
    assert messages("plan") == []
    page = hr.get(path(recruitment)).get_data(as_text=True)
    assert "Udvalget har ikke fået planen endnu." in page
    assert "Lars Langsom får den ikke" in page
    assert hr.post(path(recruitment, "/send")).status_code == 302
    found = messages("plan")
    assert [message.recipient for message in found] == ["chair@example.org", "anna@example.org"]
    for message in found:
        assert "Navn" not in message.body + message.calendar + message.subject
        assert "2 samtaler, kl. 09.00–11.15, Lokale 2" in message.body
        assert "/link/" in message.body
        assert set(events(message.calendar)) == {f"Samtale K{number}, Leder af Havhuset" for number in (1, 2)}
        assert "\r\n" in message.calendar


def test_page_says_when_the_panel_has_another_plan(app: Flask, hr: Client, mailed: None) -> None:
    recruitment = prepared(2)
    propose(hr, recruitment)
    hr.post(path(recruitment, "/send"))
    assert "den er ikke ændret siden" in hr.get(path(recruitment)).get_data(as_text=True)
    hr.post(path(recruitment, "/send"))
    assert "erstatter" not in messages("plan")[-1].body  # sent again, and the same
    hr.post(path(recruitment, f"/{slot_of('K1').id}"), data=edited(slot_of("K1"), room="Salen"))
    assert "Den er ændret siden." in hr.get(path(recruitment)).get_data(as_text=True)
    signed_in(app, "chair@example.org").post(path(recruitment, "/send"))
    assert "erstatter den, du har fået før" in messages("plan")[-1].body
    hr.post(
        f"/recruitments/{recruitment.id}/candidates/{slot_of('K1').candidate_id}/status", data={"status": "withdrawn"}
    )
    assert "Den er ændret siden." in hr.get(path(recruitment)).get_data(as_text=True)
    hr.post(path(recruitment, "/send"))
    assert "STATUS:CANCELLED" in messages("plan")[-1].calendar
    hr.post(f"/recruitments/{recruitment.id}/rounds/1/candidates", data={"candidates": slot_of("K1").candidate_id})
    assert "Den er ændret siden." in hr.get(path(recruitment)).get_data(as_text=True)


def test_member_who_is_out_for_one_candidate_is_not_sent_that_interview(hr: Client, mailed: None) -> None:
    recruitment = prepared_with_anna_out_for_the_first()
    propose(hr, recruitment)
    hr.post(path(recruitment, "/send"))
    calendars = {message.recipient: message.calendar for message in messages("plan")}
    assert not mentions(calendars["anna@example.org"], "K1") and "K2" in calendars["anna@example.org"]
    assert "K1" in calendars["bo@example.org"]


def test_nothing_is_sent_without_mail_or_plan_or_anybody_to_have_it(
    hr: Client, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    recruitment = prepared(1)
    propose(hr, recruitment)
    assert "ikke sat en mailserver op" in hr.get(path(recruitment)).get_data(as_text=True)
    assert hr.post(path(recruitment, "/send")).status_code == 400
    for name, value in nowhere().items():
        monkeypatch.setitem(app.config, name, value)
    empty, undeclared = prepared(1), prepared(1, impartiality=[])
    assert hr.post(path(empty, "/send")).status_code == 400
    propose(hr, undeclared, first_day=next_working_day(DAY).isoformat())
    assert hr.post(path(undeclared, "/send")).status_code == 400
    assert messages("plan") == []


def test_plan_of_which_nothing_is_held_says_so(hr: Client, mailed: None) -> None:
    recruitment = prepared(1)
    propose(hr, recruitment)
    db.session.execute(db.update(Candidate).values(status="withdrawn"))
    db.session.commit()
    hr.post(path(recruitment, "/send"))
    assert "Ingen af samtalerne på planen bliver holdt." in messages("plan")[0].body


def test_page_says_why_somebody_does_not_get_the_plan(hr: Client, mailed: None) -> None:
    recruitment = mixed()
    propose(hr, recruitment)
    db.session.execute(db.update(Person).where(Person.email == "anna@example.org").values(active=False))
    db.session.commit()
    page = hr.get(path(recruitment)).get_data(as_text=True)
    assert "Lars Langsom får den ikke, før habiliteten er på plads." in page
    assert "Anna Andersen kan ikke logge ind og får den ikke." in page


# The reminder


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC)


def day_before(day: date) -> date:
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def remind(moment: datetime) -> list[Message]:
    db.session.rollback()
    before = len(messages("interview"))
    queue_due(moment)
    db.session.commit()
    return messages("interview")[before:]


def test_panel_is_reminded_once_at_nine_the_working_day_before(hr: Client, mailed: None) -> None:
    recruitment = mixed()
    propose(hr, recruitment)
    eve = day_before(DAY)
    assert remind(at(day_before(eve), "12:00")) == []
    assert remind(at(eve, "08:59")) == []
    found = remind(at(eve, "09:00"))
    assert {message.recipient for message in found} == {"chair@example.org", "anna@example.org", "late@example.org"}
    bodies = {message.recipient: message.subject + message.body for message in found}
    for text in ("09.00–10.00, K1, Lokale 2", "10.15–11.15, K2", "/link/"):
        assert text in bodies["anna@example.org"]
    assert not mentions(bodies["late@example.org"], "K1") and "09.00" not in bodies["late@example.org"]
    assert "habil" in bodies["late@example.org"]
    assert not any("Navn" in body for body in bodies.values())
    assert remind(at(eve, "09:10")) == []
    assert remind(at(DAY, "09:00")) == []
    assert db.session.query(AuditEvent).filter_by(event="interviews.reminded").count() == 1


def test_whoever_waits_for_a_decision_is_not_asked_to_declare_again(hr: Client, mailed: None) -> None:
    recruitment = prepared(1)
    propose(hr, recruitment)
    bo = db.select(PanelMember.id).join(Person).where(Person.email == "bo@example.org").scalar_subquery()
    db.session.execute(db.update(Declaration).where(Declaration.member_id == bo).values(answer="doubt", kind="work"))
    db.session.commit()
    found = remind(at(day_before(DAY), "09:00"))
    assert {message.recipient for message in found} == {"chair@example.org", "anna@example.org"}


def test_monday_is_reminded_of_on_friday_and_a_holiday_is_passed_over(hr: Client, mailed: None) -> None:
    recruitment = prepared(1)
    monday = DAY + timedelta(days=7 - DAY.weekday())
    while not is_working_day(monday) or not is_working_day(monday - timedelta(days=3)):
        monday += timedelta(days=7)
    propose(hr, recruitment, first_day=monday.isoformat())
    for back, clock in ((1, "10:00"), (2, "10:00"), (4, "10:00")):
        assert remind(at(monday - timedelta(days=back), clock)) == []
    assert len(remind(at(monday - timedelta(days=3), "10:00"))) == 3


@pytest.mark.parametrize("why", ["withdrawn", "revealed", "called off", "no mail", "late in the day"])
def test_nobody_is_reminded_of_what_does_not_take_place(
    app: Flask, hr: Client, mailed: None, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    recruitment = prepared(1)
    propose(hr, recruitment)
    moment = at(day_before(DAY), "09:00")
    if why == "withdrawn":
        db.session.execute(db.update(Candidate).values(status="withdrawn"))
    if why == "revealed":
        db.session.get_one(Recruitment, recruitment.id).rounds[0].revealed_at = moment
    if why == "called off":
        db.session.get_one(Recruitment, recruitment.id).closed_at = moment
    if why == "no mail":
        monkeypatch.setitem(app.config, "SMTP_HOST", "")
    if why == "late in the day":
        moment = at(day_before(DAY), "17:01")
    db.session.commit()
    assert remind(moment) == []


def test_interview_that_is_moved_to_another_day_is_reminded_of_again(hr: Client, mailed: None) -> None:
    recruitment = prepared(2)
    propose(hr, recruitment)
    remind(at(day_before(DAY), "09:00"))
    after = next_working_day(DAY)
    hr.post(path(recruitment, f"/{slot_of('K1').id}"), data=edited(slot_of("K1"), starts="14:00"))
    assert remind(at(day_before(DAY), "09:30")) == []
    hr.post(path(recruitment, f"/{slot_of('K1').id}"), data=edited(slot_of("K1"), day=after.isoformat()))
    found = remind(at(DAY, "09:00"))
    assert len(found) == 3
    assert all("K1" in message.body and not mentions(message.body, "K2") for message in found)


def test_several_workers_remind_each_member_once(app: Flask, hr: Client, mailed: None) -> None:
    for number in range(3):
        recruitment = prepared(
            2,
            panel=[
                {"email": f"{name}{number}@example.org", "name": name, "role": role, "side": "peer"}
                for name, role in (("chair", "chair"), ("anna", "member"))
            ],
            impartiality=declared((f"chair{number}@example.org", f"anna{number}@example.org")),
        )
        propose(hr, recruitment)
    db.session.remove()
    moment, faults = at(day_before(DAY), "09:00"), []
    ready = threading.Barrier(5)

    def work() -> None:
        with app.app_context():
            try:
                ready.wait(timeout=20)
                queue_due(moment)
                db.session.commit()
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    workers = [threading.Thread(target=work) for _number in range(5)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert faults == []
    recipients = sorted(message.recipient for message in messages("interview"))
    assert recipients == sorted(f"{name}{number}@example.org" for name in ("chair", "anna") for number in range(3))
