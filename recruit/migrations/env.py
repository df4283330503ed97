"""Alembic's environment: the same migrations run on SQLite and on PostgreSQL."""

from __future__ import annotations

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db


def run() -> None:
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # SQLite alters a table by copying and dropping it, and a drop would empty the tables that refer to it. The
            # pragma counts only outside a transaction, so it goes past SQLAlchemy, which begins one.
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    if database.engine.dialect.name == "sqlite":
        database.engine.dispose()  # connections made from here on have the pragma again


run()
