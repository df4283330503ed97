"""An interview guide under test."""

from __future__ import annotations

from html import unescape
from typing import Any

from flask import Flask
from support import case, declared, load, make_person, signed_in

from recruit.accounts.service import find_person
from recruit.audit import AuditEvent, now
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.panel.service import load_members
from recruit.questions.guide import load_guide
from recruit.questions.models import GuideQuestion, LocalQuestion
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import load_recruitment
from recruit.web.forms import digest

ROUNDS = [
    {"number": 1, "name": "1. samtale", "minutes": 60, "questions": []},
    {"number": 2, "name": "2. samtale", "minutes": 60, "questions": []},
]


class Guide:
    """Two rounds without questions, HR at the screen."""

    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        self.id = load(case(**({"rounds": ROUNDS, "impartiality": declared()} | changes))).id
        self.base = f"/recruitments/{self.id}/rounds/1"
        make_person("hr@example.org", "hr")
        self.hr = signed_in(app, "hr@example.org")
        self.chair = signed_in(app, "chair@example.org")

    @property
    def now(self) -> Recruitment:
        db.session.expire_all()
        recruitment = load_recruitment(self.id)
        assert recruitment is not None
        return recruitment

    def round(self, number: int = 1) -> Round:
        return next(item for item in self.now.rounds if item.number == number)

    def members(self) -> list[PanelMember]:
        return load_members(self.now)

    def rows(self, number: int = 1) -> list[GuideQuestion]:
        return load_guide(self.round(number))

    def sources(self, number: int = 1) -> list[str | None]:
        return [row.source for row in self.rows(number)]

    def row(self, key: str, number: int = 1) -> GuideQuestion:
        """The first question about a criterion."""
        criterion = next(item for item in self.now.criteria if item.key == key)
        return next(row for row in self.rows(number) if row.criterion_id == criterion.id)

    def page(self, number: int = 1) -> str:
        """As a person reads it, with the marks of HTML around the text."""
        return unescape(self.hr.get(f"/recruitments/{self.id}/rounds/{number}/guide").get_data(as_text=True))

    def compose(self, number: int = 1) -> Any:
        return self.hr.post(f"/recruitments/{self.id}/rounds/{number}/guide/compose")

    def edit(self, row: GuideQuestion, **values: str) -> Any:
        fields = {
            "text": row.wording["text"]["da"],
            "probes": "\n".join(probe["da"] for probe in row.wording["probes"]),
            "minutes": str(row.minutes),
        }
        return self.hr.post(f"{self.base}/guide/{row.id}", data=fields | values)

    def events(self, event: str) -> list[dict[str, Any]]:
        """What the log says of such events."""
        rows = db.session.scalars(db.select(AuditEvent).where(AuditEvent.event == event).order_by(AuditEvent.id))
        return [row.subject for row in rows]


UNLAWFUL = "Har du børn?"
REASON = "Stillingen er på et børnehjem, hvor børn flytter med ind."


def add_local(key: str, *, copied_from: str | None = None, kept_because: str = "", text: str = "Vores eget?") -> str:
    """One of HR's questions in the bank; its id there."""
    words = {"da": text, "en": text}
    row = LocalQuestion(
        charter="odder",
        key=key,
        copied_from=copied_from,
        kind="behavioural",
        minutes=7,
        rounds=[1, 2],
        roles=["institution_manager"],
        wording={"text": words, "material": None, "probes": [words], "listen_for": [], "warning_signs": []},
        kept_because=kept_because,
        changed_at=now(),
    )
    db.session.add(row)
    db.session.commit()
    return row.source


def swap(guide: Guide, row: GuideQuestion, shown: str | None = None) -> Any:
    values = {"shown": digest(row.wording) if shown is None else shown}
    return guide.hr.post(f"{guide.base}/guide/{row.id}/swap", data=values)


def people(guide: Guide) -> dict[str, int]:
    found = {email: find_person(email) for email in ("chair@example.org", "anna@example.org", "bo@example.org")}
    return {email: person.id for email, person in found.items() if person}
