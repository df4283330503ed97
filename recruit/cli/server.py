"""The server and the schema of its database."""

from __future__ import annotations

import os
import socket
import sys

import click
from flask_migrate import upgrade

from recruit import create_app
from recruit.audit import chain_unchained
from recruit.cli.application import Refusal, prepared_app
from recruit.extensions import db


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(port: int, host: str, workers: int) -> None:
    """Serve the application on a production server."""
    try:  # the server itself would try for five seconds and then fail with status 1
        socket.create_server((host, port)).close()
    except OSError as failed:
        raise Refusal(f"{host}:{port} cannot be listened on: {failed.strerror}.") from failed
    os.environ.setdefault("RECRUIT_BASE_URL", f"http://{host}:{port}")  # the links that HR hands on lead here
    prepared_app()
    arguments = ["--bind", f"{host}:{port}", "--workers", str(workers), "--threads", "4", "--worker-class", "gthread"]
    # The control socket would be written into the home folder of whoever runs the server.
    arguments += ["--no-control-socket", "--preload", "--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    arguments += ["--config", "python:recruit.mail.worker", "recruit:create_app()"]  # its thread sends the mail
    click.echo(f"recruit listens on http://{host}:{port}")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])  # noqa: S606


@click.command(name="upgrade")
def upgrade_command() -> None:
    """Bring the database to this version's schema."""
    app = create_app()
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    with app.app_context():
        try:
            upgrade()
            chain_unchained()
        finally:
            db.session.remove()
            db.engine.dispose()
