"""The first sift: applications rated against the criteria, and the piles that the chair decides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruit.extensions import Base


class Sift(Base):
    """The first sift of a recruitment. No row: it has not been opened."""

    __tablename__ = "sift"

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), unique=True)
    opened_at: Mapped[datetime]
    # When the sifting members' ratings were opened to one another.
    revealed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class SiftRating(Base):
    """How far an application shows a criterion, by one member."""

    __tablename__ = "sift_rating"
    __table_args__ = (UniqueConstraint("member_id", "candidate_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id", ondelete="CASCADE"), index=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"), index=True)
    # shown | partly | not_shown | not_evidenced
    answer: Mapped[str] = mapped_column(String(20))
    saved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class SiftSubmission(Base):
    """A member has finished the sift."""

    __tablename__ = "sift_submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id", ondelete="CASCADE"), unique=True)
    submitted_at: Mapped[datetime]


class Pile(Base):
    """Where the chair put an applicant, with the reason."""

    __tablename__ = "pile"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), unique=True)
    # A | B | C
    letter: Mapped[str] = mapped_column(String(1))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
