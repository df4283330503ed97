"""Links that sign in, as tests get hold of them."""

from __future__ import annotations

import re
from datetime import datetime

from flask import Flask
from sqlalchemy import select
from support import Client, signed_in

from recruit.accounts.models import Person
from recruit.accounts.service import find_person
from recruit.accounts.sign_in_links import answer_requests, mailed_address
from recruit.audit import now
from recruit.extensions import db
from recruit.mail.models import Message


def browser(app: Flask) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client


def stored(email: str) -> Person:
    db.session.rollback()
    db.session.expire_all()
    person = find_person(email)
    assert person is not None
    return person


def mailed(person: Person) -> str:
    """The path of a link as a mail to the person holds it."""
    address = mailed_address(person, "overview.home")
    db.session.commit()
    return address.removeprefix("http://127.0.0.1:8000")


def handed(app: Flask, email: str) -> str:
    """The path of the link that HR is shown on the page of people."""
    page = signed_in(app, "hr@example.org").post(f"/people/{stored(email).id}/link").get_data(as_text=True)
    found = re.search(r"/link/[^\s<]+", page)
    assert found is not None, page
    return found[0]


def answer(at: datetime | None = None) -> list[Message]:
    """Answers what was asked for. The links that were mailed."""
    answer_requests(at or now())
    db.session.commit()
    return list(db.session.scalars(select(Message).where(Message.kind == "link").order_by(Message.id)))


def ask(app: Flask, email: str) -> str:
    found = browser(app).post("/sign-in/link", data={"link-email": email})
    assert found.status_code == 200
    return str(found.get_data(as_text=True))
