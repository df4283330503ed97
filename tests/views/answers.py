"""A small case that is decided: K1 is hired, K2 rejected after the interview, K3 has withdrawn."""

from __future__ import annotations

from typing import Any

from flask import Flask
from support import KEYS, MEMBERS, Client, card, case, declared, load, make_person, signed_in

from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.recruitments.models import Recruitment

REFS = ("K1", "K2", "K3")
DECISION = {
    "outcome": "hired",
    "hired": ["K1"],
    "decided_on": "2026-11-20",
    "decided_by": "Carla Chef",
    "reason": "K1 er bedst kvalificeret.",
}
RECOMMENDATION = {
    "round": 1,
    "choice": "one",
    "candidates": ["K1"],
    "texts": {"summary": "K1 er den rette."},
    "final_at": "2026-11-19T12:00:00+01:00",
    "verdict": {"headline": "K1 først", "text": "K1 ligger først."},
}


def decided_case(**changes: Any) -> dict[str, Any]:
    cards = [
        card(member, ref, dict(zip(KEYS, scores, strict=True)))
        for member in MEMBERS
        for ref, scores in (("K1", (4, 3, 5)), ("K2", (2, 3, 4)))
    ]
    values: dict[str, Any] = {
        "candidates": [
            {"ref": "K1", "name": "Åse Ørsted", "email": "aase@mail.example"},
            {"ref": "K2", "name": "Bent Æbelø", "email": "bent@mail.example"},
            {"ref": "K3", "name": "Tage Tang", "status": "withdrawn"},
        ],
        "impartiality": declared(refs=REFS),
        "scorecards": cards,
        "revealed": [1],
        "recommendation": RECOMMENDATION,
        "decision": DECISION,
    } | changes
    if values["decision"] is None:
        values["recommendation"] = None
    return case(**values)


class Answers:
    """The case, and people who write its answers."""

    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        self.recruitment: Recruitment = load(decided_case(**changes))
        make_person("hr@example.org", "hr")
        self.base = f"/recruitments/{self.recruitment.id}/letters"
        self.ids = {row.ref: row.id for row in db.session.scalars(db.select(Candidate))}
        self.chair = self.as_("chair")

    def as_(self, name: str) -> Client:
        return signed_in(self.app, f"{name}@example.org")

    def url(self, ref: str, rest: str = "") -> str:
        return f"{self.base}/{self.ids[ref]}{rest}"

    def put(self, ref: str, text: str, version: int = 0, part: str = "") -> Any:
        place = f"/brief/sections/{part}" if part else "/sections/letter"
        return self.chair.put(self.url(ref, place), json={"text": text, "version": version})

    def ready(self, ref: str, version: int = 1, **values: str) -> Any:
        return self.chair.post(self.url(ref, "/ready"), data={"seen": str(version), **values}, follow_redirects=True)

    def page(self, ref: str = "", name: str = "chair") -> str:
        answer = self.as_(name).get(self.url(ref) if ref else self.base)
        assert answer.status_code == 200
        return str(answer.get_data(as_text=True))


__all__ = ["Answers", "decided_case"]
