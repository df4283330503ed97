"""A round that is discussed, and people who look at it."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from support import KEYS, MEMBERS, Client, card, case, declared, load, make_person, signed_in

from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.recruitments.models import Recruitment
from recruit.scoring.models import Consensus

# chair, anna and bo on KEYS: K1 widest apart on the first, K2 on the last
SCORES = {"K1": ((1, 3, 4), (5, 3, 4), (5, 3, 4)), "K2": ((3, 2, 2), (3, 3, 4), (3, 3, 4))}


def cards(scores: dict[str, tuple[tuple[int | None, ...], ...]]) -> list[dict[str, Any]]:
    return [
        card(member, ref, dict(zip(KEYS, own, strict=True)))
        for ref, given in scores.items()
        for member, own in zip(MEMBERS, given, strict=True)
    ]


class Room:
    """A revealed round, and people who look at its discussion."""

    def __init__(self, app: Flask, **changes: Any) -> None:
        values = {"impartiality": declared(), "scorecards": cards(SCORES), "revealed": [1]} | changes
        self.app = app
        self.recruitment: Recruitment = load(case(**values))
        make_person("hr@example.org", "hr")
        self.base = f"/recruitments/{self.recruitment.id}/rounds/1"
        self.candidates = {row.ref: row.id for row in db.session.scalars(db.select(Candidate))}
        self.criteria = {criterion.key: criterion.id for criterion in self.recruitment.criteria}

    def as_(self, name: str) -> Client:
        return signed_in(self.app, f"{name}@example.org")

    def point(self, ref: str = "K1", key: str = KEYS[0]) -> str:
        return f"{self.base}/discussion/{self.candidates[ref]}/{self.criteria[key]}"

    def text(self, name: str, path: str) -> str:
        answer = self.as_(name).get(path)
        assert answer.status_code == 200
        return str(answer.get_data(as_text=True))

    def shown(self, name: str = "chair", ref: str = "K1", key: str = KEYS[0]) -> str:
        """The fingerprint that a page opened now carries."""
        found = re.search(r'name="\d+-shown"[^>]*value="([^"]*)"', self.text(name, self.point(ref, key)))
        assert found
        return found[1]

    def agree(
        self,
        score: int | str = 4,
        reason: str = "Vi hørte det samme.",
        *,
        name: str = "chair",
        shown: str = "",
        **of: str,
    ) -> Any:
        key = of.get("key", KEYS[0])
        prefix = f"{self.criteria[key]}-"
        values = {f"{prefix}score": str(score), f"{prefix}reason": reason, f"{prefix}shown": shown}
        return self.as_(name).post(self.point(of.get("ref", "K1"), key), data=values)

    def remove(self, shown: str, key: str = KEYS[0]) -> Any:
        values = {"action": "remove", f"{self.criteria[key]}-shown": shown}
        return self.as_("chair").post(self.point("K1", key), data=values)

    def stored(self) -> list[tuple[int, str]]:
        db.session.rollback()
        return [(row.score, row.reason) for row in db.session.scalars(db.select(Consensus).order_by(Consensus.id))]
