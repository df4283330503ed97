"""The log: every step of a recruitment as an event of a closed catalogue. Ids, never names, ratings or words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.extensions import Base, db

EVENTS = frozenset(
    {
        "person.created",
        "person.changed",
        "person.invited",
        "person.password_set",
        "person.signed_in",
        "recruitment.created",
        "recruitment.changed",
        "criteria.picked",
        "criterion.changed",
        "criterion.amended",
        "round.added",
        "round.changed",
        "round.removed",
        "profile.changed",
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
        "member.removed",
        "chair.handed_over",
        "substitute.stepped_in",
        "candidate.added",
        "candidate.changed",
        "candidate.withdrew",
        "candidate.returned",
        "round.candidates_chosen",
        "impartiality.declared",
        "impartiality.decided",
        "scorecard.submitted",
        "scorecard.reopened",
        "scorecard.excused",
        "scorecard.excuse_removed",
        "round.revealed",
        "consensus.set",
        "consensus.removed",
        "document.made",
        "case.imported",
        "case.exported",
    }
)


class AuditEvent(Base):
    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    recruitment_id: Mapped[int | None] = mapped_column(ForeignKey("recruitment.id"), index=True)
    subject: Mapped[dict[str, Any]]


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def record(event: str, actor_id: int | None, recruitment_id: int | None = None, **subject: int | str | None) -> None:
    """Adds one event to the session. `subject` holds ids and codes. `actor_id` None is the command line."""
    if event not in EVENTS:
        raise ValueError(f"{event} is not in the catalogue of events")
    db.session.add(
        AuditEvent(at=now(), event=event, actor_id=actor_id, recruitment_id=recruitment_id, subject=dict(subject))
    )
