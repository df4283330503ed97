"""Candidates, which rounds they are in, and the panel's declarations of impartiality.

There is no field for birth date, age, CPR number, family, health, belief or union (forskelsbehandlingsloven sections 4
and 5; design, rule 10).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from recruit.extensions import Base

# No row for a round means that it sees every candidate.
round_candidate = Table(
    "round_candidate",
    Base.metadata,
    Column("round_id", ForeignKey("interview_round.id", ondelete="CASCADE"), primary_key=True),
    Column("candidate_id", ForeignKey("candidate.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Candidate(Base):
    __tablename__ = "candidate"
    __table_args__ = (UniqueConstraint("recruitment_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    ref: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    status: Mapped[str] = mapped_column(String(20), default="active")
    # Why a withdrawn candidate is out, as a code: withdrew, no_show.
    withdrawal: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Declaration(Base):
    """A member's declaration on one candidate. No row is *not recorded*, which is never *no conflict*."""

    __tablename__ = "declaration"
    __table_args__ = (UniqueConstraint("member_id", "candidate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id", ondelete="CASCADE"), index=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), index=True)
    # What the member said: none, conflict or doubt; and for the latter two of which kind.
    answer: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str | None] = mapped_column(String(20))
    declared_at: Mapped[datetime]
    # What was decided on a conflict or a doubt: none, recruitment or candidate. The reason is in writing.
    decision: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Attachment(Base):
    """A document of an application. Never shown where the candidate is rated after an interview."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    # pdf | docx, by its content.
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]
