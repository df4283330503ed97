"""What tests call: a browser's manners, cases to start from, an empty database, counted queries."""

from __future__ import annotations

import copy
import os
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import yaml
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event, text

from recruit import datafiles
from recruit.accounts.models import Person
from recruit.accounts.service import create_person, find_person
from recruit.casefile.service import import_case
from recruit.extensions import db
from recruit.recruitments.models import Recruitment

ROOT = Path(__file__).parent.parent
Item = TypeVar("Item")
IS_WHOLE = "RECRUIT_TESTS_WHOLE" in os.environ  # set by `make proof`
CHARTERS = ROOT / "tests" / "charters"


class Client(FlaskClient):
    """A browser's manners: every request that writes carries the CSRF token."""

    def open(self, *args: Any, **values: Any) -> Any:
        if values.get("method", "GET") not in ("GET", "HEAD") and not values.pop("forged", False):
            with self.session_transaction() as session:
                raw = session.setdefault("csrf_token", "0" * 40)
            token = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(raw)
            values["headers"] = {"X-CSRFToken": token, **dict(values.get("headers") or {})}
        db.session.rollback()  # what the test has read must not lock or hide what the request writes
        with self.application.app_context():  # a request of its own: nothing remembered from the one before
            return super().open(*args, **values)

    def sign_in(self, email: str) -> Client:
        person = find_person(email)
        assert person is not None, email
        with self.session_transaction() as session:
            session["_user_id"], session["_fresh"] = person.get_id(), True
        return self


def some(items: Sequence[Item], share: float) -> list[Item]:
    """A share of the items, in their order and the same every time; all of them in `make proof`."""
    chosen = len(items) if IS_WHOLE else max(1, round(len(items) * share))
    return [items[place] for place in sorted(random.Random(1).sample(range(len(items)), min(chosen, len(items))))]


def empty_database() -> None:
    db.session.remove()  # a transaction left open would hold the tables
    deletions = [f"DELETE FROM {table.name}" for table in reversed(db.metadata.sorted_tables)]
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":  # several times faster than to truncate tables that hold little
            connection.execute(text("SET lock_timeout = '10s'"))
            restarts = "SELECT setval(quote_ident(sequencename), 1, false) FROM pg_sequences"
            connection.exec_driver_sql("; ".join([*deletions, restarts]))
        else:
            for deletion in deletions:
                connection.execute(text(deletion))


def signed_in(app: Flask, email: str) -> Client:
    """A browser of its own for one person."""
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(email)


CASE: dict[str, Any] = yaml.safe_load("""
case: 1
charter: odder
recruitment: {title: Leder af Havhuset, role: institution_manager, department: Børn og Unge, case_number: 26/1, language: da}
criteria:
  - {statement: performance.2, weight: 2}
  - {statement: compliance.4, minimum: 3, here: At kunne stå ved sine beslutninger.}
  - {area: resilience}
rounds:
  - {number: 1, name: 1. samtale, minutes: 60}
panel:
  - {email: chair@example.org, name: Carla Chef, role: chair, side: chief}
  - {email: anna@example.org, name: Anna Andersen, role: member, side: employee}
  - {email: bo@example.org, name: Bo Berg, role: member, side: user}
candidates:
  - {ref: K1, name: Åse Ørsted, email: aase@mail.example}
  - {ref: K2, name: Bent Æbelø}
""")
KEYS = ("performance.2", "compliance.4", "resilience")
MEMBERS = ("chair@example.org", "anna@example.org", "bo@example.org")


def declared(members: tuple[str, ...] = MEMBERS, refs: tuple[str, ...] = ("K1", "K2")) -> list[dict[str, Any]]:
    return [{"panelist": member, "candidate": ref, "conflict": False} for member in members for ref in refs]


def card(
    panelist: str, candidate: str, scores: dict[str, int | None], *, submitted: bool = True, number: int = 1
) -> dict[str, Any]:
    """A scorecard of the case file; None is *not evidenced*. Evidence names who, whom and what, so that it is unique."""
    ratings = {
        key: {"not_evidenced": True}
        if score is None
        else {"score": score, "evidence": f"{panelist.split('@')[0]} om {candidate}, {key}: sagde noget konkret"}
        for key, score in scores.items()
    }
    return {"panelist": panelist, "candidate": candidate, "round": number, "submitted": submitted, "ratings": ratings}


def case(**changes: Any) -> dict[str, Any]:
    """The small case with other values for some of its keys."""
    return copy.deepcopy(CASE) | copy.deepcopy(changes)


def full_case(**changes: Any) -> dict[str, Any]:
    """Declared, every card submitted: K1 is rated 4, 3, 5 by all, K2 3, 3, 2."""
    cards = [
        card(member, ref, dict(zip(KEYS, scores, strict=True)))
        for member in MEMBERS
        for ref, scores in (("K1", (4, 3, 5)), ("K2", (3, 3, 2)))
    ]
    return case(**({"impartiality": declared(), "scorecards": cards} | changes))


def load(values: dict[str, Any]) -> Recruitment:
    """Imports a case into the database, through the same door as `recruit import`."""
    recruitment = import_case(datafiles.parse(yaml.safe_dump(values, allow_unicode=True).encode(), "case.yaml"))
    db.session.commit()
    return recruitment


def mentions(words: str, ref: str) -> bool:
    """Whether a ref stands in a text as a word: the tokens of links and forms are random and may hold its letters."""
    return re.search(rf"(?<![\w-]){re.escape(ref)}(?![\w-])", words) is not None


def make_person(email: str, role: str | None = None) -> Person:
    person = create_person(email, email.split("@")[0].title(), role=role, actor=None)
    db.session.commit()
    return person


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Every statement that is sent to the database inside, but for the words that begin and end transactions."""
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
