"""Links that sign a panel member in: once, for seven days; and asking for one at the sign-in page."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from flask import Flask
from links import answer, ask, browser, mailed, stored
from sqlalchemy import func, select
from support import case, counted_queries, declared, load, make_person, signed_in

from recruit.accounts.models import SignInLink
from recruit.accounts.sign_in_links import mailed_address, use_link
from recruit.audit import AuditEvent, now
from recruit.extensions import db
from recruit.mail.models import Message
from recruit.mail.rules import REQUEST

PASSWORD = "fire ord om ledelse"


def test_link_signs_in_once_and_leads_on(app: Flask) -> None:
    person = make_person("ida@example.org")
    path = mailed(person) + "&x=1"
    client = browser(app)
    page = client.get(path)
    assert "Velkommen, Ida" in page.get_data(as_text=True)
    assert client.post(path).location == "/"
    assert client.get("/me").status_code == 200
    assert "person.signed_in" in db.session.scalars(select(AuditEvent.event)).all()
    again = browser(app).post(path)
    assert again.status_code == 400
    assert "Linket virker ikke" in again.get_data(as_text=True)


def test_program_that_opens_links_uses_nothing_up(app: Flask) -> None:
    path = mailed(make_person("ida@example.org"))
    for _time in range(3):
        assert browser(app).get(path).status_code == 200
        assert browser(app).head(path).status_code == 200
    client = browser(app)
    assert client.post(path).status_code == 302
    assert client.get("/me").status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_link_leads_nowhere_but_here(app: Flask, target: str) -> None:
    path = mailed(make_person("ida@example.org")).partition("?")[0]
    assert browser(app).post(path, query_string={"next": target}).location == "/"


def test_only_the_hash_of_a_token_is_kept(app: Flask) -> None:
    path = mailed(make_person("ida@example.org"))
    token = path.removeprefix("/link/").partition("?")[0]
    assert len(token) >= 43  # 32 bytes
    rows = db.session.execute(select(SignInLink.__table__)).all()
    assert len(rows) == 1
    assert token not in repr(rows)


def test_link_is_too_old_after_seven_days(app: Flask) -> None:
    path = mailed(make_person("ida@example.org"))
    link = db.session.scalars(select(SignInLink)).one()
    assert link.expires_at - link.created_at == timedelta(days=7)
    link.expires_at = now() - timedelta(seconds=1)
    db.session.commit()
    assert browser(app).get(path).status_code == 400
    assert browser(app).post(path).status_code == 400


def test_made_up_link_opens_nothing(app: Flask) -> None:
    page = browser(app).get("/link/" + "x" * 43)
    assert page.status_code == 400
    assert "Bed HR om et nyt link" in page.get_data(as_text=True)
    assert browser(app).post("/link/" + "x" * 43 + "/again").status_code == 404


def test_link_of_somebody_shut_out_opens_nothing(app: Flask) -> None:
    path = mailed(make_person("ida@example.org"))
    stored("ida@example.org").active = False
    db.session.commit()
    assert browser(app).post(path).status_code == 400


def test_whoever_is_signed_in_comes_through_by_the_old_mail(app: Flask) -> None:
    recruitment = load(case(impartiality=declared()))
    anna = stored("anna@example.org")
    address = mailed_address(anna, "overview.recruitment", recruitment_id=recruitment.id)
    db.session.commit()
    path = address.removeprefix("http://127.0.0.1:8000")
    client = browser(app)
    assert client.post(path).location == f"/recruitments/{recruitment.id}"
    assert client.get(path).location == f"/recruitments/{recruitment.id}"
    assert "Linket virker ikke" in signed_in(app, "bo@example.org").get(path).get_data(as_text=True)


def test_many_at_once_use_a_link_once(app: Flask) -> None:
    token = mailed(make_person("ida@example.org")).removeprefix("/link/").partition("?")[0]
    start, won = threading.Barrier(4), []

    def use() -> None:
        with app.app_context():
            start.wait()
            person = use_link(token)
            db.session.commit()
            won.append(person is not None)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(won) == [False, False, False, True]


# Asking for a link at the sign-in page


@pytest.mark.usefixtures("with_mail")
def test_who_asks_gets_a_link_that_leads_where_they_wanted(app: Flask) -> None:
    recruitment = load(case(impartiality=declared()))
    client = browser(app)
    asked = client.get(f"/recruitments/{recruitment.id}").location
    page = client.get(asked).get_data(as_text=True)
    target = re.search(r'name="link-next"[^>]*value="([^"]+)"', page)
    assert target is not None
    client.post("/sign-in/link", data={"link-email": " ANNA@Example.org", "link-next": target[1]})
    mail = answer()[0]
    assert mail.recipient == "anna@example.org"
    found = re.search(r"http://127.0.0.1:8000(/link/\S+)", mail.body)
    assert found is not None
    assert client.post(found[1]).location == f"/recruitments/{recruitment.id}"


@pytest.mark.usefixtures("with_mail")
def test_answer_and_work_are_the_same_whoever_the_address_belongs_to(app: Flask) -> None:
    """Nobody learns who has an account: not from the page, and not from the time, because nothing else is done."""
    make_person("ida@example.org")
    make_person("gone@example.org").active = False
    db.session.commit()
    pages, works = set(), set()
    for email in ("ida@example.org", "gone@example.org", "nobody@example.org"):
        with counted_queries() as statements:
            page = ask(app, email)
        pages.add(re.sub(r'(content|value)="[\w.-]{40,}"', "token", page).replace(email, "email"))
        works.add(tuple(statements))
    assert len(pages) == len(works) == 1
    assert [mail.recipient for mail in answer()] == ["ida@example.org"]
    assert db.session.scalar(select(func.count(Message.id)).where(Message.kind == REQUEST)) == 0


@pytest.mark.usefixtures("with_mail")
def test_nobody_gets_more_than_three_unused_links_an_hour(app: Flask) -> None:
    make_person("ida@example.org")
    for _time in range(5):
        ask(app, "ida@example.org")
        answer()
    assert len(answer()) == 3
    db.session.execute(db.update(SignInLink).values(created_at=now() - timedelta(minutes=61)))
    db.session.execute(db.update(Message).values(created_at=now() - timedelta(minutes=61)))
    db.session.commit()
    ask(app, "ida@example.org")
    assert len(answer()) == 4


@pytest.mark.usefixtures("with_mail")
def test_who_asks_ten_times_before_the_answer_gets_one(app: Flask) -> None:
    make_person("ida@example.org")
    for _time in range(10):
        ask(app, "ida@example.org")
    assert len(answer()) == 1


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("role", ["hr", "auditor"])
def test_who_has_a_role_chooses_a_new_password_by_mail(app: Flask, role: str) -> None:
    make_person("ida@example.org", role)
    for _time in range(4):
        ask(app, "ida@example.org")
        answer()
    mails = answer()
    assert len(mails) == 3
    path = re.search(r"/welcome/\S+", mails[0].body)
    assert path is not None
    chosen = browser(app).post(path[0], data={"password": PASSWORD, "again": PASSWORD})
    assert chosen.status_code == 302
    assert db.session.scalar(select(func.count(SignInLink.id))) == 0


@pytest.mark.usefixtures("with_mail")
def test_used_link_offers_a_new_one_to_the_same_address(app: Flask) -> None:
    make_person("ida@example.org")
    ask(app, "ida@example.org")
    path = re.search(r"/link/[\w-]+", answer()[0].body)
    assert path is not None
    browser(app).post(path[0])
    later = browser(app)
    assert "Send mig et nyt link" in later.get(path[0]).get_data(as_text=True)
    page = later.post(path[0] + "/again").get_data(as_text=True)
    assert "på vej" in page
    assert "ida@example.org" not in page
    assert [mail.recipient for mail in answer()] == ["ida@example.org"] * 2


def test_nothing_can_be_asked_for_without_mail(app: Flask) -> None:
    assert "Send mig et link" not in browser(app).get("/sign-in").get_data(as_text=True)
    assert browser(app).post("/sign-in/link", data={"link-email": "ida@example.org"}).status_code == 404


@pytest.mark.usefixtures("with_mail")
def test_what_is_no_address_is_refused_and_kept(app: Flask) -> None:
    found = browser(app).post("/sign-in/link", data={"link-email": "ikke en adresse"})
    assert found.status_code == 400
    assert 'value="ikke en adresse"' in found.get_data(as_text=True)
