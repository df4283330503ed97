"""The log: every step of a recruitment as an event of a closed catalogue. Ids, never names, ratings or words.

The events are a chain: each holds a hash of itself and of the one before it, so that a row that is changed, removed or
put in is found (`recruit check-log`, `recruit.privacy.chain`). Whoever may write to the database can of course make
the whole chain anew: it shows an error or a hand that slipped, and a forger who does not own the server.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, String, event, inspect, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruit.extensions import Base, db

EVENTS = frozenset(
    {
        "person.created",
        "person.changed",
        "person.invited",
        "person.link_sent",
        "person.password_set",
        "person.signed_in",
        "standard_texts.changed",
        "standard_texts.restored",
        "letterhead.added",
        "letterhead.used",
        "letterhead.unused",
        "letterhead.deleted",
        "recruitment.created",
        "recruitment.changed",
        "recruitment.closed",
        "recruitment.reopened",
        "recruitment.readvertised",
        "timetable.proposed",
        "timetable.changed",
        "timetable.undone",
        "criteria.picked",
        "criterion.changed",
        "criterion.amended",
        "round.added",
        "round.changed",
        "round.removed",
        "criteria.copied",
        "needs.answered",
        "profile.changed",
        "profile.restored",
        "profile.ordered",
        "profile.amended",
        "profile.approved",
        "profile.locked",
        "ad.composed",
        "ad.changed",
        "ad.published",
        "ad.taken_down",
        "guide.composed",
        "guide.changed",
        "guide.amended",
        "guide.locked",
        "guide.asker_set",
        "guide.questions_shared",
        "question.added",
        "question.changed",
        "question.retired",
        "question.restored",
        "wording.kept",
        "member.added",
        "member.changed",
        "member.invited",
        "member.reminded",
        "member.removed",
        "chair.handed_over",
        "substitute.stepped_in",
        "candidate.added",
        "candidate.changed",
        "candidate.withdrew",
        "candidate.returned",
        "candidates.imported",
        "attachment.added",
        "attachment.removed",
        "sift.opened",
        "sift.member_added",
        "sift.member_excused",
        "sift.submitted",
        "sift.reopened",
        "sift.revealed",
        "pile.decided",
        "round.candidates_chosen",
        "impartiality.declared",
        "impartiality.decided",
        "interviews.proposed",
        "interviews.changed",
        "interviews.sent",
        "interviews.reminded",
        "scorecard.submitted",
        "scorecard.reopened",
        "scorecard.excused",
        "scorecard.excuse_removed",
        "calibration.rated",
        "deviation.recorded",
        "deviation.changed",
        "deviation.removed",
        "round.revealed",
        "consensus.set",
        "consensus.removed",
        "dissent.written",
        "dissent.taken_back",
        "recommendation.chosen",
        "recommendation.changed",
        "recommendation.restored",
        "recommendation.quoted",
        "recommendation.final",
        "recommendation.reopened",
        "decision.recorded",
        "decision.changed",
        "decision.taken_back",
        "reference.consented",
        "reference.changed",
        "reference.noted",
        "reference.removed",
        "hearing.opened",
        "hearing.ended",
        "hearing.passed",
        "hearing.held",
        "letter.changed",
        "letter.ready",
        "letter.reopened",
        "receipt.sent",
        "extract.changed",
        "brief.changed",
        "brief.told",
        "brief.untold",
        "document.made",
        "case.imported",
        "case.exported",
        "log.emptied",
    }
)


# Any number, the same everywhere: PostgreSQL's lock on the end of the chain.
LOCK = 5_202_611
# Under which a session keeps what it has recorded and not yet committed.
RECORDED = "recorded events"


class AuditEvent(Base):
    __tablename__ = "audit_event"

    # Means nothing: the order of the log is `number`.
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    recruitment_id: Mapped[int | None] = mapped_column(ForeignKey("recruitment.id"), index=True)
    subject: Mapped[dict[str, Any]]
    # The event's place in the chain, from 1; None until its transaction ends. Hashes are in hexadecimal. The subject is
    # hashed with its salt, so that a purge can empty both without breaking the chain.
    number: Mapped[int | None] = mapped_column(unique=True)
    salt: Mapped[str] = mapped_column(String(32), default="")
    subject_hash: Mapped[str] = mapped_column(String(64), default="")
    hash: Mapped[str] = mapped_column(String(64), default="")


class AuditHead(Base):
    """The last link of the chain, in one row: events removed from the end are missed as well."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def record(event: str, actor_id: int | None, recruitment_id: int | None = None, **subject: int | str | None) -> None:
    """Adds one event to the session. `subject` holds ids and codes. `actor_id` None is the command line."""
    if event not in EVENTS:
        raise ValueError(f"{event} is not in the catalogue of events")
    row = AuditEvent(at=now(), event=event, actor_id=actor_id, recruitment_id=recruitment_id, subject=dict(subject))
    db.session.add(row)
    db.session.info.setdefault(RECORDED, []).append(row)


def forget(events: Sequence[AuditEvent], *, actor_id: int | None) -> int:
    """Empties what the events say they were about, and records how many: an emptying the log does not tell of is a
    fault of the chain. Returns the number; 0 when there was nothing to forget.

    Ids of people and recruitments stay: they are in the chain, and say nothing once the person or the case is gone.
    """
    due = [row for row in events if row.number and row.subject and row.event != "log.emptied"]
    for row in due:
        row.subject, row.salt = {}, ""
    if due:
        record("log.emptied", actor_id, count=len(due))
    return len(due)


def hash_subject(salt: str, subject: dict[str, Any]) -> str:
    """SHA-256 of the salt and the subject as JSON with its keys in order, in hexadecimal."""
    return sha256((salt + json.dumps(subject, sort_keys=True, separators=(",", ":"))).encode()).hexdigest()


def hash_link(
    previous: str,
    number: int,
    at: datetime,
    event: str,
    actor_id: int | None,
    recruitment_id: int | None,
    subject_hash: str,
) -> str:
    """SHA-256, in hexadecimal, of an event and of the hash of the one before it; that of the first is \"\"."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [previous, number, moment, event, actor_id, recruitment_id, subject_hash]
    return sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


@event.listens_for(db.session, "before_commit")
def _chain_recorded(session: Session) -> None:
    """Gives the events of this transaction their place, when nothing else in it is left to write."""
    if session.in_nested_transaction():
        return  # only a savepoint ends
    rows = session.info.pop(RECORDED, [])
    if not rows:
        return
    session.flush()
    rows = [row for row in rows if inspect(row).persistent]  # the others were rolled back
    if rows:
        _lock_the_end(session)
        _chain(session, rows)


def chain_unchained(batch: int = 1000) -> int:
    """Chains the events from before there was a chain, in the order of their ids; returns their number.

    Only while there is no chain at all: an event without a place that turns up later was put in past the application.
    """
    session = db.session()
    _lock_the_end(session)
    if session.get(AuditHead, 1) is not None:
        return 0
    unchained = select(AuditEvent).where(AuditEvent.number.is_(None)).order_by(AuditEvent.id).limit(batch)
    count = 0
    while rows := session.scalars(unchained).all():
        _chain(session, rows)
        session.flush()
        session.expunge_all()  # a log of any length fits
        count += len(rows)
    session.commit()
    return count


def _lock_the_end(session: Session) -> None:
    """Keeps the end of the chain until the transaction ends.

    It must be the last lock that a transaction takes: then nobody who holds it waits for anybody. On SQLite whoever
    writes is alone anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _chain(session: Session, rows: Sequence[AuditEvent]) -> None:
    """Appends rows that the database holds already to the chain, whose end is locked."""
    head = session.get(AuditHead, 1, populate_existing=True)
    if head is None:
        head = AuditHead(id=1, number=0, hash="")
        session.add(head)
    for row in rows:
        row.number, row.salt = head.number + 1, secrets.token_hex(16)
        row.subject_hash = hash_subject(row.salt, row.subject)
        row.hash = hash_link(
            head.hash, row.number, row.at, row.event, row.actor_id, row.recruitment_id, row.subject_hash
        )
        head.number, head.hash = row.number, row.hash
