"""Links that HR hands on, never a way to what a member has written; one's own account; a changed address."""

from __future__ import annotations

import pytest
from flask import Flask
from links import answer, ask, browser, handed, mailed, stored
from sqlalchemy import func, select
from support import CASE, KEYS, card, case, declared, full_case, load, make_person, signed_in

from recruit.accounts.service import change_email, set_password
from recruit.accounts.sign_in_links import handed_address
from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember

PASSWORD = "fire ord om ledelse"


def test_handed_link_ends_every_other_session(app: Flask) -> None:
    """HR who keeps one link and gives another away is out when the other is used."""
    make_person("hr@example.org", "hr")
    make_person("ida@example.org")
    kept, given = handed(app, "ida@example.org"), handed(app, "ida@example.org")
    peeping = browser(app)
    assert peeping.post(kept).status_code == 302
    assert peeping.get("/me").status_code == 200
    assert browser(app).post(given).status_code == 400  # the one that was not used first is void
    ida = browser(app)
    assert ida.post(handed(app, "ida@example.org")).status_code == 302
    assert ida.get("/me").status_code == 200
    assert peeping.get("/me").location.startswith("/sign-in")


def test_mailed_links_sign_in_on_two_devices(app: Flask) -> None:
    person = make_person("ida@example.org")
    first, second = mailed(person), mailed(stored("ida@example.org"))
    phone, laptop = browser(app), browser(app)
    assert phone.post(first).status_code == laptop.post(second).status_code == 302
    assert phone.get("/me").status_code == laptop.get("/me").status_code == 200


def test_handed_link_from_before_does_not_open_what_is_written_since(app: Flask) -> None:
    """Rule 1: HR makes a link while nothing is written, keeps it, and comes back when there is."""
    load(case(impartiality=declared(), locked=[1]))
    make_person("hr@example.org", "hr")
    kept = handed(app, "anna@example.org")
    draft = card("anna@example.org", "K1", dict.fromkeys(KEYS, 4), submitted=False)
    load(case(impartiality=declared(), scorecards=[draft]))
    answer_ = browser(app).post(kept)
    assert answer_.status_code == 400
    assert browser(app).get(kept).status_code == 400
    db.session.rollback()
    with pytest.raises(RuleBroken, match="ikke er afsløret"):
        handed_address(stored("anna@example.org"), actor=stored("hr@example.org"))


def test_kept_link_to_choose_a_password_does_not_open_what_is_written_since(app: Flask) -> None:
    people = [*CASE["panel"], {"email": "hr2@example.org", "name": "Hanne", "role": "member", "side": "hr"}]
    make_person("hr@example.org", "hr")
    make_person("hr2@example.org", "hr")
    db.session.commit()
    address = handed_address(stored("hr2@example.org"), actor=stored("hr@example.org"))
    db.session.commit()
    kept = address.removeprefix("http://127.0.0.1:8000")
    assert browser(app).get(kept).status_code == 200
    draft = card("hr2@example.org", "K1", dict.fromkeys(KEYS, 4), submitted=False)
    emails = tuple(person["email"] for person in people)
    load(case(panel=people, impartiality=declared(emails), scorecards=[draft]))
    assert browser(app).post(kept, data={"password": PASSWORD, "again": PASSWORD}).status_code == 400
    own = handed_address(stored("hr2@example.org"), actor=None).removeprefix("http://127.0.0.1:8000")
    db.session.commit()
    assert browser(app).get(own).status_code == 200  # the server's own command line


def test_ratings_of_applications_are_hidden_as_well(app: Flask) -> None:
    recruitment = load(case(impartiality=declared()))
    make_person("hr@example.org", "hr")
    tables = db.metadata.tables
    anna = stored("anna@example.org")
    rating = {
        "member_id": db.session.scalar(select(PanelMember.id).where(PanelMember.person_id == anna.id)),
        "candidate_id": db.session.scalar(select(func.min(Candidate.id))),
        "criterion_id": recruitment.criteria[0].id,
    }
    sift = tables["sift"]
    db.session.execute(sift.insert().values(recruitment_id=recruitment.id, opened_at=now(), version=1))
    db.session.execute(tables["sift_rating"].insert().values(answer="yes", saved_at=now(), version=1, **rating))
    db.session.commit()
    hr, path = signed_in(app, "hr@example.org"), f"/people/{anna.id}/link"
    assert hr.post(path).status_code == 400
    db.session.execute(sift.update().values(revealed_at=now()))
    db.session.commit()
    assert hr.post(path).status_code == 200


def test_hr_makes_a_link_again_after_the_reveal(app: Flask) -> None:
    load(full_case(revealed=[1]))
    make_person("hr@example.org", "hr")
    assert browser(app).post(handed(app, "anna@example.org")).status_code == 302


@pytest.mark.usefixtures("with_mail")
def test_with_mail_the_link_goes_to_its_person_and_is_shown_to_nobody(app: Flask) -> None:
    make_person("hr@example.org", "hr")
    ida = make_person("ida@example.org")
    found = signed_in(app, "hr@example.org").post(f"/people/{ida.id}/link", follow_redirects=True)
    page = found.get_data(as_text=True)
    assert "på vej til ida@example.org" in page
    assert "/link/" not in page.replace(f"/people/{ida.id}/link", "")
    assert [mail.recipient for mail in answer()] == ["ida@example.org"]
    with pytest.raises(RuleBroken, match="sendes på mail"):
        handed_address(stored("ida@example.org"), actor=stored("hr@example.org"))


def test_whoever_has_a_password_is_handed_a_link_to_choose_a_new_one(app: Flask) -> None:
    """They will notice that the old one no longer works, if it was not they who used it."""
    make_person("hr@example.org", "hr")
    set_password(make_person("ida@example.org"), PASSWORD, actor=None)
    db.session.commit()
    page = signed_in(app, "hr@example.org").post(f"/people/{stored('ida@example.org').id}/link")
    assert "/welcome/" in page.get_data(as_text=True)


# One's own account, and a changed address


def test_member_may_choose_a_password_and_keeps_working(app: Flask) -> None:
    person = make_person("ida@example.org")
    path, other = mailed(person), mailed(stored("ida@example.org"))
    client, elsewhere = browser(app), browser(app)
    client.post(path)
    elsewhere.sign_in("ida@example.org")
    chosen = {"password": PASSWORD, "again": PASSWORD}
    assert client.post("/me", data=chosen).status_code == 302
    assert client.get("/me").status_code == 200
    assert elsewhere.get("/me").location.startswith("/sign-in")
    assert browser(app).post(other).status_code == 400
    assert browser(app).post("/sign-in", data={"email": "ida@example.org", "password": PASSWORD}).status_code == 302


def test_new_password_asks_for_the_old_one_unless_the_mailbox_was_shown(app: Flask) -> None:
    person = make_person("ida@example.org")
    set_password(person, PASSWORD, actor=None)
    db.session.commit()
    client = signed_in(app, "ida@example.org")
    new = "helt andre ord i dag"
    assert client.post("/me", data={"password": new, "again": new}).status_code == 400
    wrong = client.post("/me", data={"current": new, "password": new, "again": new})
    assert wrong.status_code == 400
    assert "ikke din nuværende" in wrong.get_data(as_text=True)
    assert client.post("/me", data={"current": PASSWORD, "password": "kort", "again": "kort"}).status_code == 400
    assert client.post("/me", data={"current": PASSWORD, "password": new, "again": new}).status_code == 302
    by_link = browser(app)
    by_link.post(mailed(stored("ida@example.org")))
    assert by_link.post("/me", data={"password": PASSWORD, "again": PASSWORD}).status_code == 302


@pytest.mark.usefixtures("with_mail")
def test_changed_address_voids_what_went_to_the_old_one(app: Flask) -> None:
    hr, ida = make_person("hr@example.org", "hr"), make_person("ida@example.org")
    path = mailed(ida)
    ask(app, "ida@example.org")
    assert [mail.recipient for mail in answer()] == ["ida@example.org"]
    change_email(stored("ida@example.org"), "ida.dam@example.org", actor=hr)
    db.session.commit()
    assert browser(app).post(path).status_code == 400
    assert answer() == []
    db.session.commit()
    with pytest.raises(RuleBroken, match="en anden bruger"):
        change_email(stored("ida.dam@example.org"), "hr@example.org", actor=hr)


def test_address_is_fixed_once_it_was_used_or_something_is_written(app: Flask) -> None:
    hr, ida = make_person("hr@example.org", "hr"), make_person("ida@example.org")
    browser(app).post(mailed(ida))
    with pytest.raises(RuleBroken, match="bruger allerede sin konto"):
        change_email(stored("ida@example.org"), "ida.dam@example.org", actor=hr)
    load(case(impartiality=declared(), scorecards=[card("anna@example.org", "K1", {}, submitted=False)]))
    with pytest.raises(RuleBroken, match="ikke er afsløret"):
        change_email(stored("anna@example.org"), "mit@example.org", actor=hr)
