"""A panel, as tests work on it."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlalchemy import select
from support import case, load, make_person, signed_in

from recruit.accounts.service import find_person
from recruit.extensions import db
from recruit.mail.models import Message
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Recruitment

NEW = {"name": "Dorte Dam", "email": "dorte@example.org", "role": "member", "side": "union"}


class Panel:
    """A recruitment, and whoever works on its panel."""

    def __init__(self, app: Flask, by: str = "hr@example.org", **changes: Any) -> None:
        self.recruitment: Recruitment = load(case(**changes))
        self.base = f"/recruitments/{self.recruitment.id}/panel"
        if find_person("hr@example.org") is None:
            make_person("hr@example.org", "hr")
        self.client = signed_in(app, by)

    def member(self, email: str) -> PanelMember:
        db.session.rollback()
        db.session.expire_all()
        person = find_person(email)
        assert person is not None
        query = select(PanelMember).where(
            PanelMember.recruitment_id == self.recruitment.id, PanelMember.person_id == person.id
        )
        return db.session.scalars(query).one()

    def add(self, **values: str) -> Any:
        return self.client.post(self.base, data=NEW | values)

    def act(self, who: str, action: str, **values: str) -> Any:
        return self.client.post(f"{self.base}/{self.member(who).id}{action}", data=values)

    def page(self) -> str:
        return str(self.client.get(self.base).get_data(as_text=True))

    def row(self, email: str) -> str:
        found = re.search(rf'<li class="row">(?:(?!<li).)*{re.escape(email)}.*?</li>', self.page(), re.DOTALL)
        assert found is not None
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def mails() -> list[Message]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Message).order_by(Message.id)))
