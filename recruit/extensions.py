"""The libraries that the application is wired with, and how they talk to the database."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

from flask import has_request_context, request
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import JSON, Connection, DateTime, Dialect, Engine, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, registry

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the time zone: it is written in UTC, and comes back with it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None and value.tzinfo is not None else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: Moment, dict[str, Any]: JSON}
    )


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True, compare_type=True)
babel = Babel()
login = LoginManager()
csrf = CSRFProtect()

READING = {"GET", "HEAD", "OPTIONS"}
# Endpoints that find out who asks, and for what, before they take the write lock: they are called so often that the
# others would wait for it. They call `take_write_lock`, and read after it what they change.
READS_FIRST = {"scoring.save", "scoring.save_impression"}


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # transactions begin below, not by the driver's guess
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """A request that writes takes the write lock first; two that read and then write would lose an update.

    A connection with the execution option `reads` does not: it keeps nobody from writing.
    """
    if connection.dialect.name == "sqlite":
        reads = connection.get_execution_options().get("reads") or (has_request_context() and _reads_now())
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _reads_now() -> bool:
    return request.method in READING or request.endpoint in READS_FIRST


def take_write_lock() -> None:
    """Where a view of READS_FIRST begins to write: what it reads from here on holds until it commits."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
