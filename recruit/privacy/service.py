"""Reading the log, and checking its chain. It holds ids and codes; who is who is seen on no page but HR's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, func, select, type_coerce

from recruit.audit import AuditEvent, AuditHead
from recruit.extensions import db
from recruit.privacy.chain import End, Report, Row, check

PAGE = 100
# Events that are read at a time when all are checked.
BATCH = 1000


@dataclass(frozen=True)
class Part:
    """Which events: of one recruitment, of one kind, from one moment until just before another."""

    recruitment_id: int | None = None
    event: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.recruitment_id:
            found.append(AuditEvent.recruitment_id == self.recruitment_id)
        if self.event:
            found.append(AuditEvent.event == self.event)
        if self.since:
            found.append(AuditEvent.at >= self.since)
        if self.until:
            found.append(AuditEvent.at < self.until)
        return found


@dataclass(frozen=True)
class LogPage:
    """Events, newest first; the numbers that the pages of older and of newer ones begin at, None when there are none;
    and how many there are in all."""

    events: Sequence[AuditEvent]
    older: int | None
    newer: int | None
    count: int


def read_log(part: Part, *, before: int | None = None, after: int | None = None) -> LogPage:
    """A page of a part of the log: the newest events, the newest before a number, or the oldest after one."""
    chosen = [AuditEvent.number.is_not(None), *part.conditions()]
    query = select(AuditEvent).where(*chosen).limit(PAGE + 1)
    if after is not None:
        rows = db.session.scalars(query.where(AuditEvent.number > after).order_by(AuditEvent.number)).all()
        has_newer, has_older, rows = len(rows) > PAGE, True, rows[:PAGE][::-1]
    else:
        query = query if before is None else query.where(AuditEvent.number < before)
        rows = db.session.scalars(query.order_by(AuditEvent.number.desc())).all()
        has_newer, has_older, rows = before is not None, len(rows) > PAGE, rows[:PAGE]
    count = db.session.scalar(select(func.count()).select_from(AuditEvent).where(*chosen)) or 0
    return LogPage(
        events=rows,
        older=rows[-1].number if rows and has_older else None,
        newer=rows[0].number if rows and has_newer else None,
        count=count,
    )


def check_log(newest: int | None = None) -> Report:
    """Checks the newest events, or all, as they are at one moment, without keeping anybody from writing meanwhile."""
    reading = {"reads": True} if db.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    columns = [getattr(AuditEvent, name) for name in Row._fields]
    # As the database has them: a value that was tampered with may be neither a moment nor JSON.
    columns = [type_coerce(column, String) if column.key in ("at", "subject") else column for column in columns]
    query = select(*columns).order_by(AuditEvent.number, AuditEvent.id)
    with db.engine.connect().execution_options(**reading) as connection:
        found = connection.execute(select(AuditHead.number, AuditHead.hash).where(AuditHead.id == 1)).first()
        head = End(*found) if found else None
        start = max(head.number - newest, 0) if head and newest else 0
        before: str | None = ""
        if start:
            before = connection.execute(select(AuditEvent.hash).where(AuditEvent.number == start)).scalar()
            query = query.where((AuditEvent.number > start) | AuditEvent.number.is_(None))
        rows = connection.execute(query, execution_options={"yield_per": BATCH})
        return check((Row(*row) for row in rows), head, start, before)
