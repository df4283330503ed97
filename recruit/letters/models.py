"""Answers to candidates, the development brief, and what is left out of an access extract.

All of it is text about people: every row goes with its candidate, and with the recruitment.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruit.extensions import Base


class Answer(Base):
    """Where the answer to one candidate stands. There is none until somebody has written or sent something."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("candidate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    # What the letter was marked ready as, one of `rules.STAGES`; empty while it is a draft.
    ready_as: Mapped[str] = mapped_column(String(20), default="")
    ready_at: Mapped[datetime | None]
    ready_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    # Why a wording stays that the checks remark on.
    kept_because: Mapped[str] = mapped_column(Text, default="")
    # When the mail went out that says the application has come in.
    receipt_at: Mapped[datetime | None]
    # When the one who is hired was told of the brief. Until then it leaves the house in no form.
    told_on: Mapped[date | None]
    # Phrases that HR leaves out of the access extract beside what the product leaves out.
    left_out: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class AnswerText(Base):
    """One text to or about a candidate: the letter, or a part of the brief. One that was emptied stays as a row, so
    that its version goes on counting."""

    __tablename__ = "answer_text"
    __table_args__ = (UniqueConstraint("candidate_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), index=True)
    # `letter`, or of the brief: `opening`, the id of a room, or `goals`.
    key: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class AnswerEarlier(Base):
    """A text as somebody left it. What one person writes in one go is one of these (`profiles.rules.goes_on`)."""

    __tablename__ = "answer_earlier"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    # One of `rules.WHAT`.
    what: Mapped[str] = mapped_column(String(20))
