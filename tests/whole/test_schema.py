"""The migrations make exactly the models, up and down, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select
from support import full_case, load

from recruit.audit import chain_unchained
from recruit.extensions import db


def test_migrations_and_models_agree(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_migrations_go_down_and_up_again(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert "scorecard" in inspect(db.engine).get_table_names()


def test_migrations_keep_every_row_of_a_whole_case(app: Flask) -> None:
    load(full_case())
    before = _rows()
    assert before["scorecard"] and before["guide_question"] and before["rating"]
    db.session.remove()
    downgrade(revision="0001")
    upgrade()
    chain_unchained()  # the log of that revision is no chain yet
    assert _rows() == before


def _rows() -> dict[str, int]:
    """The number of rows by table."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }
