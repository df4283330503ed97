"""A recruitment, its criteria, its rounds, its timetable, and what was changed after the lock."""

from __future__ import annotations

from datetime import date, datetime
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
    # How many are to be hired.
    posts: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date | None]
    # How it ended: empty while it runs, else one of `rules.OUTCOMES`; how many were hired, why, and when.
    outcome: Mapped[str] = mapped_column(String(20), default="")
    hired: Mapped[int] = mapped_column(default=0)
    closing_reason: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]
    # The one that this is a re-advertisement of.
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("recruitment.id", ondelete="SET NULL"))
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
    # Why it is a criterion of this post, and why it weighs more or less than the others: for those who hire.
    reason: Mapped[str] = mapped_column(Text, default="")
    weight_reason: Mapped[str] = mapped_column(Text, default="")
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
    # What was changed: `criterion` with its key, `guide` with the round's number, or `profile` with its section's key.
    part: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(80))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)


class NeedAnswer(Base):
    """An answer of the needs clarification. It may hold remarks on people: for HR and the chair, gone with the case."""

    __tablename__ = "need_answer"
    __table_args__ = (UniqueConstraint("recruitment_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    # One of `needs_rules.QUESTIONS`.
    key: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Timetable(Base):
    """What the timetable of a recruitment was last proposed from."""

    __tablename__ = "timetable"
    __table_args__ = (UniqueConstraint("recruitment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"))
    # The fields of `timetable_rules.Frame`.
    notice_months: Mapped[int]
    weeks: Mapped[int]
    rounds: Mapped[int]
    tests: Mapped[bool]
    board: Mapped[str] = mapped_column(String(20))
    children: Mapped[bool]
    record: Mapped[bool]
    council: Mapped[bool]
    # What the last proposal took the place of, so that it can be undone; None once something has been changed since.
    before: Mapped[dict[str, Any] | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class TimetableStep(Base):
    """One step of the timetable, in the recruitment's language. `ends_on` None is a step of one day."""

    __tablename__ = "timetable_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    # One of `timetable_rules.STEPS`, or `own`.
    code: Mapped[str] = mapped_column(String(30))
    # The order of steps on the same day.
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    responsible: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    # Whether somebody has changed it by hand since it was proposed: a new proposal asks before it moves it.
    edited: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
