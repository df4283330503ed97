"""Messages that wait to be sent, and those that were."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from recruit.extensions import Base


class Message(Base):
    """One e-mail to one address. Written with what caused it, in one transaction; delivered afterwards."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int | None] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    # What it is, as a code: link, interview, scorecard, …
    kind: Mapped[str] = mapped_column(String(20))
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    # Emptied when it is sent: a message may hold a link that signs in.
    body: Mapped[str] = mapped_column(Text)
    # A calendar file that goes along.
    calendar: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    # Not before then; moved on after a failed attempt.
    due_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    # Why the last attempt failed, as a code; empty when it did not.
    failure: Mapped[str] = mapped_column(String(40), default="")
