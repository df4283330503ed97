"""Signing in, links with which HR and auditors choose a password, and the people whom HR looks after."""

from __future__ import annotations

import re
from typing import Any

import pytest
from argon2 import PasswordHasher, Type
from flask import Flask
from support import Client, case, load, make_person, signed_in

from recruit.accounts.models import Person
from recruit.accounts.service import find_person, set_password
from recruit.audit import AuditEvent
from recruit.extensions import db

PASSWORD = "fire ord om ledelse"
ANOTHER = "helt andre ord i dag"


def browser(app: Flask) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client


def with_password(email: str = "karen@example.org", role: str | None = "hr") -> Person:
    person = make_person(email, role)
    set_password(person, PASSWORD, actor=None)
    db.session.commit()
    return person


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def stored(email: str) -> Person:
    db.session.expire_all()
    person = find_person(email)
    assert person is not None
    return person


def link_for(app: Flask, email: str) -> str:
    """The path of the single-use link that HR is shown."""
    person = stored(email)
    page = signed_in(app, "hr@example.org").post(f"/people/{person.id}/link").get_data(as_text=True)
    found = re.search(r"(/welcome/[^\s<]+)", page)
    assert found is not None
    return found[1]


def test_passwords_cost_what_owasp_asks_at_least(cheap_passwords: PasswordHasher) -> None:
    """OWASP, Password Storage Cheat Sheet: Argon2id with 19 MiB of memory, two passes, one lane, or more."""
    own = cheap_passwords
    assert own.type is Type.ID
    assert own.memory_cost >= 19 * 1024 and own.time_cost >= 2 and own.parallelism >= 1


@pytest.mark.parametrize("email", ["karen@example.org", " KAREN@Example.ORG "])
def test_right_password_signs_in(app: Flask, email: str) -> None:
    with_password()
    client = browser(app)
    answer = sign_in(client, email)
    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/people").status_code == 200
    assert "person.signed_in" in db.session.scalars(db.select(AuditEvent.event)).all()


def test_every_failed_sign_in_gets_one_and_the_same_answer(app: Flask) -> None:
    """Nobody learns from the page who has an account."""
    with_password()
    with_password("gone@example.org").active = False
    make_person("never@example.org")
    db.session.commit()
    pages = set()
    tries = [("karen@example.org", "forkert adgangskode")]
    tries += [(email, PASSWORD) for email in ("nobody@example.org", "gone@example.org", "never@example.org")]
    for email, password in tries:
        client = browser(app)
        answer = sign_in(client, email, password)
        assert answer.status_code == 400
        page = answer.get_data(as_text=True)
        assert "passer ikke sammen" in page
        pages.add(re.sub(r'(content|value)="[\w.-]{40,}"', "token", page).replace(email, "email"))
        assert client.get("/").location.startswith("/sign-in")
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/people?x=1", "/people?x=1"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("/\n//evil.example", "/"),
        ("/here\r\nSet-Cookie: a=b", "/"),
        ("//[", "/"),
        ("javascript:alert(1)", "/"),
        ("people", "/"),
        ("", "/"),
    ],
)
def test_sign_in_leads_on_only_within_this_server(app: Flask, target: str, expected: str) -> None:
    with_password()
    assert sign_in(browser(app), "karen@example.org", next=target).location == expected
    client = signed_in(app, "karen@example.org")
    assert client.post("/language", data={"language": "en", "next": target}).location == expected


def test_asked_page_is_where_the_sign_in_leads(app: Flask) -> None:
    with_password()
    client = browser(app)
    asked = client.get("/people?side=2")
    assert asked.location == "/sign-in?next=/people?side%3D2"
    assert 'value="/people?side=2"' in client.get(asked.location).get_data(as_text=True)


def test_old_sessions_end_with_a_new_password(app: Flask) -> None:
    with_password()
    old = signed_in(app, "karen@example.org")
    assert old.get("/people").status_code == 200
    set_password(stored("karen@example.org"), ANOTHER, actor=None)
    db.session.commit()
    assert old.get("/people").location.startswith("/sign-in")
    assert sign_in(browser(app), "karen@example.org", PASSWORD).status_code == 400
    assert sign_in(browser(app), "karen@example.org", ANOTHER).status_code == 302


def test_person_who_is_shut_out_is_out_at_once(app: Flask) -> None:
    with_password()
    make_person("hr@example.org", "hr")
    open_session = signed_in(app, "karen@example.org")
    assert open_session.get("/people").status_code == 200
    person = stored("karen@example.org")
    signed_in(app, "hr@example.org").post(f"/people/{person.id}", data={"name": "Karen", "role": "hr"})
    assert stored("karen@example.org").active is False
    assert open_session.get("/people").location.startswith("/sign-in")


def test_sign_out_ends_the_session_and_keeps_the_language(app: Flask) -> None:
    with_password()
    client = signed_in(app, "karen@example.org")
    client.post("/language", data={"language": "en"})
    assert client.post("/sign-out").location == "/sign-in"
    assert client.get("/people").location.startswith("/sign-in")
    page = client.get("/sign-in").get_data(as_text=True)
    assert '<html lang="en">' in page


def test_link_works_once_and_signs_in(app: Flask) -> None:
    make_person("hr@example.org", "hr")
    make_person("ny@example.org", "hr")
    path = link_for(app, "ny@example.org")
    client = browser(app)
    assert "ny@example.org" in client.get(path).get_data(as_text=True)
    answer = client.post(path, data={"password": PASSWORD, "again": PASSWORD})
    assert answer.location == "/"
    assert client.get("/").status_code == 200
    again = browser(app).post(path, data={"password": ANOTHER, "again": ANOTHER})
    assert again.status_code == 400
    assert "allerede brugt" in again.get_data(as_text=True)
    assert sign_in(browser(app), "ny@example.org", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("kort", "kort", "mellem 12 og 200 tegn"),
        ("ny@example.org", "ny@example.org", "for let at gætte"),
        ("abababababab", "abababababab", "for let at gætte"),
        (PASSWORD, ANOTHER, "ikke ens"),
        ("x" * 201, "x" * 201, "højst have 200 tegn"),
    ],
)
def test_password_that_will_not_do_is_refused_and_the_link_still_works(
    app: Flask, password: str, again: str, words: str
) -> None:
    make_person("hr@example.org", "hr")
    make_person("ny@example.org", "hr")
    path = link_for(app, "ny@example.org")
    answer = browser(app).post(path, data={"password": password, "again": again})
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)
    assert stored("ny@example.org").password_hash is None
    assert browser(app).post(path, data={"password": PASSWORD, "again": PASSWORD}).status_code == 302


def test_forged_link_opens_nothing(app: Flask) -> None:
    make_person("hr@example.org", "hr")
    make_person("ny@example.org", "hr")
    path = link_for(app, "ny@example.org")
    assert browser(app).get(path[:-2] + ("AA" if path[-2:] != "AA" else "BB")).status_code == 400
    assert browser(app).get("/welcome/slet-ikke-et-link").status_code == 400


def test_link_of_somebody_shut_out_opens_nothing(app: Flask) -> None:
    make_person("hr@example.org", "hr")
    make_person("ny@example.org", "hr")
    path = link_for(app, "ny@example.org")
    stored("ny@example.org").active = False
    db.session.commit()
    assert browser(app).get(path).status_code == 400


@pytest.mark.parametrize("role", [None, "hr"])
def test_no_link_is_made_for_somebody_shut_out(app: Flask, monkeypatch: pytest.MonkeyPatch, role: str | None) -> None:
    make_person("hr@example.org", "hr")
    person = make_person("ny@example.org", role)
    person.active = False
    db.session.commit()
    hr = signed_in(app, "hr@example.org")
    for host in ("", "mail.example"):
        monkeypatch.setitem(app.config, "SMTP_HOST", host)
        answer = hr.post(f"/people/{person.id}/link")
        assert answer.status_code == 400
        assert "kan ikke logge ind" in answer.get_data(as_text=True)


@pytest.mark.parametrize("values", [{"role": "", "active": "y"}, {"role": "auditor", "active": "y"}, {"role": "hr"}])
def test_hr_cannot_shut_itself_out(app: Flask, values: dict[str, str]) -> None:
    person = make_person("hr@example.org", "hr")
    path = f"/people/{person.id}"
    answer = signed_in(app, "hr@example.org").post(path, data={"name": "Hanne", **values})
    assert answer.status_code == 400
    assert "din egen rolle" in answer.get_data(as_text=True)
    kept = stored("hr@example.org")
    assert (kept.role, kept.active) == ("hr", True)
    own_name = signed_in(app, "hr@example.org").post(path, data={"name": "Hanne", "role": "hr", "active": "y"})
    assert own_name.status_code == 302
    assert stored("hr@example.org").name == "Hanne"


def test_new_person_is_made_once_whatever_the_letters(app: Flask) -> None:
    make_person("hr@example.org", "hr")
    hr = signed_in(app, "hr@example.org")
    values = {"name": "Ny Revisor", "email": "Ny@Example.org", "role": "auditor"}
    assert hr.post("/people", data=values).status_code == 302
    assert stored("ny@example.org").role == "auditor"
    again = hr.post("/people", data=values | {"name": "En anden", "email": "NY@example.ORG"})
    assert again.status_code == 400
    page = again.get_data(as_text=True)
    assert "findes allerede" in page
    assert 'value="En anden"' in page
    assert stored("ny@example.org").name == "Ny Revisor"


@pytest.mark.parametrize("values", [{"email": "ikke en adresse"}, {"role": "chair"}, {"name": " "}], ids=str)
def test_person_that_cannot_be_is_refused(app: Flask, values: dict[str, str]) -> None:
    make_person("hr@example.org", "hr")
    sent = {"name": "Ny", "email": "ny@example.org", "role": ""} | values
    assert signed_in(app, "hr@example.org").post("/people", data=sent).status_code == 400
    assert db.session.scalar(db.select(db.func.count(Person.id))) == 1


def test_change_of_a_person_holds_in_the_recruitments(app: Flask) -> None:
    recruitment = load(case())
    make_person("hr@example.org", "hr")
    hr = signed_in(app, "hr@example.org")
    anna = stored("anna@example.org")
    hr.post(f"/people/{anna.id}", data={"name": "Anna Ny-Navn", "role": "", "active": "y"})
    assert "Anna Ny-Navn" in hr.get(f"/recruitments/{recruitment.id}/panel").get_data(as_text=True)
    assert hr.get("/people/999").status_code == 404
