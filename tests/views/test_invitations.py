"""Inviting a panel: by mail, or by a link that HR hands on; and what the page says of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import get_locale
from panels import NEW, Panel, mails
from sqlalchemy import select
from support import CASE, declared, make_person, signed_in

from recruit.audit import AuditEvent, now
from recruit.candidates.models import Candidate, Declaration
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.mail.models import Message
from recruit.panel import invitations
from recruit.recruitments.models import Recruitment

AHEAD = datetime(2096, 12, 3, 8, 0, tzinfo=UTC)
NAMES = ("Åse", "Ørsted", "Bent", "Æbelø")


def settle(**values: Any) -> None:
    """What came of every mail that waits."""
    db.session.execute(db.update(Message).values(**values))
    db.session.commit()


def plan(recruitment: Recruitment, *starts: datetime) -> None:
    """Interviews, one for a candidate; the page of them is not needed here."""
    ids = db.session.scalars(
        select(Candidate.id).where(Candidate.recruitment_id == recruitment.id).order_by(Candidate.id)
    )
    for candidate, at in zip(ids.all(), starts, strict=False):
        db.session.add(
            InterviewSlot(round_id=recruitment.rounds[0].id, candidate_id=candidate, starts_at=at, minutes=60, room="")
        )
    db.session.commit()


@pytest.mark.usefixtures("with_mail")
def test_whoever_is_seated_is_invited_and_comes_in_by_the_mail(app: Flask) -> None:
    panel = Panel(app, impartiality=declared())
    plan(panel.recruitment, AHEAD, AHEAD + timedelta(days=1, hours=4, minutes=30))
    assert panel.add().status_code == 302
    mail = mails()[0]
    assert (mail.kind, mail.recipient, mail.recruitment_id) == ("invitation", NEW["email"], panel.recruitment.id)
    assert mail.subject == "Ansættelsesudvalg: Leder af Havhuset"
    for expected in (
        "Kære Dorte Dam",
        "Hr inviterer dig til at sidde i ansættelsesudvalget for Leder af Havhuset, Børn og Unge.",
        "3. december 2096 fra kl. 09.00",
        "4. december 2096 fra kl. 13.30",
        "habil",
    ):
        assert expected in mail.body
    assert not [name for name in NAMES if name in mail.body + mail.subject]
    path = re.search(r"http://127.0.0.1:8000(/link/\S+)", mail.body)
    assert path is not None
    dorte = app.test_client()
    token = {"X-CSRFToken": "unused"}
    assert dorte.get(path[1], headers=token).status_code == 200
    assert "Invitationen bliver sendt" in panel.row(NEW["email"])
    events = db.session.scalars(select(AuditEvent.event)).all()
    assert {"member.added", "member.invited"} <= set(events)


@pytest.mark.usefixtures("with_mail")
def test_whoever_told_of_a_doubt_is_not_told_when_the_interviews_are(app: Flask) -> None:
    told = {"panelist": "bo@example.org", "candidate": "K1", "conflict": True}
    panel = Panel(app, impartiality=[told])
    db.session.execute(db.update(Declaration).values(answer="doubt"))
    db.session.commit()
    plan(panel.recruitment, AHEAD)
    panel.act("bo@example.org", "/invite")
    panel.act("anna@example.org", "/invite")
    doubtful, other = mails()
    assert "amtalerne" not in doubtful.body
    assert "Samtalerne er planlagt" in other.body


@pytest.mark.usefixtures("with_mail")
def test_invitation_tells_of_no_interview_that_is_over_or_not_held(app: Flask) -> None:
    panel = Panel(app, impartiality=declared())
    plan(panel.recruitment, now() - timedelta(days=1), AHEAD)
    panel.add()
    db.session.execute(db.update(Candidate).values(status="withdrawn"))
    db.session.commit()
    panel.add(email="ida@example.org")
    first, second = (mail.body for mail in mails())
    assert first.count(" fra kl. ") == 1 and "3. december 2096" in first
    assert "Samtalerne er ikke planlagt endnu." in second


@pytest.mark.usefixtures("with_mail")
def test_invitation_is_in_the_persons_language_else_the_recruitments(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations.mails, "invitation", lambda *_, **__: (str(get_locale()), "text"))
    make_person("dorte@example.org").language = "en"
    db.session.commit()
    panel = Panel(app)
    panel.add()
    panel.add(email="emil@example.org")
    english = Panel(app, recruitment=CASE["recruitment"] | {"language": "en"})
    english.add(email="frida@example.org")
    assert [(mail.recipient[0], mail.subject) for mail in mails()] == [("d", "en"), ("e", "da"), ("f", "en")]


@pytest.mark.usefixtures("with_mail")
def test_whoever_has_a_sign_in_of_their_own_gets_no_link(app: Flask) -> None:
    panel = Panel(app)
    make_person("auditor@example.org", "auditor")
    panel.add(email="auditor@example.org")
    assert "/link/" not in mails()[0].body
    assert f"http://127.0.0.1:8000/recruitments/{panel.recruitment.id}\n" in mails()[0].body


@pytest.mark.usefixtures("with_mail")
def test_nobody_shut_out_and_nobody_refused_is_invited(app: Flask) -> None:
    make_person("dorte@example.org").active = False
    db.session.commit()
    panel = Panel(app)
    assert panel.add().status_code == 302
    assert panel.add(email="anna@example.org").status_code == 400
    assert mails() == []
    assert "Kan ikke logge ind" in panel.row("dorte@example.org")
    assert panel.act("dorte@example.org", "/invite").status_code == 400


@pytest.mark.usefixtures("with_mail")
def test_case_file_invites_nobody(app: Flask) -> None:
    Panel(app)
    assert mails() == []


@pytest.mark.usefixtures("with_mail")
def test_row_says_what_became_of_the_invitation(app: Flask) -> None:
    panel = Panel(app, by="chair@example.org", impartiality=declared())
    assert "Har ikke logget ind endnu" in panel.row("anna@example.org")
    assert "Send invitation Anna" in panel.row("anna@example.org")
    assert panel.act("anna@example.org", "/invite").status_code == 302
    assert "Invitationen bliver sendt" in panel.row("anna@example.org")
    assert "Send invitation" not in panel.row("anna@example.org")
    settle(failure="connection", attempts=1, due_at=datetime(2026, 11, 24, 13, 30, tzinfo=UTC))
    waits = panel.row("anna@example.org")
    assert "Mailserveren svarer ikke. Vi prøver igen 24. november 2026 kl. 14.30. Sig det til it" in waits
    settle(failure="recipient")
    refused = panel.row("anna@example.org")
    assert "kender ikke modtageren" in refused
    assert "Vi prøver igen" not in refused
    assert "Send invitation" in refused
    settle(failure="", sent_at=datetime(2026, 11, 24, 14, 0, tzinfo=UTC), body="")
    sent = panel.row("anna@example.org")
    assert "Inviteret 24. november 2026 kl. 15.00" in sent
    assert "Send invitationen igen" in sent
    db.session.add(
        AuditEvent(at=now(), event="person.signed_in", actor_id=panel.member("anna@example.org").person_id, subject={})
    )
    db.session.commit()
    assert "Har logget ind" in panel.row("anna@example.org")
    assert "Har logget ind" not in panel.row("bo@example.org")


@pytest.mark.usefixtures("with_mail")
def test_member_sees_nothing_of_invitations(app: Flask) -> None:
    panel = Panel(app, impartiality=declared())
    panel.act("bo@example.org", "/invite")
    page = signed_in(app, "anna@example.org").get(panel.base).get_data(as_text=True)
    assert "nvit" not in page
    assert "logget ind" not in page


@pytest.mark.usefixtures("with_mail")
def test_other_mail_that_did_not_get_through_is_told_of_once(app: Flask) -> None:
    panel = Panel(app)
    for _time in range(2):
        db.session.add(
            Message(
                recruitment_id=panel.recruitment.id,
                kind="scorecard",
                recipient="anna@example.org",
                subject="x",
                body="x",
                created_at=now(),
                due_at=now(),
                attempts=1,
                failure="connection",
            )
        )
    db.session.commit()
    page = panel.page()
    assert "1 mail er ikke kommet frem" in page
    assert "Påmindelse om skemaer, Anna Andersen: Mailserveren svarer ikke." in page


@pytest.mark.usefixtures("with_mail")
def test_fourth_invitation_in_an_hour_is_refused(app: Flask) -> None:
    panel = Panel(app)
    answers = [panel.act("anna@example.org", "/invite").status_code for _time in range(4)]
    assert answers == [302, 302, 302, 400]
    assert len(mails()) == 3


def test_without_mail_hr_is_shown_a_link_once_and_the_chair_none(app: Flask) -> None:
    """A link signs in as the person, who may sit on panels that the chair of this one has nothing to do with."""
    panel = Panel(app, impartiality=declared())
    assert "HR kan lave et link" not in panel.page()
    assert panel.act("bo@example.org", "/invite").status_code == 400
    answer = panel.act("bo@example.org", "/link")
    link = re.search(r"http://127.0.0.1:8000/link/\S+?(?=<)", answer.get_data(as_text=True))
    assert link is not None
    assert link[0] not in panel.page()
    chair = Panel(app, by="chair@example.org", impartiality=declared())
    assert chair.act("bo@example.org", "/link").status_code == 403
    assert "HR kan lave et link" in chair.page()


@pytest.mark.usefixtures("with_mail")
def test_whoever_is_taken_out_gets_no_invitation_any_more(app: Flask) -> None:
    panel = Panel(app)
    panel.act("anna@example.org", "/invite")
    panel.act("bo@example.org", "/invite")
    assert panel.act("anna@example.org", "/remove").status_code == 302
    assert [mail.recipient for mail in mails()] == ["bo@example.org"]
