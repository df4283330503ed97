"""A panel and its rounds, midway: what those who join and leave meet."""

from __future__ import annotations

import html
from typing import Any

from flask import Flask
from support import CASE, Client, full_case, load, make_person, signed_in

from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import load_recruitment
from recruit.scoring.progress import progress

NEW = "ny@example.org"
SUBSTITUTE = {"email": "sub@example.org", "name": "Sus Suppleant", "role": "substitute", "side": "peer"}
TWO_ROUNDS = [CASE["rounds"][0], {"number": 2, "name": "2. samtale", "candidates": ["K1"]}]


class Panel:
    """A recruitment and those who sit in it, by the first part of their addresses."""

    def __init__(self, app: Flask, values: dict[str, Any]) -> None:
        self.app = app
        make_person("hr@example.org", "hr")
        self.id = load(values).id
        self.base = f"/recruitments/{self.id}"

    @property
    def recruitment(self) -> Recruitment:
        db.session.expire_all()
        found = load_recruitment(self.id)
        assert found is not None
        return found

    def as_(self, name: str) -> Client:
        return signed_in(self.app, f"{name}@example.org")

    def member(self, name: str) -> PanelMember:
        return next(row for row in load_members(self.recruitment) if row.person.email == f"{name}@example.org")

    def candidate(self, ref: str) -> int:
        return db.session.scalars(db.select(Candidate.id).where(Candidate.ref == ref)).one()

    def states(self, name: str, number: int = 1) -> dict[str, str]:
        recruitment = self.recruitment
        found = progress(recruitment, recruitment.rounds[number - 1])
        return {item.ref: found.states[self.member(name).id, item.id] for item in found.candidates}

    def overview(self, name: str, number: int = 1) -> str:
        answer = self.as_(name).get(f"{self.base}/rounds/{number}/scorecards")
        assert answer.status_code == 200
        return html.unescape(answer.get_data(as_text=True))

    def add(self, role: str = "member") -> None:
        values = {"name": "Ny Nielsen", "email": NEW, "role": role, "side": "employee"}
        assert self.as_("hr").post(f"{self.base}/panel", data=values).status_code == 302
        self.declare("ny")

    def step_in(self) -> None:
        path = f"{self.base}/panel/{self.member('sub').id}/step-in"
        assert self.as_("hr").post(path).status_code == 302

    def declare(self, name: str) -> None:
        answers = {f"answer-{row}": "none" for row in db.session.scalars(db.select(Candidate.id))}
        assert self.as_(name).post(f"{self.base}/impartiality", data=answers).status_code == 302

    def rate(self, name: str, ref: str, number: int = 1) -> int:
        path = f"{self.base}/rounds/{number}/scorecards/{self.candidate(ref)}"
        values: dict[str, str] = {"action": "submit"}
        for criterion in self.recruitment.criteria:
            values |= {f"rating-{criterion.id}": "3", f"evidence-{criterion.id}": f"{name} hørte noget"}
        return self.as_(name).post(path, data=values).status_code

    def reveal(self, name: str = "chair", number: int = 1) -> int:
        return self.as_(name).post(f"{self.base}/rounds/{number}/reveal").status_code


def full_panel(app: Flask, **changes: Any) -> Panel:
    """Everybody has handed in everything in round 1; nothing is revealed."""
    return Panel(app, full_case(**({"locked": [1]} | changes)))
