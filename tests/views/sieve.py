"""A recruitment whose applications are sifted: what the tests of the sift start from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from support import CASE, MEMBERS, Client, case, declared, load, make_person, signed_in

from recruit.audit import AuditEvent
from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.sifting.models import Pile, Sift, SiftRating

REFS = ("K1", "K2", "K3")
CANDIDATES = [
    {"ref": "K1", "name": "Åse Ørsted"},
    {"ref": "K2", "name": "Bent Æbelø"},
    {"ref": "K3", "name": "Cai Dam"},
]
EMAILS = (*MEMBERS, "dan@example.org")


class Sieve:
    """Chair, Anna and Bo may read, Dan sits beside; three applicants, three criteria."""

    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        panel = [*CASE["panel"], {"email": "dan@example.org", "name": "Dan Dal", "role": "member", "side": "peer"}]
        values = {"panel": panel, "candidates": CANDIDATES, "impartiality": declared(EMAILS, REFS)}
        self.recruitment = load(case(**(values | changes)))
        self.id = self.recruitment.id
        self.base = f"/recruitments/{self.id}/sift"
        self.criteria = [criterion.id for criterion in self.recruitment.criteria]
        self.weights = [criterion.weight for criterion in self.recruitment.criteria]
        make_person("hr@example.org", "hr")
        rows = db.session.scalars(db.select(Candidate).where(Candidate.recruitment_id == self.id))
        self.candidates = {row.ref: row.id for row in rows}
        members = db.session.scalars(db.select(PanelMember).where(PanelMember.recruitment_id == self.id))
        self.members = {row.person.email.split("@")[0]: row.id for row in members}

    def as_(self, name: str) -> Client:
        return signed_in(self.app, f"{name}@example.org")

    def page(self, name: str, path: str = "") -> str:
        return self.as_(name).get(self.base + path).get_data(as_text=True)

    def open(self, *names: str, who: str = "chair") -> int:
        chosen = [str(self.members[name]) for name in names or ("chair", "anna", "bo")]
        return int(self.as_(who).post(self.base + "/open", data={"members": chosen}).status_code)

    def save(self, name: str, ref: str, place: int, answer: str, shown: str = "") -> Any:
        path = f"{self.base}/criteria/{self.criteria[place]}/candidates/{self.candidates[ref]}"
        return self.as_(name).put(path, json={"answer": answer, "shown": shown})

    def answer(self, name: str, choose: Callable[[str, int], str] = lambda _ref, _place: "partly") -> None:
        """Everything, as `choose` says for a ref and the place of a criterion."""
        client = self.as_(name)
        for place, criterion in enumerate(self.criteria):
            data = {f"answer-{candidate}": choose(ref, place) for ref, candidate in self.candidates.items()}
            assert client.post(f"{self.base}/criteria/{criterion}", data=data).status_code == 302

    def submit(self, name: str) -> Any:
        return self.as_(name).post(self.base + "/submit")

    def reveal(self, who: str = "chair") -> int:
        return int(self.as_(who).post(self.base + "/reveal").status_code)

    def whole(self, choose: Callable[[str, int], str]) -> None:
        """Opened, answered alike by all three, submitted, and the result opened."""
        assert self.open() == 302
        for name in ("chair", "anna", "bo"):
            self.answer(name, choose)
            assert self.submit(name).status_code == 302
        assert self.reveal() == 302

    def decide(self, ref: str, letter: str, reason: str = "", who: str = "chair", **more: str) -> Any:
        path = f"{self.base}/candidates/{self.candidates[ref]}"
        return self.as_(who).post(path, data={"letter": letter, "reason": reason} | more)

    def piles(self) -> dict[str, tuple[str, str]]:
        db.session.expire_all()
        refs = {candidate: ref for ref, candidate in self.candidates.items()}
        rows = db.session.scalars(db.select(Pile).order_by(Pile.candidate_id))
        return {refs[row.candidate_id]: (row.letter, row.reason) for row in rows}

    def ratings(self, name: str) -> list[str]:
        db.session.expire_all()
        rows = db.session.scalars(
            db.select(SiftRating).where(SiftRating.member_id == self.members[name]).order_by(SiftRating.id)
        )
        return [row.answer for row in rows]

    def sift(self) -> Sift | None:
        db.session.expire_all()
        return db.session.scalar(db.select(Sift).where(Sift.recruitment_id == self.id))


def by_ref(**answers: str) -> Callable[[str, int], str]:
    """The same answer on every criterion, by ref."""
    return lambda ref, _place: answers[ref]


LEVELS = by_ref(K1="shown", K2="partly", K3="not_shown")


def events() -> list[str]:
    return [row.event for row in db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.id))]
