"""A recruitment, its criteria, its rounds, and what was changed after the lock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.extensions import Base

round_criterion = Table(
    "round_criterion",
    Base.metadata,
    Column("round_id", ForeignKey("interview_round.id", ondelete="CASCADE"), primary_key=True),
    Column("criterion_id", ForeignKey("criterion.id", ondelete="CASCADE"), primary_key=True),
)


class Recruitment(Base):
    __tablename__ = "recruitment"

    id: Mapped[int] = mapped_column(primary_key=True)
    charter: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(40))
    department: Mapped[str] = mapped_column(String(200))
    case_number: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2))
    # Decides on the chair's own doubt about impartiality.
    superior: Mapped[str] = mapped_column(String(200), default="")
    criteria_locked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    criteria: Mapped[list[Criterion]] = relationship(
        order_by="Criterion.position", cascade="all, delete-orphan", passive_deletes=True
    )
    rounds: Mapped[list[Round]] = relationship(
        order_by="Round.number", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}


class Criterion(Base):
    """A statement, or a whole focus area, that candidates are rated on. `key` is its id in the charter."""

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("recruitment_id", "key"), CheckConstraint("weight > 0", name="weight_positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    weight: Mapped[float] = mapped_column(default=1.0)
    minimum: Mapped[int | None]
    here: Mapped[str] = mapped_column(Text, default="")
    # The wording when the criteria were locked: {text, meaning, anchors}, each in both languages.
    frozen: Mapped[dict[str, Any] | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def area_id(self) -> str:
        return self.key.split(".")[0]


class Round(Base):
    """A round of interviews."""

    __tablename__ = "interview_round"
    __table_args__ = (UniqueConstraint("recruitment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int]
    # Empty means all: a round carries every criterion, and sees every candidate, unless it names its own.
    chosen_criteria: Mapped[list[Criterion]] = relationship(secondary=round_criterion, order_by=Criterion.position)
    # What the interview opens and closes with, as it was when the guide was locked.
    frame: Mapped[dict[str, Any] | None]
    locked_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Amendment(Base):
    """A change after the lock, with its reason. Printed in the comparison report."""

    __tablename__ = "amendment"

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # What was changed: `criterion` with its key, or `guide` with the round's number.
    part: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(80))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
