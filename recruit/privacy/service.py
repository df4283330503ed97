"""Reading the log. It holds ids and codes; the auditor sees who is who on no page but HR's."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from recruit.audit import AuditEvent
from recruit.extensions import db

PAGE = 100


def read_log(*, before: int | None = None, recruitment_id: int | None = None) -> Sequence[AuditEvent]:
    """The newest events, at most a page of them, older than the event `before`; one query."""
    query = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(PAGE)
    if before is not None:
        query = query.where(AuditEvent.id < before)
    if recruitment_id is not None:
        query = query.where(AuditEvent.recruitment_id == recruitment_id)
    return db.session.scalars(query).all()
