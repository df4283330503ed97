"""What the tests of the log share: events in it, what its check finds, and a hand in the database."""

from __future__ import annotations

from typing import Any

from click.testing import CliRunner, Result
from sqlalchemy import select, text

from recruit.audit import AuditEvent, record
from recruit.cli import main
from recruit.extensions import db
from recruit.privacy.chain import Report
from recruit.privacy.service import check_log


def log(count: int) -> None:
    """So many events of three transactions' size."""
    for number in range(count):
        record("member.added", None, member=number, role="peer")
        if number % 3 == 0:
            db.session.commit()
    db.session.commit()


def events() -> list[AuditEvent]:
    return list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.number)))


def faults(report: Report | None = None) -> list[tuple[str, int, int]]:
    db.session.rollback()
    return [(fault.kind, fault.first, fault.last) for fault in (report or check_log()).faults]


def tamper(statement: str, **values: Any) -> None:
    """What somebody does past the application."""
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text(statement), values)


def run(*arguments: str) -> Result:
    db.session.remove()
    return CliRunner().invoke(main, list(arguments))
