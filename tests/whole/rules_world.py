"""A recruitment and people who press its buttons; after every step the rulebook is opened."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from functools import partial
from typing import Any

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize
from support import Client, card, case, declared, empty_database, load, make_person, signed_in
from whole.rulebook import Step
from whole.snapshot import Card, Snapshot, take

from recruit.comparison import service
from recruit.comparison.rules import compare
from recruit.extensions import db
from recruit.recruitments.models import Criterion
from recruit.scoring.models import Rating, Scorecard

KEYS = ("performance.2", "compliance.4")
PANEL = [
    {"email": "chair@example.org", "name": "Carla Chef", "role": "chair", "side": "chief"},
    {"email": "anna@example.org", "name": "Anna Andersen", "role": "member", "side": "employee"},
    {"email": "bo@example.org", "name": "Bo Berg", "role": "member", "side": "user"},
    {"email": "sub@example.org", "name": "Sus Sen", "role": "substitute", "side": "peer"},
]
PEOPLE = ("chair", "anna", "bo", "sub", "new", "hr", "else")
SEATED = ("chair", "anna", "bo")

DRAWS = 20


def quick_draws(patch: pytest.MonkeyPatch) -> None:
    """Few draws in every comparison: their number is no matter of these rules, and ten thousand take a while."""
    patch.setattr(service, "compare", partial(compare, draws=DRAWS))


CHAIR = "the chair"  # whoever that is by now


class World(RuleBasedStateMachine):
    """One recruitment with two rounds, three members, a substitute, HR, somebody who may join, somebody outside."""

    def __init__(self, app: Flask, reached: Counter[str]) -> None:
        super().__init__()
        self.app, self.reached = app, reached
        self.count = 0
        self.owners: dict[str, tuple[str, int]] = {}

    @initialize(
        stage=st.sampled_from(("revealed", "ready", "open")),
        locked=st.sampled_from(([1, 2], [1])),
        declares=st.sampled_from((SEATED, SEATED[:2])),
    )
    def begin(self, stage: str, locked: list[int], declares: tuple[str, ...]) -> None:
        """The first round is open, or everything is handed in, or it is revealed; in the open one some have declared."""
        empty_database()
        emails = tuple(f"{name}@example.org" for name in (declares if stage == "open" else SEATED))
        begun = [
            card(email, ref, dict(zip(KEYS, (1 + place, 4 if ref == "K1" else None), strict=True)))
            for place, email in enumerate(emails)
            for ref in ("K1", "K2")
            if stage != "open"
        ]
        values = case(
            criteria=[{"statement": key} for key in KEYS],
            rounds=[{"number": 1}, {"number": 2}],
            panel=PANEL,
            impartiality=declared(emails),
            scorecards=begun,
            locked=locked,
            revealed=[1] if stage == "revealed" else [],
        )
        self.recruitment_id = load(values).id
        for email, role in (("hr", "hr"), ("else", None), ("new", None)):
            make_person(f"{email}@example.org", role)
        self.criteria = {row.key: row.id for row in db.session.scalars(db.select(Criterion))}
        self.clients: dict[str, Client] = {name: signed_in(self.app, f"{name}@example.org") for name in PEOPLE}
        self.base = f"/recruitments/{self.recruitment_id}"
        self.now: Snapshot = take()
        self.round_ids = sorted(self.now.rounds)
        self.candidate_ids = sorted(self.now.candidates)
        for row in begun:
            for rating in row["ratings"].values():
                if "evidence" in rating:
                    self.owners[rating["evidence"]] = (row["panelist"], self.round_ids[0])

    def note(self, after: Snapshot) -> None:
        """What this step came to, so that the test can tell that it went everywhere."""
        for part in fields(Snapshot):
            before, now = getattr(self.now, part.name), getattr(after, part.name)
            if before != now:
                self.reached[part.name] += 1
                if part.name in ("consensus", "dissents") and len(now) < len(before):
                    self.reached[f"{part.name} taken back"] += 1
        self.reached["revealed"] += sum(map(after.revealed, after.rounds)) - sum(
            map(self.now.revealed, self.now.rounds)
        )

    def press(
        self, name: str, path: str, data: Any = None, *, method: str = "POST", is_kept: bool = False, **more: Any
    ) -> Any:
        """One request by one person, and the rulebook. Nothing may fail but in a sentence.

        `is_kept`: what was typed is kept although what was asked for is refused.
        """
        name = self.who(name)
        answer = self.clients[name].open(self.base + path, method=method, data=data, **more)
        assert answer.status_code < 500, (path, answer.status_code)
        after = take()
        Step(f"{name}@example.org", self.now, after).check()
        if answer.status_code >= 400 and not is_kept:
            assert after == self.now, "what is refused changes nothing"
        self.note(after)
        self.now = after
        return answer

    def fresh_words(self, name: str, round_: int, kind: str) -> str:
        """Words that stand nowhere else, so that they can be looked for; or none, or blanks."""
        if not kind.strip():
            return kind
        self.count += 1
        found = f"ORD{self.count}ORD"
        self.owners[found] = (f"{self.who(name)}@example.org", self.round_ids[round_])
        return found

    @property
    def is_revealed(self) -> bool:
        return any(map(self.now.revealed, self.now.rounds))

    def who(self, name: str) -> str:
        chair = next(email for email, role, _joined in self.now.seats.values() if role == "chair")
        return chair.split("@")[0] if name == CHAIR else name

    def candidate(self, place: int) -> int:
        return self.candidate_ids[min(place, len(self.candidate_ids) - 1)]

    def member(self, name: str) -> int:
        return self.now.member(f"{self.who(name)}@example.org") or 0

    def version(self, of: Card, criterion: int) -> int:
        """Of a rating as it is stored; 0 for none."""
        member, round_, candidate = of
        found = db.session.scalar(
            db.select(Rating.version)
            .join(Scorecard, Scorecard.id == Rating.scorecard_id)
            .where(
                Scorecard.member_id == member,
                Scorecard.round_id == round_,
                Scorecard.candidate_id == candidate,
                Rating.criterion_id == criterion,
            )
        )
        return found or 0
