"""The people of the small case at one table, each with a browser."""

from __future__ import annotations

from typing import Any

from doors import ids_of
from flask import Flask
from support import Client, case, declared, load, signed_in

from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.recruitments.service import load_recruitment
from recruit.scoring.models import Scorecard
from recruit.scoring.service import load_card


class Table:
    """A locked round at which everybody has declared, and somebody's card on K1."""

    def __init__(self, app: Flask, email: str = "anna@example.org", **changes: Any) -> None:
        self.recruitment = load(case(**({"impartiality": declared(), "locked": [1]} | changes)))
        self.ids = ids_of(self.recruitment).values
        self.base = f"/recruitments/{self.recruitment.id}/rounds/1"
        self.path = f"{self.base}/scorecards/{self.ids['candidate_id']}"
        self.criteria = [criterion.id for criterion in self.recruitment.criteria]
        self.client: Client = signed_in(app, email)
        self.email = email

    def put(self, criterion: int, **values: Any) -> Any:
        return self.client.put(f"{self.path}/ratings/{criterion}", json=values)

    def rate_all(self) -> None:
        for criterion in self.criteria:
            assert self.put(criterion, score=4, evidence="sagde noget", version=0).status_code == 200

    def card(self) -> Scorecard | None:
        db.session.expire_all()
        recruitment = load_recruitment(self.recruitment.id)
        assert recruitment is not None
        member = next(item for item in load_members(recruitment) if item.person.email == self.email)
        return load_card(recruitment.rounds[0], member, int(self.ids["candidate_id"]))
