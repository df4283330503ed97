"""What the commands share: the application with its database, and how it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from alembic.script import ScriptDirectory
from flask import Flask
from flask_babel import force_locale
from flask_migrate import upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from recruit import create_app
from recruit.config import FaultySetting
from recruit.errors import FaultyFile, RuleBroken
from recruit.extensions import db


class Refusal(click.ClickException):
    """One sentence on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


class Commands(click.Group):
    """Turns what the application refuses into a refusal of the command."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (FaultyFile, FaultySetting, RuleBroken) as refused:
            raise Refusal(str(refused)) from refused
        except SQLAlchemyError as failed:
            raise Refusal(f"The database cannot be used: {type(failed).__name__}.") from failed
        except OSError as failed:
            raise Refusal(f"{failed.filename or 'recruit'}: {failed.strerror or failed}.") from failed


def prepared_app() -> Flask:
    """The application with its database: a new one is made, an old one must be brought up to date first."""
    app = create_app()
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    with app.app_context():
        try:
            revision = current_revision()
            if revision is None:
                upgrade()
            elif revision != newest_revision(app):
                raise FaultySetting("The database is from an earlier version. Back it up, then run: recruit upgrade")
        finally:
            db.engine.dispose()  # a server forks after this: no connection may be shared
    return app


def current_revision() -> str | None:
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    with db.engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest_revision(app: Flask) -> str | None:
    return ScriptDirectory(app.extensions["migrate"].directory).get_current_head()


def with_app(command: Callable[..., None]) -> Callable[..., None]:
    """Runs a command inside the application, with English sentences: a command line has no language switch."""

    def run(**values: Any) -> None:
        app = prepared_app()
        with app.app_context(), force_locale("en"):
            try:
                command(**values)
            finally:
                db.session.remove()
                db.engine.dispose()

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run
